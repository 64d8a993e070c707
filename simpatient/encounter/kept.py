"""A meeting and its store: written exchange by exchange, and brought back exactly as it was."""

from __future__ import annotations

import asyncio
import hashlib
import secrets
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol, TypeAlias

from pydantic import BaseModel

from simpatient import __version__
from simpatient.encounter.asked import Mode
from simpatient.encounter.moving import Moving, MovingAgain, Node
from simpatient.encounter.records import Debrief, Exchange, promise_record
from simpatient.errors import MeetingChanged, StoreError
from simpatient.patient.once import once
from simpatient.persona import Patient
from simpatient.rubric import Codebook, Rubric
from simpatient.store.exact import packed, unpacked
from simpatient.store.rows import KeptMeeting, MeetingSettings, NewExchange, NewMeeting, Record, Versions
from simpatient.transcript import Node as TreeNode
from simpatient.transcript import Transcript
from simpatient.words import Ending, Promise

if TYPE_CHECKING:
    from simpatient.encounter.encounter import Encounter

NOT_YET = "What was just said could not be saved yet. {why} You can go on: it is tried again with your next message."
NOT_EXACT = (
    "This meeting was kept without what it needs to go on: by the first version of the store, or imported from an "
    "export made without --to-continue. It can still be read, exported and replayed."
)


class Keeper(Protocol):
    """Keeps meetings; each call is one transaction. `simpatient.store.Store` is one."""

    async def add_exchange(self, meeting: NewMeeting, exchange: NewExchange, writer: str) -> None:
        """Keep an exchange, and with the first one its meeting."""
        ...

    async def add_rating(
        self, encounter: str, exchange: int, evaluator: tuple[str, str], record: Record, exact: str | None = None
    ) -> None:
        """Keep the ratings of an exchange."""
        ...

    async def move_head(self, encounter: str, head: int, exchanges: int, ended: str | None) -> None:
        """Let the meeting stand at an earlier exchange, or be over."""
        ...

    async def add_debrief(self, encounter: str, head: int, record: Record) -> None:
        """Keep how a branch ended."""
        ...


class Archive(Keeper, Protocol):
    """Keeps meetings and finds them again. `simpatient.store.Store` is one."""

    async def meeting(self, encounter: str) -> KeptMeeting:
        """The whole meeting of this id."""
        ...


Reseat: TypeAlias = "Callable[[KeptMeeting], Encounter]"
"""Seats the patient of a kept meeting again, at the opening."""


class Keeping:
    """Writes one meeting to its store, in order. What cannot be written waits, and is tried again with what follows."""

    def __init__(self, store: Keeper | None, rubric: Rubric, opened: Callable[[], NewMeeting]) -> None:
        """Keep in `store` the meeting that `opened` describes when its first exchange comes; None keeps nothing."""
        self._store, self._opened = store, opened
        self._rubric = rubric
        self._meeting: NewMeeting | None = None
        self._versions = Versions()
        self._writer = secrets.token_hex(8)
        self._waiting: deque[Callable[[Keeper], Awaitable[None]]] = deque()
        self._one_by_one = asyncio.Lock()
        self._running: set[asyncio.Task[None]] = set()
        self._changed: MeetingChanged | None = None
        self.trouble: StoreError | None = None
        """Why something still waits to be written; None when everything is kept."""

    async def exchange(self, node: Node, ledger: tuple[Promise, ...]) -> None:
        """Keep an exchange; `ledger` holds the promises before it.

        Raises:
            MeetingChanged: the meeting went on elsewhere; this exchange must not stand.
        """
        if self._store is None:
            return
        meeting, exchange = self._described(node.exchange), node.exchange
        new = NewExchange(
            number=exchange.number,
            parent=exchange.parent,
            record=exchange.record(),
            exact=packed(Point(exchange=exchange, moving=node.moving)),
            versions=self._versions,
            promises=tuple(promise_record(promise) for promise in exchange.promises if promise not in ledger),
            ended=exchange.ended.value if exchange.ended else None,
            rated_by=self._rater(exchange) if exchange.assessment is not None else None,
        )
        await self._keep(lambda store: store.add_exchange(meeting, new, self._writer))
        if self._changed is not None:
            raise self._changed

    async def rating(self, node: Node) -> None:
        """Keep an exchange with the ratings that have come."""
        number, record = node.exchange.number, node.exchange.record()
        exact = packed(Point(exchange=node.exchange, moving=node.moving))
        rater = self._rater(node.exchange)
        await self._keep(lambda store: store.add_rating(record["encounter"], number, rater, record, exact))

    async def stands(self, encounter: str, tree: Transcript[Node], ended: Ending | None) -> None:
        """Keep where the meeting stands now, and whether it is over there."""
        head, count, why = tree.head, len(tree.nodes), ended.value if ended else None
        if count:
            await self._keep(lambda store: store.move_head(encounter, head, count, why))

    async def debrief(self, debrief: Debrief, head: int) -> None:
        """Keep how the branch of `head` ended; a meeting in which nothing was said is not kept at all."""
        if head:
            await self._keep(lambda store: store.add_debrief(debrief.encounter, head, debrief.record()))

    def go_on(self, versions: Versions) -> None:
        """The meeting is there already, begun under `versions`; what follows is marked where it is of others."""
        if self._store is not None:
            meeting = self._opened()
            self._meeting, self._versions = replace(meeting, versions=versions), meeting.versions

    def told(self, exchange: Exchange) -> Exchange:
        """The exchange for the learner, with a line about it when it could not be saved yet."""
        if self.trouble is None:
            return exchange
        line = NOT_YET.format(why=self.trouble)
        return replace(exchange, notice=f"{exchange.notice}\n{line}" if exchange.notice else line)

    def _rater(self, exchange: Exchange) -> tuple[str, str]:
        """Who rated: the rubric's id, with the chat model's name where one rated, and the rubric's version."""
        by = exchange.assessment.by if exchange.assessment else "rules"
        return self._rubric.id if by == "rules" else f"{self._rubric.id} {by}"[:120], self._rubric.version

    def _described(self, exchange: Exchange) -> NewMeeting:
        if self._meeting is None:
            meeting = self._opened()
            self._versions = meeting.versions
            self._meeting = replace(meeting, settings=replace(meeting.settings, voice=exchange.voice.by))
        return self._meeting

    async def _keep(self, write: Callable[[Keeper], Awaitable[None]]) -> None:
        """Write it, after all that waits. Whoever stops waiting does not stop the writing."""
        if self._store is None or self._changed is not None:
            return
        self._waiting.append(write)
        task = asyncio.create_task(self._write_all(self._store))
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        await asyncio.shield(task)

    async def _write_all(self, store: Keeper) -> None:
        async with self._one_by_one:
            while self._waiting:
                try:
                    await self._waiting[0](store)
                except MeetingChanged as exc:
                    self._changed = self.trouble = exc
                    self._waiting.clear()
                    return
                except StoreError as exc:
                    self.trouble = exc
                    return
                self._waiting.popleft()
            self.trouble = None


