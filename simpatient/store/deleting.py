"""Deleting for good: the rows, what is left of them in the file, and the traces in the data folder."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, false, func, select, text, true
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine

from simpatient.store.reading import stamp
from simpatient.store.rows import Deleted, Selection
from simpatient.store.tables import DEBRIEFS, ENCOUNTERS, EXCHANGES, LEARNERS, RATINGS, RELATIONSHIPS

TRACES = ("calls", "logs")
"""Folders of the data folder in which a meeting leaves traces: recorded calls of chat models, and logs."""


def count(connection: Connection, selection: Selection, at: datetime) -> Deleted:
    """What `selection` means now."""
    meant = _meetings(selection, at)
    ids = tuple(connection.execute(select(ENCOUNTERS.c.id).where(*meant).order_by(ENCOUNTERS.c.id)).scalars())
    inside = select(ENCOUNTERS.c.id).where(*meant)

    def rows(table: Table, *where: ColumnElement[bool]) -> int:
        return connection.execute(select(func.count()).select_from(table).where(*where)).scalar_one()

    return Deleted(
        ids=ids,
        exchanges=rows(EXCHANGES, EXCHANGES.c.encounter.in_(inside)),
        ratings=rows(RATINGS, RATINGS.c.encounter.in_(inside)),
        debriefs=rows(DEBRIEFS, DEBRIEFS.c.encounter.in_(inside)),
        relationships=rows(RELATIONSHIPS, *_relationships(selection, at)),
        learners=rows(LEARNERS, _whole_learner(selection)),
    )


def delete(connection: Connection, selection: Selection, at: datetime) -> Deleted:
    """Delete the rows that `selection` means; what hangs on them goes with them."""
    taken = count(connection, selection, at)
    connection.execute(ENCOUNTERS.delete().where(*_meetings(selection, at)))
    connection.execute(RELATIONSHIPS.delete().where(*_relationships(selection, at)))
    connection.execute(LEARNERS.delete().where(_whole_learner(selection)))
    return taken


def pairs(connection: Connection, selection: Selection, at: datetime) -> list[tuple[str, str]]:
    """Learner and persona of every relationship that is meant."""
    query = select(RELATIONSHIPS.c.learner, RELATIONSHIPS.c.persona).where(*_relationships(selection, at))
    rows = connection.execute(query.order_by(RELATIONSHIPS.c.learner, RELATIONSHIPS.c.persona))
    return [(row.learner, row.persona) for row in rows]


async def erase(engine: AsyncEngine) -> bool:
    """Write the database anew, so that nothing of what was deleted is left in its files.

    False when another program holds it open; SQLite's pages were overwritten even so.
    """
    if engine.dialect.name == "postgresql":
        async with engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
            await connection.execute(text("VACUUM (FULL, ANALYZE) encounters, exchanges, ratings, promises, debriefs"))
            await connection.execute(text("VACUUM (FULL, ANALYZE) relationships, plans, learners"))
        return True
    async with engine.execution_options(bare=True).connect() as connection:
        try:
            await connection.exec_driver_sql("PRAGMA busy_timeout=2000")
            await connection.exec_driver_sql("VACUUM")
            row = (await connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")).one()
        except DBAPIError as exc:
            if "locked" not in str(exc.orig):
                raise
            return False
        finally:
            await connection.exec_driver_sql("PRAGMA busy_timeout=30000")
    return row[0] == 0


def forget_files(home: Path, ids: Iterable[str]) -> int:
    """Delete the recorded calls of these meetings and every line of a log that names one; how many files it took."""
    names = set(ids)
    touched = 0
    for folder in (home / name for name in TRACES):
        for path in sorted(folder.rglob("*"), reverse=True) if folder.is_dir() else ():
            if path.name in names or path.stem in names:
                touched += sum(1 for inside in path.rglob("*") if inside.is_file()) if path.is_dir() else 1
                shutil.rmtree(path) if path.is_dir() else path.unlink()
            elif path.is_file() and names:
                touched += _without_lines(path, names)
    return touched


def with_traces(taken: Deleted, *, files: int, erased: bool) -> Deleted:
    """The account with what was done after the rows were gone."""
    return replace(taken, files=files, erased=erased)


def _without_lines(path: Path, names: set[str]) -> int:
    lines = path.read_bytes().splitlines(keepends=True)
    sought = [name.encode() for name in names]
    kept = [line for line in lines if not any(name in line for name in sought)]
    if len(kept) == len(lines):
        return 0
    path.write_bytes(b"".join(kept))
    return 1


def _meetings(selection: Selection, at: datetime) -> list[ColumnElement[bool]]:
    named = [ENCOUNTERS.c.id.in_(selection.ids)] if selection.ids else []
    return [*named, *_belonging(ENCOUNTERS, selection, at)]


def _relationships(selection: Selection, at: datetime) -> list[ColumnElement[bool]]:
    """Single meetings do not end a relationship."""
    return [false()] if selection.ids else _belonging(RELATIONSHIPS, selection, at)


def _belonging(table: Table, selection: Selection, at: datetime) -> list[ColumnElement[bool]]:
    where: list[Any] = [true()]
    if selection.learner is not None:
        where.append(table.c.learner == selection.learner)
    if selection.persona is not None:
        where.append(table.c.persona == selection.persona)
    if selection.older_than is not None:
        where.append(table.c.updated_at < stamp(at - selection.older_than))
    return where


def _whole_learner(selection: Selection) -> ColumnElement[bool]:
    """A learner is forgotten when everything of theirs goes."""
    if selection.learner is None or selection.persona or selection.older_than or selection.ids:
        return false()
    return LEARNERS.c.id == selection.learner
