"""Cases held against each other: which of them ends higher."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

from simpatient.suite.cases import Run
from simpatient.suite.held import Held, Numbers
from simpatient.suite.load import Loaded
from simpatient.suite.schema import Comparison
from simpatient.suite.verdict import Finding, Verdict, decided, undecided


@dataclass(frozen=True, kw_only=True)
class Compared:
    """One comparison at one point of the matrix."""

    suite: str
    about: str
    point: str
    line: int
    finding: Finding


class Comparing:
    """The numbers of those cases that are compared, and what they say."""

    def __init__(self, suites: Sequence[Loaded]) -> None:
        """Look for what these suites compare."""
        self.suites = suites
        self.wanted = {(s.suite.suite, name) for s in suites for c in s.suite.compare for name in c.order}
        self.found: dict[tuple[str, str, str], list[Numbers | None]] = {}

    def take(self, run: Run, done: Held) -> None:
        """A conversation was held."""
        self._keep(run, done)

    def missing(self, run: Run) -> None:
        """A conversation was not begun."""
        self._keep(run, None)

    def concerns(self, run: Run) -> bool:
        """Whether the case of `run` is compared with others."""
        return (run.plan.loaded.suite.suite, run.plan.case.case) in self.wanted

    def _keep(self, run: Run, done: Held | None) -> None:
        if not self.concerns(run):
            return
        suite, case = run.plan.loaded.suite.suite, run.plan.case.case
        point = ", ".join(part for part in run.point.split(", ") if not part.startswith("seed="))
        known = done is not None and done.verdict is not Verdict.UNDECIDED
        self.found.setdefault((suite, case, point), []).append(done.numbers if done is not None and known else None)

    def findings(self) -> list[Compared]:
        """Every comparison at every point where all of its cases were to be held."""
        return [
            Compared(
                suite=loaded.suite.suite, about=comparison.about or "", point=point,
                line=loaded.line(("compare", number)), finding=self._finding(loaded.suite.suite, comparison, point),
            )
            for loaded in self.suites
            for number, comparison in enumerate(loaded.suite.compare)
            for point in self._points(loaded.suite.suite, comparison)
        ]  # fmt: skip

    def _points(self, suite: str, comparison: Comparison) -> list[str]:
        of = [{point for s, case, point in self.found if (s, case) == (suite, name)} for name in comparison.order]
        return [p for p in dict.fromkeys(point for _, _, point in self.found) if all(p in found for found in of)]

    def _finding(self, suite: str, comparison: Comparison, point: str) -> Finding:
        by = f" by {comparison.by:g}" if comparison.by else ""
        expected = f"{comparison.of} higher{by} in each than in the next: {', '.join(comparison.order)}"
        means: list[float] = []
        for name in comparison.order:
            values = [getattr(each, comparison.of) if each else None for each in self.found[suite, name, point]]
            known = [float(value) for value in values if value is not None]
            if len(known) < len(values) or not known:
                return undecided(
                    expected, f"`{name}` has no such number in {len(values) - len(known)} of {len(values)}"
                )
            means.append(fmean(known))
        pairs = itertools.pairwise(means)
        yes = all(high > low if not comparison.by else high - low >= comparison.by - 1e-9 for high, low in pairs)
        return decided(yes, expected, ", ".join(f"{n} {m:.3g}" for n, m in zip(comparison.order, means, strict=True)))
