"""How one learner message moves the patient. Pure and deterministic.

The equations are those of the reference model (clinical specification, Appendix A). What differs
between people comes from the persona file, what differs between behaviours from the codebook.

Source: saturating rise, slow decay of mistrust and lasting scars after PARRY (Colby 1971-75);
trust falls faster than it grows (experiential trust games, 2023); rupture markers after 3RS.
All coefficients are design.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from simpatient.persona import Persona
from simpatient.rubric import Codebook
from simpatient.words import (
    Appraisal,
    BehaviourCode,
    Level,
    Moment,
    PatientState,
    Rupture,
    RuptureCause,
    RuptureStyle,
    Stance,
)

DOSE = {0: 0.0, 1: 0.20, 2: 0.60, 3: 1.0}
"""Quality or severity to dose: generic skill is nearly nothing."""
MOVING = ("trust", "anxiety", "defensiveness", "hope")
REMEMBERED = 4
"""Exchanges over which repetition wears."""
WINDOW = 6
"""Exchanges that keys and blocks of facts look back on."""
NOT_YET_CREDIBLE = frozenset({"warmth", "affirmation", "comfort", "encouragement"})
"""Kindness that a distrustful, defended patient does not take at face value."""
GENERIC = 1
"""Quality up to which kindness moves nobody who is left puzzled by talk to machinery in the same breath."""
INVITING = ("open_question", "invite_questions", "autonomy")
"""Behaviours that open the patient a little more."""
BREACH_PRESSURE = {0: 0.0, 1: 0.15, 2: 0.35, 3: 0.60}
CLIMB = {Stance.TESTING: 0.30, Stance.WARMING: 0.40, Stance.OPEN: 0.54, Stance.COLLABORATING: 0.66}
"""Ladder index at which a rung is entered."""
FALL = 0.05
"""How far below its entry a rung is left."""
HOPE_TO_COLLABORATE = 0.55
WARNS_AT = 0.6
LEAVES_AT = 1.0
GAIN = {"gentle": 1.25, "standard": 1.0, "hard": 0.8}
LOSS = {"gentle": 0.8, "standard": 1.0, "hard": 1.25}


@dataclass(frozen=True, kw_only=True, slots=True)
class Effect:
    """What one code did, factor by factor; the product of the factors is the strength."""

    read_as: BehaviourCode
    """The code in the appraisal, or `parroting` when formulaic talk earned it."""
    code: BehaviourCode
    """The code it moves as."""
    level: Level
    dose: float
    sensitivity: float
    times_before: int
    """Uses in the last four exchanges."""
    repetition: float
    """Wear of a help (at most 1), growth of a harm (at least 1)."""
    damping: float
    """Below 1 when not yet credible, or during an open rupture."""
    moves: Mapping[str, float]
    """Contribution to each variable before combination."""
    harm: bool

    @property
    def strength(self) -> float:
        """Dose after all factors."""
        return self.dose * self.sensitivity * self.repetition * self.damping


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """How one variable moved."""

    variable: str
    before: float
    after: float
    up: float
    """Rise after the cap."""
    down: float
    """Fall after the cap."""
    up_cap: float
    down_cap: float
    up_capped: bool
    down_capped: bool
    drift: float
    """Part due to the way home to base."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Reckoning:
    """The whole arithmetic of one exchange; `after` is its result."""

    before: PatientState
    after: PatientState
    effects: tuple[Effect, ...]
    changes: tuple[Change, ...]
    harm: Level
    """Highest severity in the message, 0 for none."""
    repair: Level
    contaminated: bool
    """A harm of severity 2 or more halved the helps."""
    openness_target: float
    ladder: float
    """Index on which the rung depends."""


def advance(state: PatientState, appraisal: Appraisal, persona: Persona, codebook: Codebook) -> PatientState:
    """The patient's state after this message. Pure."""
    return reckon(state, appraisal, persona, codebook).after


