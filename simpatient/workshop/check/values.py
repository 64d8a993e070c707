"""Numbers and codes that cannot all be meant, ids that stand twice, and worked dialogues that do not come out."""

from __future__ import annotations

from collections.abc import Iterator

from simpatient.errors import Diagnostic
from simpatient.patient.dynamics import opening_state, reckon
from simpatient.persona import Dialogue
from simpatient.words import VARIABLES, PatientState
from simpatient.workshop.check.manuscript import DIALOGUES, PERSONA, Manuscript
from simpatient.workshop.check.trial import perfectly_read

HELPS, HARMS = ("soothers", "weak_soothers"), ("triggers", "weak_triggers")
WEAK = "weak_soothers"
NEAR = 0.08
"""How far a value may lie from what the author wrote (clinical section 3.10)."""
STEP = 0.01
BIG = 0.05
SLACK = 0.005


def values(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Contradictions among numbers, codes and ids."""
    yield from _groups(manuscript)
    yield from _dynamics(manuscript)
    yield from _twice(manuscript)


def _groups(manuscript: Manuscript) -> Iterator[Diagnostic]:
    persona, harms = manuscript.persona, manuscript.codebook.harms
    seen: dict[str, str] = {}
    for group in (*HELPS, *HARMS):
        for code, factor in getattr(persona, group).items():
            at = (group, code)
            if code in seen:
                yield manuscript.finding(PERSONA, at, "SP106", "twice", code=code, one=seen[code], other=group)
            seen.setdefault(code, group)
            if code in manuscript.codebook.codes and (code in harms) != (group in HARMS):
                right = "triggers" if code in harms else "soothers"
                yield manuscript.finding(PERSONA, at, "SP106", "side", code=code, group=group, right=right)
            elif (group == "soothers" and factor.factor < 1) or (group == WEAK and factor.factor > 1):
                yield manuscript.finding(
                    PERSONA, (*at, "factor"), "SP106", "strength", code=code, group=group, factor=factor.factor
                )


def _dynamics(manuscript: Manuscript) -> Iterator[Diagnostic]:
    persona = manuscript.persona
    dynamics, card = persona.dynamics, persona.card
    if dynamics.start.trust > dynamics.trust_ceiling:
        start, ceiling = f"{dynamics.start.trust:.2f}", f"{dynamics.trust_ceiling:.2f}"
        place = ("dynamics", "trust_ceiling") if _wrote(manuscript, "trust_ceiling") else ("dynamics", "start", "trust")
        yield manuscript.finding(PERSONA, place, "SP106", "start", start=start, ceiling=ceiling)
    if card.difficulty != dynamics.difficulty and _wrote(manuscript, "difficulty"):
        yield manuscript.finding(
            PERSONA, ("dynamics", "difficulty"), "SP106", "difficulty", one=card.difficulty, other=dynamics.difficulty
        )
    if dynamics.stay_pressure.amount > 0 and not dynamics.stay_pressure.reason.strip():
        yield manuscript.finding(PERSONA, ("dynamics", "stay_pressure"), "SP140", "stays")
    for index, plant in enumerate(persona.teaching.plant):
        if plant.at > card.exchange_limit:
            yield manuscript.finding(
                PERSONA, ("teaching", "plant", index, "at"), "SP106", "plant", at=plant.at, limit=card.exchange_limit
            )


def _wrote(manuscript: Manuscript, field: str) -> bool:
    """Whether the author wrote a field of `dynamics` rather than left it to the preset."""
    return ("dynamics", field) in manuscript.documents[PERSONA].places


def _twice(manuscript: Manuscript) -> Iterator[Diagnostic]:
    persona = manuscript.persona
    groups = {
        "facts": persona.facts, "topics": persona.topics, "life": persona.life, "world": persona.world, "between": persona.between,
    }  # fmt: skip
    for group, entries in groups.items():
        seen: set[str] = set()
        for index, entry in enumerate(entries):
            if entry.id in seen:
                yield manuscript.finding(PERSONA, (group, index, "id"), "SP018", word=entry.id, group=group)
            seen.add(entry.id)
    seen = set()
    for index, dialogue in enumerate(manuscript.patient.dialogues.dialogues):
        if dialogue.id in seen:
            yield manuscript.finding(DIALOGUES, ("dialogues", index, "id"), "SP018", word=dialogue.id, group="dialogues")
        seen.add(dialogue.id)


def dialogues(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Steps of worked dialogues that the engine answers otherwise than the author expects."""
    found = manuscript.patient.dialogues.dialogues
    for quality in ("skilled", "poor"):
        if not any(dialogue.quality == quality for dialogue in found):
            yield manuscript.finding(DIALOGUES, ("dialogues",), "SP181", quality=quality)
    for index, dialogue in enumerate(found):
        yield from _played(manuscript, dialogue, index)


def _played(manuscript: Manuscript, dialogue: Dialogue, index: int) -> Iterator[Diagnostic]:
    steps = manuscript.patient.dialogues.steps_of(dialogue.id)
    borrowed = len(steps) - len(dialogue.steps)
    state = opening_state(manuscript.persona)
    for number, step in enumerate(steps):
        before = state
        state = reckon(state, perfectly_read(step.codes), manuscript.persona, manuscript.codebook).after
        if number < borrowed:
            continue
        at = ("dialogues", index, "steps", number - borrowed, "expect")
        for variable in VARIABLES:
            expected = step.expect.sign_and_value(variable)
            if expected is None or _agrees(expected, before, state, variable):
                continue
            is_ = f"{_sign(state.value(variable) - before.value(variable))} {state.value(variable):.2f}"
            written = f"{expected[0]} {expected[1]:.2f}"
            yield manuscript.finding(
                DIALOGUES, (*at, variable), "SP180", "value", variable=variable, expected=written, found=is_
            )
        if step.expect.stance not in (None, state.stance.word):
            yield manuscript.finding(
                DIALOGUES, (*at, "stance"), "SP180", "stance", expected=step.expect.stance, found=state.stance.word
            )
    if state.stance.word != dialogue.ends:
        place = ("dialogues", index, "ends")
        yield manuscript.finding(DIALOGUES, place, "SP180", "ends", expected=dialogue.ends, found=state.stance.word)


def _sign(change: float) -> str:
    size = "" if abs(change) < STEP else ("+" if change > 0 else "-") * (2 if abs(change) >= BIG else 1)
    return size or "="


def _agrees(expected: tuple[str, float], before: PatientState, after: PatientState, variable: str) -> bool:
    sign, value = expected
    change = after.value(variable) - before.value(variable)
    signs = {_sign(change), _sign(change + SLACK), _sign(change - SLACK)}
    near = sign in signs or (sign in ("+", "-") and "=" in signs) or (sign == "=" and bool(signs & {"+", "-"}))
    return near and abs(after.value(variable) - value) <= NEAR

