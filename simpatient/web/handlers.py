"""What happens in the browser, handed to the engine. No domain logic."""

# Chainlit's decorators and its session are not typed.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
# pyright: reportUntypedFunctionDecorator=false

from __future__ import annotations

import asyncio
import functools
import logging
import secrets
from collections.abc import Awaitable, Callable
from typing import Any, ParamSpec

import chainlit as cl
from chainlit.chat_context import chat_contexts
from chainlit.input_widget import Switch
from chainlit.session import WebsocketSession

from simpatient.encounter import Exchange, IdentifyingDetails
from simpatient.errors import EncounterEnded, SimpatientError
from simpatient.web import portraits
from simpatient.web.cards import (
    BriefingProps,
    FarewellProps,
    PickerProps,
    author_id,
    briefing_props,
    picker_props,
    plain,
    portrait_name,
    profile_text,
    turn_markdown,
)
from simpatient.web.meeting import RECONNECT_S, Meeting
from simpatient.web.room import room
from simpatient.web.root import private_root, remove
from simpatient.web.text import catalogue
from simpatient.words import Ending, PatientTurn

log = logging.getLogger(__name__)

PICKER = "choose"
"""Name of the first entry of the header's list: nobody chosen yet."""
NARROW = "simpatient_narrow=1"
"""Cookie that the page's script sets in a narrow window."""
END = "End"
"""Command that ends the meeting."""

ASKED_S = 300
"""How long a question to the learner waits for an answer, in seconds; no answer is a no."""

WAYS_OUT = ("/end", "/quit", "/exit")
PAUSES = ("/pause",)

P = ParamSpec("P")


