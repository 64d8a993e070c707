"""The embedded voice: authored lines, chosen by what the patient is about to do. Seeded, never random."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TypeVar

from simpatient.patient.disclosure import QUESTIONS
from simpatient.patient.hearing import Heard
from simpatient.patient.memory import Memory
from simpatient.persona import Line, Patient
from simpatient.words import EMBEDDED_VOICE, Channel, Intent, Move, NextAppointment, PatientTurn, Stance, Tag, VoiceUse

T = TypeVar("T")
LONG = 5
"""Words from which a sentence is said once in a meeting."""
NO_REPEAT = 8
"""Replies within which neither a sentence nor its twin comes again."""
GESTURE_REST = 5
"""Gestures back within which none is shown again."""
OPENER_REST = 4
"""Replies for which a stock opening rests."""
NOTICED = 2
"""Level from which the behaviour that weighed most may be answered."""
STRONG = 3
"""Level from which the behaviour that weighed most is always answered."""
TWIN = 0.7
"""Share of common words from which two sentences count as twins."""
ANY_RUNG = frozenset({"rupture", "shut", "warn", "leave", "close"})
"""Moves whose lines fit every rung unless they say otherwise."""
SPEAKING = (Stance.GUARDED, Stance.TESTING, Stance.WARMING, Stance.OPEN, Stance.COLLABORATING)
FALLBACK: dict[Move, tuple[Move, ...]] = {
    Move.GREET: (Move.REACT,),
    Move.FOLLOW: (Move.ANSWER, Move.UNSURE, Move.REACT),
    Move.ANSWER: (Move.UNSURE, Move.REACT),
    Move.DENY: (Move.UNSURE, Move.REACT),
    Move.UNSURE: (Move.DENY, Move.REACT),
    Move.ELABORATE: (Move.ANSWER, Move.REACT, Move.UNSURE),
    Move.DEFLECT: (Move.UNSURE, Move.REACT),
    Move.ASK: (Move.ELABORATE, Move.REACT),
    Move.COMPLAIN: (Move.ASK, Move.REACT),
    Move.PUZZLED: (Move.UNSURE,),
    Move.RUPTURE: (Move.SHUT,),
    Move.SHUT: (Move.DEFLECT,),
    Move.WARN: (Move.SHUT,),
    Move.REACT: (Move.ELABORATE,),
}
UNREMARKED = QUESTIONS | {"reflect_simple", "active_listening", "warmth", "information", "backchannel", "thanks"}
"""Behaviours that go into the answer itself; a word about each of them would be a tic."""
GOES_ON = frozenset({Move.TELL, Move.LIFE, Move.ELABORATE, Move.REACT, Move.FOLLOW})
"""Moves after which an easier patient says more of their own accord."""
ALONE = frozenset({Move.RUPTURE, Move.SHUT, Move.WARN, Move.LEAVE, Move.CLOSE, Move.PUZZLED, Move.GREET, Move.REACT})
"""Moves that come without a reaction before them."""
SHOWN = frozenset({Move.RUPTURE, Move.LEAVE, Move.CLOSE})
"""Moves whose authored gesture is always shown."""
_SENTENCE = re.compile(r"[^.!?…\n]+(?:\.\.\.|[.!?…]+[\"'”’)]*|\n|$)\s*")
_WORDS = re.compile(r"[a-z']+")


@dataclass(frozen=True, kw_only=True)
class Spoken:
    """A reply with what it plants."""

    turn: PatientTurn
    plants: tuple[Tag, ...] = ()
    more: tuple[str, ...] = ()
    """What there is to say about it, when asked."""
    use: VoiceUse = EMBEDDED_VOICE
    told: bool = True
    """Whether the reply carries the fact that it was to tell."""
    notice: str = ""
    """One line to the learner when a chat model failed and this voice took over."""


def pick(items: Sequence[T], *key: object) -> T:
    """One of `items`, the same for the same key on every machine.

    Raises:
        ValueError: there is nothing to pick from.
    """
    if not items:
        raise ValueError("nothing to pick from")
    digest = hashlib.blake2b("\x1f".join(map(str, key)).encode("utf-8", "replace"), digest_size=8).digest()
    return items[int.from_bytes(digest, "big") % len(items)]


@lru_cache(maxsize=8192)
def sentences(text: str) -> tuple[str, ...]:
    """`text` cut after each sentence; joined with a space they give it back."""
    return tuple(part.strip() for part in _SENTENCE.findall(text) if part.strip())


@dataclass(frozen=True, kw_only=True)
class _Part:
    """One part of a reply before it is joined."""

    say: str
    nonverbal: str = ""
    plants: tuple[Tag, ...] = ()
    more: tuple[str, ...] = ()


class AuthoredVoice:
    """Speaks one patient's authored lines."""

    def __init__(self, patient: Patient) -> None:
        """Sort the lines by what they do."""
        self.patient = patient
        self.persona = patient.persona
        self._lines: dict[tuple[Move, Stance], list[Line]] = {}
        for line in patient.lines.lines:
            for rung in _rungs(line):
                self._lines.setdefault((Move(line.move), rung), []).append(line)

    def opening(self, seed: int) -> PatientTurn:
        """The first words of the meeting."""
        story, channel = self.persona.story, self.persona.card.channel
        said = story.opening_by_channel.get(channel, story.opening)
        seen = channel in (Channel.IN_PERSON, Channel.VIDEO)
        return PatientTurn(text=pick(said, seed, "opening"), nonverbal=story.opening_nonverbal if seen else "")

    def speak(self, intent: Intent, heard: Heard, memory: Memory, seed: int, exchange: int) -> Spoken:
        """The reply in the patient's own words."""
        key = (seed, exchange)
        main = self._content(intent, heard, memory, key)
        parts, nonverbal, more = [main.say], main.nonverbal, main.more
        reaction = None if intent.move in ALONE else self._reaction(intent, heard, memory, main.say, key)
        if reaction is not None and self._fits(intent, reaction, main.say):
            parts, nonverbal = [self._filled(reaction, heard, memory), main.say], reaction.nonverbal or nonverbal
            more = more or reaction.more
        for going_on in self._goes_on(intent, heard, memory, " ".join(parts), key):
            parts, more = [*parts, going_on.say], going_on.more or more
        text = self._typed(" ".join(parts), key) if self.persona.card.channel is Channel.TEXT else " ".join(parts)
        turn = PatientTurn(text=text, nonverbal=self._gesture(intent, nonverbal, memory, key))
        return Spoken(turn=turn, plants=main.plants, more=more)

    def _goes_on(self, intent: Intent, heard: Heard, memory: Memory, said: str, key: tuple[int, int]) -> Iterator[Line]:
        """What an easier patient adds on the same topic until the reply has the length of its rung."""
        if intent.stance < Stance.WARMING or intent.topic is None or intent.move not in GOES_ON:
            return
        if intent.move is Move.REACT and intent.topic not in heard.topics:
            return
        told = memory.with_telling(intent.tells)
        plain = Heard(text="", topics=heard.topics)
        for _ in range(2):
            if len(said.split()) >= intent.length[0]:
                return
            line = self._line(intent, Move.ELABORATE, plain, told, (*key, len(said)), besides=said)
            if line is None or line.move != "elaborate" or line.topic != intent.topic or "{" in line.say:
                return
            yield line
            said = f"{said} {line.say}"

    def _typed(self, text: str, key: tuple[int, int]) -> str:
        """The words as this person types them."""
        habits = self.persona.voice.typed_as
        parts = [part[0].lower() + part[1:] if habits.lower_case else part for part in sentences(text)]
        if habits.drops_apostrophes and pick((True, False), *key, "apostrophes"):
            parts = [part.replace("'", "") for part in parts]
        return ("\n" if habits.bursts else " ").join(parts)

    def _content(self, intent: Intent, heard: Heard, memory: Memory, key: tuple[int, int]) -> _Part:
        """The main part of the reply."""
        if intent.move is Move.TELL and intent.tells is not None:
            fact, rendering = self.persona.fact(intent.tells.fact), intent.tells.rendering.word
            said = self._fresh(getattr(fact, rendering), memory, *key, "tell")
            more = next((then for word, then in fact.more.items() if word == rendering), ())
            return _Part(say=said, plants=intent.plants, more=more)
        if intent.move is Move.LIFE and intent.life is not None:
            return self._life(intent, memory, key)
        if intent.move is Move.FOLLOW:
            unsaid = [text for text in memory.more if not self._worn(text, memory, "")]
            if unsaid:
                return _Part(say=unsaid[0], more=tuple(unsaid[1:]))
        line = self._line(intent, intent.move, heard, memory, key)
        if line is None:
            samples = self.persona.voice.samples_at(intent.stance) or ("...",)
            return _Part(say=self._fresh(samples, memory, *key, "sample"))
        planted = Move(line.move) in (Move.ASK, Move.COMPLAIN, Move.RUPTURE, Move.WARN, Move.CLOSE)
        tags = tuple(dict.fromkeys((*line.tags, *(intent.plants if planted else ()))))
        return _Part(say=self._filled(line, heard, memory), nonverbal=line.nonverbal, plants=tags, more=line.more)

    def _life(self, intent: Intent, memory: Memory, key: tuple[int, int]) -> _Part:
        """The plain answer to a plain question, as this rung gives it."""
        if intent.life == "risk":
            return _Part(say=self._fresh(self.persona.safety.risk_answer, memory, *key, "risk"))
        small = next(fact for fact in self.persona.life if fact.id == intent.life)
        if small.needs is not None and small.needs not in memory.known:
            line = self._line(intent, Move.DEFLECT, Heard(text=""), memory, key)
            return _Part(say=line.say if line else pick(small.curt, *key, "life"))
        said = small.easy if intent.stance >= Stance.WARMING else small.curt
        if all(self._worn(text, memory, "") for text in said):
            once_more = replace(intent, reacts_to=None, topic=None, plants=())
            again = self._line(once_more, Move.ANSWER, Heard(text="", asked=("again", "challenge")), memory, key)
            if again is not None:
                return _Part(say=again.say, more=small.more)
        return _Part(say=self._fresh(said, memory, *key, "life"), more=small.more)

    def _line(
        self, intent: Intent, move: Move, heard: Heard, memory: Memory, key: tuple[int, ...], *, besides: str = ""
    ) -> Line | None:
        """The line that fits best, among equals by seed; None when no line of the move may be spoken."""
        for wanted in (move, *FALLBACK.get(move, ())):
            ranked: dict[int, list[Line]] = {}
            for line in self._lines.get((wanted, intent.stance), ()):
                score = self._score(line, intent, heard, memory)
                if score is not None:
                    ranked.setdefault(score, []).append(line)
            for score in sorted(ranked, reverse=True):
                fresh = [line for line in ranked[score] if not self._worn(line.say, memory, besides)]
                if fresh:
                    return pick(fresh, *key, wanted.value)
        return None

    def _score(self, line: Line, intent: Intent, heard: Heard, memory: Memory) -> int | None:
        """How closely a line fits, or None when it may not be spoken."""
        if line.needs is not None and line.needs not in memory.known:
            return None
        if line.channel and self.persona.card.channel not in line.channel:
            return None
        if ("{learner}" in line.say and not memory.learner_name) or ("{word}" in line.say and not heard.word):
            return None
        if line.outcome is not None and line.outcome != _outcome(intent):
            return None
        score = 3 if line.channel and len(line.channel) == 1 else 0
        kinds = ("follow", *heard.asked) if heard.follows else heard.asked or (("what",) if heard.question else ())
        noticed = (intent.reacts_to,) if intent.reacts_level >= NOTICED or intent.move is not Move.REACT else ()
        for wanted, given in ((line.topic, (intent.topic,)), (line.to, noticed), (line.asked, kinds)):
            if not wanted:
                continue
            met = [
                place
                for place, word in enumerate(given)
                if word in (wanted if isinstance(wanted, tuple) else (wanted,))
            ]
            if not met:
                return None
            score += 3 * (8 - min(4, met[0]))
        if intent.move is Move.ANSWER and line.move == "answer" and not line.asked:
            return None
        if line.tags and set(line.tags) & set(intent.plants):
            score += 24
        elif intent.plants and line.move in ("ask", "complain"):
            return None
        return score + (2 if line.stance and len(line.stance) == 1 else 0) + (1 if line.outcome else 0)

    def _reaction(
        self, intent: Intent, heard: Heard, memory: Memory, content: str, key: tuple[int, int]
    ) -> Line | None:
        """A few words about how it was said, where it was said well or badly enough to be noticed."""
        if intent.reacts_to is None or intent.reacts_to in UNREMARKED or intent.reacts_level < NOTICED:
            return None
        if intent.move is Move.FOLLOW or (
            intent.reacts_level < STRONG and not pick((True, True, False), *key, "reacts")
        ):
            return None
        line = self._line(intent, Move.REACT, heard, memory, key, besides=content)
        return line if line is not None and line.move == "react" and line.to else None

    def _fits(self, intent: Intent, reaction: Line, content: str) -> bool:
        """Whether reaction and content together stay near the length of this rung."""
        return len(f"{reaction.say} {content}".split()) <= intent.length[1] + 6

    def _filled(self, line: Line, heard: Heard, memory: Memory) -> str:
        return line.say.replace("{learner}", memory.learner_name).replace("{word}", heard.word)

    def _fresh(self, said: Sequence[str], memory: Memory, *key: object) -> str:
        """One of several wordings, unworn ones first."""
        unworn = [text for text in said if not self._worn(text, memory, "")]
        return pick(unworn or list(said), *key)

    def _worn(self, text: str, memory: Memory, besides: str) -> bool:
        """Whether a long sentence of `text` was ever heard, or a sentence, its twin or its opening too lately."""
        own = sentences(text)
        if any(len(new.split()) >= LONG and new in reply for new in own for reply in (*memory.earlier, *memory.spoken)):
            return True
        recent = [old for reply in memory.spoken[-NO_REPEAT:] for old in reply] + list(sentences(besides))
        if any(_twins(new, old) for new in own for old in recent):
            return True
        openers = {_opener(reply[0]) for reply in memory.spoken[-OPENER_REST:] if reply}
        return bool(own) and len(own[0].split()) > 2 and _opener(own[0]) in openers

    def _gesture(self, intent: Intent, given: str, memory: Memory, key: tuple[int, int]) -> str:
        """The nonverbal cue, at most about one in two replies, none that was shown lately."""
        lately = memory.gestures[-GESTURE_REST:]
        channel = self.persona.card.channel
        own = self.persona.voice.nonverbal_at(intent.stance, channel)
        fresh = [gesture for gesture in own if gesture not in lately]
        seen = channel in (Channel.IN_PERSON, Channel.VIDEO)
        if seen and given and given not in lately and (intent.nonverbal or intent.move in SHOWN):
            return given
        return pick(fresh, *key, "gesture") if fresh and intent.nonverbal and pick((True, False), *key, "moves") else ""


def _rungs(line: Line) -> tuple[Stance, ...]:
    """The rungs a line fits: those written, else all of its move."""
    if line.stance:
        return tuple(Stance.of(word) for word in line.stance)
    return tuple(Stance) if line.move in ANY_RUNG else SPEAKING


def _outcome(intent: Intent) -> str | None:
    return intent.next_appointment.value if isinstance(intent.next_appointment, NextAppointment) else None


@lru_cache(maxsize=8192)
def _opener(sentence: str) -> tuple[str, ...]:
    return tuple(_WORDS.findall(sentence.lower())[:2])


@lru_cache(maxsize=8192)
def _vocabulary(sentence: str) -> frozenset[str]:
    return frozenset(_WORDS.findall(sentence.lower()))


def _twins(one: str, other: str) -> bool:
    first, second = _vocabulary(one), _vocabulary(other)
    if first and second and min(len(first), len(second)) < TWIN * max(len(first), len(second)):
        return False
    if not first or not second:
        return one == other
    return len(first & second) / len(first | second) >= TWIN
