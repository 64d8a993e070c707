"""One message to the patient in the browser: the reply as it is spoken, then notice, ratings and the way out."""

# Chainlit's messages are not typed.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import nullcontext

import chainlit as cl

from simpatient.appraisal import may_be_own, stops_play
from simpatient.encounter import Agreed, Exchange, IdentifyingDetails, MaybeAboutYou, safety
from simpatient.errors import EncounterEnded, MeetingChanged, OverWithCare, StoreError, UnknownMeeting
from simpatient.store.rows import Beside
from simpatient.web.cards import plain, turn_markdown
from simpatient.web.meeting import Meeting
from simpatient.web.room import room
from simpatient.web.sending import Bubble, card
from simpatient.web.showing import coach, redraw
from simpatient.web.text import catalogue
from simpatient.words import Ending

NEARLY_OVER = (5, 1)
"""How many exchanges are left when the learner is told so."""
ASKED_S = 300
"""How long a question to the learner waits for an answer, in seconds; no answer is a no."""


async def exchange(meeting: Meeting, text: str, message_id: str) -> None:
    """One exchange: the reply as it is spoken, then notice, ratings and, if it was the last, the way out."""
    async with meeting.lock:
        if meeting.stale and not (stops_play(text) or may_be_own(text)):
            await show_as_it_stands(meeting, text)
            return
        try:
            done = await _spoken(meeting, text)
        except MeetingChanged:
            await show_as_it_stands(meeting, text)
            return
        if done is None:
            return
        await _after(meeting, done, message_id)


async def belongs_to_practice(meeting: Meeting) -> bool:
    """Whether words that may be about the learner belong to the practice; if they are about the learner, play stops."""
    answer = await _about_whom(safety.asking_card(meeting.encounter.helpline))
    if answer == "about_me":
        async with meeting.lock:
            try:
                await _after(meeting, await meeting.encounter.stop_for_care())
            except OverWithCare as exc:
                await coach(str(exc))
    elif answer != "practice":
        await coach(catalogue().say("page.waits"))
    return answer == "practice"


async def _after(meeting: Meeting, done: Exchange, message_id: str = "") -> None:
    """What follows a reply: notice, ratings and, if it was the last, the way out."""
    if message_id:
        meeting.heard[message_id] = done.number
    meeting.caught_up()
    if done.number == 1:
        await _enter_list(meeting)
        if meeting.opened.beside != Beside():
            await meeting.put_beside()  # before this there was no meeting to keep it with
    if done.notice:
        await coach(done.notice)
    if done.ended is None and meeting.left in NEARLY_OVER:
        line = catalogue().say("page.left_one" if meeting.left == 1 else "page.left", count=meeting.left)
        await meeting.put_aside("left", line)
        await coach(line)
    if done.ended is None:
        meeting.start(meeting.show_ratings_soon(done.number))
        return
    if done.ended is not Ending.SAFETY:
        await meeting.show_ratings(done.number)
    await farewell(meeting)


async def _enter_list(meeting: Meeting) -> None:
    """Let the browser read its list of meetings anew, and take this meeting's address: it is kept from now on."""
    entry = {"interaction": meeting.encounter.id, "thread_id": meeting.encounter.id}
    await cl.context.emitter.emit("first_interaction", entry)


async def _spoken(meeting: Meeting, text: str) -> Exchange | None:
    """The exchange, its reply on the screen; None when it did not come about, and the learner knows why."""
    reply = Bubble(author=meeting.author)
    spoken: list[str] = []

    async def speak(sentence: str) -> None:
        await reply.speak(plain(sentence) if not spoken else " " + plain(sentence))
        spoken.append(sentence)

    try:
        done = await _agreed(meeting, text, speak)
    except OverWithCare as exc:
        await coach(str(exc))
        return None
    except EncounterEnded as exc:
        await coach(catalogue().say("page.over") if meeting.encounter.ended is not Ending.SAFETY else str(exc))
        return None
    except BaseException:
        if spoken:
            # Removing a message takes every card of the chat with it, so the broken reply is overwritten.
            reply.text = f"*{plain(catalogue().say('page.broke_off'))}*"
            await reply.show()
        raise
    if done is None:
        return None
    if done.turn.text or done.turn.nonverbal:
        reply.text = turn_markdown(done.turn)
        await reply.show()
    return done


