"""How far a stretch of a learner's words takes up what this patient said.

No help reaches quality 2 without such a link (or one to the situation): a phrase that fits every patient shows nothing
(clinical section 3.11 item 13).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from simpatient.appraisal.lexicon import CONCEPTS_OF, FEELING_OF, STOCK, is_content, stem
from simpatient.appraisal.tags import tag_turn
from simpatient.appraisal.text import words_of
from simpatient.words import Context, Tag

THIN = 2
"""Content words of a patient turn below which nothing can be linked to it."""
_POINTING = frozenset("it that this they them he she him her there those these him one".split())
_SAME_MATTER = 0.6
"""Most that another word for the same matter weighs; each matter counts once."""
_ASSENT = frozenset("yes yeah yep mm right well okay true maybe exactly yup suppose".split())
_ASSENT_WORDS = 4
"""Words up to which a turn that says yes only leaves the one before it in hand."""
_PERSONAL = frozenset("he she him her".split())
_SOMEONE = frozenset(
    "he she him her his told says nurse doctor therapist counsellor consultant surgeon gp woman man lady bloke boss "
    "manager wife husband partner boyfriend girlfriend mother father brother sister son daughter friend mate josh last "
    "somebody someone nobody who".split()
)
"""Words of a patient by which there is somebody to whom "she" or "he" can point."""
_EMPTY = frozenset(
    "said say saying says told tell hear know talk talking good help better worse anyone anybody".split()
)
"""Words in everybody's mouth, which take up nothing even where they belong to a matter."""
_SWAP = {"i": "you", "me": "you", "my": "your", "am": "are", "mine": "yours", "myself": "yourself", "was": "were"}


@dataclass(frozen=True, kw_only=True)
class Said:
    """What one patient turn offers to be taken up."""

    words: tuple[str, ...]
    stems: frozenset[str]
    concepts: frozenset[str]
    feelings: frozenset[str]
    swapped: tuple[str, ...]
    """The words as the learner would return them: I becomes you."""
    known: frozenset[str]
    """All words of both."""
    someone: bool
    """Whether somebody else is spoken of."""


@lru_cache(maxsize=4096)
def said_in(text: str) -> Said:
    """What a patient's text offers to be taken up. Pure."""
    words = words_of(text)
    swapped = tuple(_SWAP.get(word, word) for word in words)
    return Said(
        words=words,
        stems=frozenset(stem(word) for word in words if is_content(word)),
        concepts=frozenset(concept for word in words for concept in CONCEPTS_OF.get(word, ())),
        feelings=frozenset(FEELING_OF[word] for word in words if word in FEELING_OF),
        swapped=swapped,
        known=frozenset((*words, *swapped)),
        someone=not _SOMEONE.isdisjoint(words),
    )


