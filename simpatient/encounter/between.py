"""The days between two meetings: promises asked about, one message, what happened, and whether the patient comes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from simpatient.appraisal import RuleReader, asks_more_time, may_be_own, promises_in, stops_play, to_patient, told_of
from simpatient.encounter.message import cleaned
from simpatient.encounter.relationship import (
    Met,
    NotReady,
    Relationship,
    Returns,
    Stands,
    asked_about,
    carried,
    due,
)
from simpatient.encounter.safety import care_card
from simpatient.evaluation import RuleEvaluator
from simpatient.patient import Memory, reckon
from simpatient.patient.between import (
    EARLY_MEETINGS,
    LATE_OWNED,
    PARTLY,
    RENEGOTIATED,
    comes_back,
    credited,
    jolted,
    let_down,
    rested,
    seated,
)
from simpatient.patient.ledger import contradicts, matter_of
from simpatient.patient.remember import ledger
from simpatient.patient.returning import chosen
from simpatient.patient.voice import pick
from simpatient.persona import BetweenEvent, Patient, Persona
from simpatient.rubric import Codebook, Rubric
from simpatient.words import (
    Appraisal,
    Assessment,
    Context,
    Done,
    Ending,
    NextAppointment,
    Occasion,
    PatientState,
    PatientTurn,
    Promise,
    PromiseStatus,
    Rendering,
    Stance,
)

SHARE = {Done.KEPT: 1.0, Done.PARTLY: PARTLY, Done.LATE: LATE_OWNED}
"""Credit for a promise by what became of it, when it is told before the meeting."""
STATUS = {Done.KEPT: PromiseStatus.KEPT, Done.PARTLY: PromiseStatus.PARTLY, Done.LATE: PromiseStatus.LATE_OWNED}
GRAVE = 2


@dataclass(frozen=True, kw_only=True)
class Choice:
    """One answer to the question what became of a promise."""

    done: Done
    words: str
    result: str = ""
    """What came of it in truth, to be told in the learner's own words; empty where the persona's file does not know."""


@dataclass(frozen=True, kw_only=True)
class Question:
    """One due promise with the answers to choose from."""

    promise: Promise
    choices: tuple[Choice, ...]


@dataclass(frozen=True, kw_only=True)
class CheckIn:
    """The one message between two meetings, and what came back."""

    text: str
    appraisal: Appraisal
    reply: str
    context: Context
    """What an evaluator may know when it rates the message."""
    assessment: Assessment | None = None
    """Its ratings by rules; None where no rubric was given."""


@dataclass(frozen=True, kw_only=True)
class Between:
    """How the days between two meetings went."""

    relationship: Relationship
    returns: Returns
    events: tuple[BetweenEvent, ...] = ()
    """What happened to the patient; told in the meeting, not before."""
    check_in: CheckIn | None = None
    message: str = ""
    """What the patient sends when they do not come."""
    notice: str = ""
    """One line to the learner, out of character."""


def questions(relationship: Relationship, patient: Patient) -> tuple[Question, ...]:
    """What the learner is asked outside the conversation: each due promise, with truthful results.

    Raises:
        NotReady: the two are not between meetings.

    Source: clinical section 3.6.
    """
    _between_meetings(relationship)
    known = _known(relationship)
    return tuple(
        Question(promise=p, choices=_choices(_result_of(_matched(p, patient.persona), patient.persona, known)))
        for p in due(relationship)
    )


def between(
    relationship: Relationship,
    patient: Patient,
    codebook: Codebook,
    *,
    done: Mapping[str, Done] | None = None,
    check_in: str = "",
    rubric: Rubric | None = None,
    seed: int = 1,
    helpline: str = "",
) -> Between:
    """The days until the next meeting. Pure: the same choices and seed give the same days.

    Args:
        relationship: as `after_meeting` left it.
        patient: who it is.
        codebook: by which a message is read.
        done: what became of each due promise by its id; one that is not named was not done.
        check_in: the one message that may be sent; empty for none.
        rubric: by which the message is rated; by default it is not.
        seed: chooses what happens meanwhile, and wordings.
        helpline: local help named on the stop card.

    Raises:
        NotReady: the two are not between meetings.
        UnusableMessage: the check-in is too long.
        KeyError: `done` names a promise that is not due.

    Source: clinical section 3.5 (design).
    """
    _between_meetings(relationship)
    if relationship.refers:
        return _over(relationship, Returns.REFERRED)
    if relationship.next_number > patient.persona.card.session_limit:
        return _over(relationship, Returns.FINISHED)
    text = cleaned(check_in)
    if stops_play(text) or may_be_own(text):
        card = care_card(patient.persona.safety.stop_text, helpline)
        return Between(relationship=relationship, returns=Returns.COMES, notice=card)
    asked = _asked(relationship, patient.persona, done or {})
    read = _read(text, asked, codebook) if text else None
    state, asked = _passed(asked, read, text, patient.persona, codebook)
    event = _event(asked, patient.persona, seed)
    state = seated(jolted(state, event.changes) if event else state, relationship.last_stance)
    ready = replace(
        asked,
        stands=Stands.READY,
        state=state,
        checked_in=read is not None,
        event=event.id if event else "",
        happened=(*asked.happened, *((event.id,) if event else ())),
        returns=Returns.COMES,
    )
    evaluator = RuleEvaluator(rubric, codebook) if rubric else None
    sent = _sent(ready, patient, text, read, seed, evaluator) if read is not None else None
    if not comes_back(state, patient.persona):
        words = _line(patient, Occasion.NO_SHOW, state.stance, carried(ready), seed)
        return replace(_over(ready, Returns.NO_SHOW), check_in=sent, message=words)
    return Between(relationship=ready, returns=Returns.COMES, events=(event,) if event else (), check_in=sent)


def _sent(
    ready: Relationship,
    patient: Patient,
    text: str,
    read: tuple[Appraisal, Context],
    seed: int,
    evaluator: RuleEvaluator | None,
) -> CheckIn:
    """The message with what came back."""
    appraisal, context = read
    anew = any(p.status is PromiseStatus.RENEGOTIATED and p.told_in == 0 for p in ready.promises)
    occasion = Occasion.CHECK_IN_RENEGOTIATED if anew else Occasion.CHECK_IN_REPLY
    return CheckIn(
        text=text,
        appraisal=appraisal,
        context=context,
        reply=_line(patient, occasion, ready.state.stance, carried(ready), seed),
        assessment=evaluator.assess(text, context, appraisal) if evaluator else None,
    )


def _between_meetings(relationship: Relationship) -> None:
    """Nothing, when a meeting is over and the next not begun.

    Raises:
        NotReady: otherwise.
    """
    if relationship.stands is Stands.READY:
        raise NotReady("The days between have passed already. Begin the next meeting.")
    if relationship.stands is Stands.OVER:
        raise NotReady("There is no further meeting with this person. Begin anew without what went before.")


def _known(relationship: Relationship) -> frozenset[str]:
    return frozenset(fact for fact, rendering in relationship.told if rendering is Rendering.FULL)


def _matched(promise: Promise, persona: Persona) -> Promise:
    """The promise with the request of the persona's that it answers."""
    matter = matter_of(promise, persona)
    return replace(promise, matter=matter.id or "") if matter else promise


