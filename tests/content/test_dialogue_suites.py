"""Every shipped suite is met: each persona's worked dialogues, and what stands in `suites/`."""

from __future__ import annotations

import asyncio
from pathlib import Path

from simpatient.suite.held import Held
from simpatient.suite.journal import Journal
from simpatient.suite.load import ENDING, NAME, Shelf, load_suites
from simpatient.suite.run import Options, run_suites
from simpatient.suite.service import Service
from simpatient.suite.telling import compared, failure
from simpatient.suite.verdict import Verdict


def test_every_shipped_suite_is_met(checkout: Path, tmp_path: Path) -> None:
    """With the embedded voice and rules, as `simpatient run suites personas` holds them."""
    paths = [*(checkout / "personas").rglob(NAME), *(checkout / "suites").rglob(f"*{ENDING}")]
    shelf = Shelf()
    told: list[Held] = []
    with Journal(tmp_path / "journal", resume=False) as journal:
        going = run_suites(load_suites(paths, shelf), shelf, Service(), journal, Options(), told.append)
        summary = asyncio.run(going)
    wrong = [failure(held) for held in told if summary.groups[held.group].verdict is not Verdict.MET]
    wrong += [compared(each) for each in summary.compared if each.finding.verdict is not Verdict.MET]
    assert not wrong, "\n\n".join(wrong)
    assert len(told) > len(paths)
