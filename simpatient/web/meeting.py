"""One open meeting in one browser tab: the encounter and what shows it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine
from dataclasses import dataclass, field
from typing import Any

import chainlit as cl

from simpatient.encounter import Encounter
from simpatient.persona import Patient
from simpatient.web.cards import author_id
from simpatient.web.panel import PanelProps, rated_props, welcome_props
from simpatient.web.room import Room
from simpatient.web.text import catalogue

log = logging.getLogger(__name__)

PANEL = "Rapport"
"""Name of the element and of its file; the sidebar shows it as its title."""
RECONNECT_S = 1.0
"""How long a browser that lost its connection in the middle of a reply is given to come back, in seconds."""


@dataclass(kw_only=True)
class Meeting:
    """An encounter with the panel that follows it."""

    encounter: Encounter
    page: str
    """Id of its debrief page."""
    room: Room
    phone: bool
    """On a phone the panel comes as a card below the reply: the sidebar would cover the chat."""
    live: bool = True
    """Whether the learner wants to see ratings while they talk."""
    heard: set[str] = field(default_factory=set[str])
    """Ids of the messages answered so far."""
    panel: cl.CustomElement | None = None
    latest: PanelProps | None = None
    shown: int = 0
    """Number of the exchange that the panel shows."""
    said_farewell: bool = False
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    """One message at a time."""
    drawing: asyncio.Lock = field(default_factory=asyncio.Lock)
    _tasks: set[asyncio.Task[None]] = field(default_factory=set[asyncio.Task[None]])

    @property
    def patient(self) -> Patient:
        """Whom the learner meets."""
        return self.encounter.patient

    @property
    def author(self) -> str:
        """The patient as author of messages."""
        return author_id(self.patient)

    async def open_panel(self) -> None:
        """Show the panel before the first exchange."""
        self.latest = welcome_props(self.patient, inline=self.phone)
        if self.live and not self.phone:
            await self._open(self.latest)

    async def set_live(self, *, live: bool) -> None:
        """Switch the live ratings on or off."""
        async with self.drawing:
            self.live = live
            if self.phone or self.latest is None:
                return
            if live:
                await self._draw(self.latest)
            elif self.panel is not None:
                await self.panel.remove()
                await cl.ElementSidebar.set_elements([])
                self.panel = None

    async def show_ratings(self, number: int) -> None:
        """Fill the panel with the ratings of an exchange, unless a later one is already shown."""
        exchange = await self.encounter.rated(number)
        profile = self.encounter.debrief().profile
        props = rated_props(exchange, profile, self.patient, self.room.rubric, self.room.codebook, inline=self.phone)
        async with self.drawing:
            if number <= self.shown:
                return
            self.shown, self.latest = number, props
            if self.live:
                await self._draw(props)

    async def close_panel(self, debrief: str) -> None:
        """Put the way to the debrief into the panel."""
        async with self.drawing:
            if self.latest is None:
                return
            self.latest = {**self.latest, "debrief": debrief}
            if self.live and self.panel is not None:
                await self._draw(self.latest)

    def start(self, work: Coroutine[Any, Any, None]) -> None:
        """Run `work` beside the conversation; an error in it is logged and the conversation goes on."""
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._finished)

    def _finished(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("The panel could not be drawn", exc_info=error)

    async def _draw(self, props: PanelProps) -> None:
        if self.phone:
            card = cl.CustomElement(name=PANEL, props=dict(props), display="inline")
            await cl.Message(content="", author=catalogue().say("page.coach"), elements=[card]).send()
        elif self.panel is None:
            await self._open(props)
        else:
            # A new element, or the sidebar's own call, would blank or close the sidebar.
            self.panel.props = dict(props)
            await self.panel.update()

    async def _open(self, props: PanelProps) -> None:
        self.panel = cl.CustomElement(name=PANEL, props=dict(props), display="side")
        await cl.ElementSidebar.set_title(PANEL)
        await cl.ElementSidebar.set_elements([self.panel], key=self.page)
