"""Agreement between an evaluator and human coders: the statistics of `simpatient calibrate`, in plain Python.

Everything is pure; the bootstrap takes a seed. Undefined values (no variance, no cases) are None, never 0.
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import TypeVar

Item = TypeVar("Item")

WEAK_F1 = 0.40
"""F1 below which a code is shown as experimental. Source: design."""
ENOUGH = 20
"""Human cases from which an F1 says something. Source: design."""


@dataclass(frozen=True, kw_only=True)
class CodeAgreement:
    """How well one code agrees with the human coders."""

    code: str
    precision: float | None
    recall: float | None
    f1: float | None
    """0..1; None where neither side has the code."""
    support: int
    """Rows in which the human coders saw it."""
    found: int
    """Rows in which the evaluator saw it."""

    @property
    def experimental(self) -> bool:
        """Whether agreement is too weak, or too little known, to lean on the code."""
        return self.support < ENOUGH or self.f1 is None or self.f1 < WEAK_F1


@dataclass(frozen=True, kw_only=True)
class Interval:
    """A value with its bootstrap interval."""

    value: float | None
    low: float | None
    """2.5th percentile of the resampled values."""
    high: float | None
    """97.5th percentile of the resampled values."""


def agreement_by_code(
    human: Sequence[frozenset[str]], machine: Sequence[frozenset[str]], codes: Sequence[str] | None = None
) -> tuple[CodeAgreement, ...]:
    """F1 and support of every code, over rows that may carry several codes each."""
    names = sorted({code for row in (*human, *machine) for code in row}) if codes is None else codes
    return tuple(_agreement(code, human, machine) for code in names)


def _agreement(code: str, human: Sequence[frozenset[str]], machine: Sequence[frozenset[str]]) -> CodeAgreement:
    both = sum(code in h and code in m for h, m in zip(human, machine, strict=True))
    support, found = sum(code in h for h in human), sum(code in m for m in machine)
    return CodeAgreement(
        code=code,
        precision=_share(both, found),
        recall=_share(both, support),
        f1=_share(2 * both, support + found),
        support=support,
        found=found,
    )


def _share(part: float, whole: float) -> float | None:
    return part / whole if whole else None


def cohen_kappa(human: Sequence[Hashable], machine: Sequence[Hashable]) -> float | None:
    """Cohen's kappa of two labellings; None without rows or when chance alone already agrees fully."""
    pairs = list(zip(human, machine, strict=True))
    if not pairs:
        return None
    agreed = sum(h == m for h, m in pairs) / len(pairs)
    mine, theirs = Counter(human), Counter(machine)
    chance = sum(mine[label] * theirs[label] for label in mine) / len(pairs) ** 2
    return None if chance >= 1 else (agreed - chance) / (1 - chance)


def weighted_kappa(human: Sequence[int], machine: Sequence[int]) -> float | None:
    """Quadratic-weighted kappa of two ratings on an ordered scale; None when it is undefined."""
    pairs = list(zip(human, machine, strict=True))
    if not pairs:
        return None
    seen = sum((h - m) ** 2 for h, m in pairs) / len(pairs)
    mine, theirs = Counter(human), Counter(machine)
    chance = sum((a - b) ** 2 * mine[a] * theirs[b] for a in mine for b in theirs) / len(pairs) ** 2
    return None if chance == 0 else 1 - seen / chance


def icc_2_1(ratings: Sequence[Sequence[float]]) -> float | None:
    """ICC(2,1), absolute agreement of single raters; one row per subject, one column per rater.

    Raises:
        ValueError: the rows differ in length.

    Source: two-way random effects after Shrout and Fleiss 1979.
    """
    n = len(ratings)
    k = len(ratings[0]) if n else 0
    if any(len(row) != k for row in ratings):
        raise ValueError("every subject needs a rating by every rater")
    if n < 2 or k < 2:
        return None
    grand = fmean(value for row in ratings for value in row)
    rows = [fmean(row) for row in ratings]
    columns = [fmean(row[j] for row in ratings) for j in range(k)]
    between_rows = k * sum((mean - grand) ** 2 for mean in rows) / (n - 1)
    between_columns = n * sum((mean - grand) ** 2 for mean in columns) / (k - 1)
    left_over = sum((ratings[i][j] - rows[i] - columns[j] + grand) ** 2 for i in range(n) for j in range(k))
    residual = left_over / ((n - 1) * (k - 1))
    whole = between_rows + (k - 1) * residual + k * (between_columns - residual) / n
    return None if whole == 0 else (between_rows - residual) / whole


def auc(good: Sequence[float], poor: Sequence[float]) -> float | None:
    """Chance that a good dialogue stands above a poor one, ties counting half; None when one side is empty."""
    if not good or not poor:
        return None
    wins = sum((g > p) + 0.5 * (g == p) for g in good for p in poor)
    return wins / (len(good) * len(poor))


def bootstrap(
    rows: Sequence[Item],
    dialogue_of: Callable[[Item], Hashable],
    statistic: Callable[[Sequence[Item]], float | None],
    *,
    times: int = 1000,
    seed: int = 1,
) -> Interval:
    """The statistic with its 95 % interval, whole dialogues drawn with replacement.

    Turns of one dialogue resemble each other, so that drawing single turns would make the interval too narrow.
    Draws for which the statistic is undefined are left out; with fewer than two dialogues there is no interval.
    """
    by_dialogue: dict[Hashable, list[Item]] = defaultdict(list)
    for row in rows:
        by_dialogue[dialogue_of(row)].append(row)
    groups = list(by_dialogue.values())
    value = statistic(rows)
    if len(groups) < 2:
        return Interval(value=value, low=None, high=None)
    draw = random.Random(seed)
    drawn = (statistic([row for group in draw.choices(groups, k=len(groups)) for row in group]) for _ in range(times))
    known = sorted(found for found in drawn if found is not None)
    return Interval(value=value, low=percentile(known, 0.025), high=percentile(known, 0.975))


def percentile(values: Sequence[float], share: float) -> float | None:
    """The value below which `share` (0..1) of the sorted values lie, between neighbours linearly."""
    if not values:
        return None
    place = share * (len(values) - 1)
    below = int(place)
    above = min(below + 1, len(values) - 1)
    return values[below] + (place - below) * (values[above] - values[below])


def confusion(human: Sequence[str], machine: Sequence[str]) -> Mapping[str, Mapping[str, int]]:
    """How often the human label in the row became the evaluator's label in the column; all labels, sorted."""
    labels = sorted({*human, *machine})
    counts = Counter(zip(human, machine, strict=True))
    return {h: {m: counts[h, m] for m in labels} for h in labels}


@dataclass(frozen=True, kw_only=True)
class Disagreement:
    """One row on which human and evaluator differ."""

    id: str
    dialogue: str
    patient: str
    learner: str
    human: str
    machine: str
    distance: float
    """How far apart; 1 for labels that merely differ."""


def worst_disagreements(rows: Sequence[Disagreement], most: int = 20) -> tuple[Disagreement, ...]:
    """The rows furthest apart, at most two per dialogue and kind of confusion, so that no dialogue fills the page."""
    kept: list[Disagreement] = []
    seen: Counter[tuple[str, str, str]] = Counter()
    for row in sorted(rows, key=lambda r: (-r.distance, r.id)):
        kind = (row.dialogue, row.human, row.machine)
        if row.human != row.machine and seen[kind] < 2 and len(kept) < most:
            seen[kind] += 1
            kept.append(row)
    return tuple(kept)
