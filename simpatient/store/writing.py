"""What one transaction writes. The caller opens it, and undoes it when any of this raises."""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from dataclasses import asdict, replace
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, select
from sqlalchemy.dialects import postgresql, sqlite

from simpatient.errors import MeetingChanged
from simpatient.store.reading import stamp, text_of, versions_text
from simpatient.store.rows import (
    Beside,
    Chosen,
    KeptMeeting,
    KeptRating,
    KeptRelationship,
    NewExchange,
    NewMeeting,
    Record,
    Versions,
)
from simpatient.store.tables import (
    DEBRIEFS,
    ENCOUNTERS,
    EXCHANGES,
    LEARNERS,
    PLANS,
    PROMISES,
    RATINGS,
    RELATIONSHIPS,
    SECRETS,
)

ELSEWHERE = (
    "This meeting was continued somewhere else, perhaps in another tab, so what you just said was not kept. "
    "Open it again to go on from where it stands now."
)
DELETED = "This meeting was deleted, so what you just said was not kept."


def add_exchange(connection: Connection, meeting: NewMeeting, exchange: NewExchange, writer: str, when: str) -> None:
    """Add an exchange, and before the first one its meeting; the same again changes nothing.

    Raises:
        MeetingChanged: its number is taken, or the meeting is gone.
    """
    if exchange.number == 1:
        insert_or_leave(connection, LEARNERS, {"id": meeting.learner, "created_at": when})
        insert_or_leave(connection, ENCOUNTERS, _meeting_row(meeting, when))
    moved = connection.execute(
        ENCOUNTERS.update()
        .where(ENCOUNTERS.c.id == meeting.id, ENCOUNTERS.c.exchanges == exchange.number - 1)
        .values(exchanges=exchange.number, head=exchange.number, ended=exchange.ended, updated_at=when)
    )
    if not moved.rowcount:
        _must_be_mine(connection, meeting.id, exchange, writer)
        return
    connection.execute(EXCHANGES.insert(), _exchange_row(meeting.id, exchange, meeting.versions, writer, when))
    if exchange.promises:
        connection.execute(PROMISES.insert(), [_promise_row(meeting.id, exchange.number, p) for p in exchange.promises])
    if exchange.rated_by is not None:
        rated = _rating_row(meeting.id, exchange.number, exchange.rated_by, exchange.record, when)
        connection.execute(RATINGS.insert(), rated)


def _must_be_mine(connection: Connection, encounter: str, exchange: NewExchange, writer: str) -> None:
    """Nothing, when this very exchange is there already: its answer had been lost on the way."""
    query = select(EXCHANGES.c.writer, EXCHANGES.c.exact, EXCHANGES.c.record)
    row = connection.execute(query.where(*_exchange(encounter, exchange.number))).first()
    if row is not None and row.writer == writer and json.loads(row.record)["learner"] == exchange.record["learner"]:
        return
    known = connection.execute(select(ENCOUNTERS.c.id).where(ENCOUNTERS.c.id == encounter)).first()
    raise MeetingChanged(ELSEWHERE if known else DELETED)


def add_rating(
    connection: Connection,
    encounter: str,
    exchange: int,
    evaluator: tuple[str, str],
    record: Record,
    exact: str | None,
    when: str,
) -> None:
    """Let the ratings of an exchange stand with it; the same again changes nothing.

    Raises:
        MeetingChanged: there is no such exchange (any more).
    """
    here = _exchange(encounter, exchange)
    if exact is None:
        found = connection.execute(select(EXCHANGES.c.exchange).where(*here)).first() is not None
    else:
        values = {"record": text_of(record), "exact": exact}
        found = connection.execute(EXCHANGES.update().where(*here).values(**values)).rowcount > 0
    if not found:
        raise MeetingChanged(DELETED)
    row = _rating_row(encounter, exchange, evaluator, record, when)
    _upsert(connection, RATINGS, row, ("encounter", "exchange", "evaluator", "version"))


def rating_part(record: Record) -> Record:
    """What an evaluator added to an exchange record."""
    return {name: record[name] for name in ("ratings", "harms", "try_instead")}


def move_head(connection: Connection, encounter: str, head: int, exchanges: int, ended: str | None, when: str) -> None:
    """Let the meeting stand at `head`.

    Raises:
        MeetingChanged: it has other exchanges than the caller knows, or is gone.
    """
    moved = connection.execute(
        ENCOUNTERS.update()
        .where(ENCOUNTERS.c.id == encounter, ENCOUNTERS.c.exchanges == exchanges)
        .values(head=head, ended=ended, updated_at=when)
    )
    if not moved.rowcount:
        raise MeetingChanged(ELSEWHERE)


