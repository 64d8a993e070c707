"""What the learner can do beside talking: the buttons in the composer, and what each does."""

# Chainlit's emitter is not typed.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import chainlit as cl

from simpatient.appraisal import may_be_own, stops_play
from simpatient.encounter import Mode, cleaned
from simpatient.evaluation.hints import hint_for
from simpatient.web.meeting import Meeting
from simpatient.web.sending import Word
from simpatient.web.showing import coach
from simpatient.web.talking import belongs_to_practice, close, exchange, go_back
from simpatient.web.text import catalogue

HINT, REWIND, RATINGS, INTEND, PAUSE, END = "Hint", "Rewind", "Ratings", "Intend", "Pause", "End"
CLOSE = "Close"
"""Said by the page when the learner closes the panel by its own arrow; no button."""
ICONS = {
    HINT: "lightbulb", REWIND: "undo-2", RATINGS: "gauge", INTEND: "target", PAUSE: "pause", END: "door-open",
}  # fmt: skip
"""Every command with its picture, in the order of the buttons."""
OFFERED = {
    Mode.GUIDED: (HINT, REWIND, RATINGS, INTEND, PAUSE, END),
    Mode.PRACTICE: (HINT, REWIND, RATINGS, INTEND, PAUSE, END),
    Mode.ASSESSMENT: (INTEND, PAUSE, END),
}
WRITTEN = {
    "/end": END, "/quit": END, "/exit": END, "/rewind": REWIND, "/pause": PAUSE, "/hint": HINT, "/ratings": RATINGS,
}  # fmt: skip
"""What may be written instead."""
MOST_INTENDED = 300
"""Letters that an intention has at most."""


async def offer_commands(meeting: Meeting) -> None:
    """Put the buttons into the composer; none when the meeting is over."""
    offered = () if meeting.encounter.ended is not None else OFFERED[meeting.encounter.mode]
    if meeting.phone and meeting.live:  # they come below each reply by themselves
        offered = tuple(name for name in offered if name != RATINGS)
    await cl.context.emitter.set_commands([_button(name) for name in offered])


def _button(name: str) -> Any:
    about = catalogue().say(f"commands.{name.lower()}")
    return {
        "id": name, "icon": ICONS[name], "description": about, "button": True, "persistent": False, "selected": False
    }  # fmt: skip


def command_of(message: Word) -> str:
    """The command that a message is; empty for words to the patient."""
    if message.command in ICONS:
        return message.command
    written = message.content.strip().lower()
    return INTEND if written.startswith("/intend ") else WRITTEN.get(written, "")


async def do(command: str, meeting: Meeting, message: Word | None = None) -> None:
    """Do what the learner commands."""
    if command in (HINT, REWIND, RATINGS) and meeting.assessed:
        await coach(catalogue().say("mode.no_way_back" if command == REWIND else "mode.no_help"))
        return
    if command == INTEND:
        await intend(meeting, message)
        return
    await _DOES[command](meeting)


async def intend(meeting: Meeting, message: Word | None) -> None:
    """Keep what the learner wants to reach with the next message, to be set beside what came of it."""
    text = cleaned(message.content.strip().removeprefix("/intend")) if message else ""
    if message and stops_play(text):
        await exchange(meeting, text, message.id)
        return
    if not text:
        await coach(catalogue().say("page.intend_how"))
        return
    wanted = text[:MOST_INTENDED]
    if may_be_own(wanted) and not await belongs_to_practice(meeting):
        return
    line, place = catalogue().say("page.intended", text=wanted), meeting.opened.place[0]
    await meeting.put_aside("intended", line, intending=wanted, intending_after=place)
    await coach(line)


async def hint(meeting: Meeting) -> None:
    """Say what the patient's last words call for; asked again at the same place, a line to say."""
    encounter, words = meeting.encounter, catalogue()
    name = meeting.patient.persona.card.name.split()[0]
    if encounter.ended is not None:
        await coach(words.say("page.over"))
        return
    found = hint_for(encounter.rubric, encounter.context())
    kind = "hint"
    if found is None:
        line = words.say("hint.nothing", patient=name)
    elif meeting.hinted and found.line:
        kind, line = "line", words.say("hint.line", line=found.line)
    else:
        cue = words.say("hint.cue", patient=name, cue=found.cue) if found.cue else ""
        way = words.say("hint.direction", name=found.name, direction=found.direction)
        more = words.say("hint.more") if found.line else ""
        line = " ".join(part for part in (cue, way, more) if part)
    await meeting.put_aside(kind, line)
    await coach(line)


async def rewind(meeting: Meeting) -> None:
    """Go back to before the last exchange, so that it can be tried again."""
    async with meeting.lock:
        last = next((each for each in reversed(meeting.encounter.exchanges) if each.learner), None)
        if last is None:
            await coach(catalogue().say("page.nothing_to_rewind"))
            return
        await go_back(meeting, last.number, catalogue().say("page.rewound", text=" ".join(last.learner.split())))
    await offer_commands(meeting)


async def ratings(meeting: Meeting) -> None:
    """Open the panel, or close it."""
    if meeting.phone:
        await meeting.show_once()
    else:
        await meeting.set_live(live=not meeting.live)


async def pause(meeting: Meeting) -> None:
    """Say that nothing of this counts."""
    line = catalogue().say("page.paused")
    await meeting.put_aside("pause", line)
    await coach(line)


_DOES: dict[str, Callable[[Meeting], Awaitable[None]]] = {
    END: close, REWIND: rewind, PAUSE: pause, HINT: hint, RATINGS: ratings,
}  # fmt: skip
