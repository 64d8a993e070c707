"""A database is opened safely: made, brought forward, or left alone with a clear line."""

from __future__ import annotations

import asyncio
import json
import os
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from simpatient.encounter import Encounter
from simpatient.errors import ConfigurationError, StoreError
from simpatient.store import Store
from simpatient.store.opening import SCHEMA, VERSION_TABLE
from simpatient.store.rows import Aside, Beside, Chosen


def file_of(url: str) -> Path:
    return Path(url.removeprefix("sqlite:///"))


async def test_the_migrations_make_the_tables_that_the_code_uses(url: str) -> None:
    """A column changed without a migration is found here."""
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    from simpatient.store.tables import METADATA

    store = await Store.open(url)

    def differences(connection):
        context = MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE})
        return compare_metadata(context, METADATA)

    async with store._engine.connect() as connection:
        assert await connection.run_sync(differences) == []
    await store.close()


def test_the_newest_migration_is_the_one_the_code_names() -> None:
    """It is looked up without loading Alembic."""
    folder = Path(__file__).resolve().parents[2] / "simpatient" / "store" / "migrations" / "versions"
    assert max(path.name for path in folder.glob("*.py")).partition("_")[0] == SCHEMA


async def test_many_who_open_a_new_database_at_once_make_it_once(url: str) -> None:
    """Tasks and processes alike."""
    program = f"import asyncio; from simpatient.store import Store; asyncio.run((lambda: Store.open({url!r}))())"
    started = [subprocess.Popen([sys.executable, "-c", program], stderr=subprocess.PIPE) for _ in range(3)]
    stores = await asyncio.gather(*(Store.open(url) for _ in range(5)))
    for process in started:
        assert await asyncio.to_thread(process.wait, 60) == 0, process.stderr.read().decode()
        process.stderr.close()
    for store in stores:
        assert (await store.meetings()).meetings == ()
        await store.close()


async def test_a_file_of_the_first_store_is_brought_forward_with_its_meetings(file_url: str) -> None:
    """Nothing that was kept is lost; what it never had, the state, is asked for in words."""
    encounter = await Encounter.begin("andrew", encounter_id="old")
    for text in ("Hello Andrew.", "What brings you here?"):
        await encounter.exchange(text)
    debrief = await encounter.end()
    file_of(file_url).parent.mkdir(parents=True)
    with sqlite3.connect(file_of(file_url)) as old:
        for table in ("exchanges (encounter VARCHAR(80), exchange INTEGER,", "debriefs (encounter VARCHAR(80),"):
            old.execute(f"CREATE TABLE {table} persona VARCHAR(80) NOT NULL, record TEXT NOT NULL)")
            old.execute(f"CREATE INDEX ix_{table.partition(' ')[0]}_persona ON {table.partition(' ')[0]} (persona)")
        for exchange in encounter.exchanges:
            record = json.dumps(exchange.record())
            old.execute("INSERT INTO exchanges VALUES ('old', ?, 'andrew', ?)", (exchange.number, record))
        old.execute("INSERT INTO debriefs VALUES ('old', 'andrew', ?)", (json.dumps(debrief.record()),))
    old.close()
    store = await Store.open(file_url)
    assert await store.exchanges("old") == [exchange.record() for exchange in encounter.exchanges]
    assert await store.debrief("old") == debrief.record()
    (line,) = (await store.meetings()).meetings
    assert (line.id, line.exchanges, line.ended) == ("old", 2, "stopped")
    with pytest.raises(StoreError, match="first version of the store"):
        await Encounter.resume(store, "old")
    await store.close()


async def test_a_database_of_the_version_before_is_brought_forward_with_its_meetings(file_url: str) -> None:
    """It gets the columns that are new, empty; what was kept reads as before, and can be added to."""
    store = await Store.open(file_url)
    encounter = await Encounter.begin("andrew", store=store, encounter_id="old")
    await encounter.exchange("Hello Andrew.")
    await store.close()
    with sqlite3.connect(file_of(file_url)) as old:
        old.execute("ALTER TABLE learners DROP COLUMN choices")
        old.execute("ALTER TABLE encounters DROP COLUMN beside")
        old.execute(f"UPDATE {VERSION_TABLE} SET version_num = '0001'")
    old.close()
    store = await Store.open(file_url)
    assert (await store.meeting("old")).beside == Beside()
    assert await store.choices("local") == Chosen()
    await store.keep_choices("local", Chosen(mode="guided", live=False))
    await store.keep_beside("old", "assessment", Beside(asides=(Aside(after=1, kind="pause", text="Paused."),)))
    assert await store.choices("local") == Chosen(mode="guided", live=False)
    kept = await store.meeting("old")
    assert (kept.settings.mode, kept.beside.asides[0].text) == ("assessment", "Paused.")
    await store.keep_beside("deleted meanwhile", "guided", Beside())
    await store.close()


