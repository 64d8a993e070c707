"""`simpatient chat`."""

from __future__ import annotations

import asyncio
import json
import secrets
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from simpatient.cli.again import AGAIN, days_between

if TYPE_CHECKING:
    from simpatient.encounter import Between, Debrief, Encounter, Exchange, Relationship
    from simpatient.persona import Patient
    from simpatient.rubric import Codebook, Rubric
    from simpatient.settings import Settings
    from simpatient.store import Store

WAYS_OUT = ("/end", "/quit", "/exit", AGAIN)
PAUSED = "Paused. Nobody is waiting: the patient sits where they are until you write again. /end ends the meeting."
UNKNOWN = "Words that begin with / are not said to the patient. There are /pause, /end and /again."
ENDS = {
    "no_show": "{name} does not come. That too says something: look at the debrief of your last meeting.",
    "referred": "{name} goes on with somebody you helped to find.",
    "finished": "Those were all the meetings there are with {name}.",
}
NEVER_MET = "You have not met {persona} yet. Leave out --again, and use it the next time."


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
@click.option("--again", is_flag=True, help="With --terminal: go on from where you two stand.")
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
    again: bool,
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
    silence, /end ends the meeting, /again ends it and goes on to the next one with the same person. Where
    standard input is not a terminal, each line is one message and nothing is stored.
    """
    from simpatient.settings import Settings

    flags = {"chat_model": chat_model, "evaluator_model": evaluator_model, "base_url": base_url, "reading": reading}
    settings = Settings(**{name: value for name, value in flags.items() if value is not None})
    if not terminal:
        if as_json or again:
            raise click.UsageError("--json and --again go with --terminal.")
        from simpatient.web.launch import serve

        serve(host=host, port=port, seed=seed, open_browser=open_browser, persona=persona, settings=settings)
        return
    if persona is None:
        raise click.UsageError("Say whom to meet: `simpatient chat andrew --terminal`. See `simpatient personas`.")
    talking = sys.stdin is not None and sys.stdin.isatty() and not as_json  # pyright: ignore[reportUnnecessaryComparison]
    seats = _Seats(
        settings=settings, persona=persona, seed=seed, evaluator=evaluator, difficulty=difficulty, channel=channel
    )
    _sat(seats, _Json() if as_json else _Text(talking=talking), talking=talking, again=again)


def _sat(seats: _Seats, show: _Json | _Text, *, talking: bool, again: bool) -> None:
    """One sitting at the terminal: a meeting, and as many more as the learner wants."""
    # Input is waited for outside the loop, so that Ctrl-C ends it at once.
    with asyncio.Runner() as runner:
        store = runner.run(seats.open_store()) if talking or again else None
        before = runner.run(_where_they_stand(store, seats.persona)) if again and store else None
        while True:
            if before is not None and (before := _gone_by(runner, seats, store, before, show)) is None:
                break
            encounter = runner.run(seats.taken(before, store if talking else None))
            wants_more = _talked(runner, encounter, show, talking=talking)
            debrief = runner.run(encounter.end())
            before = runner.run(_kept(encounter, store))
            show.debrief(debrief, before)
            if not wants_more:
                break
        if store is not None:
            runner.run(store.close())


def _talked(runner: asyncio.Runner, encounter: Encounter, show: _Json | _Text, *, talking: bool) -> bool:
    """Whether the learner wants to meet again after this meeting, which is held here from opening to end."""
    show.opening(encounter)
    for line in show.messages():
        said = line.strip().lower()
        if said in WAYS_OUT:
            return said == AGAIN
        if talking and said.startswith("/"):
            show.notice(PAUSED if said == "/pause" else UNKNOWN)
            continue
        runner.run(_exchange(encounter, line, show))
        if encounter.ended is not None:
            return show.wants_more()
    return False


async def _kept(encounter: Encounter, store: Store | None) -> Relationship:
    """What stands between the two now; kept where there is a store."""
    from simpatient.encounter import Standings, after_meeting

    relationship = after_meeting(encounter)
    if store is not None:
        await Standings(store).keep(relationship)
    return relationship


def _gone_by(
    runner: asyncio.Runner, seats: _Seats, store: Store | None, before: Relationship, show: _Json | _Text
) -> Relationship | None:
    """What stands between the two when the next meeting begins; None when there is none."""
    from simpatient.encounter import Returns, Standings, Stands

    if before.stands is Stands.READY:
        return before
    patient, codebook, rubric = seats.who()
    gone = days_between(before, patient, codebook, rubric, show.ask, seed=seats.seed, helpline=seats.settings.helpline)
    show.between(gone, patient.persona.card.name)
    if store is not None:
        runner.run(Standings(store).keep(gone.relationship))
    return gone.relationship if gone.returns is Returns.COMES and not gone.notice else None


async def _where_they_stand(store: Store, persona: str) -> Relationship:
    """What stood between the two when they last parted.

    Raises:
        ClickException: they have not met.
    """
    from simpatient.encounter import LEARNER, Standings

    found = await Standings(store).between(LEARNER, persona)
    if found is None:
        await store.close()
        raise click.ClickException(NEVER_MET.format(persona=persona))
    return found


@dataclass(frozen=True, kw_only=True)
class _Seats:
    """How meetings of this sitting are begun."""

    settings: Settings
    persona: str
    seed: int
    evaluator: str
    difficulty: str | None
    channel: str | None

    async def open_store(self) -> Store:
        """The store in the learner's own data folder."""
        from simpatient.store import Store

        return await Store.open(self.settings.store_url)

    async def taken(self, before: Relationship | None, store: Store | None) -> Encounter:
        """The next meeting, which the store keeps when a person sits at the terminal."""
        from simpatient.authoring import Library
        from simpatient.encounter import Cast, Encounter

        settings = self.settings
        return await Encounter.begin(
            self.persona,
            library=Library.choose(settings.library),
            seed=self.seed,
            evaluator=self.evaluator,
            difficulty=self.difficulty,
            channel=self.channel,
            encounter_id=f"{self.persona}-{secrets.token_hex(6)}" if store else "",
            store=store,
            helpline=settings.helpline,
            models=Cast.named(
                settings.chat_model, settings.evaluator_model, base_url=settings.base_url,
                api_key=settings.api_key.get_secret_value(), timeout=settings.chat_timeout, reading=settings.reading,
            ),
            relationship=before,
        )  # fmt: skip

    def who(self) -> tuple[Patient, Codebook, Rubric]:
        """The patient, the codebook and the rubric."""
        from simpatient.authoring import Library
        from simpatient.persona import load_patient
        from simpatient.rubric import load_codebook, load_rubric

        shelf = Library.choose(self.settings.library)
        codebook = load_codebook(shelf)
        rubric = load_rubric(shelf, self.evaluator, codebook)
        return load_patient(shelf, self.persona, codebook.codes), codebook, rubric


