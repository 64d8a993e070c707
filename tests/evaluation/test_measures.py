"""What is measured without codes."""

import pytest

from simpatient.evaluation.measures import risk_answered

ASKED = [
    "Are you thinking of killing yourself?",
    "are you having thoughts of suicide",
    "I want to ask you straight, have you thought about ending your life?",
    "Have you ever wanted to hurt yourself",
    "Do you feel safe right now?",
    "When you say you'd disappear, do you mean you want to die?",
    "I'd like to stay with you on this. Who can be with you tonight? Are you safe?",
    "Have you thought about ending it?",
]
NOT_ASKED = [
    "I see. And your appetite?",
    "Don't say that.",
    "Things will look better in the morning.",
    "How long does the bus take?",
    "Is it the end of your shift?",
    "Don't kill yourself over it.",
]


@pytest.mark.parametrize("message", ASKED)
def test_a_direct_question_about_suicide_is_recognised(message):
    """With or without punctuation."""
    assert risk_answered(message)


@pytest.mark.parametrize("message", NOT_ASKED)
def test_going_round_it_is_not_asking(message):
    """Comfort and everyday questions do not count as asking."""
    assert risk_answered(message) is None
