"""One meeting, what it leaves behind, and the days until the next."""

from simpatient.encounter.asked import Mode, as_asked
from simpatient.encounter.asking import Agreed, AskFirst, IdentifyingDetails, MaybeAboutYou
from simpatient.encounter.between import Between, CheckIn, Choice, Question, between, questions
from simpatient.encounter.branches import Branch, Comparison, compared
from simpatient.encounter.cast import Cast, Evaluator
from simpatient.encounter.encounter import Encounter
from simpatient.encounter.kept import opening_of
from simpatient.encounter.message import UnusableMessage, cleaned
from simpatient.encounter.records import Debrief, Exchange, KeyMoment, NotHeard, Outcome
from simpatient.encounter.relationship import (
    LEARNER,
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
from simpatient.encounter.standings import Bond, Place, Standings, place_of

__all__ = [
    "LEARNER", "Agreed", "AskFirst", "Between", "Bond", "Branch", "Cast", "CheckIn", "Choice", "Comparison", "Debrief", "Encounter", "Evaluator",
    "Exchange", "IdentifyingDetails", "KeyMoment", "MaybeAboutYou", "Met", "Mode", "NotHeard", "NotReady", "Outcome", "Place", "Question",
    "Relationship", "Returns", "Standings", "Stands", "Strain", "UnusableMessage", "after_meeting", "as_asked", "at_meeting", "between",
    "cleaned", "compared", "due", "opening_of", "place_of", "plain", "questions",
]  # fmt: skip
