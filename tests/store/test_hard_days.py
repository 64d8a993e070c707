"""Killed in the middle, or visited by fifty at once: nothing is lost, nothing mixed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from simpatient.encounter import Encounter
from simpatient.store import Store
from tests.store.crowd import word

CHECKOUT = Path(__file__).resolve().parents[2]
KILLS = int(os.environ.get("SIMPATIENT_KILLS", "20"))
LEARNERS, EXCHANGES, PROCESSES = 50, 20, 2

pytestmark = pytest.mark.slow


def run(module: str, *arguments: object) -> subprocess.Popen[str]:
    """A program of this folder."""
    command = [sys.executable, "-m", f"tests.store.{module}", *map(str, arguments)]
    environment = {**os.environ, "PYTHONPATH": str(CHECKOUT)}
    return subprocess.Popen(
        command, cwd=CHECKOUT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


@pytest.mark.skipif(not hasattr(os, "fork"), reason="victims are forked")
async def test_a_killed_process_loses_no_exchange_that_was_kept(url: str) -> None:
    """None half-written, and every meeting goes on. SIMPATIENT_KILLS=200 for the long run."""
    process = run("killing", url, KILLS)
    told, errors = process.communicate(timeout=60 + 10 * KILLS)
    assert process.returncode == 0, errors
    found = json.loads(told)
    assert found["kills"] == KILLS
    assert found["kept"] >= found["told"] > 0


async def test_fifty_learners_at_once_are_kept_apart(url: str) -> None:
    """Twenty exchanges each, in two processes, on one database: every word is where it belongs."""
    await (await Store.open(url)).close()
    started = [run("crowd", url, f"p{number}-", LEARNERS // PROCESSES, EXCHANGES) for number in range(PROCESSES)]
    heard: dict[str, list[str]] = {}
    for process in started:
        told, errors = process.communicate(timeout=300)
        assert process.returncode == 0, errors
        heard |= json.loads(told)
    assert len(heard) == LEARNERS
    store = await Store.open(url)
    for name, replies in heard.items():
        kept = await store.meeting(name)
        assert kept.line.learner == name
        assert [each.record["learner"] for each in kept.path()] == [word(name, n) for n in range(1, EXCHANGES + 1)]
        assert [each.record["reply"] for each in kept.path()] == replies
        assert len(await store.ratings(name)) == EXCHANGES
        assert kept.debrief is not None
    again = await Encounter.resume(store, next(iter(heard)))
    assert len(again.exchanges) == EXCHANGES
    await store.close()
