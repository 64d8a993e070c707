"""What a debrief says of earlier meetings: promises, plan, feedback, and an honest parting."""

from __future__ import annotations

from collections.abc import Iterator

from simpatient.patient import Memory
from simpatient.words import Done, Ending, FeedbackKind, Plan, Promise, PromiseStatus

_HABITS = {
    FeedbackKind.TALKS_MUCH: "you did much of the talking",
    FeedbackKind.MANY_QUESTIONS: "you asked many questions at once",
    FeedbackKind.ADVISES: "you gave advice unasked",
    FeedbackKind.LONG_WORDS: "you used long words",
}


def together(name: str, memory: Memory, promises: tuple[Promise, ...], ended: Ending) -> tuple[str, ...]:
    """Sentences for the learner, most important first.

    Args:
        name: the patient's.
        memory: at the end of the meeting.
        promises: the ledger once the meeting is over.
        ended: why it is over.
    """
    said = [*_parting(name, ended)]
    said += [sentence for p in promises for sentence in _promise(name, p, memory.meeting)]
    if memory.plan is not None:
        said += [*_plan(name, memory.plan, memory.meeting)]
    return (*said, *_feedback(name, memory))


def _parting(name: str, ended: Ending) -> Iterator[str]:
    if ended is Ending.REFERRED:
        yield (
            f"You said honestly that the two of you did not suit each other, and you helped {name} on to somebody else. "
            "That is a good ending: it takes two, and a mismatch is nobody's failure."
        )


def _promise(name: str, promise: Promise, meeting: int) -> Iterator[str]:
    if promise.made_at >= meeting or promise.told_at not in (None, meeting) or promise.done is None:
        return
    quote = f'"{promise.quote}"'
    asked_first = promise.raised_in is not None
    if promise.status is PromiseStatus.FOUND_OUT:
        yield (
            f"You said that {quote} was done, and it was not so. {name} found out, and that cost more than the broken "
            "promise had; owning it first would have mended much of it."
        )
    elif promise.claimed_in is not None and promise.done is Done.NOT_DONE:
        yield f"You said that {quote} was done. It was not, and {name} does not know yet."
    elif promise.status is PromiseStatus.KEPT:
        yield f"You kept {quote} and said so{' when you were asked' if asked_first else ' of your own accord'}."
    elif promise.status is PromiseStatus.PARTLY:
        yield f"You kept {quote} in part, and told {name}."
    elif promise.status is PromiseStatus.LATE_OWNED:
        late = "kept late" if promise.done is Done.LATE else "not kept"
        yield f"{quote} was {late}. You said it before {name} had to ask, which mends."
    elif promise.status is PromiseStatus.BROKEN:
        yield f"{quote} was not kept, and {name} had to bring it up or never heard. Say it first, before anything else."
    elif promise.status is PromiseStatus.FORGOTTEN:
        yield f"You had kept {quote} and did not tell. {name} cannot know the difference from a broken promise."


def _plan(name: str, plan: Plan, meeting: int) -> Iterator[str]:
    if plan.reviewed_at == meeting:
        yield f"You came back to the plan, and {name} could say how it went."
    elif plan.missed_at == meeting:
        yield f"The plan was to be looked at in this meeting. {name} noticed that it was not."
    elif plan.made_at == meeting and not plan.asked:
        yield f"You set a plan and a time to look at it. {name} was not asked whether it suits."


def _feedback(name: str, memory: Memory) -> Iterator[str]:
    for feedback in memory.feedback:
        habit = _HABITS[feedback.kind]
        if feedback.answered_at == memory.meeting:
            changed = "That was different this time." if feedback.answered == "acted_on" else "It was no different."
            yield f"{name} had told you that {habit}. {changed}"
        elif feedback.given_at == memory.meeting:
            yield f"{name} told you that {habit}; it will be looked for next time."
