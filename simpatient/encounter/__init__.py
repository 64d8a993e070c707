"""One meeting: the way of a learner message, and what the meeting leaves behind."""

from simpatient.encounter.branches import Branch, Comparison, compared
from simpatient.encounter.cast import Cast, Evaluator
from simpatient.encounter.encounter import Encounter, as_asked
from simpatient.encounter.message import IdentifyingDetails, UnusableMessage, cleaned
from simpatient.encounter.records import Debrief, Exchange, KeyMoment, NotHeard, Outcome

__all__ = [
    "Branch",
    "Cast",
    "Comparison",
    "Debrief",
    "Encounter",
    "Evaluator",
    "Exchange",
    "IdentifyingDetails",
    "KeyMoment",
    "NotHeard",
    "Outcome",
    "UnusableMessage",
    "as_asked",
    "cleaned",
    "compared",
]
