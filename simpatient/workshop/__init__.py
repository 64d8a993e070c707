"""What an author does with patients, rubrics and suites: begin one, have it read by a colleague, rehearse it."""

from simpatient.workshop.rehearse import Rehearsal, play
from simpatient.workshop.table import Margin, Table, rehearsed, table_of

__all__ = ["Margin", "Rehearsal", "Table", "play", "rehearsed", "table_of"]
