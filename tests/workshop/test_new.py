"""`simpatient new`: what it writes works at once, names its schema, and touches nothing that was there."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest
import yaml

from simpatient.authoring import Library, read_yaml, shipped_root
from simpatient.encounter import Encounter
from simpatient.errors import ConfigurationError
from simpatient.words import Channel
from simpatient.workshop.check import check
from simpatient.workshop.new import Answers, begin_evaluator, begin_persona, begin_suite, dispositions, schema_of
from simpatient.workshop.new.fields import reference
from simpatient.workshop.new.schemas import MODELS

ASKED = [
    "Hello, I'm Dana. What you say stays with the team here, unless somebody is in danger.",
    "What brings you here today?", "How are you sleeping?", "Tell me about Robin.", "What do you do for work?",
    "You keep everything running for everybody, and by night nobody is left to run you.",
    "No wonder you put some of it off, with that much on one pair of shoulders.",
]  # fmt: skip


def simpatient(*words: object, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "simpatient", *map(str, words)], cwd=cwd, env={**os.environ, **environment},
        capture_output=True, text=True, check=False, timeout=60, stdin=subprocess.DEVNULL,
    )  # fmt: skip


def test_there_are_six_ways_to_meet_people():
    """Those that the command offers, each a preset."""
    from simpatient.cli.new import DISPOSITIONS

    presets = yaml.safe_load((shipped_root() / "personas" / "presets.yaml").read_text(encoding="utf-8"))["presets"]
    assert sorted(DISPOSITIONS) == list(dispositions())
    assert set(DISPOSITIONS) <= set(presets)


@pytest.mark.parametrize("disposition", dispositions())
async def test_a_patient_just_begun_talks_and_has_nothing_but_to_dos(disposition, tmp_path):
    """Different answers, none of them dots, two facts told to somebody who listens; a draft, said honestly."""
    folder = begin_persona(Answers(name="jo", disposition=disposition), tmp_path)
    found = check([folder], Library.choose()).findings
    assert {(one.code, one.severity) for one in found} == {("SP170", "note"), ("SP171", "todo"), ("SP174", "todo")}
    encounter = await Encounter.begin(str(folder))
    replies = [(await encounter.exchange(message, practice=True)).turn.text for message in ASKED]
    assert len(set(replies)) == len(replies)
    assert not [reply for reply in replies if len(reply) < 3 or reply.strip(".") == ""]
    told = {telling.fact for exchange in encounter.exchanges for telling in exchange.tellings}
    assert {"ruth_rang"} <= told


def test_people_begun_differently_speak_differently(tmp_path):
    """In openings, samples and the lines for how something was said."""
    said = []
    for disposition in dispositions():
        folder = begin_persona(Answers(name=disposition, disposition=disposition), tmp_path)
        persona = yaml.safe_load((folder / "persona.yaml").read_text(encoding="utf-8"))
        said.append(
            {*persona["story"]["opening"], *(s for texts in persona["voice"]["samples"].values() for s in texts)}
        )
    assert all(one.isdisjoint(other) for number, one in enumerate(said) for other in said[:number])


def test_what_the_author_answers_stands_in_the_file(tmp_path):
    """Odd characters too, quoted as YAML wants them."""
    answers = Answers(
        name="Ana Lucía", age=71, pronouns="she/her", setting='Ward 5: "the quiet one"', role="nurse", channel=Channel.PHONE,
        presenting="can't get on with the stick: it's not mine", author="Dr. O'Neill",
    )  # fmt: skip
    folder = begin_persona(answers, tmp_path)
    card = yaml.safe_load((folder / "persona.yaml").read_text(encoding="utf-8"))["card"]
    assert folder.name == "ana_lucia"
    assert (card["name"], card["age"], card["setting"]) == ("Ana Lucía", 71, 'Ward 5: "the quiet one"')
    assert {one.severity for one in check([folder], Library.choose()).findings} == {"note", "todo"}


def test_nothing_that_is_there_is_touched(tmp_path):
    """Not the folder, not the file, and no half-written remains."""
    (tmp_path / "jo").mkdir()
    (tmp_path / "jo" / "mine.txt").write_text("mine", encoding="utf-8")
    (tmp_path / "ward.dialogues.yaml").write_text("mine", encoding="utf-8")
    for begin, name in ((begin_evaluator, "jo"), (begin_suite, "ward")):
        with pytest.raises(ConfigurationError, match="is there already"):
            begin(name, tmp_path)
    with pytest.raises(ConfigurationError, match="is there already"):
        begin_persona(Answers(name="jo"), tmp_path)
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["jo", "mine.txt", "ward.dialogues.yaml"]


@pytest.mark.parametrize("name", ["", "7", "../up", "a/b", "{{ x }}", "-", "a" * 80, "水"])
def test_a_name_that_cannot_be_one_is_refused(name, tmp_path):
    """It becomes a folder and an id."""
    with pytest.raises(ConfigurationError, match="cannot be a name"):
        begin_persona(Answers(name=name), tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_it_is_written_into_ones_own_library_else_into_else_here(tmp_path):
    """And the library may still be empty."""
    library = tmp_path / "library"
    library.mkdir()
    assert simpatient("new", "persona", "jo", "--yes", cwd=tmp_path, SIMPATIENT_LIBRARY=str(library)).returncode == 0
    assert simpatient("new", "evaluator", "brief", cwd=tmp_path, SIMPATIENT_LIBRARY=str(library)).returncode == 0
    assert simpatient("new", "suite", "ward", cwd=tmp_path, SIMPATIENT_LIBRARY=str(library)).returncode == 0
    assert (library / "personas" / "jo" / "persona.yaml").is_file()
    assert (library / "evaluators" / "brief" / "rubric.yaml").is_file()
    assert (library / "suites" / "ward.dialogues.yaml").is_file()
    assert simpatient("new", "persona", "jo", "--yes", "--into", "there", cwd=tmp_path).returncode == 0
    assert simpatient("new", "persona", "jo", "--yes", cwd=tmp_path).returncode == 0
    assert (tmp_path / "there" / "jo").is_dir()
    assert (tmp_path / "jo").is_dir()
    again = simpatient("new", "persona", "jo", "--yes", cwd=tmp_path)
    assert (again.returncode, "Traceback" in again.stderr) == (2, False)


@pytest.mark.parametrize("where", ["here", "into", "library"])
def test_the_commands_that_new_prints_and_writes_into_the_rubric_work_as_they_stand(where, tmp_path):
    """Copied from the screen and run where one is; those in the file's notes beside the folder."""
    (tmp_path / "library").mkdir()
    own = {"SIMPATIENT_LIBRARY": str(tmp_path / "library")} if where == "library" else {}
    into = ["--into", "there"] if where == "into" else []
    made = simpatient("new", "evaluator", "brief", *into, cwd=tmp_path, **own)
    printed = [line.split()[1:] for line in made.stdout.splitlines() if line.startswith("  simpatient ")]
    assert [words[0] for words in printed] == ["chat", "check"]
    for words in printed:
        done = simpatient(*words, cwd=tmp_path, **own)
        assert done.returncode == 0, done.stderr
    (rubric,) = tmp_path.rglob("rubric.yaml")
    noted = re.findall(r"^# .*: simpatient (.*)$", rubric.read_text(encoding="utf-8"), re.MULTILINE)
    assert len(noted) == 2
    for words in noted:
        done = simpatient(*words.split(), cwd=rubric.parent.parent)
        assert done.returncode == 0, done.stderr


