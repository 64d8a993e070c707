"""Coming to the page: the picker, a new meeting, or one that was left."""

# Chainlit's session is not typed.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false

from __future__ import annotations

import logging

import chainlit as cl
from chainlit.input_widget import Switch
from chainlit.types import ThreadDict

from simpatient.encounter import Bond, Relationship
from simpatient.errors import SimpatientError
from simpatient.web.cards import briefing_props, picker_props
from simpatient.web.commands import offer_commands
from simpatient.web.door import knock
from simpatient.web.meeting import Meeting
from simpatient.web.room import room
from simpatient.web.showing import card, coach, current, narrow, say, seat
from simpatient.web.signin import learner_of
from simpatient.web.text import catalogue
from simpatient.web.thread import Shown

log = logging.getLogger(__name__)


async def arrive_at(chosen: str) -> None:
    """Show the picker, begin the meeting with the patient who was chosen, or ask first when the two have met."""
    here = room()
    patient = here.patients.get(chosen)
    if patient is None:
        await card("People", picker_props(here.patients))
        return
    store = await here.store()
    learner = await learner_of(cl.context.session, store)
    bond = await here.bond(learner, chosen)
    signed_in = store is not None and cl.context.session.user is not None
    last = (await store.meetings(learner=learner, persona=chosen, limit=1)).meetings if store and signed_in else ()
    unfinished = next((line for line in last if line.ended is None), None)
    if bond is not None and (bond.stands is not None or unfinished is not None):
        await knock(patient, bond, unfinished, begin)
        return
    await begin(chosen, None, bond)


async def begin(name: str, before: Relationship | None, bond: Bond | None) -> None:
    """Begin a meeting with the patient called `name`, from where the two stand."""
    here, session = room(), cl.context.session
    store = await here.store()
    encounter = here.meet(name, store, learner=await learner_of(session, store), before=before)
    meeting = _seated(Meeting(opened=here.open(encounter, bond), room=here, phone=narrow(session.environ)))
    session.thread_id = encounter.id
    await offer_controls(meeting)
    await meeting.open_panel()
    await card("Briefing", briefing_props(meeting.patient))
    if encounter.privacy:
        await coach(encounter.privacy)
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
    opened = await room().find(encounter_id)
    meeting = _seated(Meeting(opened=opened, room=room(), phone=narrow(cl.context.session.environ)))
    meeting.caught_up()
    return meeting


def _seated(meeting: Meeting) -> Meeting:
    seat(meeting)
    return meeting


def _read_only(thread: ThreadDict, why: SimpatientError) -> None:
    """Add to the thread that it can be read and not continued."""
    note = Shown(encounter=thread["id"], learner="", name="", profile="")
    note.coach_says("read_only", catalogue().say("history.read_only", why=str(why)))
    thread["steps"] = [*thread["steps"], *note.steps]


async def offer_controls(meeting: Meeting) -> None:
    """Put settings and commands into the composer; none when the meeting is over."""
    words = catalogue()
    live = Switch(
        id="live", label=words.say("page.live"), initial=meeting.live, description=words.say("page.live_about")
    )  # pyright: ignore[reportCallIssue]  (Chainlit's dataclass hides its fields)
    await cl.ChatSettings([live]).send()
    await offer_commands(meeting)
