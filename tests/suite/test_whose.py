"""Where a chat model rates what the rules read too, a report says whose reading is shown and whose is judged."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from simpatient.llm import Completion, Request
from simpatient.suite.held import Held
from simpatient.suite.load import Loaded, Shelf
from simpatient.suite.service import Service
from simpatient.suite.telling import failure
from tests.suite.test_run import Says, run

Written = Callable[[str], Loaded]
TEXT = """\
suite: s
persona: andrew
cases:
  - case: a
    steps: [{learner: "Calm down. You're overreacting.", expect: {harms: [confronting], reads: [empathy]}}]
"""


def finds_nothing(request: Request, number: int) -> Completion:
    """An evaluator that reads and rates nothing."""
    del request, number
    return Completion(text=json.dumps({"off_task": [], "reading": [], "ratings": [], "try_instead": ""}))


def told(held: Held) -> list[str]:
    """What was found, in words."""
    return [check.finding.found for check in held.checks]


def test_the_reading_that_is_judged_is_told_apart_from_the_one_that_is_shown(
    written: Written, shelf: Shelf, tmp_path: Path
) -> None:
    """The rules read a harm; the model that rates found none, and the case hangs on the model."""
    _, (held,) = run(written(TEXT), shelf, tmp_path / "j", Service(evaluator=Says(finds_nothing)))
    reads, harms = told(held)
    assert harms == "test:says, which rates here, found none"
    assert reads.startswith("it was not read by the rules (what was read: ")
    assert "confronting" in reads
    text = " ".join(failure(held).split())
    assert "[read by the rules: " in text
    assert "| read by test:says: nothing |" in text


def test_where_the_rules_do_both_nothing_more_is_said(written: Written, shelf: Shelf, tmp_path: Path) -> None:
    """There is only one reading."""
    _, (held,) = run(written(TEXT.replace("[confronting]", "none")), shelf, tmp_path / "j")
    reads, harms = told(held)
    assert reads.startswith("it was not read (")
    assert harms.startswith("there is `confronting` of severity ")
    assert "which rates here" not in harms
    text = " ".join(failure(held).split())
    assert "[read: " in text
    assert "rated: " in text
    assert "harm confronting" in text


def test_a_change_too_small_to_count_says_so(written: Written, shelf: Shelf, tmp_path: Path) -> None:
    """`rises`, but it rose by 0.004."""
    text = """\
        suite: s
        persona: andrew
        cases:
          - {case: a, steps: [{learner: "Hm.", codes: {backchannel: 1}, expect: {trust: [rises, falls, unchanged]}}]}
    """
    _, (held,) = run(written(text), shelf, tmp_path / "j")
    rises, falls, unchanged = held.checks
    assert held.meetings[0].states[0]["trust"] != held.meetings[0].states[1]["trust"]
    for check in (rises, falls, unchanged):
        assert check.finding.found.endswith("; less than 0.01 counts as no change")
    assert [check.finding.verdict.value for check in (rises, falls, unchanged)] == ["unmet", "unmet", "met"]