def _result_of(promise: Promise, persona: Persona, known: frozenset[str]) -> str:
    """What came of it in truth; empty where that would give away what has not been told."""
    matter = next((m for m in persona.promises if m.id and m.id == promise.matter), None)
    if matter is None or (matter.needs is not None and matter.needs not in known):
        return ""
    return matter.truthful_result


def _choices(result: str) -> tuple[Choice, ...]:
    return (
        Choice(done=Done.KEPT, words="Done, and in time.", result=result),
        Choice(done=Done.LATE, words="Done, but later than I said.", result=result),
        Choice(done=Done.PARTLY, words="Done in part.", result=result),
        Choice(done=Done.NOT_DONE, words="Not done."),
    )


def _asked(relationship: Relationship, persona: Persona, done: Mapping[str, Done]) -> Relationship:
    """The relationship once the learner has said what became of each due promise."""
    waiting = {p.id for p in due(relationship)}
    unknown = sorted(set(done) - waiting)
    if unknown:
        raise KeyError(unknown[0])
    known = _known(relationship)

    def answered(promise: Promise) -> Promise:
        if promise.id not in waiting:
            return promise
        matched = _matched(promise, persona)
        return asked_about(matched, done.get(promise.id, Done.NOT_DONE), _result_of(matched, persona, known))

    return replace(relationship, promises=tuple(answered(p) for p in relationship.promises))


