"""Rows as values."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, select
from sqlalchemy.ext.asyncio import AsyncConnection

from simpatient.store.rows import (
    Aside,
    Beside,
    Chosen,
    Held,
    KeptDebrief,
    KeptExchange,
    KeptMeeting,
    KeptRelationship,
    MeetingLine,
    MeetingSettings,
    Record,
    Versions,
)
from simpatient.store.tables import DEBRIEFS, ENCOUNTERS, EXCHANGES, PLANS, RELATIONSHIPS

_WHEN = "%Y-%m-%dT%H:%M:%S.%fZ"
LINE = tuple(
    ENCOUNTERS.c[name]
    for name in (
        "id", "learner", "persona", "name", "meeting", "exchanges", "head", "ended", "rapport_index", "started_at",
        "updated_at",
    )
)  # fmt: skip
"""The columns of a list: none of the long ones."""


def stamp(when: datetime) -> str:
    """A moment as text that sorts."""
    return when.astimezone(UTC).strftime(_WHEN)


def moment(text: str) -> datetime:
    """The moment that `stamp` wrote.

    Raises:
        ValueError: it wrote no such thing.
    """
    found = datetime.fromisoformat(text)  # ten times as fast as strptime, and a list has two for each line
    if stamp(found) != text:
        raise ValueError(text)
    return found


def record(text: str) -> Record:
    """A record out of its column."""
    found: Record = json.loads(text)
    return found


def text_of(value: Record) -> str:
    """A record for its column."""
    return json.dumps(value, ensure_ascii=False)


def versions_text(versions: Versions) -> str:
    """Versions for their column."""
    return json.dumps(asdict(versions))


def versions(text: str) -> Versions:
    """Versions out of their column; fields of another simpatient are left out."""
    return Versions(
        **{name: str(value) for name, value in record(text).items() if name in Versions.__dataclass_fields__}
    )


def settings(text: str) -> MeetingSettings:
    """Settings out of their column; fields of another simpatient are left out."""
    known = MeetingSettings.__dataclass_fields__
    return MeetingSettings(**{name: value for name, value in record(text).items() if name in known})


def chosen(text: str | None) -> Chosen:
    """A learner's choices out of their column; fields of another simpatient are left out."""
    known = Chosen.__dataclass_fields__
    return Chosen(**{name: value for name, value in record(text or "{}").items() if name in known})


def beside(text: str | None) -> Beside:
    """How the page shows a meeting, out of its column; fields of another simpatient are left out."""
    found = {name: value for name, value in record(text or "{}").items() if name in Beside.__dataclass_fields__}
    asides = tuple(Aside(after=each["after"], kind=each["kind"], text=each["text"]) for each in found.pop("asides", ()))
    return Beside(**found, asides=asides)


def line(row: Row[Any]) -> MeetingLine:
    """A meeting as a list shows it."""
    return MeetingLine(
        id=row.id, learner=row.learner, persona=row.persona, name=row.name, meeting=row.meeting,
        exchanges=row.exchanges, head=row.head, ended=row.ended, index=row.rapport_index,
        started_at=moment(row.started_at), updated_at=moment(row.updated_at),
    )  # fmt: skip


async def meeting(connection: AsyncConnection, encounter: str) -> KeptMeeting | None:
    """The whole meeting; None when there is none of this id."""
    row = (await connection.execute(select(ENCOUNTERS).where(ENCOUNTERS.c.id == encounter))).first()
    if row is None:
        return None
    made = versions(row.versions)
    said = select(EXCHANGES).where(EXCHANGES.c.encounter == encounter).order_by(EXCHANGES.c.exchange)
    ended = select(DEBRIEFS).where(DEBRIEFS.c.encounter == encounter).order_by(DEBRIEFS.c.made_at, DEBRIEFS.c.head)
    exchanges = tuple(
        KeptExchange(
            number=each.exchange, parent=each.parent, record=record(each.record), exact=each.exact,
            versions=versions(each.versions) if each.versions else made, made_at=moment(each.made_at),
        )
        for each in (await connection.execute(said)).all()
    )  # fmt: skip
    debriefs = tuple(
        KeptDebrief(head=each.head, record=record(each.record), made_at=moment(each.made_at))
        for each in (await connection.execute(ended)).all()
    )
    return KeptMeeting(
        line=line(row), seed=int(row.seed), settings=settings(row.settings), versions=made, start=row.start,
        exchanges=exchanges, debriefs=debriefs, beside=beside(row.beside),
    )  # fmt: skip


async def held(connection: AsyncConnection, *where: ColumnElement[bool], limit: int | None = None) -> tuple[Held, ...]:
    """The meetings meant by `where` with their debriefs, the one begun last first; one query for all of them."""
    meant = select(ENCOUNTERS.c.id).where(*where).order_by(ENCOUNTERS.c.started_at.desc(), ENCOUNTERS.c.id.desc())
    inside = meant.limit(limit).subquery()
    query = (
        select(*LINE, ENCOUNTERS.c.versions, DEBRIEFS.c.head.label("branch"), DEBRIEFS.c.record)
        .join(inside, inside.c.id == ENCOUNTERS.c.id)
        .outerjoin(DEBRIEFS, DEBRIEFS.c.encounter == ENCOUNTERS.c.id)
        .order_by(ENCOUNTERS.c.started_at.desc(), ENCOUNTERS.c.id.desc(), DEBRIEFS.c.made_at)
    )
    lines: dict[str, tuple[MeetingLine, Versions]] = {}
    ended: dict[str, tuple[int, str]] = {}
    for row in (await connection.execute(query)).all():
        lines.setdefault(row.id, (line(row), versions(row.versions)))
        if row.record is not None and ended.get(row.id, (0, ""))[0] != row.head:
            ended[row.id] = (row.branch, row.record)
    return tuple(
        Held(line=each, versions=made, debrief=record(ended[name][1]) if name in ended else None)
        for name, (each, made) in lines.items()
    )


async def relationship(connection: AsyncConnection, learner: str, persona: str) -> KeptRelationship | None:
    """What is between these two; None while nothing was kept."""
    here = (RELATIONSHIPS.c.learner == learner, RELATIONSHIPS.c.persona == persona)
    row = (await connection.execute(select(RELATIONSHIPS).where(*here))).first()
    if row is None:
        return None
    agreed = select(PLANS.c.record).where(PLANS.c.learner == learner, PLANS.c.persona == persona).order_by(PLANS.c.plan)
    plans = tuple(record(text) for text in (await connection.execute(agreed)).scalars())
    return KeptRelationship(
        learner=learner, persona=persona, record=record(row.record), exact=row.exact, revision=row.revision, plans=plans
    )
