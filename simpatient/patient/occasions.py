"""What people who have met before bring up, and how they part for good. Pure."""

from __future__ import annotations

import re
from dataclasses import replace

from simpatient.appraisal import speaks_of
from simpatient.patient.dynamics import Reckoning
from simpatient.patient.feedback import ENOUGH, Feedback, better, fault
from simpatient.patient.hearing import HOSTILE, Heard
from simpatient.patient.ledger import to_raise
from simpatient.patient.memory import Memory
from simpatient.persona import Persona
from simpatient.persona.returning import MISREPORTED
from simpatient.words import (
    Done,
    Ending,
    FeedbackKind,
    Intent,
    Move,
    NextAppointment,
    Occasion,
    PatientState,
    Plan,
    Promise,
    Stance,
    Tag,
)

RAISES_AT = 3
"""Exchange at which the patient brings up a due promise, if the learner has not (clinical section 3.5)."""
RAISES_AGAIN_AFTER = 3
"""Exchanges before another due promise is brought up."""
LOOKS_BACK_AT = 5
"""Exchange from which the patient can say whether a habit has changed."""
MISSES_PLAN_AT = 6
"""Exchange at which the patient notices that a plan was forgotten."""
TELLS_NEWS_AT = 4
"""Exchange from which the patient tells unasked what happened between the meetings."""
MET, PARTLY_MET = 0.55, 0.40
"""Hope from which things have gone as planned, or in part."""
_MOVES = {
    Occasion.RAISES_PROMISE: Move.ASK,
    Occasion.PROMISE_DOUBTED: Move.ASK,
    Occasion.PROMISE_BROKEN: Move.COMPLAIN,
    Occasion.FOUND_OUT: Move.COMPLAIN,
    Occasion.PLAN_MET: Move.ELABORATE,
    Occasion.PLAN_PARTLY: Move.ELABORATE,
    Occasion.PLAN_NOT: Move.ELABORATE,
    Occasion.PLAN_FORGOTTEN: Move.COMPLAIN,
    Occasion.FEEDBACK: Move.ANSWER,
    Occasion.FEEDBACK_IGNORED: Move.COMPLAIN,
    Occasion.EVENT: Move.ELABORATE,
    Occasion.REFERRAL: Move.ANSWER,
    Occasion.FAREWELL_ELSEWHERE: Move.CLOSE,
}
"""The ordinary move nearest to an occasion; a reaction where none stands here."""
_TAGS: dict[Occasion, tuple[Tag, ...]] = {
    Occasion.RAISES_PROMISE: (Tag.PROMISE_DUE,),
    Occasion.PROMISE_DOUBTED: (Tag.CONCERN,),
    Occasion.PROMISE_BROKEN: (Tag.COMPLAINT,),
    Occasion.FOUND_OUT: (Tag.RUPTURE, Tag.COMPLAINT),
    Occasion.PLAN_NOT: (Tag.SETBACK,),
    Occasion.PLAN_FORGOTTEN: (Tag.COMPLAINT,),
    Occasion.FEEDBACK_IGNORED: (Tag.COMPLAINT,),
    Occasion.EVENT: (Tag.ACCOUNT, Tag.CUE),
}
"""What an occasion calls for."""


def occasion_of(
    base: Intent, reckoning: Reckoning, heard: Heard, persona: Persona, memory: Memory, exchange: int
) -> Intent | None:
    """The reply that belongs to what the two have behind them, most pressing first; None for an ordinary one."""
    state = reckoning.after
    if heard.risk or not HOSTILE.isdisjoint(heard.asked):
        return None
    if memory.happening is not None:
        promise = next(p for p in memory.promises if p.id == memory.happening.promise)
        return _of_promise(base, memory.happening.occasion, promise)
    if memory.refers and Occasion.REFERRAL not in memory.occasions:
        return _intent(base, Occasion.REFERRAL)
    odd = {"meta", "foreign", "nonsense"} & set(heard.asked)
    strained = state.stance <= Stance.RUPTURED or (state.rupture and not reckoning.before.rupture)
    if odd or strained:
        return None
    due = to_raise(memory)
    if due is not None and exchange >= RAISES_AT and _may_raise(memory, exchange):
        return _of_promise(base, Occasion.RAISES_PROMISE, due)
    return (
        _plan(base, heard, memory, state, exchange)
        or _feedback(base, heard, memory, exchange)
        or _news(base, reckoning, heard, persona, memory, exchange)
    )


def parted(intent: Intent, memory: Memory) -> Intent:
    """The closing of a meeting in which the learner has helped the patient on to somebody else."""
    if not memory.refers or intent.move is not Move.CLOSE:
        return intent
    ending = Ending.REFERRED if intent.ending in (Ending.CLOSED, Ending.TIME) else intent.ending
    return replace(
        intent,
        next_appointment=NextAppointment.ELSEWHERE,
        ending=ending,
        occasion=Occasion.FAREWELL_ELSEWHERE,
    )


def plan_due(memory: Memory) -> Plan | None:
    """The plan, when this meeting is one in which it is to be looked at and nobody has."""
    plan = memory.plan
    if plan is None or plan.made_at >= memory.meeting or memory.meeting < plan.review_at:
        return None
    seen = max(plan.reviewed_at or 0, plan.missed_at or 0)
    each_time = plan.review.startswith(("each", "every"))
    return plan if seen == 0 or (each_time and seen < memory.meeting) else None


