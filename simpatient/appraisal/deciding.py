"""The family of a whole message: rules and model weighed within each utterance, then the utterances with each other."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from functools import lru_cache

from simpatient.appraisal.families import ASKING, REFLECTING, TELLING, Family, Part, part_of
from simpatient.appraisal.linear import FamilyModel, shipped_family_model
from simpatient.appraisal.links import PatientSide
from simpatient.appraisal.questions import Asks
from simpatient.appraisal.utterances import utterances_in
from simpatient.words import Context, PatientTurn

Leaning = dict[Family, float]
"""The chance of each family, adding up to 1."""

RULES = 1.0
"""What the rules' family counts for beside the model, in log odds."""
RETURNING = 0.9
"""What reflections gain: our examples hold far fewer of them than a conversation does."""
OTHER = 4.0
"""Log odds by which the model has to contradict the rules on whether an utterance is a remark."""
ON = 1.3
"""How much a counsellor stays with telling, or with reflecting, after a nod, in log odds."""
SAME = 3.0
"""The same where the patient did not even get in a word: nobody turns from telling to reflecting within a breath."""
AFTER = 0.7
"""The same after a real turn of the patient's."""
WANTED = 0.7
"""What telling gains where the patient asked for it, with or without a question mark."""
BRIEF = 3
"""Words below which an utterance is left to the rules."""
TELLING_ON = 1.5
"""What telling must gain from the words before for a fragment to go on with it ("... and heart disease")."""

ADVISES = 0.4
"""Chance of advice in one utterance that makes the message advice, whatever stands around it: it is what stays."""
SIZE = 0.6
"""Power of the number of words by which an utterance weighs: long ones more, but not in proportion."""
TOLD = 0.7
"""Chance of telling from which a statement about "you" is no reflection."""
REMARK = 0.5
"""Chance of `other` above which an utterance is a remark."""
_PULL = {ASKING: 1.7, REFLECTING: 1.0, TELLING: 1.5}
"""A question asks for the answer to come, and telling is what a patient remembers: both weigh more than their words."""

BREATH = 4
"""Messages of one breath that are looked back on."""

_WANTS = re.compile(
    r"\b(?:what (?:should|can|could|would|do|are) (?:i|we|my|the)|(?:any|some) (?:advice|ideas|tips"
    r"|suggestions)|how (?:do|can|should|could|would) (?:i|we)"
    r"|tell me what|should i|what helps|help me|suggest|recommend|options?|what (?:is|does) (?:that|it|this)|i "
    r"(?:do not|never) (?:know|understand) what|is (?:it|that|there) (?:a|any|true|normal|dangerous|safe))\b"
)
"""Words by which a patient asks to be told."""
_NODS = frozenset(
    "yeah yes yep yup yap mm hmm mhm mmm uh huh okay ok right no nope sure um oh all ah well i see so alright".split()
)


def leanings_of(
    parts: Sequence[Part], side: PatientSide, context: Context, *, goes_on: bool = False
) -> tuple[tuple[Part, Leaning], ...]:
    """Each utterance with how it leans, by its words and by what the learner did before. Pure.

    `goes_on` says that the message goes on where the last one was cut off. Empty where there is no model.
    """
    model = shipped_family_model()
    if model is None or not parts:
        return ()
    return tuple(_leanings(parts, side, model, _before(context, goes_on=goes_on)))


def told_after_all(part: Part, leaning: Leaning) -> Family | None:
    """The family of what opens like a reflection and clearly tells or recommends; None where it may return something.

    Pure.
    """
    if part.family not in REFLECTING or part.led:
        return None
    if sum(leaning.get(family, 0.0) for family in TELLING) < TOLD:
        return None
    return Family.ADVICE if leaning.get(Family.ADVICE, 0.0) >= TOLD else Family.INFORMATION


def _leanings(
    parts: Sequence[Part], side: PatientSide, model: FamilyModel, before: float
) -> list[tuple[Part, Leaning]]:
    wanted = WANTED if _WANTS.search(" ".join(side.turn.words)) else 0.0
    return [(part, leaning(part, side, model, before, wanted)) for part in parts]


