"""The patient: what they feel, what they may say, and the embedded voice that says it."""

from simpatient.patient.disclosure import Condition, Gate, gates
from simpatient.patient.dynamics import Change, Effect, Reckoning, advance, opening_state, reckon
from simpatient.patient.feedback import Feedback, Talk
from simpatient.patient.hearing import Heard, hear
from simpatient.patient.intent import Decision, decide, next_appointment
from simpatient.patient.ledger import Moved, moved
from simpatient.patient.memory import Memory
from simpatient.patient.remember import remember
from simpatient.patient.returning import ReturningVoice
from simpatient.patient.scene import Scene
from simpatient.patient.sentences import sentences
from simpatient.patient.voice import AuthoredVoice, Spoken

__all__ = [
    "AuthoredVoice", "Change", "Condition", "Decision", "Effect", "Feedback", "Gate", "Heard", "Memory",
    "Moved", "Reckoning", "ReturningVoice", "Scene", "Spoken", "Talk", "advance", "decide", "gates", "hear", "moved",
    "next_appointment", "opening_state", "reckon", "remember", "sentences",
]  # fmt: skip
