"""What an author meets when a file is right, and when it is not."""

from __future__ import annotations

import pytest
from pydantic import BaseModel, ConfigDict, Field

from simpatient.authoring import read_model, read_yaml
from simpatient.authoring.read import nearest
from simpatient.errors import ContentError


class Authored(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Gate(Authored):
    trust: float = Field(ge=0, le=1)
    needs: str = ""


class Fact(Authored):
    id: str
    gate: Gate | None = None
    texts: tuple[str, ...] = ()


class Person(Authored):
    name: str
    age: int = Field(ge=5, le=110)
    facts: tuple[Fact, ...] = ()
    gates: dict[str, Gate] = {}


@pytest.fixture
def written(tmp_path):
    """Writes a file and returns its path."""

    def write(content: str | bytes):
        path = tmp_path / "persona.yaml"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


def findings(path, model=None):
    with pytest.raises(ContentError) as caught:
        read_model(path, model) if model else read_yaml(path)
    return caught.value.diagnostics


@pytest.mark.parametrize("word", ["no", "yes", "on", "off", "NO", "y", "n", "2026-11-20", "10:30", "1_000", "1e", "="])
def test_a_plain_word_stays_a_word(written, word):
    """A patient who answers `no` is not false, and an appointment at 10:30 is not 630."""
    assert read_yaml(written(f"answer: {word}\n")).data == {"answer": word}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("true", True),
        ("False", False),
        ("~", None),
        ("null", None),
        ("", None),
        ("7", 7),
        ("012", 12),
        ("-3", -3),
        ("0x1f", 31),
        ("0o17", 15),
        (".40", 0.4),
        ("-0.5", -0.5),
        ("1e3", 1000.0),
        ("'7'", "7"),
        ('"no"', "no"),
    ],
)
def test_numbers_and_truth_are_those_of_yaml_1_2(written, text, value):
    """Nothing surprising: no octal ages, no base sixty."""
    found = read_yaml(written(f"answer: {text}\n")).data["answer"]
    assert found == value
    assert type(found) is type(value)


def test_every_value_knows_its_line_and_column(written):
    """So that each finding can point at it."""
    document = read_yaml(written("name: Jo\nfacts:\n  - id: job\n    texts: [one, two]\n"))
    assert document.place(("name",)) == (1, 1)
    assert document.place(("facts", 0, "id")) == (3, 5)
    assert document.place(("facts", 0, "texts", 1)) == (4, 18)


def test_the_place_of_something_missing_is_that_of_what_should_hold_it(written):
    """A reader is sent to the mapping where the field belongs."""
    document = read_yaml(written("name: Jo\nfacts:\n  - id: job\n"))
    assert document.place(("facts", 0, "gate", "trust")) == (3, 5)
    assert document.place(("nowhere",)) == (1, 1)


def test_all_errors_of_a_file_come_at_once_in_the_order_of_the_file(written):
    """An author mends a file in one go, not one error a run."""
    path = written("name: Jo\nage: 400\nfacts:\n  - idd: job\n    gate: {trust: much}\n")
    found = findings(path, Person)
    assert [d.line for d in found] == [2, 4, 4, 5]
    assert sorted(d.name for d in found) == ["missing-field", "unknown-field", "wrong-value", "wrong-value"]


def test_a_finding_is_printed_as_path_line_and_column(written):
    """Editors and people can jump to it."""
    path = written("name: Jo\nage: 400\n")
    assert str(findings(path, Person)[0]).startswith(f"{path}:2:1 SP007 wrong-value: `age`: ")


def test_an_unknown_field_is_answered_with_the_nearest_one(written):
    """A slip of the finger costs one look."""
    (found,) = findings(written("name: Jo\nage: 40\nfcats: []\n"), Person)
    assert found.fix == "Did you mean `facts`? Known: age, facts, gates, name."


@pytest.mark.parametrize(
    "text",
    [
        "name: Jo\nage: 40\nfacts: [{id: a, gate: {trust: .5, need: job}}]\n",
        "name: Jo\nage: 40\ngates: {job: {trust: .5, need: job}}\n",
    ],
)
def test_the_nearest_field_is_found_inside_lists_mappings_and_optional_parts(written, text):
    """The choices are those of the place where the slip is."""
    (found,) = findings(written(text), Person)
    assert found.fix == "Did you mean `needs`? Known: needs, trust."


def test_a_comma_that_cuts_a_text_in_two_is_explained(written):
    """The commonest slip inside braces: nobody meant `not today` to be a field."""
    (found,) = findings(written("name: Jo\nage: 40\nfacts:\n  - {id: Well, not today}\n"), Person)
    assert (found.line, found.column) == (4, 16)
    assert found.fix.startswith("Inside {...} a comma begins a new field.")


def test_a_missing_file_is_a_finding_and_no_traceback(tmp_path):
    """The message names the file and the reason."""
    (found,) = findings(tmp_path / "persona.yaml")
    assert (found.code, found.line) == ("SP001", 0)
    assert "No such file" in found.message


def test_a_folder_in_place_of_a_file_is_a_finding(tmp_path):
    """As any other unreadable thing."""
    assert findings(tmp_path)[0].code == "SP001"


