"""`simpatient chat`."""

from __future__ import annotations

import asyncio
import json
import re
import secrets
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from simpatient.encounter import Debrief, Encounter, Exchange
    from simpatient.settings import Settings
    from simpatient.store import Store
    from simpatient.words import PatientTurn

WAYS_OUT = ("/end", "/quit", "/exit")
REWIND = "/rewind"
PAUSED = "Paused. Nobody is waiting: the patient sits where they are until you write again. /end ends the meeting."
UNKNOWN = "Words that begin with / are not said to the patient. There are /pause, /rewind N and /end."


@click.command("chat")
@click.argument("persona", required=False)
@click.option("--terminal", is_flag=True, help="Talk here instead of in the browser.")
@click.option("--seed", type=int, default=1, show_default=True, help="Same seed, same words, same meeting.")
@click.option(
    "--json", "as_json", is_flag=True, help="With --terminal: one exchange record per line, then the debrief."
)
@click.option("--evaluator", default="rapport", show_default=True, help="Rubric to rate by.")
@click.option(
    "--difficulty", type=click.Choice(["gentle", "standard", "hard"]), help="How hard the patient is to move."
)
@click.option("--channel", type=click.Choice(["in_person", "phone", "text", "video"]), help="How you meet.")
@click.option("--continue", "again", metavar="ID", help="With --terminal: go on with a kept meeting.")
@click.option("--keep", is_flag=True, help="With --terminal: keep the meeting even when it is piped.")
@click.option("--chat-model", help="Who finds the words: embedded, openai:NAME or PROVIDER:NAME.")
@click.option("--evaluator-model", help="Who rates, named likewise.  [default: the chat model]")
@click.option("--base-url", help="Address of the endpoint.")
@click.option("--reading", type=click.Choice(["rules", "rules-then-model", "model"]), help="Who reads your messages.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address of the page.")
@click.option("--port", type=click.IntRange(1, 65535), default=None, help="Port of the page.  [default: 8000]")
@click.option("--open", "open_browser", is_flag=True, help="Open the page in a browser.")
def command(
    persona: str | None,
    terminal: bool,
    seed: int,
    as_json: bool,
    evaluator: str,
    difficulty: str | None,
    channel: str | None,
    again: str | None,
    keep: bool,
    chat_model: str | None,
    evaluator_model: str | None,
    base_url: str | None,
    reading: str | None,
    host: str,
    port: int | None,
    open_browser: bool,
) -> None:
    """Meet a patient: PERSONA is an id from `simpatient personas`.

    Without --terminal the page opens at http://127.0.0.1:8000. With it, type freely; an empty line is a
    silence, /rewind N goes back to exchange N, /end ends the meeting. Where standard input is not a terminal, each
    line is one message and nothing is stored, unless --keep or --continue asks for it.
    """
    from simpatient.settings import Settings

    flags = {"chat_model": chat_model, "evaluator_model": evaluator_model, "base_url": base_url, "reading": reading}
    settings = Settings(**{name: value for name, value in flags.items() if value is not None})
    if not terminal:
        if as_json or again or keep:
            raise click.UsageError("--json, --continue and --keep go with --terminal.")
        from simpatient.web.launch import serve

        serve(host=host, port=port, seed=seed, open_browser=open_browser, persona=persona, settings=settings)
        return
    if persona is None and again is None:
        raise click.UsageError("Say whom to meet: `simpatient chat andrew --terminal`. See `simpatient personas`.")
    talking = sys.stdin is not None and sys.stdin.isatty() and not as_json  # pyright: ignore[reportUnnecessaryComparison]
    # Input is waited for outside the loop, so that Ctrl-C ends it at once.
    with asyncio.Runner() as runner:
        store = runner.run(_store(settings)) if talking or keep or again else None
        if again is not None and store is not None:
            encounter = runner.run(_continued(settings, again, store))
        else:
            encounter = runner.run(_seated(settings, persona or "", seed, evaluator, difficulty, channel, store))
        show = _Json() if as_json else _Text(talking=talking)
        show.opening(encounter)
        for line in show.messages():
            said = line.strip().lower()
            if said in WAYS_OUT:
                break
            if said.startswith(REWIND) and said[len(REWIND) :].strip().isdecimal():
                runner.run(_rewind(encounter, int(said[len(REWIND) :]), show))
                continue
            if talking and said.startswith("/"):
                show.notice(PAUSED if said == "/pause" else UNKNOWN)
                continue
            runner.run(_exchange(encounter, line, show))
            if encounter.ended is not None:
                break
        show.debrief(runner.run(encounter.end()))
        if encounter.trouble is not None:
            show.notice(f"Not all of this meeting could be saved. {encounter.trouble}")
        if store is not None:
            runner.run(store.close())


