"""`simpatient new`: a folder that already works, with notes that teach and a list of what is left to do."""

from simpatient.workshop.new.begin import Answers, begin_evaluator, begin_persona, begin_suite, dispositions
from simpatient.workshop.new.schemas import schema_of, schemas

__all__ = ["Answers", "begin_evaluator", "begin_persona", "begin_suite", "dispositions", "schema_of", "schemas"]
