"""Whether words that no mark of crisis names still sound like the writer's own wish to die or to hurt themselves.

People in danger seldom say so in the words of a list. A small linear model weighs what one or two neighbouring utterances
hold: words, kinds of words (death, means, farewell, burden, no way out), who is spoken of. It joins the rules in `crisis`
and is fitted on our own texts only: own crises, look-alikes, and every practice line of the codebook as no crisis.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache
from itertools import combinations, pairwise
from typing import TypeAlias

from simpatient.appraisal.lexicon import stem
from simpatient.appraisal.shipped import shipped
from simpatient.appraisal.utterances import Utterance

WEIGHTS = "distress.json"
SCALE = 4.0

Chances: TypeAlias = "dict[tuple[bool, bool, bool], float]"
STOPS: Chances = {
    (True, True, True): 0.85, (True, True, False): 0.99, (True, False, True): 0.95, (True, False, False): 0.99,
    (False, True, True): 0.95, (False, True, False): 0.995, (False, False, True): 0.95, (False, False, False): 0.995,
}  # fmt: skip
"""Chance from which words stop play: whether they say I, whether one is grave in itself and no everyday word of practice
("no need", "tired", "another way"), whether the whole message leaves the patient out."""

ASKS: Chances = {
    (True, True, True): 0.1, (True, True, False): 0.4, (True, False, True): 0.2, (True, False, False): 0.7,
    (False, True, True): 0.4, (False, True, False): 0.4, (False, False, True): 0.3, (False, False, False): 0.9,
}  # fmt: skip
"""The same for asking the learner whether they speak of themselves."""
ASKS_ANYWAY: Chances = {(me, grave, alone): (0.45 if grave else 0.7) if me else 0.999 for me, grave, alone in STOPS}
"""The same for words that are taken for a figure of speech or for somebody else's."""

AGREES: Chances = dict.fromkeys(STOPS, 0.1)
"""The same for words that bear a mark of crisis: enough not to speak against it."""

KINDS: dict[str, str] = {
    "death": "die dies died dying dead death kill killed killing suicide suicidal heaven grave funeral earth exist existing "
             "existence alive live living life breathing breathe unalive kms sleep wake vanish disappear gone noose",
    "means": "pill pills tablet tablets sertraline paracetamol insulin morphine medication medicines packet box overdose rope "
             "bridge train trains tracks platform crossing razor blade knife gun window roof cliff river water bath bus lorry car "
             "wheel kerb traffic edge railing balcony belt jump step bottle poison hang",
    "injure": "cut cutting cuts burn burning burnt burned harm hurt hurting scratch bleed bleeds bleeding blood wrist wrists arm "
              "arms legs skin starving wounds relapsed hit",
    "farewell": "goodbye letter letters note notes will card message last final forever dog cat books party brother mother "
                "parents kids drawer insurance",
    "burden": "burden weight better relieved miss without notice cost lighter kinder happier",
    "no way": "way out only no nothing point reason sense anymore longer stop enough bear cope face another force strength tired "
              "sick finished done hate end ending ends ended over peace hopeless",
    "resolve": "decided decide decision plan planned picked chose chosen ready calm tonight date day mind sunday soon tomorrow "
               "week month weeks",
    "wish": "want wants wish hope pray rather like envy easier better dream imagine picture think thinking thought thoughts urge "
            "need keep",
    "self": "myself me self own",
    "danger": "safe danger trust alone afraid scared stupid desperate voice voices",
    "real": "real acting play role roleplay exercise patient patients joke student seriously honestly",
    "heard": "he she they him her them his someone people patient friend uncle",
    "everyday": "form shift tea coffee ward lift phone minute minutes monday call list printer job boss holiday lunch doctor office",
    "not": "not no never nobody nothing none without cannot",
}  # fmt: skip
_KINDS_OF: dict[str, tuple[str, ...]] = {}
for _kind, _words in KINDS.items():
    for _word in _words.split():
        _KINDS_OF[_word] = (*_KINDS_OF.get(_word, ()), _kind)
