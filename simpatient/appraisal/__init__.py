"""Reading learner messages as behaviour codes; tagging what patient turns call for."""

from simpatient.appraisal.crisis import stops_play
from simpatient.appraisal.promises import promises_in
from simpatient.appraisal.reader import RuleReader, primary_of
from simpatient.appraisal.tags import tag_turn

__all__ = ["RuleReader", "primary_of", "promises_in", "stops_play", "tag_turn"]
