"""Learners that are not scripts, as a case names them."""

from simpatient.suite.learners import LEARNERS, Learner, Voiced, learner_named

VOICED = Voiced.name
"""The learner for whom a chat model speaks, in the style that the case describes."""


def learner_names() -> tuple[str, ...]:
    """Names that a case may say."""
    return (*LEARNERS, VOICED)


__all__ = ["VOICED", "Learner", "Voiced", "learner_named", "learner_names"]
