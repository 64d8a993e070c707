"""What moves in a meeting, and one node of its tree."""

from __future__ import annotations

from dataclasses import dataclass

from simpatient.encounter.records import Exchange
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
class Node:
    """An exchange with what moved and why."""

    exchange: Exchange
    moving: Moving
    reckoning: Reckoning | None
    """None for an exchange that came back from a store."""
    gates: tuple[Gate, ...] = ()
