"""Databases to try things on: an SQLite file, and PostgreSQL where `.ci/postgres` or somebody else started one."""

from __future__ import annotations

import asyncio
import os
import secrets
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from simpatient.store import Store

NO_SERVER = "no PostgreSQL here: run the tests by .ci/postgres, or set SIMPATIENT_TEST_POSTGRES"


class Clock:
    """A clock that goes when it is told to."""

    def __init__(self) -> None:
        self.time = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.time += timedelta(seconds=1)
        return self.time

    def later(self, **by: float) -> None:
        self.time += timedelta(**by)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def server_url() -> Iterator[str]:
    """A new, empty PostgreSQL database."""
    server = os.environ.get("SIMPATIENT_TEST_POSTGRES", "")
    if not server:
        pytest.skip(NO_SERVER)
    name = f"meetings_{secrets.token_hex(6)}"
    asyncio.run(_on_server(server, f'CREATE DATABASE "{name}"'))
    yield server.rpartition("/")[0] + f"/{name}"
    asyncio.run(_on_server(server, f'DROP DATABASE "{name}" WITH (FORCE)'))


@pytest.fixture
def file_url(tmp_path: Path) -> str:
    """A file that is not there yet."""
    return f"sqlite:///{tmp_path / 'home' / 'meetings.sqlite3'}"


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest) -> str:
    """Each kind of database in turn."""
    return request.getfixturevalue("file_url" if request.param == "sqlite" else "server_url")


@pytest.fixture
async def store(url: str, clock: Clock) -> AsyncIterator[Store]:
    """An open store."""
    opened = await Store.open(url, clock=clock)
    yield opened
    await opened.close()


async def _on_server(server: str, command: str) -> None:
    import asyncpg

    connection = await asyncpg.connect(server.replace("+asyncpg", ""))
    try:
        await connection.execute(command)
    finally:
        await connection.close()