async def test_a_newer_database_is_refused_and_left_as_it_is(url: str) -> None:
    """With both versions and what to do."""
    from sqlalchemy import text

    store = await Store.open(url)
    async with store._engine.execution_options(writes=True).begin() as connection:
        await connection.execute(text(f"UPDATE {VERSION_TABLE} SET version_num = '9999'"))
    await store.close()
    with pytest.raises(ConfigurationError, match=r"newer simpatient.*9999.*Nothing was changed"):
        await Store.open(url)


@pytest.mark.parametrize("content", [b"This is a letter, not a database. " * 40, b"SQLite format 3\0" + b"\xff" * 5000])
async def test_a_damaged_file_is_told_and_left_as_it_is(file_url: str, content: bytes) -> None:
    """No fresh start in its place."""
    file_of(file_url).parent.mkdir(parents=True)
    file_of(file_url).write_bytes(content)
    with pytest.raises(ConfigurationError, match=r"damaged.*Restore a copy"):
        await Store.open(file_url)
    assert file_of(file_url).read_bytes() == content


async def test_a_file_damaged_in_the_middle_is_told_when_it_is_read(file_url: str) -> None:
    """Also that is no traceback."""
    store = await Store.open(file_url)
    encounter = await Encounter.begin("andrew", store=store, encounter_id="x")
    for number in range(12):
        await encounter.exchange(f"And number {number}?")
    await store.close()
    content = bytearray(file_of(file_url).read_bytes())
    content[4096 * 4 :] = b"\x5a" * (len(content) - 4096 * 4)
    file_of(file_url).write_bytes(content)

    async def read() -> None:
        again = await Store.open(file_url)
        await again.meeting("x")

    with pytest.raises((ConfigurationError, StoreError), match="damaged"):
        await read()


async def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    """Where it is and what to do."""
    blocked = tmp_path / "file"
    blocked.write_text("no folder")
    with pytest.raises(ConfigurationError, match="cannot be used"):
        await Store.open(f"sqlite:///{blocked / 'meetings.sqlite3'}")


READ_ONLY = """
import asyncio, concurrent.futures.thread, os, sys

import aiosqlite, sqlalchemy.dialects.sqlite.aiosqlite
from simpatient.errors import ConfigurationError
from simpatient.store import Store

if os.geteuid() == 0:
    os.seteuid(65534)
try:
    asyncio.run((lambda: Store.open(sys.argv[1]))())
except ConfigurationError as exc:
    print(exc)
"""
"""Root may write everything, so the asking is done by somebody who is not root."""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
async def test_a_file_that_may_only_be_read_is_told() -> None:
    """With what to do, and without a traceback."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "meetings.sqlite3"
        store = await Store.open(f"sqlite:///{file}")
        await store.close()
        file.chmod(0o444)
        Path(folder).chmod(0o555)
        command = [sys.executable, "-c", READ_ONLY, f"sqlite:///{file}"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        Path(folder).chmod(0o755)
    assert "may not be written. Make its folder and file writable" in done.stdout, done.stderr


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ("nonsense://user:secret@nowhere/db", "SIMPATIENT_DATABASE_URL"),
        ("no url at all", "SIMPATIENT_DATABASE_URL"),
        ("mysql://user:secret@nowhere/db", "mysql"),
        ("sqlite://", "names no file"),
        ("postgresql://user:secret@127.0.0.1:1/db", "cannot be reached"),
    ],
)
async def test_a_database_that_cannot_be_opened_is_said_in_words(wrong: str, told: str) -> None:
    """No traceback, and no password of the URL in the message."""
    with pytest.raises(ConfigurationError, match=told) as caught:
        await Store.open(wrong)
    assert "secret" not in str(caught.value)


async def test_a_wrong_name_of_the_database_is_said_in_words(server_url: str) -> None:
    """The server answers, and says no."""
    with pytest.raises(ConfigurationError, match="cannot be reached"):
        await Store.open(server_url + "_not")


async def test_the_file_is_for_its_owner_only(file_url: str) -> None:
    """What was said there is nobody else's business."""
    store = await Store.open(file_url)
    await store.close()
    assert file_of(file_url).stat().st_mode & 0o077 == 0
    assert file_of(file_url).parent.stat().st_mode & 0o077 == 0


async def test_a_path_with_odd_characters_is_a_path(tmp_path: Path) -> None:
    """Spaces, percent signs, question marks and accents."""
    url = f"sqlite:///{tmp_path}/a b/50%25/é#1/meetings.sqlite3"
    store = await Store.open(url)
    await store.close()
    again = await Store.open(url)
    assert (await again.meetings()).meetings == ()
    await again.close()