async def _store(settings: Settings) -> Store:
    from simpatient.store import Store

    return await Store.of(settings)


async def _continued(settings: Settings, encounter_id: str, store: Store) -> Encounter:
    from simpatient.authoring import Library
    from simpatient.encounter import Cast, Encounter

    library = Library.choose(settings.library)
    return await Encounter.resume(
        store, encounter_id, library=library, helpline=settings.helpline, models=Cast.of_settings(settings)
    )


async def _seated(
    settings: Settings,
    persona: str,
    seed: int,
    evaluator: str,
    difficulty: str | None,
    channel: str | None,
    store: Store | None,
) -> Encounter:
    """The meeting, kept in `store` when there is one."""
    from simpatient.authoring import Library
    from simpatient.encounter import Cast, Encounter

    return await Encounter.begin(
        persona,
        library=Library.choose(settings.library),
        seed=seed,
        evaluator=evaluator,
        difficulty=difficulty,
        channel=channel,
        encounter_id=f"{re.sub(r'[^A-Za-z0-9_.-]', '-', Path(persona).name)[:80]}-{secrets.token_hex(6)}"
        if store
        else "",
        store=store,
        helpline=settings.helpline,
        models=Cast.of_settings(settings),
    )


async def _rewind(encounter: Encounter, number: int, show: _Json | _Text) -> None:
    from simpatient.errors import EncounterEnded

    try:
        turn = await encounter.rewind(number)
    except KeyError:
        show.notice(f"There is no exchange {number}: this meeting has {len(encounter.branches())} branches so far.")
    except EncounterEnded as exc:
        show.notice(str(exc))
    else:
        show.rewound(number, turn)


async def _exchange(encounter: Encounter, line: str, show: _Json | _Text) -> None:
    from simpatient.encounter import IdentifyingDetails, UnusableMessage
    from simpatient.errors import EncounterEnded, MeetingChanged

    try:
        try:
            exchange = await encounter.exchange(line)
        except IdentifyingDetails as exc:
            if not show.agrees(str(exc)):
                return
            exchange = await encounter.exchange(line, confirmed=True)
    except (UnusableMessage, EncounterEnded, MeetingChanged) as exc:
        show.notice(str(exc))
        return
    rated = await encounter.rated(exchange.number)
    show.exchange(replace(rated, notice=exchange.notice), encounter)


def _piped() -> Iterator[str]:
    """Lines of standard input; bytes that are no text become replacement marks, a closed one has none."""
    if sys.stdin is None:  # pyright: ignore[reportUnnecessaryComparison]  (so it is under `<&-`)
        return
    for raw in sys.stdin.buffer:
        yield raw.decode("utf-8", "replace").rstrip("\r\n")


class _Json:
    """Records for programs."""

    def opening(self, encounter: Encounter) -> None:
        """Nothing: the opening is part of the first record's context."""

    def messages(self) -> Iterator[str]:
        return _piped()

    def exchange(self, exchange: Exchange, encounter: Encounter) -> None:
        self._write(exchange.record())

    def notice(self, text: str) -> None:
        self._write({"notice": text})

    def agrees(self, question: str) -> bool:
        """Never: nobody is there to be asked."""
        self.notice(f"{question} It was not sent.")
        return False

    def rewound(self, number: int, turn: PatientTurn) -> None:
        self._write({"rewound": number, "turn": turn.text, "nonverbal": turn.nonverbal})

    def debrief(self, debrief: Debrief) -> None:
        self._write({"debrief": debrief.record()})

    def _write(self, record: object) -> None:
        sys.stdout.buffer.write((json.dumps(record, ensure_ascii=False) + "\n").encode("utf-8", "replace"))
        sys.stdout.buffer.flush()


