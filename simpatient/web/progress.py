"""What a learner's meetings add up to: few numbers, words first, nobody beside whom to be ranked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from statistics import fmean, median

from markupsafe import Markup

from simpatient.evaluation.feedback import times
from simpatient.rubric import Behaviour, Rubric
from simpatient.store.rows import Held, Record
from simpatient.web import chart
from simpatient.web.debriefing import same_rubric
from simpatient.web.text import catalogue
from simpatient.words import PromiseStatus

SHOWN = 5
"""Values shown of each behaviour, and meetings over which its calls are counted."""
RECENT = 3
"""Values that are held against those before them."""
ENOUGH = 5
"""Values, and rated meetings, below which nothing is said of a direction."""
NOTABLE = 0.25
"""Difference of means and of medians, 0..3, from which a direction is named."""
LISTED = 20
"""Meetings listed before the learner asks for all."""

KEPT = (PromiseStatus.KEPT.value, PromiseStatus.PARTLY.value)
OWNED = (PromiseStatus.LATE_OWNED.value, PromiseStatus.RENEGOTIATED.value)
BROKEN = (PromiseStatus.BROKEN.value, PromiseStatus.FORGOTTEN.value, PromiseStatus.FOUND_OUT.value)


@dataclass(frozen=True, kw_only=True)
class BehaviourLine:
    """One behaviour over the last meetings."""

    name: str
    values: tuple[float, ...]
    """The last five, oldest first, 0..3."""
    direction: str
    """`up`, `down`, `steady`, or `little` where there is too little to say."""
    uptake: str
    """How often it was called for and met, in words; empty where it was not called for."""
    drawn: Markup


@dataclass(frozen=True, kw_only=True)
class Group:
    """The behaviours of one domain."""

    name: str
    lines: tuple[BehaviourLine, ...]


@dataclass(frozen=True, kw_only=True)
class PersonLine:
    """One patient and how far the learner has got with them."""

    name: str
    meetings: int
    stance: str
    """At the end of the last meeting that ended; empty while none did."""


@dataclass(frozen=True, kw_only=True)
class MeetingRow:
    """One meeting in the list."""

    name: str
    when: datetime
    exchanges: int
    stance: str
    ended: str
    page: str
    """Address of its pages; empty while there is no debrief."""


@dataclass(frozen=True, kw_only=True)
class Ledger:
    """What became of the promises that came due."""

    made: int = 0
    kept: int = 0
    owned: int = 0
    broken: int = 0

    @property
    def due(self) -> int:
        """Promises whose outcome is known."""
        return self.kept + self.owned + self.broken


@dataclass(frozen=True, kw_only=True)
class ProgressView:
    """All that the progress page shows."""

    meetings: int
    ended: int
    people: tuple[PersonLine, ...]
    headline: tuple[str, ...]
    groups: tuple[Group, ...]
    """With the behaviours of which there is a value."""
    nothing_yet: tuple[str, ...]
    """Names of the others."""
    counted: int
    """Meetings whose values can be compared."""
    other_versions: int
    """Meetings rated by another version of the rubric; their values are left out."""
    ledger: Ledger
    repaired: int
    rows: tuple[MeetingRow, ...]
    more: int
    """Meetings that the list leaves out."""


def view_of(held: Sequence[Held], rubric: Rubric, address: Callable[[str], str], *, everything: bool) -> ProgressView:
    """The meetings of one learner, newest first, as the page shows them. Pure but for `address`."""
    oldest_first = [each for each in reversed(held) if each.debrief is not None]
    same = [each for each in oldest_first if _comparable(each, rubric)]
    groups = _groups(same, rubric)
    rows = held if everything else held[:LISTED]
    ledger, repaired = _ledger(oldest_first), sum(bool(_debrief(each)["recovered"]) for each in oldest_first)
    return ProgressView(
        meetings=len(held), ended=len(oldest_first), people=_people(held), counted=len(same),
        groups=tuple(replace(group, lines=kept) for group in groups if (kept := tuple(x for x in group.lines if x.values))),
        nothing_yet=tuple(line.name for group in groups for line in group.lines if not line.values),
        headline=_headline(groups, ledger, repaired, len(same)), other_versions=len(oldest_first) - len(same),
        ledger=ledger, repaired=repaired, rows=tuple(_row(each, address) for each in rows), more=len(held) - len(rows),
    )  # fmt: skip


def _debrief(each: Held) -> Record:
    return each.debrief or {}


def _comparable(each: Held, rubric: Rubric) -> bool:
    return _debrief(each)["evaluator"] == rubric.id and same_rubric(each, rubric.version)


def _groups(same: Sequence[Held], rubric: Rubric) -> tuple[Group, ...]:
    scores: dict[str, list[Record]] = {behaviour.id: [] for behaviour in rubric.behaviours}
    for each in same:
        for score in _debrief(each)["behaviours"]:
            if score["behaviour"] in scores:
                scores[score["behaviour"]].append(score)
    return tuple(
        Group(
            name=domain.name,
            lines=tuple(_line(b, scores[b.id]) for b in rubric.behaviours if b.domain == domain.id),
        )
        for domain in rubric.domains
    )


def _line(behaviour: Behaviour, scores: Sequence[Record]) -> BehaviourLine:
    values = [float(score["value"]) for score in scores if score["value"] is not None]
    last = tuple(values[-SHOWN:])
    called = sum(int(score["called"]) for score in scores[-SHOWN:])
    answered = sum(int(score["answered"]) for score in scores[-SHOWN:])
    uptake = ""
    if called:
        pattern = behaviour.tally.called if behaviour.tally else catalogue().say("progress.uptake")
        uptake = pattern.replace("{answered}", str(answered)).replace("{called}", str(called))
    return BehaviourLine(
        name=behaviour.name, values=last, direction=direction(values), uptake=uptake[:1].upper() + uptake[1:],
        drawn=chart.spark(last, 3.0) if len(last) >= 2 else Markup(""),
    )  # fmt: skip


def direction(values: Sequence[float]) -> str:
    """Where a behaviour is going: the last three values against those before them. Pure.

    Mean and median have to agree, so that one meeting out of line is no direction.
    """
    if len(values) < ENOUGH:
        return "little"
    recent, before = values[-RECENT:], values[-2 * RECENT : -RECENT]
    by = fmean(recent) - fmean(before), median(recent) - median(before)
    return "up" if min(by) >= NOTABLE else "down" if max(by) <= -NOTABLE else "steady"


def _headline(groups: Sequence[Group], ledger: Ledger, repaired: int, counted: int) -> tuple[str, ...]:
    """The page in sentences: what rises, what to look at, promises, repairs."""
    words = catalogue()
    if counted < ENOUGH:
        return (words.say("progress.too_little"),)
    lines = [line for group in groups for line in group.lines]
    said: list[str] = []
    for way in ("up", "down"):
        names = [line.name for line in lines if line.direction == way][:3]
        if names:
            said.append(words.say(f"progress.headline_{way}", names=_and(names)))
    if not said:
        said.append(words.say("progress.headline_steady"))
    if ledger.due:
        said.append(words.say("progress.headline_promises", kept=ledger.kept, due=ledger.due))
    if repaired:
        said.append(words.say("progress.headline_repaired", count=times(repaired)))
    return tuple(said)


def _and(names: Sequence[str]) -> str:
    """The names as one says a list."""
    quoted = [f"“{name}”" for name in names]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} {catalogue().say('progress.and')} {quoted[-1]}"


def _ledger(oldest_first: Sequence[Held]) -> Ledger:
    """Every promise once, by what was last known of it; a first meeting begins a new acquaintance."""
    acquaintance: Counter[str] = Counter()
    status: dict[tuple[str, int, int, str], str] = {}
    for each in oldest_first:
        acquaintance[each.line.persona] += each.line.meeting == 1
        for promise in _debrief(each)["promises"]:
            key = (each.line.persona, acquaintance[each.line.persona], int(promise.get("made_at", 1)), promise["id"])
            status[key] = promise["status"]
    became = Counter(status.values())
    return Ledger(
        made=len(status), kept=sum(became[s] for s in KEPT), owned=sum(became[s] for s in OWNED),
        broken=sum(became[s] for s in BROKEN),
    )  # fmt: skip


def _people(held: Sequence[Held]) -> tuple[PersonLine, ...]:
    met = Counter(each.line.persona for each in held)
    names = {each.line.persona: each.line.name for each in reversed(held)}
    stances: dict[str, str] = {}
    for each in held:
        if each.debrief is not None:
            stances.setdefault(each.line.persona, catalogue().say(f"stance.{each.debrief['outcome']['stance']}"))
    return tuple(
        PersonLine(name=names[persona], meetings=count, stance=stances.get(persona, ""))
        for persona, count in met.items()
    )


def _row(each: Held, address: Callable[[str], str]) -> MeetingRow:
    debrief, words = each.debrief, catalogue()
    return MeetingRow(
        name=each.line.name, when=each.line.started_at, exchanges=each.line.exchanges,
        stance=words.say(f"stance.{debrief['outcome']['stance']}") if debrief else "",
        ended=words.say(f"progress.ended_{each.line.ended}") if each.line.ended else words.say("progress.not_ended"),
        page=address(each.line.id) if each.line.ended else "",
    )  # fmt: skip
