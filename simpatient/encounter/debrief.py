"""The debrief of a meeting: what moved the patient, what stayed unsaid, how it was left."""

from __future__ import annotations

from simpatient.encounter.records import Debrief, Exchange, KeyMoment, NotHeard, Outcome
from simpatient.encounter.together import together
from simpatient.evaluation import MeetingEvents, RatedExchange, roll_up, summary
from simpatient.evaluation.profile import Profile
from simpatient.patient import Memory, next_appointment
from simpatient.patient.intent import changes_in_words
from simpatient.patient.ledger import ended as once_over
from simpatient.persona import Fact, Patient, Persona
from simpatient.rubric import Codebook, Rubric
from simpatient.words import (
    VARIABLES,
    Assessment,
    Ending,
    NextAppointment,
    PatientState,
    Promise,
    PromiseStatus,
    Rendering,
)

MOMENTS = 3
UNTOUCHED = "Something the two of you did not come near"
BY_BEING_HEARD = "Being heard in what had been said so far, and then an open question about the rest of life."
BY_TRUST = "More trust than there was by then. It is not a thing to ask for."
LATE = 0.45
"""Openness from which nothing but trust opens a fact, so that a question would be the wrong way. Source: design."""
_LEFT_EARLY = (Ending.WALKED_OUT, Ending.LEFT_POLITELY)
_OPENING_UP = {"trust": 1.0, "openness": 0.6, "anxiety": -0.5, "defensiveness": -0.5, "hope": 0.4}
"""How much a change of each variable counts when the moments are chosen."""


def debrief_of(
    *,
    encounter: str,
    patient: Patient,
    codebook: Codebook,
    rubric: Rubric,
    exchanges: tuple[Exchange, ...],
    start: PatientState,
    state: PatientState,
    memory: Memory,
    ended: Ending,
) -> Debrief:
    """The debrief; names topics that stayed shut, never the facts."""
    held = tuple(rated(exchange) for exchange in exchanges)
    promises = once_over(memory.promises, memory.meeting)
    profile = profile_of(rubric, exchanges, memory, ended)
    words = summary(rubric, profile, held)
    left = next_appointment(state, memory) if ended not in _LEFT_EARLY else NextAppointment.DOES_NOT_BOOK
    return Debrief(
        encounter=encounter,
        persona=patient.persona.id,
        name=patient.persona.card.name,
        profile=profile,
        moments=_moments(exchanges, codebook),
        not_heard=_not_heard(patient, memory),
        promises=tuple(p for p in promises if _concerns(p, memory.meeting)),
        outcome=Outcome(stance=state.stance.word, next_appointment=left, ended=ended),
        strengths=words.strengths,
        change=words.change,
        text=words.text,
        disclaimer=rubric.not_validated,
        meeting=memory.meeting,
        plan=memory.plan,
        together=together(patient.persona.card.name, memory, promises, ended),
        states=(_point(0, start), *(_point(n, exchange.after) for n, exchange in enumerate(exchanges, 1))),
    )


def profile_of(rubric: Rubric, exchanges: tuple[Exchange, ...], memory: Memory, ended: Ending) -> Profile:
    """What the ratings of these exchanges add up to."""
    return roll_up(rubric, tuple(rated(exchange) for exchange in exchanges), events_of(memory, ended))


def events_of(memory: Memory, ended: Ending | None) -> MeetingEvents:
    """What ceilings depend on. In a first meeting no promise is due, and its promises are counted by codes."""
    walked_out = ended is Ending.WALKED_OUT
    if memory.meeting == 1:
        return MeetingEvents(walked_out=walked_out)
    silent = (PromiseStatus.BROKEN, PromiseStatus.FORGOTTEN)
    concerned = tuple(p for p in once_over(memory.promises, memory.meeting) if _concerns(p, memory.meeting))
    return MeetingEvents(
        walked_out=walked_out,
        promise_silent=any(p.status in silent and p.told_at is None for p in concerned),
        promises=concerned,
    )


def _concerns(promise: Promise, meeting: int) -> bool:
    """Whether a promise was made in this meeting, was told in it, or should have been."""
    return promise.made_at == meeting or promise.told_at in (None, meeting)


def rated(exchange: Exchange) -> RatedExchange:
    """The exchange as the roll-up looks at it."""
    return RatedExchange(
        number=exchange.number,
        message=exchange.learner,
        answers=exchange.answers,
        appraisal=exchange.appraisal,
        assessment=exchange.assessment or Assessment(),
        reply_words=len(exchange.turn.text.split()),
    )


def _point(number: int, state: PatientState) -> dict[str, float | str]:
    values: dict[str, float | str] = {name: round(state.value(name), 4) for name in VARIABLES}
    return {"exchange": number, "stance": state.stance.word, **values}


def _moments(exchanges: tuple[Exchange, ...], codebook: Codebook) -> tuple[KeyMoment, ...]:
    """The exchanges that moved the patient most, in the order of the meeting."""

    def moved(exchange: Exchange) -> float:
        return sum(w * (exchange.after.value(v) - exchange.before.value(v)) for v, w in _OPENING_UP.items())

    strongest = sorted(exchanges, key=lambda exchange: -abs(moved(exchange)))[:MOMENTS]
    return tuple(
        KeyMoment(
            exchange=exchange.number,
            learner=exchange.learner,
            change=", ".join(changes_in_words(exchange.before, exchange.after)) or "hardly moved",
            trust=exchange.after.trust - exchange.before.trust,
            better=_better(exchange, codebook) if moved(exchange) < 0 else "",
        )
        for exchange in sorted(strongest, key=lambda exchange: exchange.number)
        if abs(moved(exchange)) >= 0.02
    )


def _better(exchange: Exchange, codebook: Codebook) -> str:
    if exchange.assessment and exchange.assessment.try_instead:
        return exchange.assessment.try_instead
    harms = sorted((s for s in exchange.appraisal.codes if s.code in codebook.harms), key=lambda s: -s.level)
    return codebook.codes[harms[0].code].better if harms else ""


def _not_heard(patient: Patient, memory: Memory) -> tuple[NotHeard, ...]:
    """What stayed shut: by its topic where the two came near it, else only that there was something."""
    persona = patient.persona
    shut = (
        fact
        for fact in persona.facts
        if memory.rendering(fact.id) < Rendering.FULL and fact.session <= persona.card.session
    )
    return tuple(dict.fromkeys(_shut(fact, persona, memory) for fact in shut))


def _shut(fact: Fact, persona: Persona, memory: Memory) -> NotHeard:
    topic, hinted = persona.topic(fact.topic), fact.id in memory.hints
    plain = topic.open_from_start and not fact.guarded
    if hinted or plain or fact.topic in memory.raised or memory.rendering(fact.id) is not Rendering.NONE:
        return NotHeard(topic=topic.name, would_open=fact.would_open, hinted=hinted)
    return NotHeard(topic=UNTOUCHED, would_open=BY_TRUST if fact.min_o >= LATE else BY_BEING_HEARD, hinted=False)
