"""What YAML takes without a word and nobody meant."""

from __future__ import annotations

from pathlib import Path

import pytest

HINT = """    hint: ["It wasn't quite my own idea.", "I was nudged."]"""
GESTURE = "  opening_nonverbal: stands near the door, form in hand"


def replaced(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new), encoding="utf-8")


@pytest.mark.parametrize(
    "written",
    [
        "[It was not my idea, really, I was nudged]", "[Well, I was nudged]", "[\"I was nudged.\", Well, I was]",
        "[It was not my idea,\n      really]",
    ],
)  # fmt: skip
def test_a_sentence_that_commas_split_is_told(written, jo, said):
    """As between { and }, where it is no line at all."""
    replaced(jo / "persona.yaml", HINT, f"    hint: {written}")
    (found,) = said(jo)
    assert (found.code, found.severity, "`hint`" in found.message) == ("SP138", "warning", True)


@pytest.mark.parametrize(
    "written",
    [
        '["It was not my idea, really, I was nudged"]', "[It was not my idea., I was nudged.]", "['Well', 'I was']",
        "\n      - It was not my idea, really\n      - I was nudged", "[I was nudged]",
    ],
)  # fmt: skip
def test_lines_that_are_lines_are_not(written, jo, said):
    """Quotes, full stops and lines of their own say what is meant."""
    replaced(jo / "persona.yaml", HINT, f"    hint: {written}")
    assert said(jo) == []


def test_ids_and_words_to_listen_for_need_no_quotes(jo, said):
    """Nobody says them."""
    replaced(
        jo / "persona.yaml", "never: [methods of self-harm in any detail,", "never: [methods of self-harm in detail,"
    )
    assert said(jo) == []


@pytest.mark.parametrize("written", ["sits down # slowly", "sits on chair #3", "sits #3 and waits"])
def test_a_text_that_a_sign_cuts_short_is_told(written, jo, said):
    """With the whole text in quotes, to be pasted."""
    replaced(jo / "persona.yaml", GESTURE, f"  opening_nonverbal: {written}")
    (found,) = said(jo)
    assert found.code == "SP139"
    assert f'"{written}"' in found.fix


@pytest.mark.parametrize(
    "written", ["sits down  # slowly?", '"sits down # slowly"', "sits on chair#3", "sits down # TODO: how?"]
)
def test_a_note_beside_a_text_is_a_note(written, jo, said):
    """Two spaces apart, or the program's own; and what is in quotes stays whole."""
    replaced(jo / "persona.yaml", GESTURE, f"  opening_nonverbal: {written}")
    assert [one.code for one in said(jo) if one.severity != "todo"] == []


@pytest.mark.parametrize(
    ("file", "old"),
    [
        ("evaluators/brief/rubric.yaml", "You decided for them, or pushed."),
        ("suites/ward.dialogues.yaml", "Hello, who hears what, and room to choose."),
        ("personas/jo/dialogues.yaml", None),
    ],
)
def test_every_file_of_an_author_is_looked_through(file, old, library, said):
    """Rubrics, suites and dialogues too."""
    path = library / file
    old = old or next(line.partition("about: ")[2] for line in path.read_text().splitlines() if "about: " in line)
    replaced(path, old, "Ward #3")
    assert [one.code for one in said(library)] == ["SP139"]


def test_a_patient_or_rubric_in_a_folder_of_another_name_is_told(library, said):
    """Lists know the folder, records the id."""
    (library / "personas" / "jo").rename(library / "personas" / "bruno3")
    (library / "evaluators" / "brief").rename(library / "evaluators" / "short")
    found = {(one.code, Path(one.path).parent.name): one.message for one in said(library)}
    assert found.keys() == {("SP175", "bruno3"), ("SP175", "short")}
    assert "`jo`" in found["SP175", "bruno3"]
