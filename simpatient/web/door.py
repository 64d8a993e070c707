"""Before the next meeting with somebody the learner has met: promises asked about, one message, and who comes."""

# Chainlit's elements are not typed.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, cast
from weakref import WeakKeyDictionary

import chainlit as cl
from chainlit.session import BaseSession

from simpatient.encounter import (
    Between,
    Bond,
    NotReady,
    Relationship,
    Returns,
    Stands,
    UnusableMessage,
    between,
    questions,
)
from simpatient.errors import SimpatientError
from simpatient.persona import Patient
from simpatient.store.rows import MeetingLine
from simpatient.web.again import AgainProps, again_props, check_in_ratings
from simpatient.web.cards import author_id
from simpatient.web.room import EVALUATOR, room
from simpatient.web.sending import Bubble, Drawn, card
from simpatient.web.showing import card_key, coach, say
from simpatient.web.text import catalogue
from simpatient.web.thread import LEARNER_NAME
from simpatient.words import Done, PatientTurn

Begin = Callable[[str, Relationship | None, Bond | None], Awaitable[None]]
"""Begins a meeting with a patient, from where the two stand."""


@dataclass(kw_only=True)
class Door:
    """One learner at the door of somebody they have met."""

    patient: Patient
    bond: Bond
    begin: Begin
    unfinished: MeetingLine | None
    shown: Drawn | None = None
    done: bool = False

    @property
    def stands(self) -> Relationship | None:
        """What stands between the two."""
        return self.bond.stands


_doors: WeakKeyDictionary[BaseSession, Door] = WeakKeyDictionary()


async def knock(patient: Patient, bond: Bond, unfinished: MeetingLine | None, begin: Begin) -> None:
    """Show how the two stand, and what can be done about it."""
    door = Door(patient=patient, bond=bond, unfinished=unfinished, begin=begin)
    _doors[cl.context.session] = door
    door.shown = await card("Again", _props(door))


async def answered(word: Mapping[str, Any]) -> None:
    """Do what the learner chose at the door."""
    door = _doors.get(cl.context.session)
    if door is None or door.done:
        return
    if word.get("choice") == "anew":
        await _anew(door)
    elif word.get("choice") == "next":
        await _next(door, word)


async def _anew(door: Door) -> None:
    """Begin as if the two had never met."""
    await _close(door)
    name = door.patient.persona.card.name
    if door.stands is not None:
        await coach(catalogue().say("between.anew_said", name=name))
    await door.begin(door.patient.persona.id, None, door.bond)


async def _next(door: Door, word: Mapping[str, Any]) -> None:
    """Let the days pass, and begin the next meeting if the patient comes."""
    stands, here = door.stands, room()
    if stands is None:
        return
    if stands.stands is Stands.READY:
        await _close(door)
        await door.begin(door.patient.persona.id, stands, door.bond)
        return
    try:
        gone = between(
            stands, door.patient, here.codebook, done=_done(door, stands, word), check_in=str(word.get("message", "")),
            rubric=here.raters[EVALUATOR].rubric, seed=here.seed, helpline=here.helpline,
        )  # fmt: skip
    except (UnusableMessage, NotReady) as exc:
        await _redraw(door, error=str(exc))
        return
    await _close(door)
    if gone.notice:
        await coach(gone.notice)
        return
    await door.bond.keep(gone.relationship)
    await _tell(door, gone)
    if gone.returns is Returns.COMES:
        await door.begin(door.patient.persona.id, gone.relationship, door.bond)
    else:
        await _over(door)


def _done(door: Door, stands: Relationship, word: Mapping[str, Any]) -> dict[str, Done]:
    """What the learner says became of each due promise; nothing but what was asked is taken."""
    given = word.get("done")
    said = cast("Mapping[str, Any]", given) if isinstance(given, Mapping) else {}
    asked = {question.promise.id for question in questions(stands, door.patient)}
    values = {done.value for done in Done}
    return {promise: Done(value) for promise, value in said.items() if promise in asked and value in values}


async def _tell(door: Door, gone: Between) -> None:
    """Show what came back, and what the one message earned. What happened meanwhile is told in the meeting."""
    words, author = catalogue(), author_id(door.patient)
    if gone.check_in is not None:
        await Bubble(author=LEARNER_NAME, text=gone.check_in.text, kind="user_message").show()
        if gone.check_in.reply:
            await say(author, PatientTurn(text=gone.check_in.reply, nonverbal=words.say("between.writes")))
        if rated := check_in_ratings(gone.check_in, room().raters[EVALUATOR].rubric):
            await coach(rated)
    if gone.message:
        await say(author, PatientTurn(text=gone.message, nonverbal=words.say("between.writes")))


async def _over(door: Door) -> None:
    """There is no further meeting: say so, with the way to the last debrief."""
    link = ""
    if door.stands is not None:
        held = [met.encounter for met in door.stands.meetings if met.encounter]
        try:
            opened = await room().find(held[-1]) if held else None
        except SimpatientError:
            opened = None
        link = f"/debrief/{opened.page}" if opened is not None else ""
    door.done = False
    door.shown = await card("Again", _props(door, debrief=link))


def _props(door: Door, *, error: str = "", debrief: str = "") -> AgainProps:
    return again_props(
        door.patient, door.stands, door.unfinished, key=card_key(), error=error, debrief=debrief, done=door.done
    )


async def _redraw(door: Door, *, error: str = "") -> None:
    if door.shown is not None:
        door.shown.props = _props(door, error=error)
        await door.shown.draw()


async def _close(door: Door) -> None:
    """Nothing more can be chosen on this card."""
    door.done = True
    await _redraw(door)
