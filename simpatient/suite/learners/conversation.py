"""What a learner can see of a meeting, and nothing else: the words of both, gestures, the briefing, their promises."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from simpatient.words import Channel


@dataclass(frozen=True, kw_only=True)
class Brief:
    """What a learner is told before the first word."""

    name: str
    """What the patient is called."""
    setting: str = ""
    channel: Channel = Channel.IN_PERSON
    role: str = ""
    """Who the learner is."""
    known: str = ""
    task: str = ""
    may: tuple[str, ...] = ()
    may_not: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Heard:
    """What came back: the words, and what could be seen or overheard beside them."""

    text: str
    nonverbal: str = ""


@dataclass(frozen=True, kw_only=True)
class Passed:
    """One exchange that is over."""

    learner: str
    reply: Heard


@dataclass(frozen=True, kw_only=True)
class Undertaken:
    """Something the learner promised in an earlier meeting, and whether they did it."""

    quote: str
    """In the learner's own words."""
    due: str = ""
    done: bool | None = None
    """None while it is not due."""
    result: str = ""
    """What came of it, where they found out."""


@dataclass(frozen=True, kw_only=True)
class Conversation:
    """A meeting as the learner sees it. A test holds that no persona, fact, state or code is in it."""

    brief: Brief
    opening: Heard
    exchanges: tuple[Passed, ...] = ()
    """Oldest first."""
    promises: tuple[Undertaken, ...] = ()
    """Of earlier meetings."""
    meeting: int = 1
    """Number of this meeting."""
    time: int | None = None
    """Exchanges there is time for; None when nobody said."""

    @property
    def last(self) -> Heard:
        """What the patient said last."""
        return self.exchanges[-1].reply if self.exchanges else self.opening

    @property
    def number(self) -> int:
        """Number of the exchange that the learner is about to open, from 1."""
        return len(self.exchanges) + 1

    @property
    def left(self) -> int | None:
        """Exchanges left, this one included; None when nobody said."""
        return None if self.time is None else self.time - len(self.exchanges)

    @property
    def heard(self) -> tuple[Heard, ...]:
        """All the patient has said, oldest first."""
        return (self.opening, *(passed.reply for passed in self.exchanges))

    @property
    def said(self) -> tuple[str, ...]:
        """All the learner has said, oldest first."""
        return tuple(passed.learner for passed in self.exchanges)


class Learner(Protocol):
    """Somebody who practises, and reads nothing but the conversation."""

    @property
    def name(self) -> str:
        """What this kind of learner is called."""
        ...

    async def say(self, conversation: Conversation) -> str | None:
        """The next words; None when the learner has nothing more to say. The same conversation gives the same words."""
        ...
