"""The patient's memory after an exchange. Pure."""

from __future__ import annotations

from dataclasses import replace

from simpatient.appraisal import to_patient
from simpatient.patient.hearing import HOSTILE, Heard
from simpatient.patient.memory import Memory
from simpatient.patient.recalls import recalled
from simpatient.patient.sentences import sentences
from simpatient.patient.voice import Spoken
from simpatient.words import Appraisal, Intent, Move, Promise, PromiseStatus, Rendering

ABOUT_LASTS = 6
"""Replies for which "he" or "it" may still mean what they were about."""


def remember(
    memory: Memory,
    appraisal: Appraisal,
    heard: Heard,
    intent: Intent,
    spoken: Spoken,
    promises: tuple[Promise, ...],
) -> Memory:
    """The memory once the reply has been spoken; `promises` are those made in the message."""
    levels = appraisal.levels()
    good = {code for code, level in levels.items() if level >= 2}
    raised = tuple(dict.fromkeys((*memory.raised, *heard.topics, *((intent.topic,) if intent.topic else ()))))
    told = memory.with_telling(intent.tells)
    after = replace(
        told,
        breached=memory.breached or levels.get("breach", 0) >= 2,
        shown=memory.shown | good,
        raised=raised,
        topic=intent.topic or memory.topic,
        planted=(*memory.planted, *spoken.plants),
        spoken=(*memory.spoken, sentences(spoken.turn.text)),
        gestures=(*memory.gestures, spoken.turn.nonverbal) if spoken.turn.nonverbal else memory.gestures,
        more=spoken.more,
        thread=_thread(memory, intent, spoken),
        last_life=intent.life_too or intent.life or "",
        about=(tuple(dict.fromkeys((*spoken.about, *heard.things))), *memory.about)[:ABOUT_LASTS],
        warned=memory.warned or intent.move is Move.WARN,
        hostile=memory.hostile + bool(HOSTILE & set(heard.asked)),
        planned=memory.planned or bool({"planning", "shared_decision"} & good),
        promises=ledger(memory.promises, promises, memory.meeting),
        learner_name=heard.learner_name or memory.learner_name,
    )
    return recalled(after, appraisal, to_patient(heard.text), spoken.turn.text, intent, len(memory.spoken))


def _thread(memory: Memory, intent: Intent, spoken: Spoken) -> tuple[str, ...]:
    """What is left of the fact told last, until another topic is in hand."""
    if intent.tells is not None:
        return spoken.more if intent.tells.rendering > Rendering.HINT else ()
    if intent.topic not in (None, memory.topic):
        return ()
    said = set(sentences(spoken.turn.text))
    return tuple(text for text in memory.thread if said.isdisjoint(sentences(text)))


def ledger(before: tuple[Promise, ...], made: tuple[Promise, ...], meeting: int = 1) -> tuple[Promise, ...]:
    """The ledger with new promises; the same undertaking made again replaces the vaguer one.

    A bare time ("by Thursday noon, by email") says when the last one falls due; it is no promise of its own.
    """
    kept = list(before)
    for new in made:
        due = f"session {meeting + 1}" if new.due.startswith("session") else new.due
        promise = replace(new, made_at=meeting, due=due)
        open_now = [p for p in kept if p.status is PromiseStatus.OPEN and p.made_at == meeting]
        bare = promise.what.startswith(("by ", "before ", "on "))
        if bare and open_now:
            last = open_now[-1]
            kept[kept.index(last)] = replace(last, due=promise.due, specific=max(last.specific, promise.specific))
            continue
        twin = next((p for p in open_now if p.what == promise.what), None)
        if twin is None:
            kept.append(replace(promise, id=f"p{len(kept) + 1}"))
        elif promise.specific > twin.specific:
            kept[kept.index(twin)] = replace(promise, id=twin.id, made_in=twin.made_in)
    return tuple(kept)
