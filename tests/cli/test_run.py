"""`simpatient run`: what it prints, what it leaves, how it ends."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from simpatient.cli import cli
from simpatient.errors import ConfigurationError

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
        "2 conversations, at most 3 exchanges and 6 calls (voice 3, evaluator 3), or 12 if no answer could be used the "
        "first time. Calls that a service turns away are made again on top of these; --budget-calls sets an end to "
        "them all. Nothing was held.\n"
    )
    assert run(GOOD, "--dry-run").output == ("2 conversations, at most 3 exchanges and 0 calls. Nothing was held.\n")


def test_a_case_that_expects_nothing_is_named(run) -> None:
    """It is met whatever happens; a compared one is expected to stand somewhere."""
    assert "Nothing is expected of s/b: met whatever happens (SP341)." in run(GOOD).output
    assert "s/b  1 exchange, nothing is expected, " in run(GOOD).output
    compared = GOOD + "compare:\n  - {of: trust, order: [a, b], by: 0.0}\n"
    assert "met whatever happens" not in run(compared).output


@pytest.mark.parametrize("option", ["--json", "--junit", "--html", "--journal"])
def test_nothing_is_written_over_what_somebody_wrote(run, tmp_path: Path, option: str) -> None:
    """Neither a suite nor any other file of theirs, nor what another option writes; said before anything is held."""
    (tmp_path / "other.yaml").write_text("mine: true\n", encoding="utf-8")
    for name in ("s.dialogues.yaml", "./s.dialogues.yaml", "other.yaml"):
        done = run(GOOD, option, name)
        assert done.exit_code == 2 or isinstance(done.exception, ConfigurationError)
        assert f"{option} {name} would write over".replace("./", "") in f"{done.output}{done.exception}"
        assert "met" not in done.output
    assert (tmp_path / "s.dialogues.yaml").read_text(encoding="utf-8") == GOOD
    assert (tmp_path / "other.yaml").read_text(encoding="utf-8") == "mine: true\n"
    other = "--html" if option != "--html" else "--json"
    assert "would write over the file of --" in str(run(GOOD, option, "same", other, "same").exception)


@pytest.mark.parametrize("option", ["--json", "--junit", "--html", "--journal"])
def test_a_place_where_nothing_can_be_written_is_named_before_anything_is_held(
    run, tmp_path: Path, option: str
) -> None:
    """With the file and the option."""
    done = run(GOOD, option, "nope/x.out")
    assert f"{option} nope/x.out: there is no folder nope. Make it first." in str(done.exception)
    assert "met" not in done.output
    assert not (tmp_path / "nope").exists()


def test_a_journal_is_never_begun_over_another_file(run, tmp_path: Path) -> None:
    """Resumed or not."""
    (tmp_path / "notes").write_text("dear diary\n", encoding="utf-8")
    assert "no journal" in str(run(GOOD, "--journal", "notes").exception)
    assert (tmp_path / "notes").read_text(encoding="utf-8") == "dear diary\n"


def test_a_run_to_compare_with_is_read_first_and_never_written_over(run, tmp_path: Path) -> None:
    """The hint does not name a file of theirs as one to write to."""
    done = run(GOOD, "--html", "x.html", "--against", "s.dialogues.yaml")
    assert "Write one with `simpatient run ... --json run.json`." in str(done.exception)
    assert "met" not in done.output
    run(GOOD, "--json", "then.json")
    assert "would write over" in str(
        run(GOOD, "--html", "x.html", "--against", "then.json", "--json", "then.json").exception
    )


def test_a_file_that_cannot_be_written_after_all_loses_nothing_else(
    run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The sum is said, the other files are there, the one is named."""
    if not Path("/dev/full").exists():
        pytest.skip("there is no disk that is always full here")
    (tmp_path / "full").symlink_to("/dev/full")
    done = run(GOOD, "--json", "full", "--junit", "j.xml")
    assert done.exit_code == 2
    assert "2 cases: 2 met." in done.output
    assert "Cannot write full (No space left on device)." in done.output
    assert "<testsuites" in (tmp_path / "j.xml").read_text(encoding="utf-8")


MANY = """\
suite: many
persona: andrew
matrix: {persona: [andrew, amara], seed: [1, 2]}
tags: wide
cases:
  - {case: nov, pass: 1 of 2, steps: [Hello], finally: {rupture: false}}
"""


@pytest.mark.parametrize(
    ("pattern", "held"),
    [
        ("many/nov[persona=amara, seed=1]", 2),
        ("nov[persona=amara, seed=1]#2", 2),
        ("*amara*", 4),
        ("many/nov[persona=amara, seed=*]", 4),
        ("persona=amara", 4),
        ("wide", 8),
    ],
)
def test_a_point_of_a_matrix_is_chosen_by_what_the_output_calls_it(run, pattern: str, held: int) -> None:
    """A repeat's number stands for all repeats, since a rate needs them."""
    done = run(MANY, "--filter", pattern)
    assert done.exit_code == 0, done.output
    assert f"({held} held;" in done.output


def test_a_name_nobody_bears_is_answered_with_those_there_are(run) -> None:
    """Names with their points, and tags."""
    done = run(MANY, "--filter", "*amra*")
    assert done.exit_code == 2
    assert "No case is called '*amra*', nor has such a tag." in done.output
    assert "Names: many/nov[persona=andrew, seed=1], many/nov[persona=andrew, seed=2]," in done.output
    assert "Tags: wide." in done.output


def test_a_run_that_is_stopped_leaves_its_files(tmp_path: Path) -> None:
    """Ctrl-C: what was held is reported, the rest counts as undecided, 130."""
    cases = "".join(f"  - {{case: c{n}, steps: [Hello, Well?], throughout: {{harms: none}}}}\n" for n in range(3000))
    (tmp_path / "s.dialogues.yaml").write_text(f"suite: s\npersona: andrew\ncases:\n{cases}", encoding="utf-8")
    command = [sys.executable, "-m", "simpatient", "run", "s.dialogues.yaml", "--json", "r.json", "--junit", "j.xml"]
    env = {**os.environ, "SIMPATIENT_HOME": str(tmp_path / "home")}
    going = subprocess.Popen(command, cwd=tmp_path, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert going.stdout is not None
    assert going.stdout.readline().startswith("met")
    going.send_signal(signal.SIGINT)
    out, err = going.communicate(timeout=60)
    assert going.returncode == 130
    assert "Stopped. --resume goes on from here." in err
    totals = json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))["totals"]
    assert totals["exit_code"] == 130
    assert totals["met"] >= 1
    assert totals["met"] + totals["undecided"] == 3000
    assert totals["undecided"] == totals["not_begun"]
    assert "3,000 cases:" in out
    root = ET.parse(tmp_path / "j.xml").getroot()
    assert root.get("errors") == str(totals["undecided"])
    assert "the run was stopped" in str(next(root.iter("error")).get("message"))


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
