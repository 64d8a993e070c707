"""A kept meeting is held again and comes out the same, or it is said where not."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from simpatient.encounter import Encounter
from simpatient.encounter.replay import rated_anew, replay
from simpatient.errors import StoreError
from simpatient.evaluation import RuleEvaluator
from simpatient.store import Store
from simpatient.store.rows import KeptMeeting, Versions


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    opened = await Store.open(f"sqlite:///{tmp_path / 'meetings.sqlite3'}")
    yield opened
    await opened.close()


async def kept(store: Store, name: str) -> KeptMeeting:
    """A worked dialogue with two branches, both ended."""
    encounter = await Encounter.begin(name, seed=8, difficulty="gentle", store=store, encounter_id="x")
    for step in encounter.patient.dialogues.steps_of("skilled"):
        if encounter.ended is None:
            await encounter.rated((await encounter.exchange(step.learner)).number)
    await encounter.end()
    await encounter.rewind(3)
    await encounter.rated((await encounter.exchange("You people are all the same.")).number)
    await encounter.end()
    return await store.meeting("x")


@pytest.mark.parametrize("name", ["andrew", "maggie"])
async def test_a_meeting_held_again_is_the_same_in_every_word_and_number(store: Store, name: str) -> None:
    """All branches, and both debriefs."""
    meeting = await kept(store, name)
    done = await replay(meeting)
    assert done.difference is None
    assert done.exchanges == len(meeting.exchanges)
    assert done.versions == ()
    assert done.record()["same"] is True


async def test_the_first_difference_is_named_with_the_version_that_changed(store: Store) -> None:
    """Exchange, field, then and now."""
    meeting = await kept(store, "andrew")
    third = meeting.exchanges[2]
    changed = replace(third, record={**third.record, "state": {**third.record["state"], "trust": 0.9}})
    other = replace(
        meeting,
        exchanges=(*meeting.exchanges[:2], changed, *meeting.exchanges[3:]),
        versions=replace(meeting.versions, persona="0.0 older"),
    )
    done = await replay(other)
    assert done.exchanges == 2
    assert done.difference is not None
    assert (done.difference.exchange, done.difference.field, done.difference.kept) == (3, "state.trust", 0.9)
    assert [(name, then) for name, then, _ in done.versions] == [("persona", "0.0 older")]


async def test_a_debrief_that_comes_out_otherwise_is_a_difference(store: Store) -> None:
    """After all exchanges are the same."""
    meeting = await kept(store, "andrew")
    first = meeting.debriefs[0]
    changed = replace(first, record={**first.record, "index": 1.0})
    done = await replay(replace(meeting, debriefs=(changed, *meeting.debriefs[1:])))
    assert done.difference is not None
    assert done.difference.field == "debrief.index"


async def test_ratings_that_never_came_are_no_difference(store: Store) -> None:
    """The process was killed before them."""
    meeting = await kept(store, "andrew")
    bare = replace(meeting.exchanges[-1], record={**meeting.exchanges[-1].record, "ratings": [], "harms": []})
    done = await replay(replace(meeting, exchanges=(*meeting.exchanges[:-1], bare), debriefs=()))
    assert done.difference is None


async def test_a_meeting_of_the_first_store_can_be_replayed(store: Store) -> None:
    """It has neither state nor versions."""
    meeting = await kept(store, "andrew")
    old = replace(
        meeting,
        start=None,
        versions=Versions(),
        exchanges=tuple(replace(each, exact=None, versions=Versions()) for each in meeting.exchanges),
    )
    done = await replay(old)
    assert (done.difference, done.versions) == (None, ())


async def test_the_words_of_a_chat_model_cannot_be_called_up_again(store: Store) -> None:
    """Said before anything is tried."""
    meeting = await kept(store, "andrew")
    second = meeting.exchanges[1]
    spoken = replace(second, record={**second.record, "voice": {**second.record["voice"], "by": "openai:some"}})
    with pytest.raises(StoreError, match="openai:some"):
        await replay(replace(meeting, exchanges=(meeting.exchanges[0], spoken, *meeting.exchanges[2:])))


async def test_rating_anew_with_the_same_rubric_gives_the_same_ratings(store: Store) -> None:
    """Each message in the context it was said in."""
    await kept(store, "maggie")
    meeting = await Encounter.resume(store, "x")
    anew = await rated_anew(meeting, RuleEvaluator(meeting.rubric, meeting.codebook))
    assert [each.assessment for each in anew] == [each.assessment for each in meeting.exchanges]