@dataclass(frozen=True, kw_only=True)
class Point:
    """A place in a meeting from which it can go on."""

    exchange: Exchange
    moving: Moving


@dataclass(frozen=True, kw_only=True)
class Restored:
    """A meeting out of the store."""

    start: Moving
    versions: Versions
    tree: Transcript[Node]
    stopped: Ending | None
    """Why it was stopped from outside; None when it can go on, or when its last exchange ended it."""


def restored(kept: KeptMeeting) -> Restored:
    """The meeting exactly as it stood.

    Raises:
        StoreError: it was kept by another version, or without what it needs to go on.
    """
    start = opening_of(kept)
    nodes: list[TreeNode[Node]] = []
    for each in kept.exchanges:
        if each.exact is None or each.number != len(nodes) + 1:
            raise StoreError(NOT_EXACT)
        point = unpacked(Point, each.exact)
        item = Node(exchange=point.exchange, moving=point.moving, reckoning=None)
        nodes.append(TreeNode(number=each.number, parent=each.parent, item=item))
    tree = Transcript(nodes=tuple(nodes), head=kept.line.head)
    path = tree.path()
    ended = Ending(kept.line.ended) if kept.line.ended else None
    stopped = None if path and path[-1].exchange.ended is ended else ended
    return Restored(start=start, versions=kept.versions, tree=tree, stopped=stopped)


def opening_of(kept: KeptMeeting) -> Moving:
    """All that moves as it was at the opening; of a later meeting, with what went before.

    Raises:
        StoreError: it was kept by another version, or without what it needs to go on.
    """
    if kept.start is None:
        raise StoreError(NOT_EXACT)
    return unpacked(MovingAgain if kept.line.meeting > 1 else Moving, kept.start)


def new_meeting(
    *,
    encounter: str,
    learner: str,
    patient: Patient,
    codebook: Codebook,
    rubric: Rubric,
    seed: int,
    start: Moving,
    mode: Mode,
) -> NewMeeting:
    """What the store keeps of a meeting beside its exchanges."""
    persona = patient.persona
    return NewMeeting(
        id=encounter,
        learner=learner,
        persona=persona.id,
        name=persona.card.name,
        seed=seed,
        settings=MeetingSettings(
            evaluator=rubric.id,
            difficulty=persona.dynamics.difficulty,
            channel=persona.card.channel.value,
            mode=mode.value,
        ),
        versions=versions_of(patient, codebook, rubric),
        start=packed(start),
        meeting=start.memory.meeting,
    )


def versions_of(patient: Patient, codebook: Codebook, rubric: Rubric) -> Versions:
    """Number and digest of all that makes a meeting what it is."""
    return Versions(
        engine=__version__,
        persona=_version(patient.persona.version, patient.persona, patient.lines, patient.returning),
        codebook=_version(codebook.version, codebook.file),
        rubric=_version(rubric.version, rubric),
    )


def _version(number: str, *files: BaseModel) -> str:
    digest = hashlib.sha256("\n".join(_written(file) for file in files).encode("utf-8")).hexdigest()
    return f"{number} {digest[:12]}"


@once
def _written(file: BaseModel) -> str:
    return file.model_dump_json()
