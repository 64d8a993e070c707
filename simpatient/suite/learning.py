"""Learners that are not scripts, as the runner sees them."""

from simpatient.suite.learners import LEARNERS, Conversation, Learner, learner_named


def learner_names() -> tuple[str, ...]:
    """Names that a case may say."""
    return LEARNERS


__all__ = ["Conversation", "Learner", "learner_named", "learner_names"]
