"""What the card before a further meeting says, as plain data for the browser. Never the patient's hidden state."""

from __future__ import annotations

from typing import TypedDict

from simpatient.encounter import CheckIn, Question, Relationship, Returns, Stands, questions
from simpatient.persona import Patient
from simpatient.rubric import Rubric
from simpatient.store.rows import MeetingLine
from simpatient.web.cards import Person, person_of
from simpatient.web.text import catalogue
from simpatient.words import Promise, Rendering


class Answer(TypedDict):
    """One answer to choose."""

    done: str
    words: str


class Asked(TypedDict):
    """One due promise."""

    id: str
    quote: str
    due: str
    result: str
    answers: list[Answer]


class AgainProps(TypedDict):
    """All that Again.jsx draws."""

    labels: dict[str, str]
    person: Person
    key: str
    headline: str
    soFar: list[str]
    asked: list[Asked]
    message: bool
    """Whether one message may be sent."""
    next: bool
    """Whether there is a further meeting."""
    why: str
    """Why there is none; empty when there is one."""
    unfinished: str
    """Address of a meeting that is still going on; empty when there is none."""
    debrief: str
    error: str
    done: bool


def again_props(
    patient: Patient,
    stands: Relationship | None,
    unfinished: MeetingLine | None,
    *,
    key: str,
    error: str,
    debrief: str,
    done: bool,
) -> AgainProps:
    """The card at the door of somebody the learner has met."""
    words, name = catalogue(), patient.persona.card.name.split()[0]
    met = stands is not None and stands.stands is Stands.MET
    over = stands is not None and stands.stands is Stands.OVER
    asked = [_asked(question) for question in questions(stands, patient)] if stands is not None and met else []
    labels = {key: text.replace("{patient}", name) for key, text in words.section("between").items()}
    returns = stands.returns if stands is not None and over else None
    return AgainProps(
        labels=labels, person=person_of(patient), key=key,
        headline=words.say("between.met" if stands is not None else "between.going_on", patient=name),
        soFar=so_far(patient, stands), asked=asked, message=met, next=stands is not None and not over,
        why=words.say(f"between.{(returns or Returns.FINISHED).value}", patient=name) if over else "",
        unfinished=f"/thread/{unfinished.id}" if unfinished is not None else "", debrief=debrief, error=error,
        done=done,
    )  # fmt: skip


def so_far(patient: Patient, stands: Relationship | None) -> list[str]:
    """How far the learner has got with this person, in plain words: nothing that a debrief would not say."""
    if stands is None:
        return []
    words, name = catalogue(), patient.persona.card.name.split()[0]
    held = [met for met in stands.meetings if met.encounter]
    lines: list[str] = []
    if held:
        count = words.say("so_far.one") if len(held) == 1 else words.say("so_far.many", count=len(held))
        stance = words.say(f"stance.{held[-1].stance.word}")
        lines.append(words.say("so_far.left", count=count, patient=name, stance=stance))
    told = sum(1 for _, rendering in stands.told if rendering is Rendering.FULL)
    if told:
        lines.append(words.say("so_far.told_one" if told == 1 else "so_far.told", patient=name, count=told))
    return lines


def check_in_ratings(sent: CheckIn, rubric: Rubric) -> str:
    """What the one message earned, in a line; empty when nothing was rated."""
    ratings = sent.assessment.ratings if sent.assessment else ()
    earned = [f"{rubric.behaviour(r.behaviour).name} {r.value}/3" for r in ratings if r.value]
    return catalogue().say("between.rated", earned=", ".join(earned)) if earned else ""


def _asked(question: Question) -> Asked:
    promise = question.promise
    return Asked(
        id=promise.id, quote=promise.quote, due=_due(promise),
        result=next((choice.result for choice in question.choices if choice.result), ""),
        answers=[Answer(done=choice.done.value, words=choice.words) for choice in question.choices],
    )  # fmt: skip


def _due(promise: Promise) -> str:
    words = catalogue()
    if promise.due.startswith("session "):
        return words.say("between.due_meeting", number=promise.due.split()[1])
    return words.say("between.due_end") if promise.due == "end" else promise.due
