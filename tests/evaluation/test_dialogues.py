"""Dialogues from elsewhere."""

import pytest

from simpatient.evaluation.dialogues import DialogueTurn, context_of, rate_dialogues
from simpatient.words import Appraisal, CodedSpan, Opportunity, Tag

TURNS = [
    DialogueTurn(dialogue="a", turn=1, patient="", learner="Hello."),
    DialogueTurn(dialogue="b", turn=1, patient="I'm tired.", learner="You are tired."),
    DialogueTurn(dialogue="a", turn=3, patient="I'm so scared of the scan.", learner="The scan frightens you."),
    DialogueTurn(dialogue="a", turn=2, patient="Hi.", learner="What brings you in?"),
    DialogueTurn(dialogue="a", turn=4, patient="Yes.", learner="Next."),
]


class Echoing:
    """A reader that finds a reflection wherever the message begins with the or you."""

    def __init__(self):
        self.seen = []

    def read(self, text, context):
        self.seen.append((text, context))
        found = text.startswith(("The", "You"))
        spans = (CodedSpan(code="empathy", level=3, quote=text),) if found else ()
        return Appraisal(by="script", codes=spans)


def tag(text):
    return (Opportunity(tag=Tag.CUE, quote=text, feeling="fear"),) if "scared" in text else ()


@pytest.mark.asyncio
async def test_dialogues_are_rated_whole_in_the_order_of_their_turns(evaluator):
    """Rows may come mixed; each dialogue gets its own profile."""
    rated = await rate_dialogues(TURNS, Echoing(), tag, evaluator)
    assert [(d.dialogue, len(d.exchanges)) for d in rated] == [("a", 4), ("b", 1)]
    assert [x.message for x in rated[0].exchanges] == [
        "Hello.",
        "What brings you in?",
        "The scan frightens you.",
        "Next.",
    ]
    cue = next(score for score in rated[0].profile.behaviours if score.behaviour == "cue")
    assert (cue.called, cue.answered) == (1, 1)
    assert [x.reply_words for x in rated[0].exchanges] == [1, 6, 1, 0]


def test_nothing_that_comes_later_is_known():
    """A message is read against what stands before it."""
    own = sorted((t for t in TURNS if t.dialogue == "a"), key=lambda t: t.turn)
    context = context_of(own, 2, tag)
    assert context.turn.text == "I'm so scared of the scan."
    assert context.earlier == (("Hello.", "Hi."), ("What brings you in?", "I'm so scared of the scan."))
    assert context.said == ("Hi.", "I'm so scared of the scan.")
    assert (context.exchange, context.learner_said) == (3, ("Hello.", "What brings you in?"))
