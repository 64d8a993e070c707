"""How often Python looks for what nobody refers to any more."""

from __future__ import annotations

import gc
from collections.abc import Generator
from contextlib import contextmanager

COLLECTED_AFTER = 200_000
"""Values made and not yet freed after which cycles are looked for; some forty megabytes."""


@contextmanager
def seldom_collected() -> Generator[None]:
    """While it lasts, Python looks for unreachable cycles less often: what a run makes is short-lived and small.

    For a command that does nothing else; it is the whole process that is concerned.
    """
    before = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(COLLECTED_AFTER, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()
