"""Files that are YAML and not what they should be: every finding in words of our own, with a hint that works."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from pydantic import BaseModel, ValidationError

from simpatient.authoring import Document, Library, read_model, read_yaml, shipped_root
from simpatient.authoring.schema import place_said, schema_findings
from simpatient.errors import ContentError, Diagnostic
from simpatient.persona import Dialogues, Lines, Persona, Returning
from simpatient.persona.load import load_patient
from simpatient.persona.questions import Questions
from simpatient.rubric import Rubric
from simpatient.rubric.codebook import CodebookFile
from simpatient.suite.schema import Suite

ROOT = shipped_root()
ANDREW, RAPPORT = ROOT / "personas" / "andrew", ROOT / "evaluators" / "rapport"
FILES: dict[str, tuple[Path, type[BaseModel]]] = {
    "persona": (ANDREW / "persona.yaml", Persona), "lines": (ANDREW / "lines.yaml", Lines),
    "dialogues": (ANDREW / "dialogues.yaml", Dialogues), "returning": (ANDREW / "returning.yaml", Returning),
    "questions": (ANDREW / "questions.yaml", Questions), "rubric": (RAPPORT / "rubric.yaml", Rubric),
    "codebook": (ROOT / "evaluators" / "codebook.yaml", CodebookFile),
    "suite": (ROOT / "suites" / "smoke.dialogues.yaml", Suite),
}  # fmt: skip
WRONG = [None, True, -1.5, 1e9, "", "Bad Id!", "x" * 30_000, [], [3], {"a": 1}]
RAW = ("Input should", "should have at", "should match", "Value error", "a valid", "parse", "Tuple", "String", "^[")
"""Words of the library that reads the schemas, which nobody who writes a patient should have to meet."""


def told(data: object, model: type[BaseModel]) -> list[Diagnostic]:
    """What is said of the data; nothing where it is right."""
    try:
        model.model_validate(data)
    except ValidationError as exc:
        return schema_findings(Document(path=Path("a.yaml"), data=data, known={}), model, exc)  # type: ignore[arg-type]
    return []


def whole(kind: str) -> tuple[dict[str, object], type[BaseModel]]:
    """A file's data with what its preset fills in, and what it means; long lists are cut."""
    file, model = FILES[kind]
    data = read_yaml(file).data
    if kind == "persona":
        codes = [code["code"] for code in read_yaml(FILES["codebook"][0]).data["codes"]]
        filled = load_patient(Library(roots=(ROOT,)), "andrew", codes).persona.dynamics
        data = {**data, "dynamics": filled.model_dump(mode="json")}
    short = {"lines": 24, "codes": 6, "cases": 4, "behaviours": 3, "facts": 5, "life": 3, "world": 2}
    cut = {key: value[: short[key]] if key in short else value for key, value in data.items()}
    return {**cut, **({"questions": dict([*cut["questions"].items()][:2])} if "questions" in cut else {})}, model


