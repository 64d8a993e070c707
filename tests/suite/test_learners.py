"""Learners that are not scripts: they see what a person sees, repeat themselves never, and answer what was said."""

from __future__ import annotations

import ast
import dataclasses
import typing
from collections.abc import Iterator
from dataclasses import replace
from enum import Enum
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simpatient.encounter import Encounter
from simpatient.errors import ConfigurationError
from simpatient.llm import ScriptedModel
from simpatient.suite.learners import (
    LEARNERS,
    Brief,
    Conversation,
    Heard,
    Passed,
    Undertaken,
    Voiced,
    learner_named,
)
from simpatient.suite.learners.noticing import noticed, turned
from simpatient.suite.learners.phrasebook import matters, matters_in, phrasebook
from simpatient.suite.load import Shelf
from simpatient.suite.visible import conversation_of
from simpatient.words import Channel

SHELF = Shelf()
BRIEF = Brief(
    name="Rosa",
    setting="Bay 4 of a surgical ward",
    role="Student nurse",
    known="Rosa is 61. Her hip was done on Monday.",
)
TURNS = [
    "It's the nights. I lie there and my leg throbs, and nobody comes when I ring the bell.",
    "My daughter says I should be grateful. I am grateful. I just can't sleep.",
    "Fine.",
    "Who reads what you write down?",
    "They told me nothing. I hear it from the cleaner.",
    "I'm frightened it won't heal, and then who'd have the children?",
    "You keep asking me things and you don't listen.",
    "I don't know. Whatever you think.",
    "Is it normal that it's hot?",
    "My husband died on this ward, two years ago. I've not said that to anyone here.",
    "I walked to the window and back this morning.",
    "What happens now?",
]  # fmt: skip


def leaves(kind: object) -> Iterator[object]:
    """The plain types of which a type is made."""
    arguments = typing.get_args(kind)
    if arguments:
        for each in arguments:
            yield from leaves(each)
    elif dataclasses.is_dataclass(kind):
        for hint in typing.get_type_hints(kind).values():
            yield from leaves(hint)
    else:
        yield kind


def after(*turns: str, said: str = "I see.", brief: Brief = BRIEF, time: int | None = None) -> Conversation:
    """A conversation in which the patient has said these things."""
    first, *rest = turns
    passed = tuple(Passed(learner=f"{said} {n}", reply=Heard(text=text)) for n, text in enumerate(rest))
    return Conversation(brief=brief, opening=Heard(text=first), exchanges=passed, time=time)


async def held(kind: str, turns: list[str], seed: int = 1, brief: Brief = BRIEF) -> list[str]:
    """What a learner says to somebody who says these things, whatever the answer."""
    talk = Conversation(brief=brief, opening=Heard(text=turns[0]), time=len(turns))
    said: list[str] = []
    for text in [*turns[1:], "Right."]:
        message = await learner_named(kind, seed).say(talk)
        assert message is not None
        said.append(message)
        talk = replace(talk, exchanges=(*talk.exchanges, Passed(learner=message, reply=Heard(text=text))))
    assert await learner_named(kind, seed).say(talk) is None
    return said


def test_a_conversation_is_made_of_words_and_numbers_alone() -> None:
    """No persona, fact, state or code can travel in it."""
    plain = {str, int, bool, type(None), Ellipsis}
    assert {kind for kind in leaves(Conversation) if kind not in plain and not issubclass(kind, Enum)} == set()
    assert {kind for kind in leaves(Conversation) if isinstance(kind, type) and issubclass(kind, Enum)} == {Channel}


def test_the_room_of_the_learners_knows_no_patient_and_no_meeting() -> None:
    """What they are made of imports nothing that holds a secret."""
    room = Path(learner_named.__code__.co_filename).parent
    named: set[str] = set()
    for path in room.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom):
                named.add(node.module or "")
            elif isinstance(node, ast.Import):
                named |= {each.name for each in node.names}
    shut = (
        "simpatient.persona",
        "simpatient.patient",
        "simpatient.encounter",
        "simpatient.store",
        "simpatient.evaluation",
    )
    assert not [name for name in named if name.startswith(shut)]