def add_debrief(connection: Connection, encounter: str, head: int, record: Record, when: str) -> None:
    """Let the debrief of a branch stand with the meeting; the same again changes nothing.

    Raises:
        MeetingChanged: the meeting is gone.
    """
    ended = record["outcome"]["ended"]
    marked = connection.execute(
        ENCOUNTERS.update()
        .where(ENCOUNTERS.c.id == encounter)
        .values(ended=ended, rapport_index=record["index"], updated_at=when)
    )
    if not marked.rowcount:
        raise MeetingChanged(DELETED)
    row = {"encounter": encounter, "head": head, "record": text_of(record), "made_at": when}
    _upsert(connection, DEBRIEFS, row, ("encounter", "head"))


def keep_choices(connection: Connection, learner: str, choices: Chosen, when: str) -> None:
    """Let the learner's choices stand."""
    insert_or_leave(connection, LEARNERS, {"id": learner, "created_at": when})
    text = json.dumps(asdict(choices))
    connection.execute(LEARNERS.update().where(LEARNERS.c.id == learner).values(choices=text))


def keep_beside(connection: Connection, encounter: str, mode: str, beside: Beside) -> None:
    """Let the meeting's mode and what stands beside it be these; nothing for a meeting that is not kept."""
    here = ENCOUNTERS.c.id == encounter
    kept = (connection.execute(select(ENCOUNTERS.c.settings).where(here))).scalar_one_or_none()
    if kept is not None:
        values = {"settings": json.dumps({**json.loads(kept), "mode": mode}), "beside": text_of(asdict(beside))}
        connection.execute(ENCOUNTERS.update().where(here).values(**values))


def keep_relationship(connection: Connection, kept: KeptRelationship, when: str) -> KeptRelationship:
    """Keep a relationship that is one newer than the one that is here.

    Raises:
        MeetingChanged: somebody else was faster.
    """
    key = {"learner": kept.learner, "persona": kept.persona}
    values = {"record": text_of(kept.record), "exact": kept.exact, "revision": kept.revision + 1, "updated_at": when}
    if kept.revision == 0:
        insert_or_leave(connection, LEARNERS, {"id": kept.learner, "created_at": when})
        done = insert_or_leave(connection, RELATIONSHIPS, {**key, **values, "created_at": when})
    else:
        here = (*_where(RELATIONSHIPS, key), RELATIONSHIPS.c.revision == kept.revision)
        done = connection.execute(RELATIONSHIPS.update().where(*here).values(**values)).rowcount > 0
    if not done:
        raise MeetingChanged(ELSEWHERE)
    connection.execute(PLANS.delete().where(*_where(PLANS, key)))
    rows = [{**key, "plan": n, "record": text_of(plan), "updated_at": when} for n, plan in enumerate(kept.plans, 1)]
    if rows:
        connection.execute(PLANS.insert(), rows)
    return replace(kept, revision=kept.revision + 1)


def add_meeting(connection: Connection, kept: KeptMeeting, ratings: tuple[KeptRating, ...]) -> bool:
    """Add a whole meeting with the times it brings; False when its id is taken."""
    line = kept.line
    insert_or_leave(connection, LEARNERS, {"id": line.learner, "created_at": stamp(line.started_at)})
    meeting = NewMeeting(
        id=line.id, learner=line.learner, persona=line.persona, name=line.name, seed=kept.seed, start=kept.start,
        settings=kept.settings, versions=kept.versions, meeting=line.meeting,
    )  # fmt: skip
    row = _meeting_row(meeting, stamp(line.started_at)) | {
        "exchanges": line.exchanges, "head": line.head, "ended": line.ended, "rapport_index": line.index,
        "updated_at": stamp(line.updated_at),
    }  # fmt: skip
    if not insert_or_leave(connection, ENCOUNTERS, row):
        return False
    before: dict[int, list[Record]] = {0: []}
    for each in kept.exchanges:
        ledger: list[Record] = each.record.get("promises", [])
        exchange = NewExchange(
            number=each.number, parent=each.parent, record=each.record, exact=each.exact, versions=each.versions,
            promises=tuple(promise for promise in ledger if promise not in before.get(each.parent, [])),
        )  # fmt: skip
        before[each.number] = ledger
        made = stamp(each.made_at)
        connection.execute(EXCHANGES.insert(), _exchange_row(line.id, exchange, kept.versions, "", made))
        if exchange.promises:
            rows = [_promise_row(line.id, each.number, promise) for promise in exchange.promises]
            connection.execute(PROMISES.insert(), rows)
    for rating in ratings:
        values = {"exchange": rating.exchange, "evaluator": rating.evaluator, "version": rating.version}
        texts = {"record": text_of(rating.record), "made_at": stamp(rating.made_at)}
        connection.execute(RATINGS.insert(), {"encounter": line.id, **values, **texts})
    for debrief in kept.debriefs:
        values = {"head": debrief.head, "record": text_of(debrief.record), "made_at": stamp(debrief.made_at)}
        connection.execute(DEBRIEFS.insert(), {"encounter": line.id, **values})
    return True


