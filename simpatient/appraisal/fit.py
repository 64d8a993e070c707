"""Fits the linear model on the project's own examples: `python -m simpatient.appraisal.fit`.

Deterministic and plain: multinomial logistic regression by stochastic gradient descent over a fixed order. Only texts
written for this project are read; nothing is ever fitted to other people's transcripts.
"""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from simpatient.appraisal.families import Family, part_of, primary_family
from simpatient.appraisal.linear import FAMILIES, WEIGHTS, features_of, softmax
from simpatient.appraisal.links import PatientSide
from simpatient.appraisal.text import message_of
from simpatient.appraisal.utterances import utterances_of
from simpatient.authoring import Library
from simpatient.words import Context, PatientTurn

ROUNDS = 12
RATE = 0.25
DECAY = 2e-4
"""Shrinking of a weight per step in which its feature occurs."""
SEEN = 3
"""Examples a feature has to occur in."""
BALANCE = 0.5
"""Power of the inverse frequency by which rare families weigh more."""

Row = tuple[frozenset[str], int]


def examples(library: Library) -> Iterator[tuple[str, str, str]]:
    """Patient turn, learner message and family of every example that names one."""
    for name in ("help", "harm"):
        path = library.file(f"evaluators/examples/{name}.jsonl")
        for line in Path(path).read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            yield row.get("patient", ""), row["learner"], row["primary"]


def row_of(patient: str, learner: str, family: str) -> Row:
    """The features of one example with the number of its family."""
    message = message_of(learner)
    side = PatientSide(Context(turn=PatientTurn(text=patient)))
    parts = tuple(part_of(each, side) for each in utterances_of(message))
    rule = primary_family(parts) if parts else Family.OTHER
    return features_of(message, parts, rule, side.thin), FAMILIES.index(Family(family))


def fit(rows: Sequence[Row]) -> tuple[dict[str, list[float]], list[float]]:
    """Weights and bias from the rows; the same rows give the same weights. Pure."""
    seen = Counter(feature for features, _ in rows for feature in features)
    kept = [(sorted(f for f in features if seen[f] >= SEEN), label) for features, label in rows]
    counts = Counter(label for _, label in rows)
    mean = len(rows) / len(FAMILIES)
    weigh = {label: (mean / count) ** BALANCE for label, count in counts.items()}
    weights = {feature: [0.0] * len(FAMILIES) for feature in sorted(seen) if seen[feature] >= SEEN}
    total = {feature: [0.0] * len(FAMILIES) for feature in weights}
    order = list(range(len(kept)))
    dice = random.Random(1)
    for number in range(ROUNDS):
        dice.shuffle(order)
        rate = RATE / (1 + number * 0.5)
        for index in order:
            features, label = kept[index]
            _step(weights, features, label, rate * weigh[label])
        if number >= ROUNDS // 2:
            for feature, row in weights.items():
                total[feature] = [one + other for one, other in zip(total[feature], row, strict=True)]
    spread = ROUNDS - ROUNDS // 2
    return {f: [round(v / spread, 2) for v in row] for f, row in total.items()}, [0.0] * len(FAMILIES)


def _step(weights: dict[str, list[float]], features: list[str], label: int, rate: float) -> None:
    """One gradient step on one example."""
    rows = [weights[feature] for feature in features]
    scores = [sum(column) for column in zip(*rows, strict=True)] if rows else [0.0] * len(FAMILIES)
    chances = softmax(scores)
    scale = rate / max(1, len(rows)) ** 0.5
    for place, chance in enumerate(chances):
        pull = scale * ((place == label) - chance)
        for row in rows:
            row[place] += pull - rate * DECAY * row[place]


def main() -> None:
    """Write the weights beside this file."""
    rows = [row_of(*example) for example in examples(Library.choose())]
    weights, bias = fit(rows)
    used = {feature: row for feature, row in weights.items() if any(row)}
    text = json.dumps({"families": FAMILIES, "bias": bias, "weights": used}, separators=(",", ":"))
    Path(__file__).with_name(WEIGHTS).write_text(text.replace("],", "],\n") + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
