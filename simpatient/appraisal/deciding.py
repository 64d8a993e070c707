"""The family of a whole message: rules and model weighed within each utterance, then the utterances with each other."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from functools import lru_cache

from simpatient.appraisal.families import ASKING, REFLECTING, TELLING, Family, Part, part_of, primary_family
from simpatient.appraisal.linear import FamilyModel, shipped_family_model
from simpatient.appraisal.links import PatientSide
from simpatient.appraisal.text import message_of
from simpatient.appraisal.utterances import utterances_of
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
AFTER = 0.7
"""The same after a real turn of the patient's."""
WANTED = 0.7
"""What telling gains where the patient asked for it, with or without a question mark."""
BRIEF = 3
"""Words below which an utterance is left to the rules."""

ADVISES = 0.5
"""Chance of advice in one utterance that makes the message advice, whatever stands around it."""
SIZE = 0.6
"""Power of the number of words by which an utterance weighs: long ones more, but not in proportion."""
REMARK = 0.5
"""Chance of `other` above which an utterance is a remark."""
_PULL = {ASKING: 1.7, REFLECTING: 1.0, TELLING: 1.5}
"""A question asks for the answer to come, and telling is what a patient remembers: both weigh more than their words."""
_ADVICE_PULL = 1.5
"""Advice within telling."""

_WANTS = re.compile(
    r"\b(?:what (?:should|can|could|would|do|are) (?:i|we|my|the)|(?:any|some) (?:advice|ideas|tips"
    r"|suggestions)|how (?:do|can|should|could|would) (?:i|we)"
    r"|tell me what|should i|what helps|help me|suggest|recommend|options?|what (?:is|does) (?:that|it|this)|i "
    r"(?:do not|never) (?:know|understand) what|is (?:it|that|there) (?:a|any|true|normal|dangerous|safe))\b"
)
"""Words by which a patient asks to be told."""
_NODS = frozenset(
    "yeah yes yep yup mm hmm mhm mmm uh huh okay ok right no nope sure um oh all ah well i see so alright".split()
)


def decided(parts: Sequence[Part], side: PatientSide, context: Context) -> Family:
    """The family of a message by its utterances and by what the learner did before. Pure."""
    model = shipped_family_model()
    if model is None or not parts:
        return primary_family(tuple(parts))
    before = _before(context)
    on = (ON if _follows_on(context) else AFTER) if before else 0.0
    wanted = WANTED if _WANTS.search(" ".join(side.turn.words)) else 0.0
    return _together([(part, leaning(part, side, model, before, on, wanted)) for part in parts])


def leaning(
    part: Part,
    side: PatientSide,
    model: FamilyModel,
    before: Family | None = None,
    on: float = 0.0,
    wanted: float = 0.0,
) -> Leaning:
    """How far one utterance leans to each family. Pure."""
    if len(part.utterance.words) < BRIEF:
        return {part.family: 1.0}
    scores, remark = model.scores(part, side)
    scores[part.family] = scores.get(part.family, 0.0) + RULES
    for family in REFLECTING:
        scores[family] += RETURNING
    if before in TELLING or before in REFLECTING:
        for family in (*TELLING, *REFLECTING):
            scores[family] += on if (family in TELLING) is (before in TELLING) else -on
    for family in TELLING:
        scores[family] += wanted
    scores.pop(Family.OTHER, None)
    top = max(scores.values())
    raised = {family: math.exp(score - top) for family, score in scores.items()}
    total = sum(raised.values())
    other = 1 / (1 + math.exp(-remark - (OTHER if part.family is Family.OTHER else -OTHER)))
    found = {family: value / total * (1 - other) for family, value in raised.items()}
    found[Family.OTHER] = other
    return found


def _together(leanings: Sequence[tuple[Part, Leaning]]) -> Family:
    """The family of the utterances taken together. Pure."""
    if all(chances.get(Family.OTHER, 0.0) > REMARK for _, chances in leanings):
        return Family.OTHER
    if any(chances.get(Family.ADVICE, 0.0) > ADVISES for _, chances in leanings):
        return Family.ADVICE
    mass = dict.fromkeys(Family, 0.0)
    for part, chances in leanings:
        weight = len(part.utterance.words) ** SIZE
        for family, chance in chances.items():
            mass[family] += weight * chance
    kind = max(_PULL, key=lambda kind: _PULL[kind] * sum(mass[family] for family in kind))
    if kind is TELLING:
        return Family.ADVICE if mass[Family.ADVICE] * _ADVICE_PULL > mass[Family.INFORMATION] else Family.INFORMATION
    if kind is ASKING and any(chances.get(Family.OPEN, 0.0) > 0.5 for _, chances in leanings):
        return Family.OPEN
    return max(kind, key=lambda family: mass[family])


def _before(context: Context) -> Family | None:
    """What the learner's message before this one did, as far as it can be told from it alone."""
    earlier = context.learner_said or tuple(learner for learner, _ in context.earlier)
    if not earlier:
        return None
    said = context.said[:-1] if context.said and context.said[-1] == context.turn.text else context.said
    return _alone(earlier[-1], said[-1] if said else "")


@lru_cache(maxsize=2048)
def _alone(text: str, patient: str) -> Family:
    """The family of an earlier message."""
    context = Context(turn=PatientTurn(text=patient))
    side = PatientSide(context)
    return decided([part_of(each, side) for each in utterances_of(message_of(text))], side, context)


def _follows_on(context: Context) -> bool:
    """Whether the patient only nodded, or said nothing new, since the learner last spoke."""
    words = [word.strip(" .,!?-…").lower() for word in context.turn.text.replace("-", " ").split()]
    if len(words) <= 3 or all(word in _NODS for word in words):
        return True
    return len(context.said) > 1 and context.said[-2] == context.turn.text
