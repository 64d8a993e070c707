"""Whether a plain answer covers what was asked, or only shares a word with it. Pure."""

from __future__ import annotations

import re
from functools import lru_cache

from simpatient.patient.clauses import Clause, stem

_GLUE = frozenset(
    "a an the this that these those my your his her hers its our their mine yours theirs i me you he she it we they them him us myself yourself "
    "himself herself themselves itself is are was were be been being am do does did doing done have has had having can could will would shall should may might must to of in on at by "
    "for with from up down out off over about into onto as and or but so then than there here just really very quite rather please well ok okay "
    "oh ah um uh er hm right now today lately nowadays days day actually maybe perhaps what who where when why how which whose whom much many any some "
    "people all both one ones sort kind type thing things stuff bit lot lots tell ask asking know knew curious wondering sorry thanks thank hello hi "
    "usually normally generally often anyway also too again still own there's that's what's it's who's he's she's how's where's you're you've you'd you'll "
    "i'm i've i'd i'll they're we're let's don't doesn't didn't isn't aren't wasn't weren't haven't hasn't hadn't get gets got getting gotten go goes going gone went come comes "
    "came coming u ur cos because yet already ever been lol haha ha first mainly mostly exactly yes no yeah while whilst time times anybody anyone "
    "something anything somebody someone everything around through back away always every each more most other another happen happens happened "
    "mind say says said call called give gave make makes made take takes took want wants talk describe explain hear interested fine good nice".split()
)
"""Words that a question can do without."""
_TURNS = re.compile(
    r"\b(?:stops? you|prevents? you|holds? you|keeps? you from|afraid|frighten\w*|scared|fear\w*|dread\w*|worst|hardest|heaviest|imagine|suppose|supposing|pretend|wish\w*|remind\w*|instead|without|meant|mean|means|inside|"
    r"imagin\w*|guess\w*|never|not|nothing|alone|differently|hidden|behind|underneath|deep|deeper|beneath|secretly|pretending|honestly feel|feels?|felt)\b"
    r"|\bif\b(?! (?:you don'?t mind|i may|that'?s (?:ok|okay|all ?right)|it'?s (?:ok|okay|all ?right)|you (?:like|want)\b))"
    r"|\bwhen (?:you|u) were (?:a |just )?(?:little|small|young|child|kid|boy|girl|lad|teenager|younger)\b|\bto say\b|\bliked to\b|\bwould\b(?! you say\b)(?=.*\b(?:say|said|think|thought|do|done|be|been|happen|happened|mean|meant|feel|felt|notice|noticed|change|take)\b)|\b(?:would it take|on your side|take me (?:there|through|back)|goes on in|going through|first (?:know|knew|notice|noticed|feel|felt|happen))"
)
"""Words that turn a question into another one: what somebody fears, would do, or never does."""
ROOM = 1
"""Telling words that may go beside an answer whatever it covers."""


@lru_cache(maxsize=8192)
def _turns(text: str) -> tuple[str, ...]:
    return tuple(found[0].split()[0] for found in _TURNS.finditer(text))


@lru_cache(maxsize=8192)
def _telling(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(stem(word) for word in words if word not in _GLUE and not word.isdigit())


def telling(word: str) -> bool:
    """Whether a word says something of itself."""
    return word not in _GLUE


def telling_words(clause: Clause) -> tuple[str, ...]:
    """The words of a question that it cannot do without, without endings."""
    return _telling(clause.words)


def beside_the_point(clause: Clause, covered: frozenset[str], *, free: frozenset[str] = frozenset()) -> bool:
    """Whether a question asks for something else than an answer gives that covers these words of it.

    Args:
        clause: the question.
        covered: its words that the answer is about, without endings.
        free: words that neither count for nor against it, such as names of what the answer is about.
    """
    if any(stem(turn) not in covered for turn in _turns(clause.text)):
        return True
    telling = [word for word in _telling(clause.words) if word not in free]
    beside = [word for word in telling if word not in covered]
    held = len(telling) - len(beside)
    return len(beside) > (held or (ROOM if free else 0))
