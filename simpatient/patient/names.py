"""Names, beginnings and phrases, and what they stand for. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable

from simpatient.patient.clauses import WORD

LONG = 6
"""Letters from which a name is known however its letters are doubled."""


class Names:
    """Words, beginnings of words and phrases, each standing for something."""

    def __init__(self, groups: Iterable[tuple[str, tuple[str, ...]]]) -> None:
        """Sort them by kind."""
        self._exact: dict[str, list[str]] = {}
        self._sounding: dict[str, list[str]] = {}
        self._beginnings: list[tuple[str, str]] = []
        self._several: dict[str, list[tuple[str, str]]] = {}
        for what, names in groups:
            for name in names:
                words = WORD.findall(name.lower())
                if len(words) > 1:
                    phrase = " " + " ".join(words) + ("" if name.endswith("*") else " ")
                    self._several.setdefault(words[0], []).append((phrase, what))
                elif words and name.endswith("*"):
                    self._beginnings.append((words[0], what))
                elif words:
                    self._exact.setdefault(words[0], []).append(what)
                    if len(words[0]) >= LONG:
                        self._sounding.setdefault(_sound(words[0]), []).append(what)
        self._starts = tuple({beginning for beginning, _ in self._beginnings})

    def found(self, words: tuple[str, ...]) -> list[tuple[int, str]]:
        """What is named, with the place of the word that names it."""
        met: list[tuple[int, str]] = []
        joined = ""
        for place, word in enumerate(words):
            plain = word.removesuffix("'s").strip("'")
            sound = _sound(plain) if len(plain) >= LONG else ""
            exact = self._exact.get(word) or self._exact.get(plain) or self._sounding.get(sound)
            met += [(place, what) for what in exact or ()]
            for beginning, what in self._beginnings if word.startswith(self._starts) else ():
                if word.startswith(beginning) and what not in self._exact.get(word, ()):
                    met.append((place, what))
            if word in self._several:
                joined = joined or f" {' '.join(words)} "
                met += [(place, what) for phrase, what in self._several[word] if phrase in joined]
        return met


def _sound(name: str) -> str:
    """A name without its doubled letters, which nobody remembers: "Phillipa"."""
    return re.sub(r"(.)\1+", r"\1", name)
