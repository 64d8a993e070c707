"""Chat models as a run uses them: so many calls in flight at each endpoint, counted, recorded and replayed."""

from __future__ import annotations

import asyncio
import json
from collections import deque
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from simpatient.encounter import Cast
from simpatient.errors import ChatModelError, ConfigurationError
from simpatient.llm import ChatModel, Completion, Failure, Patience, Piece, Replayer, Request, ServiceFailed
from simpatient.suite.schema import Price

ROLES: tuple[str, ...] = ("voice", "evaluator", "judge", "learner")
NOTE = "recording.json"
"""File in a folder of recordings that notes which models were recorded."""
LONGEST_REST = 120.0
"""Seconds that a busy endpoint may ask a whole run to wait; one that wants more has failed."""
ASKED_AGAIN = 8
"""Times a call is made again after the endpoint said it is busy."""


class InFlight:
    """How many calls one endpoint is given at once: one more for every round that goes well, half when it is busy."""

    def __init__(self, most: int) -> None:
        """Begin with `most`, and never exceed it."""
        self.most, self.limit = most, float(most)
        self.now = 0
        self.turn = asyncio.Lock()
        """Answers are taken up one by one, so that waiting calls leave before anybody thinks about the last ones."""
        self._rest_until = 0.0
        self._eased_at = -1.0
        self._waiting: deque[asyncio.Future[None]] = deque()
        self._alarm: asyncio.TimerHandle | None = None

    async def __aenter__(self) -> None:
        if self._free() and not self._waiting:
            self.now += 1
            return
        mine: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append(mine)
        self._wake()
        try:
            await mine
        except asyncio.CancelledError:
            if mine.done() and not mine.cancelled():
                self.now -= 1
                self._wake()
            raise

    async def __aexit__(self, *_: object) -> None:
        self.now -= 1
        self._wake()

    def went_well(self) -> None:
        """A call was answered."""
        self.limit = min(float(self.most), self.limit + 1 / max(1.0, self.limit))

    def was_busy(self, begun: float, retry_after: float | None) -> None:
        """A call begun at `begun` was turned away; calls begun before the last easing ease nothing more."""
        clock = asyncio.get_running_loop().time()
        if begun > self._eased_at:
            self.limit, self._eased_at = max(1.0, self.limit / 2), clock
        if retry_after is not None and retry_after <= LONGEST_REST:
            self._rest_until = max(self._rest_until, clock + retry_after)

    def _free(self) -> bool:
        return self.now < int(self.limit) and asyncio.get_running_loop().time() >= self._rest_until

    def _wake(self) -> None:
        """Let as many go on as there is room for; while the endpoint rests, later."""
        while self._waiting and self._free():
            mine = self._waiting.popleft()
            if not mine.done():
                self.now += 1
                mine.set_result(None)
        if self._waiting and self._alarm is None:
            loop = asyncio.get_running_loop()
            if self._rest_until > loop.time():
                self._alarm = loop.call_at(self._rest_until, self._rested)

    def _rested(self) -> None:
        self._alarm = None
        self._wake()


class BudgetUsedUp(ChatModelError):
    """A call that was not made, since the run may make no more."""


@dataclass(kw_only=True)
class Budget:
    """How many calls a whole run may make; those made again count like any other."""

    most: int | None = None
    """None for any number."""
    made: int = 0

    def take(self) -> None:
        """Count a call that is about to be made.

        Raises:
            BudgetUsedUp: it may not be.
        """
        if self.most is not None and self.made >= self.most:
            raise BudgetUsedUp(f"the budget of {self.most} calls is used up")
        self.made += 1


