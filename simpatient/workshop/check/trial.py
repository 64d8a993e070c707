"""A meeting without words: codes go straight to the engine, as if every message had been read perfectly. Pure.

What the best of such rehearsals cannot reach, nobody will. Learners that write real messages rehearse elsewhere; what
they find can be judged here as well, for a judge asks only for a `Trial`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from simpatient.patient.between import rested, seated
from simpatient.patient.disclosure import gates
from simpatient.patient.dynamics import advance, opening_state
from simpatient.patient.memory import Memory
from simpatient.persona import Fact, Patient
from simpatient.rubric import Codebook
from simpatient.words import Appraisal, BehaviourCode, CodedSpan, Level, PatientState, Rendering, Telling

EXCHANGES = 12
"""Length of a rehearsed meeting."""
FIRST_LOOK = 12
"""How many of the helps that go furthest in the first message of a meeting are tried in the later ones. With all of them
trust and openness of twelve patients differed by 0.005 at the most, and nothing else was told."""
SECOND_LOOK = 6
"""How many of the helps that go furthest by themselves are tried as the second one of a message."""
NOT_AT_WILL = frozenset({"promise_kept", "repair", "advice_permitted"})
"""Helps that nobody can bring to every message: something has to have happened before."""
Codes = Mapping[BehaviourCode, Level]
Choose = Callable[[PatientState, int], Codes]
"""What is done in the message of this number, in this state."""


@dataclass(frozen=True, kw_only=True)
class Tried:
    """How one rehearsal went."""

    states: tuple[PatientState, ...]
    """After each exchange, all meetings after one another."""
    told: Mapping[str, tuple[Rendering, int]]
    """By fact: how much of it was told at the most, and after how many exchanges."""

    @property
    def trust(self) -> float:
        """Trust at the end of the first meeting, 0..1."""
        return self.states[EXCHANGES - 1].trust

    def reached(self, meeting: int) -> float:
        """The highest openness of one meeting, 0..1."""
        return max(state.openness for state in self.states[EXCHANGES * (meeting - 1) : EXCHANGES * meeting])


class Trial(Protocol):
    """Anything that plays against a patient for some meetings."""

    def tried(self, patient: Patient, codebook: Codebook, meetings: int = 1) -> Tried:
        """How it went."""
        ...


@dataclass(frozen=True, kw_only=True)
class Scripted:
    """Plays codes chosen beforehand, or chosen by looking one step ahead."""

    begin: Callable[[PatientState, Patient, Codebook], Choose]
    """How somebody goes into a meeting that begins in this state."""

    def tried(self, patient: Patient, codebook: Codebook, meetings: int = 1) -> Tried:
        """How it went."""
        state, memory = opening_state(patient.persona), Memory()
        states: list[PatientState] = []
        told: dict[str, tuple[Rendering, int]] = {}
        for meeting in range(1, meetings + 1):
            if meeting > 1:
                state = seated(rested(state, patient.persona, checked_in=True), state.stance)
            choose = self.begin(state, patient, codebook)
            for number in range(1, EXCHANGES + 1):
                codes = choose(state, number)
                state = advance(state, perfectly_read(codes), patient.persona, codebook)
                states.append(state)
                first = patient.persona.card.session
                memory = _heard(patient, state, codes, memory, first + meeting - 1, told, len(states))
        return Tried(states=tuple(states), told=told)


def perfectly_read(codes: Codes) -> Appraisal:
    """The appraisal of a message in which these codes were found."""
    return Appraisal(
        by="script", codes=tuple(CodedSpan(code=code, level=level, quote="") for code, level in codes.items())
    )


def _best(opening: PatientState, patient: Patient, codebook: Codebook) -> Choose:
    """In each message the two helps that bring the patient furthest, with an open question; what is strained can be repaired."""

    def ranked(state: PatientState, chosen: Codes, helps: Sequence[BehaviourCode]) -> list[BehaviourCode]:
        reached = [(_further(state, {**chosen, code: 3}, patient, codebook), code) for code in helps]
        return [code for _, code in sorted(reached, key=lambda each: -each[0])]

    def choose(state: PatientState, _number: int) -> Codes:
        first, *others = ranked(state, asked, [*helps, "repair"] if state.rupture else helps)
        second = ranked(state, {**asked, first: 3}, others[:SECOND_LOOK])[0]
        return {**asked, first: 3, second: 3}

    asked: Codes = {"open_question": 3}
    known = [
        code.code for code in codebook.codes.values()
        if code.kind == "help" and code.weight and code.code not in NOT_AT_WILL and code.code not in asked
    ]  # fmt: skip
    helps = ranked(opening, asked, known)[:FIRST_LOOK]
    return choose


def _further(state: PatientState, codes: Codes, patient: Patient, codebook: Codebook) -> float:
    after = advance(state, perfectly_read(codes), patient.persona, codebook)
    return after.openness + after.trust


_NOVICE: tuple[Codes, ...] = (
    {"open_question": 2, "reflect_simple": 2},
    {"reflect_simple": 2, "closed_question": 2},
    {"empathy": 2, "advice_unasked": 1},
    {"open_question": 1, "validation": 1},
)
"""Means well, by turns: a question, an echo, some advice, a kind word."""
_COLD: tuple[Codes, ...] = ({"closed_question": 2}, {"information": 1}, {"closed_question": 2, "cue_ignored": 1})
"""Polite and elsewhere: asks everything, takes nothing up."""
_ASKING: tuple[Codes, ...] = ({"closed_question": 2},)


def _by_turns(turns: tuple[Codes, ...]) -> Scripted:
    return Scripted(begin=lambda _state, _patient, _codebook: lambda _now, number: turns[(number - 1) % len(turns)])


SKILLED = Scripted(begin=_best)
NOVICE = _by_turns(_NOVICE)
COLD = _by_turns(_COLD)
ASKING = _by_turns(_ASKING)
"""Asks about everything there is, without doing anything for the patient."""


def _heard(
    patient: Patient,
    state: PatientState,
    codes: Codes,
    memory: Memory,
    meeting: int,
    told: dict[str, tuple[Rendering, int]],
    number: int,
) -> Memory:
    """The memory once every fact whose gate is open has been told; each topic is asked about in every message."""
    persona = patient.persona.model_copy(update={"card": patient.persona.card.model_copy(update={"session": meeting})})
    topics = tuple(topic.id for topic in persona.topics)
    for gate in gates(state, perfectly_read(codes), persona, memory, topics):
        before = told.get(gate.fact.id, (Rendering.NONE, 0))[0]
        if gate.rendering > before:
            told[gate.fact.id] = (gate.rendering, number)
            memory = memory.with_telling(Telling(fact=gate.fact.id, topic=gate.fact.topic, rendering=gate.rendering))
    return memory


def states_for(fact: Fact, played: Tried, first_meeting: int) -> tuple[PatientState, ...]:
    """The states of the meetings in which the fact may be told."""
    return played.states[EXCHANGES * max(0, fact.session - first_meeting) :]
