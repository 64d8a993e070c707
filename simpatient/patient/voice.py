"""The embedded voice: authored lines, chosen by what the patient is about to do. Seeded, never random."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeVar

from simpatient.patient.aspects import ANSWERED_BY, finer, suits
from simpatient.patient.clauses import WORD, stem
from simpatient.patient.coverage import telling_words
from simpatient.patient.disclosure import QUESTIONS
from simpatient.patient.hearing import ASKS_YES_NO, DEEPER, SHORT, Heard
from simpatient.patient.index import Small, index_of
from simpatient.patient.intent import LIGHT, SIMPLE
from simpatient.patient.meant import answered_as, asked_after, continuation, in_hand, named_by
from simpatient.patient.memory import Memory
from simpatient.patient.sentences import LONG, has_twin, opener, sentences, vocabularies, vocabulary
from simpatient.patient.shelf import shelf_of
from simpatient.persona import Line, Patient
from simpatient.persona.aspects import Aspect
from simpatient.words import (
    EMBEDDED_VOICE,
    Channel,
    Intent,
    Move,
    NextAppointment,
    PatientTurn,
    Rendering,
    Stance,
    Tag,
    VoiceUse,
)

T = TypeVar("T")
NO_REPEAT = 8
"""Replies within which neither a sentence nor its twin comes again."""
GESTURE_REST = 5
"""Gestures back within which none is shown again."""
OPENER_REST = 4
"""Replies for which a stock opening rests."""
NOTICED = 2
"""Level from which the behaviour that weighed most may be answered."""
BRIEF_REACTION = 7
"""Words up to which a reaction may stand before the answer to a question."""
STRONG = 3
"""Level from which the behaviour that weighed most is always answered."""
ANSWERED_ANYWAY = frozenset(
    {"advice_unasked", "lecturing", "parroting", "cue_ignored", "answering_past", "interrogation"}
)
"""Harms that are let go by when a plain question came with them."""
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
UNREMARKED = QUESTIONS | {
    "timely_response",
    "reflect_simple",
    "active_listening",
    "warmth",
    "information",
    "backchannel",
    "thanks",
}
"""Behaviours that go into the answer itself; a word about each of them would be a tic."""
GOES_ON_WITH: tuple[Aspect, ...] = ("feels", "like", "did", "get_on", "said")
"""What an easier patient tells beside the answer, about the same person or thing."""
LEAST, BRIEF, SPARING, MIDDLING = 4, 9, 13, 22
"""Words from which a plain answer is one, and up to which a plain answer is short, says no more than it has to, and is more than short."""
TAIL_ROOM = 8
"""Words above the least of a rung from which a reply needs nothing more."""
TAKEN_UP, MOST_TAKEN_UP = 4, 2
"""Weight of a word of the learner's in a line, and how many of them count."""
CHOOSES = 6
"""What a line gains that names one of the two it is asked to choose between."""
GOES_ON = frozenset({Move.TELL, Move.LIFE, Move.ELABORATE, Move.REACT, Move.FOLLOW})
"""Moves after which an easier patient says more of their own accord."""
ALONE = frozenset({Move.RUPTURE, Move.SHUT, Move.WARN, Move.LEAVE, Move.CLOSE, Move.PUZZLED, Move.GREET, Move.REACT})
"""Moves that come without a reaction before them."""
CHANGES_SUBJECT = frozenset({Move.ASK, Move.COMPLAIN})
"""Moves by which the patient brings up something of their own."""
SHOWN = frozenset({Move.RUPTURE, Move.LEAVE, Move.CLOSE})
"""Moves whose authored gesture is always shown."""
TAILED = frozenset({Move.LIFE, Move.ELABORATE, Move.FOLLOW, Move.TELL, Move.ANSWER})
"""Moves after which a few words may show how the patient stands to the learner."""
_GO_ON = frozenset({"and_then", "go_on", "nod", "invite"})
"""Kinds that only ask for more."""
_SAYS_SO = re.compile(
    r"\W*(?:yes|yeah|no|nope|not|never|none|neither|both|i do|i have|i don't|i'm not|it's not)\b", re.IGNORECASE
)
"""Words that say yes or no by themselves."""
UNTAILED = frozenset({
    "bye", "permission", "plan", "offer", "seat", "confirm", "agenda", "feedback", "questions", "apology", "thanks", "greeting", "challenge", "insult",
    "sexual", "riddle", "come_back", "how_are_you", "understand", "disbelief", "wait", "comfortable", "late", "nervous", "name", "again",
})  # fmt: skip
"""Kinds whose answers are complete."""


