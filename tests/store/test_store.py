"""The store keeps what was said, in SQLite and in PostgreSQL alike."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from simpatient.encounter import Encounter
from simpatient.errors import MeetingChanged, UnknownMeeting
from simpatient.store import Store
from simpatient.store.rows import KeptRelationship

WORDS = (
    "Hello Andrew, I'm Dana.",
    "What brings you here?",
    "I'll find out about the sleep clinic by Thursday, promise.",
)


async def met(store: Store, name: str, *, words: tuple[str, ...] = WORDS, learner: str = "local") -> Encounter:
    encounter = await Encounter.begin("andrew", store=store, encounter_id=name, learner=learner)
    for text in words:
        exchange = await encounter.exchange(text)
        await encounter.rated(exchange.number)
    return encounter


async def test_exchanges_and_debrief_come_back_as_they_were(url: str) -> None:
    """What is read back equals the records; a new store on the same database sees them."""
    store = await Store.open(url)
    encounter = await met(store, "one")
    debrief = await encounter.end()
    await store.close()
    again = await Store.open(url)
    assert await again.exchanges("one") == [exchange.record() for exchange in encounter.exchanges]
    assert await again.debrief("one") == debrief.record()
    kept = await again.meeting("one")
    assert [each.record for each in kept.path()] == [exchange.record() for exchange in encounter.exchanges]
    assert kept.debrief is not None
    assert kept.debrief.record == debrief.record()
    await again.close()


async def test_an_unknown_meeting_is_empty(store: Store) -> None:
    """Nothing is invented."""
    assert await store.exchanges("nobody") == []
    assert await store.debrief("nobody") is None
    assert await store.line("nobody") is None
    with pytest.raises(UnknownMeeting, match="nobody"):
        await store.meeting("nobody")


async def test_the_words_of_a_learner_in_crisis_are_not_kept(tmp_path: Path, file_url: str) -> None:
    """The stop leaves no trace of what was typed, and the meeting stays closed."""
    store = await Store.open(file_url)
    encounter = await met(store, "two", words=("Hello Andrew.",))
    await encounter.exchange("I want to kill myself")
    await encounter.end()
    line = await store.line("two")
    assert line is not None
    assert (line.ended, line.exchanges) == ("safety", 1)
    assert (await Encounter.resume(store, "two")).ended is not None
    await store.close()
    assert b"kill myself" not in b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())


async def test_a_meeting_in_which_nothing_was_said_is_not_kept(store: Store) -> None:
    """Opening the page is not yet a meeting."""
    encounter = await Encounter.begin("andrew", store=store, encounter_id="silent")
    await encounter.end()
    assert await store.line("silent") is None


async def test_a_promise_stands_in_the_ledger_of_its_exchange(store: Store) -> None:
    """Made once, it has one row."""
    encounter = await met(store, "three")
    made = [promise.id for promise in encounter.exchanges[-1].promises]
    assert made
    await encounter.exchange("And how have you been sleeping?")
    from sqlalchemy import select

    from simpatient.store.tables import PROMISES

    async with store._engine.connect() as connection:
        rows = (await connection.execute(select(PROMISES.c.exchange, PROMISES.c.promise))).all()
    assert [tuple(row) for row in rows] == [(3, promise) for promise in made]


async def test_ratings_that_come_twice_are_kept_once(store: Store) -> None:
    """A late rating may be written again after a fault."""
    encounter = await met(store, "four", words=WORDS[:1])
    for _ in range(2):
        await encounter._keeping.rating(encounter._tree.node(1).item)
    (rating,) = await store.ratings("four")
    assert rating.evaluator == "rapport"
    assert rating.record["ratings"] == encounter.exchanges[0].record()["ratings"]


async def test_the_list_shows_the_latest_meeting_first_page_by_page(store: Store, clock) -> None:
    """Only the learner's own, none twice, none missing; the page says whether there is more."""
    for number in range(7):
        await met(store, f"m{number}", words=WORDS[:1], learner="ann" if number % 2 == 0 else "ben")
    seen: list[str] = []
    following = None
    while True:
        page = await store.meetings(learner="ann", limit=3, following=following)
        seen += [line.id for line in page.meetings]
        assert {line.learner for line in page.meetings} == {"ann"}
        following = page.following
        if following is None:
            break
    assert seen == ["m6", "m4", "m2", "m0"]
    assert len((await store.meetings()).meetings) == 7
    assert (await store.meetings(persona="maggie")).meetings == ()


