"""Learners that are not scripts, as the runner sees them: the port, and where one is found by name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, kw_only=True)
class Conversation:
    """What a learner has before them: the briefing and what was said. Never persona or state."""

    name: str
    """What the patient is called."""
    role: str
    """Whom the learner is here as."""
    briefing: str
    opening: str
    """The patient's first words."""
    said: tuple[tuple[str, str], ...] = ()
    """Exchanges so far, oldest first, each (learner, patient); what is seen stands in brackets before the words."""
    meeting: int = 1


class Learner(Protocol):
    """Practises with a patient."""

    async def say(self, conversation: Conversation) -> str | None:
        """The next message; None when they have nothing more to say."""
        ...


def learner_names() -> tuple[str, ...]:
    """Names that a case may say."""
    try:
        from simpatient.suite import learners  # noqa: PLC0415
    except ImportError:
        return ()
    return tuple(learners.NAMES)


def learner_named(name: str, seed: int) -> Learner:
    """The learner of this name.

    Raises:
        KeyError: there is none.
    """
    from simpatient.suite import learners  # noqa: PLC0415

    return learners.learner_named(name, seed)
