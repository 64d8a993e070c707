"""What happens in the browser, handed to the engine. No domain logic."""

# Chainlit's decorators and its session are not typed.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
# pyright: reportUntypedFunctionDecorator=false, reportOptionalCall=false

from __future__ import annotations

import asyncio
import gc
from collections.abc import Awaitable, Mapping
from typing import Any, cast

import chainlit as cl
import chainlit.socket  # registers the handlers of which some are replaced here
from chainlit.config import config
from chainlit.context import init_ws_context
from chainlit.data.base import BaseDataLayer
from chainlit.server import sio
from chainlit.session import WebsocketSession
from chainlit.types import MessagePayload, ThreadDict

from simpatient.settings import Settings
from simpatient.web.arriving import arrive_at, change, choose, come_back_to, offer_controls, take_up
from simpatient.web.cards import author_id, plain, portrait_name, profile_text
from simpatient.web.commands import CLOSE, END, ICONS, command_of, do
from simpatient.web.door import answered
from simpatient.web.history import History
from simpatient.web.room import room
from simpatient.web.root import private_root, remove
from simpatient.web.sending import Bubble, Word, Written, run_of
from simpatient.web.showing import coach, current, friendly, from_our_card, hang_portraits, redraw
from simpatient.web.signin import on_own_machine, settle
from simpatient.web.talking import close, edited, exchange
from simpatient.web.text import catalogue

__all__ = ["END", "PICKER", "current", "plain"]

PICKER = "choose"
"""Name of the first entry of the header's list: nobody chosen yet."""


@cl.on_app_startup
async def open_up() -> None:
    """Let the learner of this machine in without a question, once it is known who can reach the server."""
    settle(config.run.host, room().home or Settings().home)
    keep_out_of_search()


def keep_out_of_search() -> None:
    """Read the library now, and let Python's search for garbage pass over all that stays as long as the server.

    Patients, rubrics and imported code are hundreds of thousands of objects; looking through them again and again took
    a quarter of the time in which a class was answered.
    """
    hang_portraits()
    gc.collect()
    gc.freeze()


@cl.on_app_shutdown
async def tidy_up() -> None:
    """Remove the private app root: Chainlit ends the process right after this."""
    remove(private_root())


@cl.data_layer  # pyright: ignore[reportArgumentType]  (None is what Chainlit takes for: no history)
def history() -> BaseDataLayer | None:
    """The learner's past meetings, out of our own store; none where nobody signs in."""
    return History() if on_own_machine(config.run.host) else None


@cl.set_chat_profiles
async def people(_user: cl.User | None, _language: str | None = None) -> list[cl.ChatProfile]:
    """The header's list: nobody yet, then every patient."""
    patients = room().patients
    hang_portraits()
    words = catalogue()
    nobody = cl.ChatProfile(
        name=PICKER, display_name=words.say("picker.nobody"), markdown_description=words.say("picker.nobody_about"),
        icon="/public/mark.svg", default=room().first not in patients,
    )  # fmt: skip
    return [nobody] + [
        cl.ChatProfile(
            name=name, display_name=author_id(patient), markdown_description=profile_text(patient),
            icon=f"/public/avatars/{portrait_name(patient)}", default=name == room().first,
        )
        for name, patient in patients.items()
    ]  # fmt: skip


@cl.on_chat_start
@friendly
async def arrive() -> None:
    """Show the picker, or begin the meeting with the patient who was chosen."""
    await arrive_at(str(cl.user_session.get("chat_profile") or PICKER))


@cl.on_chat_resume
@friendly
async def come_back(thread: ThreadDict) -> None:
    """Show a meeting that was left, as it stands."""
    await come_back_to(thread)


@cl.on_message
@friendly
async def hear(message: Word) -> None:
    """Pass the learner's message to the patient, or do what it commands."""
    meeting = current()
    if meeting is None and (left := cl.context.session.thread_id_to_resume):
        # A browser that finds the server again sends what was written meanwhile before it says that it is there.
        meeting = await take_up(left)
    if meeting is None:
        await coach(catalogue().say("page.nobody_here"))
        return
    if command := command_of(message):
        await do(command, meeting, message)
    elif message.id not in meeting.heard:
        await exchange(meeting, message.content, message.id)


