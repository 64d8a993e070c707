"""What goes to the browser: messages, replies as they are spoken, our own elements, and the sign that a reply is coming.

The events are Chainlit's. Its own classes for them stop the whole server for a millisecond for each message and each
step, keep every message until the process ends, write an element into a file whenever it changes, and start tasks for a
history that is ours already. With one learner nobody notices; with a class at once it is most of what a reply takes.
"""

# Chainlit's context and emitter are not typed.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false

from __future__ import annotations

import uuid
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Literal, Protocol, cast

import chainlit as cl
from chainlit.context import local_steps
from chainlit.element import ElementDict
from chainlit.step import StepDict

from simpatient.web.text import catalogue

RUN = "on_message"
"""By this name Chainlit's page knows the step under which it shows that a reply is coming."""

Kind = Literal["assistant_message", "user_message"]


def new_id() -> str:
    """The id of something new on the screen."""
    return str(uuid.uuid4())


class Word(Protocol):
    """What the learner sent."""

    @property
    def id(self) -> str:
        """Of the message on screen."""
        ...

    @property
    def content(self) -> str:
        """Its text."""
        ...

    @property
    def command(self) -> str | None:
        """The button that was pressed with it; None where none was."""
        ...


@dataclass(frozen=True, kw_only=True)
class Written:
    """What the learner wrote into the composer."""

    id: str
    content: str
    command: str | None = None

    @classmethod
    def of(cls, step: Mapping[str, object]) -> Written | None:
        """What a browser sent; None when it is nothing that a page of ours sends."""
        try:
            sent = uuid.UUID(str(step.get("id")))
        except ValueError:
            return None
        command = step.get("command")
        return cls(id=str(sent), content=str(step.get("output", "")), command=str(command) if command else None)


@dataclass(frozen=True, kw_only=True)
class Run:
    """What a message of the learner's set going; what is said meanwhile hangs on it."""

    id: str
    name: str = RUN


@dataclass(kw_only=True)
class Bubble:
    """A message on the screen, whole or as it is spoken."""

    author: str
    text: str = ""
    kind: Kind = "assistant_message"
    id: str = field(default_factory=new_id)
    metadata: Mapping[str, str] = field(default_factory=dict[str, str])
    _began: bool = False
    _step: dict[str, Any] = field(default_factory=dict[str, Any])

    async def speak(self, more: str) -> None:
        """Add `more` to what is on the screen."""
        self.text += more
        if self._began:
            await cl.context.emitter.send_token(id=self.id, token=more)
            return
        self._began = True
        await cl.context.emitter.stream_start(cast("StepDict", {**self._dict(), "streaming": True}))

    async def show(self) -> None:
        """Put the text on the screen as it is now, in place of what was spoken."""
        await cl.context.emitter.send_step(self._dict())

    def _dict(self) -> StepDict:
        if not self._step:
            running = local_steps.get()
            self._step = _step(self.id, self.author, self.kind, parent=running[-1].id if running else None)
            self._step["metadata"] = {**self.metadata}
        return cast("StepDict", {**self._step, "output": self.text})


@dataclass(kw_only=True)
class Drawn:
    """An element of ours on the screen; it changes with `draw`."""

    name: str
    """Of the element's file."""
    props: Mapping[str, Any]
    display: Literal["inline", "side"] = "inline"
    beside: str = ""
    """Id of the message in which it stands; empty in the sidebar."""
    id: str = field(default_factory=new_id)

    def dict(self) -> ElementDict:
        """The element as Chainlit's page takes it."""
        return {
            "id": self.id, "threadId": cl.context.session.thread_id, "type": "custom", "name": self.name,
            "display": self.display, "props": {**self.props}, "forId": self.beside, "mime": "application/json",
        }  # fmt: skip

    async def draw(self) -> None:
        """Put the element on the screen as it is now."""
        await cl.context.emitter.send_element(self.dict())

    async def open_beside(self, key: str) -> None:
        """Open the sidebar with it."""
        emit, shown = cl.context.emitter.emit, self.dict()
        await emit("set_sidebar_title", self.name)
        await emit("element", shown)
        await emit("set_sidebar_elements", {"elements": [shown], "key": key})

    async def close_beside(self) -> None:
        """Take it off the screen, and close the sidebar."""
        await cl.context.emitter.emit("remove_element", {"id": self.id})
        await cl.context.emitter.emit("set_sidebar_elements", {"elements": [], "key": None})


async def card(element: str, props: Mapping[str, Any]) -> Drawn:
    """The element of ours that is shown in the chat now."""
    place = Bubble(author=catalogue().say("page.coach"))
    shown = Drawn(name=element, props=props, beside=place.id)
    await place.show()
    await shown.draw()
    return shown


@asynccontextmanager
async def run_of(message_id: str) -> AsyncGenerator[None]:
    """While this lasts the page shows that a reply to the message of this id is coming."""
    run = Run(id=new_id())
    step = _step(run.id, run.name, "run", parent=message_id)
    before = local_steps.set([run])  # pyright: ignore[reportArgumentType]  (of a step, only id and name are read)
    await cl.context.emitter.send_step(cast("StepDict", step))
    try:
        yield
    finally:
        local_steps.reset(before)
        await cl.context.emitter.update_step(cast("StepDict", {**step, "end": _now()}))


def _step(
    step_id: str, name: str, kind: Literal["assistant_message", "user_message", "run"], parent: str | None
) -> dict[str, Any]:
    now = _now()
    return {
        "id": step_id, "threadId": cl.context.session.thread_id, "parentId": parent, "name": name, "type": kind,
        "createdAt": now, "start": now, "end": None if kind == "run" else now, "input": "", "output": "",
        "streaming": False, "isError": False, "waitForAnswer": False, "metadata": {},
    }  # fmt: skip


def _now() -> str:
    return f"{datetime.now(UTC).replace(tzinfo=None).isoformat()}Z"
