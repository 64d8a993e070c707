"""What a learner undertakes."""

from __future__ import annotations

import pytest

from simpatient.appraisal import promises_in
from simpatient.words import Context, PatientTurn, PromiseKind

ASKED = Context(turn=PatientTurn(text="Is it the tablets making me dizzy?"), exchange=3)


def test_who_what_when_and_how_make_a_specific_promise() -> None:
    """A promise that can be kept and checked."""
    (promise,) = promises_in("I'll ask the pharmacist about the dizziness and tell you before 4 today.", ASKED)
    assert promise.kind is PromiseKind.FIND_OUT
    assert promise.specific == 2
    assert promise.in_power == "yes"
    assert promise.due == "end"
    assert promise.weight == 1.0


def test_a_weak_form_enters_at_half_weight() -> None:
    """Vague words still count when they are broken."""
    (promise,) = promises_in("I'll look into it.", ASKED)
    assert promise.weight == 0.5
    assert promise.specific == 0


def test_the_day_that_was_named_is_the_due_day() -> None:
    """Days are kept in the learner's words."""
    (promise,) = promises_in("I'll read the letter and tell you Thursday what I can share.", ASKED)
    assert promise.due == "Thursday"


@pytest.mark.parametrize(
    "text",
    [
        "I promise you, six sessions and your boss will be eating out of your hand.",
        "I'll make him apologise.",
        "Will you ring me on Thursday?",
        "You'll feel better tomorrow.",
        "I'll be honest, I don't know.",
        "I won't push you.",
    ],
)
def test_cures_questions_and_manners_are_no_promises(text: str) -> None:
    """Only one's own acts, undertaken plainly, are promises."""
    assert promises_in(text, ASKED) == ()


def test_the_quote_stands_in_the_message() -> None:
    """Every promise can be shown in the learner's own words."""
    text = "OK. I'll bring the leaflet on Friday. How's the hip?"
    assert all(promise.quote in text for promise in promises_in(text, ASKED))