class _Text:
    """Words for a person at a terminal."""

    def __init__(self, *, talking: bool) -> None:
        self.talking = talking
        self.name = ""

    def opening(self, encounter: Encounter) -> None:
        card, briefing = encounter.patient.persona.card, encounter.patient.persona.briefing
        self.name = card.name
        for text in (
            f"{card.name}, {card.age}. {card.setting}. You are: {card.learner_role}.",
            briefing.known, f"Your task: {briefing.task}", briefing.time, briefing.warning,
            "Leaving is not failing: type /pause to breathe, /end to stop.",
            encounter.rubric.not_validated, encounter.privacy,
        ):  # fmt: skip
            if text:
                click.echo(click.style(text, dim=True))
        if self.talking:
            from simpatient.cli.kept import how_long

            click.echo(click.style(f"This meeting is {encounter.id}. {how_long()}", dim=True))
        click.echo()
        self._say(encounter.opening.nonverbal, encounter.opening.text)
        for before in encounter.exchanges:
            click.echo(f"\nYou: {before.learner}")
            self._say(before.turn.nonverbal, before.turn.text)

    def messages(self) -> Iterator[str]:
        if not self.talking:
            yield from _piped()
            return
        while True:
            try:
                yield input("\nYou: ")
            except EOFError:
                click.echo()
                return

    def exchange(self, exchange: Exchange, encounter: Encounter) -> None:
        if not self.talking:
            click.echo(f"\nYou: {exchange.learner}")
        if exchange.turn.text:
            self._say(exchange.turn.nonverbal, exchange.turn.text)
        if exchange.assessment is not None:
            names = {b.id: b.name for b in encounter.rubric.behaviours}
            for rating in exchange.assessment.ratings:
                if rating.value is not None:
                    quote = f' "{rating.quote}"' if rating.quote else ""
                    line = f"  {names[rating.behaviour]} {rating.value}/3{quote} {rating.why}"
                    click.echo(click.style(line, fg="green" if rating.value >= 2 else "yellow"))
            for harm in exchange.assessment.harms:
                name = encounter.codebook.codes[harm.code].name
                click.echo(click.style(f'  Watch: {name} (severity {harm.severity}) "{harm.quote}"', fg="red"))
            if exchange.assessment.try_instead:
                click.echo(click.style(f"  Try: {exchange.assessment.try_instead}", fg="cyan"))
        if exchange.notice:
            self.notice(exchange.notice)

    def notice(self, text: str) -> None:
        click.echo(click.style(f"\n[{text}]", bold=True))

    def agrees(self, question: str) -> bool:
        """Whether the learner wants it sent nevertheless; without one at the terminal it is not."""
        if not self.talking:
            self.notice(f"{question} It was not sent.")
            return False
        return click.confirm(click.style(f"\n[{question}]\nSend it as it is?", bold=True), default=False)

    def rewound(self, number: int, turn: PatientTurn) -> None:
        self.notice(f"Back at exchange {number}." if number else "Back at the beginning.")
        self._say(turn.nonverbal, turn.text)

    def debrief(self, debrief: Debrief) -> None:
        click.echo(click.style("\nDebrief", bold=True))
        click.echo("First: how are you after this? Take a breath before you read on.")
        for text in (debrief.text, *debrief.strengths, debrief.change):
            if text:
                click.echo(f"- {text}")
        for score in debrief.profile.domains:
            shown = "-" if score.value is None else f"{score.value:.1f} of 3"
            click.echo(f"  {score.name}: {shown}")
        for ceiling in debrief.profile.ceilings:
            click.echo(f"  {ceiling.words}")
        for moment in debrief.moments:
            click.echo(f'  Exchange {moment.exchange}, "{_short(moment.learner)}": {moment.change}.')
        for left in debrief.not_heard:
            click.echo(f"  Not heard: {left.topic}. {left.would_open}")
        for promise in debrief.promises:
            click.echo(f'  You promised: "{promise.quote}" (due: {promise.due}).')
        index = "not rated" if debrief.profile.index is None else f"{debrief.profile.index:.0f} of 100"
        leaves = debrief.outcome.next_appointment.value.replace("_", " ")
        click.echo(f"  {debrief.name} {leaves}; stance at the end: {debrief.outcome.stance}. Rapport index: {index}.")
        click.echo(click.style(debrief.disclaimer, dim=True))

    def _say(self, nonverbal: str, text: str) -> None:
        if nonverbal:
            click.echo(click.style(f"({nonverbal})", italic=True, dim=True))
        click.echo(f"{self.name}: {text}")


def _short(text: str, most: int = 60) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= most else flat[: most - 1] + "…"
