"""How the list of meetings grows with their number, and what keeping costs.

    .venv/bin/python bench/store.py [--url URL]

Without a URL an SQLite file in a temporary folder is used. The line to compare is the ratio: it was measured in one
run, and should stay below 1.5.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from simpatient.encounter import Encounter
from simpatient.store import Store
from simpatient.store.rows import KeptMeeting, Selection

FEW, MANY = 10, 1_000
ROUNDS = 200


async def main() -> None:
    """Measure, then print one line per learner."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--url", default="", help="database that may be filled and emptied")
    url: str = parser.parse_args().url
    with tempfile.TemporaryDirectory() as folder:
        store = await Store.open(url or f"sqlite:///{Path(folder) / 'bench.sqlite3'}")
        pattern = await meeting(store)
        for count in (FEW, MANY):
            for number in range(count):
                line = replace(pattern.line, id=f"bench-{count}-{number}", learner=f"bench-{count}")
                await store.add_meeting(replace(pattern, line=line))
        # What servers do by themselves every minute: count what is there, so that the index is used.
        await store.erase()
        times = await listing(store)
        for count, seconds in times.items():
            print(f"learner with {count:>5} meetings: list in {seconds * 1000:.2f} ms")
        print(f"ratio {times[MANY] / times[FEW]:.2f}")
        for learner in ("bench", f"bench-{FEW}", f"bench-{MANY}"):
            await store.delete(Selection(learner=learner))
        await store.close()


async def meeting(store: Store) -> KeptMeeting:
    """A meeting of twelve exchanges to make copies of."""
    encounter = await Encounter.begin("andrew", store=store, encounter_id="bench-pattern", learner="bench")
    for number in range(12):
        await encounter.exchange(f"And what about number {number}, how is that for you?")
    await encounter.end()
    return await store.meeting("bench-pattern")


async def listing(store: Store) -> dict[int, float]:
    """The median time of the first page by number of meetings, in seconds; measured in turns, after warm-up."""
    times: dict[int, list[float]] = {FEW: [], MANY: []}
    for _ in range(ROUNDS + 20):
        for count, taken in times.items():
            started = time.perf_counter()
            await store.meetings(learner=f"bench-{count}")
            taken.append(time.perf_counter() - started)
    return {count: statistics.median(taken[20:]) for count, taken in times.items()}


if __name__ == "__main__":
    asyncio.run(main())
