"""One meeting, what it leaves behind, and the days until the next."""

from simpatient.encounter.between import Between, CheckIn, Choice, Question, between, questions
from simpatient.encounter.encounter import Encounter
from simpatient.encounter.message import UnusableMessage, cleaned
from simpatient.encounter.records import Debrief, Exchange, KeyMoment, NotHeard, Outcome
from simpatient.encounter.relationship import (
    LEARNER,
    KeepsRelationships,
    Met,
    NotReady,
    Relationship,
    Returns,
    Stands,
    Strain,
    after_meeting,
    at_meeting,
    due,
    plain,
)

__all__ = [
    "LEARNER", "Between", "CheckIn", "Choice", "Debrief", "Encounter", "Exchange", "KeepsRelationships", "KeyMoment", "Met",
    "NotHeard", "NotReady", "Outcome", "Question", "Relationship", "Returns", "Stands", "Strain", "UnusableMessage", "after_meeting", "at_meeting", "between",
    "cleaned", "due", "plain", "questions",
]  # fmt: skip
