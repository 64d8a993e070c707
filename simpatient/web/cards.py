"""The picker, the briefing and the closing card, as plain data for the browser, and the patient's words as Markdown."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from pathlib import Path
from typing import TypedDict

from simpatient.persona import Patient
from simpatient.web.choices import Offered
from simpatient.web.text import catalogue
from simpatient.words import PatientTurn

_MARKUP = re.compile(r"([\\`*_{}\[\]()<>#+\-!|~:&$])")


class Person(TypedDict):
    """One patient in the picker."""

    id: str
    name: str
    age: int
    pronouns: str
    setting: str
    role: str
    difficulty: str
    channel: str
    trains: str
    portrait: str


class PickerProps(TypedDict):
    """All that People.jsx draws."""

    labels: dict[str, str]
    people: list[Person]
    soFar: dict[str, list[str]]
    """How far the learner has got with each, by id."""
    offered: Offered
    key: str
    educator: bool


class BriefingProps(TypedDict):
    """All that Briefing.jsx draws."""

    labels: dict[str, str]
    person: Person
    rows: list[list[str]]
    """Pairs of heading and text."""
    may: list[str]
    mayNot: list[str]
    warning: str
    disclaimer: str


class FarewellProps(TypedDict):
    """All that Farewell.jsx draws."""

    labels: dict[str, str]
    headline: str
    text: str
    debrief: str
    person: str
    """Id of the patient, to meet them again."""


def person_of(patient: Patient) -> Person:
    """The patient as the picker shows them."""
    card, words = patient.persona.card, catalogue()
    return Person(
        id=patient.persona.id, name=card.name, age=card.age, pronouns=card.pronouns, setting=card.setting,
        role=card.learner_role, difficulty=words.say(f"difficulty.{card.difficulty}"),
        channel=words.say(f"channel.{card.channel.value}"), trains=card.trains,
        portrait=f"/public/avatars/{portrait_name(patient)}",
    )  # fmt: skip


def picker_props(
    patients: Mapping[str, Patient], met: Mapping[str, list[str]], choices: Offered, *, key: str, educator: bool
) -> PickerProps:
    """The picker."""
    return PickerProps(
        labels=catalogue().section("picker"), people=[person_of(p) for p in patients.values()], soFar=dict(met),
        offered=choices, key=key, educator=educator,
    )  # fmt: skip


def briefing_props(patient: Patient, kept: str) -> BriefingProps:
    """What the learner reads before the first word; it holds no hidden fact. `kept` says what becomes of their words."""
    briefing, card, words = patient.persona.briefing, patient.persona.card, catalogue()
    rows = [
        [words.say("briefing.known"), briefing.known],
        [words.say("briefing.task"), briefing.task],
        [words.say("briefing.time"), f"{briefing.time} {briefing.stop}"],
        [words.say("briefing.good"), f"{words.say('briefing.good_text')} {kept}".strip()],
    ]
    return BriefingProps(
        labels=words.section("briefing"), person=person_of(patient), rows=rows, may=list(card.learner_may),
        mayNot=list(card.learner_may_not), warning=briefing.warning, disclaimer=words.say("page.disclaimer"),
    )  # fmt: skip


def profile_text(patient: Patient) -> str:
    """The hover card of the header's patient list, in Markdown."""
    card = patient.persona.card
    role = catalogue().say("picker.you_are", role=plain(card.learner_role))
    return f"**{plain(card.name)}**, {card.age}\n\n{plain(card.setting)}\n\n{role}\n\n{plain(card.trains)}"


def author_id(patient: Patient) -> str:
    """The patient's name in the letters that Chainlit allows for an author."""
    return safe_author(patient.persona.card.name) or patient.persona.id


def safe_author(name: str) -> str:
    """The name in the letters that Chainlit allows for an author; empty if none of them is."""
    ascii_name = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-zA-Z0-9_ .-]", "", ascii_name).strip()


def avatar_stem(author: str) -> str:
    """File name, without ending, under which Chainlit looks an author's picture up."""
    return author.strip().lower().replace(" ", "_").replace(".", "_")


def portrait_name(patient: Patient) -> str:
    """File name of the patient's portrait among the page's avatars."""
    return avatar_stem(author_id(patient)) + (Path(patient.persona.card.portrait).suffix.lower() or ".svg")


def plain(text: str) -> str:
    """The text as Markdown that shows exactly these letters, on one line."""
    return _MARKUP.sub(r"\\\1", " ".join(text.split()))


def turn_markdown(turn: PatientTurn) -> str:
    """A patient turn as Markdown: what is seen in italics on a line of its own, then what is said, line by line.

    Who writes in a text chat sends several short lines.
    """
    spoken = "\n\n".join(plain(line) for line in turn.text.splitlines() if line.strip())
    seen = f"*{plain(turn.nonverbal)}*" if turn.nonverbal else ""
    return "\n\n".join(part for part in (seen, spoken) if part)
