"""`simpatient rehearse`."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from simpatient.settings import Settings
    from simpatient.suite.learners import Learner
    from simpatient.workshop import Table

KINDS = ("skilled", "novice", "cold", "pushy", "stuffing")


@click.command("rehearse")
@click.argument("persona")
@click.option("--learner", type=click.Choice(KINDS), default="skilled", show_default=True, help="Who talks to them.")
@click.option("--exchanges", type=click.IntRange(1, 200), default=12, show_default=True, help="Time there is.")
@click.option("--seed", type=int, default=1, show_default=True, help="Same seed, same words, same meeting.")
@click.option("--json", "as_json", is_flag=True, help="One exchange record per line, then the debrief.")
@click.option(
    "--html", type=click.Path(dir_okay=False, path_type=Path), help="All learners play; write one page to FILE."
)
@click.option("--seeds", type=click.IntRange(1, 100), default=10, show_default=True, help="With --html: meetings each.")
@click.option("--evaluator", default="rapport", show_default=True, help="Rubric to rate by.")
@click.option(
    "--difficulty", type=click.Choice(["gentle", "standard", "hard"]), help="How hard the patient is to move."
)
@click.option("--channel", type=click.Choice(["in_person", "phone", "text", "video"]), help="How they meet.")
@click.option("--chat-model", help="Who finds the patient's words: embedded, openai:NAME or PROVIDER:NAME.")
@click.option("--evaluator-model", help="Who rates, named likewise.  [default: the chat model]")
@click.option("--learner-model", help="Who finds the learner's words, named likewise, instead of --learner.")
@click.option("--style", default="", help="With --learner-model: how that learner talks, in a sentence.")
@click.option("--base-url", help="Address of the endpoint.")
@click.option("--reading", type=click.Choice(["rules", "rules-then-model", "model"]), help="Who reads the messages.")
def command(
    persona: str,
    learner: str,
    exchanges: int,
    seed: int,
    as_json: bool,
    html: Path | None,
    seeds: int,
    evaluator: str,
    difficulty: str | None,
    channel: str | None,
    chat_model: str | None,
    evaluator_model: str | None,
    learner_model: str | None,
    style: str,
    base_url: str | None,
    reading: str | None,
) -> None:
    """Let a learner that is no script talk to PERSONA, and print the meeting.

    Learners see the briefing and what is said, as a person would; never the patient's file, facts or feelings. With
    --html all five play ten meetings each, embedded, and a page shows trust over time, what came out when, how the
    patient's stance moved and which lines nobody was ever told.
    """
    from simpatient.settings import Settings

    flags = {"chat_model": chat_model, "evaluator_model": evaluator_model, "base_url": base_url, "reading": reading}
    settings = Settings(**{name: value for name, value in flags.items() if value is not None})
    if html is not None:
        if as_json or learner_model or chat_model:
            raise click.UsageError("--html plays all embedded learners; leave out --json and the models.")
        seen = range(seed, seed + seeds)
        table = asyncio.run(_table(persona, settings, seen, exchanges, evaluator, difficulty, channel))
        _write(table, html)
        return
    if style and not learner_model:
        raise click.UsageError("--style tells a chat model how to talk; name one with --learner-model.")
    who = _learner(learner, learner_model, style, seed, settings)
    asyncio.run(
        _meeting(
            persona, settings, who, as_json=as_json, seed=seed, exchanges=exchanges, evaluator=evaluator,
            difficulty=difficulty, channel=channel,
        )
    )  # fmt: skip


def _learner(kind: str, model: str | None, style: str, seed: int, settings: Settings) -> Learner:
    from simpatient.llm import connect
    from simpatient.suite.learners import Voiced, learner_named

    if model is None:
        return learner_named(kind, seed)
    key = settings.api_key.get_secret_value()
    found = connect(model, base_url=settings.base_url, api_key=key, timeout=settings.chat_timeout)
    if found is None:
        raise click.UsageError("--learner-model names a chat model; the embedded learners go by --learner.")
    return Voiced(found, style, seed)


async def _meeting(
    persona: str,
    settings: Settings,
    learner: Learner,
    *,
    as_json: bool,
    seed: int,
    exchanges: int,
    evaluator: str,
    difficulty: str | None,
    channel: str | None,
) -> None:
    from simpatient.authoring import Library
    from simpatient.cli.shown import Json, Text
    from simpatient.encounter import Cast, Encounter, after_meeting
    from simpatient.workshop import play

    show = Json() if as_json else Text(talking=False)
    encounter = await Encounter.begin(
        persona, library=Library.choose(settings.library), seed=seed, evaluator=evaluator, difficulty=difficulty,
        channel=channel, helpline=settings.helpline, models=Cast.of_settings(settings),
    )  # fmt: skip
    show.opening(encounter)
    await play(encounter, learner, exchanges, lambda exchange: show.exchange(exchange, encounter))
    debrief = await encounter.end()
    show.debrief(debrief, after_meeting(encounter))


async def _table(
    persona: str,
    settings: Settings,
    seeds: range,
    exchanges: int,
    evaluator: str,
    difficulty: str | None,
    channel: str | None,
) -> Table:
    from dataclasses import replace

    from simpatient.authoring import Library
    from simpatient.encounter import as_asked
    from simpatient.persona import load_patient
    from simpatient.rubric import load_codebook, load_rubric
    from simpatient.workshop import rehearsed

    shelf = Library.choose(settings.library)
    codebook = load_codebook(shelf)
    patient = load_patient(shelf, persona, codebook.codes)
    patient = replace(patient, persona=as_asked(patient.persona, difficulty, channel))
    rubric = load_rubric(shelf, evaluator, codebook)
    return await rehearsed(patient, codebook, rubric, seeds=tuple(seeds), exchanges=exchanges)


def _write(table: Table, html: Path) -> None:
    """Write the page, and say in a few lines what is on it."""
    from simpatient.workshop.page import page

    html.write_text(page(table), encoding="utf-8")
    for margin in table.margins:
        enough = "" if margin.enough else "  too close: a patient should notice the difference"
        click.echo(f"{margin.over} ends {margin.by:+.2f} above {margin.under}{enough}")
    for each in table.played:
        share, when = table.guarded(each.learner)
        told = "-" if share is None else f"{share:.0%}"
        click.echo(f"{each.learner:9} trust {each.end:.2f}, guarded facts told {told}, median exchange {when or '-'}")
    if table.remark:
        click.echo(f"  {table.remark}")
    for what, guarded in (("guarded", True), ("harmless", False)):
        slope = table.slope(guarded=guarded)
        if slope is not None:
            click.echo(f"{what} facts: {slope:+.2f} of them more with the skilled learner than with the cold one")
    click.echo(f"{table.unused} of {table.authored} lines were never said. Written: {html}")
