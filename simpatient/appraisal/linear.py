"""A small linear model over what the rules see, for the family of a message; its weights come from our own examples."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from importlib.resources import files

from simpatient.appraisal.families import Family, Part
from simpatient.appraisal.lexicon import FEELING_OF, STOP
from simpatient.appraisal.text import Message

WEIGHTS = "weights.json"
FAMILIES = tuple(Family)


def features_of(message: Message, parts: Sequence[Part], rule: Family, thin: bool) -> frozenset[str]:
    """What the model looks at: shapes the rules found, and words. Pure."""
    found = {f"rule={rule}", f"parts={min(4, len(parts))}"}
    for place, part in enumerate(parts):
        shape = f"{part.family}/{part.asks}"
        found.add(shape)
        if place == len(parts) - 1:
            found.add(f"last={shape}")
        size = len(part.utterance.core)
        found.add(f"{part.family}~{0 if size < 4 else 1 if size < 8 else 2 if size < 14 else 3}")
        near = "thin" if thin and part.link < 0.4 else 0 if part.link < 0.4 else 1 if part.link < 1.5 else 2
        found.add(f"{part.family}^{near}")
        if part.led:
            found.add("led")
        if part.depth:
            found.add(f"depth={min(2, part.depth)}")
        core = part.utterance.core
        found.update(f"0:{word}" for word in core[:1] if word in STOP)
        found.update(f"1:{' '.join(core[:2])}" for _ in core[1:2] if core[0] in STOP and core[1] in STOP)
    words = [word for word in message.words if word not in ".?!"]
    plain = [word if word in STOP else "FEELING" if word in FEELING_OF else "_" for word in words]
    found.update(f"w:{word}" for word in plain)
    found.update(f"b:{one} {two}" for one, two in zip(plain, plain[1:], strict=False))
    if "?" in message.words:
        found.add("mark?")
    return frozenset(found)


class LinearModel:
    """Weights per feature and family."""

    def __init__(self, weights: Mapping[str, Sequence[float]], bias: Sequence[float]) -> None:
        """Keep the weights; rows are features, columns families in the order of `FAMILIES`."""
        self._weights = weights
        self._bias = tuple(bias)

    def scores(self, features: Iterable[str]) -> list[float]:
        """A score per family, in the order of `FAMILIES`. Pure."""
        total = list(self._bias)
        for feature in features:
            row = self._weights.get(feature)
            if row is not None:
                total = [one + other for one, other in zip(total, row, strict=True)]
        return total

    def chances(self, features: Iterable[str]) -> list[float]:
        """A share per family; they sum to 1. Pure."""
        return softmax(self.scores(features))


def softmax(scores: Sequence[float]) -> list[float]:
    """Scores as shares that sum to 1. Pure."""
    top = max(scores)
    raised = [math.exp(score - top) for score in scores]
    whole = sum(raised)
    return [each / whole for each in raised]


@lru_cache(maxsize=1)
def shipped_model() -> LinearModel | None:
    """The model of the shipped weights; None where they are missing."""
    source = files("simpatient.appraisal").joinpath(WEIGHTS)
    if not source.is_file():
        return None
    data = json.loads(source.read_text(encoding="utf-8"))
    return LinearModel(data["weights"], data["bias"])
