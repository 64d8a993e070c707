"""Which words of a message may be paid for which behaviour: the evidence rule."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

from simpatient.rubric import Behaviour, Rubric
from simpatient.words import Appraisal, CodedSpan

_STAGED = re.compile(r"\*[^*\n]+\*|\[[^\]\n]+\]|\([^)\n]*\)")
_GREETING = re.compile(
    r"\W*((hi|hello|hey|good (morning|afternoon|evening))\b.{0,30}|how are (you|we)( all| doing| feeling| today| keeping)*"
    r"|(nice|good|lovely|pleased) to (meet|see) you.{0,20}|thank(s| you)( very much| so much)?)\W*",
    re.IGNORECASE,
)
_STOP = re.compile(r"[.!?]+(?=\s|$)|\n")
MOST_USES = 2
"""Behaviours that one span may support."""
MOST_WAYS = 4
"""Pieces of evidence weighed for one behaviour, so that a message stuffed with codes costs no time."""


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """A code read in the message, with the place of its words."""

    code: str
    level: int
    """1..3."""
    quote: str
    """Exact substring of the message."""
    start: int
    end: int
    """End exclusive."""
    confidence: Literal["low", "medium"] = "medium"
    measures: str = ""
    """Id of the behaviour for which it was measured (pace, a direct question about risk), not read as a code."""

    def same_words(self, other: Evidence) -> bool:
        """Whether the two stand on the same words: half of the shorter one or more is shared."""
        shared = min(self.end, other.end) - max(self.start, other.start)
        return shared > 0 and 2 * shared >= min(self.end - self.start, other.end - other.start)


def place_of(quote: str, message: str) -> tuple[int, int] | None:
    """Start and end of the quote in the message, white space aside; None when it does not stand there. Pure."""
    words = quote.split()
    if not words:
        return None
    at = message.find(quote)
    if at >= 0:
        return at, at + len(quote)
    found = re.search(r"\s+".join(map(re.escape, words)), message)
    return (found.start(), found.end()) if found else None


def evidence_in(message: str, spans: Iterable[CodedSpan], off_task: Sequence[str] = ()) -> tuple[Evidence, ...]:
    """The spans whose words stand in the message, none of them aimed at the machinery. Pure.

    Acting between asterisks or brackets counts at level 1 at most.

    Source: evidence rule (clinical section 2.4); staged presence cues (section 1.2, P35).
    """
    aside = [place for quote in off_task if (place := place_of(quote, message))]
    staged = [match.span() for match in _STAGED.finditer(message)]
    found: list[Evidence] = []
    for span in spans:
        place = place_of(span.quote, message)
        if place is None or any(start < place[1] and place[0] < end for start, end in aside):
            continue
        acted = any(start <= place[0] and place[1] <= end for start, end in staged)
        found.append(
            Evidence(
                code=span.code,
                level=1 if acted else span.level,
                quote=message[place[0] : place[1]],
                start=place[0],
                end=place[1],
                confidence=span.confidence,
            )
        )
    return tuple(found)


def unquoted(message: str, appraisal: Appraisal) -> frozenset[str]:
    """Codes whose only quotes do not stand in the message. Pure."""
    valid = {e.code for e in evidence_in(message, appraisal.codes)}
    return frozenset(span.code for span in appraisal.codes) - valid


@dataclass(eq=False)
class Purse:
    """Pays each stretch of words to at most two behaviours, and to each domain once."""

    rubric: Rubric
    paid: list[tuple[Evidence, Behaviour]] = field(default_factory=list[tuple[Evidence, Behaviour]])
    _small_talk: tuple[Evidence, ...] = ()

    def __post_init__(self) -> None:
        """Look up what every behaviour is held against."""
        self._first = {domain.id for domain in self.rubric.domains[:2]}
        self._never = frozenset(self.rubric.never_earn)

    def set_aside(self, evidence: Sequence[Evidence]) -> None:
        """Remember which words are greeting, structure or small talk."""
        self._small_talk = tuple(e for e in evidence if e.code in self.rubric.never_earn)

    def ways(self, behaviour: Behaviour, evidence: Sequence[Evidence]) -> list[Evidence]:
        """The evidence that could earn this behaviour, best first, whether or not it is still unpaid."""
        ways = [e for e in evidence if _may_earn(e, behaviour) and not self._too_light(e, behaviour)]
        if not ways:
            return ways
        return sorted(ways, key=lambda e: (-value_of(e, behaviour), e.start))

    def pay(
        self, behaviours: Sequence[Behaviour], ways: Mapping[str, Sequence[Evidence]]
    ) -> dict[str, Evidence | None]:
        """What is paid to each of the behaviours; None where nothing is left for one.

        The first behaviour earns as much as it can, then the next with what is left; of ways that earn the first the
        same, the one is taken that leaves most for the others.
        """
        best = self._best(list(behaviours), ways)
        self.paid.extend((evidence, b) for evidence, b in zip(best, behaviours, strict=True) if evidence is not None)
        return {b.id: evidence for b, evidence in zip(behaviours, best, strict=True)}

    def _best(self, left: list[Behaviour], ways: Mapping[str, Sequence[Evidence]]) -> tuple[Evidence | None, ...]:
        if not left:
            return ()
        first, rest = left[0], left[1:]
        found: list[tuple[Evidence | None, ...]] = []
        open_ways = [e for e in ways[first.id] if self._unspent(e, first)][:MOST_WAYS]
        for evidence in (*open_ways, None):
            if evidence is not None:
                self.paid.append((evidence, first))
            found.append((evidence, *self._best(rest, ways)))
            if evidence is not None:
                self.paid.pop()
        return max(found, key=lambda paid: [value_of(e, b) if e else 0 for e, b in zip(paid, left, strict=True)])

    def _unspent(self, evidence: Evidence, behaviour: Behaviour) -> bool:
        before = [(e, b) for e, b in self.paid if e.same_words(evidence)]
        if len(before) >= MOST_USES or any(b.domain == behaviour.domain for _, b in before):
            return False
        families = [family for family in self.rubric.once_per_message if evidence.code in family]
        return not any(e.code in family for family in families for e, _ in self.paid)

    def _too_light(self, evidence: Evidence, behaviour: Behaviour) -> bool:
        """Greetings and small talk earn nothing in the first domains but the behaviour that names them."""
        if behaviour.domain not in self._first or not self._never.isdisjoint(behaviour.credited_by):
            return False
        if _greets(evidence.quote):
            return True
        return any(talk.same_words(evidence) and talk.level >= evidence.level for talk in self._small_talk)


@lru_cache(maxsize=4096)
def _greets(quote: str) -> bool:
    """Whether the words are a greeting and nothing else."""
    return bool(_GREETING.fullmatch(quote))


def in_full(quote: str, message: str) -> str:
    """The whole sentences of the message that the quote stands in, for reading; the quote itself if it is not there.

    Pure.
    """
    place = place_of(quote, message)
    if place is None:
        return quote
    start = max((match.end() for match in _STOP.finditer(message, 0, place[0])), default=0)
    after = _STOP.search(message, max(place[0], place[1] - 1))
    return message[start : after.end() if after else len(message)].strip()


def value_of(evidence: Evidence, behaviour: Behaviour) -> int:
    """What the evidence can earn for this behaviour, 1..3. Pure."""
    return min(evidence.level, behaviour.credited_by.get(evidence.code, evidence.level))


def _may_earn(evidence: Evidence, behaviour: Behaviour) -> bool:
    return evidence.code in behaviour.credited_by or evidence.measures == behaviour.id
