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
            first_wait: seconds before the second try, at most; doubled after it.
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
        """The answer in parts, the first of which ends a sentence or is the whole; see `ChatModel.stream`."""
        passed_on: list[bool] = []
        until = asyncio.get_running_loop().time() + self.deadline
        async for attempt in self._tries(lambda: not passed_on, until):
            with attempt:
                async with aclosing(_from_first_sentence(_timely(self.inner.stream(request), until))) as pieces:
                    async for piece in pieces:
                        passed_on.append(True)
                        yield piece

    async def complete(self, request: Request) -> Completion:
        """The whole answer; see `ChatModel.complete`."""
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
        def again(exc: BaseException) -> bool:
            if not isinstance(exc, ServiceFailed) or exc.failure not in PASSING or not may():
                return False
            return (exc.retry_after or 0.0) <= LONGEST_WAIT and asyncio.get_running_loop().time() < until

        waiting = tenacity.wait_exponential_jitter(initial=self.first_wait, max=4.0, jitter=self.first_wait)

        def wait(state: tenacity.RetryCallState) -> float:
            exc = state.outcome.exception() if state.outcome else None
            asked = exc.retry_after if isinstance(exc, ServiceFailed) else None
            left = max(0.0, until - asyncio.get_running_loop().time())
            return min(asked if asked is not None else waiting(state), left)

        return tenacity.AsyncRetrying(
            retry=tenacity.retry_if_exception(again), wait=wait, stop=tenacity.stop_after_attempt(TRIES), reraise=True
        )


async def _from_first_sentence(pieces: AsyncGenerator[Piece]) -> AsyncGenerator[Piece]:
    """The pieces, held back until a sentence stands or the answer is whole."""
    held = ""
    passing = False
    async with aclosing(pieces):
        async for piece in pieces:
            if passing or isinstance(piece, Completion):
                if held:
                    yield held
                    held = ""
                passing = True
                yield piece
                continue
            held += piece
            if _SENTENCE_STANDS.search(held):
                yield held
                held, passing = "", True


async def _timely(pieces: AsyncIterator[Piece], until: float) -> AsyncGenerator[Piece]:
    """The pieces, as long as they come before `until` on the loop's clock."""
    stream = aiter(pieces)
    try:
        while True:
            try:
                async with asyncio.timeout_at(until):
                    piece = await anext(stream)
            except StopAsyncIteration:
                return
            except TimeoutError:
                raise ServiceFailed(Failure.SLOW) from None
            yield piece
    finally:
        close = getattr(stream, "aclose", None)
        if close is not None:
            await close()