def opening_state(persona: Persona) -> PatientState:
    """The patient's state before the first word."""
    dynamics = persona.dynamics
    state = PatientState(
        trust=dynamics.start.trust,
        anxiety=dynamics.start.anxiety,
        defensiveness=dynamics.start.defensiveness,
        hope=dynamics.start.hope,
        openness=0.0,
        trust_ceiling=dynamics.trust_ceiling,
        anxiety_base=dynamics.base.anxiety,
        defensiveness_base=dynamics.base.defensiveness,
    )
    return replace(state, openness=open_target(state))


def open_target(state: PatientState, *, invited: bool = False) -> float:
    """The openness towards which the patient moves, 0.02..0.98."""
    raw = (
        0.05
        + 0.75 * state.trust
        + 0.25 * state.hope
        - 0.25 * state.defensiveness
        - 0.15 * state.anxiety
        + (0.05 if invited else 0.0)
    )
    return _clamp(raw, 0.02, 0.98)


def ladder_index(state: PatientState) -> float:
    """The index that decides the rung."""
    shield = max(0.0, state.defensiveness - 0.4)
    return 0.5 * state.trust + 0.3 * state.openness + 0.2 * state.hope - 0.15 * shield


def reckon(state: PatientState, appraisal: Appraisal, persona: Persona, codebook: Codebook) -> Reckoning:
    """The arithmetic of one exchange, term by term. Pure."""
    effects = _effects(state, appraisal, persona, codebook)
    harm = max((effect.level for effect in effects if effect.harm), default=0)
    repair = max((effect.level for effect in effects if effect.code == "repair"), default=0)
    changes = _changes(state, effects, harm, repair, persona)
    moved = replace(state, **{change.variable: change.after for change in changes})
    moved = _scarred(moved, harm, repair)
    moved = replace(moved, rupture=_rupture(state, moved, harm, repair, persona))
    invited = harm < 2 and any(effect.code in INVITING for effect in effects)
    target = open_target(moved, invited=invited)
    if moved.rupture:
        target = min(target, state.openness)
    pace = 0.5 if target > state.openness else 0.8
    moved = replace(moved, openness=state.openness + pace * (target - state.openness))
    breach = max((effect.level for effect in effects if effect.code == "breach"), default=0)
    moved = _placed(state, moved, harm, breach)
    moment = Moment(read=tuple(appraisal.levels().items()), moved=tuple(effect.code for effect in effects))
    after = replace(moved, window=(*state.window, moment)[-WINDOW:])
    return Reckoning(
        before=state,
        after=after,
        effects=effects,
        changes=changes,
        harm=harm,
        repair=repair,
        contaminated=harm >= 2,
        openness_target=target,
        ladder=ladder_index(after),
    )


def moves_as(code: BehaviourCode, level: Level, state: PatientState, codebook: Codebook) -> tuple[str, Level] | None:
    """The code and level that `code` moves the state as, or None when it moves nothing."""
    known = codebook.codes.get(code)
    if known is None:
        return None
    level = min(level, known.max_level)
    if known.moves_as is None:
        return code, level
    rule = known.moves_as
    met = (rule.min_trust is None or state.trust >= rule.min_trust) and (
        rule.min_stance is None or state.stance >= Stance.of(rule.min_stance)
    )
    if not met:
        return (rule.otherwise.code, rule.otherwise.level) if rule.otherwise.code else None
    return (rule.code, min(level, rule.most)) if rule.code else None


def _effects(state: PatientState, appraisal: Appraisal, persona: Persona, codebook: Codebook) -> tuple[Effect, ...]:
    moving: dict[BehaviourCode, tuple[BehaviourCode, Level]] = {}
    for read_as, read_level in appraisal.levels().items():
        if appraisal.off_task and read_level <= GENERIC and read_as not in codebook.harms:
            continue
        moved = moves_as(read_as, read_level, state, codebook)
        if moved is not None and moved[1] > moving.get(moved[0], ("", 0))[1]:
            moving[moved[0]] = (read_as, moved[1])
    recent = [code for moment in state.window[-REMEMBERED:] for code in moment.moved]
    if _formulaic(moving, recent, codebook):
        moving.setdefault("parroting", ("parroting", 1))
    return tuple(
        _effect(code, read_as, level, recent.count(code), state, persona, codebook)
        for code, (read_as, level) in moving.items()
    )


