"""Coming to the page: the picker, a new meeting, or one that was left."""

# Chainlit's session is not typed.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false

from __future__ import annotations

import logging

import chainlit as cl
from chainlit.input_widget import Switch
from chainlit.types import ThreadDict

from simpatient.errors import SimpatientError
from simpatient.web.cards import briefing_props, picker_props
from simpatient.web.commands import offer_commands
from simpatient.web.meeting import Meeting
from simpatient.web.room import room
from simpatient.web.showing import card, coach, current, narrow, say, seat
from simpatient.web.signin import learner_of
from simpatient.web.text import catalogue
from simpatient.web.thread import Shown

log = logging.getLogger(__name__)


async def arrive_at(chosen: str) -> None:
    """Show the picker, or begin the meeting with the patient who was chosen."""
    patients = room().patients
    if chosen not in patients:
        await card("People", picker_props(patients))
        return
    store = await room().store()
    learner = await learner_of(cl.context.session, store)
    encounter = room().meet(chosen, store, learner=learner)
    meeting = _seated(Meeting(
        opened=room().open(encounter), room=room(), phone=narrow(cl.context.session.environ)
    ))  # fmt: skip
    cl.context.session.thread_id = encounter.id
    await offer_controls(meeting)
    await meeting.open_panel()
    await card("Briefing", briefing_props(meeting.patient))
    if encounter.privacy:
        await coach(encounter.privacy)
    await say(meeting.author, encounter.opening)


async def come_back_to(thread: ThreadDict) -> None:
    """Take up the meeting of `thread`, which is filled with how it stands and shown by Chainlit after this."""
    meeting = current()
    if meeting is None:
        try:
            opened = await room().find(thread["id"])
        except SimpatientError as exc:
            log.warning("Meeting %s can be read and not continued: %s", thread["id"], exc)
            _read_only(thread, exc)
            return
        meeting = _seated(Meeting(opened=opened, room=room(), phone=narrow(cl.context.session.environ)))
    async with meeting.lock:
        whole = meeting.thread()
        thread["steps"], thread["elements"] = whole["steps"], whole["elements"]
    await offer_controls(meeting)


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
