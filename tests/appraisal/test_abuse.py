"""Plain abuse is read as the harm it is, and the patient's own account of abuse is not."""

from __future__ import annotations

import pytest

from simpatient.appraisal import RuleReader
from simpatient.authoring import Library
from simpatient.rubric import load_codebook
from simpatient.words import Context, PatientTurn

CODEBOOK = load_codebook(Library.choose())
READER = RuleReader(CODEBOOK)


def harms(learner: str, patient: str) -> dict[str, int]:
    """The harms read, with their severity."""
    read = READER.read(learner, Context(turn=PatientTurn(text=patient), exchange=3, said=(patient,)))
    return {code: level for code, level in read.levels().items() if code in CODEBOOK.harms}


@pytest.mark.parametrize(
    "learner",
    [
        "Shut up, you stupid bitch.", "You are an idiot.", "You're pathetic.", "Fuck off, you stupid cow.",
        "You worthless piece of shit, get out of my sight.", "piss off", "You moron.",
    ],
)  # fmt: skip
def test_abuse_is_a_harm_of_the_gravest_kind(learner: str) -> None:
    """Whatever the patient said before."""
    assert max(harms(learner, "I'm not sure what to say.").values(), default=0) == 3


@pytest.mark.parametrize(
    ("learner", "patient"),
    [
        ("He called you a stupid cow in front of everyone.", "He called me a stupid cow."),
        ("You feel useless next to them.", "I'm useless."),
        ("You wanted to tell him to shut up.", "I wanted him to stop."),
        ("You think you're an idiot for staying.", "I'm an idiot for staying."),
        ("Nobody's telling you to shut up here.", "He tells me to shut up."),
        ("Ha, then I must shut up.", "The last one did all the talking."),
        ("That's a piece of work. You sound fed up with the lot of them.", "They can all get lost."),
    ],
)
def test_what_the_patient_was_called_can_be_spoken_of(learner: str, patient: str) -> None:
    """A reflection of abuse is none."""
    assert not harms(learner, patient)
