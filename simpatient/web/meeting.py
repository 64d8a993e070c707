"""One open meeting in one browser tab: the encounter and what shows it."""

# Chainlit's elements are not typed.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine, Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from chainlit.types import ThreadDict

from simpatient.encounter import Encounter, Mode
from simpatient.encounter.debrief import profile_of
from simpatient.persona import Patient
from simpatient.store.rows import Aside
from simpatient.web.cards import FarewellProps, author_id, briefing_props
from simpatient.web.educator import educator_props
from simpatient.web.panel import PanelProps, rated_props, welcome_props
from simpatient.web.room import Opened, Room
from simpatient.web.sending import Drawn, card
from simpatient.web.tested import experimental
from simpatient.web.text import catalogue
from simpatient.web.thread import Shown, add_words, learner_step, of_encounter, said
from simpatient.words import Ending

log = logging.getLogger(__name__)

MOST_ASIDES = 200
"""Lines of the coach's that are kept with a meeting; the oldest go first."""
PANEL = "Rapport"
"""Name of the element and of its file; the sidebar shows it as its title."""


@dataclass(kw_only=True)
class Meeting:
    """An encounter with the panel that follows it."""

    opened: Opened
    """Shared with every other tab that shows the same meeting."""
    room: Room
    phone: bool
    """On a phone the panel comes as a card below the reply: the sidebar would cover the chat."""
    live: bool = True
    """Whether the learner wants to see ratings while they talk."""
    heard: dict[str, int] = field(default_factory=dict[str, int])
    """Number of the exchange by the id of the message on screen."""
    seen: tuple[int, int] = (0, 0)
    """Where the meeting stood when this tab last showed it."""
    panel: Drawn | None = None
    latest: PanelProps | None = None
    shown: int = 0
    """Number of the exchange that the panel shows."""
    said_farewell: bool = False
    drawing: asyncio.Lock = field(default_factory=asyncio.Lock)
    _following: asyncio.Lock = field(default_factory=asyncio.Lock)
    _tasks: set[asyncio.Task[None]] = field(default_factory=set[asyncio.Task[None]])

    @property
    def encounter(self) -> Encounter:
        """The meeting itself."""
        return self.opened.encounter

    @property
    def page(self) -> str:
        """Id of its debrief page."""
        return self.opened.page

    @property
    def lock(self) -> asyncio.Lock:
        """One message at a time, from whichever tab."""
        return self.opened.lock

    @property
    def patient(self) -> Patient:
        """Whom the learner meets."""
        return self.encounter.patient

    @property
    def author(self) -> str:
        """The patient as author of messages."""
        return author_id(self.patient)

    @property
    def intending(self) -> str:
        """What the learner wants to reach with the next message; empty where they did not say."""
        beside = self.opened.beside
        return beside.intending if beside.intending_after == self.opened.place[0] else ""

    @property
    def hinted(self) -> bool:
        """Whether a hint was given at this place."""
        here = self.opened.place[0]
        return any(aside.kind == "hint" and aside.after == here for aside in self.opened.beside.asides)

    async def put_beside(self, **changes: Any) -> None:
        """Change how the page shows the meeting, for every tab and after a restart."""
        await self.room.set_beside(self.opened, replace(self.opened.beside, **changes))

    async def put_aside(self, kind: str, text: str, **changes: Any) -> None:
        """Keep a line of the coach's at this place, so that the learner finds it again."""
        line = Aside(after=self.opened.place[0], kind=kind, text=text)
        await self.put_beside(asides=(*self.opened.beside.asides, line)[-MOST_ASIDES:], **changes)

    @property
    def stale(self) -> bool:
        """Whether another tab went on with the meeting since this one showed it."""
        return self.seen != self.opened.place

    @property
    def assessed(self) -> bool:
        """Whether nothing is shown before the debrief, and there is no way back."""
        return self.encounter.mode is Mode.ASSESSMENT

    @property
    def left(self) -> int:
        """Exchanges until the time is up."""
        return self.patient.persona.card.exchange_limit - len(self.encounter.exchanges)

    @property
    def foreword(self) -> list[str]:
        """What the learner has to know before the first word, beside the briefing."""
        words, told = catalogue(), [self.encounter.privacy]
        if self.assessed:
            told.append(words.say("mode.assessment_begins", count=self.patient.persona.card.exchange_limit))
        if self.room.educator:
            told.append(words.say("educator.notice"))
        return [line for line in told if line]

    def caught_up(self) -> None:
        """This tab shows the meeting as it stands."""
        self.seen = self.opened.place

    def thread(self, lines: Iterable[str] = ()) -> ThreadDict:
        """The whole chat as it is to be on the screen, cards, panel and the coach's `lines` included."""
        encounter = self.encounter
        shown = of_encounter(encounter)
        whole = Shown(encounter=encounter.id, learner=encounter.learner, name=shown.name, profile=shown.profile)
        whole.card("Briefing", briefing_props(self.patient, self.room.keeps))
        for place, line in enumerate(self.foreword):
            whole.coach_says(f"before.{place}", line)
        exchanges = (said(each) for each in encounter.exchanges)
        add_words(whole, self.author, encounter.opening, exchanges, self.opened.beside.asides)
        self.heard = {learner_step(encounter.id, each.number): each.number for each in encounter.exchanges}
        self._draw_into(whole)
        if encounter.ended is not None:
            whole.card("Farewell", self.farewell())
        for place, line in enumerate(lines):
            whole.coach_says(f"after.{place}", line)
        self.said_farewell = encounter.ended is not None
        self.caught_up()
        return whole.thread()

    def farewell(self) -> FarewellProps:
        """The card at the end."""
        words = catalogue()
        ending = self.encounter.ended or Ending.STOPPED
        name = self.patient.persona.card.name.split()[0]
        return FarewellProps(
            labels=words.section("farewell"), headline=words.say(f"ended.{ending.value}", patient=name),
            text=words.say(f"ended_about.{ending.value}", patient=name), debrief=self.link,
            person=self.patient.persona.id,
        )  # fmt: skip

    @property
    def link(self) -> str:
        """Address of the debrief."""
        return f"/debrief/{self.page}"

    async def open_panel(self) -> None:
        """Show the panel before the first exchange."""
        self._take(0)
        if self.live and not self.phone and self.latest is not None:
            await self._open(self.latest)

    async def set_live(self, *, live: bool) -> None:
        """Switch the live ratings on or off."""
        async with self.drawing:
            self.live = live and not self.assessed
            if not self.assessed:
                await self.put_beside(live=live)
            if self.phone or self.latest is None or self.assessed:
                return
            if live:
                await self._draw(self.latest)
            elif self.panel is not None:
                await self.panel.close_beside()
                self.panel = None

    async def closed_by_hand(self) -> None:
        """The learner has closed the panel by its own arrow; Chainlit would open it again with the next ratings."""
        async with self.drawing:
            self.live, self.panel = False, None
            await self.put_beside(live=False)

    async def show_once(self) -> None:
        """Show the last ratings where the learner is: in the panel, or on a phone as a card."""
        async with self.drawing:
            if self.latest is not None:
                await self._draw(self.latest)

    async def show_ratings(self, number: int) -> None:
        """Fill the panel with the ratings of an exchange, unless a later one is already shown."""
        await self.encounter.rated(number)
        async with self.drawing:
            if number <= self.shown or number not in {each.number for each in self.encounter.exchanges}:
                return
            self._take(number)
            if self.live and self.latest is not None:
                await self._draw(self.latest)

    async def show_ratings_soon(self, number: int) -> None:
        """Fill the panel likewise, once nobody waits for a reply any more."""
        async with self._following:
            await self.room.answering.over()
            await self.show_ratings(number)

    async def close_panel(self) -> None:
        """Put the way to the debrief into the panel."""
        async with self.drawing:
            if self.latest is None:
                return
            self.latest = {**self.latest, "debrief": self.link}
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

    def _take(self, number: int) -> None:
        """Let the panel hold the ratings of an exchange of the branch that stands; 0 is none."""
        exchange = next((each for each in self.encounter.exchanges if each.number == number), None)
        self.shown = number
        if exchange is None:
            self.latest = welcome_props(self.patient, inline=self.phone)
        else:
            here = self.encounter
            profile = profile_of(here.rubric, here.held, here.memory, here.ended or Ending.STOPPED)
            weak = experimental(self.room.library, here.rubric.id)
            place = 1 + here.exchanges.index(exchange)
            self.latest = rated_props(
                exchange,
                profile,
                self.patient,
                here.rubric,
                self.room.codebook,
                inline=self.phone,
                place=place,
                weak=weak,
            )
        if self.encounter.ended is not None:
            self.latest = {**self.latest, "debrief": self.link}
        if len(self.encounter.branches()) > 1:
            self.latest = {**self.latest, "compare": f"/compare/{self.page}"}
        if self.room.educator:
            self.latest = {**self.latest, "educator": educator_props(self.encounter, exchange, self.room.codebook)}
        if exchange is not None and self.encounter.ended is None:
            self.latest = {**self.latest, "left": catalogue().say("panel.left", count=self.left)}

    def _draw_into(self, whole: Shown) -> None:
        """Add the panel with the last ratings that have come to the chat as it is to be."""
        rated = [each.number for each in self.encounter.exchanges if each.assessment is not None and each.learner]
        self._take(rated[-1] if rated else 0)
        if not self.live or self.latest is None:
            return
        if not self.phone:
            self.panel = self.panel or Drawn(name=PANEL, props={}, display="side")
            self.panel.props = self.latest
            whole.element(self.panel.id, PANEL, self.latest)
        elif rated:
            whole.card(PANEL, self.latest)

    async def _draw(self, props: PanelProps) -> None:
        if self.phone:
            await card(PANEL, props)
        elif self.panel is None:
            await self._open(props)
        else:
            # A new element, or the sidebar's own call, would blank or close the sidebar.
            self.panel.props = props
            await self.panel.draw()

    async def _open(self, props: PanelProps) -> None:
        self.panel = Drawn(name=PANEL, props=props, display="side")
        await self.panel.open_beside(key=self.page)
