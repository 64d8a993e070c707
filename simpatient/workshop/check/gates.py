"""Gates: can each fact be reached, does it take something to reach it, and does the patient care for what opens it?"""

from __future__ import annotations

from collections.abc import Iterator

from simpatient.authoring.read import Path_
from simpatient.errors import Diagnostic
from simpatient.patient.dynamics import opening_state
from simpatient.persona import Fact
from simpatient.words import PatientState, Rendering
from simpatient.workshop.check.manuscript import PERSONA, Manuscript
from simpatient.workshop.check.trial import ASKING, COLD, NOVICE, SKILLED, Trial, Tried, states_for

MARGIN = 0.15
"""Trust by which the skilled have to be ahead at the end of a meeting."""
AHEAD_OF_COLD = 0.05
ROOM = 0.12
"""Openness by which the gate of a guarded fact should lie above where somebody begins; one good message brings 0.04 to 0.09."""
SUPPORTED = 1.0
"""Sensitivity from which a behaviour does something for a person."""


def gates(
    manuscript: Manuscript,
    *,
    skilled: Trial = SKILLED,
    novice: Trial = NOVICE,
    cold: Trial = COLD,
    asking: Trial = ASKING,
) -> Iterator[Diagnostic]:
    """Facts nobody reaches, facts everybody hears, keys that do not turn, and whether skill shows."""
    patient, codebook = manuscript.patient, manuscript.codebook
    first, facts = patient.persona.card.session, patient.persona.facts
    last = max(first, patient.persona.card.session_limit)
    meetings = max((fact.session for fact in facts if fact.session <= last), default=first)
    best = skilled.tried(patient, codebook, max(1, meetings - first + 1))
    asked = asking.tried(patient, codebook)
    for index, fact in enumerate(facts):
        at = ("facts", index)
        yield from _unreachable(manuscript, fact, at, best)
        yield from list(_heard_by_all(manuscript, fact, at, asked)) or _open_at_once(manuscript, fact, at, best)
        yield from _unsupported(manuscript, fact, at)
        yield from _contradictory(manuscript, fact, at)
    if all(best.told.get(fact.id, (Rendering.NONE, 0))[1] <= len(best.states) // max(1, meetings - first + 1)
           and best.told.get(fact.id, (Rendering.NONE, 0))[0] is Rendering.FULL for fact in facts):  # fmt: skip
        yield manuscript.finding(PERSONA, ("facts",), "SP107")
    yield from _skill_shows(manuscript, best, novice.tried(patient, codebook), cold.tried(patient, codebook))


def _unreachable(manuscript: Manuscript, fact: Fact, at: Path_, best: Tried) -> Iterator[Diagnostic]:
    card = manuscript.persona.card
    if fact.session > max(card.session, card.session_limit):
        yield manuscript.finding(
            PERSONA, (*at, "session"), "SP101", "meeting", fact=fact.id, needs=fact.session, limit=card.session_limit
        )
        return
    states = states_for(fact, best, card.session)
    if any(_lets(state, fact) for state in states):
        return
    reached = {
        "min_o": (fact.min_o, max(state.openness for state in states), "openness"),
        "min_t": (fact.min_t, max(state.trust for state in states), "trust"),
    }
    for field, (needs, most, what) in reached.items():
        if most < needs:
            yield manuscript.finding(
                PERSONA,
                (*at, field),
                "SP101",
                "more",
                fact=fact.id,
                what=what,
                needs=f"{needs:.2f}",
                most=f"{most:.2f}",
            )
            return
    least = min(state.defensiveness for state in states)
    yield manuscript.finding(
        PERSONA, (*at, "max_d"), "SP101", "less", fact=fact.id, needs=f"{fact.max_d:.2f}", least=f"{least:.2f}"
    )


def _lets(state: PatientState, fact: Fact) -> bool:
    return state.openness >= fact.min_o and state.trust >= fact.min_t and state.defensiveness <= fact.max_d


def _heard_by_all(manuscript: Manuscript, fact: Fact, at: Path_, asked: Tried) -> Iterator[Diagnostic]:
    rendering, exchange = asked.told.get(fact.id, (Rendering.NONE, 0))
    if fact.guarded and rendering is Rendering.FULL:
        yield manuscript.finding(PERSONA, (*at, "min_o"), "SP102", "guarded", fact=fact.id, exchange=exchange)
    elif fact.guarded and rendering is Rendering.PARTIAL:
        field = "min_o" if fact.partial_o is None else "partial_o"
        yield manuscript.finding(PERSONA, (*at, field), "SP102", "partly", fact=fact.id, exchange=exchange, field=field)


