"""What the files of one patient mean."""

from simpatient.persona.dialogues import Dialogue, Dialogues, Step
from simpatient.persona.followups import FollowUp, FollowUps
from simpatient.persona.lines import Line, Lines
from simpatient.persona.load import Patient, PatientFiles, load_patient, persona_ids, read_files
from simpatient.persona.questions import Questions
from simpatient.persona.returning import Returning, ReturningLine
from simpatient.persona.schema import BetweenEvent, Fact, LifeFact, LikelyPromise, Persona, Thing, Topic

__all__ = [
    "BetweenEvent", "Dialogue", "Dialogues", "Fact", "FollowUp", "FollowUps", "LifeFact", "LikelyPromise", "Line", "Lines", "Patient", "PatientFiles", "Persona",
    "Questions", "Returning", "ReturningLine", "Step", "Thing", "Topic", "load_patient", "persona_ids",
    "read_files",
]  # fmt: skip
