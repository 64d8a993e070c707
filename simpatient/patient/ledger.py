"""What a message does to the patient when promises of earlier meetings are due. Pure and deterministic."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from simpatient.appraisal import Told, refers_well, to_patient, told_of
from simpatient.patient.between import EARLY_MEETINGS, LATE_OWNED, PARTLY, credited, lied_to
from simpatient.patient.dynamics import Reckoning, reckon
from simpatient.patient.memory import Happening, Memory
from simpatient.persona import LikelyPromise, Persona
from simpatient.rubric import Codebook
from simpatient.words import (
    Appraisal,
    CodedSpan,
    Done,
    Occasion,
    PatientState,
    PatientTurn,
    Promise,
    PromiseKind,
    PromiseStatus,
)

LIE_HOLDS = 2
"""Exchanges for which a false word about a promise holds before it is found out."""
OWNED_AS_REPAIR = 2
"""Level of repair that owning a broken promise before being asked has at least."""
GRAVE = 2


@dataclass(frozen=True, kw_only=True)
class Moved:
    """What one message was read as, what it did, and what the patient now holds of it."""

    appraisal: Appraisal
    reckoning: Reckoning
    memory: Memory


def moved(
    state: PatientState,
    read: Appraisal,
    message: str,
    memory: Memory,
    persona: Persona,
    codebook: Codebook,
    number: int,
    answers: PatientTurn,
) -> Moved:
    """How `message` moves the patient, promises of earlier meetings included.

    A promise is credited in the exchange that tells it. Owning a break before being asked is a repair. A false word
    is held for a while and then found out, which costs more than the break.

    Source: clinical section 3.5 and 3.6.
    """
    due = untold(memory)
    tags = frozenset(opportunity.tag for opportunity in answers.opportunities)
    message = to_patient(message)
    told = told_of(message, due, tags)
    promise = next((p for p in due if told and p.id == told.promise), None)
    appraisal = _with_owning(read, told, promise, message)
    reckoning = reckon(state, appraisal, persona, codebook)
    refers = memory.refers or (refers_well(message) and reckoning.harm < GRAVE)
    memory = replace(memory, happening=None, refers=refers)
    after = reckoning.after
    if told is not None and promise is not None:
        after, memory = _answered(after, told, promise, message, memory, persona, number)
    if memory.happening is None:
        after, memory = _found_out(after, memory, persona, number)
    return Moved(appraisal=appraisal, reckoning=replace(reckoning, after=after), memory=memory)


def untold(memory: Memory) -> tuple[Promise, ...]:
    """Promises of earlier meetings that are due and whose outcome the patient has not heard."""
    return tuple(
        p
        for p in memory.promises
        if p.status is PromiseStatus.OPEN and p.done is not None and p.made_at < memory.meeting
    )


def to_raise(memory: Memory) -> Promise | None:
    """The due promise that the patient would bring up next: the weightiest that nobody has spoken of."""
    waiting = [p for p in untold(memory) if p.raised_in is None and p.claimed_in is None]
    return max(waiting, key=lambda p: (p.weight, -p.made_in), default=None)


def matter_of(promise: Promise, persona: Persona) -> LikelyPromise | None:
    """The request in the persona's file that a promise answers, by two of its words; None when there is none."""
    said = f"{promise.what} {promise.quote}".lower()
    found = [(sum(_has(word, said) for word in likely.words), likely) for likely in persona.promises if likely.words]
    most, likely = max(found, key=lambda pair: pair[0], default=(0, None))
    return likely if most >= min(2, len(likely.words) if likely else 2) else None


def contradicts(message: str, promise: Promise, persona: Persona) -> bool:
    """Whether what the learner reports cannot be squared with the truthful result."""
    matter = next((m for m in persona.promises if m.id and m.id == promise.matter), None)
    if matter is None:
        return False
    parts = re.split(r"(?<=[.?!])\s+", message.lower().replace("’", "'"))
    return any(_has(phrase, part) for phrase in matter.contradicted_by for part in parts)


def ended(promises: tuple[Promise, ...], meeting: int) -> tuple[Promise, ...]:
    """The ledger once a meeting is over: what was due and not told is broken, or was kept and then forgotten."""

    def final(promise: Promise) -> Promise:
        if promise.status is not PromiseStatus.OPEN or promise.done is None or promise.made_at >= meeting:
            return promise
        status = PromiseStatus.BROKEN if promise.done is Done.NOT_DONE else PromiseStatus.FORGOTTEN
        return replace(promise, status=status)

    return tuple(final(promise) for promise in promises)


