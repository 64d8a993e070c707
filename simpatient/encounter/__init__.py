"""One meeting, what it leaves behind, and the days until the next."""

from simpatient.encounter.between import Between, CheckIn, Choice, Question, between, questions
from simpatient.encounter.encounter import Encounter
from simpatient.encounter.message import IdentifyingDetails, UnusableMessage, cleaned
from simpatient.encounter.models import Evaluator, Models
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
    "LEARNER", "Between", "CheckIn", "Choice", "Debrief", "Encounter", "Evaluator", "Exchange", "IdentifyingDetails",
    "KeepsRelationships", "KeyMoment", "Met", "Models", "NotHeard", "NotReady", "Outcome", "Question", "Relationship",
    "Returns", "Stands", "Strain", "UnusableMessage", "after_meeting", "at_meeting", "between", "cleaned", "due", "plain",
    "questions",
]  # fmt: skip
