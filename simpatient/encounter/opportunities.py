"""What a reply calls for."""

from __future__ import annotations

from dataclasses import replace

from simpatient.appraisal import tag_turn
from simpatient.patient import Spoken
from simpatient.words import Move, Opportunity, PatientTurn, Tag

ASKING = frozenset({Move.ASK, Move.COMPLAIN, Move.TELL})
"""Moves in which a question of the patient's wants an answer."""


def with_opportunities(spoken: Spoken, move: Move) -> PatientTurn:
    """The turn with what it calls for: what it plants, and what a reader of its words finds.

    A question in passing ("is it?", "what did you expect?") asks for no fact unless the patient set out to ask.
    """
    planted = tuple(Opportunity(tag=tag, quote=spoken.turn.text) for tag in spoken.plants)
    found = tag_turn(spoken.turn.text, spoken.turn.nonverbal)
    if move not in ASKING:
        found = tuple(replace(o, strength=1) if o.tag is Tag.QUESTION_FACT else o for o in found)
    return replace(spoken.turn, opportunities=_joined(planted, found))


def _joined(first: tuple[Opportunity, ...], second: tuple[Opportunity, ...]) -> tuple[Opportunity, ...]:
    """Both, without a tag standing twice."""
    seen = {opportunity.tag for opportunity in first}
    return (*first, *(opportunity for opportunity in second if opportunity.tag not in seen))
