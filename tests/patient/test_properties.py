"""What holds for every patient and every tuning (clinical section 3.11), on random meetings."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simpatient.authoring import Library
from simpatient.patient import gates, opening_state, reckon
from simpatient.patient.dynamics import LEAVES_AT, WARNS_AT
from simpatient.patient.memory import Memory
from simpatient.persona import load_patient
from simpatient.rubric import load_codebook
from simpatient.words import PatientState, Rendering, Stance

from .conftest import NAMES, Mover, read

CODEBOOK = load_codebook(Library.choose())
WEIGHED = [code for code, entry in CODEBOOK.codes.items() if entry.weight is not None]
HELPS = [code for code in WEIGHED if CODEBOOK.codes[code].kind == "help"]
HARMS = [code for code in WEIGHED if CODEBOOK.codes[code].kind == "harm"]
PATIENTS = {name: load_patient(Library.choose(), name, CODEBOOK.codes) for name in NAMES}

names = st.sampled_from(NAMES)
messages = st.dictionaries(st.sampled_from(WEIGHED), st.integers(1, 3), max_size=5)
meetings = st.lists(messages, max_size=12)


def mover(name: str) -> Mover:
    return Mover(PATIENTS[name], CODEBOOK)


def state_after(name: str, meeting: list[dict[str, int]]) -> PatientState:
    one = mover(name)
    state = one.start()
    for codes in meeting:
        state = one.step(state, codes)
    return state


@given(names, meetings)
def test_a_neutral_message_moves_nothing_but_the_way_home(name: str, meeting: list[dict[str, int]]) -> None:
    """Item 1: trust and hope stay, anxiety and defensiveness drift by at most .025."""
    before = state_after(name, meeting)
    after = mover(name).step(before, {})
    assert after.trust == before.trust
    assert after.hope == before.hope
    assert abs(after.anxiety - before.anxiety) <= 0.025
    assert abs(after.defensiveness - before.defensiveness) <= 0.025


@given(names, meetings, st.sampled_from(HELPS))
def test_a_better_help_moves_trust_at_least_as_far(name: str, meeting: list[dict[str, int]], code: str) -> None:
    """Item 2, helps: quality 3 at least as far up as quality 2."""
    before = state_after(name, meeting)
    assert mover(name).step(before, {code: 3}).trust >= mover(name).step(before, {code: 2}).trust - 1e-12


@given(names, meetings, st.sampled_from(HARMS))
def test_a_graver_harm_lowers_trust_at_least_as_far(name: str, meeting: list[dict[str, int]], code: str) -> None:
    """Item 2, harms: severity 3 at least as far down as 2, and 2 as 1."""
    before = state_after(name, meeting)
    one, two, three = (mover(name).step(before, {code: level}).trust for level in (1, 2, 3))
    assert three <= two + 1e-12 <= one + 2e-12


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("code", HELPS)
def test_the_fifth_identical_help_gives_less_than_half(name: str, code: str) -> None:
    """Item 3: helps wear thin."""
    one = mover(name)
    state = replace(one.start(), trust=0.4, defensiveness=0.3)
    gains = []
    for _ in range(5):
        after = one.step(state, {code: 3})
        gains.append(after.trust - state.trust)
        state = after
    assert gains[4] < gains[0] / 2


@pytest.mark.parametrize("code", HARMS)
def test_the_fifth_identical_harm_weighs_no_less_than_the_first(code: str) -> None:
    """Item 3: harms do not wear thin."""
    patient = PATIENTS["andrew"]
    state = opening_state(patient.persona)
    strengths = []
    for _ in range(5):
        reckoning = reckon(state, read({code: 2}), patient.persona, CODEBOOK)
        strengths.append(reckoning.effects[0].strength)
        state = reckoning.after
    assert strengths[4] >= strengths[0]


@pytest.mark.parametrize("name", NAMES)
def test_one_grave_judgement_undoes_three_good_reflections(name: str) -> None:
    """Item 4: at trust .6 a severity 3 judging outweighs three times a quality 3 complex reflection."""
    one = mover(name)
    state = replace(one.start(), trust=0.6)
    loss = state.trust - one.step(state, {"judging": 3}).trust
    gain = one.step(state, {"reflect_complex": 3}).trust - state.trust
    assert loss > 3 * gain


@given(names, meetings, messages, st.sampled_from(HARMS), st.integers(2, 3))
def test_adding_a_harm_never_raises_trust_or_openness(
    name: str, meeting: list[dict[str, int]], message: dict[str, int], code: str, level: int
) -> None:
    """Item 5, first half."""
    before = state_after(name, meeting)
    if code in message:
        return
    plain, harmed = mover(name).step(before, message), mover(name).step(before, {**message, code: level})
    assert harmed.trust <= plain.trust + 1e-9
    assert harmed.openness <= plain.openness + 1e-9


@given(names, meetings, messages, st.sampled_from(HELPS), st.integers(2, 3))
def test_adding_a_real_help_never_lowers_trust(
    name: str, meeting: list[dict[str, int]], message: dict[str, int], code: str, level: int
) -> None:
    """Item 5, second half."""
    before = state_after(name, meeting)
    if code in message:
        return
    plain, helped = mover(name).step(before, message), mover(name).step(before, {**message, code: level})
    assert helped.trust >= plain.trust - 1e-9


def test_first_warmth_helps_andrew_and_hardly_touches_maggie() -> None:
    """Item 6."""
    for name, trust, anxiety in (("andrew", 0.05, -0.09), ("maggie", 0.01, -0.01)):
        one = mover(name)
        before = one.start()
        after = one.step(before, {"warmth": 3})
        assert after.trust - before.trust == pytest.approx(trust, abs=0.006)
        assert after.anxiety - before.anxiety == pytest.approx(anxiety, abs=0.006)


@given(names, meetings, messages)
def test_openness_never_rises_while_ruptured_and_no_fact_passes_its_gate(
    name: str, meeting: list[dict[str, int]], message: dict[str, int]
) -> None:
    """Item 7: whatever was read, a fact in full stands behind its openness, trust and defensiveness."""
    before = state_after(name, meeting)
    appraisal = read(message)
    persona = PATIENTS[name].persona
    after = reckon(before, appraisal, persona, CODEBOOK).after
    if after.rupture:
        assert after.openness <= before.openness
    topics = tuple(topic.id for topic in persona.topics)
    for gate in gates(after, appraisal, persona, Memory(), topics):
        if gate.rendering is Rendering.FULL:
            assert after.openness >= gate.fact.min_o
            assert after.trust >= gate.fact.min_t
            assert after.defensiveness <= gate.fact.max_d
            assert persona.card.session >= gate.fact.session


@given(names, meetings)
def test_no_rung_is_skipped_upwards(name: str, meeting: list[dict[str, int]]) -> None:
    """Item 8. Out of the ruptured rung the way back leads to guarded or, with the flag lifted, one above it."""
    one = mover(name)
    state = one.start()
    for codes in meeting:
        after = one.step(state, codes)
        assert after.stance <= max(state.stance, Stance.GUARDED) + 1
        state = after


@given(names, st.lists(messages, min_size=1, max_size=14))
@settings(max_examples=300)
def test_nobody_leaves_early_or_without_a_warning(name: str, meeting: list[dict[str, int]]) -> None:
    """Item 9: without a breach not before exchange 6, and the pressure that warns comes first."""
    one = mover(name)
    state = one.start()
    warned = False
    for number, message in enumerate(meeting, 1):
        state = one.step(state, {code: level for code, level in message.items() if code != "breach"})
        if state.exit_pressure >= LEAVES_AT:
            assert number >= 6
            assert warned
            return
        warned = warned or state.exit_pressure >= WARNS_AT


@given(names, meetings)
def test_the_same_inputs_give_the_same_state(name: str, meeting: list[dict[str, int]]) -> None:
    """Item 10, feelings: bit for bit."""
    assert state_after(name, meeting) == state_after(name, meeting)


@given(names, meetings)
def test_every_value_stays_in_its_range(name: str, meeting: list[dict[str, int]]) -> None:
    """No tuning drives a variable out of 0..1 or trust above its ceiling."""
    state = state_after(name, meeting)
    for variable in ("trust", "anxiety", "defensiveness", "hope", "openness"):
        assert 0.0 <= state.value(variable) <= 1.0
    assert state.exit_pressure >= 0


def test_gentle_helps_more_and_hard_helps_less() -> None:
    """The difficulty dial scales gains up and losses down, or the other way round."""
    after = {}
    for difficulty in ("gentle", "standard", "hard"):
        patient = PATIENTS["andrew"]
        dynamics = patient.persona.dynamics.model_copy(update={"difficulty": difficulty})
        persona = patient.persona.model_copy(update={"dynamics": dynamics})
        one = Mover(replace(patient, persona=persona), CODEBOOK)
        helped, harmed = one.step(one.start(), {"empathy": 2}), one.step(one.start(), {"judging": 2})
        after[difficulty] = (helped.trust, harmed.trust)
    assert after["gentle"][0] > after["standard"][0] > after["hard"][0]
    assert after["gentle"][1] > after["standard"][1] > after["hard"][1]
