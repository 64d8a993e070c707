"""A suite is read with every mistake at once, each at its line, with what would have been right."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from simpatient.errors import ContentError
from simpatient.suite.cases import Choice, runs_of
from simpatient.suite.load import Loaded, Shelf, files_in, load_suite, load_suites
from simpatient.suite.schema import Case, Expected, Step, Suite

Written = Callable[[str], Loaded]


def found_in(written: Written, text: str) -> list[tuple[int, str, str]]:
    """Line, name and whole text of every finding."""
    with pytest.raises(ContentError) as caught:
        written(text)
    return [(d.line, d.name, str(d)) for d in caught.value.diagnostics]


def test_every_mistake_is_told_at_once_with_its_line_and_what_is_known(written: Written) -> None:
    """Nobody mends a file one error at a time."""
    findings = found_in(
        written,
        """\
        suite: first
        persona: andrew
        cases:
          - case: a
            steps:
              - learner: Hello
                expect:
                  reads: {warmht: 2}
                  discloses: [vann]
                  ratings: {listening_well: 2}
                  harms: [rudeness]
              - block: nowhere
            finally:
              reply: {matches: "("}
          - case: a
            learner: skilful
            exchanges: 4
        compare:
          - {of: index, order: [a, b]}
        """,
    )
    assert [(line, name) for line, name, _ in findings] == [
        (8, "unknown-code"),
        (9, "unknown-fact"),
        (10, "unknown-behaviour"),
        (11, "unknown-harm"),
        (12, "unknown-block"),
        (14, "not-a-pattern"),
        (15, "case-twice"),
        (16, "unknown-learner"),
        (19, "unknown-case"),
    ]
    assert "Did you mean `warmth`?" in findings[0][2]
    assert "Andrew has no fact `vann`" in findings[1][2]


def test_mistakes_of_form_and_of_names_come_together(written: Written) -> None:
    """A field that is none, a code, a harm, a block, a persona, a behaviour and a fact that are none: one run."""
    findings = found_in(
        written,
        """\
        suite: first
        persona: andrew
        blocks:
          hello: [Hello, 3]
          bye: [{learner: Bye., expect: {reads: {warmht: 1}}}]
        cases:
          - case: a
            tgas: [x]
            steps:
              - learner: Hello
                expct: {trust: rises}
              - learner: How are you?
                expect: {reads: {empaty: 2}, harms: [rudeness], trust: goes up}
              - {block: nowhere}
              - {block: hello}
            finally: {discloses: [vann], ratings: {listening_well: 2}}
          - case: b
            persona: andrwe
            steps: [Hello]
            finally: {ratings: {warmht: rated}}
          - case: c
            steps: 7
          - case: d
            persona: 7
            steps: [{learner: Hello, expect: {reads: {warmht: 1}}}]
        compare:
          - {of: index, order: [a, c]}
          - {of: index, order: [a, e]}
        """,
    )
    assert [(line, name) for line, name, _ in findings] == [
        (4, "wrong-value"), (5, "unknown-code"), (8, "unknown-field"), (11, "unknown-field"), (13, "unknown-code"),
        (13, "unknown-harm"), (13, "wrong-value"), (14, "unknown-block"), (16, "unknown-fact"), (16, "unknown-behaviour"),
        (18, "unknown-persona"), (20, "unknown-behaviour"), (22, "wrong-value"), (24, "wrong-value"), (28, "unknown-case"),
    ]  # fmt: skip


def test_what_cannot_be_read_makes_no_mistake_of_anything_else(written: Written) -> None:
    """A block, a case or a persona that is written wrong is there: who names it is right."""
    for wrong, line in (("blocks: {hello: []}", 2), ("blocks: {hello: [{lerner: Hello}]}", 2)):
        text = f"suite: s\n{wrong}\npersona: andrew\ncases:\n  - case: a\n    steps: [{{block: hello}}]\n"
        assert {each for each, _, _ in found_in(written, text)} == {line}
    text = "suite: s\npersona: {andrew: 1}\ncases:\n  - {case: a, steps: [Hello], finally: {discloses: [bees]}}\n"
    assert [(line, name) for line, name, _ in found_in(written, text)] == [(2, "wrong-value")]
    text = "suite: s\ncases:\n  - {case: a, persona: [andrew], steps: [Hello]}\n  - {case: b, persona: andrew, steps: [Hi]}\n"
    assert [(line, name) for line, name, _ in found_in(written, text)] == [(3, "wrong-value")]


def test_mistakes_of_form_are_told_with_their_line_too(written: Written) -> None:
    """A wrong field, a wrong value and a missing one."""
    findings = found_in(
        written,
        """\
        suite: first
        persona: andrew
        cases:
          - case: a
            steps:
              - learner: Hello
                expect: {trost: rises, anxiety: goes down, stance: sunny}
          - case: b
        """,
    )
    assert [(line, name) for line, name, _ in findings] == [
        (7, "unknown-field"),
        (7, "wrong-value"),
        (7, "wrong-value"),
        (8, "wrong-value"),
    ]
    assert "Did you mean `trust`?" in "".join(text for *_, text in findings)
    assert "`falls by at least 0.03`" in "".join(text for *_, text in findings)


def test_words_of_the_file_are_suggested_not_words_of_the_program(written: Written) -> None:
    """The field is called `finally`, whatever a program calls it."""
    findings = found_in(
        written,
        """\
        suite: first
        persona: andrew
        cases:
          - {case: a, steps: [Hello], finaly: {ends: no}}
        """,
    )
    assert "Did you mean `finally`?" in findings[0][2]
    assert "at_end" not in findings[0][2]


def test_an_unknown_persona_is_told_once(written: Written) -> None:
    """Not again for each case that would have met them."""
    findings = found_in(written, "suite: s\npersona: andrw\ncases: [{case: a, steps: [Hi]}, {case: b, steps: [Hi]}]\n")
    assert [(line, name) for line, name, _ in findings] == [(2, "unknown-persona")]
    assert "Did you mean `andrew`?" in findings[0][2]


def test_a_case_that_meets_nobody_says_how_to_mend_it(written: Written) -> None:
    """Persona is the suite's, the case's or the matrix's."""
    assert found_in(written, "suite: s\ncases: [{case: a, steps: [Hi]}]\n")[0][1] == "nobody-to-meet"


