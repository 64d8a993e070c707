"""Text cut into sentences, and how alike two are. Pure."""

from __future__ import annotations

import re
from functools import lru_cache

LONG = 5
"""Words from which a sentence is said once in a meeting."""
TWIN = 0.7
"""Share of common words from which two sentences count as twins."""
_SENTENCE = re.compile(r"[^.!?…\n]+(?:\.\.\.|[.!?…]+[\"'”’)]*|\n|$)\s*")
_WORDS = re.compile(r"[a-z']+")


@lru_cache(maxsize=16384)
def sentences(text: str) -> tuple[str, ...]:
    """`text` cut after each sentence; joined with a space they give it back."""
    return tuple(part.strip() for part in _SENTENCE.findall(text) if part.strip())


@lru_cache(maxsize=16384)
def opener(sentence: str) -> tuple[str, ...]:
    """The first two words."""
    return tuple(_WORDS.findall(sentence.lower())[:2])


@lru_cache(maxsize=16384)
def vocabulary(sentence: str) -> frozenset[str]:
    """The words without their order, lower case."""
    return frozenset(_WORDS.findall(sentence.lower()))


@lru_cache(maxsize=1024)
def vocabularies(replies: tuple[tuple[str, ...], ...]) -> tuple[tuple[str, frozenset[str]], ...]:
    """Every sentence of some replies with its words."""
    return tuple((sentence, vocabulary(sentence)) for reply in replies for sentence in reply)


def has_twin(sentence: str, among: tuple[tuple[str, frozenset[str]], ...]) -> bool:
    """Whether one of these sentences says nearly the same words; see `twins`."""
    own = vocabulary(sentence)
    least, most = len(own) * TWIN, len(own) / TWIN
    if not own:
        return any(sentence == other for other, _ in among)
    return any(
        least <= len(words) <= most and len(own & words) >= TWIN * len(own | words) for _, words in among if words
    )


def twins(one: str, other: str) -> bool:
    """Whether two sentences say nearly the same words."""
    first, second = vocabulary(one), vocabulary(other)
    if first and second and min(len(first), len(second)) < TWIN * max(len(first), len(second)):
        return False
    if not first or not second:
        return one == other
    return len(first & second) / len(first | second) >= TWIN
