"""The shipped patients and a way to move them by codes alone."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from simpatient.authoring import Library
from simpatient.patient import opening_state, reckon
from simpatient.persona import Patient, load_patient, persona_ids
from simpatient.rubric import Codebook, load_codebook
from simpatient.words import Appraisal, CodedSpan, PatientState

NAMES = ("andrew", "maggie")


@pytest.fixture(scope="session")
def codebook() -> Codebook:
    return load_codebook(Library.choose())


@pytest.fixture(scope="session")
def patients(codebook: Codebook) -> dict[str, Patient]:
    library = Library.choose()
    return {name: load_patient(library, name, codebook.codes) for name in persona_ids(library)}


def read(codes: Mapping[str, int]) -> Appraisal:
    """An appraisal with these codes at these levels."""
    return Appraisal(by="script", codes=tuple(CodedSpan(code=c, level=n, quote=c) for c, n in codes.items()))


class Mover:
    """Moves one patient by codes."""

    def __init__(self, patient: Patient, codebook: Codebook) -> None:
        self.persona, self.codebook = patient.persona, codebook

    def start(self) -> PatientState:
        return opening_state(self.persona)

    def step(self, state: PatientState, codes: Mapping[str, int]) -> PatientState:
        return reckon(state, read(codes), self.persona, self.codebook).after


@pytest.fixture(scope="session")
def movers(patients: dict[str, Patient], codebook: Codebook) -> dict[str, Mover]:
    return {name: Mover(patient, codebook) for name, patient in patients.items()}
