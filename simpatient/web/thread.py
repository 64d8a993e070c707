"""A meeting as Chainlit's thread: what was said, and the cards around it. Never what was felt or is hidden."""

# Chainlit's dictionaries are loosely typed.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, cast

from chainlit.element import ElementDict
from chainlit.step import StepDict
from chainlit.types import ThreadDict

from simpatient.encounter import Encounter, Exchange
from simpatient.store.rows import Aside, KeptExchange, KeptMeeting, MeetingLine
from simpatient.web.cards import author_id, plain, safe_author, turn_markdown
from simpatient.web.text import catalogue
from simpatient.words import PatientTurn

LEARNER_NAME = "You"
_START = datetime.fromisoformat("2020-01-01T00:00:00+00:00")
"""Steps are ordered by their moment; only the order means anything."""


@dataclass(frozen=True, kw_only=True)
class Said:
    """One exchange as the chat shows it."""

    number: int
    learner: str
    turn: PatientTurn
    notice: str = ""


@dataclass(kw_only=True)
class Shown:
    """What the chat shows of a meeting, step by step."""

    encounter: str
    learner: str
    name: str
    """On the list of meetings."""
    profile: str
    """Id of the persona, which is the entry of the header's list."""
    steps: list[StepDict] = field(default_factory=list[StepDict])
    elements: list[ElementDict] = field(default_factory=list[ElementDict])

    def learner_says(self, number: int, text: str) -> None:
        """Add a message of the learner's."""
        self._add(learner_step(self.encounter, number), LEARNER_NAME, "user_message", text)

    def patient_says(self, number: int, author: str, turn: PatientTurn) -> None:
        """Add a reply; 0 is the opening."""
        self._add(_id(self.encounter, f"{number}.patient"), author, "assistant_message", turn_markdown(turn))

    def coach_says(self, place: str, text: str) -> None:
        """Add a line out of character."""
        self._add(_id(self.encounter, f"{place}.coach"), _coach(), "assistant_message", plain(text))

    def card(self, element: str, props: Mapping[str, Any]) -> None:
        """Add one of our own elements, as a message of its own."""
        step = _id(self.encounter, f"{element}.card")
        self._add(step, _coach(), "assistant_message", "")
        self.element(_id(self.encounter, element), element, props, beside=step)

    def element(self, element_id: str, element: str, props: Mapping[str, Any], beside: str = "") -> None:
        """Add an element: in the step it stands `beside`, or in the sidebar."""
        self.elements.append(
            cast("ElementDict", {
                "id": element_id, "threadId": self.encounter, "type": "custom", "name": element,
                "display": "inline" if beside else "side", "props": dict(props), "forId": beside,
                "mime": "application/json",
            })
        )  # fmt: skip

    def thread(self) -> ThreadDict:
        """All of it, as Chainlit has it."""
        return ThreadDict(
            id=self.encounter, createdAt=_START.isoformat(), name=self.name, userId=self.learner,
            userIdentifier=self.learner, tags=None, metadata={"chat_profile": self.profile}, steps=self.steps,
            elements=self.elements,
        )  # fmt: skip

    def _add(self, step: str, author: str, kind: str, text: str) -> None:
        moment = (_START + timedelta(seconds=len(self.steps))).isoformat()
        self.steps.append(
            cast("StepDict", {
                "id": step, "threadId": self.encounter, "name": author, "type": kind, "output": text,
                "createdAt": moment, "start": moment, "end": moment, "streaming": False, "isError": False,
                "waitForAnswer": False, "metadata": {},
            })
        )  # fmt: skip


def learner_step(encounter: str, number: int) -> str:
    """Id of the step that shows the learner's message of an exchange."""
    return _id(encounter, f"{number}.learner")


def line_name(name: str, meeting: int, *, ended: bool) -> str:
    """A meeting's name on the list."""
    return catalogue().say("history.over" if ended else "history.open", name=name, meeting=meeting)


def listed(line: MeetingLine) -> ThreadDict:
    """A line of the list: no word of what was said."""
    name = line_name(line.name, line.meeting, ended=line.ended is not None)
    return ThreadDict(
        id=line.id, createdAt=line.updated_at.isoformat(), name=name, userId=line.learner, userIdentifier=line.learner,
        tags=None, metadata={"chat_profile": line.persona}, steps=[], elements=[],
    )  # fmt: skip


def of_encounter(encounter: Encounter) -> Shown:
    """The words of an open meeting, on the branch that stands."""
    persona = encounter.patient.persona
    shown = Shown(
        encounter=encounter.id, learner=encounter.learner, profile=persona.id,
        name=line_name(persona.card.name, encounter.memory.meeting, ended=encounter.ended is not None),
    )  # fmt: skip
    add_words(shown, author_id(encounter.patient), encounter.opening, (said(each) for each in encounter.exchanges))
    return shown


def of_kept(kept: KeptMeeting, opening: PatientTurn | None) -> Shown:
    """The words of a meeting out of the store, on the branch that stands."""
    line = kept.line
    shown = Shown(
        encounter=line.id, learner=line.learner, profile=line.persona,
        name=line_name(line.name, line.meeting, ended=line.ended is not None),
    )  # fmt: skip
    author = safe_author(line.name) or line.persona
    add_words(shown, author, opening, (_said_then(each) for each in kept.path()), kept.beside.asides)
    return shown


def add_words(
    shown: Shown, author: str, opening: PatientTurn | None, exchanges: Iterable[Said], asides: Iterable[Aside] = ()
) -> None:
    """Add the opening and the exchanges to `shown`, each with the coach's `asides` that followed it."""
    beside: dict[int, list[Aside]] = {}
    for aside in asides:
        beside.setdefault(aside.after, []).append(aside)

    def coach_said(number: int) -> None:
        for place, aside in enumerate(beside.get(number, ())):
            shown.coach_says(f"{number}.{place}", aside.text)

    if opening is not None:
        shown.patient_says(0, author, opening)
    coach_said(0)
    for each in exchanges:
        if each.learner:
            shown.learner_says(each.number, each.learner)
        if each.turn.text or each.turn.nonverbal:
            shown.patient_says(each.number, author, each.turn)
        if each.notice:
            shown.coach_says(str(each.number), each.notice)
        coach_said(each.number)


def said(exchange: Exchange) -> Said:
    """An exchange as the chat shows it."""
    return Said(number=exchange.number, learner=exchange.learner, turn=exchange.turn, notice=exchange.notice)


def _said_then(kept: KeptExchange) -> Said:
    record = kept.record
    turn = PatientTurn(text=str(record["reply"]), nonverbal=str(record["nonverbal"]))
    return Said(number=kept.number, learner=str(record["learner"]), turn=turn, notice=str(record["notice"]))


def _coach() -> str:
    return catalogue().say("page.coach")


def _id(encounter: str, place: str) -> str:
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"simpatient:{encounter}:{place}"))