@dataclass(kw_only=True, eq=False)
class Meter:
    """What one conversation took."""

    calls: int = 0
    """Calls made, those made again included."""
    tokens: int | None = None
    """None until a server told any."""
    cost: float | None = None
    """None without a price."""
    waited: float = 0.0
    """Seconds in which calls waited for room."""
    failed: dict[str, str] = field(default_factory=dict[str, str])
    """By role, what was said of its service when it failed last."""
    prices: Mapping[str, Price] = field(default_factory=dict[str, Price])
    budget: Budget = field(default_factory=Budget)
    """Of the whole run."""

    def begins(self) -> None:
        """A call is about to be made.

        Raises:
            BudgetUsedUp: it may not be.
        """
        self.budget.take()
        self.calls += 1

    def count(self, model: str, completion: Completion) -> None:
        """An answer came."""
        if completion.tokens is None:
            return
        self.tokens = (self.tokens or 0) + completion.tokens
        if (price := self.prices.get(model)) is not None:
            spent = (completion.prompt_tokens or 0) * price.prompt + (completion.answer_tokens or 0) * price.answer
            self.cost = (self.cost or 0.0) + spent / 1_000_000


class Watched:
    """A chat model each of whose calls is counted, and whose endpoint is eased when it says that it is busy."""

    def __init__(self, inner: ChatModel, room: InFlight, meter: Meter) -> None:
        """Watch `inner` for `room`, counting on `meter`."""
        self.inner, self.room, self.meter = inner, room, meter

    @property
    def name(self) -> str:
        """The model's own."""
        return self.inner.name

    @property
    def place(self) -> str:
        """The model's own."""
        return self.inner.place

    async def stream(self, request: Request) -> AsyncIterator[Piece]:
        """The whole answer as one piece, then its completion: in a suite nobody listens to sentences."""
        completion = await self.complete(request)
        yield completion.text
        yield completion

    async def complete(self, request: Request) -> Completion:
        """The answer.

        Raises:
            ServiceFailed: as the model's own.
            BudgetUsedUp: the run may make no more calls.
        """
        self.meter.begins()
        begun = asyncio.get_running_loop().time()
        try:
            completion = await self.inner.complete(request)
        except ServiceFailed as exc:
            if exc.failure is Failure.BUSY:
                self.room.was_busy(begun, exc.retry_after)
            raise
        self.room.went_well()
        return completion


def watched(model: ChatModel, room: InFlight, meter: Meter) -> ChatModel:
    """`model` watched for `room`, beneath its patience where it has any."""
    if isinstance(model, Patience):
        return Patience(Watched(model.inner, room, meter), deadline=model.deadline, first_wait=model.first_wait)
    return Watched(model, room, meter)


class Metered:
    """A chat model as one conversation uses it: waits for room, counts, and tries again while it is busy."""

    def __init__(self, inner: ChatModel, room: InFlight, meter: Meter, role: str) -> None:
        """Ask `inner` when `room` has some."""
        self.inner, self.room, self.meter, self.role = inner, room, meter, role

    @property
    def name(self) -> str:
        """The model's own."""
        return self.inner.name

    @property
    def place(self) -> str:
        """The model's own."""
        return self.inner.place

    async def stream(self, request: Request) -> AsyncIterator[Piece]:
        """The whole answer as one piece, then its completion.

        Raises:
            ServiceFailed: the service failed.
        """
        completion = await self.complete(request)
        if completion.text:
            yield completion.text
        yield completion

    async def complete(self, request: Request) -> Completion:
        """The answer.

        Raises:
            ServiceFailed: the service failed.
            BudgetUsedUp: the run may make no more calls.
        """
        for tried in range(ASKED_AGAIN + 1):
            asked = asyncio.get_running_loop().time()
            async with self.room:
                self.meter.waited += asyncio.get_running_loop().time() - asked
                try:
                    completion = await self.inner.complete(request)
                except ServiceFailed as exc:
                    rests = exc.retry_after is None or exc.retry_after <= LONGEST_REST
                    if exc.failure is Failure.BUSY and rests and tried < ASKED_AGAIN:
                        continue
                    self.meter.failed[self.role] = str(exc)
                    raise
                except BudgetUsedUp as exc:
                    self.meter.failed[self.role] = str(exc)
                    raise
            self.meter.count(self.inner.name, completion)
            async with self.room.turn:
                await asyncio.sleep(0)
            return completion
        raise ServiceFailed(Failure.BUSY)


