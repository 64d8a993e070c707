"""Small linear models over words and over what the rules see; their weights come from our own examples only."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Any

from simpatient.appraisal.families import Family, Part
from simpatient.appraisal.lexicon import FEELING_OF, is_content, stem
from simpatient.appraisal.links import PatientSide
from simpatient.appraisal.shipped import shipped
from simpatient.appraisal.text import Message

WEIGHTS = "weights.json"
JOINED = ("advice_unasked", "false_reassurance", "lecturing", "over_promising")
"""Codes with many faces and enough examples, of which the model is asked beside the families."""


def features_of(message: Message, parts: Sequence[Part], thin: bool) -> frozenset[str]:
    """What the model looks at: shapes the rules found, stems and pairs of words. Pure."""
    found = {f"parts={min(3, len(parts))}", f"size={min(5, message.count // 6)}"}
    for part in parts:
        found.add(f"{part.family}/{part.asks}")
        near = "thin" if thin and part.link < 0.4 else 0 if part.link < 0.4 else 1 if part.link < 1.5 else 2
        found.add(f"{part.family}^{near}")
        if part.led:
            found.add("led")
        if part.depth:
            found.add("deep")
        found.add(f"0:{' '.join(part.utterance.core[:2])}")
    words = [word for word in message.words if word not in ".?!"]
    found.update(stem(word) for word in words)
    found.update(f"{one} {two}" for one, two in pairwise(words))
    if "?" in message.words:
        found.add("mark?")
    return frozenset(found)


class LinearModel:
    """Sparse weights per feature, one column per label."""

    def __init__(
        self, labels: Sequence[str], bias: Sequence[float], weights: Mapping[str, Mapping[str, float]]
    ) -> None:
        """Keep the weights: feature -> {index of label as text: weight}."""
        self.labels = tuple(labels)
        self._bias = tuple(bias)
        self._weights = {
            feature: tuple((int(index), weight) for index, weight in row.items()) for feature, row in weights.items()
        }

    def chances(self, features: Iterable[str]) -> dict[str, float]:
        """The chance of each label, 0..1, labels independent of each other. Pure."""
        total = list(self._bias)
        for feature in features:
            for index, weight in self._weights.get(feature, ()):
                total[index] += weight
        return {
            label: 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))
            for label, score in zip(self.labels, total, strict=True)
        }


def utterance_features(part: Part, side: PatientSide) -> list[str]:
    """What the model of families looks at in one utterance, each once: shape, openings, pairs of words. Pure.

    Content words stand as classes (a feeling, said by the patient, new), so that what is learnt holds for any topic.
    """
    core, words = part.utterance.core, part.utterance.words
    kinds = [_kind(word, side) for word in core]
    size = sum(len(core) >= limit for limit in _SIZES)
    near = "thin" if side.thin and part.link < 0.4 else 0 if part.link < 0.4 else 1 if part.link < 1.5 else 2
    new = sum(kind in ("NEW", "NEWing") for kind in kinds) / len(core)
    yours = min(2, sum(word in _YOURS for word in core))
    ours = min(2, sum(word in _OURS for word in core))
    subject = "you" if core[0] in _YOURS else "i" if core[0] in _OURS else "it"
    family, mark = part.family.value, part.utterance.mark
    found = [
        f"rules={family}", f"rules={family}/{part.asks.value}", f"rules={family}^{near}", f"near={near}",
        f"deep={min(2, part.depth)}", f"led={part.led}", f"size={size}", f"mark={mark}", f"new={int(new * 5)}",
        f"who={subject}{near}{size}", f"yours={yours}ours={ours}",
        f"0:{core[0]}", f"0:{' '.join(kinds[:2])}", f"0:{' '.join(kinds[:3])}", f"first:{words[0]}",
        f"last:{' '.join(kinds[-2:])}",
    ]  # fmt: skip
    if side.asked:
        found += ["asked", f"asked={family}"]
    found += [f"w:{stem(word)}" for word in core]
    found += [f"{one} {two}" for one, two in pairwise(("^", *kinds, f"${mark}"))]
    return list(dict.fromkeys(found))


_SIZES = (3, 5, 8, 13, 20)
_YOURS = frozenset("you your yours yourself".split())
_OURS = frozenset("i my me we us our".split())


def _kind(word: str, side: PatientSide) -> str:
    """A function word as it stands, any other by what it is to this patient."""
    if word in FEELING_OF:
        return "FEELING"
    if word.isdigit():
        return "NUMBER"
    if not is_content(word):
        return word
    if stem(word) in side.turn.stems:
        return "SAID"
    return "NEWing" if word.endswith("ing") else "NEW"


class FamilyModel:
    """Weights per feature of one utterance: one per family, and one for being a remark at all."""

    def __init__(self, bias: Sequence[float], weights: Mapping[str, Sequence[int]]) -> None:
        """Keep the weights, in tenths, in the order of `SCORED`."""
        self._bias = tuple(bias)
        self._weights = {feature: tuple(row) for feature, row in weights.items()}

    def scores(self, part: Part, side: PatientSide) -> tuple[dict[Family, float], float]:
        """The log chances of the families but `other`, less a constant, and the log odds of `other`. Pure."""
        rows = [row for feature in utterance_features(part, side) if (row := self._weights.get(feature))]
        sums = map(sum, zip(*rows, strict=True))
        total = [bias + tenths / 10 for bias, tenths in zip(self._bias, sums, strict=True)]
        return dict(zip(SCORED, total, strict=False)), total[-1]


SCORED = tuple(family for family in Family if family is not Family.OTHER)
"""The families among which an utterance is placed, in the order of the weights; the last weight is for `other`."""


@lru_cache(maxsize=1)
def shipped_family_model() -> FamilyModel | None:
    """The model of families of the shipped weights; None where they are missing."""
    data = _shipped()
    return FamilyModel(data["families"]["bias"], data["families"]["weights"]) if data else None


@lru_cache(maxsize=1)
def _shipped() -> Any:
    return shipped("simpatient.appraisal", WEIGHTS)


@lru_cache(maxsize=1)
def shipped_model() -> LinearModel | None:
    """The model of the shipped weights; None where they are missing."""
    data = _shipped()
    return LinearModel(data["labels"], data["bias"], data["weights"]) if data else None
