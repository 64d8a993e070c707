"""What the learner can do beside talking: the buttons in the composer, and what each does."""

# Chainlit's emitter is not typed.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import chainlit as cl

from simpatient.web.meeting import Meeting
from simpatient.web.showing import coach
from simpatient.web.talking import close, go_back
from simpatient.web.text import catalogue

END, REWIND, PAUSE = "End", "Rewind", "Pause"
ICONS = {REWIND: "undo-2", PAUSE: "pause", END: "door-open"}
"""Every command with its picture, in the order of the buttons."""
WRITTEN = {"/end": END, "/quit": END, "/exit": END, "/rewind": REWIND, "/pause": PAUSE}
"""What may be written instead."""


async def offer_commands(meeting: Meeting) -> None:
    """Put the buttons into the composer; none when the meeting is over."""
    offered = [] if meeting.encounter.ended is not None else list(ICONS)
    await cl.context.emitter.set_commands([_button(name) for name in offered])


def _button(name: str) -> Any:
    about = catalogue().say(f"commands.{name.lower()}")
    return {
        "id": name, "icon": ICONS[name], "description": about, "button": True, "persistent": False, "selected": False
    }  # fmt: skip


def command_of(message: cl.Message) -> str:
    """The command that a message is; empty for words to the patient."""
    written = message.content.strip().lower()
    return message.command if message.command in ICONS else WRITTEN.get(written, "")


async def do(command: str, meeting: Meeting) -> None:
    """Do what the learner commands."""
    await _DOES[command](meeting)


async def rewind(meeting: Meeting) -> None:
    """Go back to before the last exchange, so that it can be tried again."""
    async with meeting.lock:
        last = next((each for each in reversed(meeting.encounter.exchanges) if each.learner), None)
        if last is None:
            await coach(catalogue().say("page.nothing_to_rewind"))
            return
        await go_back(meeting, last.number, catalogue().say("page.rewound", text=" ".join(last.learner.split())))
    await offer_commands(meeting)


async def pause(_meeting: Meeting) -> None:
    """Say that nothing of this counts."""
    await coach(catalogue().say("page.paused"))


_DOES: dict[str, Callable[[Meeting], Awaitable[None]]] = {END: close, REWIND: rewind, PAUSE: pause}