def friendly(handler: Callable[P, Awaitable[None]]) -> Callable[P, Awaitable[None]]:
    """The handler, telling the learner of an error in one line instead of Chainlit's silence.

    What simpatient says on purpose is shown as it is; anything else is logged under a
    short number, and only the number is shown.
    """

    @functools.wraps(handler)
    async def handle(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            await handler(*args, **kwargs)
        except SimpatientError as exc:
            log.warning("Told to the learner: %s", exc)
            await coach(str(exc))
        except Exception:
            number = secrets.token_hex(3)
            log.exception("Error %s in the page", number)
            await cl.ErrorMessage(
                content=catalogue().say("page.error", number=number), author=catalogue().say("page.coach")
            ).send()
        finally:
            # Chainlit keeps every message until the process ends; nothing here needs them.
            chat_contexts.pop(cl.context.session.id, None)

    return handle


@cl.on_app_shutdown
async def tidy_up() -> None:
    """Remove the private app root: Chainlit ends the process right after this."""
    remove(private_root())


@cl.data_layer
def no_data_layer() -> Any:
    """Nothing: Chainlit keeps no history, whatever the environment says."""
    return None


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


def narrow(environ: dict[str, Any]) -> bool:
    """Whether the screen has no room for a panel beside the chat: a phone, or a window the page found narrow."""
    return "Mobi" in str(environ.get("HTTP_USER_AGENT", "")) or NARROW in str(environ.get("HTTP_COOKIE", ""))


@cl.on_chat_start
@friendly
async def arrive() -> None:
    """Show the picker, or begin the meeting with the patient who was chosen."""
    chosen = str(cl.user_session.get("chat_profile") or PICKER)
    patients = room().patients
    if chosen not in patients:
        await card("People", picker_props(patients))
        return
    encounter = room().meet(chosen, await room().store())
    phone = narrow(cl.context.session.environ)
    meeting = Meeting(encounter=encounter, page=room().keep(encounter), room=room(), phone=phone)
    cl.user_session.set("meeting", meeting)
    words = catalogue()
    live = Switch(id="live", label=words.say("page.live"), initial=True, description=words.say("page.live_about"))  # pyright: ignore[reportCallIssue]  (Chainlit's dataclass hides its fields)
    await cl.ChatSettings([live]).send()
    await offer_end()
    await meeting.open_panel()
    await card("Briefing", briefing_props(meeting.patient))
    if encounter.privacy:
        await coach(encounter.privacy)
    await say(meeting, encounter.opening)


@cl.on_message
@friendly
async def hear(message: cl.Message | None) -> None:
    """Pass the learner's message to the patient, or end the meeting; None is a message that was edited."""
    meeting = current()
    if meeting is None:
        await coach(catalogue().say("page.nobody_here"))
        return
    if message is None:
        await coach(catalogue().say("page.no_edit"))
        return
    said = message.content.strip().lower()
    if message.command == END or said in WAYS_OUT:
        await close(meeting)
        return
    if said in PAUSES:
        await coach(catalogue().say("page.paused"))
        return
    if message.id in meeting.heard:
        await coach(catalogue().say("page.no_edit"))
        return
    async with meeting.lock:
        meeting.heard.add(message.id)
        await exchange(meeting, message.content)


async def exchange(meeting: Meeting, text: str) -> None:
    """One exchange: the reply as it is spoken, then notice, ratings and, if it was the last, the way out."""
    reply = cl.Message(content="", author=meeting.author)
    spoken: list[str] = []
    connection = connection_id()

    async def speak(sentence: str) -> None:
        await reply.stream_token(plain(sentence) if not spoken else " " + plain(sentence))
        spoken.append(sentence)

    try:
        done = await agreed(meeting, text, speak)
        if done is None:
            await coach(catalogue().say("page.not_sent"))
            return
    except EncounterEnded:
        await coach(catalogue().say("page.over"))
        return
    except BaseException:
        if spoken:
            # Removing a message takes every card of the chat with it, so the broken reply is overwritten.
            reply.content = f"*{plain(catalogue().say('page.broke_off'))}*"
            await reply.send()
        raise
    if done.turn.text or done.turn.nonverbal:
        reply.content = turn_markdown(done.turn)
        await reply.send()
    if connection_id() != connection:
        # What was sent while the browser was away is lost and is never sent again.
        await asyncio.sleep(RECONNECT_S)
        await reply.update()
    if done.notice:
        await coach(done.notice)
    if done.ended is not None:
        if done.ended is not Ending.SAFETY:
            await meeting.show_ratings(done.number)
        await farewell(meeting)
    else:
        meeting.start(meeting.show_ratings(done.number))


async def agreed(meeting: Meeting, text: str, speak: Callable[[str], Awaitable[None]]) -> Exchange | None:
    """The exchange; None when the message holds what may identify somebody and the learner would rather not send it."""
    try:
        return await meeting.encounter.exchange(text, speak)
    except IdentifyingDetails as exc:
        words = catalogue()
        answer = await cl.AskActionMessage(
            content=plain(str(exc)), author=words.say("page.coach"), timeout=ASKED_S,
            actions=[
                cl.Action(name="identifying", label=words.say("page.take_out"), payload={"send": False}),
                cl.Action(name="identifying", label=words.say("page.send_anyway"), payload={"send": True}),
            ],
        ).send()  # fmt: skip
        if not answer or not answer.get("payload", {}).get("send"):
            return None
        return await meeting.encounter.exchange(text, speak, confirmed=True)


@cl.action_callback("end_meeting")
@friendly
async def end_from_panel(_action: cl.Action) -> None:
    """End the meeting by the panel's button."""
    meeting = current()
    if meeting is not None:
        await close(meeting)


@cl.on_settings_update
@friendly
async def change_settings(settings: dict[str, Any]) -> None:
    """Switch the live ratings on or off."""
    meeting = current()
    if meeting is not None:
        await meeting.set_live(live=bool(settings.get("live", True)))


async def close(meeting: Meeting) -> None:
    """End the meeting for the learner who wants to stop."""
    async with meeting.lock:
        await meeting.encounter.end()
        await farewell(meeting)


async def farewell(meeting: Meeting) -> None:
    """Show, once, that the meeting is over and where the debrief is."""
    if meeting.said_farewell:
        return
    meeting.said_farewell = True
    words = catalogue()
    ending = meeting.encounter.ended or Ending.STOPPED
    name = meeting.patient.persona.card.name.split()[0]
    link = f"/debrief/{meeting.page}"
    await cl.context.emitter.set_commands([])
    await card(
        "Farewell",
        FarewellProps(
            labels=words.section("farewell"), headline=words.say(f"ended.{ending.value}", patient=name),
            text=words.say(f"ended_about.{ending.value}", patient=name), debrief=link,
        ),
    )  # fmt: skip
    await meeting.close_panel(link)


def current() -> Meeting | None:
    """The meeting of this browser tab; None while nobody has been chosen."""
    meeting = cl.user_session.get("meeting")
    return meeting if isinstance(meeting, Meeting) else None


def connection_id() -> str:
    """What tells one connection of the browser from the next."""
    session = cl.context.session
    return session.socket_id if isinstance(session, WebsocketSession) else ""


async def say(meeting: Meeting, turn: PatientTurn) -> None:
    """Show a patient turn at once."""
    await cl.Message(content=turn_markdown(turn), author=meeting.author).send()


async def coach(text: str) -> None:
    """Tell the learner something out of character."""
    await cl.Message(content=plain(text), author=catalogue().say("page.coach"), metadata={"kind": "coach"}).send()


async def card(element: str, props: PickerProps | BriefingProps | FarewellProps) -> None:
    """Show one of our own elements in the chat."""
    shown = cl.CustomElement(name=element, props=dict(props), display="inline")
    await cl.Message(content="", author=catalogue().say("page.coach"), elements=[shown]).send()


def hang_portraits() -> None:
    """Put the patients' portraits where the browser finds them, once for a room."""
    here = room()
    if not here.portraits_hung:
        portraits.hang(here.patients.values(), private_root() / "public" / "avatars")
        here.portraits_hung = True


async def offer_end() -> None:
    """Put the End button into the composer."""
    await cl.context.emitter.set_commands(
        [
            {
                "id": END, "icon": "door-open", "description": catalogue().say("page.end_about"),
                "button": True, "persistent": False, "selected": False,
            }
        ]
    )  # fmt: skip
