"""The debrief: what moved the patient, what stayed unsaid, how it was left."""

from __future__ import annotations

import pytest

from simpatient.authoring import Library
from simpatient.encounter import Encounter
from simpatient.encounter.debrief import UNTOUCHED
from simpatient.persona import persona_ids
from simpatient.words import NextAppointment

WORDS = [
    "Hello Andrew, I'm Dana. Sit wherever suits you, there's no hurry.",
    "What would you like me to know before I ask anything?",
    "You should just stop worrying. Everyone gets stressed.",
    "I told you what to do before I'd listened. I'm sorry. Can we go back?",
]


async def held(messages: list[str]) -> Encounter:
    encounter = await Encounter.begin("andrew", seed=2)
    for text in messages:
        await encounter.exchange(text)
    return encounter


async def test_two_messages_are_too_few_for_one_number() -> None:
    """An index from almost nothing would be false precision."""
    assert (await (await held(WORDS[:2])).end()).profile.index is None
    assert (await (await held(WORDS)).end()).profile.index is not None


async def test_the_moments_are_in_the_order_of_the_meeting_and_say_what_they_did() -> None:
    """At most three, each with words for the change; a better line where it went wrong."""
    debrief = await (await held(WORDS)).end()
    numbers = [moment.exchange for moment in debrief.moments]
    assert numbers == sorted(numbers)
    assert len(numbers) <= 3
    assert all(moment.change and "hardly" not in moment.change for moment in debrief.moments)
    worst = min(debrief.moments, key=lambda moment: moment.trust)
    assert worst.exchange == 3
    assert worst.better


async def test_what_was_not_heard_is_a_topic_and_never_the_fact() -> None:
    """No marker of an untold fact stands in the debrief."""
    encounter = await held(WORDS)
    debrief = await encounter.end()
    told = {telling.fact for exchange in encounter.exchanges for telling in exchange.tellings}
    text = str(debrief.record()).lower()
    for fact in encounter.patient.persona.facts:
        if fact.id not in told and fact.guarded:
            assert not [marker for marker in fact.markers if marker.lower() in text]


async def test_a_patient_who_was_given_nothing_to_come_back_for_does_not_ask() -> None:
    """No plan, no promise: no next appointment on their own account."""
    debrief = await (await held(WORDS)).end()
    assert debrief.outcome.next_appointment is not NextAppointment.ASKS


async def test_the_chart_starts_before_the_first_word() -> None:
    """One point for the opening and one for each exchange."""
    debrief = await (await held(WORDS)).end()
    assert [state["exchange"] for state in debrief.states] == [0, 1, 2, 3, 4]


async def test_what_nobody_came_near_is_not_named() -> None:
    """A learner who asked about work only learns that there was more, not what it is about."""
    encounter = await Encounter.begin("andrew")
    await encounter.exchange("Hello Andrew. How is work?")
    persona, memory = encounter.patient.persona, encounter.memory
    debrief = await encounter.end()
    named = {each.topic for each in debrief.not_heard}
    for fact in persona.facts:
        near = fact.topic in memory.raised or fact.id in memory.hints or not fact.guarded
        if fact.session == 1 and not near:
            assert persona.topic(fact.topic).name not in named
            assert fact.would_open not in str(debrief.record())
    assert "Growing up" not in named
    assert UNTOUCHED in named
    assert len(set(debrief.not_heard)) == len(debrief.not_heard)


@pytest.mark.parametrize("name", persona_ids(Library.choose()))
async def test_what_would_open_a_thing_does_not_say_what_it_is(name: str) -> None:
    """No word by which the leak check knows a fact stands in what is said of opening it."""
    for fact in (await Encounter.begin(name)).patient.persona.facts:
        words = fact.would_open.lower()
        assert [marker for marker in fact.markers if marker.lower() in words] == []
