"""One patient's authored lines, sorted by what they do and what they answer, so that few are looked at for a reply."""

from __future__ import annotations

import weakref
from collections.abc import Iterable

from simpatient.patient.sentences import vocabulary
from simpatient.persona import Line, Lines
from simpatient.words import Stance

ANY_RUNG = frozenset({"rupture", "shut", "warn", "leave", "close"})
"""Moves whose lines fit every rung unless they say otherwise."""
SPEAKING = (Stance.GUARDED, Stance.TESTING, Stance.WARMING, Stance.OPEN, Stance.COLLABORATING)
_FREE = ("free", "")


class Shelf:
    """The lines of one file."""

    def __init__(self, lines: Lines) -> None:
        """Sort them by move and rung, then by the narrowest thing they answer."""
        self._sorted: dict[tuple[str, Stance], dict[tuple[str, str], list[tuple[int, Line]]]] = {}
        self.words = {line.say: vocabulary(line.say) for line in lines.lines}
        for order, line in enumerate(lines.lines):
            for rung in _rungs(line):
                answers = self._sorted.setdefault((line.move, rung), {})
                for key in _answers(line):
                    answers.setdefault(key, []).append((order, line))

    def fitting(
        self, move: str, rung: Stance, kinds: Iterable[str], codes: Iterable[str | None], topic: str | None
    ) -> list[Line]:
        """Lines of a move at a rung that might answer one of these kinds or codes, or the topic, in file order."""
        answers = self._sorted.get((move, rung))
        if answers is None:
            return []
        wanted = [
            _FREE,
            ("topic", topic or ""),
            *(("asked", kind) for kind in kinds),
            *(("to", code or "") for code in codes),
        ]
        found = {order: line for key in wanted for order, line in answers.get(key, ())}
        return [found[order] for order in sorted(found)]


_SHELVES: dict[int, tuple[weakref.ref[Lines], Shelf]] = {}


def shelf_of(lines: Lines) -> Shelf:
    """The shelf of this file, built once."""
    known = _SHELVES.get(id(lines))
    if known is not None and known[0]() is lines:
        return known[1]
    built, key = Shelf(lines), id(lines)
    _SHELVES[key] = weakref.ref(lines, lambda _: _SHELVES.pop(key, None)), built
    return built


def _answers(line: Line) -> list[tuple[str, str]]:
    """What a line is found by: what was asked, else the behaviour, else the topic."""
    if line.asked:
        return [("asked", kind) for kind in line.asked]
    if line.to:
        return [("to", code) for code in line.to]
    return [("topic", line.topic)] if line.topic else [_FREE]


def _rungs(line: Line) -> tuple[Stance, ...]:
    """The rungs a line fits: those written, else all of its move."""
    if line.stance:
        return tuple(Stance.of(word) for word in line.stance)
    return tuple(Stance) if line.move in ANY_RUNG else SPEAKING
