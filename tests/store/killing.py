"""Kills a meeting at random moments and looks at what is left. Run as a program; it prints what it found.

    python -m tests.store.killing URL KILLS [SEED]

One process, which never touches the database, forks the victims: starting Python anew would take longer than
the meetings. Every exchange that a victim was told was kept must be there, whole, and equal to that of a meeting
that nobody killed; and the meeting must go on.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import select
import signal
import sys
import time

from simpatient.encounter import Encounter
from simpatient.errors import UnknownMeeting
from simpatient.store import Store

LONGEST = 12
"""Exchanges of one meeting."""
QUIET_S = 20.0
"""How long a victim may take for its first word, in seconds."""


def word(number: int) -> str:
    """What the learner says in exchange `number`."""
    return f"And what about number {number}, how is that for you?"


def seated(first: Encounter, name: str, store: Store | None) -> Encounter:
    """A meeting with the patient whose files were read for the `first`."""
    return Encounter(
        patient=first.patient, codebook=first.codebook, rubric=first.rubric, seed=7, store=store, encounter_id=name
    )


async def speak(first: Encounter, url: str, name: str, told: int) -> None:
    """Open or go on with a meeting, and say after each exchange that it is kept."""
    store = await Store.open(url)
    try:
        encounter = await Encounter.resume(store, name, seat=lambda _: seated(first, name, store))
    except UnknownMeeting:
        encounter = seated(first, name, store)
    os.write(told, b".")
    while len(encounter.exchanges) < LONGEST and encounter.ended is None:
        exchange = await encounter.exchange(word(len(encounter.exchanges) + 1))
        assert not exchange.notice, exchange.notice
        os.write(told, b"x")
    await asyncio.sleep(60)


def victim(first: Encounter, url: str, name: str) -> tuple[int, int]:
    """A process that speaks, and the pipe by which it tells."""
    heard, told = os.pipe()
    child = os.fork()
    if child:
        os.close(told)
        return child, heard
    try:
        os.close(heard)
        asyncio.run(speak(first, url, name, told))
    finally:
        os._exit(1)


def kill_one(first: Encounter, url: str, name: str, chance: random.Random) -> int:
    """How many exchanges a victim was told were kept before it was killed, some moments after one of them."""
    child, heard = victim(first, url, name)
    sought, told = 1 + chance.randrange(5), b""
    while len(told) < sought and select.select([heard], [], [], QUIET_S if not told else 1.0)[0]:
        more = os.read(heard, 1)
        told += more
        if not more:
            break
    time.sleep(chance.random() * 0.02)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    while more := os.read(heard, 4096):
        told += more
    os.close(heard)
    assert told.startswith(b"."), "the victim died by itself"
    return told.count(b"x")


async def whole() -> Encounter:
    """The meeting that nobody killed, to compare with."""
    encounter = await Encounter.begin("andrew", seed=7, encounter_id="whole")
    for number in range(1, LONGEST + 2):
        await encounter.exchange(word(number))
    return encounter


async def look(url: str, name: str, told: int, expected: Encounter) -> int:
    """How many exchanges are kept; every one of them whole and right, none of those told missing.

    The meeting is said to go on by its next reply, which is not kept.
    """
    store = await Store.open(url)
    try:
        kept = await Encounter.resume(store, name, seat=lambda _: seated(expected, name, None))
    except UnknownMeeting:
        assert told == 0, f"{name}: {told} exchanges were told and the whole meeting is lost"
        return 0
    finally:
        await store.close()
    count = len(kept.exchanges)
    assert count >= told, f"{name}: {told} exchanges were told, {count} are kept"
    for here, there in zip(kept.exchanges, expected.exchanges, strict=False):
        assert (here.turn, here.after, here.assessment) == (there.turn, there.after, there.assessment)
    going_on = await kept.exchange(word(count + 1))
    assert going_on.turn == expected.exchanges[count].turn
    return count


def main(url: str, kills: int, seed: int) -> None:
    """Kill, look, and go on with the same meeting until it is full."""
    chance = random.Random(seed)
    asyncio.run(_opened(url))
    expected = asyncio.run(whole())
    found = {"kills": 0, "meetings": 1, "told": 0, "kept": 0, "more_than_told": 0}
    name, kept = "meeting-1", 0
    while found["kills"] < kills:
        told = kill_one(expected, url, name, chance)
        found["kills"] += 1
        found["told"] += told
        now = asyncio.run(look(url, name, kept + told, expected))
        found["kept"] += now - kept
        found["more_than_told"] += now - kept - told
        kept = now
        if kept >= LONGEST:
            found["meetings"] += 1
            name, kept = f"meeting-{found['meetings']}", 0
    sys.stdout.write(json.dumps(found))


async def _opened(url: str) -> None:
    await (await Store.open(url)).close()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) > 3 else 1)
