"""The one retry policy: when a call is made again, how long it may take, and how much is held back meanwhile."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import aclosing

import tenacity

from simpatient.llm.failures import PASSING, Failure, ServiceFailed
from simpatient.llm.port import ChatModel, Completion, Piece, Request

TRIES = 3
"""Calls made for one answer, the first included."""
LONGEST_WAIT = 10.0
"""Seconds that a server may ask us to wait; one that wants more has failed."""
_SENTENCE_STANDS = re.compile(r"[.!?…][\"'”’)]*\s")


class Patience:
    """A chat model that is asked again while nothing has been passed on.

    A streamed answer is held back until its first sentence stands, so that a stream that breaks off before can be
    asked for again without anybody noticing. Exponential waiting with jitter; Retry-After is honoured; never after a
    refused key, name or request, or when the quota is used up.
    """

    def __init__(self, inner: ChatModel, *, deadline: float = 60.0, first_wait: float = 0.5) -> None:
        """Wrap `inner`.

        Args:
            inner: the model to ask.
            deadline: seconds one answer may take in all, waiting included.
            first_wait: seconds before the second try, and up to half as much again; doubled after each.
        """
        self.inner, self.deadline, self.first_wait = inner, deadline, first_wait

    @property
    def name(self) -> str:
        """The model's own."""
        return self.inner.name

    @property
    def place(self) -> str:
        """The model's own."""
        return self.inner.place

    async def stream(self, request: Request) -> AsyncIterator[Piece]:
        """The answer in parts, the first of which ends a sentence or is the whole; see `ChatModel.stream`.

        Raises:
            ServiceFailed: the service failed, or its answer ended without saying that it was finished.
        """
        passed_on: list[bool] = []
        until = asyncio.get_running_loop().time() + self.deadline
        async for attempt in self._tries(lambda: not passed_on, until):
            with attempt:
                async with aclosing(_from_first_sentence(self.inner.stream(request), until)) as pieces:
                    async for piece in pieces:
                        if not passed_on:
                            passed_on.append(True)
                        yield piece

    async def complete(self, request: Request) -> Completion:
        """The whole answer; see `ChatModel.complete`.

        Raises:
            ServiceFailed: as `stream`.
        """
        until = asyncio.get_running_loop().time() + self.deadline
        async for attempt in self._tries(lambda: True, until):
            with attempt:
                try:
                    async with asyncio.timeout_at(until):
                        return await self.inner.complete(request)
                except TimeoutError:
                    raise ServiceFailed(Failure.SLOW) from None
        raise ServiceFailed(Failure.SLOW)

    def _tries(self, may: Callable[[], bool], until: float) -> tenacity.AsyncRetrying:
        clock = asyncio.get_running_loop().time

        def again(exc: BaseException) -> bool:
            if not isinstance(exc, ServiceFailed) or exc.failure not in PASSING or not may():
                return False
            return (exc.retry_after or 0.0) <= min(LONGEST_WAIT, until - clock())

        growing = tenacity.wait_exponential(multiplier=self.first_wait, max=4.0)
        backing_off = growing + tenacity.wait_random(0.0, self.first_wait / 2)

        def wait(state: tenacity.RetryCallState) -> float:
            exc = state.outcome.exception() if state.outcome else None
            asked = exc.retry_after if isinstance(exc, ServiceFailed) else None
            return backing_off(state) if asked is None else asked

        def over(state: tenacity.RetryCallState) -> bool:
            return state.attempt_number >= TRIES or clock() + state.upcoming_sleep >= until

        return tenacity.AsyncRetrying(retry=tenacity.retry_if_exception(again), wait=wait, stop=over, reraise=True)


async def _from_first_sentence(pieces: AsyncIterator[Piece], until: float) -> AsyncGenerator[Piece]:
    """The pieces, held back until a sentence stands or the answer is whole, as long as they come in time."""
    deadline = _Deadline(until)
    held: str | None = ""
    try:
        while (piece := await deadline.next_of(pieces)) is not None:
            if held is not None:
                if isinstance(piece, str):
                    held += piece
                    if not _SENTENCE_STANDS.search(held):
                        continue
                    piece = held
                elif held:
                    yield held
                held = None
            yield piece
    finally:
        deadline.over()
        if isinstance(pieces, AsyncGenerator):
            await pieces.aclose()


class _Deadline:
    """One alarm for a whole stream.

    `asyncio.timeout` may not stay open while a generator hands something out, and opening it anew for every piece
    costs more than reading the piece.
    """

    def __init__(self, until: float) -> None:
        """Set the alarm for `until` on the running loop's clock."""
        self._waiting: asyncio.Task[object] | None = None
        self._struck = False
        self._loop = asyncio.get_running_loop()
        self._alarm = self._loop.call_at(until, self._strike)

    def over(self) -> None:
        """Switch the alarm off."""
        self._alarm.cancel()

    async def next_of(self, pieces: AsyncIterator[Piece]) -> Piece | None:
        """The next piece; None after the last.

        Raises:
            ServiceFailed: it did not come in time.
        """
        if self._struck:
            raise ServiceFailed(Failure.SLOW)
        task = asyncio.current_task(self._loop)
        assert task is not None
        pending = task.cancelling()
        self._waiting = task
        try:
            return await anext(pieces)
        except StopAsyncIteration:
            return None
        except asyncio.CancelledError:
            if not self._struck or task.uncancel() > pending:
                raise
        finally:
            self._waiting = None
        raise ServiceFailed(Failure.SLOW)

    def _strike(self) -> None:
        self._struck = True
        if self._waiting is not None:
            self._waiting.cancel()
