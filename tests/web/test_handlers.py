"""What the handlers do, without a browser."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from typing import Any

import pytest

from simpatient.encounter import Encounter
from simpatient.persona import Patient
from simpatient.web import handlers
from simpatient.web.room import Room, open_room
from simpatient.web.text import catalogue
from simpatient.words import Ending

from .conftest import Tab

Say = Callable[..., Any]
ANDREW = pytest.mark.parametrize("tab", ["andrew"], indirect=True)
ON_A_PHONE = pytest.mark.parametrize("tab", [("andrew", "Mozilla/5.0 (Linux; Android 16) Mobile")], indirect=True)


@pytest.fixture(autouse=True)
def here() -> Room:
    return open_room(seed=1)


async def settled() -> None:
    """Let what runs beside the conversation finish."""
    for _ in range(20):
        await asyncio.sleep(0.005)


async def test_before_anybody_is_chosen_the_picker_shows_everyone_with_portrait_and_purpose(tab: Tab) -> None:
    await handlers.arrive()

    people = tab.elements("People")[-1]["people"]
    assert {"andrew", "maggie"} <= {person["id"] for person in people}
    assert all(person["portrait"] and person["setting"] and person["trains"] for person in people)


async def test_the_header_lists_the_picker_first_and_then_every_patient(here: Room) -> None:
    profiles = await handlers.people(None)

    assert [profile.name for profile in profiles] == ["choose", *here.patients]
    assert [profile.name for profile in profiles if profile.default] == ["choose"]


async def test_a_patient_named_on_the_command_line_is_the_one_the_page_opens_with() -> None:
    open_room(first="maggie")

    assert [profile.name for profile in await handlers.people(None) if profile.default] == ["maggie"]


@ANDREW
async def test_a_meeting_begins_with_briefing_disclaimer_panel_and_the_patients_first_words(
    tab: Tab, here: Room
) -> None:
    await handlers.arrive()

    briefing = tab.elements("Briefing")[-1]
    persona = here.patients["andrew"].persona
    assert persona.briefing.task in [text for _, text in briefing["rows"]]
    assert briefing["warning"] == persona.briefing.warning
    assert briefing["disclaimer"] == catalogue().say("page.disclaimer")
    assert tab.elements("Rapport")[-1]["kind"] == "welcome"
    assert tab.messages("Andrew") != []


@ANDREW
async def test_nothing_sent_before_the_first_word_gives_a_guarded_fact_away(tab: Tab, here: Room) -> None:
    await handlers.people(None)
    await handlers.arrive()

    sent = repr(tab.events).lower()
    for fact in here.patients["andrew"].persona.facts:
        for rendering in (*fact.full, *fact.partial, *fact.hint):
            assert rendering.lower() not in sent


@ANDREW
async def test_a_message_draws_a_streamed_reply_and_fills_the_panel_beside_it(tab: Tab, message: Say) -> None:
    await handlers.arrive()
    await handlers.hear(message("You came early. That can't have been easy. How are you feeling right now?"))
    await settled()

    assert any(name == "stream_start" for name, _ in tab.events)
    assert len(tab.messages("Andrew")) == 2
    panel = tab.elements("Rapport")[-1]
    assert panel["kind"] == "rated"
    assert panel["number"] == 1
    assert "".join(piece["text"] for piece in panel["said"]).startswith("You came early.")
    assert panel["domains"]


@ANDREW
async def test_the_panel_never_holds_the_patients_hidden_state(tab: Tab, message: Say) -> None:
    await handlers.arrive()
    for text in ("Hello Andrew, take your time.", "What brings you in?"):
        await handlers.hear(message(text))
    await settled()

    for panel in tab.elements("Rapport"):
        values = {key: value for key, value in panel.items() if key != "labels"}
        for word in ("trust", "anxiety", "defensiveness", "openness", "stance"):
            assert word not in values


@ANDREW
async def test_a_late_rating_never_replaces_that_of_a_later_exchange(tab: Tab, message: Say) -> None:
    await handlers.arrive()
    meeting = handlers.current()
    assert meeting is not None
    for text in ("Hello.", "What brings you in?"):
        await handlers.hear(message(text))
    await settled()
    await meeting.show_ratings(1)

    assert tab.elements("Rapport")[-1]["number"] == 2


@ANDREW
async def test_two_messages_sent_at_once_are_heard_one_after_the_other(tab: Tab, message: Say) -> None:
    await handlers.arrive()
    await asyncio.gather(handlers.hear(message("Hello.")), handlers.hear(message("What brings you in?")))

    meeting = handlers.current()
    assert meeting is not None
    assert [exchange.number for exchange in meeting.encounter.exchanges] == [1, 2]


@ANDREW
async def test_with_live_ratings_off_the_panel_closes_and_stays_closed_until_it_is_wanted(
    tab: Tab, message: Say
) -> None:
    await handlers.arrive()
    await handlers.change_settings({"live": False})
    before = len(tab.elements("Rapport"))
    await handlers.hear(message("Hello Andrew."))
    await settled()
    assert len(tab.elements("Rapport")) == before

    await handlers.change_settings({"live": True})
    assert tab.elements("Rapport")[-1]["number"] == 1


@ON_A_PHONE
async def test_on_a_phone_the_ratings_come_as_a_card_below_the_reply(tab: Tab, message: Say) -> None:
    await handlers.arrive()
    assert not any(name == "set_sidebar_elements" for name, _ in tab.events)
    await handlers.hear(message("Hello Andrew, how are you?"))
    await settled()

    assert tab.elements("Rapport")[-1]["inline"] is True
    assert not any(name == "set_sidebar_elements" for name, _ in tab.events)


@ANDREW
@pytest.mark.parametrize("how", ["button", "words", "panel"])
async def test_the_meeting_ends_by_command_by_words_and_by_the_panels_button(tab: Tab, message: Say, how: str) -> None:
    await handlers.arrive()
    await handlers.hear(message("Hello Andrew."))
    if how == "button":
        await handlers.hear(message("", command=handlers.END))
    elif how == "words":
        await handlers.hear(message("/end"))
    else:
        await handlers.end_from_panel(None)

    meeting = handlers.current()
    assert meeting is not None
    assert meeting.encounter.ended is Ending.STOPPED
    assert tab.elements("Farewell")[-1]["debrief"] == f"/debrief/{meeting.page}"
    assert tab.elements("Rapport")[-1]["debrief"] == f"/debrief/{meeting.page}"


@ANDREW
async def test_the_way_to_the_debrief_is_shown_once_and_a_later_message_is_told_that_it_is_over(
    tab: Tab, message: Say
) -> None:
    await handlers.arrive()
    await handlers.hear(message("/end"))
    await handlers.hear(message("/end"))
    await handlers.hear(message("Are you still there?"))

    assert len(tab.elements("Farewell")) == 1
    assert handlers.plain(catalogue().say("page.over")) in tab.messages("Coach")


@ANDREW
async def test_a_pause_is_no_message_to_the_patient(tab: Tab, message: Say) -> None:
    await handlers.arrive()
    await handlers.hear(message("/pause"))

    meeting = handlers.current()
    assert meeting is not None
    assert meeting.encounter.exchanges == ()


@ANDREW
async def test_a_message_that_was_heard_cannot_be_sent_again_under_its_id(tab: Tab, message: Say) -> None:
    await handlers.arrive()
    first = message("Hello.")
    await handlers.hear(first)
    await handlers.hear(first)

    meeting = handlers.current()
    assert meeting is not None
    assert len(meeting.encounter.exchanges) == 1


@ANDREW
@pytest.mark.parametrize(
    "text",
    ["", "   ", "\x00\x07", "\ud800", "🙂🙂", "مرحبا", "<script>alert(1)</script>", "# *x* ![y](http://evil.example)"],
)
async def test_odd_messages_get_a_reaction_and_lose_nothing(tab: Tab, message: Say, text: str) -> None:
    await handlers.arrive()
    await handlers.hear(message(text))
    await settled()

    meeting = handlers.current()
    assert meeting is not None
    assert len(meeting.encounter.exchanges) == 1
    assert len(tab.messages("Andrew")) == 2
    assert tab.messages("Coach")[1:] == []


@ANDREW
async def test_a_message_of_a_hundred_thousand_characters_gets_a_clear_line(tab: Tab, message: Say) -> None:
    await handlers.arrive()
    await handlers.hear(message("a" * 100_000))

    meeting = handlers.current()
    assert meeting is not None
    assert meeting.encounter.exchanges == ()
    assert "at most 8,000 can be heard" in tab.messages("Coach")[-1]


@ANDREW
async def test_a_learner_in_crisis_gets_the_card_and_no_reply_and_their_words_are_kept_nowhere(
    tab: Tab, message: Say
) -> None:
    from chainlit.chat_context import chat_contexts

    await handlers.arrive()
    await handlers.hear(message("This is me, not the exercise. I want to kill myself."))
    await settled()

    meeting = handlers.current()
    assert meeting is not None
    assert meeting.encounter.ended is Ending.SAFETY
    assert len(tab.messages("Andrew")) == 1
    assert "Let us stop the exercise" in "".join(tab.messages("Coach"))
    assert tab.elements("Farewell")[-1]["headline"] == catalogue().say("ended.safety")
    assert "kill myself" not in repr(tab.events)
    assert tab.session.id not in chat_contexts


UNCLEAR = "It would be quieter for everyone without me."


def answering(monkeypatch: pytest.MonkeyPatch, answer: str) -> list[str]:
    """The learner's answer to whatever they are asked; what they read is kept."""
    import chainlit as cl

    read: list[str] = []

    async def send(self: Any) -> Any:
        read.append(self.content)
        return {"payload": {"answer": answer}} if answer else None

    monkeypatch.setattr(cl.AskActionMessage, "send", send)
    return read


