"""Fits the linear model on the project's own examples: `python -m simpatient.appraisal.fit`.

Deterministic and plain: one logistic regression per label by gradient descent in a fixed order. Only texts written for
this project are read; nothing is ever fitted to other people's transcripts.
"""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from simpatient.appraisal.descent import in_turn, written
from simpatient.appraisal.families import Family, part_of
from simpatient.appraisal.linear import JOINED, SCORED, WEIGHTS, features_of, utterance_features
from simpatient.appraisal.links import PatientSide
from simpatient.appraisal.text import message_of
from simpatient.appraisal.utterances import utterances_of
from simpatient.authoring import Library
from simpatient.words import Context, PatientTurn

ROUNDS = 8
RATE = 0.35
FADES = 0.4
SEEN = 3
"""Examples a feature has to occur in."""
SMALL = 0.2
"""Weights nearer to zero than this are left out."""
SHOWN = 3
"""Utterances a feature has to occur in for the model of families."""
FAMILY_ROUNDS = 3
FAMILY_RATE = 0.3
FAMILY_FADES = 0.5
FAINT = 0.15
"""Features whose weights all lie nearer to zero than this are left out of the model of families."""
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
    labels = sorted(label for label in counts if label in JOINED)
    kept = [
        (sorted(f for f in features if seen[f] >= SEEN), [label in named for label in labels])
        for features, named in rows
    ]
    weights = {feature: [0.0] * len(labels) for feature in sorted(seen) if seen[feature] >= SEEN}
    bias = [math.log(counts[label] / (len(rows) - counts[label])) for label in labels]
    for index, rate in in_turn(len(kept), ROUNDS, RATE, FADES):
        _step(weights, bias, *kept[index], rate)
    return written(labels, bias, weights, lambda value: round(value, 2) if abs(value) >= SMALL else 0.0)


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


def rendered(data: dict[str, object]) -> str:
    """The fit as the text of its file."""
    return (
        json.dumps(data, separators=(",", ":"), ensure_ascii=False).replace("},", "},\n").replace("],", "],\n") + "\n"
    )


Shown = tuple[list[str], Family]
"""Features and family of one utterance."""

_MARKS = re.compile(r"[.,;:!?\u2013\u2014-]+(?=\s|$)")


def shown(patient: str, learner: str, labels: frozenset[str]) -> Iterator[Shown]:
    """The utterances of one example that show its family, as typed and as a caption without marks or capitals.

    Of a longer message only utterances count that the rules place in its family: the rest may be anything.
    """
    family = next(Family(label.removeprefix("family:")) for label in labels if label.startswith("family:"))
    side = PatientSide(Context(turn=PatientTurn(text=patient)))
    for text in (learner, _MARKS.sub(" ", learner).lower().strip()):
        parts = [part_of(each, side) for each in utterances_of(message_of(text))]
        for part in parts:
            if len(parts) == 1 or part.family is family:
                yield utterance_features(part, side), family


def fit_families(rows: Sequence[Shown]) -> dict[str, object]:
    """Bias and weights of the model of families, as they stand in the file; the same rows give the same. Pure.

    Two fits side by side: the families but `other` against each other, and `other` against all of them, since what
    counts as a mere remark differs more between codings than what tells a question from a reflection.
    """
    seen = Counter(feature for features, _ in rows for feature in features)
    width = len(SCORED)
    weights = {feature: [0.0] * (width + 1) for feature in sorted(seen) if seen[feature] >= SHOWN}
    kept = [([weights[f] for f in features if f in weights], family) for features, family in rows]
    bias = [0.0] * (width + 1)
    for index, rate in in_turn(len(kept), FAMILY_ROUNDS, FAMILY_RATE, FAMILY_FADES):
        _family_step(bias, *kept[index], rate)
    return {
        "bias": [round(value, 3) for value in bias],
        "weights": {
            feature: [round(value * 10) for value in row]
            for feature, row in weights.items()
            if max(map(abs, row)) >= FAINT
        },
    }


def _family_step(bias: list[float], rows: list[list[float]], family: Family, rate: float) -> None:
    """One gradient step of both fits on one utterance."""
    scores = [sum(column) for column in zip(bias, *rows, strict=True)]
    remark = family is Family.OTHER
    pulls = [0.0] * len(SCORED)
    if not remark:
        top = max(scores[:-1])
        raised = [math.exp(score - top) for score in scores[:-1]]
        total = sum(raised)
        pulls = [(each is family) - value / total for each, value in zip(SCORED, raised, strict=True)]
    pulls.append(remark - 1 / (1 + math.exp(-max(-30.0, min(30.0, scores[-1])))))
    if max(map(abs, pulls)) < SETTLED:
        return
    scale = rate / max(1, len(rows)) ** 0.5
    for place, pull in enumerate(pulls):
        if pull:
            for row in rows:
                row[place] += scale * pull
            bias[place] += 0.1 * scale * pull


def fitted(library: Library) -> dict[str, object]:
    """Everything that stands in the file of weights, from the examples of a library."""
    told = list(examples(library))
    data = fit([row_of(*each) for each in told])
    return data | {"families": fit_families([row for each in told for row in shown(*each)])}


def main() -> None:
    """Write the weights beside this file."""
    Path(__file__).with_name(WEIGHTS).write_text(rendered(fitted(Library.choose())), encoding="utf-8")


if __name__ == "__main__":
    main()
