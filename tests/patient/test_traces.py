"""The worked dialogues of every shipped patient move the state as their authors wrote down."""

from __future__ import annotations

import pytest

from simpatient.patient import reckon
from simpatient.persona import Patient, Step
from simpatient.rubric import Codebook
from simpatient.words import VARIABLES, PatientState, Stance

from .conftest import NAMES, Mover, read

TOLERANCE = 0.08
"""How far a value may lie from the trace (clinical section 3.10)."""


def sign_of(change: float) -> str:
    """`++` from 0.05, `+` from 0.01, `=` below, likewise downwards."""
    size = "" if abs(change) < 0.01 else ("+" if change > 0 else "-") * (2 if abs(change) >= 0.05 else 1)
    return size or "="


def agrees(expected: str, change: float, slack: float = 0.005) -> bool:
    """Whether the sign is the expected one, or `=` stands for a single `+` or `-`."""
    signs = {sign_of(change), sign_of(change + slack), sign_of(change - slack)}
    return expected in signs or (expected in ("+", "-") and "=" in signs) or (expected == "=" and signs & {"+", "-"})


def check_step(step: Step, before: PatientState, after: PatientState, where: str) -> None:
    for variable in VARIABLES:
        expected = step.expect.sign_and_value(variable)
        if expected is None:
            continue
        sign, value = expected
        change = after.value(variable) - before.value(variable)
        assert agrees(sign, change), f"{where}: {variable} moved {change:+.3f}, expected {sign}"
        assert after.value(variable) == pytest.approx(value, abs=TOLERANCE), f"{where}: {variable}"
    if step.expect.exit_pressure is not None:
        assert after.exit_pressure == pytest.approx(step.expect.exit_pressure, abs=0.01), where
    if step.expect.rupture is not None:
        assert (after.rupture is not None) == step.expect.rupture, where
    if step.expect.stance is not None:
        assert after.stance.word == step.expect.stance, where


@pytest.mark.parametrize("name", NAMES)
def test_worked_dialogues_move_the_patient_as_written(
    name: str, patients: dict[str, Patient], codebook: Codebook
) -> None:
    """Every step of T1 to T7: signs, values, exit pressure, rupture, stance; and the stance at the end."""
    patient = patients[name]
    for dialogue in patient.dialogues.dialogues:
        state = Mover(patient, codebook).start()
        for number, step in enumerate(patient.dialogues.steps_of(dialogue.id), 1):
            before = state
            state = reckon(state, read(step.codes), patient.persona, codebook).after
            check_step(step, before, state, f"{name} {dialogue.id} exchange {number}")
        assert state.stance.word == dialogue.ends, f"{name} {dialogue.id}"


def test_start_values_are_those_of_the_specification(movers: dict[str, Mover]) -> None:
    """Openness is computed: .21 for Andrew, .02 for Maggie."""
    assert movers["andrew"].start().openness == pytest.approx(0.21, abs=0.005)
    assert movers["maggie"].start().openness == pytest.approx(0.02, abs=0.005)


def test_equal_skill_gets_andrew_further_than_maggie(patients: dict[str, Patient], movers: dict[str, Mover]) -> None:
    """Andrew ends open, Maggie warming; their skilled meetings are of one length."""
    ends = {}
    for name in NAMES:
        state = movers[name].start()
        for step in patients[name].dialogues.steps_of("skilled"):
            state = movers[name].step(state, step.codes)
        ends[name] = state.stance
    assert ends == {"andrew": Stance.OPEN, "maggie": Stance.WARMING}