async def _exchange(encounter: Encounter, line: str, show: _Json | _Text) -> None:
    from simpatient.encounter import IdentifyingDetails, UnusableMessage

    try:
        try:
            exchange = await encounter.exchange(line)
        except IdentifyingDetails as exc:
            if not show.agrees(str(exc)):
                return
            exchange = await encounter.exchange(line, confirmed=True)
    except UnusableMessage as exc:
        show.notice(str(exc))
        return
    show.exchange(await encounter.rated(exchange.number), encounter)


def _piped() -> Iterator[str]:
    """Lines of standard input; bytes that are no text become replacement marks, a closed one has none."""
    if sys.stdin is None:  # pyright: ignore[reportUnnecessaryComparison]  (so it is under `<&-`)
        return
    for raw in sys.stdin.buffer:
        yield raw.decode("utf-8", "replace").rstrip("\r\n")


def _ratings(between: Between) -> dict[str, int]:
    """What the one message earned, by behaviour."""
    sent = between.check_in.assessment if between.check_in else None
    return {r.behaviour: r.value for r in sent.ratings if r.value is not None} if sent else {}


class _Json:
    """Records for programs."""

    def __init__(self) -> None:
        self._lines = _piped()

    def opening(self, encounter: Encounter) -> None:
        """Nothing before a first meeting, whose opening is part of the first record's context."""
        if encounter.relationship is not None:
            self._write({"opening": {"reply": encounter.opening.text, "nonverbal": encounter.opening.nonverbal}})

    def messages(self) -> Iterator[str]:
        return self._lines

    def ask(self, question: str) -> str | None:
        self._write({"question": question})
        return next(self._lines, None)

    def wants_more(self) -> bool:
        return (next(self._lines, None) or "").strip().lower() == AGAIN

    def between(self, between: Between, _name: str) -> None:
        self._write({"between": {
            "returns": between.returns.value,
            "check_in": between.check_in.text if between.check_in else "",
            "reply": between.check_in.reply if between.check_in else "",
            "ratings": _ratings(between),
            "message": between.message,
            "notice": between.notice,
        }})  # fmt: skip

    def exchange(self, exchange: Exchange, encounter: Encounter) -> None:
        self._write(exchange.record())

    def notice(self, text: str) -> None:
        self._write({"notice": text})

    def debrief(self, debrief: Debrief, relationship: Relationship) -> None:
        self._write({"debrief": debrief.record(), "relationship": relationship.record()})

    def agrees(self, question: str) -> bool:
        """Never: nobody is there to be asked."""
        self.notice(f"{question} It was not sent.")
        return False

    def _write(self, record: object) -> None:
        sys.stdout.buffer.write((json.dumps(record, ensure_ascii=False) + "\n").encode("utf-8", "replace"))
        sys.stdout.buffer.flush()


