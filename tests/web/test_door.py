"""Meeting somebody again in the browser: promises asked about, one message, and whether they come."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from simpatient.encounter import Encounter, Relationship, Stands
from simpatient.web import handlers
from simpatient.web.room import Room, open_room
from simpatient.web.text import catalogue
from simpatient.words import PromiseStatus

from .conftest import OpenTab, Tab

Say = Callable[..., Any]
PROMISE = "I don't know how tablets work here. I'll ask the clinic doctor and tell you next time."
KIND = "You sound worn out, and you came anyway. What are the nights like?"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder in which nobody has met anybody."""
    monkeypatch.setenv("SIMPATIENT_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def here(home: Path) -> Room:
    return open_room(seed=1)


async def settled() -> None:
    """Let what runs beside the conversation finish."""
    for _ in range(20):
        await asyncio.sleep(0.005)


async def held(tab: Tab, message: Say, *texts: str) -> Encounter:
    """The meeting in this tab after these messages and its end."""
    await handlers.arrive()
    for text in texts:
        await handlers.hear(message(text))
    await handlers.hear(message("/end"))
    await settled()
    meeting = handlers.current()
    assert meeting is not None
    return meeting.encounter


async def stands(here: Room, persona: str = "andrew") -> Relationship | None:
    bond = await here.bond("local", persona)
    assert bond is not None
    return bond.stands


def door(tab: Tab) -> dict[str, Any]:
    return tab.elements("Again")[-1]


async def choose(tab: Tab, choice: str, **word: Any) -> None:
    await handlers.word_from_a_card({"simpatient": "door", "key": door(tab)["key"], "choice": choice, **word})


async def at_the_door(new_tab: OpenTab, who: str = "andrew") -> Tab:
    tab = new_tab(who)
    await handlers.arrive()
    return tab


async def test_what_stays_of_a_meeting_is_kept_when_it_ends_and_shown_in_plain_words_at_the_door(
    here: Room, new_tab: OpenTab, message: Say
) -> None:
    await held(new_tab("andrew"), message, "Hello Andrew.", KIND, PROMISE)

    tab = await at_the_door(new_tab)

    kept = await stands(here)
    assert kept is not None
    assert kept.stands is Stands.MET
    assert any("one meeting" in line for line in door(tab)["soFar"])
    assert handlers.current() is None
    assert [asked["quote"] for asked in door(tab)["asked"]] == ["I'll ask the clinic doctor and tell you next time"]
    assert {answer["done"] for answer in door(tab)["asked"][0]["answers"]} == {"kept", "late", "partly", "not_done"}


@pytest.mark.parametrize(("done", "broken"), [("kept", False), ("not_done", True)])
async def test_the_next_meeting_begins_from_what_became_of_the_promise(
    here: Room, new_tab: OpenTab, message: Say, done: str, broken: bool
) -> None:
    await held(new_tab("andrew"), message, "Hello Andrew.", KIND, PROMISE)
    tab = await at_the_door(new_tab)
    promise = door(tab)["asked"][0]["id"]

    await choose(tab, "next", done={promise: done}, message="Thinking of you before we meet.")

    meeting = handlers.current()
    assert meeting is not None
    assert meeting.encounter.memory.meeting == 2
    assert (meeting.encounter.state.rupture is not None) is broken
    assert tab.elements("Briefing")[-1]["rows"][0][1] != here.patients["andrew"].persona.briefing.known
    assert "Thinking of you before we meet." in tab.messages()
    assert any("writes" in line for line in tab.messages("Andrew"))
    assert door(tab)["done"] is True


async def test_two_meetings_with_a_promise_kept_and_told_end_in_it_being_kept(
    here: Room, new_tab: OpenTab, message: Say
) -> None:
    await held(new_tab("andrew"), message, "Hello Andrew.", KIND, PROMISE)
    tab = await at_the_door(new_tab)
    await choose(tab, "next", done={door(tab)["asked"][0]["id"]: "kept"})
    await handlers.hear(
        message("I asked the clinic doctor as I said I would: nobody is put on tablets without a talk.")
    )
    await handlers.hear(message("/end"))

    kept = await stands(here)
    assert kept is not None
    assert len(kept.meetings) == 2
    assert [p.status for p in kept.promises] == [PromiseStatus.KEPT]


async def test_a_next_meeting_is_the_same_one_after_a_restart(here: Room, new_tab: OpenTab, message: Say) -> None:
    await held(new_tab("andrew"), message, "Hello Andrew.", KIND)
    tab = await at_the_door(new_tab)
    await choose(tab, "next")
    await handlers.hear(message("Good to see you again."))
    await settled()
    before = handlers.current()
    assert before is not None

    again = open_room(seed=1)
    opened = await again.find(before.encounter.id)

    assert opened.encounter.memory.meeting == 2
    assert opened.encounter.opening == before.encounter.opening
    assert opened.encounter.state == before.encounter.state


async def test_an_answer_that_was_not_asked_for_and_a_word_from_another_window_change_nothing(
    here: Room, new_tab: OpenTab, message: Say
) -> None:
    await held(new_tab("andrew"), message, "Hello Andrew.", KIND, PROMISE)
    tab = await at_the_door(new_tab)

    for word in (
        {"simpatient": "door", "choice": "next", "key": "guessed"},
        {"choice": "next"},
        "next",
        None,
        ["door"],
    ):
        await handlers.word_from_a_card(word)
    assert handlers.current() is None

    await choose(tab, "next", done={"no such promise": "kept", door(tab)["asked"][0]["id"]: "magic"}, message=7)
    meeting = handlers.current()
    assert meeting is not None
    assert meeting.encounter.state.rupture is not None


async def test_a_message_that_is_too_long_is_told_on_the_card_and_nothing_has_passed(
    here: Room, new_tab: OpenTab, message: Say
) -> None:
    await held(new_tab("andrew"), message, "Hello Andrew.")
    tab = await at_the_door(new_tab)

    await choose(tab, "next", message="a" * 9000)

    assert "at most 8,000" in door(tab)["error"]
    assert door(tab)["done"] is False
    await choose(tab, "next", message="Shorter.")
    assert handlers.current() is not None


async def test_a_crisis_in_the_one_message_stops_for_care_and_the_words_are_kept_nowhere(
    here: Room, new_tab: OpenTab, message: Say, home: Path
) -> None:
    await held(new_tab("andrew"), message, "Hello Andrew.")
    tab = await at_the_door(new_tab)

    await choose(tab, "next", message="This is me, not the exercise. I want to kill myself.")

    assert "Let us stop the exercise" in "".join(tab.messages("Coach"))
    assert "kill myself" not in repr(tab.events)
    assert b"kill myself" not in b"".join(f.read_bytes() for f in home.rglob("*") if f.is_file())
    assert handlers.current() is None


async def test_who_was_hurt_too_much_does_not_come_and_the_last_debrief_is_offered(
    here: Room, new_tab: OpenTab, message: Say
) -> None:
    poor = [step.learner for step in here.patients["andrew"].dialogues.steps_of("poor")]
    encounter = await held(new_tab("andrew"), message, *poor)
    tab = await at_the_door(new_tab)

    await choose(tab, "next")

    assert handlers.current() is None
    assert door(tab)["next"] is False
    assert door(tab)["why"] == catalogue().say("between.no_show", patient="Andrew")
    kept = here.kept(door(tab)["debrief"].removeprefix("/debrief/"))
    assert kept is not None
    assert kept.id == encounter.id

    await choose(tab, "anew")
    meeting = handlers.current()
    assert meeting is not None
    assert meeting.encounter.memory.meeting == 1


async def test_beginning_anew_is_said_to_replace_what_was_and_does_so_only_when_it_is_over(
    here: Room, new_tab: OpenTab, message: Say
) -> None:
    await held(new_tab("andrew"), message, "Hello Andrew.", KIND)
    before = await stands(here)
    tab = await at_the_door(new_tab)
    await choose(tab, "anew")

    assert handlers.plain(catalogue().say("between.anew_said", name="Andrew")) in tab.messages("Coach")
    await handlers.hear(message("Hello."))
    assert await stands(here) == before
    await handlers.hear(message("/end"))
    after = await stands(here)
    assert after is not None
    assert len(after.meetings) == 1
    assert after != before


async def test_a_meeting_that_is_still_going_on_is_offered_before_a_new_one(
    here: Room, new_tab: OpenTab, message: Say
) -> None:
    new_tab("andrew")
    await handlers.arrive()
    await handlers.hear(message("Hello Andrew."))
    going_on = handlers.current()
    assert going_on is not None

    tab = await at_the_door(new_tab)

    assert door(tab)["unfinished"] == f"/thread/{going_on.encounter.id}"
    assert door(tab)["headline"] == catalogue().say("between.going_on", patient="Andrew")


async def test_what_was_changed_elsewhere_meanwhile_is_left_as_it_is_and_said(
    here: Room, new_tab: OpenTab, message: Say
) -> None:
    """Two first meetings at once: the one that ends first stands."""
    one = new_tab("andrew")
    await handlers.arrive()
    await handlers.hear(message("Hello Andrew."))
    other = new_tab("andrew", learner="")
    other.session.user = one.session.user
    await handlers.arrive()
    await choose(other, "anew")
    await handlers.hear(message("Hello."))
    await handlers.hear(message("/end"))
    first = await stands(here)

    one.here()
    await handlers.hear(message("/end"))

    assert await stands(here) == first
    assert "changed somewhere else" in "".join(one.messages("Coach"))
    assert one.elements("Farewell") != []
