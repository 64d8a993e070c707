"""A persona whose story begins in a later meeting: what the two have behind them, as its author wrote it."""

from __future__ import annotations

from simpatient.encounter.relationship import LEARNER, Met, Relationship, Stands
from simpatient.patient import opening_state
from simpatient.persona import Persona
from simpatient.persona.history import History, PastPromise
from simpatient.words import Done, Ending, NextAppointment, Promise, PromiseKind, Rendering, Stance


def written_before(persona: Persona, learner: str = LEARNER) -> Relationship | None:
    """What its author says went before the meeting with `persona`; None where this is the first. Pure.

    From here on it is a relationship like any other: the promises are due, the patient asks for them, and what is made
    of them now is carried on.
    """
    history = persona.history
    if history is None:
        return None
    state, earlier = opening_state(persona), persona.card.session - 1
    return Relationship(
        learner=learner,
        persona=persona.id,
        stands=Stands.READY,
        meetings=tuple(_met(number, history) for number in range(1, earlier + 1)),
        state=state,
        last_stance=state.stance,
        told=tuple((fact, Rendering.FULL) for fact in history.told),
        promises=tuple(
            _promise(number, promise, persona, earlier) for number, promise in enumerate(history.promises, 1)
        ),
    )


def _met(number: int, history: History) -> Met:
    """A meeting that stands in no record."""
    return Met(
        number=number,
        encounter="",
        ended=Ending.CLOSED,
        next_appointment=NextAppointment.ASKS,
        stance=Stance.of(history.stance),
        exchanges=0,
    )


def _promise(number: int, past: PastPromise, persona: Persona, meeting: int) -> Promise:
    matter = next((m for m in persona.promises if m.id and m.id == past.matter), None)
    return Promise(
        id=f"before-{number}",
        quote=past.quote,
        what=past.what,
        kind=PromiseKind.FIND_OUT,
        due=past.due,
        specific=2,
        in_power="yes",
        made_at=meeting,
        done=past.done,
        result=matter.truthful_result if matter and past.done is not Done.NOT_DONE else "",
        matter=past.matter or "",
    )
