"""Coming to the page: the picker, a new meeting, or one that was left."""

# Chainlit's session is not typed.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

import chainlit as cl
from chainlit.types import ThreadDict

from simpatient.encounter import Bond, Mode, Relationship
from simpatient.errors import SimpatientError, StoreError
from simpatient.store.rows import Beside
from simpatient.web.again import so_far
from simpatient.web.cards import PickerProps, briefing_props, picker_props
from simpatient.web.choices import offered, widgets
from simpatient.web.commands import offer_commands
from simpatient.web.door import knock
from simpatient.web.meeting import Meeting
from simpatient.web.room import Opened, room
from simpatient.web.sending import card
from simpatient.web.showing import card_key, coach, current, narrow, say, seat
from simpatient.web.signin import learner_of
from simpatient.web.text import catalogue
from simpatient.web.thread import Shown

log = logging.getLogger(__name__)


async def arrive_at(chosen: str) -> None:
    """Show the picker, begin the meeting with the patient who was chosen, or ask first when the two have met."""
    here, session = room(), cl.context.session
    store = await here.store()
    learner = await learner_of(session, store)
    patient = here.patients.get(chosen)
    if patient is None:
        await card("People", await _picker(learner))
        return
    bond = await here.bond(learner, chosen)
    signed_in = store is not None and session.user is not None
    last = (await store.meetings(learner=learner, persona=chosen, limit=1)).meetings if store and signed_in else ()
    unfinished = next((line for line in last if line.ended is None), None)
    if bond is not None and (bond.stands is not None or unfinished is not None):
        await knock(patient, bond, unfinished, begin)
        return
    await begin(chosen, None, bond)


async def _picker(learner: str) -> PickerProps:
    """The picker, with how far this learner has got with each; a database in trouble only leaves that out."""
    here = room()
    met: dict[str, list[str]] = {}
    try:
        for name, patient in here.patients.items():
            bond = await here.bond(learner, name)
            met[name] = so_far(patient, bond.stands if bond is not None else None)
    except StoreError as exc:
        log.warning("How far a learner has got cannot be told: %s", exc)
    return picker_props(
        here.patients, met, offered(await here.recall(learner), here.evaluators), key=card_key(), educator=here.educator
    )


async def choose(word: Mapping[str, Any]) -> None:
    """Keep what the learner chose on the picker for the next meeting."""
    here = room()
    await here.choose(await learner_of(cl.context.session, await here.store()), word)


async def begin(name: str, before: Relationship | None, bond: Bond | None) -> None:
    """Begin a meeting with the patient called `name`, from where the two stand."""
    here, session = room(), cl.context.session
    store = await here.store()
    learner = await learner_of(session, store)
    choices = await here.recall(learner)
    encounter = here.meet(name, store, learner=learner, before=before, choices=choices)
    meeting = _seated(here.open(encounter, bond, Beside(live=choices.live)))
    session.thread_id = encounter.id
    await offer_controls(meeting)
    await meeting.open_panel()
    await card("Briefing", briefing_props(meeting.patient, room().keeps))
    for line in meeting.foreword:
        await coach(line)
    await say(meeting.author, encounter.opening)


async def come_back_to(thread: ThreadDict) -> None:
    """Take up the meeting of `thread`, which is filled with how it stands and shown by Chainlit after this."""
    try:
        meeting = current() or await take_up(thread["id"])
    except SimpatientError as exc:
        log.warning("Meeting %s can be read and not continued: %s", thread["id"], exc)
        _read_only(thread, exc)
        return
    async with meeting.lock:
        whole = meeting.thread()
        thread["steps"], thread["elements"] = whole["steps"], whole["elements"]
    await offer_controls(meeting)


async def take_up(encounter_id: str) -> Meeting:
    """The kept meeting of this id, which this tab shows from now on.

    Raises:
        UnknownMeeting: there is none.
        StoreError: the database cannot be used now, or the meeting cannot be continued.
    """
    meeting = _seated(await room().find(encounter_id))
    meeting.caught_up()
    return meeting


def _seated(opened: Opened) -> Meeting:
    """The meeting as this tab shows it: as the learner left it, else in guided practice with its ratings."""
    mode, wanted = opened.encounter.mode, opened.beside.live
    phone = narrow(cl.context.session.environ)
    live = mode is not Mode.ASSESSMENT and (mode is Mode.GUIDED if wanted is None else wanted)
    meeting = Meeting(opened=opened, room=room(), phone=phone, live=live)
    seat(meeting)
    return meeting


def _read_only(thread: ThreadDict, why: SimpatientError) -> None:
    """Add to the thread that it can be read and not continued."""
    note = Shown(encounter=thread["id"], learner="", name="", profile="")
    note.coach_says("read_only", catalogue().say("history.read_only", why=str(why)))
    thread["steps"] = [*thread["steps"], *note.steps]


async def offer_controls(meeting: Meeting) -> None:
    """Put settings and commands into the composer; no commands when the meeting is over."""
    here = room()
    chosen = await here.recall(meeting.encounter.learner)
    shown = widgets(chosen, here.evaluators, live=meeting.live, may_see=not meeting.assessed)
    await cl.ChatSettings(shown).send()
    await offer_commands(meeting)


async def change(meeting: Meeting, settings: Mapping[str, Any]) -> None:
    """Do what was changed in the settings: some of it now, the rest with the next meeting."""
    here, encounter = room(), meeting.encounter
    before = await here.recall(encounter.learner)
    live = bool(settings.get("live", meeting.live))
    after = await here.choose(encounter.learner, settings, live=live if live is not meeting.live else None)
    if after.mode is not encounter.mode and after.mode is not before.mode:
        if Mode.ASSESSMENT in (after.mode, encounter.mode):
            await coach(catalogue().say("mode.from_next", mode=catalogue().say(f"mode.{after.mode.value}")))
        else:
            encounter.mode, live = after.mode, after.mode is Mode.GUIDED
            await meeting.put_beside(live=None)
            await offer_commands(meeting)
    if live is not meeting.live and not meeting.assessed:
        await meeting.set_live(live=live)
