"""Meetings that were left: listed, opened, continued, deleted; and never more of them than the learner may know."""

from __future__ import annotations

import asyncio
import json
import stat
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from chainlit.types import Pagination, ThreadFilter

from simpatient.encounter import Encounter
from simpatient.errors import MeetingChanged
from simpatient.persona import Patient
from simpatient.settings import Settings
from simpatient.web import handlers, signin
from simpatient.web.history import History
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


def restarted() -> Room:
    """The server as it is after a restart: nothing in memory."""
    return open_room(seed=1)


async def settled() -> None:
    """Let what runs beside the conversation finish."""
    for _ in range(20):
        await asyncio.sleep(0.005)


async def talk(tab: Tab, message: Say, *texts: str) -> Encounter:
    """The meeting in this tab, begun if need be, after these messages."""
    tab.here()
    if handlers.current() is None:
        await handlers.arrive()
    if handlers.current() is None:
        key = tab.elements("Again")[-1]["key"]
        await handlers.word_from_a_card({"simpatient": "door", "key": key, "choice": "anew"})
    for text in texts:
        await handlers.hear(message(text))
    await settled()
    meeting = handlers.current()
    assert meeting is not None
    return meeting.encounter


async def come_back(tab: Tab, encounter_id: str) -> dict[str, Any]:
    """What Chainlit puts on the screen when the meeting is opened in this tab."""
    tab.here()
    thread = await History().get_thread(encounter_id)
    assert thread is not None
    await handlers.come_back(thread)
    return dict(thread)


def words(thread: dict[str, Any]) -> list[str]:
    return [step["output"] for step in thread["steps"] if step["output"]]


def element(thread: dict[str, Any], name: str) -> dict[str, Any] | None:
    found = [each["props"] for each in thread["elements"] if each["name"] == name]
    return found[-1] if found else None


async def listed(first: int = 20, cursor: str | None = None, learner: str = "local", search: str | None = None) -> Any:
    wanted = ThreadFilter(userId=learner, search=search)
    return await History().list_threads(Pagination(first=first, cursor=cursor), wanted)


async def test_past_meetings_are_listed_page_by_page_and_only_to_whom_they_belong(
    here: Room, new_tab: OpenTab, message: Say
) -> None:
    ids = [(await talk(new_tab("andrew"), message, "Hello.")).id for _ in range(3)]
    await talk(new_tab("maggie", learner="somebody"), message, "Hello.")

    first = await listed(first=2)
    second = await listed(first=2, cursor=first.pageInfo.endCursor)

    assert [thread["id"] for thread in first.data] == [ids[2], ids[1]]
    assert first.pageInfo.hasNextPage
    assert [thread["id"] for thread in second.data] == [ids[0]]
    assert not second.pageInfo.hasNextPage
    assert await History().get_thread_author(ids[0]) == "local"


async def test_the_list_is_searched_by_the_patients_name_and_holds_no_word_that_was_said(
    here: Room, new_tab: OpenTab, message: Say
) -> None:
    await talk(new_tab("andrew"), message, "Hello.")
    await talk(new_tab("maggie"), message, "Hello.")

    found = await listed(search="magg")

    assert [thread["metadata"]["chat_profile"] for thread in found.data] == ["maggie"]
    assert all(thread["steps"] == [] for thread in found.data)


async def test_a_meeting_goes_on_after_a_restart_with_the_panel_as_it_was_and_nothing_kept_twice(
    here: Room, new_tab: OpenTab, message: Say
) -> None:
    first = new_tab("andrew")
    encounter = await talk(first, message, "Hello Andrew.", "What has it been like lately?")
    panel = first.elements("Rapport")[-1]
    said_then = [e.turn.text for e in encounter.exchanges]
    again, second = restarted(), new_tab()

    thread = await come_back(second, encounter.id)
    went_on = await talk(second, message, "Take your time.")

    assert element(thread, "Rapport") == panel
    assert [w for w in words(thread) if w in ("Hello Andrew.", "What has it been like lately?")] == [
        "Hello Andrew.", "What has it been like lately?",
    ]  # fmt: skip
    assert [e.turn.text for e in went_on.exchanges][:2] == said_then
    store = await again.store()
    assert store is not None
    assert len(await store.exchanges(encounter.id)) == 3
    assert any(name == "set_commands" for name, _ in second.events)


