"""Fits the model of likeness on the project's own examples: `python -m simpatient.appraisal.fit_likeness`.

Deterministic and plain: one logistic regression per help by gradient descent in a fixed order. Examples of level 1,
false friends and harms are what a help has to be told from. Only texts written for this project are read.
"""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from simpatient.appraisal.descent import in_turn
from simpatient.appraisal.descent import written as as_written
from simpatient.appraisal.fit import rendered
from simpatient.appraisal.likeness import SCALE, WEIGHTS, features_of, written
from simpatient.appraisal.reading import Reading
from simpatient.appraisal.tags import tag_turn
from simpatient.authoring import Library
from simpatient.rubric import load_codebook
from simpatient.words import Context, PatientTurn

FILES = ("help", "harm", "voices")
SEEN = 3
"""Examples a feature has to occur in."""
LEAST = 9
"""Examples at level 2 or more that a help needs to be learnt."""
ROUNDS = 6
RATE = 0.3
FADES = 0.3
SETTLED = 0.02
"""Errors smaller than this move nothing."""
FAINT = 2
"""Weights of fewer tenths than this are left out."""

Row = tuple[list[str], dict[str, int]]
"""Features and levels of one example."""


def examples(library: Library) -> Iterator[Row]:
    """Features and levels of every example of a help, a harm or a false friend."""
    for name in FILES:
        text = Path(library.file(f"evaluators/examples/{name}.jsonl")).read_text(encoding="utf-8")
        for line in text.splitlines():
            row = json.loads(line)
            for learner in dict.fromkeys((row["learner"], *said_otherwise(row["learner"]))):
                yield row_of(row.get("patient", ""), learner, row["codes"])


def said_otherwise(learner: str) -> tuple[str, str]:
    """The same without marks and capitals, and without the small words that many Englishes leave out. Pure.

    Spelling, marks and grammar must not change a reading. Source: clinical section 5.5.
    """
    return _MARKS.sub(" ", learner).lower().strip(), " ".join(_SMALL.sub(" ", learner).split())


_MARKS = re.compile(r"[.,;:!?\u2013\u2014-]+(?=\s|$)")
_SMALL = re.compile(r"(?i)\b(?:the|an?|of|is|are|'s|'re|do|does|it|to|have|has|been|that)\b")


def row_of(patient: str, learner: str, codes: dict[str, int]) -> Row:
    """The features of one example with its levels. Pure."""
    turn = PatientTurn(text=patient, opportunities=tag_turn(patient))
    context = Context(turn=turn, said=(patient,) if patient else (), exchange=3 if patient else 1)
    return sorted(written(feature) for feature in features_of(Reading(learner, context))), codes


def fit(rows: Sequence[Row], helps: frozenset[str]) -> dict[str, object]:
    """Labels, bias and weights from the rows, as they stand in the file; the same rows give the same. Pure."""
    seen = Counter(feature for features, _ in rows for feature in features)
    counts = Counter(code for _, codes in rows for code, level in codes.items() if level >= 2 and code in helps)
    labels = sorted(code for code, count in counts.items() if count >= LEAST)
    weights = {feature: [0.0] * len(labels) for feature in sorted(seen) if seen[feature] >= SEEN}
    kept = [
        ([weights[f] for f in features if f in weights], SCALE / math.sqrt(len(features)), _wanted(codes, labels))
        for features, codes in rows
    ]
    bias = [math.log(counts[label] / (len(rows) - counts[label])) for label in labels]
    for index, rate in in_turn(len(kept), ROUNDS, RATE, FADES):
        _step(bias, *kept[index], rate)
    return as_written(labels, bias, weights, _in_tenths)


def _in_tenths(value: float) -> int:
    tenths = round(value * 10)
    return tenths if abs(tenths) >= FAINT else 0


def _wanted(codes: dict[str, int], labels: Sequence[str]) -> list[float]:
    return [float(codes.get(label, 0) >= 2) for label in labels]


def _step(bias: list[float], rows: list[list[float]], scale: float, wanted: list[float], rate: float) -> None:
    """One gradient step on one example; settled labels are left alone."""
    scores = map(sum, zip(*rows, strict=True))
    for place, (score, aim) in enumerate(zip(list(scores), wanted, strict=True)):
        error = aim - 1 / (1 + math.exp(-max(-30.0, min(30.0, bias[place] + scale * score))))
        if abs(error) < SETTLED:
            continue
        pull = rate * scale * error / SCALE
        for row in rows:
            row[place] += pull
        bias[place] += 0.1 * pull


def fitted(library: Library) -> dict[str, object]:
    """Everything that stands in the file of weights, from the examples of a library."""
    codebook = load_codebook(library)
    return fit(list(examples(library)), frozenset(codebook.codes) - codebook.harms)


def main() -> None:
    """Write the weights beside this file."""
    Path(__file__).with_name(WEIGHTS).write_text(rendered(fitted(Library.choose())), encoding="utf-8")


if __name__ == "__main__":
    main()
