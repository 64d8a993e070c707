"""What came of an expectation, a case and a run."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """Whether something was as expected."""

    MET = "met"
    UNMET = "unmet"
    UNDECIDED = "undecided"
    """Nobody can say: a service, a judge or a budget gave no answer. Never counted as met or unmet."""


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One expectation held against what happened."""

    verdict: Verdict
    expected: str
    """In the author's words, such as `trust rises by at least 0.03`."""
    found: str = ""
    """What was there instead, in words."""

    def __str__(self) -> str:
        if self.verdict is Verdict.MET:
            return f"{self.expected} ({self.found})" if self.found else self.expected
        return f"expected {self.expected}, but {self.found}" if self.found else f"expected {self.expected}"


@dataclass(frozen=True, kw_only=True)
class Check:
    """A finding with its place in the case."""

    finding: Finding
    meeting: int
    """1-based."""
    exchange: int
    """1-based; 0 for the whole meeting or the days before it."""
    line: int
    """1-based line in the file; 0 for a suite built in Python."""
    optional: bool = False
    """Whether it is reported and fails nothing."""

    def record(self) -> dict[str, str | int | bool]:
        """The check as plain data."""
        return {
            "verdict": self.finding.verdict.value, "expected": self.finding.expected, "found": self.finding.found,
            "meeting": self.meeting, "exchange": self.exchange, "line": self.line, "optional": self.optional,
        }  # fmt: skip


def met(expected: str, found: str = "") -> Finding:
    """It was so."""
    return Finding(verdict=Verdict.MET, expected=expected, found=found)


def unmet(expected: str, found: str) -> Finding:
    """It was otherwise."""
    return Finding(verdict=Verdict.UNMET, expected=expected, found=found)


def undecided(expected: str, why: str) -> Finding:
    """Nobody can say."""
    return Finding(verdict=Verdict.UNDECIDED, expected=expected, found=why)


def decided(yes: bool, expected: str, found: str) -> Finding:
    """Met or unmet."""
    return met(expected, found) if yes else unmet(expected, found)


def together(verdicts: Iterable[Verdict]) -> Verdict:
    """The verdict of things that all have to be met: one that is unmet decides, else one that is undecided."""
    found = set(verdicts)
    if Verdict.UNMET in found:
        return Verdict.UNMET
    return Verdict.UNDECIDED if Verdict.UNDECIDED in found else Verdict.MET


def at_least(least: int, verdicts: Iterable[Verdict]) -> Verdict:
    """The verdict of things of which so many have to be met, whatever the undecided ones would have been."""
    found = list(verdicts)
    if found.count(Verdict.MET) >= least:
        return Verdict.MET
    return Verdict.UNDECIDED if len(found) - found.count(Verdict.UNMET) >= least else Verdict.UNMET
