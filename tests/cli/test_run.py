"""`simpatient run`: what it prints, what it leaves, how it ends."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from simpatient.cli import cli

GOOD = """\
suite: s
persona: andrew
cases:
  - {case: a, tags: smoke, steps: ["Hello Andrew.", "How are you?"], finally: {rupture: false}}
  - {case: b, steps: [Hello]}
"""
BAD = GOOD + "  - {case: c, steps: [{learner: Calm down., codes: {minimising: 3}, expect: {trust: rises}}]}\n"


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """The command on a text, in a folder of its own."""
    monkeypatch.setenv("SIMPATIENT_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)

    def call(text: str, *arguments: str) -> Result:
        (tmp_path / "s.dialogues.yaml").write_text(text, encoding="utf-8")
        return CliRunner().invoke(cli, ["run", "s.dialogues.yaml", *arguments])

    return call


def test_all_met_is_zero_and_a_line_each(run) -> None:
    """Nobody watches a pipe: plain lines and a sum."""
    done = run(GOOD)
    assert done.exit_code == 0, done.output
    lines = done.output.splitlines()
    assert [line.split()[:2] for line in lines[:2]] == [["met", "s/a"], ["met", "s/b"]]
    assert lines[-1].startswith("2 cases: 2 met. (2 held; 3 exchanges, 1 check in ")
    assert "\x1b" not in done.output


def test_unmet_is_one_and_told_in_full(run) -> None:
    """The line in the file, what was expected, what was said."""
    done = run(BAD)
    assert done.exit_code == 1
    assert "UNMET s/c\n  s.dialogues.yaml:6  (andrew, rated by rapport, seed 1)" in done.output
    assert "line 6, exchange 1: expected trust to rise, but it fell by" in done.output
    assert "1 Learner: Calm down." in done.output


@pytest.mark.parametrize(
    "arguments",
    [
        ("--record", "a", "--replay", "b"),
        ("--replay-only", "voice"),
        ("--against", "s.dialogues.yaml"),
        ("--replay", "."),
    ],
)
def test_what_does_not_go_together_is_two(run, arguments: tuple[str, ...]) -> None:
    """Said before anything is held."""
    done = run(GOOD, *arguments)
    assert done.exit_code == 2 or "no recording" in str(done.exception)
    assert "held" not in done.output


def test_a_mistake_in_a_file_is_two(run) -> None:
    """Not one: nothing was unmet."""
    done = run(GOOD.replace("rupture: false", "rupture: perhaps"))
    assert done.exit_code == 2
    assert "s.dialogues.yaml:4:" in done.output


def test_a_dry_run_counts_and_holds_nothing(run) -> None:
    """Calls by who makes them."""
    done = run(GOOD, "--dry-run", "--chat-model", "openai:none", "--base-url", "http://127.0.0.1:9/v1")
    assert done.output == (
        "2 conversations, at most 3 exchanges and 6 calls (voice 3, evaluator 3). Nothing was held.\n"
    )


def test_a_budget_leaves_the_rest_undecided_which_is_three(run) -> None:
    """No service is asked for what does not fit."""
    done = run(GOOD, "--budget-calls", "0", "--chat-model", "openai:none", "--base-url", "http://127.0.0.1:9/v1")
    assert done.exit_code == 3
    assert "budget of 0" in done.output


def test_what_was_held_is_not_held_again_when_resumed(run) -> None:
    """The journal stands in the data folder unless it is named."""
    run(GOOD)
    assert "2 of them before" in run(GOOD, "--resume").output
    assert "of them before" not in run(GOOD).output
    run(GOOD, "--journal", "mine.jsonl", "--filter", "smoke")
    assert "1 of them before" in run(GOOD, "--journal", "mine.jsonl", "--resume").output


def test_reports_are_written_where_they_are_asked_for(run, tmp_path: Path) -> None:
    """And two runs are compared."""
    run(GOOD, "--json", "then.json")
    done = run(BAD, "--junit", "j.xml", "--json", "r.json", "--html", "r.html", "--against", "then.json")
    assert done.exit_code == 1
    assert json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))["totals"]["unmet"] == 1
    assert "What changed since then.json" in (tmp_path / "r.html").read_text(encoding="utf-8")
    assert "<testsuites" in (tmp_path / "j.xml").read_text(encoding="utf-8")


def test_a_folder_is_searched_and_no_case_chosen_is_told(run) -> None:
    """A pattern nobody bears is a mistake of the caller's."""
    assert CliRunner().invoke(cli, ["run", "."]).exit_code != 0
    run(GOOD)
    assert CliRunner().invoke(cli, ["run", "."]).exit_code == 0
    assert run(GOOD, "--filter", "nothing").exit_code == 2


def test_all_leaves_out_whoever_cannot_be_met_and_says_so(run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The rest is held; it is told what is wrong with whom, and nothing looks as if everybody had been met."""
    from simpatient.authoring import Library
    from simpatient.persona import persona_ids

    everybody = "suite: s\ncases:\n  - {case: a, matrix: {persona: all}, steps: [Hello]}\n"
    bob = tmp_path / "library" / "personas" / "bob" / "persona.yaml"
    bob.parent.mkdir(parents=True)
    bob.write_text("schema_version: 1\nid: bob\n", encoding="utf-8")
    monkeypatch.setenv("SIMPATIENT_LIBRARY", str(tmp_path / "library"))
    done = run(everybody)
    met = [line for line in done.output.splitlines() if line.startswith("met ")]
    assert len(met) == len(persona_ids(Library.choose())) - 1
    assert f"{bob}:" in done.stderr
    assert "`all` leaves out whoever cannot be met." in done.stderr
    assert done.exit_code == 2
    named = run("suite: s\npersona: bob\ncases:\n  - {case: a, steps: [Hello]}\n")
    assert (named.exit_code, "met " in named.stdout) == (2, False)
