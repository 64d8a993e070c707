"""What the fits of all linear models have in common: the order of learning, and how weights are written down."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence


def in_turn(count: int, rounds: int, rate: float, fades: float) -> Iterator[tuple[int, float]]:
    """The number of the row to learn from next and how fast, every row once a round in a fixed shuffled order.

    Args:
        count: rows.
        rounds: times each is seen.
        rate: of the first round.
        fades: by how much of itself the divisor of the rate grows each round.
    """
    order, dice = list(range(count)), random.Random(1)
    for number in range(rounds):
        dice.shuffle(order)
        for index in order:
            yield index, rate / (1 + number * fades)


def written(
    labels: Sequence[str],
    bias: Sequence[float],
    weights: Mapping[str, Sequence[float]],
    shorten: Callable[[float], float],
) -> dict[str, object]:
    """Labels, bias and weights as they stand in a file; weights that `shorten` makes nought are left out. Pure."""
    sparse = {
        feature: {str(place): short for place, value in enumerate(row) if (short := shorten(value))}
        for feature, row in weights.items()
    }
    return {
        "labels": list(labels),
        "bias": [round(value, 3) for value in bias],
        "weights": {feature: row for feature, row in sparse.items() if row},
    }
