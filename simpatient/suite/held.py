"""A conversation that was held: plain values, one line of a journal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from simpatient.suite.verdict import Check, Finding, Verdict

SCHEMA_VERSION = 1
Record = Mapping[str, Any]
"""Plain data as JSON has it."""


@dataclass(frozen=True, kw_only=True)
class Numbers:
    """What cases are compared by, at the end of each."""

    index: float | None = None
    """0..100."""
    trend: float | None = None
    disclosed: int | None = None
    """Facts told partly or in full."""
    trust: float | None = None
    hope: float | None = None
    openness: float | None = None
    anxiety: float | None = None
    defensiveness: float | None = None


@dataclass(frozen=True, kw_only=True)
class HeldMeeting:
    """One meeting as it went."""

    opening: str
    exchanges: tuple[Record, ...]
    """Exchange records as they are published."""
    states: tuple[Record, ...]
    """State after the opening and each exchange."""
    index: float | None
    profile: tuple[tuple[str, float | None], ...]
    """Name and value of each domain."""
    behaviours: tuple[tuple[str, float | None], ...]
    ended: str
    next_appointment: str
    authored: tuple[int, ...] = ()
    """Exchanges in which an authored line answered though a chat model was to: what it said was not fit to be said."""


@dataclass(frozen=True, kw_only=True)
class Held:
    """One conversation with all that was checked."""

    key: str
    """What it is called; one run holds it once."""
    group: str
    """What it is called, repeats apart."""
    suite: str
    case: str
    about: str
    path: str
    """File of the suite; empty for one built in Python."""
    line: int
    tags: tuple[str, ...]
    persona: str
    evaluator: str
    point: str
    """Its place in a matrix; empty without one."""
    seed: int
    repeat: int
    digest: str
    """Changes with anything that could change what happens."""
    verdict: Verdict
    error: str = ""
    """Why it broke off, such as a call that was not recorded; empty when it did not. One that broke off is undecided."""
    checks: tuple[Check, ...] = ()
    meetings: tuple[HeldMeeting, ...] = ()
    numbers: Numbers = Numbers()
    calls: int = 0
    tokens: int | None = None
    cost: float | None = None
    seconds: float = 0.0
    """What it took, without waiting for room at an endpoint."""

    @property
    def failures(self) -> tuple[Check, ...]:
        """The checks that made it fail."""
        return tuple(c for c in self.checks if c.finding.verdict is Verdict.UNMET and not c.optional)

    @property
    def exchanges(self) -> int:
        """Exchanges that were held."""
        return sum(len(meeting.exchanges) for meeting in self.meetings)

    @property
    def authored(self) -> int:
        """Replies that authored lines gave though a chat model was to speak."""
        return sum(len(meeting.authored) for meeting in self.meetings)

    def record(self) -> dict[str, Any]:
        """The conversation as plain data."""
        plain = {name: value for name, value in vars(self).items() if name not in ("checks", "meetings", "numbers")}
        return {
            "schema_version": SCHEMA_VERSION,
            **plain,
            "tags": list(self.tags),
            "verdict": self.verdict.value,
            "numbers": asdict(self.numbers),
            "checks": [check.record() for check in self.checks],
            "meetings": [dict(vars(meeting)) for meeting in self.meetings],
        }

    @classmethod
    def of(cls, record: Record) -> Held:
        """The conversation of a record.

        Raises:
            KeyError, TypeError, ValueError: it is no such record.
        """
        given = {name: value for name, value in record.items() if name != "schema_version"}
        checks = tuple(_check(each) for each in given.pop("checks"))
        meetings = tuple(_meeting(each) for each in given.pop("meetings"))
        numbers, verdict, tags = (
            Numbers(**given.pop("numbers")),
            Verdict(given.pop("verdict")),
            tuple(given.pop("tags")),
        )
        return cls(**given, checks=checks, meetings=meetings, numbers=numbers, verdict=verdict, tags=tags)


def _check(record: Record) -> Check:
    finding = Finding(verdict=Verdict(record["verdict"]), expected=record["expected"], found=record["found"])
    return Check(
        finding=finding, meeting=record["meeting"], exchange=record["exchange"], line=record["line"],
        optional=record["optional"],
    )  # fmt: skip


def _meeting(record: Record) -> HeldMeeting:
    return HeldMeeting(
        opening=record["opening"], exchanges=tuple(record["exchanges"]), states=tuple(record["states"]),
        index=record["index"], profile=_pairs(record["profile"]), behaviours=_pairs(record["behaviours"]),
        ended=record["ended"], next_appointment=record["next_appointment"],
        authored=tuple(record.get("authored", ())),
    )  # fmt: skip


def _pairs(listed: Sequence[Sequence[Any]]) -> tuple[tuple[str, float | None], ...]:
    return tuple((each[0], each[1]) for each in listed)
