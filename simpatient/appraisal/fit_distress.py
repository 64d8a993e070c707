"""Fits the model of distress on the project's own texts: `python -m simpatient.appraisal.fit_distress`.

Own crises and look-alikes of `evaluators/examples/crisis.jsonl`, and every practice line of the codebook's examples as no
crisis. Deterministic and plain: one logistic regression by gradient descent in a fixed order.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from simpatient.appraisal.descent import in_turn
from simpatient.appraisal.distress import SCALE, WEIGHTS, features_of, weight_of, windows
from simpatient.appraisal.fit import rendered
from simpatient.appraisal.fit_likeness import FILES
from simpatient.appraisal.lexicon import stem
from simpatient.appraisal.text import message_of
from simpatient.appraisal.utterances import Utterance, utterances_of
from simpatient.authoring import Library

ROUNDS = 12
RATE = 0.4
FADES = 0.3
SEEN = 2
FAINT = 0.02
COUNTS = 2.0
"""What an own crisis counts for beside a text that is none: missing one is worse."""

Row = tuple[list[str], bool, float]
"""Features, whether it is an own crisis, and what it counts for."""


def _nobodys(features: frozenset[str], names: frozenset[str]) -> list[str]:
    """The features without those that hold a patient's name: whom one talks to says nothing."""
    return sorted(feature for feature in features if names.isdisjoint(feature.split()))


def examples(library: Library) -> Iterator[Row]:
    """Every text of the list as a whole, and every utterance of the practice lines."""
    names = frozenset(stem(name.partition("_")[0]) for name in library.ids("personas", "persona.yaml"))
    for row in _rows(library, "crisis"):
        for text in dict.fromkeys((row["text"], row["text"].lower().replace("'", "").rstrip("."))):
            utterances = utterances_of(message_of(text))
            pieces: Sequence[Sequence[Utterance]] = [utterances] if row["stop"] else windows(utterances)
            for piece in pieces:
                yield _nobodys(features_of(piece), names), row["stop"], COUNTS if row["stop"] else 1.0
    for name in FILES:
        for row in _rows(library, name):
            for piece in windows(utterances_of(message_of(row["learner"]))):
                yield _nobodys(features_of(piece), names), False, 1.0


def _rows(library: Library, name: str) -> list[dict[str, Any]]:
    text = Path(library.file(f"evaluators/examples/{name}.jsonl")).read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


def fit(rows: Sequence[Row]) -> dict[str, object]:
    """Bias and weights, as they stand in the file; the same rows give the same. Pure."""
    seen = Counter(feature for features, _, _ in rows for feature in features)
    told = {feature for features, own, _ in rows if own for feature in features}
    weights = {feature: 0.0 for feature in sorted(told) if seen[feature] >= SEEN}
    bias = -2.0
    for index, rate in in_turn(len(rows), ROUNDS, RATE, FADES):
        features, own, counts = rows[index]
        odds = weight_of(frozenset(features), weights, bias)
        error = own - 1 / (1 + math.exp(-max(-30.0, min(30.0, odds))))
        if abs(error) < 0.02:
            continue
        pull = rate * counts * error / math.sqrt(len(features))
        for feature in features:
            if feature in weights:
                weights[feature] += pull
        bias += 0.05 * pull * SCALE
    return {"bias": round(bias, 3), "weights": {f: round(w, 2) for f, w in weights.items() if abs(w) >= FAINT}}


def fitted(library: Library) -> dict[str, object]:
    """Everything that stands in the file of weights, from the texts of a library."""
    return fit(list(examples(library)))


def text_of(library: Library) -> str:
    """The file of weights, one feature a line."""
    return rendered(fitted(library)).replace(',"', ',\n"')


def main() -> None:
    """Write the weights beside this file."""
    Path(__file__).with_name(WEIGHTS).write_text(text_of(Library.choose()), encoding="utf-8")


if __name__ == "__main__":
    main()