async def test_no_secret_of_the_patient_is_in_what_a_learner_sees() -> None:
    """Facts replaced by canaries: none sings."""
    patient = SHELF.patient("andrew")
    facts = tuple(
        fact.model_copy(update={"hint": ("canary hint",), "partial": ("canary part",), "full": ("canary whole",)})
        for fact in patient.persona.facts
    )
    story = patient.persona.story.model_copy(update={"presenting": "canary story", "why_now": "canary reason"})
    changed = replace(patient, persona=patient.persona.model_copy(update={"facts": facts, "story": story}))
    encounter = Encounter(patient=changed, codebook=SHELF.codebook, rubric=SHELF.rubric("rapport"))
    await encounter.exchange("Hello Andrew.")
    seen = repr(conversation_of(encounter, 12))
    assert "canary" not in seen
    assert not [fact.id for fact in facts if fact.id in seen]
    assert str(encounter.state.trust) not in seen


@pytest.mark.parametrize("kind", LEARNERS)
async def test_the_same_conversation_gives_the_same_words_and_another_seed_gives_others(kind: str) -> None:
    """Deterministic, and not one script."""
    assert await held(kind, TURNS) == await held(kind, TURNS)
    assert len({tuple(await held(kind, TURNS, seed)) for seed in range(1, 5)}) == 4


@pytest.mark.parametrize("kind", LEARNERS)
async def test_nobody_says_a_message_twice(kind: str) -> None:
    """Not in a dozen exchanges."""
    said = await held(kind, TURNS)
    assert len(set(said)) == len(said)


async def test_forty_messages_of_the_skilled_learner_hold_no_sentence_twice() -> None:
    """Short ones such as "Take your time." aside."""
    said = await held("skilled", (TURNS * 4)[:40])
    sentences = [part for text in said for part in text.replace("?", ".").split(". ") if len(part.split()) > 4]
    assert len(set(sentences)) == len(sentences)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.text(max_size=300), min_size=1, max_size=4), st.sampled_from(LEARNERS), st.sampled_from(list(Channel))
)
async def test_whatever_the_patient_says_there_is_an_answer_without_open_places(
    texts: list[str], kind: str, channel: Channel
) -> None:
    """Empty, endless, odd: a learner never fails, and no brace is left."""
    message = await learner_named(kind, 3).say(after(*texts, brief=replace(BRIEF, channel=channel)))
    assert message is None or (
        message.strip() and not any(f"{{{name}}}" in message for name in ("quote", "clause", "thing"))
    )


async def test_the_skilled_learner_says_early_who_hears_what_with_the_exceptions() -> None:
    """Within the first four messages, and without being asked."""
    early = " ".join((await held("skilled", [turn for turn in TURNS if "?" not in turn]))[:4]).lower()
    assert "danger" in early
    assert "looking after you here" in early, "on a ward it is the team that hears it"


@pytest.mark.parametrize(
    ("turn", "words"),
    [
        ("Who reads what you write down?", ("danger",)),
        ("Is it normal that it's hot?", ("don't know", "not sure", "can't answer", "don't have that answer", "truthful answer")),
        ("You keep asking me things and you don't listen.", ("sorry",)),
        ("I don't see the point of being here. I wish I was dead.", ("suicide", "killing yourself", "ending your life", "not being alive")),
        ("Can you ask the doctor about the tablets?", ("i'll", "i can")),
    ],
)  # fmt: skip
@pytest.mark.parametrize("seed", [1, 2, 3])
async def test_the_skilled_learner_answers_what_was_asked(turn: str, words: tuple[str, ...], seed: int) -> None:
    """Privacy with its limits, an honest don't know, an apology, a straight question about risk, a promise."""
    message = await learner_named("skilled", seed).say(
        after("Hello.", "I'm here, then.", "It's been a long week.", turn)
    )
    assert message is not None
    assert any(word in message.lower() for word in words), message


async def test_what_was_said_comes_back_in_other_words() -> None:
    """Somebody's nights are met as nights, and their loss as a loss."""
    taken_up = 0
    for seed in range(1, 11):
        message = await learner_named("skilled", seed).say(
            after("Hello.", "Yes.", "I don't sleep. I lie awake at night and listen to the clock.", said="What I say is private, short of danger.")
        )  # fmt: skip
        taken_up += any(
            word in (message or "").lower()
            for word in ("night", "sleep", "awake", "lying", "clock", "worn", "exhaust", "wear", "drain")
        )
    assert taken_up >= 8


