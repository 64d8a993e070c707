"""A run as one page that stands alone: no script, nothing from outside, light and dark; two runs side by side."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from simpatient import __version__
from simpatient.suite.curves import curves, spark
from simpatient.suite.held import Held, HeldMeeting, Record
from simpatient.suite.journal import Journal
from simpatient.suite.published import EarlierRun, conversations
from simpatient.suite.run import Summary
from simpatient.suite.telling import summed_up
from simpatient.suite.verdict import Check, Verdict

TEMPLATES = Path(__file__).resolve().parent / "templates"
COMPARED = ("index", "trust", "hope", "openness", "anxiety", "defensiveness", "disclosed")
NOTABLE = {"index": 1.0, "disclosed": 1.0}
"""Change of a number from which it is told; of a state variable, 0.01."""


@dataclass(frozen=True, kw_only=True)
class Line:
    """One exchange as the page shows it, with what another run had in its place."""

    exchange: Record
    checks: tuple[Check, ...]
    then: Record | None
    other_reply: bool
    """The other run has another reply."""
    other_reading: bool


@dataclass(frozen=True, kw_only=True)
class Part:
    """One meeting as the page shows it."""

    number: int
    """1-based; 0 when the case has one only."""
    meeting: HeldMeeting
    lines: tuple[Line, ...]
    checks: tuple[Check, ...]
    """Those on the whole."""
    then: HeldMeeting | None
    marked: tuple[int, ...]
    """Exchanges in which something was not met."""


@dataclass(frozen=True, kw_only=True)
class Shift:
    """A conversation that came out otherwise than in the other run."""

    key: str
    anchor: str
    was: str
    """Verdict then; empty when it was not held."""
    now: str
    numbers: tuple[tuple[str, float | None, float | None], ...]
    """Name, then and now, of those that moved."""
    replies: int
    """Exchanges with another reply."""


def write_page(
    path: Path, summary: Summary, journal: Journal, names: Mapping[str, str], against: EarlierRun | None = None
) -> None:
    """Write the report, conversation after conversation, with an earlier run beside it."""
    then = against.conversations if against else None
    pages = _environment()
    shifts = _shifts(summary, journal, then) if then is not None else None
    counts = {verdict.value: 0 for verdict in Verdict}
    for held in conversations(summary, journal):
        counts[held.verdict.value] += 1
    counts["undecided"] += len(summary.not_begun)
    with path.open("w", encoding="utf-8", errors="replace") as file:
        head = pages.get_template("head.html.j2")
        file.write(
            head.render(
                summary=summary, words=summed_up(summary), counts=counts, version=__version__, against=against,
                names={role: name or "embedded" for role, name in names.items()}, shifts=shifts,
            )
        )  # fmt: skip
        case = pages.get_template("case.html.j2")
        for held in conversations(summary, journal):
            old = then.get(held.key) if then is not None else None
            group = summary.groups[held.group]
            file.write(
                case.render(
                    held=held, verdict=held.verdict.value, parts=tuple(parts(held, old)), anchor=anchor(held.key),
                    group=group, compared=then is not None, old=old, changed=old is not None and differs(held, old),
                )
            )  # fmt: skip
        file.write(pages.get_template("foot.html.j2").render(summary=summary))


def parts(held: Held, old: Held | None) -> Iterator[Part]:
    """The meetings of a conversation, each exchange beside what it was before. Pure."""
    for number, meeting in enumerate(held.meetings, 1):
        checks = [check for check in held.checks if check.meeting == number]
        then = old.meetings[number - 1] if old is not None and len(old.meetings) >= number else None
        wrong = [c.exchange for c in checks if c.finding.verdict is Verdict.UNMET and not c.optional]
        yield Part(
            number=number if len(held.meetings) > 1 else 0,
            meeting=meeting,
            lines=tuple(_lines(meeting, checks, then)),
            checks=tuple(c for c in checks if not 0 < c.exchange <= len(meeting.exchanges)),
            then=then,
            marked=tuple(wrong),
        )


def differs(held: Held, old: Held) -> bool:
    """Whether anything a reader would notice is otherwise. Pure."""
    return bool(held.verdict is not old.verdict or _other_replies(held, old) or _moved(held, old))


def anchor(key: str) -> str:
    """The id of a conversation on the page. Pure."""
    return "c-" + "".join(char if char.isalnum() else "-" for char in key)


def _lines(meeting: HeldMeeting, checks: Sequence[Check], then: HeldMeeting | None) -> Iterator[Line]:
    for place, exchange in enumerate(meeting.exchanges, 1):
        other = then.exchanges[place - 1] if then is not None and len(then.exchanges) >= place else None
        yield Line(
            exchange=exchange,
            checks=tuple(c for c in checks if c.exchange == place),
            then=other,
            other_reply=other is not None and other["reply"] != exchange["reply"],
            other_reading=other is not None and _read(other) != _read(exchange),
        )


def _shifts(summary: Summary, journal: Journal, then: Mapping[str, Held]) -> list[Shift]:
    """What came out otherwise, the verdicts that changed first."""
    found: list[Shift] = []
    seen: set[str] = set()
    for held in conversations(summary, journal):
        seen.add(held.key)
        old = then.get(held.key)
        if old is None or differs(held, old):
            found.append(
                Shift(
                    key=held.key, anchor=anchor(held.key), was=old.verdict.value if old else "", now=held.verdict.value,
                    numbers=tuple(_moved(held, old)) if old else (), replies=_other_replies(held, old) if old else 0,
                )
            )  # fmt: skip
    found += [
        Shift(key=key, anchor="", was=old.verdict.value, now="", numbers=(), replies=0)
        for key, old in then.items()
        if key not in seen
    ]
    return sorted(found, key=lambda shift: (not shift.now, shift.was == shift.now))


def _moved(held: Held, old: Held) -> list[tuple[str, float | None, float | None]]:
    found: list[tuple[str, float | None, float | None]] = []
    for name in COMPARED:
        was, now = getattr(old.numbers, name), getattr(held.numbers, name)
        if (was is None) != (now is None) or (was is not None and abs(now - was) >= NOTABLE.get(name, 0.01)):
            found.append((name, was, now))
    return found


def _other_replies(held: Held, old: Held) -> int:
    now = [e["reply"] for m in held.meetings for e in m.exchanges]
    was = [e["reply"] for m in old.meetings for e in m.exchanges]
    return sum(a != b for a, b in zip(now, was, strict=False)) + abs(len(now) - len(was))


def _read(exchange: Record) -> list[tuple[str, int]]:
    return [(span["code"], span["level"]) for span in exchange["appraisal"]["codes"]]


def _environment() -> Environment:
    pages = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True, keep_trailing_newline=True,
    )  # fmt: skip
    filters: dict[str, Callable[..., Any]] = pages.filters
    filters.update(figure=figure, spoken=spoken, curves=curves, spark=spark)
    return pages


def figure(value: float | None) -> str:
    """A number as short as it can be told, a dash where there is none. Pure."""
    return "–" if value is None else f"{value:.2f}".rstrip("0").rstrip(".") or "0"


def spoken(word: str) -> str:
    """An id as words. Pure."""
    return word.replace("_", " ")
