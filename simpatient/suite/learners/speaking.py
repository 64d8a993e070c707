"""One message in the making: what was noticed, what can be filled in, what has been said before."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from functools import cached_property

from simpatient.suite.learners.conversation import Conversation, Heard
from simpatient.suite.learners.noticing import Noticed, noticed
from simpatient.suite.learners.phrasebook import (
    Matter,
    Phrase,
    Phrasebook,
    feelings,
    fitting,
    matters_in,
    matters_over,
    phrasebook,
)

_NAMES = ("Dana", "Leila", "Marcus", "Ruth", "Kofi", "Nina", "Owen", "Farah")
_LATELY = 2
"""Messages in which a word should not come back."""
_BEFORE = 3
"""Turns that must lie between a turn and its recall."""
_WORTH_RECALLING = 3
"""Words of a stretch that is worth going back to."""


class Making:
    """A message in the making. All of it follows from the conversation and the seed."""

    def __init__(self, conversation: Conversation, kind: str, seed: int) -> None:
        """Begin a message that answers the last turn of `conversation`."""
        self.conversation = conversation
        self.book: Phrasebook = phrasebook(kind)
        self.parts: list[str] = []
        self.said = "\n".join(conversation.said).lower()
        """All the learner has said, in lower case; the parts of this message too."""
        self._lately = "\n".join(conversation.said[-_LATELY:]).lower()
        self._own = (conversation.brief.name, *conversation.brief.name.split(), self.me(seed))
        self.dice = random.Random(f"{seed}:{kind}:{conversation.number}")
        self.me_name, self.seed = self.me(seed), seed
        self.turn: Noticed = self._noticed(conversation.last)

    @staticmethod
    def me(seed: int) -> str:
        """What the learner is called."""
        return _NAMES[seed % len(_NAMES)]

    def _noticed(self, heard: Heard) -> Noticed:
        return noticed(heard.text, heard.nonverbal, self._own)

    @cached_property
    def matters(self) -> tuple[Matter, ...]:
        """What the turn in hand speaks of, most spoken of first."""
        return matters_in(self.turn.text)

    @cached_property
    def over_all(self) -> list[Matter]:
        """What the meeting was about so far."""
        return matters_over([heard.text for heard in self.conversation.heard])

    @cached_property
    def earlier(self) -> tuple[str, str]:
        """A stretch the patient said a while ago that was never taken up, and the matter it belongs to."""
        for heard in self.conversation.heard[1 : max(1, len(self.conversation.heard) - _BEFORE)]:
            then = self._noticed(heard)
            for quote in then.quotes[:2]:
                if quote.lower() not in self.said and len(quote.split()) >= _WORTH_RECALLING:
                    found = matters_in(heard.text)
                    return quote, found[0].name if found else ""
        return "", ""

    @cached_property
    def _about(self) -> str:
        brief = self.conversation.brief
        return f"{brief.role} {brief.setting} {brief.channel.value.replace('_', ' ')}"

    @cached_property
    def places(self) -> dict[str, str]:
        """What the places of phrases are filled with; what cannot be filled is missing or empty."""
        turn, topic = self.turn, self.matters[0] if self.matters else None
        family = turn.feeling or (topic.feeling if topic else "")
        named = feelings().get(family)
        first, second = self._agenda()
        days = fitting(self.book.days, self._about)
        return {
            "name": self.conversation.brief.name,
            "me": self.me_name,
            "team": next(iter(fitting(self.book.teams, self._about)), ""),
            "day": self.dice.choice(days) if days else "",
            "clause": self._fresh(turn.clauses),
            "quote": self._fresh(turn.quotes),
            "thing": self._fresh(turn.things),
            "person": self._fresh(turn.people) or next(iter(turn.people), ""),
            "who": self._unasked,
            "felt": self.dice.choice(named.felt) if named else "",
            "feeling": self.dice.choice(named.feeling) if named else "",
            "matter": next((m.name for m in self.over_all if topic is None or m.id != topic.id), ""),
            "first": first,
            "second": second,
            "old": self.earlier[0],
            "known": _end_of(self.conversation.brief.known),
        }

    @cached_property
    def _unasked(self) -> str:
        """Somebody whom the patient named before and the learner has not spoken of."""
        people = [person for heard in self.conversation.heard[:-1] for person in self._noticed(heard).people]
        return next((person for person in people if person.lower() not in self.said), "")

    def _agenda(self) -> tuple[str, str]:
        names = [matter.name for matter in self.over_all if matter.plan][:2]
        return ([*names, "", ""])[0], ([*names, "", ""])[1]

    def _fresh(self, found: Sequence[str]) -> str:
        """The first that the learner has not just used."""
        return next((each for each in found if each.lower() not in self._lately), "")

    def used(self, act: str) -> bool:
        """Whether a phrase of this act was said before."""
        return len(self.book.unused(act, self.said)) < len(self.book.phrases.get(act, ()))

    def say(self, *acts: str) -> bool:
        """Say a phrase of the first of these acts that has one left to say; whether there was one."""
        return any(self._from(self.book.unused(act, self.said)) for act in acts)

    def say_of(self, texts: Sequence[str]) -> bool:
        """Say one of these phrases that was not said yet; whether there was one."""
        fresh = [phrase for phrase in map(Phrase.of, texts) if phrase.mark not in self.said]
        return self._from(fresh)

    def _from(self, phrases: Sequence[Phrase]) -> bool:
        order = list(phrases)
        self.dice.shuffle(order)
        for phrase in order:
            words = phrase.with_(self.places)
            if words is not None and words.lower() not in self.said and not self._opens_alike(words):
                self.add(words)
                return True
        return False

    def _opens_alike(self, words: str) -> bool:
        """Whether a message would open as one of the last few did."""
        opening = _opening(words)
        return not self.parts and any(opening == _opening(text) for text in self.conversation.said[-4:])

    def add(self, words: str) -> None:
        """Put `words` at the end of the message."""
        self.parts.append(words)
        self.said += "\n" + words.lower()

    @property
    def message(self) -> str:
        """The message as it stands."""
        return " ".join(self.parts)


def _end_of(known: str, most: int = 30) -> str:
    """The last sentences of what was told beforehand, up to so many words."""
    sentences, taken = re.split(r"(?<=[.?!])\s+", known.strip().replace('"', "'")), list[str]()
    while sentences and sum(len(each.split()) for each in [*taken, sentences[-1]]) <= most:
        taken.insert(0, sentences.pop())
    return " ".join(taken)


def _opening(text: str) -> tuple[str, ...]:
    return tuple(re.findall(r"[a-z']+", text.lower())[:2])
