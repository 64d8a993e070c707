"""What the learner tells about earlier promises, plans and partings."""

from __future__ import annotations

import pytest

from simpatient.appraisal import asks_more_time, plan_in, promises_in, refers_well, speaks_of, told_of
from simpatient.words import Context, PatientTurn, Plan, Promise, Tag

ASKED = frozenset({Tag.PROMISE_DUE})


@pytest.fixture
def due() -> tuple[Promise, ...]:
    context = Context(turn=PatientTurn(text="Will I need pills?"), exchange=7)
    return promises_in("I'll ask the clinic doctor about the tablets and tell you Tuesday.", context)


@pytest.mark.parametrize(
    "text",
    [
        "I said I'd ask the clinic doctor about the tablets, and I did: it's always a choice.",
        "I asked the doctor about tablets. She says there's a talk first.",
        "As promised, I rang the clinic doctor about the tablets.",
        "i asked the clinic doctor re tablets she said nobody is put on them straight off",
    ],
)
def test_a_promise_told_as_done_is_heard_as_done(text: str, due: tuple[Promise, ...]) -> None:
    """With its result, in several wordings."""
    told = told_of(text, due)
    assert told is not None
    assert told.done
    assert not told.not_done


@pytest.mark.parametrize(
    "text",
    [
        "I said I'd ask the doctor about the tablets and I haven't. I'm sorry.",
        "I promised you an answer about tablets and I forgot.",
        "I haven't got your answer yet, and I said I would. I'm sorry.",
        "About the tablets: I didn't ask the doctor. That's on me.",
    ],
)
def test_a_promise_owned_as_not_done_is_heard_as_not_done(text: str, due: tuple[Promise, ...]) -> None:
    """Owning is not a report of success."""
    told = told_of(text, due)
    assert told is not None
    assert told.not_done
    assert not told.done


@pytest.mark.parametrize(
    "text", ["So, how was your week?", "Hello Andrew. Sit wherever you like.", "That sounds hard."]
)
def test_talk_of_something_else_tells_nothing(text: str, due: tuple[Promise, ...]) -> None:
    """Silence about a promise is silence, also after being asked."""
    assert told_of(text, due) is None
    assert told_of(text, due, ASKED) is None


def test_a_short_answer_to_the_question_tells(due: tuple[Promise, ...]) -> None:
    """Once the patient has asked, nothing need be named."""
    yes, no, waved = (
        told_of(text, due, ASKED)
        for text in (
            "Yes, I asked. She says there's a talk first.",
            "No, I haven't done it.",
            "Oh, that. I'll get to it.",
        )
    )
    assert yes is not None
    assert yes.done
    assert no is not None
    assert no.not_done
    assert waved is not None
    assert waved.waved


def test_lateness_is_heard_beside_the_result(due: tuple[Promise, ...]) -> None:
    """Done, and late, and said so."""
    told = told_of(
        "I asked the doctor about the tablets, but only yesterday. I said Tuesday; I'm sorry it's late.", due
    )
    assert told is not None
    assert told.done
    assert told.late


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("I said Thursday and it's only Tuesday, but I can see I won't have it. Can we make it Monday?", True),
        ("I need another week for that letter. Would Monday do?", True),
        ("Looking forward to seeing you on Tuesday.", False),
        ("How have you been?", False),
    ],
)
def test_asking_for_more_time_is_told_from_a_greeting(text: str, asks: bool) -> None:
    """Renegotiating names the new time or the need for it."""
    assert asks_more_time(text) is asks


def test_a_plan_has_problems_a_goal_a_benchmark_and_a_review() -> None:
    """The closing of a worked meeting."""
    plan = plan_in(
        "So: sleep, the chest, the van, and keeping it all quiet. Which matters most? I'd suggest three weeks on sleep "
        "and the chest, then we look whether you're getting six hours. Does that fit, or would you change it?",
        1,
    )
    assert plan is not None
    assert plan.problems == ("sleep", "chest", "van", "keeping it all quiet")
    assert plan.goal == "sleep and the chest"
    assert plan.benchmark == "you're getting six hours"
    assert (plan.review, plan.review_at) == ("three weeks", 4)
    assert plan.asked


def test_a_plan_may_be_looked_at_each_time() -> None:
    """Then it is due in the next meeting."""
    plan = plan_in("You pick where we start, and we check each time whether it's any use to you.", 2)
    assert plan is not None
    assert plan.review_at == 3


@pytest.mark.parametrize(
    "text", ["You should do yoga three weeks long.", "See you next week.", "Let's see if it rains."]
)
def test_advice_goodbyes_and_weather_are_no_plan(text: str) -> None:
    """A plan has a review and something to look at or to work on."""
    assert plan_in(text, 1) is None


def test_coming_back_to_a_plan_is_told_from_other_talk() -> None:
    """By name, or by its own words."""
    plan = Plan(goal="sleep and the chest", benchmark="you're getting six hours")
    assert speaks_of("We said we'd look whether you're getting six hours. Are you?", plan)
    assert speaks_of("How is the plan we made going?", plan)
    assert not speaks_of("How was your week?", plan)


@pytest.mark.parametrize(
    ("text", "well"),
    [
        (
            "I don't think we suit each other. I've a colleague called Ruth; I can ring her with you. Would you want that?",
            True,
        ),
        (
            "I'm not the right person for this. I know somebody here who is. Only if you want, I'll introduce you.",
            True,
        ),
        ("Someone else might suit you better.", False),
        ("Maybe therapy isn't for you.", False),
        ("We suit each other well. I'll ring my colleague about the room.", False),
    ],
)
def test_an_honest_referral_names_the_misfit_and_helps_on(text: str, well: bool) -> None:
    """Two of: somebody named, a hand on the way, a choice."""
    assert refers_well(text) is well