async def test_a_plan_is_proposed_and_asked_about_before_the_end() -> None:
    """In the last message but one; the last one parts."""
    said = await held("skilled", [turn for turn in TURNS if "listen" not in turn])
    assert "weeks" in said[-2] or "meetings" in said[-2] or "three times" in said[-2]
    assert "?" in said[-2]
    assert "week" in said[-1] or "time" in said[-1]


async def test_a_promise_not_kept_is_owned_before_anything_else() -> None:
    """And a kept one is told with what came of it."""
    again = replace(after("Hello again."), meeting=2)
    owed = replace(again, promises=(Undertaken(quote="I'll ask about the tablets", due="Tuesday", done=False),))
    told = replace(
        again, promises=(Undertaken(quote="I'll ask about the tablets", done=True, result="Take them with food."),)
    )
    message = await learner_named("skilled").say(owed)
    assert message is not None
    assert "ask about the tablets" in message
    assert "sorry" in message.lower()
    message = await learner_named("skilled").say(told)
    assert message is not None
    assert "Take them with food." in message


@pytest.mark.parametrize("channel", [Channel.PHONE, Channel.TEXT])
async def test_nobody_is_offered_a_chair_who_is_not_in_the_room(channel: Channel) -> None:
    """On the phone one asks whether one can be overheard; in a chat there is no hurry with typing."""
    for seed in range(1, 9):
        message = await learner_named("skilled", seed).say(after("Hello.", brief=replace(BRIEF, channel=channel)))
        assert message is not None
        assert not any(word in message.lower() for word in ("sit ", "seat", "water", "tea "))


def test_words_are_turned_round_as_a_listener_returns_them() -> None:
    """I becomes you, and so does what goes with it."""
    assert turned("I was at work and my chest went tight") == "you were at work and your chest went tight"
    assert turned("I'm worn out") == "you're worn out"
    assert turned("Nobody tells me anything") == "nobody tells you anything"


def test_what_weighs_most_is_noticed_and_talk_about_the_talk_is_not() -> None:
    """People answer first, and tell after."""
    seen = noticed(
        "Yes, I heard that. My chest goes tight at night, and I've told nobody. Josh, even Josh's mum, thinks I'm fine."
    )
    assert any("chest goes tight" in clause for clause in seen.clauses)
    assert "Josh" in seen.people
    assert not noticed("I heard that. That's a good question.").clauses
    assert noticed("If you say so.").gives_up
    assert noticed("Wow.", "flat stare").sore


@pytest.mark.parametrize("kind", LEARNERS)
def test_every_phrase_can_be_told_from_every_other_and_has_known_places(kind: str) -> None:
    """By its longest stretch a phrase is known again, so that it is not said twice."""
    places = {
        "name", "me", "team", "day", "clause", "quote", "thing", "person", "felt", "feeling", "matter", "first", "second",
        "old", "who", "known", "promise", "result",
    }  # fmt: skip
    phrases = [phrase for listed in phrasebook(kind).phrases.values() for phrase in listed]
    assert not {place for phrase in phrases for place in phrase.places} - places
    marks = [phrase.mark for phrase in phrases if len(phrase.mark) >= 6]
    assert len(marks) == len(set(marks)), sorted(mark for mark in marks if marks.count(mark) > 1)


def test_every_matter_is_found_by_its_own_words() -> None:
    """The first word of each finds it."""
    for matter in matters():
        word = matter.words[0].rstrip("*")
        assert matter in matters_in(f"It's {word}."), matter.id


def test_an_unknown_learner_is_refused_with_the_ones_there_are() -> None:
    """In words."""
    with pytest.raises(ConfigurationError, match="skilled, novice, cold, pushy, stuffing"):
        learner_named("brilliant")


async def test_a_chat_model_speaks_for_a_learner_and_is_told_what_can_be_seen() -> None:
    """Briefing, style and the words of both; GOODBYE ends it."""
    model = ScriptedModel(["Learner: What are the nights like?", "GOODBYE"])
    learner = Voiced(model, "blunt, in short sentences")
    assert await learner.say(after("Hello.", "I don't sleep.", time=9)) == "What are the nights like?"
    request = model.asked[0]
    told = "\n".join(message.text for message in request.messages)
    assert "blunt, in short sentences" in told
    assert "I don't sleep." in told
    assert "Student nurse" in told
    assert "8 messages left" in told
    assert await learner.say(after("Hello.", "Bye.")) is None