_GRAVE = frozenset(
    word
    for kind in ("death", "means", "injure", "farewell", "burden", "no way", "danger")
    for word in KINDS[kind].split()
)
_EVERYDAY = frozenset(
    "no only nothing way out sense stop enough face another strength tired sick finished done over peace bear reason cat dog "
    "books party brother mother parents kids will note notes card message last drawer live living alone afraid scared voice "
    "voices trust water bath car wheel edge window box packet sleep cross crossing step belt train bus hit arm arms legs skin "
    "miss without better cost bridge river breathe breathing notice".split()
)
"""Grave words that practice talk is full of."""
_ANYBODY = frozenset("someone somebody anyone anybody else child".split())
_ME = frozenset("i me my myself mine".split())
YOU = frozenset("you your yours yourself".split())


def features_of(utterances: Sequence[Utterance]) -> frozenset[str]:
    """What the model looks at in neighbouring utterances. Pure."""
    found: set[str] = set()
    kinds: set[str] = set()
    for utterance in utterances:
        words = utterance.words
        stems = [stem(word) for word in words]
        found.update(stems)
        found.update(f"{one} {two}" for one, two in pairwise(("^", *stems, utterance.mark or ".")))
        for word in words:
            kinds.update(_KINDS_OF.get(word, ()))
        who = "me" if words[0] in _ME else "you" if words[0] in YOU else "it"
        found.add(f"opens={who}{utterance.mark}")
    spoken = {word for utterance in utterances for word in utterance.words}
    person = f"{'me' if _ME & spoken else ''}{'you' if YOU & spoken else ''}"
    found.add(f"who={person}")
    found.update(f"kind={kind}" for kind in kinds)
    found.update(f"{person}+{kind}" for kind in kinds)
    found.update(f"kinds={one}+{two}" for one, two in combinations(sorted(kinds), 2))
    return frozenset(found)


def weight_of(features: frozenset[str], weights: dict[str, float], bias: float) -> float:
    """The log odds that these features are the writer's own distress. Pure."""
    return bias + SCALE / math.sqrt(max(1, len(features))) * sum(weights.get(feature, 0.0) for feature in features)


@lru_cache(maxsize=1)
def _shipped() -> tuple[float, dict[str, float]] | None:
    data = shipped("simpatient.appraisal", WEIGHTS)
    return (float(data["bias"]), data["weights"]) if data else None


def sounds_in_danger(utterances: Sequence[Utterance], chances: Chances, *, alone: bool) -> bool:
    """Whether one utterance, or two that follow each other, sound like the writer's own danger. Pure.

    Args:
        utterances: those that may be about the writer.
        chances: from which chance they do.
        alone: whether the message they stand in never says you.
    """
    shipped = _shipped()
    if shipped is None:
        return chances is AGREES  # nobody speaks against it
    bias, weights = shipped
    return any(
        weight_of(features_of(window), weights, bias) > _needed(window, chances, alone=alone)
        for window in windows(utterances)
        if _may(window)
    )


def _needed(window: Sequence[Utterance], chances: Chances, *, alone: bool) -> float:
    """Log odds above which the window counts."""
    words = {word for utterance in window for word in utterance.words}
    grave = not _EVERYDAY.issuperset(_GRAVE & words)
    chance = chances[not words.isdisjoint(_ME), grave, alone]
    return math.log(chance / (1 - chance))


def windows(utterances: Sequence[Utterance]) -> list[Sequence[Utterance]]:
    """Every utterance by itself, and with the one after it. Pure."""
    return [utterances[first:last] for first in range(len(utterances)) for last in (first + 1, first + 2)
            if last <= len(utterances)]  # fmt: skip


def _may(window: Sequence[Utterance]) -> bool:
    """Whether it may be the writer's own: no rule of what stays private, and no question to the patient."""
    words = {word for utterance in window for word in utterance.words}
    if "if" in words and not words.isdisjoint(_ANYBODY) and "myself" not in words:
        return False  # the limits of what stays private
    return not any(utterance.mark == "?" and not YOU.isdisjoint(utterance.words) for utterance in window)
