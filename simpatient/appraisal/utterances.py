"""A message cut into utterances, with or without punctuation, and the shape of each."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise

from simpatient.appraisal.text import Message, remembered

LEADS = frozenset(
    "so and but well okay right now yeah yes yup mhm uh huh gotcha hmm oh all great sure thanks hi hello then also because or actually yep "
    "like no gosh wow good perfect cool fine fair maybe perhaps absolutely exactly".split()
)
"""Words that may stand before the real opening of an utterance."""

AUX = frozenset("is are was were do does did have has had can could would will should may might shall am".split())
SUBJECTS = frozenset(
    "you i we he she it they that this there your my the anyone anybody any somebody someone his her their these those "
    "everyone things u".split()
)
WH = frozenset("what how why who where when which whose".split())

_SPLIT_BEFORE = re.compile(
    r"(?<=\w )(?:(?:(?:so |and |but |or |okay )?(?:what (?:is|are|was|were|do|does|did|would|will|could|can"
    r"|made|makes|brings|brought"
    r"|about|has|have|happens|happened|kind|sort|else)|how (?:is|are|was|were|do|does|did|would|will|could|can"
    r"|long|many|much|often"
    r"|about|has|have)|why (?:do|did|does|is|are|would|not)|where (?:do|did|does|is|are|would)|(?:do|did|have"
    r"|would|could|can|are|were|will) you"
    r"|is (?:it|that|there|this)|does (?:it|that|this)|tell me|can we|may i|can i|could i|shall we|have i "
    r"(?:got|understood)))"
    r"|i am sorry|i will|i would|let us|you could|you should|you need|you have to|it sounds|sounds like|that "
    r"must|it must"
    r"|it makes sense|that makes sense|no wonder|i can (?:see|hear|imagine)|thank you)\b"
)
"""Openings of a new utterance inside a stretch without punctuation."""

_HOLDS = frozenset(
    "only just over out tells told tell telling beng being matter know wonder wondering see ask asking "
    "understand tell me about hear to of like if that what how why and or but because "
    "think i you we they he she it not exactly sure is was as with when which who for where matter "
    "understanding then so surprised".split()
)
"""Words that, standing before it, make an opening part of what goes before."""

_JOINS = frozenset("so but okay".split())
"""Words with which a new utterance is joined on."""

UNPUNCTUATED = 7
"""Words in a row without an end mark from which openings inside are looked for."""


@dataclass(frozen=True, kw_only=True)
class Utterance:
    """One utterance of a message."""

    first: int
    """Index of its first word in the message."""
    last: int
    """Index after its last word (end mark not counted)."""
    words: tuple[str, ...]
    mark: str
    """`?`, `!`, `.` or empty where the typist left none."""
    start: int
    """First character in the normalised text."""
    end: int

    @cached_property
    def text(self) -> str:
        """The normalised words."""
        return " ".join(self.words)

    @cached_property
    def core(self) -> tuple[str, ...]:
        """The words without lead-ins such as "so", "okay", "you know"."""
        words, index = self.words, 0
        while index < len(words) - 1:
            if words[index] in LEADS:
                index += 1
            elif (
                words[index : index + 2] in _LEAD_PAIRS
                and len(words) > index + 2
                and words[index + 2] not in _AFTER_KNOW
            ):
                index += 2
            else:
                break
        return words[index:]


_LEAD_PAIRS = {("you", "know"), ("i", "mean"), ("you", "see"), ("i", "guess"), ("kind", "of"), ("sort", "of")}
_AFTER_KNOW = frozenset(
    "that what how why your me him her it the this about when where who best more yourself if".split()
)
"""Words after which "you know" is no filler."""


def utterances_of(message: Message) -> tuple[Utterance, ...]:
    """The utterances in order. Pure."""
    found: list[Utterance] = []
    first = 0
    for index, word in enumerate(message.words):
        if word in ".?!":
            found += _cut(message, first, index, word)
            first = index + 1
    found += _cut(message, first, len(message.words), "")
    return tuple(found)


@lru_cache(maxsize=4096)
def utterances_in(text: str) -> tuple[Utterance, ...]:
    """The utterances of a text that is looked at more than once. Pure."""
    return utterances_of(remembered(text))


def _cut(message: Message, first: int, last: int, mark: str) -> list[Utterance]:
    """The stretch as one utterance, or several where it runs on without marks."""
    if last <= first:
        return []
    cuts = [first]
    if last - first >= UNPUNCTUATED:
        begin, end = message.starts[first], message.starts[last - 1] + len(message.words[last - 1])
        for match in _SPLIT_BEFORE.finditer(message.norm, begin, end):
            index = message.word_at(match.start())
            before = message.words[index - 1]
            joined = message.words[index] in _JOINS
            if (
                index - cuts[-1] >= 3
                and last - index >= 2
                and (joined or before not in _HOLDS or index in message.commas)
            ):
                cuts.append(index)
    cuts.append(last)
    return [
        _utterance(message, start, stop, mark if stop == last else "") for start, stop in pairwise(cuts) if stop > start
    ]


def _utterance(message: Message, first: int, last: int, mark: str) -> Utterance:
    words = message.words[first:last]
    return Utterance(
        first=first, last=last, words=tuple(words), mark=mark,
        start=message.starts[first], end=message.starts[last - 1] + len(message.words[last - 1]),
    )  # fmt: skip
