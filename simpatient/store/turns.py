"""Who writes when: on a server everybody at once, in a file all who wait together.

A file has one writer at a time, and each commit waits for the disk. When a whole class has written in the same moment,
what came while one transaction ran goes into the next one, all of it; nobody is told that their words are kept before
that transaction is on the disk.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncEngine

T = TypeVar("T")
Work = Callable[[Connection], T]
"""What one writer does with the connection; the transaction is opened before and committed after it."""


class Turns(Protocol):
    """Lets writers write."""

    async def write(self, work: Work[T]) -> T:
        """What `work` answers, once what it wrote is kept; if it raises, nothing of it is."""
        ...

    def alone(self) -> Any:
        """While this lasts nobody of this process writes."""
        ...

    async def close(self) -> None:
        """Let go of the database."""
        ...


@dataclass(kw_only=True)
class OnServer:
    """Writers of a database server, each in a transaction of their own."""

    engine: AsyncEngine

    async def write(self, work: Work[T]) -> T:
        """What `work` answers, once what it wrote is kept; if it raises, nothing of it is."""
        async with self.engine.begin() as connection:
            return await connection.run_sync(work)

    @asynccontextmanager
    async def alone(self) -> AsyncGenerator[None]:
        """Nothing: a server keeps its writers apart by itself."""
        yield

    async def close(self) -> None:
        """Nothing: the engine is the reader's too."""


@dataclass(kw_only=True)
class InFile:
    """Writers of an SQLite file, who go together."""

    engine: Engine
    """Its connection is used in one thread at a time."""
    _waiting: list[tuple[Work[Any], asyncio.Future[Any]]] = field(
        default_factory=list[tuple[Work[Any], asyncio.Future[Any]]]
    )
    _line: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def write(self, work: Work[T]) -> T:
        """What `work` answers, once what it wrote is kept; if it raises, nothing of it is.

        Whoever stops waiting before its turn comes has not written; after that the writing goes on.
        """
        answer: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._waiting.append((work, answer))
        if len(self._waiting) == 1:
            going = asyncio.create_task(self._go())
            answer.add_done_callback(lambda _answer: going)  # a task that nobody holds may vanish
        return await answer

    @asynccontextmanager
    async def alone(self) -> AsyncGenerator[None]:
        """While this lasts nobody of this process writes."""
        async with self._line:
            yield

    async def close(self) -> None:
        """Let go of the file."""
        async with self._line:
            await asyncio.to_thread(self.engine.dispose)

    async def _go(self) -> None:
        """Write for all who wait when the turn comes."""
        async with self._line:
            going = [(work, answer) for work, answer in self._waiting if not answer.done()]
            self._waiting.clear()
            if not going:
                return
            found: list[Any]
            try:
                found = await asyncio.to_thread(self._together, [work for work, _ in going])
            except Exception as exc:  # noqa: BLE001  (no thread to be had: nobody may wait for ever)
                found = [_Failed(error=exc)] * len(going)
        for (_, answer), one in zip(going, found, strict=True):
            if answer.done():
                continue
            if isinstance(one, _Failed):
                answer.set_exception(one.error)
            else:
                answer.set_result(one)

    def _together(self, works: list[Work[Any]]) -> list[Any]:
        """The answers of all, in one transaction; where one stands in the way of the others, each in its own."""
        try:
            with self.engine.begin() as connection:
                return [work(connection) for work in works]
        except OperationalError as exc:
            # The disk is full, or another program holds the file: it is so for all of them.
            return [_Failed(error=exc)] * len(works)
        except Exception as exc:  # noqa: BLE001  (whatever it is, it is handed to whoever asked)
            if len(works) == 1:
                return [_Failed(error=exc)]
            return [answer for work in works for answer in self._together([work])]


@dataclass(frozen=True, kw_only=True)
class _Failed:
    """What came instead of an answer."""

    error: Exception
