"""Reading learner messages as behaviour codes; tagging what patient turns call for."""

from simpatient.appraisal.crisis import may_be_own, stops_play
from simpatient.appraisal.offtask import to_patient
from simpatient.appraisal.outcomes import Told, asks_more_time, told_of
from simpatient.appraisal.parting import refers_well
from simpatient.appraisal.plans import joined, plan_in, speaks_of
from simpatient.appraisal.promises import in_full, promises_in
from simpatient.appraisal.reader import RuleReader, primary_of
from simpatient.appraisal.tags import tag_turn

__all__ = [
    "RuleReader", "Told", "asks_more_time", "in_full", "joined", "may_be_own", "plan_in", "primary_of", "promises_in", "refers_well", "speaks_of",
    "stops_play", "tag_turn", "to_patient", "told_of",
]  # fmt: skip