async def test_an_ended_meeting_shows_the_way_to_its_debrief_and_takes_no_more(
    here: Room, new_tab: OpenTab, message: Say
) -> None:
    encounter = await talk(new_tab("andrew"), message, "Hello Andrew.", "/end")
    again, tab = restarted(), new_tab()

    thread = await come_back(tab, encounter.id)
    await handlers.hear(message("Are you still there?"))

    farewell = element(thread, "Farewell")
    assert farewell is not None
    kept = again.kept(farewell["debrief"].removeprefix("/debrief/"))
    assert kept is not None
    assert kept.ended is Ending.STOPPED
    assert [data for name, data in tab.events if name == "set_commands"][-1] == []
    assert handlers.plain(catalogue().say("page.over")) in tab.messages("Coach")


async def test_deleting_a_meeting_on_the_list_deletes_it_for_good(
    here: Room, new_tab: OpenTab, message: Say, home: Path
) -> None:
    tab = new_tab("andrew")
    encounter = await talk(tab, message, "My own words, a cormorant among them.")
    meeting = handlers.current()
    assert meeting is not None

    await History().delete_thread(encounter.id)

    assert (await listed()).data == []
    assert await History().get_thread(encounter.id) is None
    assert here.kept(meeting.page) is None
    assert b"cormorant" not in b"".join(f.read_bytes() for f in home.rglob("*") if f.is_file())
    await handlers.hear(message("Hello?"))
    assert "deleted" in tab.messages("Coach")[-1]
    assert (await listed()).data == []


async def test_a_meeting_is_not_found_while_it_is_being_deleted(here: Room, new_tab: OpenTab, message: Say) -> None:
    """The page opens it once more while a slow database still has it; it would come back to be read and no more."""
    encounter = await talk(new_tab("andrew"), message, "Hello Andrew.")
    store = await here.store()
    assert store is not None
    async with store._line:
        deleting = asyncio.create_task(History().delete_thread(encounter.id))
        await asyncio.sleep(0.05)
        assert await History().get_thread(encounter.id) is None
        assert await History().get_thread_author(encounter.id) == ""
    await deleting
    assert not here.gone(encounter.id)
    assert (await listed()).data == []


def hiding(patient: Patient) -> Patient:
    """The patient with a canary in place of every hidden thing."""
    facts = tuple(
        fact.model_copy(update={word: (f"canary {fact.id} {word}.",) for word in ("hint", "partial", "full")})
        for fact in patient.persona.facts
    )
    return replace(patient, persona=patient.persona.model_copy(update={"facts": facts}))


@pytest.mark.parametrize("name", ["andrew", "maggie"])
async def test_nothing_hidden_is_in_any_byte_sent_nor_in_the_history(
    here: Room, new_tab: OpenTab, message: Say, name: str
) -> None:
    """A canary stands only where it was told; no number of the state stands anywhere."""
    store = await here.store()

    def seat(patient: Patient, seed: int) -> Encounter:
        return Encounter(
            patient=hiding(patient), codebook=here.codebook, rubric=here.rubric, seed=seed, store=store,
            encounter_id=f"{name}-canary",
        )  # fmt: skip

    here.seat = seat
    tab = new_tab(name)
    texts = [step.learner for d in here.patients[name].dialogues.dialogues for step in d.steps if step.learner][:12]
    encounter = await talk(tab, message, *texts, "Tell me your secret.", "/rewind", "What are you hiding?", "/end")
    thread = await come_back(tab, encounter.id)
    seen = [*tab.events, thread, await History().get_thread(encounter.id), (await listed()).to_dict()]
    sent = json.dumps(seen, default=repr)

    told = json.dumps([e.turn.text for branch in encounter.branches() for e in branch.exchanges])
    for fact in encounter.patient.persona.facts:
        for word in ("hint", "partial", "full"):
            canary = f"canary {fact.id} {word}"
            assert (canary in sent) <= (canary in told)
    for word in ('"trust"', '"anxiety"', '"defensiveness"', '"openness"', "exit_pressure", "packed", "needs:"):
        assert word not in sent


