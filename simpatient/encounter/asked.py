"""The persona as this meeting asks for it."""

from __future__ import annotations

from simpatient.persona import Persona
from simpatient.words import Channel


def as_asked(persona: Persona, difficulty: str | None, channel: str | None) -> Persona:
    """The persona with the difficulty and channel of this meeting."""
    changed: dict[str, object] = {}
    if difficulty is not None:
        changed["dynamics"] = persona.dynamics.model_copy(update={"difficulty": difficulty})
    if channel is not None:
        changed["card"] = persona.card.model_copy(update={"channel": Channel(channel)})
    return persona.model_copy(update=changed) if changed else persona
