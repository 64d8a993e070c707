"""What all learners make of one patient, side by side."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean, linear_regression, median
from typing import Any

from simpatient.persona import Fact, Patient
from simpatient.rubric import Codebook, Rubric
from simpatient.suite.learners import LEARNERS
from simpatient.words import Stance
from simpatient.workshop.rehearse import EXCHANGES, Rehearsal, rehearsal

ENOUGH = 0.15
"""Trust by which a better learner should end above a worse one. Source: issue of the learners (design)."""
EARLIEST = 5
"""Exchange before which half of what is guarded should not have come out, however well somebody talks."""
LEVELS = {"cold": 0.0, "novice": 0.5, "skilled": 1.0}
"""How well learners talk, 0..1, for the slopes."""
ORDERED = ("skilled", "novice", "cold")
"""Learners of whom each should end above the next."""
_SLOT = re.compile(r"\{\w+\}")


@dataclass(frozen=True, kw_only=True)
class Margin:
    """By how much one learner ended above another."""

    over: str
    under: str
    by: float
    """Difference of mean trust at the end."""

    @property
    def enough(self) -> bool:
        """Whether it is `ENOUGH`."""
        return round(self.by, 6) >= ENOUGH


@dataclass(frozen=True, kw_only=True)
class FactRow:
    """When one fact came out, by learner."""

    fact: str
    topic: str
    guarded: bool
    later: bool
    """It can be told in a later meeting only."""
    told: dict[str, tuple[int | None, ...]]
    """Exchange in which it was told, seed by seed; None where it was not."""

    def share(self, learner: str) -> float:
        """The share of meetings in which it came out."""
        return fmean(each is not None for each in self.told[learner])


@dataclass(frozen=True, kw_only=True)
class Played:
    """All meetings of one learner."""

    learner: str
    rehearsals: tuple[Rehearsal, ...]

    @property
    def ends(self) -> tuple[float, ...]:
        """Trust at the end of each."""
        return tuple(each.trust[-1] for each in self.rehearsals)

    @property
    def end(self) -> float:
        """Mean trust at the end."""
        return fmean(self.ends)

    def trust(self, exchanges: int) -> list[tuple[float, float, float]]:
        """Lowest, mean and highest trust at the opening and after each exchange; who has left stays as they left."""
        rows = [[each.trust[min(at, len(each.trust) - 1)] for each in self.rehearsals] for at in range(exchanges + 1)]
        return [(min(row), fmean(row), max(row)) for row in rows]

    def standing(self, exchanges: int) -> list[Counter[Stance]]:
        """How many stood on each rung at the opening and after each exchange."""
        return [
            Counter(each.stances[min(at, len(each.stances) - 1)] for each in self.rehearsals)
            for at in range(exchanges + 1)
        ]

    @property
    def moves(self) -> Counter[tuple[Stance, Stance]]:
        """How often the stance went from one rung to another."""
        return Counter(
            (before, after)
            for each in self.rehearsals
            for before, after in zip(each.stances, each.stances[1:], strict=False)
            if before is not after
        )


@dataclass(frozen=True, kw_only=True)
class LinesOf:
    """What became of the authored lines of one kind."""

    move: str
    lines: int
    unused: tuple[str, ...]
    """Those that were never said, as they stand in the file."""


@dataclass(frozen=True, kw_only=True)
class Table:
    """What all learners made of one patient."""

    persona: str
    name: str
    exchanges: int
    seeds: tuple[int, ...]
    played: tuple[Played, ...]
    facts: tuple[FactRow, ...]
    margins: tuple[Margin, ...]
    lines: tuple[LinesOf, ...]
    """The authored lines, kind by kind, those first of which most were never said."""

    @property
    def unused(self) -> int:
        """Lines that nobody was told."""
        return sum(len(each.unused) for each in self.lines)

    @property
    def authored(self) -> int:
        """Lines in all."""
        return sum(each.lines for each in self.lines)

    def of(self, learner: str) -> Played:
        """The meetings of one learner.

        Raises:
            KeyError: they did not play.
        """
        return {each.learner: each for each in self.played}[learner]

    def guarded(self, learner: str) -> tuple[float | None, float | None]:
        """Share of the guarded facts of a first meeting that were told, and the median exchange; None without any."""
        told = [each for row in self.facts if row.guarded and not row.later for each in row.told[learner]]
        when = [each for each in told if each is not None]
        return (len(when) / len(told) if told else None), (median(when) if when else None)

    @property
    def remark(self) -> str:
        """What the gates of the guarded facts make of the skilled learner, where they are too low or too high; else empty."""
        if "skilled" not in {each.learner for each in self.played}:
            return ""
        share, when = self.guarded("skilled")
        if when is not None and when < EARLIEST:
            return (
                f"early: half of what came out was told by exchange {when:g}, before it could be earned. "
                "`simpatient check --explain SP108` says how to set the gates."
            )
        if share == 0:
            return (
                "late: not even the skilled learner was told anything guarded. Lower the gates, look at the keys and the "
                "words of the topics, or give it more exchanges."
            )
        return ""

    def slope(self, *, guarded: bool) -> float | None:
        """By how much the share told rises from the cold learner (0) over the novice (0.5) to the skilled one (1).

        Guarded facts are to depend on how one talks, harmless ones are not. None where a learner or a fact is missing.

        Source: share disclosed regressed on rapport, after patientsim-selective-disclosure (2026).
        """
        rows = [row for row in self.facts if row.guarded is guarded and not row.later]
        if not rows or not {each.learner for each in self.played}.issuperset(LEVELS):
            return None
        shares = [fmean(row.share(learner) for row in rows) for learner in LEVELS]
        return linear_regression(list(LEVELS.values()), shares).slope

    def record(self) -> dict[str, Any]:
        """The table as plain data."""
        return {
            "persona": self.persona, "exchanges": self.exchanges, "seeds": list(self.seeds),
            "learners": {
                each.learner: {
                    "trust": [round(mean, 4) for _, mean, _ in each.trust(self.exchanges)],
                    "ends": [round(end, 4) for end in each.ends],
                    "guarded_told": _rounded(self.guarded(each.learner)[0]),
                    "guarded_median": self.guarded(each.learner)[1],
                    "moves": {f"{a.word} > {b.word}": n for (a, b), n in sorted(each.moves.items())},
                }
                for each in self.played
            },
            "facts": {row.fact: {learner: list(when) for learner, when in row.told.items()} for row in self.facts},
            "slopes": {
                "guarded": _rounded(self.slope(guarded=True)), "harmless": _rounded(self.slope(guarded=False)),
            },
            "margins": [
                {"over": m.over, "under": m.under, "by": round(m.by, 4), "enough": m.enough} for m in self.margins
            ],
            "lines": {each.move: {"lines": each.lines, "unused": list(each.unused)} for each in self.lines},
        }  # fmt: skip


async def rehearsed(
    patient: Patient,
    codebook: Codebook,
    rubric: Rubric,
    *,
    seeds: Sequence[int] = tuple(range(1, 11)),
    exchanges: int = EXCHANGES,
    learners: Sequence[str] = LEARNERS,
) -> Table:
    """The table of `patient` once every learner has met it with every seed. Pure: the same arguments give the same.

    Raises:
        ConfigurationError: a learner is none.
    """
    held = [await rehearsal(patient, codebook, rubric, kind, seed, exchanges) for kind in learners for seed in seeds]
    return table_of(patient, held, exchanges)


def table_of(patient: Patient, held: Sequence[Rehearsal], exchanges: int) -> Table:
    """The table of meetings that were held with `patient`. Pure."""
    kinds = tuple(dict.fromkeys(each.learner for each in held))
    played = tuple(Played(learner=kind, rehearsals=tuple(e for e in held if e.learner == kind)) for kind in kinds)
    persona = patient.persona
    ordered = [kind for kind in ORDERED if kind in kinds]
    ends = {each.learner: each.end for each in played}
    return Table(
        persona=persona.id,
        name=persona.card.name,
        exchanges=exchanges,
        seeds=tuple(dict.fromkeys(each.seed for each in held)),
        played=played,
        facts=tuple(_row(fact, persona.card.session, played) for fact in persona.facts),
        margins=tuple(
            Margin(over=over, under=under, by=ends[over] - ends[under]) for over, under in itertools.pairwise(ordered)
        ),
        lines=_lines(patient, held),
    )


def _row(fact: Fact, session: int, played: Iterable[Played]) -> FactRow:
    return FactRow(
        fact=fact.id,
        topic=fact.topic,
        guarded=fact.guarded,
        later=fact.session > session,
        told={each.learner: tuple(e.exchange_of(fact.id) for e in each.rehearsals) for each in played},
    )


def _lines(patient: Patient, held: Iterable[Rehearsal]) -> tuple[LinesOf, ...]:
    """Which lines were never said: of those the longest stretch without a place to fill stands in no reply."""
    spoken = "\n".join(_plain(reply) for each in held for _, reply in each.said)
    kinds: dict[str, list[tuple[str, bool]]] = {}
    for line in patient.lines.lines:
        said = _plain(max(_SLOT.split(line.say), key=len)) in spoken
        kinds.setdefault(line.move, []).append((line.say, said))
    found = [
        LinesOf(move=move, lines=len(each), unused=tuple(say for say, said in each if not said))
        for move, each in kinds.items()
    ]
    return tuple(sorted(found, key=lambda each: (-len(each.unused), each.move)))


def _plain(text: str) -> str:
    """The letters of a text: typing changes marks and capitals. Pure."""
    return "".join(char for char in text.lower() if char.isalnum())


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)