async def test_of_two_tabs_the_one_left_behind_is_told_and_shown_how_the_meeting_stands(
    here: Room, new_tab: OpenTab, message: Say
) -> None:
    one = new_tab("andrew")
    encounter = await talk(one, message, "Hello Andrew.")
    other = new_tab()
    await come_back(other, encounter.id)
    await talk(other, message, "What brings you in?")

    one.here()
    await handlers.hear(message("I never said this."))

    assert [e.learner for e in encounter.exchanges] == ["Hello Andrew.", "What brings you in?"]
    lines = words(one.screen())
    assert handlers.plain(catalogue().say("page.elsewhere")) in lines
    assert any("I never said this" in line for line in lines)
    await handlers.hear(message("Take your time."))
    assert [e.learner for e in encounter.exchanges][-1] == "Take your time."


async def test_a_meeting_that_went_on_in_another_program_is_shown_as_it_stands_there(
    here: Room, new_tab: OpenTab, message: Say
) -> None:
    tab = new_tab("andrew")
    encounter = await talk(tab, message, "Hello Andrew.")
    store = await here.store()
    assert store is not None
    elsewhere = await Encounter.resume(store, encounter.id)
    await elsewhere.exchange("What brings you in?")
    with pytest.raises(MeetingChanged):
        await encounter.exchange("Lost.")

    await handlers.hear(message("I never said this."))

    meeting = handlers.current()
    assert meeting is not None
    assert [e.learner for e in meeting.encounter.exchanges] == ["Hello Andrew.", "What brings you in?"]
    assert handlers.plain(catalogue().say("page.elsewhere")) in words(tab.screen())


async def test_a_crisis_is_heard_even_in_a_tab_that_was_left_behind(here: Room, new_tab: OpenTab, message: Say) -> None:
    one = new_tab("andrew")
    encounter = await talk(one, message, "Hello Andrew.")
    other = new_tab()
    await come_back(other, encounter.id)
    await talk(other, message, "What brings you in?")

    one.here()
    await handlers.hear(message("This is me, not the exercise. I want to kill myself."))

    assert "Let us stop the exercise" in "".join(one.messages("Coach"))
    assert "kill myself" not in repr(one.events)


async def test_a_browser_that_comes_back_finds_the_meeting_as_it_is(here: Room, new_tab: OpenTab, message: Say) -> None:
    tab = new_tab("andrew")
    await talk(tab, message, "Hello Andrew.")
    before = len(tab.events)
    tab.session.restore(new_socket_id="another")
    tab.session.has_first_interaction = True

    await handlers.connected("another")

    assert "Hello Andrew." in words(tab.screen())
    assert len(tab.events) > before


async def test_what_was_written_while_the_server_was_away_is_heard_when_it_is_back(
    here: Room, new_tab: OpenTab, message: Say
) -> None:
    encounter = await talk(new_tab("andrew"), message, "Hello Andrew.")
    restarted()
    tab = new_tab()
    tab.session.thread_id_to_resume = encounter.id

    await handlers.hear(message("Take your time."))
    thread = await come_back(tab, encounter.id)

    assert "Take your time." in words(thread)


