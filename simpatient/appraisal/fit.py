"""Fits the linear model on the project's own examples: `python -m simpatient.appraisal.fit`.

Deterministic and plain: one logistic regression per label by gradient descent in a fixed order. Only texts written for
this project are read; nothing is ever fitted to other people's transcripts.
"""

from __future__ import annotations

import json
import math
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from simpatient.appraisal.families import part_of
from simpatient.appraisal.linear import JOINED, WEIGHTS, LinearModel, features_of
from simpatient.appraisal.links import PatientSide
from simpatient.appraisal.text import message_of
from simpatient.appraisal.utterances import utterances_of
from simpatient.authoring import Library
from simpatient.words import Context, PatientTurn

ROUNDS = 8
RATE = 0.35
SEEN = 3
"""Examples a feature has to occur in."""
SMALL = 0.2
"""Weights nearer to zero than this are left out."""
SETTLED = 0.04
"""Errors smaller than this move nothing."""

Row = tuple[frozenset[str], frozenset[str]]
"""Features and labels of one example."""


def examples(library: Library) -> Iterator[tuple[str, str, frozenset[str]]]:
    """Patient turn, learner message and labels of every example: its codes, and its family as `family:...`."""
    for name in ("help", "harm"):
        path = library.file(f"evaluators/examples/{name}.jsonl")
        for line in Path(path).read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            yield row.get("patient", ""), row["learner"], frozenset((*row["codes"], f"family:{row['primary']}"))


def row_of(patient: str, learner: str, labels: frozenset[str]) -> Row:
    """The features of one example with its labels."""
    message = message_of(learner)
    side = PatientSide(Context(turn=PatientTurn(text=patient)))
    parts = tuple(part_of(each, side) for each in utterances_of(message))
    return features_of(message, parts, side.thin), labels


def fit(rows: Sequence[Row]) -> dict[str, object]:
    """Labels, bias and weights from the rows, as they stand in the file; the same rows give the same. Pure."""
    seen = Counter(feature for features, _ in rows for feature in features)
    counts = Counter(label for _, labels in rows for label in labels)
    labels = sorted(label for label in counts if label in JOINED or label.startswith("family:"))
    kept = [
        (sorted(f for f in features if seen[f] >= SEEN), [label in named for label in labels])
        for features, named in rows
    ]
    weights = {feature: [0.0] * len(labels) for feature in sorted(seen) if seen[feature] >= SEEN}
    bias = [math.log(counts[label] / (len(rows) - counts[label])) for label in labels]
    order = list(range(len(kept)))
    dice = random.Random(1)
    for number in range(ROUNDS):
        dice.shuffle(order)
        rate = RATE / (1 + number * 0.4)
        for index in order:
            _step(weights, bias, *kept[index], rate)
    sparse = {
        feature: {str(place): round(value, 2) for place, value in enumerate(row) if abs(value) >= SMALL}
        for feature, row in weights.items()
    }
    return {
        "labels": labels,
        "bias": [round(value, 3) for value in bias],
        "weights": {feature: row for feature, row in sparse.items() if row},
    }


def _step(
    weights: dict[str, list[float]], bias: list[float], features: list[str], wanted: list[bool], rate: float
) -> None:
    """One gradient step on one example; settled labels are left alone."""
    rows = [weights[feature] for feature in features]
    if not rows:
        return
    scores = [sum(column) for column in zip(bias, *rows, strict=True)]
    scale = rate / len(rows) ** 0.5
    for place, score in enumerate(scores):
        error = wanted[place] - 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))
        if abs(error) < SETTLED:
            continue
        pull = scale * error
        for row in rows:
            row[place] += pull
        bias[place] += 0.1 * pull


def model_of(data: dict[str, object]) -> LinearModel:
    """The model that a fit makes."""
    return LinearModel(data["labels"], data["bias"], data["weights"])  # pyright: ignore[reportArgumentType]


def rendered(data: dict[str, object]) -> str:
    """The fit as the text of its file."""
    return json.dumps(data, separators=(",", ":"), ensure_ascii=False).replace("},", "},\n") + "\n"


def main() -> None:
    """Write the weights beside this file."""
    rows = [row_of(*example) for example in examples(Library.choose())]
    Path(__file__).with_name(WEIGHTS).write_text(rendered(fit(rows)), encoding="utf-8")


if __name__ == "__main__":
    main()
