"""Rating: one exchange by a rubric, a whole meeting rolled up, what the debrief says of it."""

from simpatient.evaluation.agent import EvaluatorAgent
from simpatient.evaluation.feedback import Summary, summary
from simpatient.evaluation.profile import MeetingEvents, Profile, RatedExchange
from simpatient.evaluation.rollup import roll_up
from simpatient.evaluation.rules import RuleEvaluator

__all__ = [
    "EvaluatorAgent",
    "MeetingEvents",
    "Profile",
    "RatedExchange",
    "RuleEvaluator",
    "Summary",
    "roll_up",
    "summary",
]
