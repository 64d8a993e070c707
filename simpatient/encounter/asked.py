"""What is asked of a meeting: how it helps the learner, and the persona as it is to be."""

from __future__ import annotations

from enum import StrEnum

from simpatient.persona import Persona
from simpatient.words import Channel


class Mode(StrEnum):
    """How much a meeting helps the learner."""

    GUIDED = "guided"
    """Ratings after each exchange, hints, and the way back."""
    PRACTICE = "practice"
    """All of that, when it is asked for."""
    ASSESSMENT = "assessment"
    """Nothing until the debrief, and no way back."""

    @classmethod
    def of(cls, word: str | None) -> Mode:
        """The mode of this word; practice where none was kept, or one that this version does not know."""
        return next((mode for mode in cls if mode.value == word), cls.PRACTICE)


def as_asked(persona: Persona, difficulty: str | None, channel: str | None) -> Persona:
    """The persona with the difficulty and channel of this meeting; itself where they are its own."""
    changed: dict[str, object] = {}
    if difficulty not in (None, persona.dynamics.difficulty):
        changed["dynamics"] = persona.dynamics.model_copy(update={"difficulty": difficulty})
    if channel not in (None, persona.card.channel.value):
        changed["card"] = persona.card.model_copy(update={"channel": Channel(channel)})
    return persona.model_copy(update=changed) if changed else persona