def leaning(part: Part, side: PatientSide, model: FamilyModel, before: float, wanted: float = 0.0) -> Leaning:
    """How far one utterance leans to each family. Pure."""
    if len(part.utterance.words) < BRIEF:
        goes_on_telling = before > TELLING_ON and part.family in REFLECTING and not part.led
        return {Family.INFORMATION if goes_on_telling else part.family: 1.0}
    scores, remark = model.scores(part, side)
    scores[part.family] = scores.get(part.family, 0.0) + RULES
    for family in REFLECTING:
        scores[family] += RETURNING - before
    for family in TELLING:
        scores[family] += wanted + before
    scores.pop(Family.OTHER, None)
    top = max(scores.values())
    raised = {family: math.exp(score - top) for family, score in scores.items()}
    total = sum(raised.values())
    other = 1 / (1 + math.exp(-remark - (OTHER if part.family is Family.OTHER else -OTHER)))
    found = {family: value / total * (1 - other) for family, value in raised.items()}
    found[Family.OTHER] = other
    if part.asks in (Asks.DECLARATIVE, Asks.CONFIRM) and part.family is not Family.ADVICE:
        # A statement with a rising voice gives back or asks; what advises in the form of a question has its own shapes.
        found[part.family] = found.get(part.family, 0.0) + found.pop(Family.ADVICE)
    return found


def together(leanings: Sequence[tuple[Part, Leaning]]) -> Family:
    """The family of the utterances taken together. Pure."""
    if all(chances.get(Family.OTHER, 0.0) > REMARK for _, chances in leanings):
        return Family.OTHER
    if any(chances.get(Family.ADVICE, 0.0) > ADVISES for _, chances in leanings):
        return Family.ADVICE
    mass = _mass(leanings)
    kind = max(_PULL, key=lambda kind: _PULL[kind] * sum(mass[family] for family in kind))
    if kind is TELLING:
        # In doubt telling is information. Source: MITI 4.2.1 decision rules (clinical section 2.8).
        return Family.ADVICE if mass[Family.ADVICE] > mass[Family.INFORMATION] else Family.INFORMATION
    if kind is ASKING and any(chances.get(Family.OPEN, 0.0) > 0.5 for _, chances in leanings):
        return Family.OPEN
    return max(kind, key=lambda family: mass[family])


def _before(context: Context, *, goes_on: bool) -> float:
    """What telling gains after the learner's messages before this one, as far as it can be told from them alone."""
    earlier = context.learner_said or tuple(learner for learner, _ in context.earlier)
    if not earlier:
        return 0.0
    said = context.said[:-1] if context.said and context.said[-1] == context.turn.text else context.said
    if said and said[-1] == context.turn.text:
        again = next((n for n, text in enumerate(reversed(said)) if text != context.turn.text), len(said))
        return _breath(earlier[-min(again, BREATH) :], context.turn.text)
    done = _alone(earlier[-1], said[-1] if said else "")
    if goes_on:
        return _after(done, SAME)
    return _after(done, ON if _follows_on(context) else AFTER)


def _after(done: Leaning, on: float) -> float:
    """What telling gains, and reflecting loses, in log odds, after having done so."""
    told, returned = (sum(done.get(family, 0.0) for family in kind) for kind in (TELLING, REFLECTING))
    return on * (told - returned)


def _mass(leanings: Sequence[tuple[Part, Leaning]]) -> Leaning:
    """The chances of all utterances together, long ones weighing more."""
    total = sum(len(part.utterance.words) ** SIZE for part, _ in leanings)
    found = dict.fromkeys(Family, 0.0)
    for part, chances in leanings:
        for family, chance in chances.items():
            found[family] += len(part.utterance.words) ** SIZE / total * chance
    return found


@lru_cache(maxsize=2048)
def _alone(text: str, patient: str, before: float = 0.0) -> Leaning:
    """How a message by itself leans, its utterances weighed by their length."""
    context = Context(turn=PatientTurn(text=patient))
    side, model = PatientSide(context), shipped_family_model()
    parts = [part_of(each, side) for each in utterances_in(text)]
    if model is None or not parts:
        return {}
    return _mass(_leanings(parts, side, model, before))


def _breath(texts: tuple[str, ...], patient: str) -> float:
    """What telling gains after messages in one breath."""
    before = 0.0
    for text in texts:
        before = _after(_alone(text, patient, before), SAME)
    return before


def _follows_on(context: Context) -> bool:
    """Whether the patient only nodded since the learner last spoke."""
    words = [word.strip(" .,!?-…").lower() for word in context.turn.text.replace("-", " ").split()]
    return len(words) <= 3 or all(word in _NODS for word in words)
