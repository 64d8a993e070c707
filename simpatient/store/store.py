"""The store over SQLAlchemy: an SQLite file by default."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Protocol

from sqlalchemy import Column, Integer, MetaData, String, Table, Text, event, select
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from simpatient.errors import ConfigurationError

_METADATA = MetaData()
_EXCHANGES = Table(
    "exchanges",
    _METADATA,
    Column("encounter", String(80), primary_key=True),
    Column("exchange", Integer, primary_key=True),
    Column("persona", String(80), nullable=False, index=True),
    Column("record", Text, nullable=False),
)
_DEBRIEFS = Table(
    "debriefs",
    _METADATA,
    Column("encounter", String(80), primary_key=True),
    Column("persona", String(80), nullable=False, index=True),
    Column("record", Text, nullable=False),
)


class Recorded(Protocol):
    """Something that gives its published record."""

    def record(self) -> dict[str, Any]:
        """Plain data."""
        ...


class Store:
    """Keeps exchange and debrief records."""

    def __init__(self, engine: AsyncEngine) -> None:
        """Use an engine whose tables exist; `open` is the usual way in."""
        self._engine = engine

    @classmethod
    async def open(cls, url: str) -> Store:
        """The store at `url`, its tables made if need be.

        Raises:
            ConfigurationError: the URL is malformed or the database cannot be opened.
        """
        try:
            parsed = make_url(url)
            if parsed.get_backend_name() == "sqlite" and parsed.database and parsed.database != ":memory:":
                Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
            engine = create_async_engine(parsed)
            if parsed.get_backend_name() == "sqlite":
                event.listen(engine.sync_engine, "connect", _prepare_sqlite)
            async with engine.begin() as connection:
                await connection.run_sync(_METADATA.create_all)
        except (SQLAlchemyError, OSError, ImportError) as exc:
            message = f"The database of SIMPATIENT_DATABASE_URL cannot be opened ({type(exc).__name__})."
            raise ConfigurationError(f"{message} Check the URL and that the folder can be written.") from None
        return cls(engine)

    async def keep_exchange(self, exchange: Any, persona: str) -> None:
        """Keep an exchange, or its fuller version, in one transaction."""
        record = exchange.record()
        key = {"encounter": record["encounter"], "exchange": record["exchange"]}
        await self._put(_EXCHANGES, key, {"persona": persona, "record": json.dumps(record, ensure_ascii=False)})

    async def keep_debrief(self, debrief: Any) -> None:
        """Keep how a meeting ended, in one transaction."""
        record = debrief.record()
        values = {"persona": record["persona"], "record": json.dumps(record, ensure_ascii=False)}
        await self._put(_DEBRIEFS, {"encounter": record["encounter"]}, values)

    async def exchanges(self, encounter: str) -> list[dict[str, Any]]:
        """The exchange records of one meeting, in order."""
        query = select(_EXCHANGES.c.record).where(_EXCHANGES.c.encounter == encounter).order_by(_EXCHANGES.c.exchange)
        async with self._engine.connect() as connection:
            return [json.loads(row) for row in (await connection.execute(query)).scalars()]

    async def debrief(self, encounter: str) -> dict[str, Any] | None:
        """The debrief record of one meeting, or None."""
        query = select(_DEBRIEFS.c.record).where(_DEBRIEFS.c.encounter == encounter)
        async with self._engine.connect() as connection:
            row = (await connection.execute(query)).scalar_one_or_none()
        return None if row is None else json.loads(row)

    async def close(self) -> None:
        """Let go of the database."""
        await self._engine.dispose()

    async def _put(self, table: Table, key: dict[str, Any], values: dict[str, Any]) -> None:
        where = [table.c[name] == value for name, value in key.items()]
        async with self._engine.begin() as connection:
            updated = await connection.execute(table.update().where(*where).values(**values))
            if not updated.rowcount:
                await connection.execute(table.insert().values(**key, **values))


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    """Readers do not wait for the writer, and a crash loses nothing that was committed."""
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=NORMAL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.close()
