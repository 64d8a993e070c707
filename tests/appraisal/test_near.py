"""Good lines, their false friends, lookalikes and rewordings, as shipped in the suites."""

from __future__ import annotations

import json

from simpatient.authoring import Library
from simpatient.words import Promise, PromiseKind
from tests.appraisal.conftest import Read

OWED = Promise(id="p1", quote="", what="", kind=PromiseKind.FIND_OUT, due="session 2", specific=1)


def _met(read: Read, kind: str) -> list[bool]:
    """Whether each line of one kind reads within its range."""
    path = Library.choose().file("suites/near.jsonl")
    found: list[bool] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row["kind"] != kind:
            continue
        owed = (OWED,) if row["code"] == "promise_kept" else ()
        level = read(row["learner"], row["patient"], promises=owed).level_of(row["code"])
        found.append(level <= row["most"] if row.get("most") is not None else abs(level - row["level"]) <= 1)
    return found


def test_no_lookalike_is_flagged_as_the_harm_it_resembles(read: Read) -> None:
    """The legitimate form of every harm passes."""
    assert all(_met(read, "not_this"))


def test_false_friends_earn_at_most_one(read: Read) -> None:
    """What looks like a help and is not stays low; two in a hundred may slip."""
    met = _met(read, "near")
    assert sum(met) >= 0.97 * len(met)


def test_most_rewordings_of_good_lines_read_within_one_level(read: Read) -> None:
    """Dialects, slips and missing punctuation included: at least 85 in 100."""
    met = _met(read, "paraphrase")
    assert sum(met) >= 0.85 * len(met)