class PatientSide:
    """All that a learner message may be linked to."""

    def __init__(self, context: Context) -> None:
        """Gather the turn in hand, what was said before, and the turn's tags."""
        self.turn = said_in(context.turn.text)
        texts = context.said or tuple(reply for _, reply in context.earlier)
        self.before = tuple(said_in(text) for text in texts if text != context.turn.text)
        self._told = self.turn
        if texts and len(self.turn.words) <= _ASSENT_WORDS and not _ASSENT.isdisjoint(self.turn.words):
            self._told = next((said for said in reversed(self.before) if len(said.words) > _ASSENT_WORDS), self.turn)
        found = tag_turn(context.turn.text, context.turn.nonverbal)
        known = {opportunity.tag for opportunity in context.turn.opportunities}
        self.opportunities = (
            *context.turn.opportunities,
            *(opportunity for opportunity in found if opportunity.tag not in known),
        )
        self.tags = frozenset(opportunity.tag for opportunity in self.opportunities if opportunity.strength > 1)
        self.hinted = frozenset(opportunity.tag for opportunity in self.opportunities)
        if self._told is not self.turn:
            self.hinted |= {Tag.ACCOUNT}
        self.asked = context.turn.text.rstrip(" .…\"'").endswith("?")
        self._someone = self.turn.someone or any(said.someone for said in self.before)
        self.thin = len(self.turn.stems) < THIN

    @cached_property
    def _stems_before(self) -> frozenset[str]:
        return frozenset[str]().union(*(said.stems for said in self.before))

    @cached_property
    def _concepts_before(self) -> frozenset[str]:
        return frozenset[str]().union(*(said.concepts for said in self.before))

    def has(self, *tags: Tag) -> bool:
        """Whether the turn carries one of these tags."""
        return not self.tags.isdisjoint(tags)

    def link(self, words: Sequence[str]) -> float:
        """How strongly these learner words take up what the patient said; 1 or more is a clear link. Pure.

        The same content word in the turn counts 1, in an earlier turn 0.8, another word for the same thing 0.6 (0.4
        earlier), the same family of feeling 0.8. Words are counted once each.
        """
        score, seen = 0.0, set[str]()
        for word in words:
            key = stem(word)
            if key in seen:
                continue
            seen.add(key)
            weight = self._weight(word, key)
            if 0.0 < weight <= _SAME_MATTER:
                matter = CONCEPTS_OF[word][0]
                if matter in seen:
                    continue
                seen.add(matter)
            score += weight
        return score

    def _weight(self, word: str, key: str) -> float:
        if is_content(word):
            if key in self.turn.stems:
                return 1.0
            if key in self._stems_before:
                return 0.8
        feeling = FEELING_OF.get(word)
        if feeling is not None and feeling in self.turn.feelings:
            return 0.8
        concepts = CONCEPTS_OF.get(word)
        if concepts and word not in STOCK and word not in _EMPTY:
            if not self.turn.concepts.isdisjoint(concepts):
                return 0.6
            if not self._concepts_before.isdisjoint(concepts):
                return 0.4
        return 0.0

    def new_feeling(self, words: Iterable[str]) -> str | None:
        """The first feeling word whose family the patient's turn does not name; None without one."""
        for word in words:
            feeling = FEELING_OF.get(word)
            if feeling is not None and feeling not in self.turn.feelings and stem(word) not in self.turn.stems:
                return word
        return None

    def points_back(self, words: Iterable[str]) -> bool:
        """Whether a pronoun refers back to an account of the patient's."""
        if len(self._told.words) < 5:
            return False
        return any(word in _POINTING and (word not in _PERSONAL or self._someone) for word in words)


def copies(words: Sequence[str], said: Said, share: float) -> bool:
    """Whether at least this share of the words stands in a patient turn at all, in any order. Pure."""
    return sum(word in said.known for word in words) >= share * len(words)


def echo(words: Sequence[str], said: Said) -> tuple[int, int, bool]:
    """First word and length of the longest run copied from the patient, and whether I became you in it. Pure."""
    best = (0, 0, False)
    for source, swapped in ((said.words, False), (said.swapped, True)):
        start, length = longest_run(words, source)
        if length > best[1]:
            best = (start, length, swapped)
    return best


@lru_cache(maxsize=2048)
def _places(source: tuple[str, ...]) -> dict[str, tuple[int, ...]]:
    """Where each word of a source stands; the same patient turns are asked about again and again."""
    places: dict[str, tuple[int, ...]] = {}
    for index, word in enumerate(source):
        places[word] = (*places.get(word, ()), index)
    return places


def longest_run(words: Sequence[str], source: Sequence[str]) -> tuple[int, int]:
    """Start in `words` and length of the longest run of words that stands in `source` too. Pure."""
    places = _places(tuple(source))
    if places.keys().isdisjoint(words):
        return 0, 0
    best_start, best = 0, 0
    runs: dict[int, int] = {}
    for index, word in enumerate(words):
        following: dict[int, int] = {}
        for place in places.get(word, ()):
            length = runs.get(place - 1, 0) + 1
            following[place] = length
            if length > best:
                best, best_start = length, index - length + 1
        runs = following
    return best_start, best