def _formulaic(
    moving: Mapping[BehaviourCode, tuple[BehaviourCode, Level]], recent: list[BehaviourCode], codebook: Codebook
) -> bool:
    """Whether a message of nothing but generic items repeats one for the third time in five turns."""
    if not moving or any(level > 1 for _, level in moving.values()):
        return False
    return any(code not in codebook.harms and recent.count(code) >= 2 for code in moving)


def _effect(
    code: BehaviourCode,
    read_as: BehaviourCode,
    level: Level,
    times: int,
    state: PatientState,
    persona: Persona,
    codebook: Codebook,
) -> Effect:
    weight = codebook.codes[code].weight
    assert weight is not None, f"{code} is moved as, so it carries its own weight"
    harm = code in codebook.harms
    damping = 1.0
    if harm:
        repetition = min(1.5, 1 + 0.25 * times)
    else:
        repetition = max(0.25, 1 / (1 + persona.dynamics.repeat * times))
        if code in NOT_YET_CREDIBLE and state.trust < 0.25 and state.defensiveness > 0.5:
            damping *= 0.5
        if state.rupture and code != "repair":
            damping *= 0.4
        damping *= GAIN[persona.dynamics.difficulty]
    strength = DOSE[level] * persona.sensitivity(code) * repetition * damping
    return Effect(
        read_as=read_as,
        code=code,
        level=level,
        dose=DOSE[level],
        sensitivity=persona.sensitivity(code),
        times_before=times,
        repetition=repetition,
        damping=damping,
        moves={variable: getattr(weight, variable) * strength for variable in MOVING},
        harm=harm,
    )


def combine(parts: list[float]) -> float:
    """The strongest part whole, the next by half, the next by a quarter, and so on."""
    return sum(part * 0.5**rank for rank, part in enumerate(sorted((p for p in parts if p > 0), reverse=True)))


def _changes(
    state: PatientState, effects: tuple[Effect, ...], harm: Level, repair: Level, persona: Persona
) -> tuple[Change, ...]:
    dynamics, caps = persona.dynamics, persona.dynamics.caps
    halved = 0.5 if harm >= 2 else 1.0
    bonus = 0.04 if repair >= 2 else 0.0
    loss = dynamics.loss * LOSS[dynamics.difficulty]
    up = {v: combine([effect.moves[v] for effect in effects]) for v in MOVING}
    down = {v: combine([-effect.moves[v] for effect in effects]) for v in MOVING}
    trust, hope = state.trust, state.hope
    room = state.trust_ceiling - trust
    changes = [
        _change("trust", trust, (halved * 1.15 * up["trust"] * room, caps.trust.up + bonus),
                (loss * down["trust"] * (0.20 + 0.80 * trust), caps.trust.down), 0.0, (0.02, state.trust_ceiling)),
    ]  # fmt: skip
    for name, base, extra in (
        ("anxiety", state.anxiety_base, bonus),
        ("defensiveness", state.defensiveness_base, 2 * bonus),
    ):
        value, cap = state.value(name), getattr(caps, name)
        drift = 0.0 if harm else -0.03 * (value - base)
        rise = (1.4 * up[name] * (1 - value), cap.up)
        fall = (halved * 1.6 * down[name] * value, cap.down + extra)
        changes.append(_change(name, value, rise, fall, drift, (0.05, 1.0)))
    rise = (halved * 1.2 * up["hope"] * (0.95 - hope), caps.hope.up)
    fall = (1.5 * down["hope"] * (0.2 + 0.8 * hope), caps.hope.down)
    changes.append(_change("hope", hope, rise, fall, 0.0, (0.02, 0.95)))
    return tuple(changes)