@dataclass(frozen=True, kw_only=True)
class Spoken:
    """A reply with what it plants."""

    turn: PatientTurn
    plants: tuple[Tag, ...] = ()
    more: tuple[str, ...] = ()
    """What there is to say about it, when asked."""
    about: tuple[str, ...] = ()
    """People and things it spoke of, the one that was asked about first."""
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
        self.index = index_of(patient.persona)
        self.shelf = shelf_of(patient.lines)
        self._weighty = frozenset(fact.topic for fact in patient.persona.facts)

    def opening(self, seed: int) -> PatientTurn:
        """The first words of the meeting."""
        story, channel = self.persona.story, self.persona.card.channel
        said = story.opening_by_channel.get(channel, story.opening)
        seen = channel in (Channel.IN_PERSON, Channel.VIDEO)
        return PatientTurn(text=pick(said, seed, "opening"), nonverbal=story.opening_nonverbal if seen else "")

    def speak(self, intent: Intent, heard: Heard, memory: Memory, seed: int, exchange: int) -> Spoken:
        """The reply in the patient's own words."""
        key = (seed, exchange)
        main = self._main(intent, heard, memory, key)
        parts, nonverbal, more = [main.say], main.nonverbal, main.more
        reaction = None if intent.move in ALONE else self._reaction(intent, heard, memory, main.say, key)
        way = self._way(intent, heard, memory)
        if way is not None and (words := self._line(intent, way, heard, memory, key, besides=main.say)) is not None:
            parts = [words.say, main.say]
        if reaction is not None and way != "bridge" and self._fits(intent, reaction, " ".join(parts)):
            parts, nonverbal = [self._filled(reaction, heard, memory), *parts], reaction.nonverbal or nonverbal
            more = more or reaction.more
        for going_on in self._goes_on(intent, heard, memory, " ".join(parts), main.more, key):
            parts, more = [*parts, going_on.say], going_on.more or more
        tail = self._tail(intent, heard, memory, " ".join(parts), key)
        parts = [*parts, tail.say] if tail else parts
        text = self._typed(" ".join(parts), key) if self.persona.card.channel is Channel.TEXT else " ".join(parts)
        turn = PatientTurn(text=text, nonverbal=self._gesture(intent, nonverbal, memory, key))
        return Spoken(turn=turn, plants=main.plants, more=more, about=self._about(intent, memory, text))

    def _way(self, intent: Intent, heard: Heard, memory: Memory) -> Literal["bridge", "lead"] | None:
        """What has to stand before words that nobody asked for: before a matter of their own, or before something told."""
        if intent.move in CHANGES_SUBJECT and not heard.question:
            return "bridge"
        told = intent.tells is not None and intent.tells.rendering is not Rendering.HINT
        beside = told and intent.topic not in (*heard.topics, memory.topic) and bool(memory.topic)
        return "lead" if beside and not (heard.free and heard.question) else None

    def _about(self, intent: Intent, memory: Memory, text: str) -> tuple[str, ...]:
        """Whom and what a reply speaks of, what was asked about first, then the last named."""
        asked = [self.index.smalls[one].thing for one in (intent.life_too, intent.life) if one in self.index.smalls]
        if intent.move is Move.FOLLOW and memory.about:
            asked = list(memory.about[0][:1])
        named = self.index.things_in(tuple(WORD.findall(text.lower())))
        return tuple(dict.fromkeys(thing for thing in (*asked, *reversed(named)) if thing))

    def _tail(self, intent: Intent, heard: Heard, memory: Memory, said: str, key: tuple[int, int]) -> Line | None:
        """A few words after an answer by which one hears how the patient stands to the learner, where there is room."""
        words, kind = len(said.split()), self._tailed(intent, key)
        if kind is None or heard.risk or "?" in said or not UNTAILED.isdisjoint(heard.asked[:2]):
            return None
        weighs = intent.move in (Move.TELL, Move.FOLLOW)
        if words >= intent.length[0] + TAIL_ROOM and not weighs:
            return None
        lines = [
            line
            for line in self.shelf.fitting(kind, intent.stance, (), (), intent.topic)
            if not self._worn(line.say, memory, said) and (not line.channel or self.persona.card.channel in line.channel)
            and (line.needs is None or line.needs in memory.known)
        ]  # fmt: skip
        most = intent.length[1] + (3 * TAIL_ROOM if weighs else 0)
        asked = any(reply[-1].endswith("?") for reply in memory.spoken[-1:] if reply)
        fitting = [
            line for line in lines if words + len(line.say.split()) <= most and not (asked and line.say.endswith("?"))
        ]
        return pick(fitting, *key, "tail line") if fitting else None

    def _tailed(self, intent: Intent, key: tuple[int, int]) -> Literal["tail", "hold"] | None:
        """Which few words a reply may end with, if any.

        A guarded patient ends half of what is plain with a shutting word; one who tests checks how it landed; an easier one
        adds to what weighs and to what they could not put more exactly, and is a little surprised at what they have told.
        """
        if intent.move not in TAILED or (
            intent.move is Move.ANSWER and not pick((True, False), *key, "tails an answer")
        ):
            return None
        if intent.stance is Stance.TESTING:
            return "tail"
        if intent.move in (Move.TELL, Move.ANSWER):
            if intent.stance is not Stance.WARMING:
                return None
            return "hold" if intent.move is Move.TELL else "tail"
        if intent.stance >= Stance.WARMING and intent.topic not in self._weighty:
            return None
        often = {Stance.GUARDED: (True, False), Stance.WARMING: (True, True, False)}.get(intent.stance, (True,))
        return "tail" if pick(often, *key, "tail") else None

    def _goes_on(
        self, intent: Intent, heard: Heard, memory: Memory, said: str, more: Sequence[str], key: tuple[int, int]
    ) -> Iterator[_Part]:
        """What an easier patient adds to the same until the reply has the length of its rung."""
        if intent.stance < Stance.WARMING or intent.move not in GOES_ON:
            return
        rest = self._rest_of(intent, memory, said) if intent.move is Move.LIFE else self._more_of(more, memory)
        for _ in range(2):
            if len(said.split()) >= intent.length[0]:
                return
            going_on = next(rest, None)
            if going_on is None and intent.move is Move.ELABORATE:
                going_on = self._elaborated(intent, heard, memory, said, key)
            if going_on is None:
                return
            yield going_on
            said = f"{said} {going_on.say}"

    def _more_of(self, more: Sequence[str], memory: Memory) -> Iterator[_Part]:
        """What there is to say next about what is being said."""
        for place, text in enumerate(more):
            if not self._worn(text, memory, ""):
                yield _Part(say=text, more=tuple(more[place + 1 :]))

    def _elaborated(
        self, intent: Intent, heard: Heard, memory: Memory, said: str, key: tuple[int, int]
    ) -> _Part | None:
        """Something else about the topic."""
        plain = Heard(text="", topics=heard.topics)
        line = self._line(intent, Move.ELABORATE, plain, memory, (*key, len(said)), besides=said)
        fits = line is not None and line.move == "elaborate" and line.topic == intent.topic and "{" not in line.say
        return _Part(say=line.say, more=line.more) if line is not None and fits else None

    def _rest_of(self, intent: Intent, memory: Memory, said: str) -> Iterator[_Part]:
        """What else there is to say about the one who was asked about, what is felt about them first."""
        small = self.index.smalls.get(intent.life_too or intent.life or "")
        if small is None or small.follows:
            return
        thing = self.index.things.get(small.thing)
        tells = thing.tells if thing is not None and small.id.startswith(f"{small.thing}.") else {}
        texts = [
            tells[aspect][-1] for aspect in GOES_ON_WITH if aspect in tells and f"{small.thing}.{aspect}" != small.id
        ]
        for text in (*texts, *self._beyond(small, said)):
            if not self._worn(text, memory, said) and text not in said:
                yield _Part(say=text)

    def _typed(self, text: str, key: tuple[int, int]) -> str:
        """The words as this person types them."""
        habits = self.persona.voice.typed_as
        parts = [part[0].lower() + part[1:] if habits.lower_case else part for part in sentences(text)]
        if habits.drops_full_stops:
            parts = [re.sub(r"(?<![.!?…])\.$", "", part) for part in parts]
        if habits.drops_apostrophes and pick((True, False), *key, "apostrophes"):
            parts = [part.replace("'", "") for part in parts]
        return ("\n" if habits.bursts else " ").join(parts)

    def _main(self, intent: Intent, heard: Heard, memory: Memory, key: tuple[int, int]) -> _Part:
        """The main part of the reply."""
        if intent.move is Move.TELL and intent.tells is not None:
            fact, rendering = self.persona.fact(intent.tells.fact), intent.tells.rendering.word
            said = self._fresh(getattr(fact, rendering), memory, *key, "tell")
            more = next((then for word, then in fact.more.items() if word == rendering), ())
            return _Part(say=said, plants=intent.plants, more=more)
        if intent.move is Move.LIFE and intent.life is not None:
            return self._life(intent, heard, memory, key)
        if intent.move is Move.FOLLOW:
            deeper = self._deeper(intent, heard, memory, key)
            if deeper is not None:
                return deeper
            unsaid = [text for text in in_hand(memory) if not self._worn(text, memory, "")]
            text = continuation(unsaid, heard)
            if text is not None and not heard.follows and not self._takes_up(text, heard):
                text = None
            if text is not None:
                return _Part(say=text, more=tuple(other for other in unsaid if other != text))
        gone_on = self._gone_on(heard, memory) if intent.move in (Move.FOLLOW, Move.ANSWER) else None
        if gone_on is not None:
            return gone_on
        line = self._line(intent, intent.move, heard, memory, key)
        if line is None:
            samples = self.persona.voice.samples_at(intent.stance) or ("...",)
            return _Part(say=self._fresh(samples, memory, *key, "sample"))
        planted = Move(line.move) in (Move.ASK, Move.COMPLAIN, Move.RUPTURE, Move.WARN, Move.CLOSE)
        tags = tuple(dict.fromkeys((*line.tags, *(intent.plants if planted else ()))))
        return _Part(say=self._filled(line, heard, memory), nonverbal=line.nonverbal, plants=tags, more=line.more)

    def _deeper(self, intent: Intent, heard: Heard, memory: Memory, key: tuple[int, int]) -> _Part | None:
        """What is authored for just such a question about just this topic."""
        last = heard.questions[-1] if heard.questions else None
        of_it = last is None or intent.topic in heard.asked_topics or len(telling_words(last.clause)) <= SIMPLE
        if DEEPER.isdisjoint(heard.asked) or not of_it:
            return None
        line = self._line(replace(intent, move=Move.ANSWER), Move.ANSWER, heard, memory, key)
        if line is None or not line.asked or line.topic is None:
            return None
        return _Part(
            say=self._filled(line, heard, memory), nonverbal=line.nonverbal, plants=line.tags, more=memory.more
        )

    def _gone_on(self, heard: Heard, memory: Memory) -> _Part | None:
        """What else there is to say of what the last reply was about, when the message goes on from it."""
        if not heard.follows or "echo" in heard.asked or not memory.spoken:
            return None
        small = self.index.smalls.get(memory.last_life)
        spoken_of = self.index.things_in(tuple(WORD.findall(" ".join(memory.spoken[-1]).lower())))
        thing = self.index.things.get(small.thing if small is not None and small.thing else next(iter(spoken_of), ""))
        tells = thing.tells if thing is not None and (thing.needs is None or thing.needs in memory.known) else {}
        typed = finer(heard.asked, heard.text.lower())
        if typed:
            own = [tells[aspect][-1] for aspect in ANSWERED_BY.get(typed, ()) if aspect in tells]
            said = () if small is None or typed == "why" else (*small.curt, *small.easy)
            texts = [text for text in (*own, *said) if suits(typed, text)]
        elif _GO_ON.isdisjoint(heard.asked) and small is None:
            return None
        else:
            texts = [tells[aspect][-1] for aspect in GOES_ON_WITH if aspect in tells]
        asks = named_by(heard.questions[-1] if heard.questions else None)
        texts = [text for text in texts if asks <= set(map(stem, vocabulary(text)))]
        text = next((text for text in texts if not self._worn(text, memory, "")), None)
        return _Part(say=text) if text is not None else None

    def _head(self, intent: Intent, heard: Heard, memory: Memory, said: str, key: tuple[int, int]) -> str:
        """A yes or no before a plain fact that the learner had right or wrong."""
        claim = heard.claim
        if claim is None or claim.life != intent.life or intent.life_too is not None or _SAYS_SO.match(said):
            return ""
        kind = "agrees" if claim.right else "corrects"
        plain = replace(intent, reacts_to=None, topic=None, plants=())
        line = self._line(plain, Move.ANSWER, Heard(text="", asked=(kind,)), memory, key, besides=said)
        fits = line is not None and line.asked == (kind,) and len(line.say.split()) <= BRIEF_REACTION
        return f"{line.say} " if line is not None and fits else ""

    def _takes_up(self, text: str, heard: Heard) -> bool:
        """Whether words may go on from a message that does not ask back: a remark, or one with whose words they share."""
        return not heard.question or not heard.content.isdisjoint(vocabulary(text))

    def _life(self, intent: Intent, heard: Heard, memory: Memory, key: tuple[int, int]) -> _Part:
        """The plain answer to a plain question, or to two, as this rung gives it."""
        if intent.life == "risk":
            return _Part(say=self._fresh(self.persona.safety.risk_answer, memory, *key, "risk"))
        parts = [
            self._answer_to(self.index.smalls[one], intent, heard, memory, key)
            for one in (intent.life, intent.life_too)
            if one is not None
        ]
        first, last = parts[0], parts[-1]
        if head := self._head(intent, heard, memory, first.say, key):
            return replace(first, say=f"{head}{first.say}")
        if len(parts) == 1 and len(heard.questions) > 1:
            rest = self._last_question(intent, heard, memory, key)
            said = f"{first.say} {self._filled(rest, heard, memory)}" if rest is not None else ""
            return _Part(say=said, more=rest.more) if rest is not None else first
        if len(parts) == 1 or vocabulary(last.say) <= vocabulary(first.say):
            return first
        return _Part(say=f"{first.say} {last.say}", more=(*last.more, *first.more))

    def _last_question(self, intent: Intent, heard: Heard, memory: Memory, key: tuple[int, int]) -> Line | None:
        """A reply of its kind to the last of several questions, when the plain answer was to one before it."""
        last = heard.questions[-1]
        alone = replace(heard, questions=(last,), life=(last.life,) if last.life else ())
        guessed = last.asked[:1] == ("yes_no",) and not ASKS_YES_NO.match(last.clause.text)
        if asked_after(alone, memory, self.index) or len(last.clause.words) <= SHORT or guessed or not last.asked:
            return None
        line = self._line(replace(intent, move=Move.ANSWER), Move.ANSWER, replace(heard, asked=last.asked), memory, key)
        return line if line is not None and line.asked and len(line.say.split()) <= MIDDLING else None

    def _answer_to(self, small: Small, intent: Intent, heard: Heard, memory: Memory, key: tuple[int, int]) -> _Part:
        """What there is to say to one plain question: the wording of this rung, else another, else that it was said."""
        if small.needs is not None and small.needs not in memory.known:
            line = self._line(intent, Move.DEFLECT, Heard(text=""), memory, key)
            return _Part(say=line.say if line else pick(small.curt, *key, "life"))
        for said in self._wordings(small, intent.stance):
            fresh = [text for text in said if not self._worn(text, memory, "")]
            if fresh:
                text = pick(self._nearest(fresh, heard), *key, "life", small.id)
                return _Part(say=text, more=memory.more if small.follows else self._beyond(small, text))
        if not self._was_said(small, memory):
            return _Part(say=pick(next(filter(None, self._wordings(small, intent.stance))), *key, "life", small.id))
        once_more = replace(intent, reacts_to=None, topic=None, plants=())
        again = self._line(once_more, Move.ANSWER, Heard(text="", asked=("again", "challenge")), memory, key)
        return _Part(say=again.say if again is not None else pick(small.curt, *key, "life"), more=small.more)

    def _was_said(self, small: Small, memory: Memory) -> bool:
        """Whether an answer was given before, in any wording."""
        said = memory.said
        return any(not said.isdisjoint(sentences(text)) for text in (*small.curt, *small.easy))

    def _beyond(self, small: Small, said: str) -> tuple[str, ...]:
        """What there is to say after an answer: of a thing only what is longer, for the short says the same."""
        plain = {*small.curt, *small.easy}
        return tuple(text for text in small.more if text != said and (text not in plain or len(text) > len(said)))

    def _wordings(self, small: Small, rung: Stance) -> Iterator[list[str]]:
        """The wordings of an answer, those that fit the rung best first."""
        every = list(dict.fromkeys((*small.curt, *small.easy)))
        if rung >= Stance.WARMING:
            yield list(small.easy)
        else:
            least, most = (1, BRIEF) if rung <= Stance.GUARDED else (LEAST, SPARING)
            yield from ([text for text in every if least <= len(text.split()) <= most], list(small.curt))
        yield from (every, list(small.more))

    def _nearest(self, texts: Sequence[str], heard: Heard) -> list[str]:
        """Those of several wordings that take up most of the learner's words."""
        shared = [len(heard.content & vocabulary(text)) for text in texts]
        return [text for text, count in zip(texts, shared, strict=True) if count == max(shared)]

    def _line(
        self,
        intent: Intent,
        move: Move | Literal["bridge", "lead"],
        heard: Heard,
        memory: Memory,
        key: tuple[int, ...],
        *,
        besides: str = "",
    ) -> Line | None:
        """The line that fits best, among equals by seed; None when no line of the move may be spoken."""
        kinds = answered_as(heard, memory)
        remarked = intent.reacts_to != "timely_response"
        noticed = (
            (intent.reacts_to,)
            if remarked and (intent.reacts_level >= NOTICED or intent.move is not Move.REACT)
            else ()
        )
        for wanted in (move, *(FALLBACK.get(move, ()) if isinstance(move, Move) else ())):
            ranked: dict[int, list[Line]] = {}
            for line in self.shelf.fitting(str(wanted), intent.stance, kinds, noticed, intent.topic):
                score = self._score(line, intent, heard, memory, kinds, noticed)
                if score is not None:
                    ranked.setdefault(score, []).append(line)
            for score in sorted(ranked, reverse=True):
                fresh = [line for line in ranked[score] if not self._worn(line.say, memory, besides)]
                if fresh:
                    return pick(fresh, *key, str(wanted))
        return None

    def _score(
        self,
        line: Line,
        intent: Intent,
        heard: Heard,
        memory: Memory,
        kinds: tuple[str, ...],
        noticed: tuple[str | None, ...],
    ) -> int | None:
        """How closely a line fits, or None when it may not be spoken."""
        if line.needs is not None and line.needs not in memory.known:
            return None
        if line.channel and self.persona.card.channel not in line.channel:
            return None
        if ("{learner}" in line.say and not memory.learner_name) or ("{word}" in line.say and not heard.word):
            return None
        if ("hing}" in line.say and not heard.thing) or ("hoice}" in line.say and not heard.choice):
            return None
        if line.outcome is not None and line.outcome != _outcome(intent):
            return None
        score = 3 if len(line.channel) == 1 and line.channel[0] is not Channel.IN_PERSON else 0
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
        taken_up = min(MOST_TAKEN_UP, len(heard.content & self.shelf.words[line.say])) if heard.content else 0
        own = 2 if line.stance and len(line.stance) == 1 else 0
        own += CHOOSES if "hoice}" in line.say else 0
        return score + TAKEN_UP * taken_up + own + (1 if line.outcome else 0)

    def _reaction(
        self, intent: Intent, heard: Heard, memory: Memory, content: str, key: tuple[int, int]
    ) -> Line | None:
        """A few words about how it was said, where it was said well or badly enough to be noticed."""
        if intent.reacts_to is None or intent.reacts_to in UNREMARKED or intent.reacts_level < NOTICED:
            return None
        if (intent.move is Move.FOLLOW and heard.question) or (
            intent.reacts_level < STRONG and not pick((True, True, False), *key, "reacts")
        ):
            return None
        light = intent.move is Move.ANSWER and not heard.question and not LIGHT.isdisjoint(heard.asked)
        if light or (intent.move is Move.LIFE and intent.reacts_to in ANSWERED_ANYWAY):
            return None
        line = self._line(intent, Move.REACT, heard, memory, key, besides=content)
        if line is None or line.move != "react" or not line.to:
            return None
        return line if not heard.question or len(line.say.split()) <= BRIEF_REACTION else None

    def _fits(self, intent: Intent, reaction: Line, content: str) -> bool:
        """Whether reaction and content together stay near the length of this rung."""
        return len(f"{reaction.say} {content}".split()) <= intent.length[1] + 6

    def _filled(self, line: Line, heard: Heard, memory: Memory) -> str:
        said = line.say.replace("{learner}", memory.learner_name).replace("{word}", heard.word)
        if "{" in said and heard.choice:
            one = pick(heard.choice, heard.text, len(memory.spoken))
            said = said.replace("{choice}", one).replace("{Choice}", one.capitalize())
        return said.replace("{thing}", heard.thing).replace("{Thing}", heard.thing[:1].upper() + heard.thing[1:])

    def _fresh(self, said: Sequence[str], memory: Memory, *key: object) -> str:
        """One of several wordings, unworn ones first."""
        unworn = [text for text in said if not self._worn(text, memory, "")]
        return pick(unworn or list(said), *key)

    def _worn(self, text: str, memory: Memory, besides: str) -> bool:
        """Whether a long sentence of `text` was ever heard, or a sentence, its twin or its opening too lately."""
        own = sentences(text)
        if any(len(new.split()) >= LONG and new in reply for new in own for reply in (*memory.earlier, *memory.spoken)):
            return True
        recent = vocabularies((*memory.spoken[-NO_REPEAT:], sentences(besides)))
        if any(has_twin(new, recent) for new in own):
            return True
        openers = {opener(reply[0]) for reply in memory.spoken[-OPENER_REST:] if reply}
        return bool(own) and len(own[0].split()) > 2 and opener(own[0]) in openers

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


def _outcome(intent: Intent) -> str | None:
    return intent.next_appointment.value if isinstance(intent.next_appointment, NextAppointment) else None
