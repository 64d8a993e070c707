"""Medians of the fast paths, and what they cost in loops of plain Python on the same machine.

    .venv/bin/python bench/run.py [--rounds N]

Nothing here is a test: a clock says as much about the machine as about the program. The column to
compare between machines and versions is the last one, which was measured in the same run.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

from simpatient.appraisal import RuleReader, tag_turn
from simpatient.authoring import Library
from simpatient.encounter import Encounter
from simpatient.rubric import load_codebook
from simpatient.settings import Settings
from simpatient.store import Store
from simpatient.web.history import History
from simpatient.web.room import open_room
from simpatient.words import Context, PatientTurn

SAID = (
    "Hello, I am Sam. Thank you for coming in. What would be most useful to talk about today?",
    "It sounds as if the nights are the worst of it, and nobody has asked you about them.",
    "You have been carrying this by yourself for a long time.",
    "Would it be all right if I asked a little more about work?",
    "So on the one hand you want to sleep, on the other you do not want one more pill.",
    "What have you tried already that helped, even a bit?",
)
"""A meeting that neither ends early nor stands still."""
ANSWERED = "I just don't sleep. I lie there and my heart goes. Do you think there's something wrong with me?"
WARM_UP = 10
"""Rounds of the list that are not counted."""
LOOP = 100_000
"""Additions in one baseline loop: about a few milliseconds of plain Python."""


async def main() -> None:
    """Measure, then print one line per path."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=200, help="messages measured per path after warm-up")
    rounds: int = parser.parse_args().rounds
    baseline = median(rounds, baseline_loop)
    few, many = await listing(rounds)
    rows = [
        ("baseline loop", baseline),
        ("reading one message", median(rounds, reading())),
        ("exchange, no store", await exchanges(rounds, None)),
        ("exchange, with store", await with_store(rounds)),
        ("page's list of 10", few),
        ("page's list of 1,000", many),
        ("simpatient --version", median(10, version)),
        ("python -c pass", median(10, bare_python)),
    ]
    print(f"Python {sys.version.split()[0]}, medians of {rounds} after warm-up\n")
    print(f"{'path':<24}{'ms':>10}{'loops':>10}")
    for name, seconds in rows:
        print(f"{name:<24}{seconds * 1000:>10.2f}{seconds / baseline:>10.2f}")


def median(rounds: int, once: Callable[[], None]) -> float:
    """The median time of one call in seconds, the first tenth left out as warm-up."""
    times: list[float] = []
    for _ in range(rounds + rounds // 10 + 1):
        started = time.perf_counter()
        once()
        times.append(time.perf_counter() - started)
    return statistics.median(times[rounds // 10 + 1 :])


def baseline_loop() -> None:
    """Additions in plain Python."""
    total = 0
    for number in range(LOOP):
        total += number


def reading() -> Callable[[], None]:
    """Reads the messages in turn against the same patient turn."""
    reader = RuleReader(load_codebook(Library.choose()))
    turn = PatientTurn(text=ANSWERED, opportunities=tag_turn(ANSWERED))
    context = Context(turn=turn, said=(ANSWERED,), exchange=2)
    state = {"next": 0}

    def once() -> None:
        reader.read(SAID[state["next"] % len(SAID)], context)
        state["next"] += 1

    return once


async def exchanges(rounds: int, store: Store | None) -> float:
    """The median time of one exchange with its ratings, over meetings of six messages."""
    times: list[float] = []
    for meeting in range(rounds // len(SAID) + 2):
        encounter = await Encounter.begin("andrew", seed=meeting, encounter_id=f"bench-{meeting}", store=store)
        for message in SAID:
            if encounter.ended is not None:
                break
            started = time.perf_counter()
            exchange = await encounter.exchange(message, practice=True)
            await encounter.rated(exchange.number)
            times.append(time.perf_counter() - started)
    return statistics.median(times[len(SAID) :])


async def with_store(rounds: int) -> float:
    """The same with an SQLite file."""
    with tempfile.TemporaryDirectory() as folder:
        store = await Store.open(f"sqlite+aiosqlite:///{Path(folder) / 'bench.sqlite3'}")
        try:
            return await exchanges(rounds, store)
        finally:
            await store.close()


async def listing(rounds: int) -> tuple[float, float]:
    """The median times in which the page's list opens for a learner with 10 meetings and for one with 1,000."""
    asked = SimpleNamespace(first=35, cursor=None)
    with tempfile.TemporaryDirectory() as folder:
        here = open_room(settings=Settings(home=Path(folder)))
        store = await here.store()
        if store is None:
            return 0.0, 0.0
        for learner, meetings in (("few", 10), ("many", 1000)):
            for number in range(meetings):
                await here.meet(("andrew", "maggie")[number % 2], store, learner=learner).exchange(SAID[0])
        times: dict[str, list[float]] = {"few": [], "many": []}
        for _ in range(rounds + WARM_UP):
            for learner, taken in times.items():
                started = time.perf_counter()
                page = await History().list_threads(asked, SimpleNamespace(userId=learner, search=None))
                page.to_dict()
                taken.append(time.perf_counter() - started)
        await store.close()
    return statistics.median(times["few"][WARM_UP:]), statistics.median(times["many"][WARM_UP:])


def version() -> None:
    """The command line's start."""
    subprocess.run([sys.executable, "-m", "simpatient", "--version"], check=True, capture_output=True)


def bare_python() -> None:
    """The part of that start which is Python's own."""
    subprocess.run([sys.executable, "-c", "pass"], check=True, capture_output=True)


if __name__ == "__main__":
    asyncio.run(main())
