"""What a reply calls for."""

from __future__ import annotations

from dataclasses import replace

from simpatient.appraisal import tag_turn
from simpatient.patient import Spoken
from simpatient.words import EMBEDDED_VOICE, Intent, Move, Opportunity, PatientTurn, Rendering, Tag

ASKING = frozenset({Move.ASK, Move.COMPLAIN, Move.TELL})
"""Moves in which a question of the patient's wants an answer."""


SITUATIONS = frozenset({Tag.RUPTURE, Tag.CLOSING, Tag.PROMISE_DUE})
"""What holds whatever words were found for it."""


def with_opportunities(spoken: Spoken, intent: Intent) -> PatientTurn:
    """The turn with what it calls for: what it plants, and what a reader of its words finds.

    A question in passing ("is it?", "what did you expect?") asks for no fact unless the patient set out to ask. What a
    chat model was to plant calls for an answer where its words carry it: a fact that was told, or words in which a
    reader finds it too.
    """
    found = tag_turn(spoken.turn.text, spoken.turn.nonverbal)
    seen = {opportunity.tag for opportunity in found if opportunity.strength > 1}
    telling = intent.tells is not None and intent.tells.rendering > Rendering.HINT
    sure = spoken.use == EMBEDDED_VOICE or telling
    planted = tuple(
        Opportunity(tag=tag, quote=spoken.turn.text, strength=2 if sure or tag in seen | SITUATIONS else 1)
        for tag in spoken.plants
    )
    if intent.move not in ASKING:
        found = tuple(replace(o, strength=1) if o.tag is Tag.QUESTION_FACT else o for o in found)
    return replace(spoken.turn, opportunities=_joined(planted, found))


def _joined(first: tuple[Opportunity, ...], second: tuple[Opportunity, ...]) -> tuple[Opportunity, ...]:
    """Both, without a tag standing twice."""
    seen = {opportunity.tag for opportunity in first}
    return (*first, *(opportunity for opportunity in second if opportunity.tag not in seen))
