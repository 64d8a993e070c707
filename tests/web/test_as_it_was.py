"""The learner finds the page as they left it: choices, hints, pauses, intentions and panel, also after a restart."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from simpatient.encounter import Mode
from simpatient.web import handlers
from simpatient.web.room import Room, open_room
from simpatient.web.text import catalogue

from .conftest import OpenTab, Tab

Say = Callable[..., Any]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder in which nobody has met anybody."""
    monkeypatch.setenv("SIMPATIENT_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def here(home: Path) -> Room:
    return open_room(seed=1)


async def choose(new_tab: OpenTab, **chosen: str) -> None:
    """Choose on the picker."""
    picker = new_tab()
    await handlers.arrive()
    await handlers.word_from_a_card({"simpatient": "choices", "key": picker.elements("People")[-1]["key"], **chosen})


async def begin(new_tab: OpenTab, name: str = "andrew") -> Tab:
    tab = new_tab(name)
    await handlers.arrive()
    return tab


async def back_after_a_restart(new_tab: OpenTab, encounter: str) -> dict[str, Any]:
    """The meeting as another process shows it to the learner who opens it again."""
    open_room(seed=1)
    new_tab("andrew")
    thread: dict[str, Any] = {"id": encounter, "steps": [], "elements": []}
    await handlers.come_back(thread)
    return thread


def lines(thread: dict[str, Any]) -> list[str]:
    return [step["output"] for step in thread["steps"] if step["output"]]


def here_now() -> Any:
    meeting = handlers.current()
    assert meeting is not None
    return meeting


async def test_what_a_learner_chose_last_is_the_default_after_a_restart(here: Room, new_tab: OpenTab) -> None:
    await choose(new_tab, mode="practice", difficulty="hard")
    tab = await begin(new_tab)
    await handlers.change_settings({"live": True})
    assert tab.elements("Rapport")

    open_room(seed=1)
    picker = new_tab()
    await handlers.arrive()
    offered = picker.elements("People")[-1]["offered"]
    await begin(new_tab, "maggie")

    assert (offered["mode"], offered["difficulty"]) == ("practice", "hard")
    assert here_now().encounter.mode is Mode.PRACTICE
    assert here_now().encounter.patient.persona.dynamics.difficulty == "hard"
    assert here_now().live is True


async def test_another_learners_choices_are_their_own(here: Room, new_tab: OpenTab) -> None:
    await choose(new_tab, mode="assessment")
    other = new_tab(learner="")
    await handlers.arrive()

    assert other.elements("People")[-1]["offered"]["mode"] == "guided"


async def test_a_meeting_comes_back_in_the_mode_and_with_the_ratings_it_was_left_with(
    here: Room, new_tab: OpenTab, message: Say
) -> None:
    await begin(new_tab)
    await handlers.hear(message("Hello Andrew."))
    await handlers.change_settings({"mode": "practice"})
    encounter = here_now().encounter.id

    thread = await back_after_a_restart(new_tab, encounter)
    assert here_now().encounter.mode is Mode.PRACTICE
    assert not any(element["name"] == "Rapport" for element in thread["elements"])

    await handlers.hear(message("", command="Ratings"))
    thread = await back_after_a_restart(new_tab, encounter)
    assert any(element["name"] == "Rapport" for element in thread["elements"])

    await choose(new_tab, mode="assessment")
    await back_after_a_restart(new_tab, encounter)
    assert here_now().encounter.mode is Mode.PRACTICE


async def test_hints_pauses_and_intentions_stand_where_they_stood(here: Room, new_tab: OpenTab, message: Say) -> None:
    tab = await begin(new_tab)
    await handlers.hear(message("", command="Hint"))
    before = tab.messages("Coach")[-1]
    await handlers.hear(message("Hello Andrew."))
    await handlers.hear(message("", command="Pause"))
    await handlers.hear(message("", command="Hint"))
    direction = tab.messages("Coach")[-1]
    await handlers.hear(message("Leave him the choice", command="Intend"))
    intended = tab.messages("Coach")[-1]
    encounter = here_now().encounter.id
    opening = handlers.plain(here_now().encounter.opening.text)

    thread = await back_after_a_restart(new_tab, encounter)
    shown, paused = lines(thread), handlers.plain(catalogue().say("page.paused"))
    places = [next(i for i, line in enumerate(shown) if opening in line)]
    places += [shown.index(line) for line in (before, "Hello Andrew.", paused, direction, intended)]
    assert places == sorted(places)

    tab = new_tab("andrew")
    await handlers.come_back({"id": encounter, "steps": [], "elements": []})
    await handlers.hear(message("", command="Hint"))
    assert tab.messages("Coach")[-1].startswith("You could say")
    await handlers.hear(message("Only if you want to."))
    await handlers.hear(message("And the nights?"))
    assert [each.intended for each in here_now().encounter.exchanges] == ["", "Leave him the choice", ""]


async def test_what_stood_beside_one_way_is_not_shown_on_another(here: Room, new_tab: OpenTab, message: Say) -> None:
    await begin(new_tab)
    await handlers.hear(message("Hello Andrew."))
    await handlers.hear(message("Cheer up."))
    await handlers.hear(message("", command="Pause"))
    await handlers.hear(message("", command="Rewind"))

    shown = lines(await back_after_a_restart(new_tab, here_now().encounter.id))
    assert handlers.plain(catalogue().say("page.paused")) not in shown
    assert any("Cheer up" in line and line.startswith("Back to before") for line in shown)


async def test_a_database_in_trouble_forgets_how_the_page_stood_and_nothing_else(
    here: Room, new_tab: OpenTab, message: Say, home: Path
) -> None:
    tab = await begin(new_tab)
    await handlers.hear(message("Hello Andrew."))
    (home / "simpatient.sqlite3").rename(home / "elsewhere.sqlite3")
    await handlers.hear(message("", command="Pause"))
    await handlers.change_settings({"mode": "practice"})

    assert handlers.plain(catalogue().say("page.paused")) in tab.messages("Coach")
    assert here_now().encounter.mode is Mode.PRACTICE
    (home / "elsewhere.sqlite3").rename(home / "simpatient.sqlite3")
    await asyncio.sleep(0)
