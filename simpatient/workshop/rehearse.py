"""A meeting held by a learner that is not a script."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from simpatient.encounter import Encounter, Exchange
from simpatient.persona import Patient
from simpatient.rubric import Codebook, Rubric
from simpatient.suite.learners import Learner, learner_named
from simpatient.suite.visible import conversation_of
from simpatient.words import Ending, FactId, Rendering, Stance

EXCHANGES = 12
"""Exchanges of a rehearsal when nobody says otherwise."""


@dataclass(frozen=True, kw_only=True)
class Told:
    """A fact that came out."""

    fact: FactId
    exchange: int
    """The first exchange in which it was told so fully."""
    rendering: Rendering


@dataclass(frozen=True, kw_only=True)
class Rehearsal:
    """One meeting that was rehearsed."""

    learner: str
    seed: int
    trust: tuple[float, ...]
    """At the opening and after each exchange, 0..1."""
    stances: tuple[Stance, ...]
    """Likewise."""
    told: tuple[Told, ...]
    """Every first hint, part and whole of a fact."""
    said: tuple[tuple[str, str], ...]
    """What was said, each (learner, patient), beginning with the opening, which answers nothing."""
    ended: Ending | None

    def exchange_of(self, fact: FactId) -> int | None:
        """The exchange in which `fact` was first told in part or in full; None when it was not."""
        return min((t.exchange for t in self.told if t.fact == fact and t.rendering >= Rendering.PARTIAL), default=None)


async def play(
    encounter: Encounter, learner: Learner, exchanges: int = EXCHANGES, hear: Callable[[Exchange], None] | None = None
) -> None:
    """Let `learner` talk until the time is up or one of the two goes.

    Args:
        encounter: the meeting, opened.
        learner: who talks.
        exchanges: the time there is; the learner knows it.
        hear: is given every exchange with its ratings, as soon as it is over.

    Raises:
        ChatModelError: a learner whose words a chat model finds lost it.
    """
    while encounter.ended is None and len(encounter.exchanges) < exchanges:
        message = await learner.say(conversation_of(encounter, exchanges))
        if message is None:
            return
        exchange = await encounter.exchange(message, confirmed=True, practice=True)
        if hear is not None:
            hear(await encounter.rated(exchange.number))


async def rehearsal(
    patient: Patient, codebook: Codebook, rubric: Rubric, kind: str, seed: int, exchanges: int = EXCHANGES
) -> Rehearsal:
    """One embedded meeting of the learner called `kind`. Pure: the same arguments give the same meeting.

    Raises:
        ConfigurationError: there is no such learner.
    """
    encounter = Encounter(patient=patient, codebook=codebook, rubric=rubric, seed=seed)
    start = encounter.state
    await play(encounter, learner_named(kind, seed), exchanges)
    states = (start, *(exchange.after for exchange in encounter.exchanges))
    return Rehearsal(
        learner=kind,
        seed=seed,
        trust=tuple(state.trust for state in states),
        stances=tuple(state.stance for state in states),
        told=_told(encounter.exchanges),
        said=(("", encounter.opening.text), *((e.learner, e.turn.text) for e in encounter.exchanges)),
        ended=encounter.ended,
    )


def _told(exchanges: tuple[Exchange, ...]) -> tuple[Told, ...]:
    first: dict[tuple[FactId, Rendering], Told] = {}
    for number, exchange in enumerate(exchanges, 1):
        for telling in exchange.tellings:
            told = Told(fact=telling.fact, exchange=number, rendering=telling.rendering)
            first.setdefault((telling.fact, telling.rendering), told)
    return tuple(first.values())