def test_a_new_one_that_hides_a_shipped_one_says_so(tmp_path):
    """Only in a library, where the name finds it; a folder elsewhere hides nothing."""
    (tmp_path / "library").mkdir()
    own = {"SIMPATIENT_LIBRARY": str(tmp_path / "library")}
    hides = "There is a shipped"
    assert f"{hides} patient called andrew" in simpatient("new", "persona", "andrew", cwd=tmp_path, **own).stdout
    assert f"{hides} evaluator called rapport" in simpatient("new", "evaluator", "rapport", cwd=tmp_path, **own).stdout
    assert hides not in simpatient("new", "persona", "jo", cwd=tmp_path, **own).stdout
    assert hides not in simpatient("new", "persona", "andrew", cwd=tmp_path).stdout


def test_help_tells_where_it_is_written_in_the_order_that_counts(tmp_path):
    """--into before one's own library, that before the current folder."""
    told = " ".join(simpatient("new", "--help", cwd=tmp_path).stdout.split())
    assert told.index("--into") < told.index("SIMPATIENT_LIBRARY") < told.index("current folder")
    (tmp_path / "library").mkdir()
    simpatient("new", "suite", "ward", "--into", "there", cwd=tmp_path, SIMPATIENT_LIBRARY=str(tmp_path / "library"))
    assert (tmp_path / "there" / "ward.dialogues.yaml").is_file()


