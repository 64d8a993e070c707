"""Dialogues from elsewhere, rated from the command line."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
from pathlib import Path

TURNS = [
    {"dialogue": "b", "turn": 2, "patient": "I'm scared of the scan.", "learner": "The scan frightens you."},
    {"dialogue": "b", "turn": 1, "patient": "", "learner": "Hello, I'm Dana. What brings you in?"},
    {"dialogue": "a", "turn": 1, "patient": "My back hurts all night.", "learner": "You just need to exercise more."},
]


def rate(*args: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """`simpatient rate ARGS` as a process."""
    command = [sys.executable, "-m", "simpatient", "rate", *args]
    return subprocess.run(command, input=stdin, capture_output=True, timeout=120, check=False)


def lines(rows: list[dict[str, object]]) -> bytes:
    return b"".join(json.dumps(row).encode() + b"\n" for row in rows)


def test_each_dialogue_gets_one_line_with_its_debrief(tmp_path: Path) -> None:
    """In the order in which the dialogues first appear; plain, zipped and piped alike, and the same every time."""
    (tmp_path / "talk.jsonl").write_bytes(lines(TURNS))
    (tmp_path / "talk.jsonl.gz").write_bytes(gzip.compress(lines(TURNS)))
    plain = rate(str(tmp_path / "talk.jsonl"))
    zipped = rate(str(tmp_path / "talk.jsonl.gz"))
    piped = rate("-", stdin=lines(TURNS))
    assert plain.returncode == 0, plain.stderr
    assert plain.stdout == zipped.stdout == piped.stdout
    rows = [json.loads(line) for line in plain.stdout.decode().splitlines()]
    assert [row["dialogue"] for row in rows] == ["b", "a"]
    assert set(rows[0]["debrief"]) >= {
        "evaluator", "index", "ceilings", "profile", "behaviours", "indices", "trend", "strengths", "change", "text",
    }  # fmt: skip


def test_what_each_message_earned_comes_before_its_debrief() -> None:
    """Two messages, a debrief, one message, a debrief; in the order of the turns."""
    done = rate("-", "--exchanges", stdin=lines(TURNS))
    rows = [json.loads(line) for line in done.stdout.decode().splitlines()]
    assert [("debrief" in row, row["dialogue"], row.get("exchange")) for row in rows] == [
        (False, "b", 1), (False, "b", 2), (True, "b", None), (False, "a", 1), (True, "a", None),
    ]  # fmt: skip
    assert rows[0]["learner"] == TURNS[1]["learner"]
    assert {"behaviour", "value", "not_rated", "required", "quote"} <= set(rows[0]["ratings"][0])
    assert all(
        isinstance(code["experimental"], bool) for row in rows for code in row.get("appraisal", {}).get("codes", ())
    )


def test_bad_rows_are_all_named_with_their_line(tmp_path: Path) -> None:
    """Path and line, no traceback, exit code 1."""
    path = tmp_path / "talk.jsonl"
    path.write_bytes(lines([{**TURNS[0], "turn": "two"}, TURNS[1], {**TURNS[2], "learner": 5}]))
    done = rate(str(path))
    assert done.returncode == 1
    assert b"talk.jsonl:1 " in done.stderr
    assert b"talk.jsonl:3 " in done.stderr
    assert b"Traceback" not in done.stderr
    assert done.stdout == b""


def test_an_unknown_evaluator_lists_the_choices() -> None:
    """Exit code 1."""
    done = rate("-", "--evaluator", "nobody", stdin=lines(TURNS))
    assert done.returncode == 1
    assert b"rapport" in done.stderr


def test_a_short_meeting_has_no_index_in_any_account_of_it(tmp_path: Path) -> None:
    """Neither rated from a file nor rated anew from the store, as its debrief said; a single letter earns no number."""
    for said in ("y", ""):
        done = rate("-", stdin=lines([{"dialogue": "a", "turn": 1, "patient": "", "learner": said}]))
        assert json.loads(done.stdout)["debrief"]["index"] is None
    env = {**os.environ, "SIMPATIENT_HOME": str(tmp_path)}
    chat = [sys.executable, "-m", "simpatient", "chat", "andrew", "--terminal", "--json", "--keep"]
    held = subprocess.run(chat, input=b"Hello\nYou look fine.\n", capture_output=True, env=env, timeout=120, check=True)
    told = [json.loads(line) for line in held.stdout.decode().splitlines()]
    assert told[-1]["debrief"]["index"] is None
    again = [sys.executable, "-m", "simpatient", "rate", told[0]["encounter"]]
    anew = subprocess.run(again, capture_output=True, env=env, timeout=120, check=True)
    assert json.loads(anew.stdout)["debrief"]["index"] is None
