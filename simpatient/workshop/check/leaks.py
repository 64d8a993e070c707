"""Leaks: a fact told, in whatever words, where anybody may read it before its gate opens."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

from simpatient.errors import Diagnostic
from simpatient.patient.secrets import Secrets
from simpatient.patient.sentences import sentences
from simpatient.persona import Fact
from simpatient.workshop.check.manuscript import Manuscript, Passage

TOLD = 1.65
"""Weight of words shared with one wording of a guarded fact from which a passage tells it."""
TOLD_OPEN = 1.9
"""The same for a fact that is told to almost anyone who asks."""
IN_TWO = 1.25
"""How much more the words of two sentences have to weigh."""
ANYWAY = 0.10
"""Openness below which a fact is no secret."""
FREE = 3
"""Passages that hold the same words, from which the author says them freely."""
VERBATIM = 6
"""Words in a row that are the same, whatever they weigh."""
_WORD = re.compile(r"[a-z0-9']+")
_KIN = frozenset("mother father brother sister wif husband boyfriend daughter son partner".split())


def leaks(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Every passage without `needs` that tells a gated fact."""
    book = _Book(manuscript)
    for fact in manuscript.persona.facts:
        if fact.id in book.told_by:
            yield from book.told(fact)


@dataclass(frozen=True, kw_only=True)
class _Window:
    """One sentence of a passage, or two that follow each other, as the words they hold."""

    passage: Passage
    roots: frozenset[str]
    pair: bool
    text: str
    """One sentence; empty for two."""


class _Book:
    """All passages of one patient as the words they hold."""

    def __init__(self, manuscript: Manuscript) -> None:
        self.manuscript, self.secrets = manuscript, manuscript.secrets
        facts = [fact for fact in manuscript.persona.facts if fact.min_o >= ANYWAY]
        self.told_by = {fact.id: _Secret(fact, self.secrets) for fact in facts}
        self.before = {fact.id: _before(fact, manuscript) for fact in manuscript.persona.facts}
        self.windows = [
            window
            for passage in manuscript.passages
            if not passage.fact and " " in passage.text
            for window in self._windows(passage)
        ]
        self._holding: dict[str, list[int]] = {}
        for number, window in enumerate(self.windows):
            for root in window.roots:
                self._holding.setdefault(root, []).append(number)
        plain = [window.text.lower().replace("\u2019", "'") for window in self.windows]
        self._begins = list(accumulate((len(text) + 1 for text in plain), initial=0))
        self._everything = "\n".join(plain)

    def _windows(self, passage: Passage) -> Iterator[_Window]:
        before: frozenset[str] | None = None
        for part in sentences(passage.text):
            roots = self.secrets.roots(part)
            yield _Window(passage=passage, roots=roots, pair=False, text=part)
            if before is not None:
                yield _Window(passage=passage, roots=before | roots, pair=True, text="")
            before = roots

    def _marked(self, fact: Fact) -> set[int]:
        """Windows that hold a mark of a guarded fact."""
        marks = [mark.lower() for mark in fact.markers if fact.guarded and mark.lower() in self._everything]
        if not marks:
            return set()
        mark = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, marks))})(?!\w)")
        return {bisect_right(self._begins, found.start()) - 1 for found in mark.finditer(self._everything)}

    def _sharing(self, secret: _Secret) -> set[int]:
        """Windows that hold two of the words of a fact."""
        often = Counter(number for root in secret.all for number in self._holding.get(root, ()))
        return {number for number, count in often.items() if count > 1}

    def told(self, fact: Fact) -> Iterator[Diagnostic]:
        """Passages that tell `fact`; each once."""
        secret = self.told_by[fact.id]
        suspects: list[tuple[Passage, frozenset[str], bool]] = []
        marked, sharing = self._marked(fact), self._sharing(secret)
        for number in sorted(marked | sharing):
            window = self.windows[number]
            if self._may(window.passage, fact):
                continue
            certain = number in marked or secret.says(window.text)
            found = frozenset[str]() if certain else secret.found(window.roots, pair=window.pair)
            if certain or found:
                suspects.append((window.passage, found, certain))
        holders = [(passage, found) for passage, found, _ in suspects]
        seen: set[tuple[str, tuple[str | int, ...]]] = set()
        for passage, found, certain in suspects:
            key = (passage.file, passage.at)
            if key in seen or (not certain and self._free(found, secret, holders)):
                continue
            seen.add(key)
            words = "its own words" if certain else ", ".join(sorted(_words_of(found, passage.text, self.secrets)))
            variant = "line" if passage.spoken else "text"
            if not self.manuscript.carries_needs(passage.file, passage.at):
                variant += " for all"
            yield self.manuscript.finding(passage.file, passage.at, "SP120", variant, fact=fact.id, words=words)

    def _may(self, passage: Passage, fact: Fact) -> bool:
        """Whether a passage is only read once the fact, or one that stands behind it, has been told."""
        if not passage.needs:
            return False
        known = {fact.id for fact in self.manuscript.persona.facts}
        return passage.needs not in known or fact.id in self.before[passage.needs] or not self._deeper(fact, passage)

    def _deeper(self, fact: Fact, passage: Passage) -> bool:
        return fact.min_o > self.manuscript.persona.fact(passage.needs).min_o + ANYWAY

    def _free(self, found: frozenset[str], secret: _Secret, holders: list[tuple[Passage, frozenset[str]]]) -> bool:
        """Whether these words only furnish the story, and stand together so often that the author says them to everybody."""
        if secret.weight(found & secret.heart) >= secret.enough / 2:
            return False
        texts = {(p.file, p.at[:2]) for p, other in holders if secret.weight(found - other) < secret.enough / 3}
        return len(texts) >= FREE + 1