async def test_a_line_of_the_list_says_where_the_meeting_stands(store: Store) -> None:
    """Patient, exchanges, end and index, without loading what was said."""
    encounter = await met(store, "five")
    (line,) = (await store.meetings()).meetings
    assert (line.persona, line.exchanges, line.head, line.ended, line.index) == ("andrew", 3, 3, None, None)
    debrief = await encounter.end()
    (line,) = (await store.meetings()).meetings
    assert line.ended == "stopped"
    assert line.index == debrief.record()["index"]
    assert line.name == encounter.patient.persona.card.name
    assert line.updated_at > line.started_at


async def test_two_tabs_cannot_both_write_the_same_exchange(store: Store) -> None:
    """The slower one is told so, nothing of it is kept, and opening the meeting again goes on from there."""
    first = await met(store, "six", words=WORDS[:1])
    second = await Encounter.resume(store, "six")
    await first.exchange("How are you sleeping?")
    with pytest.raises(MeetingChanged, match="somewhere else"):
        await second.exchange("What do you do for a living?")
    assert len(second.exchanges) == 1
    assert [record["learner"] for record in await store.exchanges("six")] == [WORDS[0], "How are you sleeping?"]
    third = await Encounter.resume(store, "six")
    await third.exchange("What do you do for a living?")
    assert len(await store.exchanges("six")) == 3


async def test_two_tabs_that_write_at_the_same_moment_leave_one_exchange(store: Store) -> None:
    """One of them wins, whoever it is."""
    await met(store, "seven", words=WORDS[:1])
    tabs = [await Encounter.resume(store, "seven") for _ in range(4)]
    done = await asyncio.gather(
        *(tab.exchange(f"Message {n}, how are you?") for n, tab in enumerate(tabs)), return_exceptions=True
    )
    refused = [each for each in done if isinstance(each, MeetingChanged)]
    assert len(refused) == 3
    assert len(await store.exchanges("seven")) == 2


async def test_an_exchange_whose_answer_was_lost_may_be_written_again(store: Store) -> None:
    """The connection broke after the commit: the same writer writes the same, and nothing changes."""
    encounter = await met(store, "eight", words=WORDS[:2])
    encounter._keeping._waiting.clear()
    node = encounter._tree.node(2).item
    await encounter._keeping.exchange(node, ())
    assert len(await store.exchanges("eight")) == 2
    assert encounter.trouble is None


async def test_a_meeting_that_was_deleted_does_not_come_back_by_the_next_message(store: Store) -> None:
    """An open tab is told."""
    from simpatient.store.rows import Selection

    encounter = await met(store, "nine", words=WORDS[:1])
    await store.delete(Selection(ids=("nine",)))
    with pytest.raises(MeetingChanged, match="deleted"):
        await encounter.exchange("How are you sleeping?")
    assert await store.line("nine") is None


async def test_a_sign_in_name_is_not_kept_but_finds_its_learner_again(url: str, tmp_path: Path) -> None:
    """The id is made up; another database makes up another one."""
    store = await Store.open(url)
    first = await store.learner("dana@example.org")
    assert await store.learner("dana@example.org") == first
    assert await store.learner("sam@example.org") != first
    await store.close()
    assert b"example.org" not in b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())


async def test_a_relationship_is_kept_with_its_plans_and_never_overwrites_a_newer_one(store: Store) -> None:
    """Revisions count up; the slower writer is refused."""
    new = KeptRelationship(
        learner="ann", persona="andrew", record={"trust": 0.4}, exact="{}", plans=({"goal": "sleep"},)
    )
    kept = await store.keep_relationship(new)
    assert kept.revision == 1
    again = await store.relationship("ann", "andrew")
    assert again == kept
    later = await store.keep_relationship(
        KeptRelationship(**{**vars_of(kept), "plans": ({"goal": "sleep"}, {"goal": "walk"})})
    )
    assert (later.revision, len(later.plans)) == (2, 2)
    with pytest.raises(MeetingChanged):
        await store.keep_relationship(kept)
    with pytest.raises(MeetingChanged):
        await store.keep_relationship(new)
    assert await store.relationship("ann", "maggie") is None


def vars_of(kept: KeptRelationship) -> dict[str, object]:
    return {name: getattr(kept, name) for name in KeptRelationship.__dataclass_fields__}