@pytest.mark.skipif(find_spec("pty") is None, reason="questions are asked on a terminal only")
def test_on_a_terminal_a_few_questions_are_asked(tmp_path):
    """Enter takes what stands in brackets."""
    import pty

    main, terminal = pty.openpty()
    asking = subprocess.Popen(
        [sys.executable, "-m", "simpatient", "new", "persona", "jo"], cwd=tmp_path, stdin=terminal,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip
    os.write(main, b"grieving\n67\nshe/her\n\n\nphone\nmissing somebody\nDana\n")
    shown, _ = asking.communicate(timeout=60)
    os.close(terminal)
    assert asking.returncode == 0, shown
    assert "How old?" in shown
    persona = yaml.safe_load((tmp_path / "jo" / "persona.yaml").read_text(encoding="utf-8"))
    assert (persona["card"]["age"], persona["card"]["channel"]) == (67, "phone")
    assert (persona["dynamics"]["preset"], persona["author"]) == ("grieving", "Dana")


def test_every_file_names_a_schema_that_stands_beside_it(tmp_path):
    """In its first line, where editors look."""
    jo = begin_persona(Answers(name="jo"), tmp_path)
    brief = begin_evaluator("brief", tmp_path)
    begin_suite("ward", tmp_path)
    files = [*jo.glob("*.yaml"), *brief.glob("*.yaml"), tmp_path / "ward.dialogues.yaml"]
    assert len(files) == 5
    for file in files:
        first = file.read_text(encoding="utf-8").partition("\n")[0]
        marker, _, path = first.partition("$schema=")
        assert marker == "# yaml-language-server: "
        assert json.loads((file.parent / path).read_text(encoding="utf-8"))["type"] == "object"


@pytest.mark.parametrize("kind", MODELS)
def test_a_schema_accepts_what_the_program_accepts_and_refuses_a_slip(kind, tmp_path):
    """The shipped files and those just begun; a preset may fill in what is left out."""
    jsonschema = pytest.importorskip("jsonschema")
    root = shipped_root()
    files = {
        "rubric": [root / "evaluators" / "rapport" / "rubric.yaml"], "codebook": [root / "evaluators" / "codebook.yaml"],
        "suite": [begin_suite("ward", tmp_path)],
    }.get(kind, [folder / f"{kind}.yaml" for folder in (root / "personas").iterdir() if folder.is_dir()])  # fmt: skip
    validator = jsonschema.validators.validator_for(schema_of(kind))(schema_of(kind))
    for file in (each for each in files if each.is_file()):
        data = read_yaml(file).data
        assert [error.message for error in validator.iter_errors(data)] == [], file
        assert list(validator.iter_errors({**data, "nonsense": 1}))


def test_every_field_of_the_reference_says_what_it_means():
    """An empty cell helps nobody."""
    assert [line for line in reference().splitlines() if line.startswith("| `") and line.endswith("|  |")] == []


def test_the_field_reference_is_current(checkout):
    """`WRITE_DOCS=1` writes it; read what changed before you commit it."""
    page = checkout / "docs" / "persona-fields.md"
    if os.environ.get("WRITE_DOCS") == "1":
        page.write_text(reference(), encoding="utf-8")
    assert page.read_text(encoding="utf-8") == reference()
