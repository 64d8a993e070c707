"""When the database fails in the middle of a meeting, the talk goes on and nothing said is lost."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from simpatient.encounter import Encounter
from simpatient.errors import StoreError
from simpatient.store import Store

WORDS = tuple(f"And what about number {number}, how is that?" for number in range(6))


class Wire:
    """A wire to a server on loopback that can be cut and mended."""

    def __init__(self, port: int) -> None:
        self.to, self.port = port, 0
        self._server: asyncio.Server | None = None
        self._ends: list[asyncio.StreamWriter] = []

    async def mend(self) -> None:
        self._server = await asyncio.start_server(self._join, "127.0.0.1", self.port)
        self.port = self._server.sockets[0].getsockname()[1]

    async def cut(self) -> None:
        assert self._server is not None
        self._server.close()
        for end in self._ends:
            end.close()
        self._ends.clear()
        await asyncio.sleep(0.05)

    async def _join(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, back = await asyncio.open_connection("127.0.0.1", self.to)
        self._ends += [writer, back]
        await asyncio.gather(_pour(reader, back), _pour(there, writer))


async def _pour(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
    except OSError:
        pass
    finally:
        writer.close()


@pytest.fixture
async def wire(server_url: str) -> AsyncIterator[tuple[Wire, str]]:
    """The wire, and the URL through it."""
    address, _, name = server_url.rpartition("/")
    front, _, port = address.rpartition(":")
    wire = Wire(int(port))
    await wire.mend()
    yield wire, f"{front}:{wire.port}/{name}"
    await wire.cut()


async def test_a_server_that_goes_away_in_the_middle_loses_nothing(wire: tuple[Wire, str]) -> None:
    """Every reply comes, each with a line that it could not be saved; when the server is back, all is written."""
    line, url = wire
    store = await Store.open(url)
    encounter = await Encounter.begin("andrew", store=store, encounter_id="x")
    first = await encounter.exchange(WORDS[0])
    assert first.notice == ""
    await line.cut()
    for text in WORDS[1:3]:
        exchange = await encounter.exchange(text)
        assert exchange.turn.text
        assert "could not be saved yet" in exchange.notice
        assert "cannot be reached" in exchange.notice
    assert isinstance(encounter.trouble, StoreError)
    assert len(encounter.exchanges) == 3
    await line.mend()
    last = await encounter.exchange(WORDS[3])
    assert last.notice == ""
    assert encounter.trouble is None
    await encounter.rated(1)
    assert await store.exchanges("x") == [exchange.record() for exchange in encounter.exchanges]
    assert all(record["notice"] == "" for record in await store.exchanges("x"))
    assert [e.learner for e in (await Encounter.resume(store, "x")).exchanges] == list(WORDS[:4])
    await store.close()


async def test_a_full_disk_is_told_and_what_was_said_waits_for_room(tmp_path: Path) -> None:
    """The talk goes on; once there is room again, everything is written in order."""
    store = await Store.open(f"sqlite:///{tmp_path / 'meetings.sqlite3'}")
    encounter = await Encounter.begin("andrew", store=store, encounter_id="x")
    await encounter.exchange(WORDS[0])
    await allow(store, pages=1)
    refused = await encounter.exchange(WORDS[1])
    while not refused.notice and len(encounter.exchanges) < 20:
        refused = await encounter.exchange(WORDS[2])
    assert "the disk is full" in refused.notice
    assert "Free some space" in refused.notice
    said = len(encounter.exchanges)
    await allow(store, pages=100_000)
    assert (await encounter.exchange(WORDS[3])).notice == ""
    assert len(await store.exchanges("x")) == said + 1
    await store.close()


async def allow(store: Store, *, pages: int) -> None:
    """Let the file have so many pages at most: SQLite then answers as on a full disk."""
    from sqlalchemy import event

    def limit(connection, _record, _proxy=None):
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA max_page_count={pages}")
        cursor.close()

    event.listen(store._turns.engine, "checkout", limit)


async def test_a_file_that_is_taken_away_is_noticed_and_not_replaced_by_a_new_one(tmp_path: Path) -> None:
    """Writing on into a file nobody can find would be the worst of losses."""
    file = tmp_path / "meetings.sqlite3"
    store = await Store.open(f"sqlite:///{file}")
    encounter = await Encounter.begin("andrew", store=store, encounter_id="x")
    await encounter.exchange(WORDS[0])
    file.rename(tmp_path / "elsewhere")
    told = await encounter.exchange(WORDS[1])
    assert "gone or was replaced" in told.notice
    assert not file.exists()
    (tmp_path / "elsewhere").rename(file)
    assert (await encounter.exchange(WORDS[2])).notice == ""
    assert len(await store.exchanges("x")) == 3
    await store.close()


async def test_what_waits_is_written_at_the_end_at_the_latest(tmp_path: Path) -> None:
    """The debrief comes even when nothing can be written."""
    file = tmp_path / "meetings.sqlite3"
    store = await Store.open(f"sqlite:///{file}")
    encounter = await Encounter.begin("andrew", store=store, encounter_id="x")
    await encounter.exchange(WORDS[0])
    file.rename(tmp_path / "elsewhere")
    await encounter.exchange(WORDS[1])
    debrief = await encounter.end()
    assert debrief.profile
    assert encounter.trouble is not None
    (tmp_path / "elsewhere").rename(file)
    await encounter.end()
    assert encounter.trouble is None
    assert await store.debrief("x") == debrief.record()
    assert len(await store.exchanges("x")) == 2
    await store.close()


async def test_a_reply_that_was_stopped_half_way_through_keeping_is_kept(tmp_path: Path) -> None:
    """The stop button must not leave memory and database of different minds."""
    store = await Store.open(f"sqlite:///{tmp_path / 'meetings.sqlite3'}")
    encounter = await Encounter.begin("andrew", store=store, encounter_id="x")
    await encounter.exchange(WORDS[0])
    for number, pause in enumerate((0.0005, 0.001, 0.002, 0.004, 0.008), 1):
        task = asyncio.create_task(encounter.exchange(WORDS[number]))
        await asyncio.sleep(pause)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
    await encounter.exchange("Let us go on.")
    assert [record["learner"] for record in await store.exchanges("x")] == [e.learner for e in encounter.exchanges]
    assert encounter.trouble is None
    await store.close()


async def test_another_program_that_holds_the_file_for_long_is_named(tmp_path: Path) -> None:
    """Not waited for without end."""
    import sqlite3

    from sqlalchemy import event

    file = tmp_path / "meetings.sqlite3"
    store = await Store.open(f"sqlite:///{file}")

    def impatient(connection, _record, _proxy=None):
        cursor = connection.cursor()
        cursor.execute("PRAGMA busy_timeout=50")
        cursor.close()

    event.listen(store._engine.sync_engine, "checkout", impatient)
    encounter = await Encounter.begin("andrew", store=store, encounter_id="x")
    with sqlite3.connect(file, isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        assert "another program holds it" in (await encounter.exchange(WORDS[0])).notice
        other.execute("ROLLBACK")
    other.close()
    assert (await encounter.exchange(WORDS[1])).notice == ""
    assert len(await store.exchanges("x")) == 2
    await store.close()
