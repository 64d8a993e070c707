"""What a whole meeting adds up to: index, domains, behaviours, indices."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from simpatient.words import Appraisal, Assessment, PatientTurn, Promise


@dataclass(frozen=True, kw_only=True)
class RatedExchange:
    """One learner message with all that the roll-up may look at."""

    number: int
    """1-based."""
    message: str
    answers: PatientTurn
    appraisal: Appraisal
    assessment: Assessment
    reply_words: int = 0
    """Words of the reply it drew, for talk share."""


@dataclass(frozen=True, kw_only=True)
class MeetingEvents:
    """What happened in the meeting that ceilings depend on."""

    walked_out: bool = False
    promise_silent: bool = False
    """A due promise was neither kept nor mentioned."""
    change_goal: bool = False
    promises: tuple[Promise, ...] = ()
    """The ledger at the end; without it promises are counted by codes."""


@dataclass(frozen=True, kw_only=True)
class CeilingHit:
    """A grave event that caps the index."""

    event: str
    most: int
    """0..100, after a repair has lifted it."""
    words: str
    repaired: bool


@dataclass(frozen=True, kw_only=True)
class DomainScore:
    """Mean of a domain's behaviours with evidence."""

    domain: str
    name: str
    value: float | None
    """0..3; None where evidence is insufficient."""


@dataclass(frozen=True, kw_only=True)
class BehaviourScore:
    """One behaviour over the meeting."""

    behaviour: str
    name: str
    domain: str
    value: float | None
    """0..3, shrunk for scarcity; None where evidence is insufficient."""
    uptake: float | None
    """Share of required opportunities rated 2 or more, 0..1; None without any."""
    called: int
    """Required opportunities."""
    answered: int
    """Of these, rated 2 or more."""


@dataclass(frozen=True, kw_only=True)
class IndexValue:
    """A summary count or ratio with its honest reference."""

    id: str
    name: str
    value: float | None
    reference: str
    """What the literature says, or that there is no norm."""
    source: str
    early_signal: bool = False
    """True under ten learner messages: too few to compare with the reference."""


@dataclass(frozen=True, kw_only=True)
class Profile:
    """The roll-up of one meeting (clinical sections 2.6 and 2.7)."""

    evaluator: str
    index: float | None
    """0..100 after ceilings; None where nothing could be rated."""
    ceilings: tuple[CeilingHit, ...] = ()
    domains: tuple[DomainScore, ...] = ()
    behaviours: tuple[BehaviourScore, ...] = ()
    indices: tuple[IndexValue, ...] = ()
    trend: float | None = None
    """Second-half minus first-half mean of required ratings, -3..3; shown, never added."""
    recovered: bool = False
    """A repaired rupture, shown as a strength."""

    def record(self) -> dict[str, Any]:
        """The profile as plain data, in the fields of the debrief record."""
        return {
            "evaluator": self.evaluator,
            "index": None if self.index is None else round(self.index, 1),
            "ceilings": [
                {"event": c.event, "most": c.most, "words": c.words, "repaired": c.repaired} for c in self.ceilings
            ],
            "profile": [{"domain": d.domain, "name": d.name, "value": _rounded(d.value)} for d in self.domains],
            "behaviours": [
                {
                    "behaviour": b.behaviour,
                    "name": b.name,
                    "value": _rounded(b.value),
                    "uptake": _rounded(b.uptake),
                    "called": b.called,
                    "answered": b.answered,
                }
                for b in self.behaviours
            ],
            "indices": {
                i.id: {
                    "name": i.name,
                    "value": _rounded(i.value),
                    "reference": i.reference,
                    "source": i.source,
                    "early_signal": i.early_signal,
                }
                for i in self.indices
            },
            "trend": _rounded(self.trend),
            "recovered": self.recovered,
        }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 3)
