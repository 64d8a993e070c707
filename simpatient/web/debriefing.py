"""What the debrief page shows of one meeting, as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from simpatient.encounter import Debrief, Encounter
from simpatient.encounter.debrief import rated
from simpatient.encounter.records import KeyMoment
from simpatient.evaluation.feedback import TRY
from simpatient.evaluation.profile import BehaviourScore
from simpatient.evaluation.rollup import for_the_patient
from simpatient.store.rows import Held, Record
from simpatient.web.text import catalogue
from simpatient.web.tries import Tries
from simpatient.web.ways import Evidence, Way, way_of

NOTABLE = 0.3
"""Difference of two values, 0..3, from which a change between two meetings is named."""


@dataclass(frozen=True, kw_only=True)
class BehaviourView:
    """One behaviour over the meeting, with every rating it rests on."""

    score: BehaviourScore
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, kw_only=True)
class DomainView:
    """One domain with its behaviours."""

    name: str
    value: float | None
    weight: int
    """Share of the index, percent."""
    behaviours: tuple[BehaviourView, ...]


@dataclass(frozen=True, kw_only=True)
class MomentView:
    """One of the exchanges that moved the patient most, with what was tried instead."""

    moment: KeyMoment
    way: Way
    tries: tuple[Way, ...]
    left: int
    """How many tries there still are."""


@dataclass(frozen=True, kw_only=True)
class Then:
    """The last attempt with the same person, beside this one."""

    when: datetime
    stance: str
    domains: tuple[tuple[str, float | None, float | None], ...]
    """Name, value then, value now; empty where the two cannot be compared."""
    index: float | None
    up: tuple[str, ...]
    """Names of the domains that rose notably."""
    down: tuple[str, ...]
    page: str
    """Address of that debrief."""


@dataclass(frozen=True, kw_only=True)
class Shut:
    """One topic that was not heard, with all that would have opened something in it."""

    topic: str
    hinted: bool
    would_open: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class KeptBack:
    """One thing the patient has to tell, for an educator."""

    topic: str
    told: str
    """How far it was told: none, hint, partial or full."""
    would_open: str
    text: str


@dataclass(frozen=True, kw_only=True)
class DebriefView:
    """All that the debrief page shows."""

    told: Debrief
    patient: str
    """First name."""
    ways: tuple[Way, ...]
    moments: tuple[MomentView, ...]
    domains: tuple[DomainView, ...]
    harm_share: int
    """What harm took off the index, percent."""
    marks: tuple[int, ...]
    """Places of the moments in the chart."""
    evaluator: str
    change: tuple[str, str]
    """One thing to change, and a line to try instead; both may be empty."""
    not_heard: tuple[Shut, ...]
    kept: tuple[KeptBack, ...]
    """What the patient has to tell; only to an educator."""

    @property
    def intents(self) -> tuple[Way, ...]:
        """The exchanges for which the learner said what they wanted."""
        return tuple(way for way in self.ways if way.intended)


def view_of(encounter: Encounter, tries: Tries, *, educator: bool = False) -> DebriefView:
    """The debrief of a meeting that is over; to an `educator` with what stood behind each exchange."""
    told = encounter.debrief()
    held = encounter.held
    places = {exchange.number: place for place, exchange in enumerate(held, 1)}
    ways = tuple(way_of(exchange, encounter, places[exchange.number], educator=educator) for exchange in held)
    by_number = {way.number: way for way in ways}
    moments = tuple(_moment(moment, by_number[moment.exchange], encounter, tries) for moment in told.moments)
    rubric = encounter.rubric
    return DebriefView(
        told=told, patient=told.name.split()[0], ways=ways, moments=moments,
        domains=_domains(told, ways, encounter),
        harm_share=round(100 * (1 - for_the_patient([rated(exchange) for exchange in held]))),
        marks=tuple(places[moment.exchange] for moment in told.moments),
        evaluator=catalogue().say("way.by_rules", rubric=rubric.name, version=rubric.version),
        change=_change(told), not_heard=_shut(told), kept=kept_back(encounter) if educator else (),
    )  # fmt: skip


def _change(told: Debrief) -> tuple[str, str]:
    said, _, line = told.change.partition(TRY)
    return said.strip(), line.strip()


def _shut(told: Debrief) -> tuple[Shut, ...]:
    topics = dict.fromkeys(each.topic for each in told.not_heard)
    found = {topic: [each for each in told.not_heard if each.topic == topic] for topic in topics}
    return tuple(
        Shut(topic=topic, hinted=any(each.hinted for each in all_), would_open=tuple(each.would_open for each in all_))
        for topic, all_ in found.items()
    )


def kept_back(encounter: Encounter) -> tuple[KeptBack, ...]:
    """All that the patient has to tell, and how far it came."""
    persona, memory = encounter.patient.persona, encounter.memory
    return tuple(
        KeptBack(
            topic=persona.topic(fact.topic).name, told=memory.rendering(fact.id).word, would_open=fact.would_open,
            text=next(iter(fact.full), ""),
        )
        for fact in persona.facts
    )  # fmt: skip


def _moment(moment: KeyMoment, way: Way, encounter: Encounter, tries: Tries) -> MomentView:
    again = tries.of(encounter.id, moment.exchange)
    return MomentView(
        moment=moment, way=way, tries=tuple(way_of(exchange, encounter, way.place) for exchange in again),
        left=tries.left(encounter.id, moment.exchange),
    )  # fmt: skip


def _domains(told: Debrief, ways: tuple[Way, ...], encounter: Encounter) -> tuple[DomainView, ...]:
    evidence = [value for way in ways for value in (*way.credited, *way.missed)]
    weights = {domain.id: domain.weight for domain in encounter.rubric.domains}
    total = sum(weights.values())
    return tuple(
        DomainView(
            name=domain.name, value=domain.value, weight=round(100 * weights[domain.domain] / total),
            behaviours=tuple(
                BehaviourView(score=score, evidence=tuple(e for e in evidence if e.behaviour == score.behaviour))
                for score in told.profile.behaviours
                if score.domain == domain.domain
            ),
        )
        for domain in told.profile.domains
    )  # fmt: skip


def then_of(before: Held, told: Debrief, rubric_version: str, page: str) -> Then | None:
    """The attempt before, beside this one; None where it has no debrief."""
    record = before.debrief
    if record is None:
        return None
    comparable = record["evaluator"] == told.profile.evaluator and same_rubric(before, rubric_version)
    was = {domain["domain"]: domain["value"] for domain in _list(record, "profile")}
    domains = tuple((d.name, was.get(d.domain), d.value) for d in told.profile.domains) if comparable else ()
    changes = [(name, now - then) for name, then, now in domains if then is not None and now is not None]
    return Then(
        when=before.line.started_at, stance=catalogue().say(f"stance.{record['outcome']['stance']}"), domains=domains,
        index=record["index"] if comparable else None, up=tuple(name for name, by in changes if by >= NOTABLE),
        down=tuple(name for name, by in changes if by <= -NOTABLE), page=page,
    )  # fmt: skip


def same_rubric(held: Held, version: str) -> bool:
    """Whether a meeting was rated by this version of the rubric; values of another one mean something else."""
    return held.versions.rubric.partition(" ")[0] == version


def _list(record: Record, name: str) -> list[Record]:
    found: list[Record] = record[name]
    return found
