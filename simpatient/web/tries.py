"""One exchange said anew: up to three times, from the exact state before it, on a copy that the meeting never sees."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import Unpack

from simpatient.encounter import Agreed, Encounter, Exchange

MOST = 3
"""Tries at one exchange."""
KEPT = 1000
"""Meetings whose tries are remembered; the oldest go first."""


@dataclass(kw_only=True)
class Tries:
    """What was said anew, by meeting and exchange. In memory only: practice within practice is not kept."""

    _said: OrderedDict[str, dict[int, tuple[Exchange, ...]]] = field(
        default_factory=OrderedDict[str, "dict[int, tuple[Exchange, ...]]"]
    )
    _turns: dict[str, asyncio.Lock] = field(default_factory=dict[str, asyncio.Lock])

    def of(self, encounter: str, number: int) -> tuple[Exchange, ...]:
        """The tries at an exchange so far, oldest first."""
        return self._said.get(encounter, {}).get(number, ())

    def left(self, encounter: str, number: int) -> int:
        """How many more there may be."""
        return MOST - len(self.of(encounter, number))

    async def say(self, encounter: Encounter, number: int, words: str, **agreed: Unpack[Agreed]) -> Exchange | None:
        """Say exchange `number` anew; None when it was tried often enough.

        A stop for the learner's own sake is answered and not remembered.

        Raises:
            KeyError: there is no such exchange.
            UnusableMessage: the message is too long.
            AskFirst: the learner has to be asked about it first; `agreed` tells what they said yes to.
        """
        async with self._turns.setdefault(encounter.id, asyncio.Lock()):
            if not self.left(encounter.id, number):
                return None
            aside = encounter.aside(number)
            said = await aside.exchange(words, **agreed)
            said = await aside.rated(said.number)
            if said.learner:
                self._remember(encounter.id, number, said)
            return said

    def _remember(self, encounter: str, number: int, said: Exchange) -> None:
        here = self._said.setdefault(encounter, {})
        here[number] = (*here.get(number, ()), said)
        while len(self._said) > KEPT:
            oldest, _ = self._said.popitem(last=False)
            self._turns.pop(oldest, None)
