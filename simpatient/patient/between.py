"""What time, promises and silence do to the patient between two meetings. Pure and deterministic.

The equations are those of the reference model (clinical specification, Appendix A, `between`).

Source: relationship learning, slow forgetting of mistrust (PARRY); asymmetry of trust; early breaks of a promise do
most harm (design, after "keeping one's word").
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Literal, TypeAlias

from simpatient.patient.dynamics import CLIMB, HOPE_TO_COLLABORATE, LOSS, ladder_index, open_target
from simpatient.persona import Persona
from simpatient.words import PatientState, Rupture, RuptureCause, Stance

Jolt: TypeAlias = Literal["trust", "anxiety", "defensiveness", "hope"]
"""A variable that something outside can move."""
EARLY_MEETINGS = 2
"""Meetings within which a break of a promise weighs more."""
EARLY = 1.4
RENEGOTIATED = 0.5
"""Share of the loss when it was said beforehand that a promise would not be kept in time."""
PARTLY = 0.5
"""Share of the credit for a promise kept in part."""
LATE_OWNED = 0.6
"""Share of the credit for one kept late, said so before being asked."""
LIED = 1.5
"""How much more a lie about a promise costs than the break itself."""
RETURNS_TRUST = 0.25
RETURNS_HOPE = 0.20
ENOUGH_WITHOUT_PRESSURE = 0.5
"""Trust at which nothing from outside is needed to come back."""


def rested(state: PatientState, persona: Persona, *, checked_in: bool) -> PatientState:
    """The state after the days between: calmer, a little colder, an open rupture harder."""
    base = state.defensiveness_base + 0.15 * (state.defensiveness - state.defensiveness_base)
    anxiety = state.anxiety + 0.6 * (persona.dynamics.base.anxiety - state.anxiety)
    defensiveness = state.defensiveness + 0.5 * (base - state.defensiveness)
    trust = state.trust * (0.97 if checked_in else 0.94)
    if state.rupture:
        trust, defensiveness = trust - 0.04, defensiveness + 0.06
    return replace(
        state,
        trust=_within(trust, 0.02, state.trust_ceiling),
        anxiety=_within(anxiety, 0.05, 1.0),
        defensiveness=_within(defensiveness, 0.05, 1.0),
        defensiveness_base=base,
        exit_pressure=0.0,
        clean=0,
        ruptured_for=0,
        window=(),
    )


def credited(state: PatientState, persona: Persona, weight: float, share: float = 1.0) -> PatientState:
    """The state once the patient has heard that a promise was kept, `share` of it."""
    gain = 0.10 * weight * share * persona.sensitivity("promise_kept") * (state.trust_ceiling - state.trust)
    return replace(state, trust=_within(state.trust + gain, 0.02, state.trust_ceiling))


def let_down(
    state: PatientState, persona: Persona, weight: float, *, early: bool, share: float = 1.0, strains: bool = True
) -> PatientState:
    """The state after a promise that was not kept; `strains` sets the flag that only naming it clears."""
    size = share * weight
    loss = persona.dynamics.loss * LOSS[persona.dynamics.difficulty]
    fall = loss * 0.12 * size * (EARLY if early else 1.0) * (0.2 + 0.8 * state.trust)
    ceiling = max(0.50, state.trust_ceiling - 0.04 * share)
    rupture = Rupture(style=persona.dynamics.rupture_style, cause=RuptureCause.PROMISE) if strains else state.rupture
    return replace(
        state,
        trust=_within(state.trust - fall, 0.02, ceiling),
        defensiveness=_within(state.defensiveness + 0.10 * share * (1 - state.defensiveness), 0.05, 1.0),
        hope=_within(state.hope - 0.08 * share, 0.02, 0.95),
        trust_ceiling=ceiling,
        rupture=rupture,
        stance=min(state.stance, Stance.TESTING) if strains else state.stance,
    )


def lied_to(state: PatientState, persona: Persona, weight: float, *, early: bool) -> PatientState:
    """The state of somebody who has just found out that they were told a thing that was not so."""
    return let_down(state, persona, weight, early=early, share=LIED)


def seated(state: PatientState, ended_at: Stance) -> PatientState:
    """The state at the opening of the next meeting: openness and rung follow from the rest.

    The rung is never higher than one below where the last meeting ended, and at most testing while the two are strained.
    """
    state = replace(state, openness=0.6 * state.openness + 0.4 * open_target(state))
    index = ladder_index(state)
    rung = Stance.GUARDED
    for higher, entered_at in sorted(CLIMB.items()):
        reached = index >= entered_at
        if reached and (higher is not Stance.COLLABORATING or state.hope >= HOPE_TO_COLLABORATE):
            rung = higher
    rung = min(rung, max(Stance.GUARDED, Stance(max(0, ended_at - 1))))
    return replace(state, stance=min(rung, Stance.TESTING) if state.rupture else rung)


def jolted(state: PatientState, changes: Mapping[Jolt, float]) -> PatientState:
    """The state after something that happened outside; each variable moves by the small amount its author wrote."""
    bounds = {"trust": (0.02, state.trust_ceiling), "hope": (0.02, 0.95)}
    moved = {
        str(name): _within(state.value(name) + amount, *bounds.get(name, (0.05, 1.0)))
        for name, amount in changes.items()
    }
    return replace(state, **moved)


def comes_back(state: PatientState, persona: Persona) -> bool:
    """Whether the patient comes to the next meeting: of their own accord, or because somebody wants them to."""
    willing = state.trust >= RETURNS_TRUST and state.hope >= RETURNS_HOPE
    return willing or persona.dynamics.stay_pressure.amount >= ENOUGH_WITHOUT_PRESSURE - state.trust


def _within(value: float, low: float, high: float) -> float:
    return max(low, min(high, value))
