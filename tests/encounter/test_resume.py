"""A kept meeting goes on as if nothing had happened, goes back exactly, and branches."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from simpatient.encounter import Encounter, compared
from simpatient.errors import EncounterEnded, StoreError
from simpatient.store import Store
from simpatient.words import Appraisal, Assessment, Context, Ending

NAMES = ("andrew", "maggie")


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    opened = await Store.open(f"sqlite:///{tmp_path / 'meetings.sqlite3'}")
    yield opened
    await opened.close()


def words(encounter: Encounter) -> list[str]:
    return [step.learner for step in encounter.patient.dialogues.steps_of("skilled")]


@pytest.mark.parametrize("name", NAMES)
async def test_a_meeting_opened_again_after_every_message_is_the_same_meeting(name: str, store: Store) -> None:
    """Records and debrief are equal byte for byte to those of a meeting that was never interrupted."""
    whole = await Encounter.begin(name, seed=5, encounter_id="one")
    for text in words(whole):
        await whole.exchange(text)
    broken = await Encounter.begin(name, seed=5, encounter_id="one", store=store)
    for text in words(whole):
        await broken.exchange(text)
        broken = await Encounter.resume(store, "one")
    assert broken._moving == whole._moving
    assert await everything(broken) == await everything(whole)


async def everything(encounter: Encounter) -> str:
    debrief = await encounter.end()
    return json.dumps([*(exchange.record() for exchange in encounter.exchanges), debrief.record()])


async def test_the_settings_of_a_meeting_come_back_with_it(store: Store) -> None:
    """Difficulty, channel, seed and learner."""
    encounter = await Encounter.begin(
        "andrew", seed=9, difficulty="hard", channel="phone", encounter_id="x", store=store, learner="ann"
    )
    await encounter.exchange("Hello.")
    again = await Encounter.resume(store, "x")
    assert (again.seed, again.learner) == (9, "ann")
    assert again.patient.persona == encounter.patient.persona
    assert again.opening == encounter.opening


@pytest.mark.parametrize("name", NAMES)
async def test_a_rewind_brings_back_the_exact_state_and_overwrites_nothing(name: str, store: Store) -> None:
    """The same words again give the same replies; other words grow a second branch; both are there after a restart."""
    encounter = await Encounter.begin(name, seed=2, encounter_id="x", store=store)
    said = words(encounter)[:6]
    for text in said:
        await encounter.exchange(text)
    first = encounter.exchanges
    then = encounter._tree.node(2).item.moving
    turn = await encounter.rewind(2)
    assert encounter._moving == then
    assert turn == first[1].turn
    for text in said[2:]:
        await encounter.exchange(text)
    assert [e.turn for e in encounter.exchanges] == [e.turn for e in first]
    assert [e.after for e in encounter.exchanges] == [e.after for e in first]
    await encounter.rewind(2)
    await encounter.exchange("You should pull yourself together.")
    for each in (encounter, await Encounter.resume(store, "x")):
        branches = each.branches()
        assert [branch.head for branch in branches] == [6, 10, 11]
        assert [branch.current for branch in branches] == [False, False, True]
        assert [e.learner for e in branches[0].exchanges] == said
        assert [e.learner for e in each.exchanges] == [*said[:2], "You should pull yourself together."]


async def test_a_meeting_stands_where_it_was_rewound_to_after_a_restart(store: Store) -> None:
    """Even when nothing was said since."""
    encounter = await Encounter.begin("andrew", encounter_id="x", store=store)
    for text in words(encounter)[:3]:
        await encounter.exchange(text)
    await encounter.rewind(0)
    again = await Encounter.resume(store, "x")
    assert again.exchanges == ()
    assert again._moving == encounter._start
    assert len(again.branches()) == 1


async def test_two_branches_side_by_side_show_words_state_ratings_and_what_each_opened(store: Store) -> None:
    """What they share is named, not repeated."""
    encounter = await Encounter.begin("andrew", encounter_id="x", store=store)
    said = words(encounter)
    for text in said[:5]:
        await encounter.exchange(text)
    await encounter.rewind(3)
    await encounter.exchange("Whatever. Next.")
    one, other = encounter.branches()
    comparison = compared(one, other)
    assert (comparison.shared, len(comparison.steps)) == (3, 2)
    record = comparison.record()
    assert (record["one"], record["other"]) == (5, 6)
    assert record["steps"][0]["one"]["learner"] == said[3]
    assert record["steps"][0]["other"]["learner"] == "Whatever. Next."
    assert record["steps"][1]["other"] is None
    assert set(record["steps"][0]["one"]) >= {"reply", "state", "stance", "ratings", "disclosed"}
    assert record["steps"][0]["one"]["state"]["trust"] > record["steps"][0]["other"]["state"]["trust"]


async def test_a_meeting_that_is_over_can_be_rewound_and_each_branch_keeps_its_debrief(store: Store) -> None:
    """The end is not overwritten either."""
    encounter = await Encounter.begin("andrew", encounter_id="x", store=store)
    for text in words(encounter)[:4]:
        await encounter.exchange(text)
    await encounter.end()
    with pytest.raises(EncounterEnded):
        await encounter.exchange("One more thing.")
    assert (await Encounter.resume(store, "x")).ended is Ending.STOPPED
    await encounter.rewind(3)
    assert encounter.ended is None
    await encounter.exchange("One more thing.")
    await encounter.end()
    kept = await store.meeting("x")
    assert [debrief.head for debrief in kept.debriefs] == [4, 5]
    assert kept.debrief is not None
    assert kept.debrief.head == 5


async def test_a_rewind_to_nowhere_changes_nothing() -> None:
    """There is no such exchange."""
    encounter = await Encounter.begin("andrew")
    await encounter.exchange("Hello.")
    with pytest.raises(KeyError):
        await encounter.rewind(7)
    assert len(encounter.exchanges) == 1


async def test_a_meeting_stopped_for_the_learner_s_own_sake_stays_closed(store: Store) -> None:
    """It is neither continued nor rewound."""
    encounter = await Encounter.begin("andrew", encounter_id="x", store=store)
    await encounter.exchange("Hello.")
    await encounter.exchange("I want to kill myself")
    for each in (encounter, await Encounter.resume(store, "x")):
        assert each.ended is Ending.SAFETY
        with pytest.raises(EncounterEnded):
            await each.rewind(0)
        with pytest.raises(EncounterEnded):
            await each.exchange("Hello?")


class Slow:
    """An evaluator whose answer never comes in time."""

    async def rate(self, message: str, context: Context, appraisal: Appraisal) -> Assessment:
        import asyncio

        await asyncio.sleep(3600)
        return Assessment()


async def test_ratings_that_had_not_come_are_made_after_a_restart(store: Store) -> None:
    """With the same context, so that they are those that would have come."""
    expected = await Encounter.begin("andrew", encounter_id="x")
    encounter = await Encounter.begin("andrew", encounter_id="x", store=store)
    encounter.evaluator = Slow()
    for text in words(encounter)[:3]:
        await encounter.exchange(text)
        await expected.exchange(text)
    again = await Encounter.resume(store, "x")
    for number in (1, 2, 3):
        assert (await again.rated(number)).assessment == (await expected.rated(number)).assessment
    assert len(await store.ratings("x")) == 3


async def test_a_patient_who_is_no_longer_there_is_told_in_words(store: Store, tmp_path: Path) -> None:
    """The meeting can still be read."""
    from dataclasses import replace

    encounter = await Encounter.begin("andrew", encounter_id="x", store=store)
    await encounter.exchange("Hello.")
    kept = await store.meeting("x")
    gone = replace(kept, line=replace(kept.line, id="y", persona="nobody"))
    await store.add_meeting(gone)
    from simpatient.errors import ContentError

    with pytest.raises(ContentError, match="nobody"):
        await Encounter.resume(store, "y")
    assert len(await store.exchanges("y")) == 1


async def test_a_meeting_kept_without_its_state_can_be_read_but_not_continued(store: Store) -> None:
    """Said in words."""
    from dataclasses import replace

    encounter = await Encounter.begin("andrew", encounter_id="x", store=store)
    await encounter.exchange("Hello.")
    kept = await store.meeting("x")
    bare = tuple(replace(each, exact=None) for each in kept.exchanges)
    await store.add_meeting(replace(kept, line=replace(kept.line, id="z"), exchanges=bare))
    with pytest.raises(StoreError, match="can still be read"):
        await Encounter.resume(store, "z")


async def test_what_follows_under_another_version_is_marked(store: Store) -> None:
    """The meeting keeps the versions it began with; exchanges made with others name theirs."""
    from dataclasses import replace

    encounter = await Encounter.begin("andrew", encounter_id="x", store=store)
    await encounter.exchange("Hello.")
    kept = await store.meeting("x")
    other = replace(kept.versions, persona="0.0 older")
    older = tuple(replace(each, versions=other) for each in kept.exchanges)
    await store.add_meeting(replace(kept, line=replace(kept.line, id="y"), versions=other, exchanges=older))
    again = await Encounter.resume(store, "y")
    await again.exchange("How are you?")
    found = await store.meeting("y")
    assert found.versions.persona == "0.0 older"
    assert [each.versions.persona for each in found.exchanges] == ["0.0 older", kept.versions.persona]
