"""What is worked out of a frozen value, worked out once for as long as the value is there."""

from __future__ import annotations

import weakref
from collections.abc import Callable
from functools import wraps
from typing import TypeVar

K = TypeVar("K")
V = TypeVar("V")


def once(build: Callable[[K], V]) -> Callable[[K], V]:
    """`build`, called once for each value; values are known by identity, for comparing them costs more than building."""
    known: dict[int, tuple[weakref.ref[K], V]] = {}

    @wraps(build)
    def built(value: K) -> V:
        key = id(value)
        found = known.get(key)
        if found is not None and found[0]() is value:
            return found[1]
        made = build(value)
        known[key] = weakref.ref(value, lambda _: known.pop(key, None)), made
        return made

    return built
