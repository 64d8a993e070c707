"""What codebook and rubric files mean."""

from simpatient.rubric.codebook import Code, Codebook, Example
from simpatient.rubric.load import load_codebook, load_instructions, load_rubric
from simpatient.rubric.rubric import Behaviour, Rubric

__all__ = ["Behaviour", "Code", "Codebook", "Example", "Rubric", "load_codebook", "load_instructions", "load_rubric"]
