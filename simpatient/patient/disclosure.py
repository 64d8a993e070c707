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
    weighed: _Weighed

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """The parts of the gate in words; made when somebody asks, which in most exchanges nobody does."""
        return self.weighed.conditions()


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
    levels = appraisal.levels()
    seen = _Seen(
        levels=levels,
        asked=bool(QUESTIONS & levels.keys()),
        room=any(level >= (1 if code in INVITATIONS else 2) for code, level in levels.items() if code in ROOM_TO_TELL),
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
    asked: bool
    """It asks something."""
    room: bool
    """It leaves room for the patient to choose, or stays with what is in hand."""
    lately: dict[BehaviourCode, Level]
    """Codes read as far back as keys look, this message included."""
    blocking: dict[BehaviourCode, Level]
    """The same as far back as blocks look."""
    deepest: float
    """Openness that the most guarded of the facts told asks for."""


@dataclass(frozen=True, kw_only=True, slots=True)
class _Weighed:
    """What decides about one fact, as it stands after this message."""

    fact: Fact
    state: PatientState
    session: int
    raised: bool
    """Its topic was raised, or there is room to choose one."""
    asked: bool
    """There is a question, room, or its topic was touched."""
    shown: tuple[str, ...]
    """Which of its keys were shown lately."""
    earlier: bool
    blocks: tuple[BehaviourCode, ...]
    barred: bool
    before: bool

    def unmet(self) -> frozenset[str]:
        """Names of the conditions that do not hold."""
        fact, state = self.fact, self.state
        holds = (
            ("openness", state.openness >= fact.min_o),
            ("trust", state.trust >= fact.min_t),
            ("defensiveness", state.defensiveness <= fact.max_d),
            ("session", self.session >= fact.session),
            ("topic", self.raised),
            ("key", bool(self.shown) if fact.key else self.asked),
            ("earlier", self.earlier),
            ("blocked", not self.blocks),
            ("breach", not self.barred),
            ("after", self.before),
        )
        return frozenset([name for name, met in holds if not met])

    def conditions(self) -> tuple[Condition, ...]:
        """All conditions with what is the case and what is needed, in words."""
        fact, state, unmet = self.fact, self.state, self.unmet()
        key = (", ".join(self.shown) or "none lately") if fact.key else ("asked" if self.asked else "not asked")
        keys = " or ".join(fact.key) + (f" or the topic {fact.topic}" if fact.topic_is_key else "")
        told = (
            ("openness", f"{state.openness:.2f}", f"at least {fact.min_o:.2f}"),
            ("trust", f"{state.trust:.2f}", f"at least {fact.min_t:.2f}"),
            ("defensiveness", f"{state.defensiveness:.2f}", f"at most {fact.max_d:.2f}"),
            ("session", str(self.session), f"{fact.session} or later"),
            ("topic", "open" if self.raised else "not raised", f"{fact.topic} raised, or room to choose"),
            ("key", key, keys if fact.key else "any question"),
            ("earlier", "yes" if self.earlier else "no", " or ".join(fact.earlier) or "-"),
            ("blocked", ", ".join(self.blocks) or "nothing", "none of " + (", ".join(fact.blocked_by) or "-")),
            ("breach", "barred" if self.barred else "no", "what was told stayed here"),
            ("after", "told" if self.before else "not told", fact.after or "-"),
        )
        return tuple(Condition(name=name, has=has, needs=needs, met=name not in unmet) for name, has, needs in told)


def _gate(
    fact: Fact, state: PatientState, seen: _Seen, persona: Persona, memory: Memory, touched: tuple[str, ...]
) -> Gate:
    on_topic = fact.topic in touched
    weighed = _Weighed(
        fact=fact,
        state=state,
        session=persona.card.session,
        raised=on_topic or seen.room or fact.topic in memory.raised or persona.topic(fact.topic).open_from_start,
        asked=on_topic or seen.room or seen.asked,
        shown=_shown(fact, seen, touched=on_topic),
        earlier=not fact.earlier or any(c in memory.shown or seen.levels.get(c, 0) >= 2 for c in fact.earlier),
        blocks=tuple([code for code in fact.blocked_by if seen.blocking.get(code, 0) >= 1]),
        barred=memory.breached and fact.min_o > seen.deepest,
        before=fact.after is None or memory.rendering(fact.after) >= Rendering.PARTIAL,
    )
    return Gate(fact=fact, rendering=_rendering(fact, state, weighed.unmet()), weighed=weighed)


def _shown(fact: Fact, seen: _Seen, *, touched: bool) -> tuple[str, ...]:
    """Which of the fact's keys were shown lately, its topic among them where that is one."""
    shown = [code for code in fact.key if seen.lately.get(code, 0) >= 2]
    if fact.key and fact.topic_is_key and touched:
        shown.append(fact.topic)
    return tuple(shown)


def _rendering(fact: Fact, state: PatientState, unmet: frozenset[str]) -> Rendering:
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


def _lately(state: PatientState, last: int) -> dict[BehaviourCode, Level]:
    """The highest level of each code read in the last exchanges, the present one included."""
    found: dict[BehaviourCode, Level] = {}
    for moment in state.window[-last:]:
        for code, level in moment.read:
            found[code] = max(level, found.get(code, 0))
    return found
