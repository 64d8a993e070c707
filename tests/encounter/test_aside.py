"""A meeting set aside at an earlier exchange, and what the learner says they meant."""

from __future__ import annotations

from pathlib import Path

import pytest

from simpatient.encounter import Encounter, UnusableMessage
from simpatient.encounter.replay import replay
from simpatient.store import Store, pages
from simpatient.words import Ending

TALK = (
    "Hello, you're in the right place. I'm glad you came.",
    "What has it been like lately?",
    "Cheer up, everyone gets tired.",
)


async def held(store: Store | None = None) -> Encounter:
    """A meeting of three exchanges that is over."""
    encounter = await Encounter.begin("andrew", seed=3, store=store, encounter_id="one")
    for text in TALK:
        await encounter.exchange(text)
    await encounter.end()
    return encounter


async def test_what_is_said_aside_never_reaches_the_meeting() -> None:
    encounter = await held()
    before, record = encounter.exchanges, encounter.debrief().record()

    aside = encounter.aside(2)
    await aside.exchange("You must be worn out, and you came anyway.")
    await aside.exchange("What is the worst of it?")
    await aside.end()

    assert encounter.exchanges == before
    assert encounter.debrief().record() == record
    assert encounter.ended is Ending.STOPPED
    assert aside.exchanges[0].learner == TALK[0]


async def test_the_same_words_aside_get_the_same_answer() -> None:
    encounter = await held()

    for number, text in enumerate(TALK, 1):
        again = await encounter.aside(number).exchange(text)
        first = encounter.exchanges[number - 1]
        assert (again.turn, again.after, again.appraisal) == (first.turn, first.after, first.appraisal)


async def test_there_is_no_standing_before_an_exchange_that_was_not() -> None:
    with pytest.raises(KeyError):
        (await held()).aside(4)


async def test_what_was_meant_is_kept_and_comes_back_and_no_value_moves(tmp_path: Path) -> None:
    store = await Store.open(f"sqlite:///{tmp_path / 'kept.sqlite3'}")
    encounter = await held(store)
    before = encounter.debrief().record()

    await encounter.contest(3, "I meant it as comfort.")
    await encounter.contest(3, "I meant it as comfort.")

    back = await Encounter.resume(store, "one")
    kept = await store.meeting("one")
    await store.close()
    assert back.exchanges[2].meant == ("I meant it as comfort.",)
    assert kept.exchanges[2].record["meant"] == ["I meant it as comfort."]
    assert encounter.debrief().record() == back.debrief().record() == before
    assert (await replay(kept)).difference is None
    assert "I meant it as comfort." in pages.html(kept)
    assert "I meant it as comfort." in pages.markdown(kept)


async def test_words_of_somebody_in_trouble_are_answered_and_not_kept() -> None:
    encounter = await held()

    with pytest.raises(UnusableMessage, match="talk to somebody now"):
        await encounter.contest(3, "I can't go on. I want to kill myself.")

    assert encounter.exchanges[2].meant == ()
