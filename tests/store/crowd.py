"""Many learners at once. Run as a program: it meets, then prints what was said and heard, by meeting.

python -m tests.store.crowd URL NAME LEARNERS EXCHANGES
"""

from __future__ import annotations

import asyncio
import json
import sys

from simpatient.encounter import Encounter
from simpatient.store import Store

SAID = (
    "How was that for you, {who}?",
    "What would help you most, do you think?",
    "That sounds like a lot to carry, {who}.",
    "Would it be all right if I asked about your work?",
)


def word(name: str, number: int) -> str:
    """What this learner says in this exchange; nobody else says the same."""
    return SAID[number % len(SAID)].format(who=name) + f" That is my {number}."


async def meet(first: Encounter, store: Store, name: str, exchanges: int) -> list[str]:
    """The replies that one learner heard; the patient's files were read for the `first` one."""
    encounter = Encounter(
        patient=first.patient, codebook=first.codebook, rubric=first.rubric, seed=3,
        store=store, encounter_id=name, learner=name,
    )  # fmt: skip
    heard: list[str] = []
    for number in range(1, exchanges + 1):
        exchange = await encounter.exchange(word(name, number))
        assert not exchange.notice, exchange.notice
        heard.append(exchange.turn.text)
        await encounter.rated(exchange.number)
    await encounter.end()
    assert encounter.trouble is None, encounter.trouble
    return heard


async def crowd(url: str, name: str, learners: int, exchanges: int) -> dict[str, list[str]]:
    """Everybody at once, over one store."""
    store = await Store.open(url)
    names = [f"{name}{number:02}" for number in range(learners)]
    first = await Encounter.begin("andrew")
    heard = await asyncio.gather(*(meet(first, store, each, exchanges) for each in names))
    await store.close()
    return dict(zip(names, heard, strict=True))


if __name__ == "__main__":
    sys.stdout.write(json.dumps(asyncio.run(crowd(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])))))
