"""The small language in which the tables of cues are written, and its fast matcher.

A cue names the words of which at least one must occur (`on`), so that most cues are never tried on a message, and a
pattern on the normalised text. Tables of cues are data; what becomes of a hit is decided in `helps` and `harms`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from simpatient.appraisal.text import Message


@dataclass(frozen=True, kw_only=True)
class Cue:
    """One observable mark of one code."""

    code: str
    level: int
    """Quality or severity that this mark alone can reach."""
    on: frozenset[str]
    """Words of which one must occur; empty means the cue is always tried."""
    text: str
    """The pattern as it was written."""
    link: str = "free"
    """What must hold for more than level 1; see `helps.LINKS`."""
    facet: str = ""
    """Marks of different facets add up: two facets at 2 make a 3."""
    but: str = ""
    """A pattern in the same utterance that takes the cue back."""

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """What marks it, on whole words; made when the cue is first tried, which for most is never."""
        return _whole(self.text)

    @cached_property
    def unless(self) -> re.Pattern[str] | None:
        """What takes it back, on whole words."""
        return _whole(self.but) if self.but else None


def _whole(text: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{text})(?:(?<=\w)(?!\w)|(?<!\w))")


@dataclass(frozen=True, kw_only=True)
class Hit:
    """A cue found at a place of the normalised text."""

    cue: Cue
    start: int
    end: int


def cue(
    code: str, level: int, on: str, pattern: str, *, link: str = "free", facet: str = "", unless: str | None = None
) -> Cue:
    """A row of a table; `pattern` and `unless` match whole words of the normalised text."""
    return Cue(
        code=code,
        level=level,
        on=frozenset(on.split()),
        text=pattern,
        link=link,
        facet=facet or pattern,
        but=unless or "",
    )


class CueTable:
    """Cues arranged by the words that set them off."""

    def __init__(self, cues: Iterable[Cue]) -> None:
        """Arrange the cues once; looking them up is then cheap."""
        self.cues = tuple(cues)
        self._always = [index for index, each in enumerate(self.cues) if not each.on]
        self._by_word: dict[str, list[int]] = {}
        for index, each in enumerate(self.cues):
            for word in each.on:
                self._by_word.setdefault(word, []).append(index)

    def hits(self, message: Message) -> Iterator[Hit]:
        """Every hit in the message, in the order of the table, each cue at most twice."""
        wanted = set(self._always).union(*(self._by_word[word] for word in self._by_word.keys() & message.vocabulary))
        for index in sorted(wanted):
            each = self.cues[index]
            for number, match in enumerate(each.pattern.finditer(message.norm)):
                if number == 2:
                    break
                if each.unless is not None and each.unless.search(_around(message.norm, match)):
                    continue
                yield Hit(cue=each, start=match.start(), end=match.end())


_END = re.compile(r" [.?!](?: |$)")


def _around(norm: str, match: re.Match[str]) -> str:
    """The utterance in which the match stands."""
    start = 0
    for end in _END.finditer(norm, 0, match.start()):
        start = end.end()
    following = _END.search(norm, max(match.start(), match.end() - 1))
    return norm[start : following.start() if following else len(norm)]
