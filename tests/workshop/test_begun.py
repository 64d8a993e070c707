"""From the person that `new` writes to one of one's own: gates that fit, advice that can be followed, nothing left over."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from simpatient.authoring import Library
from simpatient.encounter import Encounter
from simpatient.patient.dynamics import opening_state
from simpatient.persona import load_patient
from simpatient.rubric import load_codebook, load_rubric
from simpatient.workshop import rehearsed
from simpatient.workshop.new import Answers, begin_persona, dispositions

SHELF = Library.choose()
CODEBOOK = load_codebook(SHELF)


def edited(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1, old
    file.write_text(text.replace(old, new), encoding="utf-8")


def begun_as(disposition: str, into: Path) -> Path:
    return begin_persona(Answers(name="jo", disposition=disposition), into)


def with_gate(folder: Path, gate: str) -> Path:
    """The folder with this gate before the easiest guarded fact."""
    file = folder / "persona.yaml"
    text, count = re.subn(r"(id: envelopes\n    topic: post\n    min_o: )\.\d+", rf"\g<1>{gate}", file.read_text())
    assert count == 1
    file.write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("disposition", "gate", "warned"),
    [("deferential", ".35", True), ("grieving", ".35", True), ("anxious", ".35", False), ("distrustful", ".30", False),
     ("deferential", ".46", False), ("deferential", ".20", False)],
)  # fmt: skip
def test_a_guarded_gate_that_one_good_message_opens_is_warned_of(disposition, gate, warned, tmp_path, said):
    """The same number is a gate for one and none for another; what is open to all is not guarded."""
    folder = with_gate(begun_as(disposition, tmp_path), gate)
    found = [one for one in said(folder) if one.severity in ("error", "warning")]
    assert [one.code for one in found] == ["SP108"] * warned
    if warned:
        line = (folder / "persona.yaml").read_text(encoding="utf-8").splitlines()[found[0].line - 1]
        instead = re.search(r"Raise `min_o` to (0\.\d+)", found[0].fix)
        assert line == f"    min_o: {gate}"
        assert instead is not None
        assert said(with_gate(folder, instead[1].lstrip("0"))) == [
            one for one in said(folder) if one.severity in ("note", "todo")
        ]


def test_the_tutorial_says_where_people_begin_and_which_gates_new_writes(checkout, tmp_path):
    """Its table is that of the engine and of the templates."""
    page = (checkout / "docs" / "write-a-patient.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| `(\w+)` \| (\.\d\d \| \.\d\d \| \.\d\d) \|$", page, re.MULTILINE))
    real = {}
    for disposition in dispositions():
        persona = load_patient(SHELF, str(begun_as(disposition, tmp_path / disposition)), CODEBOOK.codes).persona
        gates = [fact.min_o for fact in persona.facts if fact.guarded and fact.session == 1]
        figures = (opening_state(persona).openness, min(gates), max(gates))
        real[disposition] = " | ".join(f"{figure:.2f}".lstrip("0") for figure in figures)
    assert rows == real


async def test_a_rehearsal_remarks_on_what_is_told_too_early(tmp_path):
    """Half of what is guarded told before exchange 5; and nothing where the gates fit."""
    rubric = load_rubric(SHELF, "rapport", CODEBOOK)
    folder = begun_as("deferential", tmp_path)
    remarks = []
    for gate in (".49", ".35"):
        patient = load_patient(SHELF, str(with_gate(folder, gate)), CODEBOOK.codes)
        table = await rehearsed(patient, CODEBOOK, rubric, seeds=(1, 2, 3), learners=("skilled",))
        remarks.append(table.remark.partition(":")[0])
    assert remarks == ["", "early"]
    never = replace(table, facts=tuple(replace(row, told={"skilled": (None, None)}) for row in table.facts))
    assert never.remark.startswith("late:")


@pytest.mark.parametrize(
    ("file", "old", "new", "may_be_kept_back"),
    [("persona.yaml", "task: Let Jo settle", "task: Jo lost the job in March, sits in the library. Let Jo settle", False),
     ("persona.yaml", "Hi. I hope I've filled this in right.", "Hi. There's a drawer full of brown envelopes at home.", False),
     ("persona.yaml", "    - text: To be handed a leaflet.", "    - text: To be asked about the library since March.", True),
     ("lines.yaml", "We manage. We're a good team.", "I've a drawer full of brown envelopes.", True)],
)  # fmt: skip
def test_needs_is_advised_where_it_can_stand_and_nowhere_else(file, old, new, may_be_kept_back, fresh, said):
    """A briefing and an opening have no such field."""
    edited(fresh / file, old, new)
    found = [one for one in said(fresh) if one.code == "SP120"]
    assert [("Write `needs:" in one.fix or "Give the line `needs:" in one.fix) for one in found] == [may_be_kept_back]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [('say: "I see.",', 'say: "I see.,', "quotation mark"), ('say: "I see.", move', 'say: "I see." move', "comma"),
     ('- {say: "Mm.", move: react}', '- {say: "Mm.", move: react', "bracket")],
)  # fmt: skip
def test_a_slip_of_the_pen_is_told_in_an_authors_words(old, new, words, fresh, said):
    """At its own line for a quotation mark, and without the parser's words."""
    file = fresh / "lines.yaml"
    edited(file, old, new)
    (found,) = [one for one in said(fresh) if one.severity == "error"]
    assert words in f"{found.message} {found.fix}"
    assert "expected" not in found.message + found.fix
    assert "scalar" not in found.message + found.fix
    if words == "quotation mark":
        assert new in file.read_text(encoding="utf-8").splitlines()[found.line - 1]