def test_blocks_repeats_and_a_matrix_are_written_out(written: Written, shelf: Shelf) -> None:
    """Each combination is held once, a block where it is named, a step as often as it says."""
    loaded = written(
        """\
        suite: s
        blocks:
          hello: [Hello, {learner: How are you?, times: 2}]
        cases:
          - case: a
            matrix: {persona: all, seed: [1, 2]}
            steps:
              - block: hello
                expect: {rupture: false}
              - learner: Bye
        """
    )
    runs = list(runs_of(loaded, shelf, Choice()))
    assert {(run.setting.persona, run.setting.seed) for run in runs} == {
        (persona, seed) for persona in shelf.personas for seed in (1, 2)
    }
    steps = runs[0].plan.meetings[0].steps
    assert [each.step.learner for each in steps] == ["Hello", "How are you?", "How are you?", "Bye"]
    assert [len(each.expected) for each in steps] == [0, 0, 1, 0]
    assert steps[2].expected[0].line == 9


def test_python_builds_the_same_objects(written: Written) -> None:
    """A suite is a value; a file is one way to write it."""
    step = Step(learner="Hello", expect=Expected(trust=("does not fall",), unless=Expected(rupture="any")))
    built = Suite(suite="s", persona="andrew", cases=(Case(case="a", steps=(step,), passes="2 of 3"),))
    assert (
        built
        == written(
            """\
            suite: s
            persona: andrew
            cases:
              - case: a
                pass: 2 of 3
                steps: [{learner: Hello, expect: {trust: does not fall, not: {rupture: true}}}]
            """
        ).suite
    )


def test_a_folder_gives_its_suites_and_leaves_other_tools_files_alone(tmp_path: Path, shelf: Shelf) -> None:
    """`dialogues.yaml` is a name others use as well."""
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "dialogues.yaml").write_text("version: 3\nstories: []\n")
    with pytest.raises(ContentError, match="no suite"):
        files_in([tmp_path])
    own = tmp_path / "a.dialogues.yaml"
    own.write_text("suite: s\npersona: andrew\ncases: [{case: a, steps: [Hi]}]\n")
    assert files_in([tmp_path]) == [own]
    assert [each.suite.suite for each in load_suites([tmp_path], shelf)] == ["s"]


def test_the_findings_of_all_files_come_together(tmp_path: Path, shelf: Shelf) -> None:
    """As within one file."""
    for name in ("a", "b"):
        (tmp_path / f"{name}.dialogues.yaml").write_text("suite: s\npersona: andrew\ncases: [{case: A}]\n")
    with pytest.raises(ContentError) as caught:
        load_suites([tmp_path], shelf)
    assert {Path(each.path).name for each in caught.value.diagnostics} == {"a.dialogues.yaml", "b.dialogues.yaml"}


@pytest.mark.parametrize("name", ["andrew", "maggie"])
def test_the_worked_dialogues_of_a_persona_are_a_suite(name: str, checkout: Path, shelf: Shelf) -> None:
    """Each twice, and every line points into the persona's own file."""
    path = checkout / "personas" / name / "dialogues.yaml"
    loaded = load_suite(path, shelf)
    dialogues = shelf.patient(name).dialogues.dialogues
    names = [case.case for case in loaded.suite.cases]
    assert names == [f"{each.id}.{way}" for each in dialogues for way in ("coded", "typed")]
    lines = path.read_text(encoding="utf-8").splitlines()
    step = next(iter(runs_of(loaded, shelf, Choice()))).plan.meetings[0].steps[1]
    assert step.step.learner is not None
    assert step.step.learner[:40] in lines[step.line - 1]
    assert "expect:" in lines[step.expected[0].line - 1]


@pytest.mark.parametrize(
    "expected",
    [
        "trust: 3",
        "anxiety: at least 2",
        "hope: [rises, under 0]",
        "openness: rises by at least 1.5",
        "ratings: {open: at least 5}",
        "exit_pressure: at most -1",
        "reads: {empathy: over 3}",
        "harms: {any: 4}",
        "index: 101 to 200",
        "trend: under -3",
        "reply: {words: at most -1}",
        "seconds: under 0",
        "not: {trust: over 1}",
    ],
)
def test_what_can_never_be_is_a_mistake_with_its_line(written: Callable[[str], Loaded], expected: str) -> None:
    """Not an expectation that is unmet for ever, nor one met for ever within `not`."""
    text = f"suite: s\npersona: andrew\ncases:\n  - case: a\n    steps: [Hello]\n    finally:\n      {expected}\n"
    with pytest.raises(ContentError, match="can never be: this ") as caught:
        written(text)
    assert [finding.line for finding in caught.value.diagnostics] == [7]


@pytest.mark.parametrize(
    "expected", ["trust: 1", "trust: at least 1", "exit_pressure: 0", "ratings: {open: 3}", "trend: -3", "cost: 0"]
)
def test_what_can_just_be_is_taken(written: Callable[[str], Loaded], expected: str) -> None:
    """The ends of each range belong to it."""
    written(f"suite: s\npersona: andrew\ncases:\n  - {{case: a, steps: [Hello], finally: {{{expected}}}}}\n")