def places(data: object, at: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Every place of the data once, whichever item of a list it is in."""
    seen: set[tuple[str | int, ...]] = set()

    def walk(value: object, at: tuple[str | int, ...]) -> Iterator[tuple[str | int, ...]]:
        shape = tuple("*" if isinstance(part, int) else part for part in at)
        if shape in seen:
            return
        if at:
            seen.add(shape)
            yield at
        inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
        for key, each in inside:
            yield from walk(each, (*at, key))

    yield from walk(data, at)


def holder(data: object, at: tuple[str | int, ...]) -> object:
    for part in at[:-1]:
        data = data[part]  # type: ignore[index]
    return data


@pytest.mark.parametrize("kind", FILES)
def test_whatever_is_wrong_is_told_in_words_of_our_own(kind):
    """Every kind of wrong value at every place of every file."""
    data, model = whole(kind)
    assert told(data, model) == []
    for at in places(data):
        inside = holder(data, at)
        before = inside[at[-1]]  # type: ignore[index]
        for wrong in WRONG:
            inside[at[-1]] = copy.copy(wrong)  # type: ignore[index]
            for one in told(data, model):
                said = f"{one.message} {one.fix}".replace(str(wrong) if isinstance(wrong, str) and wrong else "\0", "")
                assert not [word for word in RAW if word in said], (at, wrong, said)
                assert "this cannot stand here" not in said, (at, wrong, said)
                assert "{" not in re.sub(r"`[^`]*`", "", said), (at, wrong, said)
        inside[at[-1]] = before  # type: ignore[index]


@pytest.mark.parametrize("kind", FILES)
def test_a_field_that_is_left_out_comes_with_an_example_that_can_be_pasted(kind):
    """What the hint says to write is right, but for lists that need many, and for names of things that are not there."""
    data, model = whole(kind)
    tried = 0
    for at in [each for each in places(data) if isinstance(each[-1], str)]:
        inside = holder(data, at)
        before = inside.pop(at[-1])  # type: ignore[attr-defined]
        missing = [
            one for one in told(data, model) if one.code == "SP006" and one.message.startswith(f"`{place_said(at)}`")
        ]
        for one in missing:
            tried += 1
            hint = re.match(r"Write `(.*)` here", one.fix)
            assert hint is not None, one
            inside.update(yaml.safe_load(hint[1]))  # type: ignore[attr-defined]
            left = [
                found for found in told(data, model) if not re.search(r"needs at least|needs either", found.message)
            ]
            assert left == [], (at, hint[1])
        inside[at[-1]] = before  # type: ignore[index]
    assert tried >= {"questions": 0, "suite": 3}.get(kind, 4)


def said(text: str, model: type[BaseModel], tmp_path: Path) -> Diagnostic:
    """The one finding of a file that holds this text."""
    path = tmp_path / "a.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        read_model(path, model)
    (found,) = caught.value.diagnostics
    return found


SUITE = "suite: a\npersona: andrew\ncases:\n  - case: one\n    steps: ['Hello.']\n"


@pytest.mark.parametrize(
    ("text", "message", "fix"),
    [
        ("", "the file is empty", "Copy one that works, or let `simpatient new` begin one."),
        ("# to be written\n", "the file is empty", "Copy one that works, or let `simpatient new` begin one."),
        (
            SUITE.replace("case: one", "case: My first case"), "`cases.1st.case`: `My first case` cannot be an id",
            "Write one word in small letters, with `_` for a space, such as `my_first_case`.",
        ),
        (SUITE + "    tags: [T1]\n", "`cases.1st.tags.1st`: `T1` cannot be an id", "such as `t1`."),
        (
            SUITE.replace("['Hello.']", "['Hello.', 3]"),
            '`cases.1st.steps.2nd`: what a learner types stands in quotes where it is a number: "3"', "",
        ),
        (
            SUITE.replace("['Hello.']", "[Well: how are you?]"), "`cases.1st.steps.1st.Well` is not a field",
            'A colon begins a new field. Where this is a sentence, put all of it in quotes: "Well: how are you?".',
        ),
        (SUITE.replace("cases:\n", "casse:\n"), "`casse` is not a field", "Did you mean `cases`?"),
        (
            SUITE + "    finally: {ends: maybe}\n", "`maybe` is not one of the choices", "'no'",
        ),
        (SUITE + "    throughout:\n", "`cases.1st.throughout`: nothing is written here", ""),
        (SUITE + "    exchanges: 2.5\n", "`cases.1st.exchanges`: this should be a whole number", "Write digits, such as 46."),
    ],
)  # fmt: skip
def test_a_slip_in_a_suite_is_told_so_that_it_can_be_mended(text, message, fix, tmp_path):
    """Once, at its place, counted as people count."""
    if "casse" in text:
        path = tmp_path / "a.yaml"
        path.write_text(text, encoding="utf-8")
        with pytest.raises(ContentError) as caught:
            read_model(path, Suite)
        found = next(one for one in caught.value.diagnostics if one.code == "SP005")
    else:
        found = said(text, Suite, tmp_path)
    assert found.message == message
    assert fix in found.fix


def test_spaces_that_are_none_are_told_where_they_make_a_field_of_nothing(tmp_path):
    """Two of them before a name parse, and mean another name."""
    path = tmp_path / "a.yaml"
    path.write_text("schema_version: 1\nlater:\n\u00a0\u00a0setting: Here.\n", encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        read_model(path, Returning)
    found = next(one for one in caught.value.diagnostics if one.code == "SP004")
    assert (found.line, "looks like a space" in found.message) == (3, True)


def test_a_list_that_is_too_short_says_what_it_holds_and_what_it_needs(tmp_path):
    """In numbers, and no word of the library's."""
    found = said("schema_version: 1\ndialogues: []\n", Dialogues, tmp_path)
    assert found.message == "`dialogues`: this list holds 0, and needs at least 2"


def test_places_are_counted_as_people_count(tmp_path):
    """The third fact is the 3rd."""
    assert place_said(("facts", 2, "markers", 0)) == "facts.3rd.markers.1st"
    assert [place_said((number - 1,)) for number in (1, 2, 3, 4, 11, 12, 13, 21, 112)] == [
        "1st", "2nd", "3rd", "4th", "11th", "12th", "13th", "21st", "112th",
    ]  # fmt: skip
    assert place_said(()) == "the file"