class _Secret:
    """One fact as the words of each of its wordings."""

    def __init__(self, fact: Fact, secrets: Secrets) -> None:
        self.secrets = secrets
        self.enough = TOLD if fact.guarded else TOLD_OPEN
        told = secrets.wordings_of(fact)
        self.heart = frozenset(root for text in (*fact.hint, *fact.partial, *fact.full) for root in secrets.roots(text))
        self.wordings = tuple(dict.fromkeys(secrets.roots(text) for text in told))
        self.all = frozenset(root for roots in self.wordings for root in roots)
        self._weights = {root: secrets.weight(fact, frozenset((root,))) for root in self.all}
        self._runs = frozenset(run for text in told for run in _runs(text))

    def found(self, roots: frozenset[str], *, pair: bool) -> frozenset[str]:
        """The words of a passage that tell the fact; none when they do not."""
        enough = self.enough * (IN_TWO if pair else 1.0)
        if self.weight(roots & self.all) < enough:
            return frozenset()  # all of them together are too few, so those of one wording are
        best = max((roots & wording for wording in self.wordings), key=self.weight)
        if len(best) < 2 or best <= _KIN or self.weight(best) < enough:
            return frozenset()
        return best

    def says(self, text: str) -> bool:
        """Whether the text says some words of a wording in a row that are more than a turn of phrase."""
        return any(self._telling(run) for run in self._runs & _runs(text))

    def weight(self, roots: frozenset[str]) -> float:
        """What these words of the fact weigh."""
        return sum(map(self._weights.__getitem__, roots))

    def _telling(self, run: tuple[str, ...]) -> bool:
        roots = self.secrets.roots(" ".join(run)) & self.all
        return len(roots) > 1 and self.weight(roots) > 1


@lru_cache(maxsize=32768)
def _runs(text: str) -> frozenset[tuple[str, ...]]:
    words = _WORD.findall(text.lower().replace("\u2019", "'"))
    return frozenset(tuple(words[at : at + VERBATIM]) for at in range(len(words) - VERBATIM + 1))


def _before(fact: Fact, manuscript: Manuscript) -> frozenset[str]:
    """The fact and all that have to be told before it."""
    found: set[str] = set()
    waiting: str | None = fact.id
    while waiting is not None and waiting not in found:
        found.add(waiting)
        waiting = next((other.after for other in manuscript.persona.facts if other.id == waiting), None)
    return frozenset(found)


def _words_of(roots: frozenset[str], text: str, secrets: Secrets) -> set[str]:
    """The words of the text that stand for these roots."""
    return {word for word in re.findall(r"[\w'\u2019]+", text) if secrets.roots(word) & roots} or set(roots)
