"""A message that may be about the learner waits for their word; play neither goes on nor ends by itself."""

from __future__ import annotations

import json

import pytest

from simpatient.appraisal import may_be_own, stops_play
from simpatient.authoring import Library
from simpatient.encounter import Encounter, MaybeAboutYou, UnusableMessage
from simpatient.errors import EncounterEnded
from simpatient.suite.learners import LEARNERS
from simpatient.suite.learners.phrasebook import phrasebook
from simpatient.words import Ending

UNCLEAR = "It would be quieter for everyone without me."


async def test_a_message_that_may_be_about_the_learner_waits_and_nothing_of_it_is_kept() -> None:
    """The card names the operator's helpline; the meeting stands where it stood."""
    encounter = await Encounter.begin("andrew")
    encounter.helpline = "Campus line 555"
    assert not stops_play(UNCLEAR)
    with pytest.raises(MaybeAboutYou, match="Campus line 555") as asked:
        await encounter.exchange(UNCLEAR)
    assert "quieter" not in str(asked.value)
    assert encounter.exchanges == ()
    assert encounter.ended is None


async def test_what_belongs_to_the_practice_is_heard() -> None:
    """The learner said so."""
    encounter = await Encounter.begin("andrew")
    exchange = await encounter.exchange(UNCLEAR, practice=True)
    assert exchange.learner == UNCLEAR
    assert exchange.turn.text
    assert exchange.ended is None


async def test_what_is_about_the_learner_stops_play() -> None:
    """With the same card as plainer words."""
    encounter = await Encounter.begin("andrew")
    stopped = await encounter.stop_for_care()
    assert stopped.ended is Ending.SAFETY
    assert stopped.learner == ""
    assert "Let us stop the exercise" in stopped.notice
    with pytest.raises(EncounterEnded):
        await encounter.stop_for_care()


async def test_what_was_meant_is_not_kept_where_it_may_be_about_the_learner() -> None:
    """Nobody can be asked there."""
    encounter = await Encounter.begin("andrew")
    done = await encounter.exchange("Hello.")
    with pytest.raises(UnusableMessage, match="Let us stop the exercise"):
        await encounter.contest(done.number, UNCLEAR)


def test_practice_is_seldom_asked_about() -> None:
    """Of what rehearsing learners say one in a hundred at most, and no question to the patient."""
    book = (phrasebook(kind) for kind in LEARNERS)
    lines = {phrase.text for each in book for phrases in each.phrases.values() for phrase in phrases}
    assert sum(map(may_be_own, lines)) <= len(lines) / 100
    path = Library.choose().file("suites/crisis.jsonl")
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    assert not [row["text"] for row in rows if row["kind"] == "question" and may_be_own(row["text"])]
