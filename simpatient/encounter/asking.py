"""What the learner is asked before a message is heard: whether it is about themselves, whether it names somebody."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypedDict

from simpatient.appraisal import may_be_own
from simpatient.encounter.identifiers import identifiers_in
from simpatient.encounter.message import UnusableMessage


class Agreed(TypedDict, total=False):
    """What the learner was asked about a message and said yes to, as arguments of `Encounter.exchange`."""

    confirmed: bool
    """Details that may identify somebody may be sent."""
    practice: bool
    """It belongs to the practice and is not about the learner."""


class AskFirst(UnusableMessage):
    """A message that waits for the learner's yes. Show the text; then call again with the argument `agreed_by`."""

    agreed_by = ""
    """The argument of `Encounter.exchange` by which the yes is told."""


class MaybeAboutYou(AskFirst):
    """Play waits: the message may speak of the learner's own danger. Ask whom they meant; nothing of it is kept."""

    agreed_by = "practice"


class IdentifyingDetails(AskFirst):
    """A message that seems to hold a real person's details and would leave the machine. Ask before it is sent."""

    agreed_by = "confirmed"

    def __init__(self, kinds: tuple[str, ...], place: str) -> None:
        """Say what was found, without repeating it."""
        self.kinds = kinds
        super().__init__(
            f"This looks as if it holds {' and '.join(kinds)}. It would be sent to {place}. "
            "If it is a real person's, take it out first."
        )


def let_pass(message: str, card: str, leaves: Iterable[str], place: str) -> None:
    """Let a message pass, or say what has to be asked about it.

    Args:
        message: what the learner wrote.
        card: what a learner reads who may be in trouble themselves; empty when they said that it is practice.
        leaves: everything that would leave the machine with it.
        place: where it would go; empty when nothing leaves the machine, or the learner agreed.

    Raises:
        MaybeAboutYou: it may speak of its writer's own danger.
        IdentifyingDetails: what would leave the machine seems to hold a real person's details.
    """
    if card and may_be_own(message):
        raise MaybeAboutYou(card)
    if place and (kinds := identifiers_in("\n".join(leaves))):
        raise IdentifyingDetails(kinds, place)