async def test_a_meeting_whose_patient_is_gone_can_be_read_and_says_why_it_does_not_go_on(
    here: Room, new_tab: OpenTab, message: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    encounter = await talk(new_tab("andrew"), message, "Hello Andrew.")
    again = restarted()
    monkeypatch.setattr(type(again), "patients", {})

    thread = await come_back(new_tab(), encounter.id)

    assert any("Hello Andrew" in line for line in words(thread))
    assert "no longer in the library" in words(thread)[-1]


# Editing and rewinding


async def test_an_edited_message_takes_the_meeting_back_to_before_it_and_on_in_a_new_branch(
    here: Room, new_tab: OpenTab, message: Say
) -> None:
    tab = new_tab("andrew")
    first, second = message("Hello Andrew."), message("Cheer up.")
    await handlers.arrive()
    await handlers.hear(first)
    state = handlers.current().encounter.state  # type: ignore[union-attr]
    await handlers.hear(second)
    await handlers.hear(message("Never mind."))
    await settled()

    await handlers.hear_anew(second.id, "What has it been like lately?")
    await settled()

    meeting = handlers.current()
    assert meeting is not None
    encounter = meeting.encounter
    assert [e.learner for e in encounter.exchanges] == ["Hello Andrew.", "What has it been like lately?"]
    assert encounter.exchanges[-1].before == state
    assert [[e.learner for e in branch.exchanges] for branch in encounter.branches()] == [
        ["Hello Andrew.", "Cheer up.", "Never mind."], ["Hello Andrew.", "What has it been like lately?"],
    ]  # fmt: skip
    assert not any("Cheer up" in line for line in words(tab.screen()))
    assert tab.elements("Rapport")[-1]["compare"] == f"/compare/{meeting.page}"


async def test_a_message_can_be_edited_again_after_the_screen_was_drawn_anew(
    here: Room, new_tab: OpenTab, message: Say
) -> None:
    encounter = await talk(new_tab("andrew"), message, "Hello Andrew.", "Cheer up.")
    restarted()
    tab = new_tab()
    thread = await come_back(tab, encounter.id)
    bubble = next(s["id"] for s in thread["steps"] if s["type"] == "user_message" and "Cheer up" in s["output"])

    await handlers.hear_anew(bubble, "Take your time.")
    await settled()

    meeting = handlers.current()
    assert meeting is not None
    assert [e.learner for e in meeting.encounter.exchanges] == ["Hello Andrew.", "Take your time."]


async def test_rewind_goes_back_one_exchange_and_says_what_was_taken_back(
    here: Room, new_tab: OpenTab, message: Say
) -> None:
    tab = new_tab("andrew")
    encounter = await talk(tab, message, "Hello Andrew.", "Cheer up.")
    await handlers.hear(message("", command="Rewind"))

    assert [e.learner for e in encounter.exchanges] == ["Hello Andrew."]
    assert "Cheer up" in words(tab.screen())[-1]
    await handlers.hear(message("", command="Rewind"))
    await handlers.hear(message("", command="Rewind"))
    assert encounter.exchanges == ()
    assert tab.messages("Coach")[-1] == handlers.plain(catalogue().say("page.nothing_to_rewind"))


async def test_an_ended_meeting_can_be_taken_back_and_ended_otherwise(
    here: Room, new_tab: OpenTab, message: Say
) -> None:
    tab = new_tab("andrew")
    last = message("Cheer up.")
    await talk(tab, message, "Hello Andrew.")
    await handlers.hear(last)
    await handlers.hear(message("/end"))
    await handlers.hear_anew(last.id, "Take your time.")

    meeting = handlers.current()
    assert meeting is not None
    assert meeting.encounter.ended is None
    assert element(tab.screen(), "Farewell") is None
    assert [data for name, data in tab.events if name == "set_commands"][-1] != []


# Signing in


@pytest.mark.parametrize(
    ("host", "own"),
    [("127.0.0.1", True), ("localhost", True), ("::1", True), ("0.0.0.0", False), ("192.168.1.5", False), ("", False)],
)
def test_only_an_address_that_this_machine_alone_can_reach_signs_anybody_in(host: str, own: bool) -> None:
    assert signin.on_own_machine(host) is own


async def test_on_an_address_that_others_can_reach_nobody_signs_in_and_there_is_no_list(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from chainlit.config import config

    monkeypatch.setattr(config.run, "host", "0.0.0.0")
    monkeypatch.setattr(config.code, "header_auth_callback", signin.sign_in)
    assert await signin.sign_in({"X-Forwarded-For": "127.0.0.1"}) is None
    assert signin.cookie_for("") == ""
    assert handlers.history() is None

    signin.settle("0.0.0.0", tmp_path)
    assert config.code.header_auth_callback is None


def test_the_sign_in_key_is_made_once_and_is_nobody_elses_to_read(tmp_path: Path) -> None:
    first = signin.secret_of(tmp_path / "data")

    assert signin.secret_of(tmp_path / "data") == first
    assert len(first) == 64
    assert stat.S_IMODE((tmp_path / "data" / signin.KEY_FILE).stat().st_mode) == 0o600


async def test_guests_are_known_again_by_their_own_browser_and_nobody_elses(here: Room, new_tab: OpenTab) -> None:
    store = await here.store()
    cookie = "simpatient_guest=" + "a1" * 16

    async def who(cookies: str) -> str:
        return await signin.learner_of(new_tab(learner="", cookies=cookies).session, store)

    assert await who(cookie) == await who(f"other=1; {cookie}")
    assert await who(cookie) != await who("simpatient_guest=" + "b2" * 16)
    assert await who("") != await who("")
    assert "a1a1" not in await who(cookie)


def test_a_room_keeps_its_meetings_in_the_learners_own_data_folder(here: Room, home: Path) -> None:
    assert here.home == home == Settings().home
