"""How much help a meeting gives: modes, hints, intentions, time, and the educator's view."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from simpatient.encounter import Encounter, Mode
from simpatient.persona import Patient
from simpatient.settings import Settings
from simpatient.web import handlers
from simpatient.web.meeting import Meeting
from simpatient.web.room import Room, open_room
from simpatient.web.text import catalogue
from simpatient.words import Ending

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


async def settled() -> None:
    """Let what runs beside the conversation finish."""
    for _ in range(20):
        await asyncio.sleep(0.005)


async def meet(new_tab: OpenTab, name: str = "andrew", **chosen: str) -> tuple[Tab, Meeting]:
    """A meeting with what was chosen on the picker before."""
    picker = new_tab()
    await handlers.arrive()
    if chosen:
        key = picker.elements("People")[-1]["key"]
        await handlers.word_from_a_card({"simpatient": "choices", "key": key, **chosen})
    tab = new_tab(name)
    await handlers.arrive()
    meeting = handlers.current()
    assert meeting is not None
    return tab, meeting


def buttons(tab: Tab) -> list[str]:
    return [each["id"] for each in [data for name, data in tab.events if name == "set_commands"][-1]]


def opened_panel(tab: Tab) -> bool:
    return any(name == "set_sidebar_elements" and data["elements"] for name, data in tab.events)


def said(key: str, **values: object) -> str:
    return handlers.plain(catalogue().say(key, **values))


async def test_guided_shows_ratings_after_each_message_and_offers_hint_and_rewind(
    here: Room, new_tab: OpenTab, message: Say
) -> None:
    tab, meeting = await meet(new_tab)
    await handlers.hear(message("Hello Andrew."))
    await settled()

    assert meeting.encounter.mode is Mode.GUIDED
    assert tab.elements("Rapport")[-1]["kind"] == "rated"
    assert {"Hint", "Rewind", "Intend", "Pause", "End"} <= set(buttons(tab))


async def test_practice_keeps_the_panel_closed_until_the_learner_asks(
    here: Room, new_tab: OpenTab, message: Say
) -> None:
    tab, _ = await meet(new_tab, mode="practice")
    await handlers.hear(message("Hello Andrew."))
    await settled()
    assert not opened_panel(tab)

    await handlers.hear(message("", command="Ratings"))
    assert tab.elements("Rapport")[-1]["number"] == 1
    await handlers.hear(message("", command="Ratings"))
    shown = len(tab.elements("Rapport"))
    await handlers.hear(message("What brings you in?"))
    await settled()
    assert len(tab.elements("Rapport")) == shown


async def test_an_assessment_shows_nothing_until_the_debrief_and_has_no_way_back(
    here: Room, new_tab: OpenTab, message: Say
) -> None:
    tab, meeting = await meet(new_tab, mode="assessment")
    first = message("Hello Andrew.")
    await handlers.hear(first)
    await settled()
    for command in ("Hint", "Rewind", "Ratings"):
        await handlers.hear(message("", command=command))
    await handlers.hear_anew(first.id, "Something else.")
    await handlers.change_settings({"mode": "guided", "live": True})
    await settled()

    encounter = meeting.encounter
    assert encounter.mode is Mode.ASSESSMENT
    assert tab.elements("Rapport") == []
    assert not any(element["name"] == "Rapport" for element in tab.screen()["elements"])
    assert [e.learner for e in encounter.exchanges] == ["Hello Andrew."]
    assert tab.messages("Coach").count(said("mode.no_help")) == 2
    assert said("mode.no_way_back") in [s["output"] for s in tab.screen()["steps"]]
    assert buttons(tab) == ["Intend", "Pause", "End"]
    limit = encounter.patient.persona.card.exchange_limit
    assert said("mode.assessment_begins", count=limit) in tab.messages("Coach")

    await handlers.hear(message("/end"))
    assert tab.elements("Farewell")[-1]["debrief"].startswith("/debrief/")


async def test_an_assessment_stays_one_after_a_restart(here: Room, new_tab: OpenTab, message: Say) -> None:
    _, meeting = await meet(new_tab, mode="assessment", difficulty="hard")
    await handlers.hear(message("Hello Andrew."))

    again = await open_room(seed=1).find(meeting.encounter.id)

    assert again.encounter.mode is Mode.ASSESSMENT
    assert again.encounter.patient.persona.dynamics.difficulty == "hard"


async def test_what_is_chosen_in_the_settings_holds_for_the_next_meeting_and_help_at_once(
    here: Room, new_tab: OpenTab, message: Say
) -> None:
    tab, meeting = await meet(new_tab)
    await handlers.change_settings({"mode": "practice", "difficulty": "gentle", "live": True})
    assert meeting.encounter.mode is Mode.PRACTICE
    assert meeting.live is False
    assert "Ratings" in buttons(tab)
    assert meeting.encounter.patient.persona.dynamics.difficulty != "gentle"

    await handlers.change_settings({"mode": "assessment"})
    assert meeting.encounter.mode is Mode.PRACTICE
    assert tab.messages("Coach")[-1] == said("mode.from_next", mode="Assessment")
    _, following = await meet(new_tab, "maggie")
    assert following.encounter.mode is Mode.ASSESSMENT
    assert following.encounter.patient.persona.dynamics.difficulty == "gentle"


@pytest.mark.parametrize("word", [{"mode": "god"}, {"difficulty": 7}, {"evaluator": "../../etc"}, {"mode": ["guided"]}])
async def test_what_cannot_be_chosen_changes_nothing(here: Room, new_tab: OpenTab, word: dict[str, Any]) -> None:
    _, meeting = await meet(new_tab, **word)

    assert meeting.encounter.mode is Mode.GUIDED
    assert meeting.encounter.rubric.id == "rapport"


async def test_another_window_cannot_choose_for_the_learner(here: Room, new_tab: OpenTab) -> None:
    new_tab()
    await handlers.arrive()
    await handlers.word_from_a_card({"simpatient": "choices", "mode": "assessment", "key": "guessed"})

    _, meeting = await meet(new_tab)
    assert meeting.encounter.mode is Mode.GUIDED


# Hints


async def test_a_hint_gives_a_direction_first_and_a_line_when_asked_again_at_the_same_place(
    here: Room, new_tab: OpenTab, message: Say
) -> None:
    tab, meeting = await meet(new_tab)
    await handlers.hear(message("Hello Andrew, take your time. What brings you in?"))
    before = meeting.encounter.exchanges
    await handlers.hear(message("", command="Hint"))
    first = tab.messages("Coach")[-1]
    await handlers.hear(message("", command="Hint"))
    second = tab.messages("Coach")[-1]
    await handlers.hear(message("You sound worn out."))
    await handlers.hear(message("", command="Hint"))

    assert "calls for" in first
    assert second.startswith("You could say")
    assert not tab.messages("Coach")[-1].startswith("You could say")
    assert meeting.encounter.exchanges[:1] == before


@pytest.mark.parametrize("name", ["andrew", "maggie"])
async def test_no_hint_says_anything_that_was_not_said(here: Room, new_tab: OpenTab, message: Say, name: str) -> None:
    """Whatever the patient keeps back, in no hint of a whole meeting stands a rendering of it that was not spoken."""
    tab, meeting = await meet(new_tab, name)
    for step in here.patients[name].dialogues.steps_of("skilled"):
        for _ in range(2):
            await handlers.hear(message("", command="Hint"))
        await handlers.hear(message(step.learner))
    hints = " ".join(line for line in tab.messages("Coach")).lower()
    spoken = " ".join(e.turn.text for e in meeting.encounter.exchanges).lower()

    for fact in here.patients[name].persona.facts:
        for rendering in (*fact.full, *fact.partial, *fact.hint):
            plain = handlers.plain(rendering).lower()
            assert plain not in hints or rendering.lower() in spoken


# Intentions


async def test_an_intention_is_kept_with_the_next_message_and_stands_beside_it(
    here: Room, new_tab: OpenTab, message: Say
) -> None:
    tab, meeting = await meet(new_tab)
    await handlers.hear(message("Let him feel there is no hurry", command="Intend"))
    await handlers.hear(message("Hello Andrew, take your time."))
    await handlers.hear(message("What brings you in?"))
    await settled()

    assert [e.intended for e in meeting.encounter.exchanges] == ["Let him feel there is no hurry", ""]
    panels = [panel for panel in tab.elements("Rapport") if panel["number"] == 1]
    assert panels[-1]["intended"] == "Let him feel there is no hurry"
    store = await here.store()
    assert store is not None
    assert (await store.exchanges(meeting.encounter.id))[0]["intended"] == "Let him feel there is no hurry"


async def test_an_intention_without_words_is_explained_and_a_crisis_in_one_stops_for_care(
    here: Room, new_tab: OpenTab, message: Say
) -> None:
    tab, meeting = await meet(new_tab)
    await handlers.hear(message("", command="Intend"))
    assert tab.messages("Coach")[-1] == said("page.intend_how")

    await handlers.hear(message("This is me, not the exercise. I want to kill myself.", command="Intend"))
    assert meeting.encounter.ended is Ending.SAFETY
    assert "kill myself" not in repr(tab.events)


# Time


async def test_what_is_left_is_shown_and_told_before_the_time_is_up(here: Room, new_tab: OpenTab, message: Say) -> None:
    limit = 7

    def seat(patient: Patient, seed: int) -> Encounter:
        card = patient.persona.card.model_copy(update={"exchange_limit": limit})
        short = replace(patient, persona=patient.persona.model_copy(update={"card": card}))
        return Encounter(patient=short, codebook=here.codebook, rubric=here.rubric, seed=seed)

    here.seat = seat
    tab, meeting = await meet(new_tab)
    for text in ("Hello.", "How are you?", "And the nights?", "And work?", "Who knows?", "What else?", "And you?"):
        await handlers.hear(message(text))
        await settled()

    told = tab.messages("Coach")
    assert said("page.left", count=5) in told
    assert said("page.left_one") in told
    assert meeting.encounter.ended is Ending.TIME
    assert f"{limit - 1} left" in [panel["left"] for panel in tab.elements("Rapport")]


# The educator's view


async def test_the_educators_view_is_off_by_default_and_said_on_screen_when_it_is_on(
    home: Path, new_tab: OpenTab, message: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_room(seed=1)
    tab, _ = await meet(new_tab)
    await handlers.hear(message("Hello Andrew."))
    await settled()
    assert all(panel["educator"] is None for panel in tab.elements("Rapport"))
    assert said("educator.notice") not in tab.messages("Coach")

    monkeypatch.setenv("SIMPATIENT_EDUCATOR_VIEW", "on")
    room = open_room(seed=1, settings=Settings())
    tab, meeting = await meet(new_tab, "maggie")
    await handlers.hear(message("Hello Maggie."))
    await settled()

    shown = tab.elements("Rapport")[-1]["educator"]
    assert said("educator.notice") in tab.messages("Coach")
    assert [each["name"] for each in shown["feelings"]] == ["Trust", "Anxiety", "Defensiveness", "Hope", "Openness"]
    assert {gate["id"] for gate in shown["gates"]} == {fact.id for fact in room.patients["maggie"].persona.facts}
    assert any("needs" in gate["why"] for gate in shown["gates"])
    assert shown["intent"] != []
    assert meeting.encounter.exchanges[0].after.stance.word


async def test_the_picker_says_how_far_the_learner_has_got_and_what_can_be_chosen(
    here: Room, new_tab: OpenTab, message: Say
) -> None:
    await meet(new_tab)
    await handlers.hear(message("Hello Andrew."))
    await handlers.hear(message("/end"))
    picker = new_tab()
    await handlers.arrive()

    shown = picker.elements("People")[-1]
    assert "one meeting" in shown["soFar"]["andrew"][0]
    assert shown["soFar"]["maggie"] == []
    assert [mode["value"] for mode in shown["offered"]["modes"]] == ["guided", "practice", "assessment"]
    assert "0." not in json.dumps(shown["soFar"])
