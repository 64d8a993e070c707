"""`simpatient transcript`."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from simpatient.encounter import Debrief, Encounter


@click.command("transcript")
@click.argument("persona")
@click.argument("dialogue")
@click.option("--seed", type=int, default=1, show_default=True)
def command(persona: str, dialogue: str, seed: int) -> None:
    """Hold a worked DIALOGUE of PERSONA's file again and print it as Markdown.

    The learner's words are those of the file; the patient answers as they would today.
    """
    for line in asyncio.run(_held(persona, dialogue, seed)):
        click.echo(line)


async def _held(persona: str, dialogue: str, seed: int) -> list[str]:
    from simpatient.authoring import Library
    from simpatient.encounter import Encounter
    from simpatient.settings import Settings

    encounter = await Encounter.begin(persona, library=Library.choose(Settings().library), seed=seed)
    try:
        steps = encounter.patient.dialogues.steps_of(dialogue)
    except KeyError:
        known = ", ".join(each.id for each in encounter.patient.dialogues.dialogues)
        raise click.UsageError(f"{persona} has no dialogue `{dialogue}`. Known: {known}.") from None
    for step in steps:
        if encounter.ended is None:
            await encounter.exchange(step.learner, practice=True)
    debrief = await encounter.end()
    return [*_head(encounter, dialogue, seed), *_spoken(encounter), *_left(debrief)]


def _head(encounter: Encounter, dialogue: str, seed: int) -> Iterator[str]:
    about = next(each.about for each in encounter.patient.dialogues.dialogues if each.id == dialogue)
    name = encounter.patient.persona.card.name
    yield f"# {name}, {dialogue}"
    yield ""
    yield f"{about.strip()} Made by `simpatient transcript {encounter.patient.persona.id} {dialogue} --seed {seed}`."
    yield ""


def _spoken(encounter: Encounter) -> Iterator[str]:
    name = encounter.patient.persona.card.name
    for who, turn in [(None, encounter.opening), *((e.learner, e.turn) for e in encounter.exchanges)]:
        if who is not None:
            yield f"**You:** {who}"
            yield ""
        gesture = f"*{turn.nonverbal}* " if turn.nonverbal else ""
        yield f"**{name}:** {gesture}{turn.text}"
        yield ""


def _left(debrief: Debrief) -> Iterator[str]:
    leaves = debrief.outcome.next_appointment.value.replace("_", " ")
    yield f"{debrief.name} {leaves}. Stance at the end: {debrief.outcome.stance}."
    yield ""
    yield "| exchange | stance | trust | anxiety | defensiveness | hope | openness |"
    yield "|---|---|---|---|---|---|---|"
    for point in debrief.states:
        values = " | ".join(f"{point[name]:.2f}" for name in ("trust", "anxiety", "defensiveness", "hope", "openness"))
        yield f"| {point['exchange']} | {point['stance']} | {values} |"
