"""Meetings as lines of JSON, out of the store and in again."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from pydantic import ValidationError

from simpatient.authoring import finding
from simpatient.errors import ContentError, Diagnostic
from simpatient.store.published import (
    LINES,
    SCHEMA_VERSION,
    DebriefLineOut,
    ExchangeLineOut,
    Line,
    MeetingLineOut,
    RatingLineOut,
    RelationshipLineOut,
)
from simpatient.store.reading import moment, stamp
from simpatient.store.rows import (
    KeptDebrief,
    KeptExchange,
    KeptMeeting,
    KeptRating,
    KeptRelationship,
    MeetingLine,
    MeetingSettings,
    Record,
    Versions,
)

MOST_BYTES = 8_000_000
"""Of one line: far more than the longest meeting's longest exchange."""


@dataclass(frozen=True, kw_only=True)
class Carried:
    """A meeting with what every evaluator said of it."""

    meeting: KeptMeeting
    ratings: tuple[KeptRating, ...] = ()


def lines_of(carried: Carried, *, to_continue: bool = False) -> Iterator[Record]:
    """The lines of one meeting; with `to_continue` also all that moves, so that it can go on elsewhere."""
    kept, line = carried.meeting, carried.meeting.line
    yield _filled({
        "kind": "meeting", "schema_version": SCHEMA_VERSION, "encounter": line.id, "learner": line.learner,
        "persona": line.persona, "name": line.name, "meeting": line.meeting, "seed": kept.seed,
        "settings": asdict(kept.settings), "versions": asdict(kept.versions), "exchanges": line.exchanges,
        "head": line.head, "ended": line.ended, "started_at": stamp(line.started_at),
        "updated_at": stamp(line.updated_at), "exact": kept.start if to_continue else None,
    })  # fmt: skip
    for each in kept.exchanges:
        yield _filled({
            "kind": "exchange", "made_at": stamp(each.made_at), "record": each.record,
            "versions": asdict(each.versions) if each.versions != kept.versions else None,
            "exact": each.exact if to_continue else None,
        })  # fmt: skip
    for rating in carried.ratings:
        yield {
            "kind": "rating", "encounter": line.id, "exchange": rating.exchange, "evaluator": rating.evaluator,
            "version": rating.version, "made_at": stamp(rating.made_at), "record": rating.record,
        }  # fmt: skip
    for debrief in kept.debriefs:
        yield {
            "kind": "debrief", "head": debrief.head, "made_at": stamp(debrief.made_at), "record": debrief.record
        }  # fmt: skip


def relationship_line(kept: KeptRelationship) -> Record:
    """The line of a relationship."""
    return {
        "kind": "relationship", "learner": kept.learner, "persona": kept.persona, "revision": kept.revision,
        "record": kept.record, "plans": list(kept.plans),
    }  # fmt: skip


def _filled(line: Record) -> Record:
    """The line without fields that are there only sometimes."""
    return {name: value for name, value in line.items() if value is not None or name not in ("exact", "versions")}


@dataclass(kw_only=True)
class _Gathered:
    """The lines of one meeting as they come."""

    line: MeetingLineOut
    place: int
    exchanges: list[ExchangeLineOut] = field(default_factory=list[ExchangeLineOut])
    ratings: list[RatingLineOut] = field(default_factory=list[RatingLineOut])
    debriefs: list[DebriefLineOut] = field(default_factory=list[DebriefLineOut])


def read_lines(path: str, lines: Iterable[bytes]) -> tuple[Carried, ...]:
    """The meetings in the lines of an export.

    Raises:
        ContentError: every line that is not as it has to be, with its number.
    """
    findings: list[Diagnostic] = []
    gathered: dict[str, _Gathered] = {}
    for number, raw in enumerate(lines, 1):
        if not raw.strip():
            continue
        try:
            line = LINES.validate_python(_json(raw))
        except (ValueError, RecursionError) as exc:
            findings.append(_finding(path, number, _reason(exc)))
            continue
        if fault := _sorted_in(gathered, line, number):
            findings.append(_finding(path, number, fault))
    for one in gathered.values():
        findings.extend(_finding(path, one.place, fault) for fault in _faults(one))
    if findings:
        raise ContentError(findings)
    return tuple(_carried(one) for one in gathered.values())


