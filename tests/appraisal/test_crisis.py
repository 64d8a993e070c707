"""When play stops because the learner writes as themselves."""

from __future__ import annotations

import json

import pytest

from simpatient.appraisal import may_be_own, stops_play
from simpatient.authoring import Library
from simpatient.suite.learners import LEARNERS
from simpatient.suite.learners.phrasebook import phrasebook


@pytest.mark.parametrize(
    "text",
    [
        "I want to kill myself.",
        "this isnt the role play, i dont want to be alive",
        "I'm going to hurt myself when I get home.",
    ],
)
def test_a_learners_own_wish_to_die_stops_play(text: str) -> None:
    """A person comes before the exercise."""
    assert stops_play(text)


@pytest.mark.parametrize(
    "text",
    [
        "Are you thinking of killing yourself?",
        "When you say you want to disappear, do you mean die?",
        "You said you wanted to die after he left.",
        "My feet are killing me.",
        "I'm dying to know how it went.",
        "Many people who feel like this think about suicide.",
        "I wouldn't want to be here either if somebody had put my name on a form.",
        "Sorry, I meant hobbies, not where you live!",
        "I asked how you spend the day, not who you live with.",
        "I'm new at this and I still take things to heart.",
        "I don't think I've ever read the back of a packet properly in my life, I just eat what's in it. What made you go into that?",
    ],
)
def test_questions_reflections_and_figures_of_speech_do_not(text: str) -> None:
    """Good care about the patient's life must never be interrupted."""
    assert not stops_play(text)


def test_most_of_the_shipped_crisis_texts_are_told_right() -> None:
    """At least 95 in 100 of a learner's own crises stop play, and no question to the patient does."""
    path = Library.choose().file("suites/crisis.jsonl")
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    own = [row for row in rows if row["stop"]]
    assert sum(stops_play(row["text"]) for row in own) >= 0.95 * len(own)
    assert not [row["text"] for row in rows if row["kind"] == "question" and stops_play(row["text"])]


def test_nothing_that_a_rehearsing_learner_says_stops_play() -> None:
    """Hundreds of lines of plain practice, kind and unkind: a meeting must not end because somebody leaves room."""
    book = (phrasebook(kind) for kind in LEARNERS)
    lines = {phrase.text for each in book for phrases in each.phrases.values() for phrase in phrases}
    assert len(lines) > 300
    assert not [line for line in lines if stops_play(line)]


@pytest.mark.parametrize(
    "text",
    [
        "I'm sitting in my car and I want to die.",
        "I'm on the phone to nobody, I'm going to kill myself tonight.",
        "The screen is all I have. I want to die.",
        "I want to kill myself lol",
        "My phone is dying and I want to kill myself.",
        "I am in my car about to die.",
        "You see, I want to die.",
        "You saw me smile but I want to die.",
        "You said you want to die and to be honest I want to die as well.",
        'You said "fine". I just want it to be over.',
    ],
)
def test_a_thing_beside_it_makes_a_crisis_no_figure_of_speech(text: str) -> None:
    """Phones die; people who write from their car may too."""
    assert stops_play(text) or may_be_own(text)


@pytest.mark.parametrize(
    "text",
    [
        "My phone is about to die, can I ring you back?",
        "Your plants are nearly dead.",
        "That is longer than I have been alive.",
        "You're not giving me much here, I'm dying on my arse.",
        "I want it. Please, say more.",
    ],
)
def test_what_runs_down_is_nobody_in_danger(text: str) -> None:
    """Neither stopped nor asked about."""
    assert not stops_play(text)
    assert not may_be_own(text)
