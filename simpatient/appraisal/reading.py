"""One learner message laid out for reading: words, utterances, the patient's side, and what holds in the situation."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import replace
from functools import cached_property, lru_cache
from typing import Literal

from simpatient.appraisal.cues import CueTable, Hit
from simpatient.appraisal.cues_further import FURTHER_CUES
from simpatient.appraisal.cues_harm import HARM_CUES
from simpatient.appraisal.cues_help import HELP_CUES
from simpatient.appraisal.cues_trust import TRUST_CUES
from simpatient.appraisal.deciding import leanings_of, told_after_all
from simpatient.appraisal.families import Family, Part, part_of
from simpatient.appraisal.lexicon import FEELING_OF, STOCK, is_content
from simpatient.appraisal.links import PatientSide
from simpatient.appraisal.offtask import closing_of
from simpatient.appraisal.promises import promises_in
from simpatient.appraisal.text import Message, remembered
from simpatient.appraisal.utterances import utterances_in
from simpatient.words import Channel, Context, Promise, Tag

HELPS = CueTable((*HELP_CUES, *TRUST_CUES, *FURTHER_CUES))
HARMS = CueTable(HARM_CUES)

_COVERS = 0.3
"""Share of an utterance that a mark has to cover to name what the whole utterance does."""
_STATED = (Family.SIMPLE, Family.COMPLEX, Family.INFORMATION)
_SAYS_SOMETHING = 8
"""Words of a patient turn that make a situation to act in."""
_OWED = frozenset({"confidentiality", "promise_kept"})
"""What a patient is owed unasked."""
_OWED_AT, _OWED_WORDS = 2, 35
FELT = (Tag.CUE, Tag.CONCERN, Tag.SELF_CRITICISM, Tag.STIGMA_FEAR, Tag.SETBACK, Tag.RISK_CUE)
_ASKED = (Tag.QUESTION_FACT, Tag.QUESTION_PRIVACY, Tag.QUESTION_PROCESS, Tag.REQUEST, Tag.CONFUSION)
_STRAINED = (Tag.COMPLAINT, Tag.ATTACK, Tag.PUSHBACK, Tag.RUPTURE)


@lru_cache(maxsize=2048)
def help_hits_in(text: str) -> tuple[Hit, ...]:
    """The marks of help in a text, remembered. Pure."""
    return tuple(HELPS.hits(remembered(text)))


@lru_cache(maxsize=2048)
def harm_hits_in(text: str) -> tuple[Hit, ...]:
    """The marks of harm in a text, remembered. Pure."""
    return tuple(HARMS.hits(remembered(text)))


@lru_cache(maxsize=2048)
def slipped(text: str) -> bool:
    """Whether a learner message carries a clear harm in its wording. Pure."""
    if any(hit.cue.level >= 2 for hit in harm_hits_in(text)):
        return True
    nobody = PatientSide(_NOBODY)
    return any(part_of(utterance, nobody).family is Family.ADVICE for utterance in utterances_in(text))


@lru_cache(maxsize=2048)
def informed(text: str) -> bool:
    """Whether a learner message tells something at length. Pure."""
    nobody = PatientSide(_NOBODY)
    parts = [part_of(utterance, nobody) for utterance in utterances_in(text)]
    return sum(len(part.utterance.words) for part in parts if part.family is Family.INFORMATION) >= 10


class Reading:
    """A message with everything the rules look at."""

    def __init__(self, text: str, context: Context, elsewhere: frozenset[str] = frozenset()) -> None:
        """Lay the message out against the patient's side.

        Args:
            text: the message.
            context: what the reader may know beside it.
            elsewhere: codes that are neither question, reflection, information nor advice; an utterance that
                shows one of them clearly is not counted as any of these.
        """
        self.message: Message = remembered(text)
        self.pasted: bool | None = None  # worked out once, where it is first asked for
        self.context = context
        self.side = PatientSide(context)
        parts = [part_of(each, self.side) for each in utterances_in(text)]
        self.leanings = leanings_of(parts, self.side, context, goes_on=_goes_on(text))
        for index, (part, leaning) in enumerate(self.leanings):
            told = told_after_all(part, leaning)
            if told is not None:
                parts[index] = replace(part, family=told)
        self._starts = [part.utterance.start for part in parts]
        self.help_hits = help_hits_in(text)
        self.harm_hits = harm_hits_in(text)
        for hit in (*self.help_hits, *self.harm_hits):
            if hit.cue.code in elsewhere and hit.cue.level >= 2:
                index = self.part_at(hit.start)
                size = parts[index].utterance.end - parts[index].utterance.start
                if parts[index].family in _STATED and not parts[index].led and hit.end - hit.start >= _COVERS * size:
                    parts[index] = replace(parts[index], family=Family.OTHER)
        self.parts: tuple[Part, ...] = tuple(parts)
        self.closing: Literal["no", "winding_down", "farewell"] = closing_of(self.message.norm)

    @cached_property
    def promises(self) -> tuple[Promise, ...]:
        """What the learner undertakes in it."""
        return promises_in(self.message.raw, self.context)

    @cached_property
    def link(self) -> float:
        """How strongly the whole message takes up what the patient said."""
        return self.side.link(self.message.words)

    @cached_property
    def telling_words(self) -> int:
        """Words of advice, and of information that nobody asked for."""
        asked = self.side.asked or self.side.has(*_ASKED)
        told = (Family.ADVICE,) if asked else (Family.ADVICE, Family.INFORMATION)
        return sum(len(part.utterance.words) for part in self.parts if part.family in told)

    @cached_property
    def owed(self) -> frozenset[int]:
        """Short utterances that say who hears what, or how a promise went, and each one after them: no lecture."""
        said = {self.part_at(h.start) for h in self.help_hits if h.cue.code in _OWED and h.cue.level >= _OWED_AT}
        both = [index for index in said | {index + 1 for index in said} if index < len(self.parts)]
        return frozenset(index for index in both if len(self.parts[index].utterance.words) <= _OWED_WORDS)

    @cached_property
    def families(self) -> frozenset[Family]:
        """Families of its utterances."""
        return frozenset(part.family for part in self.parts)

    def leans(self, index: int, family: Family) -> float:
        """How far an utterance leans to a family, 0..1; all the way to its own where there is no model."""
        if not self.leanings:
            return float(self.parts[index].family is family)
        return self.leanings[index][1].get(family, 0.0)

    def part_at(self, position: int) -> int:
        """Index of the utterance that covers a normalised character."""
        return max(0, bisect_right(self._starts, position) - 1)

    def near(self, index: int) -> float:
        """The strongest link of an utterance and its neighbours."""
        return max((part.link for part in self.parts[max(0, index - 1) : index + 2]), default=0.0)

    def holds(self, condition: str, index: int) -> bool:
        """Whether a link condition of a cue holds: `a|b` is either, `a+b` both."""
        return any(all(CONDITIONS[word](self, index) for word in option.split("+")) for option in condition.split("|"))

    def quote(self, hit: Hit) -> str:
        """The clause around a hit as typed; the whole utterance where the clause is short."""
        message = self.message
        first, last = message.word_at(hit.start), message.word_at(max(hit.start, hit.end - 1)) + 1
        left, right = self.parts[self.part_at(hit.start)], self.parts[self.part_at(max(hit.start, hit.end - 1))]
        while first > left.utterance.first and first not in message.commas:
            first -= 1
        while last < right.utterance.last and last not in message.commas:
            last += 1
        if left is right and last - first < _CLAUSE:
            return self.quote_of(left)
        if last == right.utterance.last < len(message.words) and message.words[last] in ".?!":
            last += 1
        return message.quote(message.word_span(first, last)).rstrip("\n")

    def quote_of(self, part: Part) -> str:
        """The words of an utterance as typed, its end mark included."""
        last = part.utterance.last
        words = self.message.words
        if last < len(words) and words[last] in ".?!":
            last += 1
        return self.message.quote(self.message.word_span(part.utterance.first, last)).rstrip("\n")


def _goes_on(text: str) -> bool:
    """Whether it opens with a dash, as a transcript shows a sentence that was cut into."""
    opening = text.lstrip()
    return opening[:1] in ("-", "–", "—") and opening[1:2].isalpha()


def _linked(reading: Reading, index: int) -> bool:
    if reading.near(index) >= 0.6 or reading.link >= 1.0:
        return True
    if reading.context.exchange <= 1:
        return False
    words = reading.parts[index].utterance.words if reading.parts else ()
    said = words if len(words) < _WHOLE else reading.message.words
    if all(word in STOCK or word in FEELING_OF or not is_content(word) for word in said):
        return False
    return not reading.side.hinted.isdisjoint(
        (*FELT, Tag.EFFORT, Tag.ACCOUNT, *_STRAINED)
    ) and reading.side.points_back(words)


def _slip(reading: Reading, _: int) -> bool:
    earlier = reading.context.learner_said or tuple(learner for learner, _ in reading.context.earlier)
    return bool(earlier) and slipped(earlier[-1])


def _taught(reading: Reading, _: int) -> bool:
    earlier = reading.context.learner_said or tuple(learner for learner, _ in reading.context.earlier)
    return bool(earlier) and informed(earlier[-1])


def _said_before(reading: Reading, index: int) -> bool:
    return reading.near(index) >= 0.6 or bool(reading.context.promises) or reading.context.exchange > 1


_CLAUSE = 5
"""Words from which a clause can be quoted by itself."""
_WHOLE = 8
"""Words of an utterance from which it need hold no content word itself to point back."""
_PRIVATE = frozenset("confidential confidentiality exception exceptions court danger private privacy".split())
"""Words by which privacy was gone into already."""

CONDITIONS: dict[str, Callable[[Reading, int], bool]] = {
    "free": lambda reading, index: True,
    "linked": _linked,
    "first": lambda reading, index: reading.context.exchange <= 1,
    "start": lambda reading, index: reading.context.exchange <= 3,
    "asked": lambda reading, index: reading.side.asked or reading.side.has(*_ASKED, Tag.CONCERN),
    "strain": lambda reading, index: reading.side.has(*_STRAINED),
    "own": _slip,
    "feeling": lambda reading, index: reading.side.has(*FELT, Tag.ATTACK) or bool(reading.context.turn.nonverbal),
    "shame": lambda reading, index: reading.side.has(Tag.STIGMA_FEAR, Tag.SELF_CRITICISM),
    "disclosed": lambda reading, index: reading.side.has(*FELT, Tag.ACCOUNT),
    "privacy": lambda reading, index: (
        reading.context.exchange <= 6
        or not any(_PRIVATE & remembered(text).vocabulary for text in reading.context.learner_said)
        or reading.side.has(Tag.QUESTION_PRIVACY, Tag.STIGMA_FEAR, Tag.CONCERN, *_STRAINED)
        or reading.near(index) >= 0.6
    ),
    "situation": lambda reading, index: (
        reading.context.exchange <= 1
        or reading.side.asked
        or not reading.side.hinted.isdisjoint((*_ASKED, *_STRAINED, Tag.CUE, Tag.CLOSING, Tag.SETBACK, Tag.CONCERN))
        or len(reading.side.turn.words) >= _SAYS_SOMETHING
        or reading.closing != "no"
        or _linked(reading, index)
    ),
    "situation2": lambda reading, index: reading.closing != "no" or reading.side.has(Tag.CLOSING, Tag.REQUEST),
    "informing": lambda reading, index: Family.INFORMATION in reading.families,
    "taught": _taught,
    "closing": lambda reading, index: reading.closing != "no" or reading.side.has(Tag.CLOSING),
    "unknown": lambda reading, index: any(hit.cue.facet == "unknown" for hit in reading.help_hits),
    "heard": lambda reading, index: reading.context.exchange > 1 or bool(reading.side.turn.words),
    "said": lambda reading, index: reading.context.exchange > 1 or reading.side.turn.words[:1] != (),
    "owned": lambda reading, index: any(
        hit.cue.code == "repair" and hit.cue.facet == "own" for hit in reading.help_hits
    ),
    "later": lambda reading, index: reading.context.exchange > 1,
    "kept": lambda reading, index: bool(reading.context.promises),
    "remembered": _said_before,
    "channel": lambda reading, index: reading.context.channel is not Channel.IN_PERSON,
}
"""What may hold beyond the words themselves, by the name that tables of cues use."""

from simpatient.words import PatientTurn  # noqa: E402

_NOBODY = Context(turn=PatientTurn(text=""))
