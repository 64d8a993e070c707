"""What the days between two meetings do, against the worked rows of the specification (section 3.10, T8)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from simpatient.patient import reckon
from simpatient.patient.between import comes_back, credited, let_down, lied_to, rested, seated
from simpatient.persona import Patient
from simpatient.rubric import Codebook
from simpatient.words import PatientState, Rupture, RuptureCause, RuptureStyle, Stance

from .conftest import Mover, read

TOLERANCE = 0.02
"""Tighter than the 0.08 of the traces: this is plain arithmetic."""
T8 = {
    # name, promise: trust, anxiety, defensiveness, hope, openness, stance, flag
    ("andrew", "kept"): (0.69, 0.42, 0.16, 0.62, 0.62, Stance.WARMING, None),
    ("andrew", "none"): (0.65, 0.42, 0.16, 0.62, 0.60, Stance.WARMING, None),
    ("andrew", "broken"): (0.47, 0.42, 0.24, 0.54, 0.53, Stance.TESTING, RuptureCause.PROMISE),
    ("maggie", "kept"): (0.57, 0.32, 0.31, 0.51, 0.48, Stance.TESTING, None),
    ("maggie", "broken"): (0.31, 0.32, 0.38, 0.43, 0.39, Stance.TESTING, RuptureCause.PROMISE),
}


def after_skilled(mover: Mover, patient: Patient) -> PatientState:
    state = mover.start()
    for step in patient.dialogues.steps_of("skilled"):
        state = mover.step(state, step.codes)
    return state


def next_meeting(mover: Mover, patient: Patient, promise: str) -> PatientState:
    ended = after_skilled(mover, patient)
    state = rested(ended, mover.persona, checked_in=promise == "kept")
    if promise == "kept":
        state = credited(state, mover.persona, 1.0)
    if promise == "broken":
        state = let_down(state, mover.persona, 1.0, early=True)
    return seated(state, ended.stance)


@pytest.mark.parametrize(("name", "promise"), list(T8))
def test_the_second_meeting_begins_as_worked_out(
    name: str, promise: str, movers: dict[str, Mover], patients: dict[str, Patient]
) -> None:
    """Every row of T8 that is arithmetic alone: values, stance and flag."""
    state = next_meeting(movers[name], patients[name], promise)
    *values, stance, cause = T8[name, promise]
    for variable, value in zip(("trust", "anxiety", "defensiveness", "hope", "openness"), values, strict=True):
        assert state.value(variable) == pytest.approx(value, abs=TOLERANCE), variable
    assert state.stance is stance
    assert (state.rupture.cause if state.rupture else None) is cause


@pytest.mark.parametrize(
    ("codes", "expected", "stance", "flag"),
    [
        ({"repair": 3, "transparency": 2}, (0.40, 0.28, 0.24, 0.48, 0.37), Stance.WARMING, False),
        ({"warmth": 2, "open_question": 2}, (0.31, 0.32, 0.38, 0.43, 0.32), Stance.TESTING, True),
    ],
)
def test_owning_a_broken_promise_first_clears_the_flag_and_friendliness_does_not(
    codes: dict[str, int],
    expected: tuple[float, ...],
    stance: Stance,
    flag: bool,
    movers: dict[str, Mover],
    patients: dict[str, Patient],
    codebook: Codebook,
) -> None:
    """The last two rows of T8: Maggie's first exchange after the break."""
    mover = movers["maggie"]
    before = next_meeting(mover, patients["maggie"], "broken")
    after = reckon(before, read(codes), mover.persona, codebook).after
    for variable, value in zip(("trust", "anxiety", "defensiveness", "hope", "openness"), expected, strict=True):
        assert after.value(variable) == pytest.approx(value, abs=0.08), variable
    assert after.stance is stance
    assert (after.rupture is not None) is flag


def test_a_weak_promise_still_costs_when_it_is_broken(movers: dict[str, Mover], patients: dict[str, Patient]) -> None:
    """Half the weight, half the fall of trust."""
    mover = movers["maggie"]
    rest = rested(after_skilled(mover, patients["maggie"]), mover.persona, checked_in=False)
    whole = rest.trust - let_down(rest, mover.persona, 1.0, early=True).trust
    weak = rest.trust - let_down(rest, mover.persona, 0.5, early=True).trust
    assert weak == pytest.approx(whole / 2, rel=0.02)


def test_an_early_break_does_more_harm_than_a_late_one(movers: dict[str, Mover], patients: dict[str, Patient]) -> None:
    """Within the first two meetings it weighs 1.4 times."""
    mover = movers["andrew"]
    rest = rested(after_skilled(mover, patients["andrew"]), mover.persona, checked_in=False)
    early, late = (let_down(rest, mover.persona, 1.0, early=early) for early in (True, False))
    assert rest.trust - early.trust == pytest.approx(1.4 * (rest.trust - late.trust))


def test_saying_it_beforehand_costs_half_and_strains_nothing(
    movers: dict[str, Mover], patients: dict[str, Patient]
) -> None:
    """Renegotiated before it was due."""
    mover = movers["maggie"]
    rest = rested(after_skilled(mover, patients["maggie"]), mover.persona, checked_in=True)
    broken = let_down(rest, mover.persona, 1.0, early=True)
    anew = let_down(rest, mover.persona, 1.0, early=True, share=0.5, strains=False)
    assert rest.trust - anew.trust == pytest.approx((rest.trust - broken.trust) / 2)
    assert anew.rupture is None


def test_being_lied_to_is_worse_than_being_let_down(movers: dict[str, Mover], patients: dict[str, Patient]) -> None:
    """The break comes first, the lie on top of it."""
    mover = movers["maggie"]
    broken = next_meeting(mover, patients["maggie"], "broken")
    lied = lied_to(broken, mover.persona, 1.0, early=True)
    assert lied.trust < broken.trust - 0.1
    assert lied.rupture is not None


def test_an_unrepaired_rupture_hardens(movers: dict[str, Mover], patients: dict[str, Patient]) -> None:
    """Trust falls further, defensiveness is higher, the flag stays."""
    mover = movers["maggie"]
    calm = after_skilled(mover, patients["maggie"])
    strained = replace(calm, rupture=Rupture(style=RuptureStyle.CONFRONTATION, cause=RuptureCause.HARM))
    easy, hard = (rested(state, mover.persona, checked_in=False) for state in (calm, strained))
    assert hard.trust == pytest.approx(easy.trust - 0.04)
    assert hard.defensiveness == pytest.approx(easy.defensiveness + 0.06)
    assert hard.rupture is not None


def test_a_patient_under_pressure_comes_back_where_a_free_one_does_not(patients: dict[str, Patient]) -> None:
    """Maggie's job brings her at a trust at which Andrew stays away; hope alone brings nobody."""
    low = PatientState(trust=0.15, anxiety=0.5, defensiveness=0.5, hope=0.1, openness=0.1)
    assert comes_back(low, patients["maggie"].persona)
    assert not comes_back(low, patients["andrew"].persona)
    assert comes_back(replace(low, trust=0.25, hope=0.2), patients["andrew"].persona)
