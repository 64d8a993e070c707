"""The store of whoever types a command."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import TYPE_CHECKING, TypeVar

import click

if TYPE_CHECKING:
    from simpatient.store import Store
    from simpatient.store.rows import MeetingLine

T = TypeVar("T")


def with_store(work: Callable[[Store], Awaitable[T]]) -> T:
    """What `work` gives with the store of the settings; what was deleted for its age is told."""
    return asyncio.run(_worked(work))


async def _worked(work: Callable[[Store], Awaitable[T]]) -> T:
    from simpatient.settings import Settings
    from simpatient.store import Store

    settings = Settings()
    store = await Store.of(settings)
    try:
        if gone := len(store.expired.ids):
            click.echo(f"{counted(gone, 'meeting')} older than {settings.retention_days} days deleted.", err=True)
        return await work(store)
    finally:
        await store.close()


def how_long() -> str:
    """How long meetings are kept, in a sentence."""
    from simpatient.settings import Settings

    days = Settings().retention_days
    kept = f"{days} days after the last message" if days else "for ever"
    return f"Meetings are kept {kept} (SIMPATIENT_RETENTION_DAYS)."


def counted(number: int, thing: str) -> str:
    """So many things, in words."""
    return f"1 {thing}" if number == 1 else f"{number:,} {thing}s"


def line_record(line: MeetingLine) -> dict[str, object]:
    """A line of the list as plain data."""
    return {
        "encounter": line.id, "learner": line.learner, "persona": line.persona, "name": line.name,
        "meeting": line.meeting, "exchanges": line.exchanges, "head": line.head, "ended": line.ended,
        "index": line.index, "started_at": when(line.started_at), "updated_at": when(line.updated_at),
    }  # fmt: skip


def when(moment: datetime) -> str:
    """A moment as records write it."""
    return moment.isoformat().replace("+00:00", "Z")


def say_json(record: object) -> None:
    """One record on one line, whatever the terminal's own encoding is."""
    sys.stdout.buffer.write((json.dumps(record, ensure_ascii=False) + "\n").encode("utf-8", "replace"))
