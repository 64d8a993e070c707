"""A meeting as its learner sees it: the bridge from the loop to learners that are not scripts."""

from __future__ import annotations

from simpatient.encounter import Encounter
from simpatient.persona import Persona
from simpatient.suite.learners.conversation import Brief, Conversation, Heard, Passed, Undertaken
from simpatient.words import Done, PatientTurn, Promise


def conversation_of(encounter: Encounter, time: int | None = None) -> Conversation:
    """What the learner of `encounter` has seen and heard so far, and nothing that stands behind it.

    Args:
        encounter: the meeting.
        time: exchanges there is time for, if the learner was told.
    """
    relationship = encounter.relationship
    return Conversation(
        brief=brief_of(encounter.patient.persona),
        opening=_heard(encounter.opening),
        exchanges=tuple(Passed(learner=e.learner, reply=_heard(e.turn)) for e in encounter.exchanges),
        promises=tuple(map(_undertaken, relationship.promises)) if relationship else (),
        meeting=encounter.memory.meeting,
        time=time,
    )


def brief_of(persona: Persona) -> Brief:
    """What the page tells a learner about this patient before the first word."""
    card, briefing = persona.card, persona.briefing
    return Brief(
        name=card.name, setting=card.setting, channel=card.channel, role=card.learner_role, known=briefing.known,
        task=briefing.task, may=card.learner_may, may_not=card.learner_may_not,
    )  # fmt: skip


def _heard(turn: PatientTurn) -> Heard:
    return Heard(text=turn.text, nonverbal=turn.nonverbal)


def _undertaken(promise: Promise) -> Undertaken:
    done = None if promise.done is None else promise.done in (Done.KEPT, Done.LATE)
    return Undertaken(quote=promise.quote, due=promise.due, done=done, result=promise.result if done else "")