def secret(connection: Connection, table: Table, name: str, fresh: str) -> str:
    """The secret of this database called `name`; `fresh` from now on where there was none."""
    insert_or_leave(connection, table, {"name": name, "value": fresh})
    return connection.execute(select(table.c.value).where(table.c.name == name)).scalar_one()


def learner(connection: Connection, identifier: str, when: str) -> str:
    """The pseudonymous id of whoever signs in as `identifier`, made at the first call."""
    salt = secret(connection, SECRETS, "learners", secrets.token_hex(32))
    signature = hmac.new(salt.encode(), identifier.encode(), hashlib.sha256).hexdigest()
    fresh = {"id": f"learner-{secrets.token_hex(5)}", "signature": signature, "created_at": when}
    insert_or_leave(connection, LEARNERS, fresh)
    return connection.execute(select(LEARNERS.c.id).where(LEARNERS.c.signature == signature)).scalar_one()


def insert_or_leave(connection: Connection, table: Table, values: dict[str, Any]) -> bool:
    """Insert a row; False, with nothing changed, when its key is taken."""
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    statement = dialect.insert(table).values(**values).on_conflict_do_nothing()
    return connection.execute(statement).rowcount > 0


def _upsert(connection: Connection, table: Table, row: dict[str, Any], key: tuple[str, ...]) -> None:
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    changed = {name: value for name, value in row.items() if name not in key}
    statement = dialect.insert(table).values(**row)
    connection.execute(statement.on_conflict_do_update(index_elements=list(key), set_=changed))


def _where(table: Table, key: dict[str, Any]) -> list[ColumnElement[bool]]:
    return [table.c[name] == value for name, value in key.items()]


def _exchange(encounter: str, number: int) -> list[ColumnElement[bool]]:
    return _where(EXCHANGES, {"encounter": encounter, "exchange": number})


def _meeting_row(meeting: NewMeeting, when: str) -> dict[str, Any]:
    return {
        "id": meeting.id, "learner": meeting.learner, "persona": meeting.persona, "name": meeting.name,
        "meeting": meeting.meeting, "seed": str(meeting.seed), "settings": json.dumps(asdict(meeting.settings)),
        "versions": versions_text(meeting.versions), "start": meeting.start, "exchanges": 0, "head": 0,
        "ended": None, "rapport_index": None, "started_at": when, "updated_at": when,
    }  # fmt: skip


def _exchange_row(encounter: str, exchange: NewExchange, usual: Versions, writer: str, when: str) -> dict[str, Any]:
    other = exchange.versions != usual
    return {
        "encounter": encounter, "exchange": exchange.number, "parent": exchange.parent, "writer": writer,
        "record": text_of(exchange.record), "exact": exchange.exact, "made_at": when,
        "versions": versions_text(exchange.versions) if other else None,
    }  # fmt: skip


def _promise_row(encounter: str, exchange: int, promise: Record) -> dict[str, Any]:
    return {
        "encounter": encounter, "exchange": exchange, "promise": promise["id"], "status": promise["status"],
        "due": promise["due"], "record": text_of(promise),
    }  # fmt: skip


def _rating_row(encounter: str, exchange: int, evaluator: tuple[str, str], record: Record, when: str) -> dict[str, Any]:
    return {
        "encounter": encounter, "exchange": exchange, "evaluator": evaluator[0], "version": evaluator[1],
        "record": text_of(rating_part(record)), "made_at": when,
    }  # fmt: skip
