"""What an author does with a patient: rehearse it with learners that are not scripts, and look at what came of it."""

from simpatient.workshop.rehearse import Rehearsal, play
from simpatient.workshop.table import Margin, Table, rehearsed, table_of

__all__ = ["Margin", "Rehearsal", "Table", "play", "rehearsed", "table_of"]