async def _agreed(meeting: Meeting, text: str, speak: Callable[[str], Awaitable[None]]) -> Exchange | None:
    """The exchange; None when the learner was asked about the message and would rather not send it."""
    agreed: Agreed = {}
    encounter = meeting.encounter
    while True:
        try:
            with room().answering.one() if encounter.speaker is None else nullcontext():
                return await encounter.exchange(text, speak, intended=meeting.intending, **agreed)
        except MaybeAboutYou as exc:
            answer, left = await _about_whom(str(exc)), "page.waits"
            if answer == "about_me":
                return await encounter.stop_for_care()
            agreed["practice"] = answer == "practice"
        except IdentifyingDetails as exc:
            answer, left = await _asked(str(exc), take_out="page.take_out", send="page.send_anyway"), "page.not_sent"
            agreed["confirmed"] = answer == "send"
        if not all(agreed.values()):
            await coach(catalogue().say(left))
            return None


async def _about_whom(card: str) -> str:
    """Whether the learner speaks of themselves; the card stays on the screen, whatever is answered."""
    await coach(card)
    return await _asked(catalogue().say("page.about_whom"), about_me="page.about_me", practice="page.practice")


async def _asked(question: str, **answers: str) -> str:
    """Which of some answers the learner chose; empty when none was for some minutes."""
    words = catalogue()
    actions = [
        cl.Action(name=name, label=words.say(label), payload={"answer": name}) for name, label in answers.items()
    ]
    author = words.say("page.coach")
    chosen = await cl.AskActionMessage(content=plain(question), author=author, timeout=ASKED_S, actions=actions).send()
    return str(chosen.get("payload", {}).get("answer", "")) if chosen else ""


async def edited(meeting: Meeting, message_id: str) -> bool:
    """Whether the meeting now stands before the message of this id; if not, the learner knows why."""
    async with meeting.lock:
        number = meeting.heard.get(message_id)
        if meeting.stale:
            await show_as_it_stands(meeting)
            return False
        if number is None:
            await redraw(meeting)
            return True
        if meeting.assessed:
            await redraw(meeting, catalogue().say("mode.no_way_back"))
            return False
        return await go_back(meeting, number)


async def go_back(meeting: Meeting, number: int, line: str = "") -> bool:
    """Whether the meeting now stands before exchange `number`, and is shown so with the coach's `line` below.

    If not, the learner knows why.
    """
    parent = next(each.parent for each in meeting.encounter.exchanges if each.number == number)
    try:
        await meeting.encounter.rewind(parent)
    except EncounterEnded as exc:
        await redraw(meeting, str(exc))
        return False
    if isinstance(meeting.encounter.trouble, MeetingChanged):
        await show_as_it_stands(meeting)
        return False
    if line:
        await meeting.put_aside("rewound", line)
    await redraw(meeting)
    return True


async def show_as_it_stands(meeting: Meeting, unheard: str = "") -> None:
    """The meeting went on in another tab or program: show it as it stands, and give back what was not heard.

    Raises:
        StoreError: the database cannot be used now.
    """
    try:
        await room().find(meeting.encounter.id)
    except UnknownMeeting:
        await coach(catalogue().say("page.deleted"))
        return
    lines = [catalogue().say("page.elsewhere")]
    if unheard.strip():
        lines.append(catalogue().say("page.unheard", text=unheard.strip()))
    await redraw(meeting, *lines)


async def close(meeting: Meeting) -> None:
    """End the meeting for the learner who wants to stop."""
    async with meeting.lock:
        await meeting.encounter.end()
        if isinstance(meeting.encounter.trouble, MeetingChanged):
            await show_as_it_stands(meeting)
            return
        meeting.caught_up()
        await farewell(meeting)


async def farewell(meeting: Meeting) -> None:
    """Show, once, that the meeting is over and where the debrief is."""
    if meeting.said_farewell:
        return
    meeting.said_farewell = True
    await _let_stand(meeting)
    await cl.context.emitter.set_commands([])
    await card("Farewell", meeting.farewell())
    await meeting.close_panel()


async def _let_stand(meeting: Meeting) -> None:
    """Keep what stays of the meeting for the next one; what hinders it is told in a line."""
    name = meeting.patient.persona.card.name
    try:
        if meeting.opened.bond is not None:
            await meeting.opened.bond.ended(meeting.encounter)
    except StoreError as exc:
        await coach(catalogue().say("between.not_kept", name=name, why=str(exc)))
