"""What a patient turn calls for."""

from __future__ import annotations

import pytest

from simpatient.appraisal import tag_turn
from simpatient.words import Tag

from .turns import FELT, FELT_ANEW, NOT_FELT, NOT_FELT_ANEW


@pytest.mark.parametrize(
    ("turn", "tag"),
    [
        ("Is this written down somewhere?", Tag.QUESTION_PRIVACY),
        ("I'm not sure how this works.", Tag.QUESTION_PROCESS),
        ("Does this stuff even work?", Tag.QUESTION_FACT),
        ("It's my own stupid fault.", Tag.SELF_CRITICISM),
        ("Therapy's for weak men.", Tag.STIGMA_FEAR),
        ("I've done this before and it was useless.", Tag.PUSHBACK),
        ("You opened with 'not by choice'.", Tag.COMPLAINT),
        ("Are you taking the piss?", Tag.ATTACK),
        ("I managed two days without one.", Tag.EFFORT),
        ("I slipped again on Friday.", Tag.SETBACK),
        ("I don't really know what that means.", Tag.CONFUSION),
        ("Can you ring my daughter?", Tag.REQUEST),
        ("Some days I just want to disappear.", Tag.RISK_CUE),
        ("If I lose this job I'm done.", Tag.CONCERN),
        ("I sit outside work and can't get out. Nobody knows.", Tag.CUE),
        ("Same time next week?", Tag.CLOSING),
    ],
)
def test_a_turn_carries_the_tag_that_its_words_call_for(turn: str, tag: Tag) -> None:
    """One plain example of each opportunity."""
    found = {opportunity.tag: opportunity for opportunity in tag_turn(turn)}
    assert tag in found
    assert found[tag].quote in turn


def test_twelve_words_about_oneself_are_an_account() -> None:
    """Enough was told to be given back."""
    turn = "I start at six and my bus goes at five so I am up at four."
    assert Tag.ACCOUNT in {opportunity.tag for opportunity in tag_turn(turn)}


def test_a_bare_yes_calls_for_nothing() -> None:
    """Small answers are no opportunities."""
    assert tag_turn("Yeah.") == ()


def test_tears_are_a_cue_without_words() -> None:
    """What is shown counts like what is said."""
    assert Tag.CUE in {opportunity.tag for opportunity in tag_turn("Fine.", nonverbal="tears in his eyes")}


FELT_TAGS = frozenset({Tag.CUE, Tag.CONCERN, Tag.SELF_CRITICISM, Tag.RISK_CUE})
"""What calls for an answer to a feeling."""


def felt(turn: str) -> bool:
    """Whether an answer to a feeling is required."""
    return any(each.tag in FELT_TAGS and each.strength > 1 for each in tag_turn(turn))


@pytest.mark.parametrize("turn", FELT)
def test_a_feeling_of_the_patients_calls_for_an_answer(turn: str) -> None:
    """Named, shown in what they do, or a worry."""
    assert felt(turn)


@pytest.mark.parametrize("turn", NOT_FELT)
def test_a_word_of_feeling_that_nobody_feels_calls_for_none(turn: str) -> None:
    """Ways down and things that stick, how others are, and how a thing lies."""
    assert not felt(turn)


def test_turns_that_the_rules_were_not_made_with_are_mostly_told_apart() -> None:
    """Measured, not tuned: of feelings four in five are seen, of the others at most one in ten is taken for one."""
    assert sum(map(felt, FELT_ANEW)) >= 0.8 * len(FELT_ANEW)
    assert sum(map(felt, NOT_FELT_ANEW)) <= 0.1 * len(NOT_FELT_ANEW)