class Counted:
    """Recorded calls, counted as they were."""

    def __init__(self, inner: ChatModel, meter: Meter, name: str, role: str) -> None:
        """Answer from `inner`, under the name of the model that was recorded."""
        self.inner, self.meter, self.name, self.role = inner, meter, name, role

    place = ""

    async def stream(self, request: Request) -> AsyncIterator[Piece]:
        """The recorded answer.

        Raises:
            UnexpectedCall: it was recorded with another prompt, or not at all.
            ServiceFailed: the recorded call failed.
        """
        completion = await self.complete(request)
        if completion.text:
            yield completion.text
        yield completion

    async def complete(self, request: Request) -> Completion:
        """The recorded answer.

        Raises:
            UnexpectedCall: it was recorded with another prompt, or not at all.
            ServiceFailed: the recorded call failed.
        """
        self.meter.calls += 1
        try:
            completion = await self.inner.complete(request)
        except ServiceFailed as exc:
            self.meter.failed[self.role] = str(exc)
            raise
        self.meter.count(self.name, completion)
        return completion


@dataclass(frozen=True, kw_only=True)
class Tape:
    """Where calls are recorded, or replayed from."""

    folder: Path
    replay: bool
    """Answer from recordings alone; else what is missing or changed is asked and recorded."""
    roles: tuple[str, ...] = ROLES
    """Whose calls are replayed; when recording, all are recorded."""
    names: Mapping[str, str] = field(default_factory=dict[str, str])
    """The recorded model of each role, by the folder's own note."""

    @classmethod
    def recording(cls, folder: Path, names: Mapping[str, str]) -> Tape:
        """Record in `folder`, and note which models were recorded."""
        folder.mkdir(parents=True, exist_ok=True)
        note = json.dumps({role: name for role, name in names.items() if name}, indent=1)
        (folder / NOTE).write_text(note + "\n", encoding="utf-8")
        return cls(folder=folder, replay=False)

    @classmethod
    def replaying(cls, folder: Path, roles: tuple[str, ...] = ROLES) -> Tape:
        """Replay what was recorded in `folder`.

        Raises:
            ConfigurationError: it holds no recording.
        """
        try:
            names = json.loads((folder / NOTE).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            message = f"{folder} holds no recording. Make one with --record {folder}."
            raise ConfigurationError(message) from None
        return cls(folder=folder, replay=True, roles=roles, names={str(k): str(v) for k, v in names.items()})


@dataclass(frozen=True, kw_only=True)
class Service:
    """Who speaks, rates and judges in a run, and how their calls go."""

    voice: ChatModel | None = None
    evaluator: ChatModel | None = None
    judge: ChatModel | None = None
    learner: ChatModel | None = None
    rooms: dict[str, InFlight] = field(default_factory=dict[str, InFlight])
    most: int = 20
    """Calls in flight at one endpoint."""
    tape: Tape | None = None

    @classmethod
    def of(cls, cast: Cast, *, most: int = 20, tape: Tape | None = None) -> Service:
        """The models of a cast: the one that speaks may write for a learner, the one that rates judges."""
        voice, rates = cast.voice, cast.evaluator
        return cls(voice=voice, evaluator=rates, judge=rates, learner=voice or rates, most=most, tape=tape)

    @property
    def _own(self) -> dict[str, ChatModel | None]:
        return dict(zip(ROLES, (self.voice, self.evaluator, self.judge, self.learner), strict=True))

    @property
    def names(self) -> dict[str, str]:
        """Who has each role; empty for what is embedded."""
        tape: Mapping[str, str] = self.tape.names if self.tape is not None and self.tape.replay else {}
        own = self._own
        replayed = self.tape.roles if self.tape is not None else ()
        return {
            role: tape[role] if role in replayed and role in tape else m.name if m else "" for role, m in own.items()
        }

    def model(self, role: str, meter: Meter, place: str) -> ChatModel | None:
        """The model of a role as the conversation kept under `place` uses it; None when it is embedded."""
        own = self._own[role]
        tape = self.tape
        if tape is not None and tape.replay and role in tape.roles and role in tape.names:
            return Counted(Replayer(tape.folder / place), meter, tape.names[role], role)
        if own is None:
            return None
        room = self.rooms.setdefault(own.place or own.name, InFlight(self.most))
        metered = Metered(watched(own, room, meter), room, meter, role)
        return Replayer(tape.folder / place, inner=metered) if tape is not None and not tape.replay else metered
