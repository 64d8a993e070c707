"""Kept meetings from the command line: listed, shown, continued, compared, taken out, taken in, deleted."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def run(home: Path, *args: str, stdin: str = "", **env: str) -> subprocess.CompletedProcess[str]:
    """`simpatient ARGS` with a data folder of its own."""
    return subprocess.run(
        [sys.executable, "-m", "simpatient", *args], input=stdin, capture_output=True, encoding="utf-8",
        env={**os.environ, "SIMPATIENT_HOME": str(home), **env}, timeout=120, check=False,
    )  # fmt: skip


def meet(home: Path, *said: str, persona: str = "andrew") -> str:
    """A piped meeting that is kept; its id."""
    done = run(home, "chat", persona, "--terminal", "--json", "--keep", stdin="\n".join(said) + "\n")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[0])["encounter"]


def records(done: subprocess.CompletedProcess[str]) -> list[dict]:
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_a_piped_meeting_is_kept_only_when_asked(home: Path) -> None:
    """And then it is in the list."""
    run(home, "chat", "andrew", "--terminal", "--json", stdin="Hello\n")
    assert records(run(home, "meetings", "--json")) == []
    name = meet(home, "Hello", "What brings you in?")
    (line,) = records(run(home, "meetings", "--json"))
    assert (line["encounter"], line["exchanges"], line["ended"]) == (name, 2, "stopped")
    told = run(home, "meetings")
    assert name in told.stdout
    assert "kept 90 days" in told.stdout


def test_a_meeting_is_rewound_continued_and_compared(home: Path) -> None:
    """In processes of their own, as if it had never been interrupted."""
    name = meet(home, "Hello", "What brings you in?", "That sounds hard.")
    again = run(home, "chat", "--terminal", "--json", "--continue", name, stdin="/rewind 2\nWhatever.\n")
    rewound, exchange, debrief = records(again)
    assert rewound["rewound"] == 2
    assert (exchange["exchange"], exchange["parent"], exchange["learner"]) == (4, 2, "Whatever.")
    assert debrief["debrief"]["encounter"] == name
    (comparison,) = records(run(home, "meetings", name, "--compare", "3", "4", "--json"))
    assert comparison["shared"] == 2
    assert comparison["steps"][0]["other"]["learner"] == "Whatever."
    assert "Whatever." in run(home, "meetings", name, "--compare", "3", "4").stdout
    wrong = run(home, "meetings", name, "--compare", "3", "9")
    assert wrong.returncode == 2
    assert "3, 4" in wrong.stderr


def test_a_replay_says_that_all_is_the_same(home: Path) -> None:
    """Exit code 0; as a record too."""
    name = meet(home, "Hello", "What brings you in?", "I'll find out by Thursday.")
    done = run(home, "replay", name)
    assert done.returncode == 0, done.stderr
    assert "every word and number is the same" in done.stdout
    (record,) = records(run(home, "replay", name, "--json"))
    assert record == {"encounter": name, "same": True, "exchanges": 3, "difference": None, "versions": []}


def test_a_replay_that_differs_ends_with_one(home: Path) -> None:
    """And names the place."""
    import sqlite3

    name = meet(home, "Hello")
    with sqlite3.connect(home / "simpatient.sqlite3") as database:
        database.execute('UPDATE exchanges SET record = replace(record, \'"stance": "\', \'"stance": "un\')')
    database.close()
    done = run(home, "replay", name)
    assert done.returncode == 1
    assert "in stance" in done.stdout


def test_a_kept_meeting_is_rated_anew(home: Path) -> None:
    """With the records of `rate FILE`; kept beside the old ones when asked."""
    name = meet(home, "Hello", "What brings you in?", "That sounds hard.")
    rows = records(run(home, "rate", name, "--exchanges", "--keep"))
    assert [row.get("exchange") for row in rows] == [1, 2, 3, None]
    assert rows[-1]["dialogue"] == name
    assert run(home, "rate", "nobody").returncode == 2
    assert run(home, "rate", name, "--evaluator", "nobody").returncode == 1


def test_meetings_go_out_and_come_in_again(home: Path, tmp_path: Path) -> None:
    """To another home, whole, and only once."""
    name = meet(home, "Hello", "What brings you in?")
    file = tmp_path / "out.jsonl"
    assert "1 meeting written" in run(home, "export", "--to-continue", "--out", str(file)).stderr
    other = tmp_path / "other"
    assert "1 meeting taken in." in run(other, "import", str(file), "--learner", "ben").stdout
    assert "1 here already" in run(other, "import", str(file)).stdout
    (line,) = records(run(other, "meetings", "--learner", "ben", "--json"))
    assert line["encounter"] == name
    assert records(run(other, "chat", "--terminal", "--json", "--continue", name, stdin="/rewind 2\nAnd now?\n"))
    file.write_text("nonsense\n")
    wrong = run(other, "import", str(file))
    assert wrong.returncode == 1
    assert "out.jsonl:1 SP090" in wrong.stderr
    assert "Traceback" not in wrong.stderr


@pytest.mark.parametrize(("form", "sign"), [("csv", "encounter,"), ("md", "# Andrew"), ("html", "<!doctype html>")])
def test_meetings_go_out_as_table_and_pages(home: Path, tmp_path: Path, form: str, sign: str) -> None:
    """To the terminal, and to files."""
    meet(home, "Hello")
    meet(home, "Hello there")
    assert sign in run(home, "export", "--format", form).stdout
    out = tmp_path / ("table.csv" if form == "csv" else "pages")
    assert "2 meetings written" in run(home, "export", "--format", form, "--out", str(out)).stderr
    assert out.is_file() if form == "csv" else len(list(out.glob(f"*.{form}"))) == 2


def test_deleting_asks_counts_and_deletes(home: Path) -> None:
    """No is no; without anything named, nothing happens."""
    name = meet(home, "Hello")
    other = meet(home, "Hello", persona="maggie")
    assert run(home, "delete").returncode == 2
    asked = run(home, "delete", "--persona", "andrew", stdin="n\n")
    assert "1 meeting, 1 exchange" in asked.stdout
    assert asked.returncode == 130
    (record,) = records(run(home, "delete", "--persona", "andrew", "--yes", "--json"))
    assert (record["encounters"], record["exchanges"], record["erased"]) == ([name], 1, True)
    (line,) = records(run(home, "meetings", "--json"))
    assert line["encounter"] == other
    assert "Deleted: 1 meeting" in run(home, "delete", "--older-than", "0", "--yes").stdout
    assert records(run(home, "meetings", "--json")) == []


def test_what_is_older_than_the_retention_goes_at_the_next_start(home: Path) -> None:
    """And it is said."""
    import sqlite3

    meet(home, "Hello")
    with sqlite3.connect(home / "simpatient.sqlite3") as database:
        database.execute("UPDATE encounters SET updated_at = '2001-01-01T00:00:00.000000Z'")
    database.close()
    assert len(records(run(home, "meetings", "--json", SIMPATIENT_RETENTION_DAYS="0"))) == 1
    told = run(home, "meetings")
    assert "1 meeting older than 90 days deleted." in told.stderr
    assert "No meeting is kept yet." in told.stdout


def test_what_is_not_there_is_said_in_words(home: Path) -> None:
    """Exit code 2, no traceback."""
    for command in (
        ["meetings", "nobody"],
        ["replay", "nobody"],
        ["export", "nobody"],
        ["chat", "--terminal", "--continue", "nobody"],
    ):
        done = run(home, *command)
        assert done.returncode == 2, command
        assert "There is no meeting `nobody`" in done.stderr
        assert "Traceback" not in done.stderr


def test_a_database_that_cannot_be_used_is_said_in_words(tmp_path: Path) -> None:
    """Exit code 2 and what to do."""
    home = tmp_path / "home"
    home.mkdir()
    (home / "simpatient.sqlite3").write_text("This is a letter. " * 100)
    done = run(home, "meetings")
    assert done.returncode == 2
    assert "damaged" in done.stderr
    assert "Traceback" not in done.stderr


def test_where_rules_and_model_read_differently_is_counted_and_shown(home: Path, tmp_path: Path) -> None:
    """For educators, with the meeting that was kept."""
    name = meet(home, "Hello", "What brings you in?")
    lines = records(run(home, "meetings", name, "--json"))
    for line in lines:
        if line["kind"] == "exchange" and line["record"]["exchange"] == 2:
            line["record"]["evaluator"]["disagreements"] = [{"code": "warmth", "rules": 0, "model": 2}]
    file, elsewhere = tmp_path / "meeting.jsonl", tmp_path / "elsewhere"
    file.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    assert run(elsewhere, "import", str(file)).returncode == 0
    shown = run(elsewhere, "meetings", name).stdout
    assert "warmth: rules 0, model 2" in shown
    assert "Rules and model read 1 thing differently." in shown
