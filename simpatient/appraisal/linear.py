"""A small linear model over words and over what the rules see; its weights come from our own examples only."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise

from simpatient.appraisal.families import Part
from simpatient.appraisal.lexicon import stem
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


@lru_cache(maxsize=1)
def shipped_model() -> LinearModel | None:
    """The model of the shipped weights; None where they are missing."""
    source = files("simpatient.appraisal").joinpath(WEIGHTS)
    if not source.is_file():
        return None
    data = json.loads(source.read_text(encoding="utf-8"))
    return LinearModel(data["labels"], data["bias"], data["weights"])
