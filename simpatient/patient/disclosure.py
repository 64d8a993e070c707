"""Which facts may be told now, and why the others may not. Pure.

Source: trust thresholds per memory after PatientAct (2026) and disclosure driven by empathy and
exploration after AVP (2026); the gates are design (clinical section 3.7).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from simpatient.patient.memory import Memory
from simpatient.persona import Fact, Persona
from simpatient.words import Appraisal, BehaviourCode, Level, PatientState, Rendering, Telling

KEY_LOOKS_BACK = 2
"""Exchanges, this one included, in which a key behaviour counts."""
BLOCK_LOOKS_BACK = 6
QUESTIONS = frozenset({"open_question", "closed_question", "interrogation", "invite_questions", "feedback_seeking"})
INVITATIONS = frozenset({"open_question", "invite_questions", "autonomy", "backchannel"})
"""Behaviours that leave room however well they are done; the others have to be done well."""
ROOM_TO_TELL = INVITATIONS | frozenset({
    "reflect_simple", "reflect_complex", "active_listening",
    "empathy", "cue_response", "validation", "normalising", "nonjudgement", "comfort",
})  # fmt: skip
"""Behaviours that leave a topic for the patient to choose, or stay with the one in hand."""


class Room(Enum):
    """How much room a message leaves for something the learner did not ask about."""

    NONE = "none"
    UNDERSTOOD = "understood"
    """Words that showed understanding."""
    INVITED = "invited"
    """An open invitation to say anything."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Condition:
    """One part of a gate."""

    name: str
    has: str
    """What is the case, in words."""
    needs: str
    met: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Gate:
    """How far one fact may be told now."""

    fact: Fact
    rendering: Rendering
    conditions: tuple[Condition, ...]


def gates(
    state: PatientState, appraisal: Appraisal, persona: Persona, memory: Memory, touched: tuple[str, ...]
) -> tuple[Gate, ...]:
    """The gate of every fact, in the order of the file.

    Args:
        state: the patient's state after this message; the effect of the message counts.
        appraisal: the codes read in the message.
        persona: whose facts they are.
        memory: what was said and told before.
        touched: topics that the message touches.
    """
    seen = _Seen(
        levels=appraisal.levels(),
        lately=_lately(state, KEY_LOOKS_BACK),
        blocking=_lately(state, BLOCK_LOOKS_BACK),
        deepest=max((persona.fact(told).min_o for told, _ in memory.told), default=0.0),
    )
    return tuple(_gate(fact, state, seen, persona, memory, touched) for fact in persona.facts)


def choose(found: tuple[Gate, ...], memory: Memory, touched: tuple[str, ...], room: Room) -> Telling | None:
    """The one fact to tell in this reply, or None.

    The fact whose topic was touched most comes first, then the topic in hand; of these the least guarded. What
    is beside the point comes up only as far as the learner made room for it, and then what weighs most. What was told in full is not told
    again, a hint at most twice.
    """
    candidates: list[tuple[tuple[int, bool, bool, float, int], Gate]] = []
    for order, gate in enumerate(found):
        fact, rendering = gate.fact, gate.rendering
        if rendering is Rendering.NONE or rendering <= memory.rendering(fact.id):
            continue
        if rendering is Rendering.HINT and (memory.hints.count(fact.id) >= 2 or memory.hints[-1:] == (fact.id,)):
            continue
        relevance = touched.index(fact.topic) if fact.topic in touched else len(touched)
        in_hand = fact.topic == memory.topic
        if fact.topic not in touched and not _comes_up(fact, in_hand=in_hand, spoken_of=bool(touched), room=room):
            continue
        depth = fact.min_o if fact.topic in touched else -fact.min_o
        rank = (relevance, not in_hand, rendering is Rendering.HINT, depth, order)
        candidates.append((rank, gate))
    if not candidates:
        return None
    best = min(candidates, key=lambda item: item[0])[1]
    return Telling(fact=best.fact.id, topic=best.fact.topic, rendering=best.rendering)


def _comes_up(fact: Fact, *, in_hand: bool, spoken_of: bool, room: Room) -> bool:
    """Whether a fact nobody asked about comes up of itself.

    An open invitation may draw anything, though nothing guarded when the talk is of something else. Words that
    showed understanding draw what is guarded, or what belongs to the topic in hand.
    """
    if room is Room.INVITED:
        return in_hand or not (spoken_of and fact.guarded)
    if room is Room.UNDERSTOOD:
        return in_hand or (fact.guarded and not spoken_of)
    return False


