"""A class of twenty at one server: everybody gets their own answers, and what was theirs leaves memory with them."""

from __future__ import annotations

import asyncio
import gc
import socket
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from simpatient.encounter import Encounter
from simpatient.settings import Settings
from simpatient.web import room as rooms  # before Chainlit, which takes its app root when it is imported
from simpatient.web.addresses import address_of
from simpatient.web.found import found
from simpatient.web.meeting import Meeting
from simpatient.web.room import Opened, Room, open_room

LEARNERS = 20
SAID = (
    "Hello Andrew, I'm learner number {number}. Sit wherever suits you.",
    "What you say stays between us. Number {number} is all they call me. How are the nights?",
    "It sounds as if that wears you down. I am still number {number}. What has it been like?",
)


@pytest.fixture
async def open_house(
    tmp_path: Path, checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[tuple[Room, str]]:
    """The page in this very process, for a class, with a store; whoever leaves is let go of at once."""
    import uvicorn
    from chainlit.config import config
    from chainlit.server import app, sio

    monkeypatch.syspath_prepend(str(checkout / "bench"))
    monkeypatch.setattr(rooms, "LATELY", 0)
    monkeypatch.setattr(config.project, "session_timeout", 0)
    monkeypatch.setattr(sio.eio, "ping_interval", 1)
    monkeypatch.setattr(config.run, "host", "0.0.0.0")
    monkeypatch.setattr(config.code, "header_auth_callback", None)
    here = open_room(settings=Settings(home=tmp_path / "home"))
    door = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_level="error", lifespan="off"))
    running = asyncio.create_task(server.serve(sockets=[door]))
    while not server.started:
        await asyncio.sleep(0.02)
    yield here, f"http://127.0.0.1:{door.getsockname()[1]}"
    server.should_exit = True
    await running


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    """Opens as many sockets as are asked for."""
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:
        yield session


async def test_twenty_at_once_are_each_answered_in_their_own_meeting_and_all_of_it_is_kept(
    open_house: tuple[Room, str], http: aiohttp.ClientSession
) -> None:
    here, url = open_house
    learners = await a_class(url, http)

    store = await here.store()
    assert store is not None
    assert len({learner.meeting for learner in learners}) == LEARNERS
    for number, learner in enumerate(learners):
        kept = (await store.meeting(learner.meeting)).exchanges
        assert [each.record["learner"] for each in kept] == [text.format(number=number) for text in SAID]
        assert len(learner.replies) == len(SAID) + 1
        for each, heard in zip(kept, learner.replies[1:], strict=True):
            assert letters(each.record["reply"]) in letters(heard)
        assert len(await store.ratings(learner.meeting)) == len(SAID)
        await learner.leave()


async def test_what_was_theirs_leaves_memory_with_them(
    open_house: tuple[Room, str], http: aiohttp.ClientSession
) -> None:
    """Tab, meeting and patient. What they said is in the store, and their debrief is read from there."""
    here, url = open_house
    learners = await a_class(url, http)
    mine = {learner.meeting for learner in learners}
    assert set(held(mine).values()) == {LEARNERS}
    page = address_of(learners[0].meeting, here.key)

    for learner in learners:
        await learner.leave()
    async with asyncio.timeout(20):
        while any(held(mine).values()):
            await asyncio.sleep(0.2)

    back = await found(here, page)
    assert isinstance(back, Encounter)
    assert [each.learner for each in back.exchanges] == [text.format(number=0) for text in SAID]


async def a_class(url: str, http: aiohttp.ClientSession) -> list[Any]:
    """The learners, who have all said everything, each time all at once."""
    from crowd import Learner

    learners = [Learner(url=url, cookie="", profile="andrew", patient="Andrew") for _ in range(LEARNERS)]
    for learner in learners:
        await learner.arrive(http)
    for text in SAID:
        await asyncio.gather(*(each.say(text.format(number=number)) for number, each in enumerate(learners)))
    return learners


def letters(text: str) -> str:
    """The letters of a text: its marks are escaped on the way to the browser."""
    return "".join(letter for letter in text if letter.isalpha())


def held(mine: set[str]) -> dict[str, int]:
    """How many tabs, meetings and patients of these meetings are in memory."""
    from chainlit.session import WebsocketSession

    gc.collect()
    whose: dict[type, Callable[[Any], str]] = {
        WebsocketSession: lambda each: each.thread_id,
        Meeting: lambda each: each.encounter.id,
        Opened: lambda each: each.encounter.id,
        Encounter: lambda each: each.id,
    }
    found = [(kind, of(each)) for kind, of in whose.items() for each in gc.get_objects() if type(each) is kind]
    return {kind.__name__: sum(one is kind and name in mine for one, name in found) for kind in whose}
