"""The store over SQLAlchemy: an SQLite file by default, PostgreSQL where many meet at once."""

from __future__ import annotations

import logging
import secrets
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from simpatient.errors import MeetingChanged, StoreError, UnknownMeeting
from simpatient.settings import Settings
from simpatient.store import deleting, reading, writing
from simpatient.store.opening import Opened, opened
from simpatient.store.reading import moment, stamp
from simpatient.store.rows import (
    Beside,
    Chosen,
    Deleted,
    Held,
    KeptMeeting,
    KeptRating,
    KeptRelationship,
    MeetingLine,
    NewExchange,
    NewMeeting,
    Page,
    Record,
    Selection,
)
from simpatient.store.tables import DEBRIEFS, ENCOUNTERS, EXCHANGES, LEARNERS, RATINGS, SECRETS
from simpatient.store.trouble import trouble_of
from simpatient.store.turns import Work

T = TypeVar("T")

_LOG = logging.getLogger(__name__)

Clock = Callable[[], datetime]
MOST_LISTED = 200
"""Meetings that one page of the list has at most."""


def now() -> datetime:
    """The time, in UTC."""
    return datetime.now(UTC)


class Store:
    """Keeps meetings, and finds them again. Safe to use from many tasks and from several processes at once."""

    def __init__(self, ready: Opened, *, clock: Clock) -> None:
        """Use a database whose tables exist; `open` is the usual way in."""
        self._engine, self._turns, self.file = ready.engine, ready.turns, ready.file
        self._identity = _identity(ready.file)
        self.clock = clock
        self.expired = Deleted()
        """What was deleted at the start because it had been kept long enough."""

    @classmethod
    async def open(cls, url: str, *, clock: Clock = now, retention_days: int = 0, home: Path | None = None) -> Store:
        """The store at `url`, its tables made or brought forward if need be.

        Args:
            url: of SQLAlchemy; `sqlite:///FILE` or `postgresql://...`.
            clock: tells the time; the engine itself has none.
            retention_days: meetings in which nothing happened for longer are deleted now; 0 keeps them for ever.
            home: data folder, whose logs and recorded calls are deleted with their meetings.

        Raises:
            ConfigurationError: the database cannot be used; the message says why and what to do.
        """
        ready = await opened(url)
        store = cls(ready, clock=clock)
        if retention_days > 0:
            store.expired = await store.delete(Selection(older_than=timedelta(days=retention_days)), home=home)
        return store

    @classmethod
    async def of(cls, settings: Settings) -> Store:
        """The store of these settings, what is older than their retention deleted.

        Raises:
            ConfigurationError: the database cannot be used; the message says why and what to do.
        """
        return await cls.open(settings.store_url, retention_days=settings.retention_days, home=settings.home)

    async def close(self) -> None:
        """Let go of the database."""
        await self._turns.close()
        await self._engine.dispose()

    async def learner(self, identifier: str) -> str:
        """The pseudonymous id of whoever signs in as `identifier`, made at the first call. The name is not kept.

        Raises:
            StoreError: the database cannot be used now.
        """
        return await self._write(lambda connection: writing.learner(connection, identifier, self._now()))

    async def add_exchange(self, meeting: NewMeeting, exchange: NewExchange, writer: str) -> None:
        """Keep an exchange, and with the first one its meeting, in one transaction. Safe to ask again.

        Raises:
            MeetingChanged: somebody else wrote an exchange of this number, or the meeting was deleted.
            StoreError: the database cannot be used now; nothing was kept.
        """
        when = self._now()
        await self._write(lambda connection: writing.add_exchange(connection, meeting, exchange, writer, when))

    async def add_rating(
        self, encounter: str, exchange: int, evaluator: tuple[str, str], record: Record, exact: str | None = None
    ) -> None:
        """Keep what `evaluator` (id and version) says of an exchange. Safe to ask again.

        Args:
            encounter: id of the meeting.
            exchange: its number.
            evaluator: id and version of the rubric.
            record: the whole exchange record, ratings included.
            exact: the exchange packed with its ratings; where given, exchange and record become these.

        Raises:
            MeetingChanged: there is no such exchange (any more).
            StoreError: the database cannot be used now.
        """
        when = self._now()
        await self._write(
            lambda connection: writing.add_rating(connection, encounter, exchange, evaluator, record, exact, when)
        )

    async def move_head(self, encounter: str, head: int, exchanges: int, ended: str | None) -> None:
        """Let the meeting stand at exchange `head` of its `exchanges`; `ended` says whether that is an end.

        Raises:
            MeetingChanged: the meeting went on elsewhere, or was deleted.
            StoreError: the database cannot be used now.
        """
        when = self._now()
        await self._write(lambda connection: writing.move_head(connection, encounter, head, exchanges, ended, when))

    async def add_debrief(self, encounter: str, head: int, record: Record) -> None:
        """Keep how the branch of `head` ended. Safe to ask again.

        Raises:
            MeetingChanged: the meeting was deleted.
            StoreError: the database cannot be used now.
        """
        when = self._now()
        await self._write(lambda connection: writing.add_debrief(connection, encounter, head, record, when))

    async def choices(self, learner: str) -> Chosen:
        """What the learner chose last.

        Raises:
            StoreError: the database cannot be used now.
        """
        async with self._read() as connection:
            query = select(LEARNERS.c.choices).where(LEARNERS.c.id == learner)
            return reading.chosen((await connection.execute(query)).scalar_one_or_none())

    async def keep_choices(self, learner: str, choices: Chosen) -> None:
        """Keep what the learner chose, in place of what they chose before.

        Raises:
            StoreError: the database cannot be used now.
        """
        when = self._now()
        await self._write(lambda connection: writing.keep_choices(connection, learner, choices, when))

    async def keep_beside(self, encounter: str, mode: str, beside: Beside) -> None:
        """Keep a meeting's mode and how the page shows it; nothing for a meeting that is not kept (yet).

        Raises:
            StoreError: the database cannot be used now.
        """
        await self._write(lambda connection: writing.keep_beside(connection, encounter, mode, beside))

    async def keep_relationship(self, kept: KeptRelationship) -> KeptRelationship:
        """Keep a relationship with its plans in one transaction; the answer carries the new revision.

        Raises:
            MeetingChanged: a newer one is kept already.
            StoreError: the database cannot be used now.
        """
        when = self._now()
        return await self._write(lambda connection: writing.keep_relationship(connection, kept, when))

    async def add_meeting(self, kept: KeptMeeting, ratings: tuple[KeptRating, ...] = ()) -> bool:
        """Keep a whole meeting that was kept elsewhere; False when its id is here already, and nothing is changed.

        Raises:
            StoreError: the database cannot be used now.
        """
        return await self._write(lambda connection: writing.add_meeting(connection, kept, ratings))

    async def meetings(
        self,
        *,
        learner: str | None = None,
        persona: str | None = None,
        named: str | None = None,
        limit: int = 20,
        following: str | None = None,
    ) -> Page:
        """A page of the list, the meeting that moved last first.

        Args:
            learner: only theirs.
            persona: only with this patient.
            named: only where the patient's name holds this, in capitals or not.
            limit: at most this many, and never more than 200.
            following: `Page.following` of the page before.

        Raises:
            StoreError: the database cannot be used now.
        """
        wanted: Select[tuple[object, ...]] = select(*reading.LINE)  # pyright: ignore[reportUnknownVariableType]
        if learner is not None:
            wanted = wanted.where(ENCOUNTERS.c.learner == learner)
        if persona is not None:
            wanted = wanted.where(ENCOUNTERS.c.persona == persona)
        if named:
            wanted = wanted.where(ENCOUNTERS.c.name.icontains(named, autoescape=True))
        if following is not None:
            when, _, last = following.partition("|")
            at = ENCOUNTERS.c.updated_at
            wanted = wanted.where(or_(at < when, and_(at == when, ENCOUNTERS.c.id < last)))
        most = max(1, min(limit, MOST_LISTED))
        wanted = wanted.order_by(ENCOUNTERS.c.updated_at.desc(), ENCOUNTERS.c.id.desc()).limit(most + 1)
        async with self._read() as connection:
            rows = (await connection.execute(wanted)).all()
        lines = tuple(reading.line(row) for row in rows[:most])
        more = len(rows) > most
        return Page(meetings=lines, following=f"{stamp(lines[-1].updated_at)}|{lines[-1].id}" if more else None)

    async def meeting(self, encounter: str) -> KeptMeeting:
        """A whole meeting: all exchanges of all branches, and its debriefs.

        Raises:
            UnknownMeeting: there is none of this id.
            StoreError: the database cannot be used now.
        """
        async with self._read() as connection:
            found = await reading.meeting(connection, encounter)
        if found is None:
            raise UnknownMeeting(f"There is no meeting `{encounter}`. `simpatient meetings` lists those that are kept.")
        return found

    async def line(self, encounter: str) -> MeetingLine | None:
        """The meeting as a list shows it, with its owner; None when there is none of this id.

        Raises:
            StoreError: the database cannot be used now.
        """
        async with self._read() as connection:
            row = (await connection.execute(select(*reading.LINE).where(ENCOUNTERS.c.id == encounter))).first()
        return None if row is None else reading.line(row)

    async def held(self, learner: str) -> tuple[Held, ...]:
        """All meetings of a learner with what each added up to, the one begun last first; one query for all of them.

        Raises:
            StoreError: the database cannot be used now.
        """
        async with self._read() as connection:
            return await reading.held(connection, ENCOUNTERS.c.learner == learner)

    async def last_before(self, line: MeetingLine) -> Held | None:
        """The same learner's last meeting with the same patient that began before `line` and has a debrief.

        Raises:
            StoreError: the database cannot be used now.
        """
        same = (ENCOUNTERS.c.learner == line.learner, ENCOUNTERS.c.persona == line.persona)
        earlier = (ENCOUNTERS.c.id != line.id, ENCOUNTERS.c.started_at <= stamp(line.started_at))
        ended = ENCOUNTERS.c.id.in_(select(DEBRIEFS.c.encounter))
        async with self._read() as connection:
            found = await reading.held(connection, *same, *earlier, ended, limit=1)
        return found[0] if found else None

    async def key(self, name: str) -> bytes:
        """A secret that this database alone knows, made at the first call; the same for all who use the database.

        Raises:
            StoreError: the database cannot be used now.
        """
        fresh = secrets.token_hex(32)
        return (await self._write(lambda connection: writing.secret(connection, SECRETS, name, fresh))).encode()

    async def ratings(self, encounter: str) -> tuple[KeptRating, ...]:
        """What every evaluator said of every exchange.

        Raises:
            StoreError: the database cannot be used now.
        """
        query = select(RATINGS).where(RATINGS.c.encounter == encounter)
        async with self._read() as connection:
            rows = (await connection.execute(query.order_by(RATINGS.c.exchange, RATINGS.c.made_at))).all()
        return tuple(
            KeptRating(
                exchange=row.exchange, evaluator=row.evaluator, version=row.version,
                record=reading.record(row.record), made_at=moment(row.made_at),
            )
            for row in rows
        )  # fmt: skip

    async def relationship(self, learner: str, persona: str) -> KeptRelationship | None:
        """What is between these two; None while nothing was kept.

        Raises:
            StoreError: the database cannot be used now.
        """
        async with self._read() as connection:
            return await reading.relationship(connection, learner, persona)

    async def relationships(self, selection: Selection) -> tuple[KeptRelationship, ...]:
        """All that are meant by learner, persona or age.

        Raises:
            StoreError: the database cannot be used now.
        """
        async with self._read() as connection:
            pairs = await connection.run_sync(deleting.pairs, selection, self.clock())
            found = [await reading.relationship(connection, learner, persona) for learner, persona in pairs]
        return tuple(each for each in found if each is not None)

    async def exchanges(self, encounter: str) -> list[Record]:
        """The exchange records of one meeting, in order; none for a meeting that is not kept.

        Raises:
            StoreError: the database cannot be used now.
        """
        query = select(EXCHANGES.c.record).where(EXCHANGES.c.encounter == encounter).order_by(EXCHANGES.c.exchange)
        async with self._read() as connection:
            return [reading.record(text) for text in (await connection.execute(query)).scalars()]

    async def debrief(self, encounter: str) -> Record | None:
        """The newest debrief record of one meeting, or None.

        Raises:
            StoreError: the database cannot be used now.
        """
        query = select(DEBRIEFS.c.record).where(DEBRIEFS.c.encounter == encounter)
        async with self._read() as connection:
            row = (await connection.execute(query.order_by(DEBRIEFS.c.made_at.desc()).limit(1))).scalar_one_or_none()
        return None if row is None else reading.record(row)

    async def chosen(self, selection: Selection) -> Deleted:
        """What deleting `selection` would take.

        Raises:
            StoreError: the database cannot be used now.
        """
        async with self._read() as connection:
            return await connection.run_sync(deleting.count, selection, self.clock())

    async def delete(self, selection: Selection, *, home: Path | None = None) -> Deleted:
        """Delete the meetings meant by `selection` for good: rows, what is left of them in the file, logs, calls.

        Raises:
            StoreError: the database cannot be used now; nothing was deleted.
        """
        at = self.clock()
        taken = await self._write(lambda connection: deleting.delete(connection, selection, at))
        if not taken.ids and not taken.relationships and not taken.learners:
            return taken
        erased = await self.erase()
        files = deleting.forget_files(home, taken.ids) if home is not None else 0
        return deleting.with_traces(taken, files=files, erased=erased)

    async def erase(self) -> bool:
        """Write the database anew, so that nothing deleted is left in its files; False when somebody holds it open.

        Raises:
            StoreError: the database cannot be used now.
        """
        async with self._busy(), self._turns.alone():
            return await deleting.erase(self._engine)

    async def _write(self, work: Work[T]) -> T:
        async with self._busy():
            return await self._turns.write(work)

    @asynccontextmanager
    async def _read(self) -> AsyncGenerator[AsyncConnection]:
        async with self._busy(), self._engine.connect() as connection:
            yield connection

    @asynccontextmanager
    async def _busy(self) -> AsyncGenerator[None]:
        """Whatever the database does not like is told in one line.

        Raises:
            StoreError: what is the case, and what to do.
        """
        if self._identity is not None and _identity(self.file) != self._identity:
            raise StoreError(
                "The database: its file is gone or was replaced while it was open. Put it back and start simpatient again."
            )
        try:
            yield
        except MeetingChanged:
            raise
        except Exception as exc:
            trouble = trouble_of(exc)
            if trouble is None:
                raise
            _LOG.warning("The database cannot be used: %s", exc)
            raise StoreError(f"The database: {trouble.what}. {trouble.mend}") from exc

    def _now(self) -> str:
        return stamp(self.clock())


def _identity(file: Path | None) -> tuple[int, int] | None:
    """What tells a file from another one that was put in its place; (0, 0) where there is none."""
    if file is None:
        return None
    try:
        found = file.stat()
    except OSError:
        return (0, 0)
    return (found.st_dev, found.st_ino)
