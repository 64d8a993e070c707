"""`simpatient check` as authors, programs and forges meet it."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
import yaml

from simpatient.authoring import Library, shipped_root
from simpatient.errors import Diagnostic
from simpatient.workshop.check import Kind, as_github, as_json, as_text, check
from simpatient.workshop.check.gates import gates
from simpatient.workshop.check.lines import grade_of
from simpatient.workshop.check.trial import COLD, SKILLED
from simpatient.workshop.check.watch import changes
from simpatient.workshop.new import Answers, begin_evaluator, begin_persona, begin_suite


def simpatient(*words: object, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "simpatient", *map(str, words)], cwd=cwd, env={**os.environ, **environment},
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip


def replaced(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_a_library_is_read_whole_and_each_thing_in_it_by_itself(library):
    """By its folder, a file in it, or the folder above."""
    shelf = Library.choose()
    kinds = {target.kind for target in check([library], shelf).read}
    assert kinds == {Kind.PATIENT, Kind.RUBRIC, Kind.CODEBOOK, Kind.SUITE}
    for path in (library / "personas", library / "personas" / "jo", library / "personas" / "jo" / "lines.yaml"):
        (target,) = check([path], shelf).read
        assert (target.kind, target.name) == (Kind.PATIENT, "jo")
    (suite,) = check([library / "suites" / "ward.dialogues.yaml"], shelf).read
    assert suite.kind is Kind.SUITE


def test_the_shipped_library_passes_strictly():
    """No errors and no warnings; what its authors stand by has its reason in the file."""
    report = check([], Library(roots=(shipped_root(),)))
    assert {target.kind for target in report.read} == set(Kind)
    assert report.passes(strict=True), as_text(report)


def test_a_name_finds_what_it_names_in_the_library(library):
    """As with `chat` and `rate`."""
    shelf = Library.choose(library)
    assert [target.kind for target in check(["jo", "brief"], shelf).read] == [Kind.PATIENT, Kind.RUBRIC]
    (found,) = check(["jonas"], shelf).findings
    assert (found.code, found.name) == ("SP010", "unknown-persona")


def test_a_folder_with_nothing_in_it_does_not_look_healthy(tmp_path):
    """SP008: a check of nothing is no check."""
    (tmp_path / "notes.txt").write_text("to do", encoding="utf-8")
    assert [one.code for one in check([tmp_path, tmp_path / "notes.txt"], Library.choose()).findings] == ["SP008"] * 2


def test_a_suite_that_meets_nobody_and_a_folder_without_one_are_told(library, said):
    """SP033 at each case that has no patient, SP030 by the command that holds suites."""
    ward = library / "suites" / "ward.dialogues.yaml"
    replaced(ward, "persona: andrew\n", "")
    assert {one.code for one in said(ward)} == {"SP033"}
    ward.unlink()
    done = simpatient("run", library / "suites", cwd=library)
    assert "SP030" in done.stderr


def test_an_evaluator_without_instructions_is_told(library, said):
    """SP308: a chat model could not rate by it."""
    (library / "evaluators" / "brief" / "instructions.md").unlink()
    assert [one.code for one in said(library)] == ["SP308"]


def test_ids_and_domains_of_a_rubric_are_told_where_they_stand(library, said):
    """By name, each at its own line, and everything else of the file with them."""
    brief = library / "evaluators" / "brief" / "rubric.yaml"
    replaced(brief, "  - id: noticed\n", "  - id: heard\n")
    replaced(brief, "    domain: respect\n", "    domain: respct\n")
    replaced(brief, "backchannel: 1, reflect_simple: 2", "backchanel: 1, reflect_simple: 2")
    found = {one.code: one for one in said(brief.parent) if one.severity == "error"}
    lines = brief.read_text(encoding="utf-8").splitlines()
    assert found.keys() == {"SP018", "SP040", "SP012"}
    assert "`heard` stands twice in `behaviours`" in found["SP018"].message
    assert found["SP018"].line == len(lines) - lines[::-1].index("  - id: heard")
    assert (lines[found["SP040"].line - 1].strip(), "`respct`" in found["SP040"].message) == ("domain: respct", True)


def test_codes_that_stand_twice_and_codes_that_move_as_nobody_are_told_where_they_stand(library, said):
    """At their own lines of the codebook."""
    book = library / "evaluators" / "codebook.yaml"
    text = book.read_text(encoding="utf-8")
    first, second = re.findall(r"code: (\w+)", text)[:2]
    book.write_text(text.replace(f"code: {second}\n", f"code: {first}\n", 1), encoding="utf-8")
    found = [one for one in said(book) if one.code == "SP018"]
    assert [f"`{first}`" in one.message for one in found] == [True]
    assert f"code: {first}" in book.read_text(encoding="utf-8").splitlines()[found[0].line - 1]


@pytest.mark.parametrize(
    "written", ["Dr. May, 2026-01-02", '"A reader, 03.01.2026"', "A nurse, 3/1/2026, and again 4/2/2026"]
)
def test_whoever_read_it_is_written_with_a_date_as_the_file_asks(written, jo, said):
    """That is no date of birth; a number to ring or an address is still told, and a date anywhere else."""
    persona = jo / "persona.yaml"
    replaced(persona, "  clinician: A community nurse, October 2026", f"  clinician: {written}")
    assert said(jo) == []
    replaced(
        persona,
        "  lived_experience: Somebody who lost a job at fifty, October 2026",
        "  lived_experience: jo@example.org",
    )
    replaced(persona, "  time: About twenty", "  time: Born 1982-03-01. About twenty")
    assert [one.code for one in said(jo)] == ["SP162", "SP162"]


def test_two_patients_who_say_the_same_are_told_apart(library, said):
    """SP137, at every line of the second."""
    shutil.copytree(library / "personas" / "jo", library / "personas" / "mo")
    replaced(library / "personas" / "mo" / "persona.yaml", "id: jo\n", "id: mo\n")
    found = said(library)
    assert {one.code for one in found} == {"SP137"}
    assert {Path(one.path).parent.name for one in found} == {"mo"}
    assert all(one.severity == "warning" for one in found)


def test_a_library_in_which_one_kind_of_people_is_always_the_difficult_one_is_told(tmp_path):
    """SP146, once, as a note."""
    for number, name in enumerate(["ada", "bea", "cleo", "dan", "ed", "flo"]):
        hard = number < 3
        begin_persona(
            Answers(
                name=name, disposition="distrustful" if hard else "anxious", pronouns="she/her" if hard else "he/him"
            ),
            tmp_path / "personas",
        )
    found = [one for one in check([tmp_path / "personas"], Library.choose()).findings if one.code == "SP146"]
    assert [one.severity for one in found] == ["note"]
    assert "3 of 3" in found[0].message


def test_an_objective_that_no_turn_calls_for_is_told(library, said):
    """SP152: the rubric asks for it after an attack, and this patient never attacks."""
    replaced(
        library / "evaluators" / "brief" / "rubric.yaml", "required_by_tags: [pushback]", "required_by_tags: [attack]"
    )
    jo = library / "personas" / "jo" / "persona.yaml"
    replaced(jo, "rubric: rapport", "rubric: brief")
    replaced(
        jo, "objectives: [confidentiality, normalising, reflect_complex]", "objectives: [reflect_complex, autonomy]"
    )
    (found,) = said(library)
    assert (found.code, "attack" in found.fix) == ("SP152", True)


@pytest.mark.parametrize(
    ("spoilt", "told"),
    [
        (lambda code: [one for one in code["examples"] if one["level"] != 2], "no example shows level 2"),
        (lambda code: [*code["examples"], {**_of(code, 2), "level": 3}], "the same example shows level 2 and level 3"),
        (
            lambda code: [*code["examples"], {**_of(code, 2), "learner": _of(code, 2)["learner"] + " Truly.", "level": 3}],
            "two examples that say nearly the same show level 2 and level 3",
        ),
        (lambda code: code["examples"], None),
    ],
    ids=["none", "same", "alike", "sound"],
)  # fmt: skip
def test_an_anchor_that_the_examples_cannot_tell_from_its_neighbour_is_told(spoilt, told, library, said):
    """SP303 at the words of that anchor: two raters who learn from these examples would part company there."""
    brief = library / "evaluators" / "brief" / "rubric.yaml"
    replaced(brief, "credited_by: {autonomy: 3, shared_decision: 3}", "credited_by: {autonomy: 3}")
    book = library / "evaluators" / "codebook.yaml"
    data = yaml.safe_load(book.read_text(encoding="utf-8"))
    autonomy = next(code for code in data["codes"] if code["code"] == "autonomy")
    autonomy["examples"] = spoilt(autonomy)
    book.write_text(yaml.safe_dump(data, allow_unicode=True, width=10_000), encoding="utf-8")
    found = [one for one in said(brief.parent) if one.code == "SP303"]
    assert [told in one.message for one in found] == ([True] if told else [])
    shown = brief.read_text(encoding="utf-8").splitlines()
    anchor = "two: It stays theirs" if told and "no example" in told else "three: They choose"
    assert all(anchor in shown[one.line - 1] for one in found)


def _of(code, level):
    """The longest example of a level, so that a word more makes little difference."""
    return max((one for one in code["examples"] if one["level"] == level), key=lambda one: len(one["learner"]))


def test_an_author_stands_by_a_warning_with_a_reason_and_never_by_an_error(jo, said):
    """`# SP142 stands: ...` beside it or above it; it is counted, not forgotten."""
    persona, before = jo / "persona.yaml", check([jo], Library.choose()).standing
    notes = "  notes: A market town with three buses a day. Help is something one gives."
    replaced(persona, notes, "  # SP142 stands: it is what Mum always said\n  notes: Women always give first.")
    report = check([jo], Library.choose())
    assert (report.findings, report.standing) == ((), before + 1)
    assert f"The author stands by {before + 1} more." in as_text(report)
    replaced(
        persona,
        "  task: Let Jo settle",
        "  # SP120 stands: no\n  task: Jo lost the job in March and sits in the library",
    )
    assert [one.code for one in said(jo)] == ["SP120"]


def test_the_text_begins_with_the_gravest_and_ends_with_what_was_read(tmp_path):
    """Errors, warnings, notes, then the to-do list."""
    jo = begin_persona(Answers(name="jo"), tmp_path)
    replaced(jo / "persona.yaml", "min_o: .48", "min_o: .98")
    text = as_text(check([jo], Library.choose()))
    assert (
        text.index(" error SP101 ") < text.index(" note SP170 ") < text.index("To do:") < text.index("Read 1 patient")
    )
    assert "persona.yaml:" in text.splitlines()[0]
    assert text.endswith("`simpatient check --explain SP101` says more.")


def test_json_holds_every_field_of_every_finding(jo):
    """For programs."""
    replaced(jo / "persona.yaml", "age: 44", "age: 444")
    data = json.loads(as_json(check([jo], Library.choose())))
    assert data["schema_version"] == 1
    assert data["counts"] == {"error": 1, "warning": 0, "note": 0, "todo": 0}
    assert set(data["findings"][0]) == {"path", "line", "column", "code", "name", "message", "fix", "severity"}


def test_github_gets_one_command_a_finding_that_no_text_can_break():
    """New lines, colons and commas are escaped as a forge wants them."""
    from simpatient.workshop.check import Report

    odd = Diagnostic(
        path="a,b:c.yaml", line=3, column=2, code="SP120", name="leak", message="100 %\nx", fix="y", severity="note"
    )
    shown = as_github(Report(findings=(odd,), read=(), standing=0))
    assert shown == "::notice file=a%2Cb%3Ac.yaml,line=3,col=2,title=SP120 leak::100 %25%0Ax%0Ay"


def test_exit_codes_say_whether_it_passes(library):
    """0, 1 on errors, with --strict 1 on warnings too, 2 on a folder that is no library."""
    jo = library / "personas" / "jo"
    assert simpatient("check", jo, cwd=library).returncode == 0
    notes = "A market town with three buses a day. Help is something one gives."
    replaced(jo / "persona.yaml", notes, "Women always give first.")
    assert simpatient("check", jo, cwd=library).returncode == 0
    assert simpatient("check", jo, "--strict", cwd=library).returncode == 1
    replaced(jo / "persona.yaml", "age: 44", "age: 444")
    assert simpatient("check", jo, cwd=library).returncode == 1
    assert simpatient("check", cwd=library, SIMPATIENT_LIBRARY=str(library / "nowhere")).returncode == 2


def test_a_page_is_printed_and_an_unknown_number_is_not_a_crash(tmp_path):
    """`--explain` in any case of letters."""
    done = simpatient("check", "--explain", "sp101", cwd=tmp_path)
    assert done.stdout.startswith("# SP101 unreachable-fact")
    done = simpatient("check", "--explain", "SP999", cwd=tmp_path)
    assert (done.returncode, "Traceback" in done.stderr) == (1, False)


def test_watching_reads_again_when_a_file_was_saved_and_only_then(tmp_path):
    """Once at the beginning, once a change."""
    file = tmp_path / "persona.yaml"
    file.write_text("a", encoding="utf-8")
    waits: list[float] = []

    def wait(seconds: float) -> None:
        waits.append(seconds)
        if len(waits) == 3:
            file.write_text("ab", encoding="utf-8")

    seen = changes([tmp_path], wait)
    next(seen)
    next(seen)
    assert len(waits) == 3


def test_the_command_watches_until_it_is_stopped(tmp_path):
    """A saved file is read again without a key pressed."""
    jo = begin_persona(Answers(name="jo"), tmp_path)
    log = tmp_path / "log.txt"
    with log.open("w", encoding="utf-8") as out:
        watching = subprocess.Popen(
            [sys.executable, "-m", "simpatient", "check", str(jo), "--watch"], stdout=out, stderr=out
        )
        try:
            _until(lambda: "Read 1 patient" in log.read_text(encoding="utf-8"))
            replaced(jo / "persona.yaml", "age: 44", "age: 444")
            _until(lambda: "SP007" in log.read_text(encoding="utf-8"))
        finally:
            watching.terminate()
            watching.wait(20)
    assert "Traceback" not in log.read_text(encoding="utf-8")


def _until(true) -> None:
    for _ in range(300):
        if true():
            return
        time.sleep(0.1)
    pytest.fail("it never came")


def test_any_rehearsal_can_stand_in_for_our_own(library):
    """A judge asks only for the protocol: a skilled learner no better than a cold one shows that skill does not."""
    from simpatient.persona import read_files
    from simpatient.rubric import load_codebook
    from simpatient.workshop.check.manuscript import Manuscript

    shelf = Library.choose(library)
    codebook = load_codebook(shelf)
    files = read_files(shelf, library / "personas" / "jo", codebook.codes)
    assert files.patient is not None
    manuscript = Manuscript(patient=files.patient, documents=files.documents, codebook=codebook, rubric=None)
    assert [one.code for one in gates(manuscript)] == []
    assert "SP103" in {one.code for one in gates(manuscript, skilled=COLD)}
    assert SKILLED.tried(files.patient, codebook).trust > COLD.tried(files.patient, codebook).trust + 0.3


def test_who_somebody_is_moves_nothing(library):
    """Swap name, age, pronouns and language, and every number of a rehearsal stays as it was."""
    from simpatient.persona import Patient, load_patient
    from simpatient.rubric import load_codebook

    shelf = Library.choose(library)
    codebook = load_codebook(shelf)
    for name in ("jo", "andrew", "maggie"):
        patient = load_patient(shelf, name, codebook.codes)
        persona = patient.persona
        other = persona.model_copy(
            update={
                "card": persona.card.model_copy(update={"name": "Ade", "age": 19, "pronouns": "he/him"}),
                "culture": persona.culture.model_copy(update={"language": "Yoruba", "notes": "Lagos, then Leeds."}),
            }
        )
        swapped = Patient(
            persona=other,
            lines=patient.lines,
            dialogues=patient.dialogues,
            folder=patient.folder,
            returning=patient.returning,
        )
        for trial in (SKILLED, COLD):
            assert trial.tried(swapped, codebook, 2) == trial.tried(patient, codebook, 2)


def test_reading_level_tells_speech_from_leaflets():
    """A line somebody would say, and one nobody would."""
    assert grade_of("I'm all right. It's only the nights, and then it's light.") < 5
    assert grade_of("Considerable organisational responsibilities precipitate nocturnal deterioration.") > 15


def test_a_rubric_and_a_suite_that_were_just_begun_have_nothing_but_to_dos(tmp_path, said):
    """They rate and are met as they are."""
    found = said(begin_evaluator("brief", tmp_path), begin_suite("ward", tmp_path / "suites"))
    assert {one.severity for one in found} == {"todo"}


def test_a_follow_up_to_words_that_nobody_says_is_told_what_is_said(jo, said):
    """SP022, with the words it was nearest to; a fact is not a key. One may go on from another's answer."""
    file = jo / "followups.yaml"
    more = '  "{}":\n    - {{asked: ["is that loud"], say: ["He has headphones, mostly."]}}\n'
    plain = file.read_text(encoding="utf-8")
    file.write_text(plain + more.format("Upstairs. You'd hear him."), encoding="utf-8")
    assert said(jo) == []
    file.write_text(plain + more.format("Upstairs. You'd heer him."), encoding="utf-8")
    [found] = said(jo)
    assert found.code == "SP022"
    assert "Did you mean `Upstairs. You'd hear him.`?" in f"{found.message} {found.fix}"
    fact = yaml.safe_load((jo / "persona.yaml").read_text(encoding="utf-8"))["facts"][0]["id"]
    file.write_text(plain + more.format(fact), encoding="utf-8")
    [found] = said(jo)
    assert f"`{fact}` is a fact" in f"{found.message} {found.fix}"
