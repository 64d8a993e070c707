"""What the files of one patient mean."""

from simpatient.persona.dialogues import Dialogue, Dialogues, Step
from simpatient.persona.lines import Line, Lines
from simpatient.persona.load import Patient, load_patient, persona_ids
from simpatient.persona.schema import Fact, LifeFact, Persona, Thing, Topic

__all__ = [
    "Dialogue", "Dialogues", "Fact", "LifeFact", "Line", "Lines", "Patient", "Persona", "Step", "Thing",
    "Topic", "load_patient", "persona_ids",
]  # fmt: skip