@dataclass(frozen=True, kw_only=True, slots=True)
class _Seen:
    """What every gate looks at, worked out once for a message."""

    levels: dict[BehaviourCode, Level]
    """Codes read in it."""
    lately: dict[BehaviourCode, Level]
    """Codes read as far back as keys look, this message included."""
    blocking: dict[BehaviourCode, Level]
    """The same as far back as blocks look."""
    deepest: float
    """Openness that the most guarded of the facts told asks for."""


def _gate(
    fact: Fact,
    state: PatientState,
    seen: _Seen,
    persona: Persona,
    memory: Memory,
    touched: tuple[str, ...],
) -> Gate:
    levels = seen.levels
    asked = bool(QUESTIONS & levels.keys())
    room = any(level >= (1 if code in INVITATIONS else 2) for code, level in levels.items() if code in ROOM_TO_TELL)
    raised = fact.topic in touched or fact.topic in memory.raised or persona.topic(fact.topic).open_from_start
    key = _key(fact, seen, any_question=asked or room or fact.topic in touched, touched=fact.topic in touched)
    earlier_met = not fact.earlier or any(code in memory.shown or levels.get(code, 0) >= 2 for code in fact.earlier)
    blocks = [code for code in fact.blocked_by if seen.blocking.get(code, 0) >= 1]
    barred = memory.breached and fact.min_o > seen.deepest
    before_met = fact.after is None or memory.rendering(fact.after) >= Rendering.PARTIAL
    reach = state.openness >= fact.min_o
    conditions = (
        Condition(name="openness", has=f"{state.openness:.2f}", needs=f"at least {fact.min_o:.2f}", met=reach),
        Condition(
            name="trust", has=f"{state.trust:.2f}", needs=f"at least {fact.min_t:.2f}", met=state.trust >= fact.min_t
        ),
        Condition(
            name="defensiveness",
            has=f"{state.defensiveness:.2f}",
            needs=f"at most {fact.max_d:.2f}",
            met=state.defensiveness <= fact.max_d,
        ),
        Condition(
            name="session",
            has=str(persona.card.session),
            needs=f"{fact.session} or later",
            met=persona.card.session >= fact.session,
        ),
        Condition(
            name="topic",
            has="open" if raised or room else "not raised",
            needs=f"{fact.topic} raised, or room to choose",
            met=raised or room,
        ),
        key,
        Condition(
            name="earlier", has="yes" if earlier_met else "no", needs=" or ".join(fact.earlier) or "-", met=earlier_met
        ),
        Condition(
            name="blocked", has=", ".join(blocks) or "nothing", needs="none of " + (", ".join(fact.blocked_by) or "-"),
            met=not blocks,
        ),
        Condition(name="breach", has="barred" if barred else "no", needs="what was told stayed here", met=not barred),
        Condition(name="after", has="told" if before_met else "not told", needs=fact.after or "-", met=before_met),
    )  # fmt: skip
    return Gate(fact=fact, rendering=_rendering(fact, state, conditions), conditions=conditions)


def _rendering(fact: Fact, state: PatientState, conditions: tuple[Condition, ...]) -> Rendering:
    unmet = {condition.name for condition in conditions if not condition.met}
    if not unmet:
        return Rendering.FULL
    if unmet & {"session", "blocked", "breach", "after"}:
        shut = unmet & {"blocked", "breach"} or "topic" in unmet
        return Rendering.HINT if not shut and state.openness >= fact.hint_from else Rendering.NONE
    if "topic" in unmet:
        return Rendering.NONE
    if unmet <= {"key", "earlier"}:
        return Rendering.PARTIAL
    if fact.partial_o is not None and state.openness >= fact.partial_o and unmet <= {"openness", "key", "earlier"}:
        return Rendering.PARTIAL
    return Rendering.HINT if state.openness >= fact.hint_from else Rendering.NONE


def _key(fact: Fact, seen: _Seen, *, any_question: bool, touched: bool) -> Condition:
    if not fact.key:
        has = "asked" if any_question else "not asked"
        return Condition(name="key", has=has, needs="any question", met=any_question)
    shown = [code for code in fact.key if seen.lately.get(code, 0) >= 2]
    needs = " or ".join(fact.key)
    if fact.topic_is_key:
        needs += f" or the topic {fact.topic}"
        shown += [fact.topic] if touched else []
    return Condition(name="key", has=", ".join(shown) or "none lately", needs=needs, met=bool(shown))


def _lately(state: PatientState, last: int) -> dict[BehaviourCode, Level]:
    """The highest level of each code read in the last exchanges, the present one included."""
    found: dict[BehaviourCode, Level] = {}
    for moment in state.window[-last:]:
        for code, level in moment.read:
            found[code] = max(level, found.get(code, 0))
    return found