def test_a_file_that_is_not_utf_8_is_told_with_its_line(written):
    """Old Windows files say so themselves instead of showing odd letters on screen."""
    (found,) = findings(written(b"name: Jo\nbrother: Andr\xe9\n"))
    assert (found.code, found.line, found.fix) == ("SP003", 2, "Save the file as UTF-8.")


def test_a_byte_order_mark_is_no_part_of_the_text(written):
    """Windows editors leave one at the beginning."""
    assert read_yaml(written("\ufeffname: Jo\n")).data == {"name": "Jo"}


def test_an_empty_file_is_an_empty_mapping(written):
    """The schema then says what is missing."""
    assert {d.name for d in findings(written("# nothing yet\n"), Person)} == {"missing-field"}


def test_a_list_where_fields_are_expected_is_a_finding(written):
    """And it names the whole file."""
    (found,) = findings(written("- name: Jo\n"), Person)
    assert found.code == "SP007"
    assert "the file" in found.message


def test_a_key_that_stands_twice_is_refused_at_its_second_place(written):
    """Otherwise the first silently loses."""
    (found,) = findings(written("name: Jo\nage: 4\nname: Mo\n"))
    assert (found.line, found.column, found.message) == (3, 1, "the key `name` stands twice")


def test_a_wrong_indentation_is_told_with_its_place(written):
    """The commonest slip of all."""
    (found,) = findings(written("name: Jo\n  age: 4\n"))
    assert (found.code, found.line) == ("SP004", 2)


@pytest.mark.parametrize(
    "text",
    [
        "name: !!python/object/apply:os.system [ls]\n",
        "name: !!python/name:os.system\n",
        "name: !secret Jo\n",
        "name: !secret {a: 1}\n",
        "name: !secret [a]\n",
        "name: !!set {a, b}\n",
        "name: !!binary aGk=\n",
        "name: !!timestamp 2026-11-20\n",
        "name: !!int Jo\n",
    ],
)
def test_tags_are_refused_with_their_place(written, text):
    """Authored files are data; nobody's constructor runs."""
    (found,) = findings(written(text))
    assert (found.code, found.line, found.column) == ("SP004", 1, 7)
    assert "is not allowed here" in found.message


def test_a_file_that_unfolds_to_millions_of_values_is_refused(written):
    """Nine lines of aliases of aliases do not stop the page for everybody."""
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 9)]
    assert findings(written("\n".join(lines) + "\n"))[0].code == "SP002"


def test_a_list_that_holds_itself_is_refused(written):
    """An alias may not stand inside what it names."""
    assert findings(written("a: &a [*a]\n"))[0].code == "SP004"


def test_an_alias_used_plainly_is_a_copy(written):
    """Authors may say a thing once."""
    assert read_yaml(written("a: &a [x]\nb: *a\n")).data == {"a": ["x"], "b": ["x"]}


def test_very_deep_nesting_is_a_finding_and_no_crash(written):
    """A shared pack cannot stop the program."""
    assert "nested too deeply" in findings(written("[" * 20_000 + "]" * 20_000))[0].message


def test_a_file_of_megabytes_is_refused_unread(written):
    """No authored file is that large."""
    assert findings(written(b"# " + b"x" * 2_000_000))[0].code == "SP002"


def test_a_number_of_a_thousand_digits_is_refused(written):
    """It is no age and no weight."""
    assert findings(written("age: " + "9" * 5000 + "\n"))[0].message == "the number is too long"


def test_a_control_character_is_told_with_its_line(written):
    """Text copied from elsewhere may carry one."""
    (found,) = findings(written("name: Jo\nnote: a\x00b\n"))
    assert (found.code, found.line) == ("SP004", 2)
    assert "U+0000" in found.message


def test_two_documents_in_one_file_are_refused(written):
    """One file is one thing."""
    assert findings(written("name: Jo\n---\nname: Mo\n"))[0].code == "SP004"


def test_a_key_must_be_a_word(written):
    """A list cannot name a field."""
    assert findings(written("? [a, b]\n: c\n"))[0].message == "a key must be a word"


def test_a_wrong_choice_shows_the_choices(tmp_path, written):
    """And only the beginning of what was written in its place."""
    from typing import Literal

    class Choice(Authored):
        way: Literal["chat", "phone"]

    (found,) = findings(written("way: " + "pigeon " * 40 + "\n"), Choice)
    assert found.fix == "Known: 'chat' or 'phone'."
    assert len(found.message) < 120


@pytest.mark.parametrize("text", ["[" * 100_000, "- " * 100_000, "{a: " * 50_000, '[["]]]]", ' * 50_000])
def test_a_file_nested_beyond_reason_is_an_error_and_not_a_crash(tmp_path, text):
    """Both parsers are safe from it, whatever quotes hide the brackets."""
    path = tmp_path / "deep.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ContentError):
        read_yaml(path)


def test_choices_are_listed_once_and_a_long_list_says_how_many_more_there_are():
    """Forty of them, no full stop behind nothing, and no name twice."""
    assert nearest("vam", ["van", "regret", "van"]) == "Did you mean `van`? Known: regret, van."
    assert nearest("vam", []) == "There is none yet."
    many = [f"word{number:02}" for number in range(52)]
    assert nearest("x", many) == f"Known: {', '.join(many[:40])} and 12 more."
    assert nearest("word51", many).startswith("Did you mean `word51`? ")