def with_promise(memory: Memory, promise: Promise, occasion: Occasion | None = None) -> Memory:
    """The memory with a promise exchanged for its newer self."""
    promises = tuple(promise if p.id == promise.id else p for p in memory.promises)
    happening = Happening(occasion=occasion, promise=promise.id) if occasion else memory.happening
    return replace(memory, promises=promises, happening=happening)


def _answered(
    state: PatientState, told: Told, promise: Promise, message: str, memory: Memory, persona: Persona, number: int
) -> tuple[PatientState, Memory]:
    """The state and memory once the learner has spoken of a promise that was due."""
    first = promise.raised_in is None and promise.claimed_in is None
    over = replace(promise, told_at=memory.meeting, told_in=number)
    if told.done and not told.not_done:
        if promise.done is Done.NOT_DONE or contradicts(message, promise, persona):
            claimed = replace(promise, claimed_in=promise.claimed_in or number)
            return state, with_promise(memory, claimed, Occasion.PROMISE_DOUBTED)
        share, status, occasion = _credit(promise.done, first=first)
        state = credited(state, persona, promise.weight, share)
        return state, with_promise(memory, replace(over, status=status), occasion)
    if promise.done in (Done.PARTLY, Done.LATE) and (told.done or told.late):
        share, status, occasion = _credit(promise.done, first=first)
        state = credited(state, persona, promise.weight, share)
        return state, with_promise(memory, replace(over, status=status), occasion)
    if promise.done is not Done.NOT_DONE:
        return state, memory
    if told.not_done and first:
        return state, with_promise(memory, replace(over, status=PromiseStatus.LATE_OWNED), Occasion.PROMISE_OWNED)
    return state, with_promise(memory, replace(over, status=PromiseStatus.BROKEN), Occasion.PROMISE_BROKEN)


def _credit(done: Done | None, *, first: bool) -> tuple[float, PromiseStatus, Occasion]:
    if done is Done.KEPT:
        return 1.0, PromiseStatus.KEPT, Occasion.PROMISE_KEPT
    if done is Done.LATE and first:
        return LATE_OWNED, PromiseStatus.LATE_OWNED, Occasion.PROMISE_LATE
    share = PARTLY if done is Done.PARTLY else PARTLY * LATE_OWNED
    return share, PromiseStatus.PARTLY, Occasion.PROMISE_PARTLY


def _found_out(state: PatientState, memory: Memory, persona: Persona, number: int) -> tuple[PatientState, Memory]:
    """The state and memory when a false word about a promise can no longer hold."""
    for promise in untold(memory):
        if promise.claimed_in is None or number < promise.claimed_in + LIE_HOLDS:
            continue
        matter = next((m for m in persona.promises if m.id and m.id == promise.matter), None)
        reported_wrongly = promise.done is not Done.NOT_DONE
        if reported_wrongly or promise.kind is PromiseKind.CONTACT or (matter is not None and matter.seen_by):
            over = replace(promise, status=PromiseStatus.FOUND_OUT, told_at=memory.meeting, told_in=number)
            early = memory.meeting <= EARLY_MEETINGS
            return (
                lied_to(state, persona, promise.weight, early=early),
                with_promise(memory, over, Occasion.FOUND_OUT),
            )
    return state, memory


def _with_owning(read: Appraisal, told: Told | None, promise: Promise | None, message: str) -> Appraisal:
    """The reading with a repair where a break is owned before anybody asked."""
    if told is None or promise is None or not told.not_done or promise.done is not Done.NOT_DONE:
        return read
    if promise.raised_in or promise.claimed_in or read.level_of("repair") >= OWNED_AS_REPAIR:
        return read
    quote = max((part.strip() for part in re.findall(r"[^.!?\n]+[.!?]*", message)), key=len, default=message)
    return replace(read, codes=(*read.codes, CodedSpan(code="repair", level=OWNED_AS_REPAIR, quote=quote)))


def _has(phrase: str, text: str) -> bool:
    """Whether the words of a phrase occur in a text in order; `*` at the end of a word matches any ending."""
    words = [re.escape(w.removesuffix("*")) + (r"\w*" if w.endswith("*") else "") for w in phrase.lower().split()]
    return re.search(r"\b" + r"\b.*?\b".join(words) + (r"\b" if words else ""), text) is not None