def _open_at_once(manuscript: Manuscript, fact: Fact, at: Path_, best: Tried) -> Iterator[Diagnostic]:
    """A guarded gate that no more than one good message opens: then one is told what nothing was done for."""
    persona, first = manuscript.persona, best.states[0]
    field, needs = ("min_o", fact.min_o)
    if fact.partial_o is not None and fact.partial_o < fact.min_o:
        field, needs = ("partial_o", fact.partial_o)
    waits = fact.session > persona.card.session or (fact.after is not None and persona.fact(fact.after).guarded)
    if not fact.guarded or waits or not _lets(first, fact.model_copy(update={"min_o": needs})):
        return
    begins = opening_state(persona).openness
    instead = max(ROOM + begins, first.openness + 0.01)
    yield manuscript.finding(
        PERSONA, (*at, field), "SP108", fact=fact.id, field=field, needs=f"{needs:.2f}", begins=f"{begins:.2f}",
        first=f"{first.openness:.2f}", instead=f"{instead:.2f}",
    )  # fmt: skip


def _unsupported(manuscript: Manuscript, fact: Fact, at: Path_) -> Iterator[Diagnostic]:
    persona, codebook = manuscript.persona, manuscript.codebook
    if not fact.key or fact.topic_is_key:
        return
    harms = [code for code in fact.key if code in codebook.harms]
    for code in harms:
        yield manuscript.finding(PERSONA, (*at, "key", fact.key.index(code)), "SP104", "harm", fact=fact.id, code=code)
    if not harms and all(persona.sensitivity(code) < SUPPORTED for code in fact.key):
        codes = ", ".join(fact.key)
        yield manuscript.finding(PERSONA, (*at, "key"), "SP104", "weak", fact=fact.id, codes=codes)


def _contradictory(manuscript: Manuscript, fact: Fact, at: Path_) -> Iterator[Diagnostic]:
    persona = manuscript.persona
    both = [code for code in fact.key if code in fact.blocked_by]
    if both:
        yield manuscript.finding(PERSONA, (*at, "blocked_by"), "SP105", "both", fact=fact.id, code=both[0])
    for field, value in (("hint_o", fact.hint_o), ("partial_o", fact.partial_o)):
        if value is not None and value > fact.min_o:
            yield manuscript.finding(
                PERSONA,
                (*at, field),
                "SP105",
                "order",
                fact=fact.id,
                field=field,
                value=f"{value:.2f}",
                full=f"{fact.min_o:.2f}",
            )
    if fact.after is not None:
        yield from _order(manuscript, fact, at)
    if fact.min_t > persona.dynamics.trust_ceiling:
        ceiling = f"{persona.dynamics.trust_ceiling:.2f}"
        yield manuscript.finding(PERSONA, (*at, "min_t"), "SP105", "ceiling", fact=fact.id, ceiling=ceiling)


def _order(manuscript: Manuscript, fact: Fact, at: Path_) -> Iterator[Diagnostic]:
    facts = {other.id: other for other in manuscript.persona.facts}
    seen, waiting = {fact.id}, fact.after
    while waiting is not None and waiting in facts:
        if waiting in seen:
            yield manuscript.finding(PERSONA, (*at, "after"), "SP105", "circle", fact=fact.id, after=waiting)
            return
        seen.add(waiting)
        waiting = facts[waiting].after
    before = facts.get(fact.after or "")
    if before is not None and (before.min_o > fact.min_o or before.session > fact.session):
        yield manuscript.finding(PERSONA, (*at, "after"), "SP105", "deeper", fact=fact.id, after=before.id)


def _skill_shows(manuscript: Manuscript, best: Tried, novice: Tried, cold: Tried) -> Iterator[Diagnostic]:
    if best.trust - novice.trust < MARGIN or novice.trust - cold.trust < AHEAD_OF_COLD:
        figures = {"skilled": best.trust, "novice": novice.trust, "cold": cold.trust}
        yield manuscript.finding(
            PERSONA, ("dynamics",), "SP103", **{name: f"{trust:.2f}" for name, trust in figures.items()}
        )