def _change(
    variable: str,
    value: float,
    rise: tuple[float, float],
    fall: tuple[float, float],
    drift: float,
    bounds: tuple[float, float],
) -> Change:
    """One variable moved by a rise and a fall, each (wanted, cap), and by its drift."""
    up, down = min(rise), min(fall)
    return Change(
        variable=variable,
        before=value,
        after=_clamp(value + up - down + drift, *bounds),
        up=up,
        down=down,
        up_cap=rise[1],
        down_cap=fall[1],
        up_capped=rise[0] > rise[1],
        down_capped=fall[0] > fall[1],
        drift=drift,
    )


def _scarred(state: PatientState, harm: Level, repair: Level) -> PatientState:
    """The lasting mark: a clear harm lowers the trust that can be reached, a repair gives some back."""
    ceiling, clean = state.trust_ceiling, state.clean
    if harm >= 2:
        ceiling, clean = max(0.50, ceiling - 0.01 * harm), 0
    elif harm == 0:
        clean += 1
    if repair >= 2:
        ceiling = max(ceiling, min(0.92, ceiling + 0.02))
    return replace(state, trust_ceiling=ceiling, clean=clean)


def _rupture(before: PatientState, moved: PatientState, harm: Level, repair: Level, persona: Persona) -> Rupture | None:
    style = persona.dynamics.rupture_style
    rupture = before.rupture
    if harm >= 2:
        if style is RuptureStyle.CONFRONTATION:
            strained = moved.defensiveness - before.defensiveness >= 0.08 or moved.defensiveness >= 0.78
        else:
            strained = moved.anxiety >= 0.84 or moved.trust <= 0.15 or before.trust - moved.trust >= 0.12
        if strained:
            rupture = Rupture(style=style, cause=RuptureCause.HARM)
    if rupture and harm == 0:
        lived_down = moved.clean >= 3 and rupture.cause is RuptureCause.HARM
        if repair >= 2 or lived_down:
            return None
    return rupture


def _placed(before: PatientState, moved: PatientState, harm: Level, breach: Level) -> PatientState:
    """The state with exit pressure and rung."""
    rupture = moved.rupture
    in_rupture = False
    if rupture:
        heat = moved.defensiveness if rupture.style is RuptureStyle.CONFRONTATION else moved.anxiety
        in_rupture = heat >= (0.62 if before.stance is Stance.RUPTURED else 0.70)
    pressure = before.exit_pressure + (0.18 if in_rupture else 0.0) + BREACH_PRESSURE[breach]
    if harm == 0:
        pressure = max(0.0, pressure - 0.25)
    moved = replace(moved, exit_pressure=pressure, ruptured_for=before.ruptured_for + 1 if rupture else 0)
    return replace(moved, stance=_stance(before.stance, moved, in_rupture))


def _stance(rung: Stance, state: PatientState, in_rupture: bool) -> Stance:
    """At most one rung up, any number down; at most testing while the flag is set."""
    if state.exit_pressure >= LEAVES_AT:
        return Stance.LEAVING
    if in_rupture:
        return Stance.RUPTURED
    index = ladder_index(state)
    rung = max(rung, Stance.GUARDED)
    if rung < Stance.COLLABORATING and not state.rupture:
        higher = Stance(rung + 1)
        if index >= CLIMB[higher] and (higher is not Stance.COLLABORATING or state.hope >= HOPE_TO_COLLABORATE):
            rung = higher
    while rung > Stance.GUARDED and index < CLIMB[rung] - FALL:
        rung = Stance(rung - 1)
    return min(rung, Stance.TESTING) if state.rupture else rung


def _clamp(value: float, low: float, high: float) -> float:
    return max(low, min(high, value))
