"""Opening a database: where it is, who may write it, and that its tables are those of this version."""

from __future__ import annotations

import asyncio
import os
import sqlite3
import time
from collections.abc import Awaitable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import AsyncAdaptedQueuePool, QueuePool

from simpatient.errors import ConfigurationError
from simpatient.store.trouble import trouble_of
from simpatient.store.turns import InFile, OnServer, Turns

SCHEMA = "0002"
"""The newest migration."""
VERSION_TABLE = "simpatient_schema"
BUSY_S = 30.0
"""How long one program waits while another writes, in seconds."""
SHORT_S = 0.05
"""How long a program that finds a new file waits for another before it lets go and tries again, in seconds."""
CONNECT_S = 10.0
"""How long a database server has to answer the door, in seconds."""
LOCK = 7_746_728_743
"""Number of PostgreSQL's advisory lock under which migrations run; any fixed number."""
MOST_CONNECTIONS = {"sqlite": 4, "postgresql": 10}


@dataclass(frozen=True, kw_only=True)
class Opened:
    """A database that can be used."""

    engine: AsyncEngine
    """For readers."""
    turns: Turns
    """For writers."""
    file: Path | None
    """The SQLite file; None on a server."""


async def opened(url: str) -> Opened:
    """The database at `url` with the tables of this version; older ones are brought forward, newer ones refused.

    Raises:
        ConfigurationError: what is wrong with the URL, the driver, the file or the server, and what to do.
    """
    parsed = _parsed(url)
    file = _file(parsed.database or "") if parsed.get_backend_name() == "sqlite" else None
    shown = str(file) if file else parsed.render_as_string(hide_password=True)
    try:
        if file:
            await asyncio.to_thread(_ready, file)
        engine = _sqlite(file) if file else _server(parsed)
    except ImportError:
        raise ConfigurationError(
            "PostgreSQL needs a driver that is not installed. Install it: pip install 'simpatient[postgres]'."
        ) from None
    except OSError as exc:
        raise ConfigurationError(_told(shown, exc)) from None
    try:
        async with engine.execution_options(writes=True).begin() as connection:
            if file is None:
                await connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
            await connection.run_sync(_bring_forward, shown)
    except ConfigurationError:
        await engine.dispose()
        raise
    except Exception as exc:
        await engine.dispose()
        if trouble_of(exc) is None:
            raise
        raise ConfigurationError(_told(shown, exc)) from exc
    return Opened(engine=engine, turns=InFile(engine=_writer(file)) if file else OnServer(engine=engine), file=file)


def _parsed(url: str) -> URL:
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise ConfigurationError(
            "SIMPATIENT_DATABASE_URL is no database URL. Write it as postgresql://NAME:PASSWORD@HOST/DATABASE or as "
            "sqlite:///FILE, or leave it empty for a file in the data folder."
        ) from None
    drivers = {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+asyncpg", "postgres": "postgresql+asyncpg"}
    backend = parsed.drivername.partition("+")[0]
    if backend not in drivers:
        raise ConfigurationError(
            f"SIMPATIENT_DATABASE_URL names the database `{backend}`; meetings can be kept in SQLite or PostgreSQL."
        )
    if backend == "sqlite" and parsed.database in (None, "", ":memory:"):
        raise ConfigurationError("SIMPATIENT_DATABASE_URL names no file: write sqlite:///FILE.")
    return parsed.set(drivername=drivers[backend])


def _file(name: str) -> Path:
    return Path(name).absolute()


def _told(shown: str, error: Exception) -> str:
    trouble = trouble_of(error)
    assert trouble is not None
    return f"The database of SIMPATIENT_DATABASE_URL ({shown}) cannot be used: {trouble.what}. {trouble.mend}"


def _ready(file: Path) -> None:
    """Make the file and set its journal, before anything is written.

    Whoever changes the journal holds on to the file and waits for all others to let go: two who do so at once wait for
    each other. So each waits for a moment only, lets go, and tries again. What else is wrong with the file is told by
    whoever uses it.
    """
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.close(os.open(file, os.O_RDWR | os.O_CREAT, 0o600))
    until = time.monotonic() + BUSY_S
    while time.monotonic() < until:
        try:
            with closing(sqlite3.connect(file, timeout=SHORT_S)) as connection:
                connection.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as exc:
            if "locked" not in str(exc):
                return
            time.sleep(SHORT_S * (1 + os.getpid() % 7) / 4)
        except sqlite3.Error:
            return
        else:
            return


def _address(file: Path) -> str:
    """Of a file that exists: a connection made later never starts a new one silently."""
    return f"file:{quote(str(file))}?mode=rw"


def _writer(file: Path) -> Engine:
    """An engine with the one connection that writes."""
    address = _address(file)

    def connect() -> sqlite3.Connection:
        return sqlite3.connect(address, uri=True, timeout=BUSY_S, isolation_level=None, check_same_thread=False)

    engine = create_engine("sqlite://", creator=connect, poolclass=QueuePool, pool_size=1, max_overflow=0)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine.execution_options(writes=True)


def _sqlite(file: Path) -> AsyncEngine:
    """An engine for those who read a file."""
    address = _address(file)

    def connect(*_args: Any, **_more: Any) -> Awaitable[Any]:
        from aiosqlite import connect as connected  # noqa: PLC0415  (loaded by whoever keeps something)

        connection: Any = connected(address, uri=True, timeout=BUSY_S, isolation_level=None)
        # An older aiosqlite is its own thread; none may keep the program from ending.
        thread: Any = getattr(connection, "_thread", connection)
        thread.daemon = True
        return connection

    engine = create_async_engine(
        "sqlite+aiosqlite://",
        async_creator=connect,
        poolclass=AsyncAdaptedQueuePool,
        pool_size=MOST_CONNECTIONS["sqlite"],
        max_overflow=0,
        pool_timeout=BUSY_S,
    )
    event.listen(engine.sync_engine, "connect", _prepare_sqlite)
    event.listen(engine.sync_engine, "begin", _begin_sqlite)
    return engine


def _server(url: URL) -> AsyncEngine:
    return create_async_engine(
        url,
        pool_size=MOST_CONNECTIONS["postgresql"],
        max_overflow=0,
        pool_pre_ping=True,
        pool_timeout=BUSY_S,
        connect_args={"timeout": CONNECT_S, "command_timeout": BUSY_S},
    )


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    """Readers do not wait for the writer, what is committed survives a power cut, what is deleted is overwritten."""
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    """A writer takes its turn at the start, so that it never finds out half way that somebody else was faster."""
    if connection.get_execution_options().get("bare"):
        return
    connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get("writes") else "BEGIN")


def _bring_forward(connection: Connection, shown: str) -> None:
    """Give the database the tables of this version.

    Raises:
        ConfigurationError: the database is newer than this version.
    """
    found = None
    if inspect(connection).has_table(VERSION_TABLE):
        found = connection.execute(text(f"SELECT version_num FROM {VERSION_TABLE}")).scalar()  # noqa: S608
    if found == SCHEMA:
        return
    if found is not None and str(found) > SCHEMA:
        raise ConfigurationError(
            f"The database ({shown}) was written by a newer simpatient: its tables are of version {found}, this one "
            f"knows them up to {SCHEMA}. Nothing was changed. Install the newer simpatient, or name another database in "
            "SIMPATIENT_DATABASE_URL."
        )
    from alembic import command  # noqa: PLC0415  (only a database that is new or old needs it)
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).with_name("migrations")).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
