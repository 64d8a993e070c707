"""What an expectation may look at: one exchange, or all of a meeting."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import cached_property

from simpatient.encounter import Debrief, Encounter, Exchange
from simpatient.words import Ending, PatientState, PatientTurn

Ask = Callable[[str, str, int], Awaitable[bool | None]]
"""Asks a judge whether a statement is true of a conversation, for the so-manieth time; None when it gave no answer."""


@dataclass(frozen=True)
class Seen:
    """One exchange (`whole` is false) or a meeting so far, with its ratings."""

    encounter: Encounter
    exchanges: tuple[Exchange, ...]
    """The one, or all, oldest first."""
    before: PatientState
    after: PatientState
    previous: PatientTurn
    """The patient turn before the last reply."""
    whole: bool
    ended: Ending | None
    seconds: float = 0.0
    tokens: int | None = None
    """None when no chat model told how many."""
    cost: float | None = None
    """None without prices."""
    refused: bool = False
    """The message was too long to be taken."""
    failed: str = ""
    """Why nothing can be decided here: a service failed. Empty when none did."""
    ask: Ask | None = None

    @cached_property
    def debrief(self) -> Debrief:
        """What the meeting so far adds up to."""
        return self.encounter.debrief()

    @property
    def reply(self) -> PatientTurn:
        """The last reply; before anything was said, the opening."""
        return self.exchanges[-1].turn if self.exchanges else self.encounter.opening

    @property
    def rated(self) -> bool:
        """Whether the service that rates has answered, where one does."""
        return not any(e.assessment is not None and e.assessment.failed for e in self.exchanges)

    @property
    def conversation(self) -> str:
        """What was said, as a judge reads it: the whole, or the exchange with the two before it."""
        told = self.encounter.exchanges if self.whole else self.encounter.exchanges[-3:]
        begun = [f"Patient: {shown(told[0].answers if told else self.encounter.opening)}"]
        lines = [f"Learner: {e.learner or '(silence)'}\nPatient: {shown(e.turn)}" for e in told]
        return "\n".join([*begun, *lines])


def shown(turn: PatientTurn) -> str:
    """A patient turn with what is seen beside the words."""
    return f"({turn.nonverbal}) {turn.text}" if turn.nonverbal else turn.text