@friendly
async def hear_anew(message_id: str, text: str) -> None:
    """Go back to before a message, and say this instead."""
    meeting = current()
    if meeting is None or not await edited(meeting, message_id):
        return
    await offer_controls(meeting)
    instead = Bubble(author="User", text=text, kind="user_message")
    await instead.show()
    async with run_of(instead.id):
        await hear(Written(id=instead.id, content=text))


@cl.action_callback("end_meeting")
@friendly
async def end_from_panel(_action: cl.Action) -> None:
    """End the meeting by the panel's button."""
    meeting = current()
    if meeting is not None:
        await close(meeting)


@cl.action_callback("command")
@friendly
async def command_from_button(action: cl.Action) -> None:
    """Do what a button of the composer commands; nothing for what is none."""
    meeting, name = current(), str(action.payload.get("command", ""))
    if meeting is None:
        return
    if name == CLOSE:
        await meeting.closed_by_hand()
    elif name in ICONS:
        await do(name, meeting)


@cl.on_window_message
@friendly
async def word_from_a_card(word: Any) -> None:
    """What the learner chose on a card. Other windows can send words here too; the card's key tells them apart."""
    ours = from_our_card(word)
    if ours.get("simpatient") == "door":
        await answered(ours)
    elif ours.get("simpatient") == "choices":
        await choose(ours)


@cl.on_settings_update
@friendly
async def change_settings(settings: dict[str, Any]) -> None:
    """Do what the learner changed in the settings."""
    meeting = current()
    if meeting is not None:
        await change(meeting, settings)


@sio.on("client_message")
async def client_message(sid: str, payload: MessagePayload) -> None:
    """A message of the learner's. Chainlit's own handler does the same with more on the way (`sending`)."""
    session = WebsocketSession.require(sid)
    if (word := Written.of(cast("Mapping[str, object]", payload["message"]))) is not None:
        session.current_task = asyncio.create_task(_in_task(session, _hear_first(session, word)))


async def _hear_first(session: WebsocketSession, word: Written) -> None:
    if not session.has_first_interaction:
        session.has_first_interaction = True
        entry = {"interaction": word.content, "thread_id": session.thread_id}
        await cl.context.emitter.emit("first_interaction", entry)
    async with run_of(word.id):
        await hear(word)


@sio.on("edit_message")
async def edit_message(sid: str, payload: MessagePayload) -> None:
    """An edited message. Chainlit's own handler knows nothing of the meeting behind it."""
    session = WebsocketSession.require(sid)
    step = payload["message"]
    session.current_task = asyncio.create_task(
        _in_task(session, hear_anew(str(step.get("id")), str(step.get("output"))))
    )


async def _in_task(session: WebsocketSession, work: Awaitable[None]) -> None:
    """Do `work` in this tab, whose composer shows meanwhile that it can be stopped."""
    context = init_ws_context(session)
    await context.emitter.task_start()
    try:
        await work
    except asyncio.CancelledError:
        pass
    finally:
        await context.emitter.task_end()


@sio.on("stop")
async def stop(sid: str) -> None:
    """Stop the reply. Chainlit's own handler would say so in words that are not ours."""
    session = WebsocketSession.get(sid)
    if session is None:
        return
    init_ws_context(session)
    if session.current_task is not None:
        session.current_task.cancel()
    await coach(catalogue().say("page.stopped"))


@sio.on("connection_successful")
async def connected(sid: str) -> None:
    """A browser is there, perhaps again: what it missed meanwhile was lost, so the meeting is shown as it stands."""
    await chainlit.socket.connection_successful(sid)
    session = WebsocketSession.get(sid)
    if session is None or not session.restored or session.thread_id_to_resume:
        return
    init_ws_context(session)
    meeting = current()
    if meeting is not None:
        async with meeting.lock:
            await redraw(meeting)
