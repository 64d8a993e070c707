"""How the learner comes across, as far as it can be counted, and whether that changed. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from simpatient.words import Appraisal, FeedbackKind

ENOUGH = 4
"""Messages from which a habit can be told from a chance."""
MUCH = 0.74
"""Share of all words from which the learner talks much."""
LONG = 45
"""Words a message, on average, below which nobody is said to talk much."""
MANY = 1.8
"""Questions a message."""
REPEATED = 2
"""Pieces of advice, or of jargon, that make a habit."""


@dataclass(frozen=True, kw_only=True)
class Talk:
    """What can be counted of one meeting so far."""

    messages: int = 0
    learner_words: int = 0
    patient_words: int = 0
    questions: int = 0
    advice: int = 0
    jargon: int = 0

    def heard(self, message: str, reply: str, appraisal: Appraisal) -> Talk:
        """The counts with one more exchange."""
        levels = appraisal.levels()
        return replace(
            self,
            messages=self.messages + 1,
            learner_words=self.learner_words + len(message.split()),
            patient_words=self.patient_words + len(reply.split()),
            questions=self.questions + message.count("?"),
            advice=self.advice + bool(levels.get("advice_unasked") or levels.get("lecturing")),
            jargon=self.jargon + bool(levels.get("jargon")),
        )


@dataclass(frozen=True, kw_only=True)
class Feedback:
    """What the patient said of the learner, and what became of it."""

    kind: FeedbackKind
    given_at: int
    """Number of the meeting."""
    measured: float
    """The habit then: a share for talk, a count a message for the others."""
    answered: Literal["", "acted_on", "ignored"] = ""
    answered_at: int | None = None
    measured_then: float | None = None


def measure(talk: Talk, kind: FeedbackKind) -> float:
    """How much of a habit there is, as a share of words or a count a message."""
    if kind is FeedbackKind.TALKS_MUCH:
        return talk.learner_words / max(1, talk.learner_words + talk.patient_words)
    counted = {
        FeedbackKind.MANY_QUESTIONS: talk.questions,
        FeedbackKind.ADVISES: talk.advice,
        FeedbackKind.LONG_WORDS: talk.jargon,
    }[kind]
    return counted / max(1, talk.messages)


def fault(talk: Talk) -> FeedbackKind | None:
    """The habit worth a word, most telling first; None where there is none yet."""
    if talk.messages < ENOUGH:
        return None
    if talk.advice >= REPEATED:
        return FeedbackKind.ADVISES
    if talk.jargon >= REPEATED:
        return FeedbackKind.LONG_WORDS
    if measure(talk, FeedbackKind.MANY_QUESTIONS) >= MANY:
        return FeedbackKind.MANY_QUESTIONS
    wordy = talk.learner_words / talk.messages >= LONG
    return FeedbackKind.TALKS_MUCH if wordy and measure(talk, FeedbackKind.TALKS_MUCH) >= MUCH else None


def better(feedback: Feedback, talk: Talk) -> bool:
    """Whether the habit is clearly less than when it was named."""
    now = measure(talk, feedback.kind)
    if feedback.kind is FeedbackKind.TALKS_MUCH:
        return now <= feedback.measured - 0.08 or now < 0.55
    return now <= feedback.measured / 2