class _Text:
    """Words for a person at a terminal."""

    def __init__(self, *, talking: bool) -> None:
        self.talking = talking
        self.name = ""
        self._lines = _piped()

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
        click.echo()
        self._say(encounter.opening.nonverbal, encounter.opening.text)

    def messages(self) -> Iterator[str]:
        # The input itself, not a generator around it, which would close it with the first meeting.
        return self._typed() if self.talking else self._lines

    def _typed(self) -> Iterator[str]:
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

    def ask(self, question: str) -> str | None:
        click.echo(click.style(f"\n{question}", bold=True))
        if not self.talking:
            answer = next(self._lines, None)
            click.echo(f"> {answer or ''}")
            return answer
        try:
            return input("> ")
        except EOFError:
            return None

    def wants_more(self) -> bool:
        if not self.talking:
            return (next(self._lines, None) or "").strip().lower() == AGAIN
        return (self.ask("/again to meet once more, Enter to stop") or "").strip().lower() == AGAIN

    def between(self, between: Between, name: str) -> None:
        if between.notice:
            self.notice(between.notice)
        for behaviour, value in _ratings(between).items():
            click.echo(click.style(f"  Your message: {behaviour} {value}/3", fg="green" if value >= 2 else "yellow"))
        if between.check_in is not None and between.check_in.reply:
            self._written(name, between.check_in.reply)
        if between.message:
            self._written(name, between.message)
        if between.returns.value != "comes":
            self.notice(ENDS[between.returns.value].format(name=name))
        click.echo()

    def _written(self, name: str, text: str) -> None:
        click.echo(click.style(f"\n{name} writes: {text}", italic=True))

    def notice(self, text: str) -> None:
        click.echo(click.style(f"\n[{text}]", bold=True))

    def agrees(self, question: str) -> bool:
        """Whether the learner wants it sent nevertheless; without one at the terminal it is not."""
        if not self.talking:
            self.notice(f"{question} It was not sent.")
            return False
        return click.confirm(click.style(f"\n[{question}]\nSend it as it is?", bold=True), default=False)

    def debrief(self, debrief: Debrief, _relationship: Relationship) -> None:
        click.echo(click.style("\nDebrief", bold=True))
        click.echo("First: how are you after this? Take a breath before you read on.")
        for text in (*debrief.together, debrief.text, *debrief.strengths, debrief.change):
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
            word = "" if promise.status.value == "open" else f", {promise.status.value.replace('_', ' ')}"
            click.echo(f'  You promised: "{promise.quote}" (due: {promise.due}{word}).')
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
