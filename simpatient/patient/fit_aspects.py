"""Fits the model of aspects on the questions of the shipped patients: `python -m simpatient.patient.fit_aspects`.

Deterministic and plain: one logistic regression over all aspects by gradient descent in a fixed order. Only questions
written for this project are read.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import get_args

from simpatient.appraisal.descent import in_turn, written
from simpatient.appraisal.fit import rendered
from simpatient.authoring import Library
from simpatient.patient.clauses import words_in
from simpatient.patient.index import index_of
from simpatient.patient.likely import WEIGHTS, aspect_features
from simpatient.persona import Persona, load_patient, persona_ids
from simpatient.persona.aspects import Aspect
from simpatient.rubric import load_codebook

SEEN = 2
"""Questions a feature has to occur in."""
ROUNDS = 10
RATE = 1.5
FADES = 0.3
FAINT = 0.12
"""Weights nearer to zero than this are left out."""

Row = tuple[frozenset[str], str]
"""Features and aspect of one question."""


def every_persona(library: Library) -> Iterator[Persona]:
    """Everybody of a library, by id."""
    codes = load_codebook(library).codes
    for name in persona_ids(library):
        yield load_patient(library, name, codes).persona


def examples(library: Library) -> list[Row]:
    """Every question of a shipped patient that asks something about a person, a place or a thing."""
    found: list[Row] = []
    for persona in every_persona(library):
        index = index_of(persona)
        for answer, asked in persona.questions.items():
            _, dot, aspect = answer.partition(".")
            if dot:
                found += [(aspect_features(words, index.named_in(words)), aspect) for words in map(words_in, asked)]
    return found


def fit(rows: Sequence[Row]) -> dict[str, object]:
    """Labels, bias and weights from the rows, as they stand in the file; the same rows give the same. Pure."""
    labels = [aspect for aspect in get_args(Aspect) if any(aspect == told for _, told in rows)]
    seen = Counter(feature for features, _ in rows for feature in features)
    weights = {feature: [0.0] * len(labels) for feature in sorted(seen) if seen[feature] >= SEEN}
    kept = [([weights[f] for f in sorted(features) if f in weights], labels.index(told)) for features, told in rows]
    bias = [0.0] * len(labels)
    for index, rate in in_turn(len(kept), ROUNDS, RATE, FADES):
        _step(bias, *kept[index], rate)
    return written(labels, bias, weights, lambda value: round(value, 2) if abs(value) >= FAINT else 0.0)


def _step(bias: list[float], rows: list[list[float]], told: int, rate: float) -> None:
    """One gradient step on one question."""
    scale = 1 / math.sqrt(max(1, len(rows)))
    odds = (
        [low + scale * sum(column) for low, column in zip(bias, zip(*rows, strict=True), strict=True)] if rows else bias
    )
    top = max(odds)
    raised = [math.exp(each - top) for each in odds]
    total = sum(raised)
    for place, value in enumerate(raised):
        error = (place == told) - value / total
        if abs(error) < 0.01:
            continue
        for row in rows:
            row[place] += rate * scale * error
        bias[place] += 0.05 * error


def fitted(library: Library) -> dict[str, object]:
    """Everything that stands in the file of weights, from the questions of a library."""
    return fit(examples(library))


def main() -> None:
    """Write the weights beside this file."""
    Path(__file__).with_name(WEIGHTS).write_text(rendered(fitted(Library.choose())), encoding="utf-8")


if __name__ == "__main__":
    main()