def feedback_due(memory: Memory) -> Feedback | None:
    """The last thing said of the learner in an earlier meeting that nobody has come back to."""
    waiting = [f for f in memory.feedback if not f.answered and f.given_at < memory.meeting]
    return waiting[-1] if waiting else None


def habit_to_name(memory: Memory) -> FeedbackKind | None:
    """The habit the patient would name when asked how the learner comes across, once for each."""
    found = fault(memory.talk)
    return None if found is None or any(f.kind is found for f in memory.feedback) else found


def _plan(base: Intent, heard: Heard, memory: Memory, state: PatientState, exchange: int) -> Intent | None:
    plan = plan_due(memory)
    if plan is None:
        return None
    if speaks_of(heard.text, plan):
        progress = (
            Occasion.PLAN_MET
            if state.hope >= MET
            else Occasion.PLAN_PARTLY
            if state.hope >= PARTLY_MET
            else Occasion.PLAN_NOT
        )
        return _intent(base, progress, about=turned(plan.benchmark))
    if exchange >= MISSES_PLAN_AT:
        return _intent(base, Occasion.PLAN_FORGOTTEN, about=turned(plan.benchmark))
    return None


def _feedback(base: Intent, heard: Heard, memory: Memory, exchange: int) -> Intent | None:
    asked = "feedback" in heard.asked
    before = feedback_due(memory)
    if before is not None and memory.talk.messages + 1 >= ENOUGH and (exchange >= LOOKS_BACK_AT or asked):
        changed = Occasion.FEEDBACK_ACTED_ON if better(before, memory.talk) else Occasion.FEEDBACK_IGNORED
        return _intent(base, changed, which=before.kind.value)
    kind = habit_to_name(memory)
    if asked and kind is not None and "plan" not in heard.asked:
        return _intent(base, Occasion.FEEDBACK, which=kind.value)
    return None


def _news(
    base: Intent, reckoning: Reckoning, heard: Heard, persona: Persona, memory: Memory, exchange: int
) -> Intent | None:
    """What happened since they last met, when there is room for it."""
    event = next((e for e in persona.between if e.id == memory.event), None)
    if event is None or reckoning.harm or reckoning.after.rupture:
        return None
    asked = "how_are_you" in heard.asked or (heard.free and heard.question) or event.topic in heard.topics
    if not asked and (exchange < TELLS_NEWS_AT or heard.question):
        return None
    return replace(_intent(base, Occasion.EVENT, which=event.id, about=event.text), topic=event.topic or base.topic)


def _may_raise(memory: Memory, exchange: int) -> bool:
    raised = [p.raised_in for p in memory.promises if p.raised_in is not None]
    return not raised or exchange >= max(raised) + RAISES_AGAIN_AFTER


def _of_promise(base: Intent, occasion: Occasion, promise: Promise) -> Intent:
    misreported = occasion is Occasion.FOUND_OUT and promise.done is not Done.NOT_DONE
    which = MISREPORTED if misreported else promise.matter
    return _intent(base, occasion, about=promised_words(promise), which=which)


def _intent(base: Intent, occasion: Occasion, *, about: str = "", which: str = "") -> Intent:
    return replace(
        base,
        move=_MOVES.get(occasion, Move.REACT),
        plants=_TAGS.get(occasion, ()),
        occasion=occasion,
        about=about,
        which=which,
    )


_FROM_THEIR_SIDE = {
    "i": "you", "me": "you", "my": "your", "mine": "yours", "you": "me", "your": "my", "yours": "mine",
    "i'm": "you're", "i'll": "you'll", "i've": "you've", "you're": "I'm", "you've": "I've", "you'll": "I'll",
    "you'd": "I'd", "we": "we",
}  # fmt: skip
_DAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())
_VERBS = frozenset("are were have had will would can could do did said say want need like get got told think".split())
_TIME_GONE = re.compile(r" (?:by |on |before )?(?:next (?:week|time|session|meeting|\w+day)|today|tomorrow|tonight)\b")
"""Times that mean another day by the time the promise is spoken of again."""
MOST_WORDS = 14


def turned(words: str) -> str:
    """The learner's words as the patient would say them: you and I change places.

    "ask the doctor and tell you next tuesday" becomes "ask the doctor and tell me next Tuesday".
    """
    said = words.replace("can not", "can't").replace("will not", "won't").replace("do not", "don't").split()
    out: list[str] = []
    for place, word in enumerate(said):
        following = said[place + 1] if place + 1 < len(said) else ""
        if word == "you" and following in _VERBS:
            out.append("I")
        elif word == "are" and out[-1:] == ["I"]:
            out.append("am")
        else:
            out.append(_FROM_THEIR_SIDE.get(word, word.capitalize() if word in _DAYS else word))
    return " ".join(out)


def promised_words(promise: Promise) -> str:
    """What was promised, short enough to be said in passing."""
    said = turned(_TIME_GONE.sub("", promise.what).rstrip(" .")).split()
    said = ["do", "it", *said] if said[:1] and said[0] in ("by", "before", "on") else said
    if len(said) <= MOST_WORDS:
        return " ".join(said)
    cut = next((n for n in range(MOST_WORDS, 3, -1) if said[n] in ("and", "what", "so", "whether", "if")), MOST_WORDS)
    return " ".join(said[:cut])