def test_what_is_left_of_somebody_else_is_listed_until_it_is_gone(fresh, said):
    """Section by section, in the person's own name too; short answers where there are several, comments never."""

    def left() -> dict[str, str]:
        found = [one for one in said(fresh) if one.code == "SP174"]
        assert {one.severity for one in found} <= {"todo"}
        return {one.message.split("`")[1]: one.message for one in found}

    before = left()
    assert {"story", "mind", "soothers", "triggers", "voice", "facts", "life", "world", "teaching", "culture",
            "lines", "dialogues"} <= before.keys()  # fmt: skip
    assert before.keys().isdisjoint({"card", "briefing", "safety", "knowledge_limits", "promises"})
    edited(fresh / "persona.yaml", "Small market town, shop and lorries. Help is something one gives.", "A farm.")
    persona = fresh / "persona.yaml"
    text = persona.read_text(encoding="utf-8")
    start, end = text.index("\nlife:"), text.index("\nworld:")
    easy_is_new = re.sub(r"easy: \[.*?\](?=[,}])", 'easy: ["That is all my own."]', text[start:end])
    persona.write_text(text[:start] + easy_is_new + text[end:], encoding="utf-8")
    after = left()
    assert "culture" not in after
    assert '"' in after["life"], "the short answers are still those of somebody else"
    emptied = re.sub(r"curt: \[.*?\](?=, easy)", 'curt: ["Mine."]', easy_is_new)
    persona.write_text(text[:start] + emptied + text[end:], encoding="utf-8")
    assert "life" not in left()


async def test_what_the_author_says_they_say_is_what_they_say(tmp_path):
    """Any answer fits: it is spoken as it is, and quoted in the note on file."""
    for number, answer in enumerate(("my knee, and nobody listens", "It's Mum.", '"Where do I begin?"')):
        folder = begin_persona(Answers(name=f"jo {'abc'[number]}", presenting=answer), tmp_path)
        persona = load_patient(SHELF, str(folder), CODEBOOK.codes).persona
        plain = answer.strip('"').rstrip(".")
        assert persona.story.presenting.lower().startswith(plain.lower())
        assert persona.story.presenting[0].isupper()
        assert persona.story.presenting[-1] in ".?"
        assert persona.story.presenting in persona.briefing.known


@pytest.mark.parametrize(
    "asked", ["Any allergies?", "Are you allergic to anything?", "Do you have any long-standing illnesses?",
              "Any medical conditions I should know about?"],
)  # fmt: skip
async def test_the_questions_every_clinician_asks_have_an_answer(asked, begun):
    """Allergies and illnesses, as well as tablets."""
    encounter = await Encounter.begin(str(begun))
    turn = (await encounter.exchange(asked, practice=True)).turn.text
    life = {fact.id: (*fact.curt, *fact.easy) for fact in encounter.patient.persona.life}
    assert any(answer in turn for answer in (*life["allergies"], *life["illnesses"])), turn
