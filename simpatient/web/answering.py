"""Who is being answered now: what can wait, waits until they have their reply."""

from __future__ import annotations

import asyncio
from collections.abc import Generator
from contextlib import contextmanager, suppress

PATIENCE_S = 1.0
"""How long what can wait does so at most, in seconds."""


class Answering:
    """The learners of one server who are being answered without a chat model, so that only this process is waited for."""

    def __init__(self) -> None:
        """Nobody is."""
        self._waiting = 0
        self._over = asyncio.Event()
        self._over.set()

    @contextmanager
    def one(self) -> Generator[None]:
        """While this lasts one more is being answered."""
        self._waiting += 1
        self._over.clear()
        try:
            yield
        finally:
            self._waiting -= 1
            if not self._waiting:
                self._over.set()

    async def over(self) -> None:
        """Nothing, once nobody is being answered, or patience ends."""
        if self._waiting:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._over.wait(), PATIENCE_S)
