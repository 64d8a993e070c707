"""Suites: a conversation from which nothing is expected proves nothing."""

from __future__ import annotations

from collections.abc import Iterator

from simpatient.errors import Diagnostic
from simpatient.suite.load import Loaded
from simpatient.suite.schema import Case, Expected, Meeting, Suite

NOTHING = Expected()


def suite_findings(loaded: Loaded) -> Iterator[Diagnostic]:
    """Cases that can only be met."""
    assert loaded.document is not None
    compared = {name for comparison in loaded.suite.compare for name in comparison.order}
    for index, case in enumerate(loaded.suite.cases):
        said = case.meetings or (case,)
        if case.case not in compared and not any(_expects(part, loaded.suite) for part in said):
            yield loaded.document.diagnostic(("cases", index), "SP341", case=case.case)


def _expects(part: Case | Meeting, suite: Suite) -> bool:
    steps = [inner for step in part.steps for inner in (suite.blocks.get(step.block, ()) if step.block else (step,))]
    return any(expected != NOTHING for expected in (part.throughout, part.at_end, *(step.expect for step in steps)))
