"""What a question most likely asks for, told by its likeness to questions that were written down. Pure.

The phrases of an author say exactly what must stand in a question. People ask in more ways than anybody writes down: here
a question is held against all of an author's phrases and example questions at once (which small fact?), and against a
linear model fitted on the example questions of the shipped patients (what does it want to know of somebody or something?).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import cast

from simpatient.appraisal.lexicon import CONCEPTS_OF
from simpatient.appraisal.shipped import shipped
from simpatient.patient.clauses import stem
from simpatient.patient.coverage import telling
from simpatient.persona.aspects import Aspect

WEIGHTS = "aspects.json"
GLUE_COUNTS, PAIR_COUNTS, CONCEPT_COUNTS, THING_COUNTS = 0.25, 0.6, 0.5, 0.8
"""What a word that says nothing of itself, two words in a row, a matter and a thing count for beside a telling word."""
NEXT_BEST = (1.0, 0.5, 0.3, 0.2)
"""What the nearest example of an answer counts for, and the ones after it."""
EVERYWHERE = 0.05
"""Share of the questions from which a word stands in too many to tell anything."""
FAR = 0.1
"""Likeness below which an example tells nothing."""
REMEMBERED = 1024
"""Questions of which the answer is remembered."""
ALIKE = 0.7
"""Likeness from which a question counts as one for this answer."""
AHEAD = 0.15
"""By how much it must be ahead of the next answer."""
SURE = 0.5
"""Chance from which a question counts as one for this aspect."""
_SMALL = frozenset("a an the um uh so and but well ok okay please then just really".split())
_SOMEBODY = frozenset("he him his he's hes she her hers she's shes".split())
_MASKS = {"he": "SOMEBODY", "she": "SOMEBODY", "they": "SOME", "it": "SOMETHING", "there": "SOMEWHERE"}


class Examples:
    """Questions written down for the small facts of one patient, weighed by how rare their words are among them."""

    def __init__(self, told: Iterable[tuple[str, tuple[str, ...], tuple[str, ...]]]) -> None:
        """Sort them.

        Args:
            told: of each question the answer it asks for, its words, and the things it names.
        """
        rows = [(answer, _counts(words, things)) for answer, words, things in told]
        met = Counter(feature for _, counts in rows for feature in counts)
        most = max(1, round(len(rows) * EVERYWHERE))
        self._rarity = {
            feature: math.log(len(rows) / count) if count <= most else 0.0 for feature, count in met.items()
        }
        self._unknown = math.log(max(2, len(rows)))
        self._answers = [answer for answer, _ in rows]
        self._by_feature: dict[str, list[tuple[int, float]]] = {}
        for place, (_, counts) in enumerate(rows):
            for feature, share in self._drawn(counts):
                self._by_feature.setdefault(feature, []).append((place, share))
        self._known: dict[tuple[str, ...], tuple[str, float]] = {}

    def nearest(self, words: tuple[str, ...], things: tuple[str, ...]) -> tuple[str, float]:
        """The answer that a question most likely asks for, and how alike it is; ("", 0) when none is far enough ahead."""
        if words not in self._known:
            if len(self._known) >= REMEMBERED:
                self._known.clear()
            self._known[words] = self._nearest(words, things)
        return self._known[words]

    def _nearest(self, words: tuple[str, ...], things: tuple[str, ...]) -> tuple[str, float]:
        alike: dict[int, float] = {}
        for feature, share in self._drawn(_counts(words, things)):
            for place, other in self._by_feature.get(feature, ()):
                alike[place] = alike.get(place, 0.0) + share * other
        by_answer: dict[str, list[float]] = {}
        for place, likeness in alike.items():
            if likeness >= FAR:
                by_answer.setdefault(self._answers[place], []).append(likeness)
        ranked = sorted(((_together(found), answer) for answer, found in by_answer.items()), reverse=True)[:2]
        if not ranked or ranked[0][0] < ALIKE or (len(ranked) > 1 and ranked[0][0] - ranked[1][0] < AHEAD):
            return "", 0.0
        return ranked[0][1], ranked[0][0]

    def _drawn(self, counts: Mapping[str, float]) -> list[tuple[str, float]]:
        """Features weighed by their rarity, drawn to length one; those that stand nearly everywhere are left out."""
        rarity, unknown = self._rarity, self._unknown
        weighed = [
            (feature, weight) for feature, count in counts.items() if (weight := count * rarity.get(feature, unknown))
        ]
        length = math.sqrt(sum([weight * weight for _, weight in weighed])) or 1.0
        return [(feature, weight / length) for feature, weight in weighed]


def _together(found: list[float]) -> float:
    """How alike a question is to an answer of which it is so much like each example."""
    return sum([like * counts for like, counts in zip(sorted(found, reverse=True), NEXT_BEST, strict=False)])


@lru_cache(maxsize=16384)
def counted(word: str) -> tuple[str, float, tuple[str, ...]]:
    """The stem of a word, what it counts for, and its matters."""
    counts = 1.0 if telling(word) else GLUE_COUNTS
    return stem(word), counts, tuple(f"matter={matter}" for matter in CONCEPTS_OF.get(word, ()))


def _counts(words: Sequence[str], things: Iterable[str]) -> dict[str, float]:
    """What is looked at in a question, with what it counts for."""
    found: dict[str, float] = {}
    before, told = "", False
    for word in words:
        base, counts, matters = counted(word)
        found[base] = counts
        for matter in matters:
            found[matter] = CONCEPT_COUNTS
        if before and (told or counts == 1.0):
            found[f"{before} {base}"] = PAIR_COUNTS
        before, told = base, counts == 1.0
    for thing in things:
        found[f"thing={thing}"] = THING_COUNTS
    return found


def aspect_features(words: Sequence[str], named: Mapping[int, str]) -> frozenset[str]:
    """What the model of aspects looks at: words, two and three of them, with what is named hidden. Pure.

    Args:
        words: of the question, lower case.
        named: the pronoun of each thing named, by the place of the word that names it.
    """
    row = ["^"]
    for place, word in enumerate(words):
        if place in named:
            row.append(_MASKS[named[place]])
        elif word in _SOMEBODY:
            row.append("SOMEBODY")
        elif word not in _SMALL:
            row.append(stem(word))
    row.append("$")
    threes = zip(row, row[1:], row[2:], strict=False)
    return frozenset((*row, *(" ".join(two) for two in pairwise(row)), *(" ".join(three) for three in threes)))


class AspectModel:
    """What a question wants to know of somebody or something, as chances."""

    def __init__(
        self, labels: Sequence[str], bias: Sequence[float], weights: Mapping[str, Mapping[str, float]]
    ) -> None:
        """Keep the weights: feature -> {place of the label: weight}."""
        self.labels: tuple[Aspect, ...] = tuple(cast("Aspect", label) for label in labels)
        self._bias = tuple(bias)
        self._weights = {name: tuple((int(at), w) for at, w in row.items()) for name, row in weights.items()}

    def chances(self, features: frozenset[str]) -> dict[Aspect, float]:
        """The chance of every aspect; they add up to 1."""
        known = [self._weights[feature] for feature in features if feature in self._weights]
        scale = 1 / math.sqrt(max(1, len(known)))
        odds = list(self._bias)
        for row in known:
            for place, weight in row:
                odds[place] += scale * weight
        top = max(odds)
        raised = [math.exp(each - top) for each in odds]
        total = sum(raised)
        chances = [value / total for value in raised]
        return dict(zip(self.labels, chances, strict=True))


@lru_cache(maxsize=1)
def aspect_model() -> AspectModel | None:
    """The model of the shipped weights; None where they are missing."""
    data = shipped("simpatient.patient", WEIGHTS)
    return AspectModel(data["labels"], data["bias"], data["weights"]) if data else None
