"""What `simpatient chat --terminal` shows and hears: records for programs, words for people."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, TypeAlias

import click

from simpatient.cli.again import AGAIN

if TYPE_CHECKING:
    from simpatient.encounter import Between, Debrief, Encounter, Exchange, Relationship
    from simpatient.words import PatientTurn

ENDS = {
    "no_show": "{name} does not come. That too says something: look at the debrief of your last meeting.",
    "referred": "{name} goes on with somebody you helped to find.",
    "finished": "Those were all the meetings there are with {name}.",
}


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


class Json:
    """Records for programs."""

    def __init__(self) -> None:
        """Records on standard output, answers from standard input."""
        self._lines = _piped()

    def opening(self, encounter: Encounter) -> None:
        """Nothing before a first meeting, whose opening is part of the first record's context."""
        if encounter.relationship is not None and not encounter.exchanges:
            self._write({"opening": {"reply": encounter.opening.text, "nonverbal": encounter.opening.nonverbal}})

    def messages(self) -> Iterator[str]:
        """The lines of standard input."""
        return self._lines

    def ask(self, question: str) -> str | None:
        """The next line, as an answer; None when the input has ended."""
        self._write({"question": question})
        return next(self._lines, None)

    def wants_more(self) -> bool:
        """Whether the next line asks for one more meeting."""
        return (next(self._lines, None) or "").strip().lower() == AGAIN

    def between(self, between: Between, _name: str) -> None:
        """How the days between went; what happened is told in the meeting, not before."""
        self._write({"between": {
            "returns": between.returns.value,
            "check_in": between.check_in.text if between.check_in else "",
            "reply": between.check_in.reply if between.check_in else "",
            "ratings": _ratings(between),
            "message": between.message,
            "notice": between.notice,
        }})  # fmt: skip

    def exchange(self, exchange: Exchange, encounter: Encounter) -> None:
        """One exchange record."""
        self._write(exchange.record())

    def notice(self, text: str) -> None:
        """A line out of character."""
        self._write({"notice": text})

    def debrief(self, debrief: Debrief, relationship: Relationship) -> None:
        """What the meeting adds up to, and where the two stand now."""
        self._write({"debrief": debrief.record(), "relationship": relationship.record()})

    def agrees(self, question: str) -> bool:
        """Never: nobody is there to be asked."""
        self.notice(f"{question} It was not sent.")
        return False

    def is_practice(self, question: str) -> bool | None:
        """Nobody is there to say."""
        self.notice(f"{question} It was not sent.")
        return None

    def aside(self, text: str) -> None:
        """Beside the records, which hold nothing but the meeting."""
        click.echo(text, err=True)

    def rewound(self, number: int, turn: PatientTurn) -> None:
        """Where the meeting stands after going back."""
        self._write({"rewound": number, "turn": turn.text, "nonverbal": turn.nonverbal})

    def _write(self, record: object) -> None:
        sys.stdout.buffer.write((json.dumps(record, ensure_ascii=False) + "\n").encode("utf-8", "replace"))
        sys.stdout.buffer.flush()


class Text:
    """Words for a person at a terminal."""

    def __init__(self, *, talking: bool) -> None:
        """Words on the screen; `talking` when a person types the answers."""
        self.talking = talking
        self.name = ""
        self._lines = _piped()

    def opening(self, encounter: Encounter) -> None:
        """Who it is, what to do, the first words, and what was said already."""
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
        """What the learner says, line by line."""
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
        """The reply, and what the message earned."""
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
            if exchange.assessment.failed:
                click.echo(click.style("  Not rated: the service that rates did not answer.", fg="yellow"))
            if exchange.assessment.try_instead:
                click.echo(click.style(f"  Try: {exchange.assessment.try_instead}", fg="cyan"))
        if exchange.notice:
            self.notice(exchange.notice)

    def ask(self, question: str) -> str | None:
        """The answer; None when the input has ended."""
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
        """Whether the learner wants to meet once more."""
        if not self.talking:
            return (next(self._lines, None) or "").strip().lower() == AGAIN
        return (self.ask("/again to meet once more, Enter to stop") or "").strip().lower() == AGAIN

    def between(self, between: Between, name: str) -> None:
        """How the days between went; what happened is told in the meeting, not before."""
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
        """A line out of character."""
        click.echo(click.style(f"\n[{text}]", bold=True))

    def agrees(self, question: str) -> bool:
        """Whether the learner wants it sent nevertheless; without one at the terminal it is not."""
        if not self.talking:
            self.notice(f"{question} It was not sent.")
            return False
        return click.confirm(click.style(f"\n[{question}]\nSend it as it is?", bold=True), default=False)

    def is_practice(self, question: str) -> bool | None:
        """Whether a message belongs to the practice and is not about the learner; None when nobody is at the terminal."""
        if not self.talking:
            self.notice(f"{question} It was not sent.")
            return None
        about = click.style(f"\n[{question}]\nIs it about you?", bold=True)
        return not click.confirm(about, default=None)

    def aside(self, text: str) -> None:
        """As every other notice."""
        self.notice(text)

    def rewound(self, number: int, turn: PatientTurn) -> None:
        """Where the meeting stands after going back, and what the next message answers."""
        self.notice(f"Back at exchange {number}." if number else "Back at the beginning.")
        self._say(turn.nonverbal, turn.text)

    def debrief(self, debrief: Debrief, _relationship: Relationship) -> None:
        """What the meeting adds up to."""
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


Show: TypeAlias = Json | Text