def _json(raw: bytes) -> Any:
    if len(raw) > MOST_BYTES:
        raise ValueError(f"the line has {len(raw):,} bytes; at most {MOST_BYTES:,} are read")
    found = json.loads(raw.decode("utf-8"))
    # Half a character cannot be kept by any database.
    json.dumps(found, ensure_ascii=False).encode("utf-8")
    return found


def _reason(error: Exception) -> str:
    if isinstance(error, ValidationError):
        first = error.errors(include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"][1:]) or "the line"
        return f"`{where}`: {first['msg']}"
    if isinstance(error, json.JSONDecodeError | UnicodeError | RecursionError):
        return "the line is no JSON in UTF-8"
    return str(error)


def _finding(path: str, number: int, message: str) -> Diagnostic:
    return finding("SP090", path, number, problem=message)


def _sorted_in(gathered: dict[str, _Gathered], line: Line, number: int) -> str:
    """Put the line to its meeting; the answer says what hinders it."""
    if isinstance(line, RelationshipLineOut):
        return ""
    if isinstance(line, MeetingLineOut):
        if line.encounter in gathered:
            return f"the meeting `{line.encounter}` stands twice"
        gathered[line.encounter] = _Gathered(line=line, place=number)
        return ""
    encounter = line.encounter if isinstance(line, RatingLineOut) else line.record.encounter
    one = gathered.get(encounter)
    if one is None:
        return f"the line of the meeting `{encounter}` has to come before this one"
    if isinstance(line, ExchangeLineOut):
        one.exchanges.append(line)
    elif isinstance(line, RatingLineOut):
        one.ratings.append(line)
    else:
        one.debriefs.append(line)
    return ""


def _faults(one: _Gathered) -> Iterator[str]:
    """What is wrong with a meeting as a whole."""
    numbers = [each.record.exchange for each in one.exchanges]
    if len(numbers) != one.line.exchanges or any(number != n for n, number in enumerate(numbers, 1)):
        yield f"the meeting has {one.line.exchanges} exchanges, but its lines hold {numbers}"
    if any(each.record.parent >= each.record.exchange for each in one.exchanges):
        yield "an exchange cannot come before the one it follows"
    if one.line.head > one.line.exchanges or any(each.head > one.line.exchanges for each in one.debriefs):
        yield "the meeting stands at an exchange that it does not have"
    rated = [(each.exchange, each.evaluator, each.version) for each in one.ratings]
    if len(set(rated)) != len(rated) or any(exchange > one.line.exchanges for exchange, _, _ in rated):
        yield "a rating stands twice, or belongs to no exchange"
    if len({each.head for each in one.debriefs}) != len(one.debriefs):
        yield "a debrief stands twice"


def _carried(one: _Gathered) -> Carried:
    line = one.line
    versions = Versions(**line.versions.model_dump())
    debriefs = tuple(
        KeptDebrief(head=each.head, record=each.record.model_dump(), made_at=moment(each.made_at))
        for each in one.debriefs
    )
    head = MeetingLine(
        id=line.encounter, learner=line.learner, persona=line.persona, name=line.name, meeting=line.meeting,
        exchanges=line.exchanges, head=line.head, ended=line.ended, index=None,
        started_at=moment(line.started_at), updated_at=moment(line.updated_at),
    )  # fmt: skip
    kept = KeptMeeting(
        line=head, seed=line.seed, settings=MeetingSettings(**line.settings.model_dump()), versions=versions,
        start=line.exact, debriefs=debriefs,
        exchanges=tuple(
            KeptExchange(
                number=each.record.exchange, parent=each.record.parent, record=each.record.model_dump(),
                exact=each.exact, made_at=moment(each.made_at),
                versions=Versions(**each.versions.model_dump()) if each.versions else versions,
            )
            for each in one.exchanges
        ),
    )  # fmt: skip
    if kept.debrief is not None:
        kept = replace(kept, line=replace(head, index=kept.debrief.record["index"]))
    ratings = tuple(
        KeptRating(
            exchange=each.exchange, evaluator=each.evaluator, version=each.version, record=each.record.model_dump(),
            made_at=moment(each.made_at),
        )
        for each in one.ratings
    )  # fmt: skip
    return Carried(meeting=kept, ratings=ratings)
