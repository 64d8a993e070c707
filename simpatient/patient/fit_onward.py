"""Fits the weights of `simpatient.patient.onward` on the follow-ups of the shipped patients: `python -m simpatient.patient.fit_onward`.

Every way of asking is held against the follow-up it was written for, without itself, against the others to the same
words, and against those to other words.
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterator
from pathlib import Path

from simpatient.appraisal.descent import in_turn
from simpatient.appraisal.fit import rendered
from simpatient.authoring import Library
from simpatient.patient.fit_aspects import every_persona
from simpatient.patient.onward import WEIGHTS, Looked, looked_at, signs
from simpatient.persona import FollowUp

ROUNDS, RATE, FADES, SHRINKS = 20, 0.05, 0.3, 1e-5
FOREIGN = 8
"""Questions to other words that are held against each group."""
FEW = 4
"""Words below which a question may follow anything, so that it is no example of one that does not."""


def rows() -> Iterator[tuple[dict[str, float], bool]]:
    """Signs, and whether the question is the follow-up they were taken against."""
    dice = random.Random(1)
    for persona in every_persona(Library.choose()):
        if len(persona.followups) < FEW:
            continue
        groups = list(persona.followups.values())
        for group in groups:
            for one in group:
                for text in one.asked:
                    yield from _against(looked_at(text), text, one, group)
            for other in (dice.choice(dice.choice(groups)).asked for _ in range(FOREIGN)):
                question = looked_at(dice.choice(other))
                if question.words >= FEW and all(one.asked != other for one in group):
                    yield from ((signs(question, one.asked, one.say), False) for one in group)


def _against(
    question: Looked, text: str, own: FollowUp, group: tuple[FollowUp, ...]
) -> Iterator[tuple[dict[str, float], bool]]:
    for one in group:
        ways = tuple(way for way in one.asked if way != text)
        if ways:
            yield signs(question, ways, one.say), one is own


def fitted() -> dict[str, float]:
    """The weight of each sign."""
    known = list(rows())
    weights = dict.fromkeys((sign for row, _ in known for sign in row), 0.0)
    for place, rate in in_turn(len(known), ROUNDS, RATE, FADES):
        row, right = known[place]
        error = right - 1 / (1 + math.exp(-sum([weights[sign] * value for sign, value in row.items()])))
        for sign, value in row.items():
            weights[sign] += rate * (error * value - SHRINKS * weights[sign])
    return weights


def found() -> dict[str, object]:
    """Everything that stands in the file of weights."""
    return {sign: round(weight, 2) for sign, weight in sorted(fitted().items())}


if __name__ == "__main__":
    Path(__file__).with_name(WEIGHTS).write_text(rendered(found()), encoding="utf-8")
