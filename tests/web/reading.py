"""Our own pages asked for without a server, and taken apart."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from html.parser import HTMLParser
from pathlib import Path

import httpx

from simpatient.encounter import Encounter
from simpatient.settings import Settings
from simpatient.web.room import Room, open_room, room

ADDRESS = "http://127.0.0.1:8000"
SKILLED = (
    "Hello, you're in the right place. I'm glad you came, and there's no hurry.",
    "You've not been right for a bit, and you came anyway. What has it been like?",
    "It sounds tiring, carrying that by yourself. What do you notice most?",
)
HARSH = "Cheer up, everyone gets tired. You just need to relax more."


@asynccontextmanager
async def a_room(folder: Path) -> AsyncIterator[Room]:
    """A room with a store of its own in `folder`; closed afterwards, and so is the one that took its place."""
    here = open_room(seed=1, settings=Settings(database_url=f"sqlite+aiosqlite:///{folder / 'kept.sqlite3'}"))
    yield here
    for each in (here, room()):
        if each._store is not None:
            await each._store.close()


@asynccontextmanager
async def browser() -> AsyncIterator[httpx.AsyncClient]:
    """Asks the application itself, and follows no redirect by itself."""
    from chainlit.server import app

    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=ADDRESS) as client:
        yield client


async def page_of(path: str) -> httpx.Response:
    """The answer to one question."""
    async with browser() as client:
        return await client.get(path)


async def post(path: str, form: Mapping[str, str], **headers: str) -> httpx.Response:
    """The answer to a form, sent as a page of ours would send it."""
    async with browser() as client:
        return await client.post(path, data=dict(form), headers={"Origin": ADDRESS, **headers})


async def met(here: Room, *messages: str, name: str = "andrew", keep: bool = True) -> tuple[Encounter, str]:
    """A meeting of these messages that is over, and the address of its pages."""
    encounter = here.meet(name, await here.store() if keep else None)
    for text in messages:
        if encounter.ended is None:
            await encounter.exchange(text)
    await encounter.end()
    return encounter, here.keep(encounter)


def field(page: str, name: str, after: str = "") -> str:
    """The value of the first hidden field of this name, in what follows `after`."""
    found = re.search(rf'name="{name}" value="([^"]*)"', page[page.index(after) :])
    assert found, name
    return found[1]


class Outline(HTMLParser):
    """What a page is made of."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.tags: list[str] = []
        self.links: list[str] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags.append(tag)
        self.ids += [given["id"] or ""] if "id" in given else []
        self.links += [value for key in ("src", "href") if (value := given.get(key))]
        assert not any(name.startswith("on") or name == "style" for name in given)

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def outline(page: str) -> Outline:
    """The page taken apart; no element may have a handler or a style of its own."""
    found = Outline()
    found.feed(page)
    return found


def words_of(page: str) -> str:
    """What can be read on the page, on one line."""
    return " ".join(" ".join(outline(page).words).split())