def _read(text: str, relationship: Relationship, codebook: Codebook) -> tuple[Appraisal, Context]:
    """The message as it is read: written, answering nothing, with the promises known."""
    said = tuple(" ".join(reply) for reply in relationship.spoken)
    context = Context(
        turn=PatientTurn(text=said[-1] if said else ""),
        said=said,
        exchange=2,
        promises=relationship.promises,
        meeting=len(relationship.meetings),
    )
    return RuleReader(codebook).read(text, context), context


def _passed(
    relationship: Relationship,
    read: tuple[Appraisal, Context] | None,
    text: str,
    persona: Persona,
    codebook: Codebook,
) -> tuple[PatientState, Relationship]:
    """State and ledger once the days have passed: the message read, what it tells credited, breaks felt."""
    state, promises, number = relationship.state, list(relationship.promises), relationship.next_number
    kindly, text = read is not None, to_patient(text)
    if read is not None:
        harmful = [s for s in read[0].codes if s.code in codebook.harms and s.level >= GRAVE]
        if harmful:
            kindly = False
            state = reckon(state, Appraisal(by="rules", codes=tuple(harmful)), persona, codebook).after
        made = promises_in(text, read[1])
        promises = list(ledger(tuple(promises), made, number - 1))
    state = rested(state, persona, checked_in=kindly)
    told = (
        told_of(text, [p for p in promises if p.done is not None and p.status is PromiseStatus.OPEN]) if read else None
    )
    anew = read is not None and asks_more_time(text)
    for place, promise in enumerate(promises):
        if promise.done is None or promise.status is not PromiseStatus.OPEN:
            continue
        reported = told is not None and told.promise == promise.id and told.done and not told.not_done
        if reported and promise.done is not Done.NOT_DONE and not contradicts(text, promise, persona):
            state = credited(state, persona, promise.weight, SHARE[promise.done])
            promises[place] = replace(promise, status=STATUS[promise.done], told_at=number, told_in=0)
        elif promise.done is Done.NOT_DONE:
            early = number <= EARLY_MEETINGS
            if anew:
                state = let_down(state, persona, promise.weight, early=early, share=RENEGOTIATED, strains=False)
                promises[place] = replace(
                    promise, status=PromiseStatus.RENEGOTIATED, done=None, due=f"session {number + 1}", told_in=0
                )
            else:
                state = let_down(state, persona, promise.weight, early=early)
    return state, replace(relationship, promises=tuple(promises))


def _event(relationship: Relationship, persona: Persona, seed: int) -> BetweenEvent | None:
    """One thing that happened meanwhile, by seed; what would give a fact away waits until that fact is told."""
    known, number = _known(relationship), relationship.next_number
    fitting = [
        event
        for event in persona.between
        if event.id not in relationship.happened
        and (event.meeting is None or event.meeting == number)
        and (event.needs is None or event.needs in known)
    ]
    return pick(fitting, seed, number, "between") if fitting else None


def _line(patient: Patient, occasion: Occasion, stance: Stance, memory: Memory, seed: int) -> str:
    line = chosen(patient, occasion, stance, memory, (seed, memory.meeting))
    return line.say.replace("{learner}", memory.learner_name) if line else ""


def _over(relationship: Relationship, returns: Returns) -> Between:
    """No further meeting."""
    meetings = relationship.meetings
    if returns is Returns.NO_SHOW:
        missed = Met(
            number=relationship.next_number,
            encounter="",
            ended=Ending.NO_SHOW,
            next_appointment=NextAppointment.DOES_NOT_BOOK,
            stance=relationship.state.stance,
            exchanges=0,
        )
        meetings = (*meetings, missed)
    over = replace(relationship, stands=Stands.OVER, meetings=meetings, returns=returns)
    return Between(relationship=over, returns=returns)
