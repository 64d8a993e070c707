"""The persona as this meeting asks for it."""

from __future__ import annotations

from simpatient.persona import Persona
from simpatient.words import Channel


def as_asked(persona: Persona, difficulty: str | None, channel: str | None) -> Persona:
    """The persona with the difficulty and channel of this meeting; itself where they are its own."""
    changed: dict[str, object] = {}
    if difficulty not in (None, persona.dynamics.difficulty):
        changed["dynamics"] = persona.dynamics.model_copy(update={"difficulty": difficulty})
    if channel not in (None, persona.card.channel.value):
        changed["card"] = persona.card.model_copy(update={"channel": Channel(channel)})
    return persona.model_copy(update=changed) if changed else persona
