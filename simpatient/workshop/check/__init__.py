"""`simpatient check`: a colleague reads an author's files. One small file per family of diagnostics."""

from simpatient.workshop.check.colleague import Report, check
from simpatient.workshop.check.gather import Kind, Target
from simpatient.workshop.check.trial import Trial, Tried
from simpatient.workshop.check.shown import as_github, as_json, as_text, explained

__all__ = [
    "Kind", "Trial", "Tried", "Report", "Target", "as_github", "as_json", "as_text", "check", "explained",
]  # fmt: skip
