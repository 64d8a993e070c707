"""Meeting the same person again from the command line, beside meetings continued, rewound and begun anew."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

PROMISE = "I'll ask the clinic doctor about tablets and tell you Tuesday."
TOLD = "I asked the clinic doctor about the tablets, as I said: nobody gets them without a talk first."


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def chat(home: Path, *args: str, said: tuple[str, ...]) -> tuple[list[dict], str]:
    """The records of a piped meeting, and what was said beside them."""
    done = subprocess.run(
        [sys.executable, "-m", "simpatient", "chat", *args, "--terminal", "--json"],
        input="".join(f"{line}\n" for line in said), capture_output=True, encoding="utf-8",
        env={**os.environ, "SIMPATIENT_HOME": str(home)}, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()], done.stderr


def kept(home: Path) -> list[dict]:
    """The list of meetings, the newest first."""
    done = subprocess.run(
        [sys.executable, "-m", "simpatient", "meetings", "--json"], capture_output=True, encoding="utf-8",
        env={**os.environ, "SIMPATIENT_HOME": str(home)}, timeout=120, check=False,
    )  # fmt: skip
    return [json.loads(line) for line in done.stdout.splitlines()]


def meetings(records: list[dict]) -> list[int]:
    """Exchanges of each meeting that stands behind the two, as the last record says."""
    return [met["exchanges"] for met in records[-1]["relationship"]["meetings"]]


def two_meetings(home: Path) -> str:
    """A promise made, kept, and told in a second meeting of another process; the id of that one."""
    chat(home, "andrew", "--keep", said=("Hello Andrew.", PROMISE))
    second, _ = chat(home, "andrew", "--again", said=("done", "", TOLD, "How was the week?"))
    return second[-1]["debrief"]["encounter"]


def test_the_next_meeting_goes_on_in_a_process_of_its_own(home: Path) -> None:
    """The promise of a kept meeting is asked about, and telling it counts; both are in the list."""
    chat(home, "andrew", "--keep", said=("Hello Andrew.", PROMISE))
    second, told = chat(home, "andrew", "--again", said=("done", "", TOLD))
    assert [next(iter(row)) for row in second] == [
        "question", "question", "between", "opening", "schema_version", "debrief",
    ]  # fmt: skip
    assert second[-2]["promises"][0]["status"] == "kept"
    assert meetings(second) == [2, 1]
    assert told == ""
    assert [line["meeting"] for line in kept(home)] == [2, 1]


def test_a_second_meeting_continued_and_rewound_keeps_what_was_carried_over(home: Path) -> None:
    """Gone back in it, ended another way: the first meeting still stands behind the two, the old end does not."""
    name = two_meetings(home)
    rewound, told = chat(home, "--continue", name, said=("/rewind 1", "What helps you at night?", "And who knows?"))
    assert rewound[0]["rewound"] == 1
    assert [row.get("exchange") for row in rewound[1:3]] == [3, 4]
    assert rewound[-1]["debrief"]["meeting"] == 2
    assert meetings(rewound) == [2, 3]
    assert told == ""
    third, _ = chat(home, "andrew", "--again", said=("", "Hello again."))
    assert meetings(third) == [2, 3, 1]
    replayed = subprocess.run(
        [sys.executable, "-m", "simpatient", "replay", name, "--json"], capture_output=True, encoding="utf-8",
        env={**os.environ, "SIMPATIENT_HOME": str(home)}, timeout=120, check=False,
    )  # fmt: skip
    assert json.loads(replayed.stdout) | {"exchanges": 0} == {
        "encounter": name, "same": True, "exchanges": 0, "difference": None, "versions": [],
    }  # fmt: skip


def test_a_meeting_continued_goes_on_to_the_next_in_one_sitting(home: Path) -> None:
    """`/again` after `--continue`."""
    chat(home, "andrew", "--keep", said=("Hello Andrew.",))
    name = kept(home)[0]["encounter"]
    records, _ = chat(home, "--continue", name, said=("/rewind 1", PROMISE, "/again", "done", "", TOLD))
    assert meetings(records) == [2, 1]
    assert records[-2]["promises"][0]["status"] == "kept"


def test_beginning_anew_with_somebody_met_before_is_said(home: Path) -> None:
    """One line, which names the way back; and only a meeting in which something was said takes the old one's place."""
    two_meetings(home)
    _, told = chat(home, "andrew", "--keep", said=("/end",))
    assert "--again goes on from there" in told
    assert len(told.splitlines()) == 1
    third, _ = chat(home, "andrew", "--again", said=("", "Hello again."))
    assert meetings(third) == [2, 2, 1]
    anew, told = chat(home, "andrew", "--keep", said=("Hello, I am Sam.",))
    assert "takes the place" in told
    assert meetings(anew) == [1]
    assert len(kept(home)) == 4
    second, told = chat(home, "andrew", "--again", said=("", "Hello again."))
    assert meetings(second) == [1, 1]
    assert told == ""


def test_what_is_tried_in_an_earlier_meeting_changes_nothing_of_what_came_after(home: Path) -> None:
    """It is said; the branch is kept, and so is what stands between the two."""
    two_meetings(home)
    first = kept(home)[1]["encounter"]
    records, told = chat(home, "--continue", first, said=("/rewind 1", "You should pull yourself together."))
    assert "stays as it is" in told
    assert meetings(records) == [2, 2]
    third, _ = chat(home, "andrew", "--again", said=("", "Hello again."))
    assert meetings(third) == [2, 2, 1]


def test_a_meeting_only_looked_at_leaves_the_days_that_have_passed(home: Path) -> None:
    """Opened again after the promises were asked about, and closed: they are not asked about once more."""
    chat(home, "andrew", "--keep", said=("Hello Andrew.", PROMISE))
    first = kept(home)[0]["encounter"]
    chat(home, "andrew", "--again", said=("done", ""))
    chat(home, "--continue", first, said=("/end",))
    second, _ = chat(home, "andrew", "--again", said=(TOLD,))
    assert [next(iter(row)) for row in second] == ["opening", "schema_version", "debrief"]
    assert meetings(second) == [2, 1]


def test_one_can_continue_or_meet_again_but_not_both(home: Path) -> None:
    """Usage: exit code 2, and the difference in a line."""
    done = subprocess.run(
        [sys.executable, "-m", "simpatient", "chat", "andrew", "--terminal", "--again", "--continue", "x"],
        capture_output=True, encoding="utf-8", env={**os.environ, "SIMPATIENT_HOME": str(home)}, timeout=120,
        check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert "Name one of them" in done.stderr
