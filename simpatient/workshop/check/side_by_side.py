"""The same work on several things, on as many processors as there are, where that is safe and pays."""

from __future__ import annotations

import os
import pickle
import sys
import threading
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

Thing = TypeVar("Thing")
Result = TypeVar("Result")

LEAST = 4
"""Things below which another process costs more than it saves."""


def side_by_side(work: Callable[[Thing], Result], things: Sequence[Thing]) -> list[Result]:
    """`work` done on each thing, in their order; the same as doing it one after another.

    Children are forked, so they hold what has been read already and send back nothing but results. Whatever a child
    does not bring is done here.
    """
    count = min(_processors(), len(things))
    if count < 2 or len(things) < LEAST or not _may_fork():
        return [work(thing) for thing in things]
    shares = [range(first, len(things), count) for first in range(count)]
    children = [_Child(work, things, share) for share in shares[1:]]
    done = {at: work(things[at]) for at in shares[0]}
    for child in children:
        done |= child.results()
    return [done[at] if at in done else work(thing) for at, thing in enumerate(things)]


def _processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else 1


def _may_fork() -> bool:
    """Whether a copy of this process would be whole: other threads would be missing in it."""
    return sys.platform == "linux" and threading.active_count() == 1


class _Child(Generic[Thing, Result]):
    """A copy of this process that does its share and ends."""

    def __init__(self, work: Callable[[Thing], Result], things: Sequence[Thing], share: range) -> None:
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
        self._reads, writes = os.pipe()
        self._pid = os.fork()
        if self._pid == 0:
            code = 1
            try:
                os.close(self._reads)
                with os.fdopen(writes, "wb") as pipe:
                    pickle.dump({at: work(things[at]) for at in share}, pipe)
                code = 0
            finally:
                os._exit(code)  # no exit handlers of the parent, no traceback: what is missing is done there
        os.close(writes)

    def results(self) -> dict[int, Result]:
        """What it found, by number; nothing when it failed."""
        with os.fdopen(self._reads, "rb") as pipe:
            sent = pipe.read()
        _, status = os.waitpid(self._pid, 0)
        return pickle.loads(sent) if status == 0 else {}  # noqa: S301  our own child wrote it