@ANDREW
async def test_words_that_may_be_about_the_learner_are_asked_about_before_they_are_heard(
    tab: Tab, message: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = answering(monkeypatch, "practice")
    await handlers.arrive()
    await handlers.hear(message(UNCLEAR))

    meeting = handlers.current()
    assert meeting is not None
    assert read == [catalogue().say("page.about_whom")]
    assert "Is that about you" in "".join(tab.messages("Coach"))
    assert [exchange.learner for exchange in meeting.encounter.exchanges] == [UNCLEAR]
    assert len(tab.messages("Andrew")) == 2


@ANDREW
async def test_words_that_are_about_the_learner_stop_play(
    tab: Tab, message: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    answering(monkeypatch, "about_me")
    await handlers.arrive()
    await handlers.hear(message(UNCLEAR))
    await settled()

    meeting = handlers.current()
    assert meeting is not None
    assert meeting.encounter.ended is Ending.SAFETY
    assert "Let us stop the exercise" in "".join(tab.messages("Coach"))
    assert "quieter" not in repr(tab.events)


@ANDREW
async def test_without_an_answer_nothing_is_said(tab: Tab, message: Say, monkeypatch: pytest.MonkeyPatch) -> None:
    answering(monkeypatch, "")
    await handlers.arrive()
    await handlers.hear(message(UNCLEAR))

    meeting = handlers.current()
    assert meeting is not None
    assert meeting.encounter.exchanges == ()
    assert meeting.encounter.ended is None
    assert catalogue().say("page.waits") in tab.messages("Coach")[-1]


@ANDREW
async def test_a_patient_who_leaves_is_followed_by_a_kind_card(tab: Tab, message: Say) -> None:
    await handlers.arrive()
    for _ in range(12):
        await handlers.hear(message("You're wasting my time. Stop whining and get over it."))
    await settled()

    meeting = handlers.current()
    assert meeting is not None
    assert meeting.encounter.ended in (Ending.WALKED_OUT, Ending.LEFT_POLITELY, Ending.SAFETY)
    assert len(tab.elements("Farewell")) == 1


class Stumbling(Encounter):
    """An encounter that breaks down after the first words of a reply."""

    async def exchange(self, text: str, hear: Any = None, **_agreed: Any) -> Any:
        await hear("Well, it")
        raise RuntimeError("the password is hunter2")


@ANDREW
async def test_an_error_inside_is_one_friendly_line_with_a_number_and_its_text_is_only_logged(
    tab: Tab, message: Say, caplog: pytest.LogCaptureFixture
) -> None:
    room = open_room()

    def seat(patient: Patient, seed: int) -> Encounter:
        return Stumbling(patient=patient, codebook=room.codebook, rubric=room.rubric, seed=seed)

    room.seat = seat
    await handlers.arrive()
    with caplog.at_level(logging.ERROR):
        await handlers.hear(message("Hello."))

    told = tab.messages("Coach")[-1]
    assert "Something went wrong" in told
    assert "hunter2" not in repr(tab.events)
    number = told.rsplit(" ", 1)[1].strip(".")
    assert number in caplog.text
    assert tab.messages("Andrew")[-1] == f"*{catalogue().say('page.broke_off')}*"
    assert not any(name == "delete_message" for name, _ in tab.events)


@ANDREW
async def test_talk_to_nobody_is_answered_by_the_coach(tab: Tab, message: Say) -> None:
    await handlers.hear(message("Hello?"))

    assert tab.messages("Coach") == [handlers.plain(catalogue().say("page.nobody_here"))]


async def test_the_first_meeting_has_the_rooms_seed_and_meeting_again_has_the_next(here: Room) -> None:
    assert [here.meet("andrew").seed, here.meet("maggie").seed, here.meet("andrew").seed] == [1, 1, 2]
