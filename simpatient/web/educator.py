"""What an educator's panel adds: what the patient feels, was about to do, and keeps back. Only where it is switched on."""

from __future__ import annotations

from typing import TypedDict

from simpatient.encounter import Encounter, Exchange
from simpatient.patient import Gate
from simpatient.rubric import Codebook
from simpatient.web.text import catalogue
from simpatient.words import VARIABLES


class Feeling(TypedDict):
    """One variable of the state."""

    name: str
    before: str
    after: str


class Kept(TypedDict):
    """One fact and its gate."""

    id: str
    now: str
    why: str
    text: str


class EducatorProps(TypedDict):
    """All that the educator's part of the panel draws."""

    labels: dict[str, str]
    feelings: list[Feeling]
    stance: str
    read: list[str]
    intent: list[str]
    gates: list[Kept]


def educator_props(encounter: Encounter, exchange: Exchange | None, codebook: Codebook) -> EducatorProps:
    """What stands behind an exchange; of a meeting in which nothing was said yet, how it begins."""
    words = catalogue()
    after = encounter.state if exchange is None else exchange.after_corrected or exchange.after
    before = after if exchange is None else exchange.before
    gates = encounter.account(exchange.number)[1] if exchange is not None else ()
    rupture = words.say("educator.rupture", cause=after.rupture.cause.value) if after.rupture else ""
    return EducatorProps(
        labels=words.section("educator"),
        feelings=[
            Feeling(
                name=words.say(f"variable.{name}"), before=f"{before.value(name):.2f}", after=f"{after.value(name):.2f}"
            )
            for name in VARIABLES
        ],
        stance=" · ".join(part for part in (words.say(f"stance.{after.stance.word}"), rupture) if part),
        read=_read(exchange, codebook) if exchange is not None else [],
        intent=_intent(exchange) if exchange is not None else [],
        gates=[_kept(gate, exchange) for gate in gates],
    )  # fmt: skip


def _read(exchange: Exchange, codebook: Codebook) -> list[str]:
    return [
        f"{codebook.codes[span.code].name if span.code in codebook.codes else span.code} {span.level}: “{span.quote}”"
        for span in exchange.appraisal.codes
    ]


def _intent(exchange: Exchange) -> list[str]:
    intent = exchange.intent
    said = [intent.move.value.replace("_", " ")]
    if intent.tells is not None:
        said.append(catalogue().say("educator.tells", fact=intent.tells.fact, how=intent.tells.rendering.word))
    if intent.withholds:
        said.append(catalogue().say("educator.withholds", topics=", ".join(intent.withholds)))
    if intent.ending is not None:
        said.append(catalogue().say("educator.ending", why=intent.ending.value.replace("_", " ")))
    return said


def _kept(gate: Gate, exchange: Exchange | None) -> Kept:
    words = catalogue()
    unmet = [f"{c.name} {c.has} ({words.say('educator.needs')} {c.needs})" for c in gate.conditions if not c.met]
    told = any(t.fact == gate.fact.id for t in exchange.tellings) if exchange is not None else False
    now = words.say("educator.told_now") if told else gate.rendering.word
    why = "; ".join(unmet) if unmet else words.say("educator.open")
    return Kept(id=gate.fact.id, now=now, why=why, text=next(iter(gate.fact.full), ""))
