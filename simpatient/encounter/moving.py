"""What moves in a meeting, and one node of its tree."""

from __future__ import annotations

from dataclasses import dataclass

from simpatient.encounter.records import Exchange
from simpatient.encounter.relationship import Relationship
from simpatient.patient import Gate, Memory, Reckoning
from simpatient.words import PatientState, PatientTurn


@dataclass(frozen=True, kw_only=True)
class Moving:
    """All that moves in a meeting; a rewind restores exactly this."""

    state: PatientState
    memory: Memory
    turn: PatientTurn
    """The patient turn that the next message answers."""


@dataclass(frozen=True, kw_only=True)
class MovingAgain(Moving):
    """The opening of a later meeting."""

    before: Relationship
    """What stood between the two when it began; the end of the meeting is joined to it."""


def at_opening(state: PatientState, memory: Memory, turn: PatientTurn, before: Relationship | None) -> Moving:
    """All that moves, before anything is said; of a later meeting, with what went before."""
    if before is None:
        return Moving(state=state, memory=memory, turn=turn)
    return MovingAgain(state=state, memory=memory, turn=turn, before=before)


@dataclass(frozen=True, kw_only=True)
class Node:
    """An exchange with what moved and why."""

    exchange: Exchange
    moving: Moving
    reckoning: Reckoning | None
    """None for an exchange that came back from a store."""
    gates: tuple[Gate, ...] = ()
