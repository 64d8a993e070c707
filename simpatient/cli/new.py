"""`simpatient new`."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from simpatient.workshop.new import Answers

DISPOSITIONS = ["anxious", "distrustful", "frustrated", "grieving", "overwhelmed_parent", "deferential"]
PRONOUNS = ["she/her", "he/him", "they/them"]
CHANNELS = ["in_person", "phone", "text", "video"]
INTO = click.option(
    "--into", type=click.Path(file_okay=False, path_type=Path),
    help="Folder to write into.  [default: your library, else the current folder]",
)  # fmt: skip


@click.group("new")
def command() -> None:
    """Begin a patient, an evaluator or a suite: it works at once, and its notes say how to go on.

    It is written into --into, else into your own library (SIMPATIENT_LIBRARY), else into the current folder. Nothing
    that is there already is touched.
    """


@command.command("persona")
@click.argument("name")
@click.option("--from", "disposition", type=click.Choice(DISPOSITIONS), help="How the patient meets people.")
@click.option("--yes", is_flag=True, help="Ask nothing; take what is usual.")
@INTO
def persona(name: str, disposition: str | None, yes: bool, into: Path | None) -> None:
    """Begin a patient called NAME who already talks.

    On a terminal eight questions are asked; every answer can be changed later in the file.
    """
    from simpatient.workshop.new import begin_persona

    asked = not yes and sys.stdin is not None and sys.stdin.isatty()  # pyright: ignore[reportUnnecessaryComparison]
    answers = _asked(name, disposition) if asked else _usual(name, disposition)
    folder = begin_persona(answers, _place(into, "personas"))
    shown = _shown(folder)
    click.echo(f"{shown} is written, and talks:\n")
    click.echo(f"  simpatient chat {shown} --terminal")
    click.echo(f"  simpatient check {shown}\n")
    click.echo(f"Begin with {shown}{os.sep}persona.yaml. What is left to do is marked TODO, and `check` lists it.")
    _say_hidden(folder, "personas", "persona.yaml", "patient")


@command.command("evaluator")
@click.argument("name")
@INTO
def evaluator(name: str, into: Path | None) -> None:
    """Begin an evaluator called NAME that already rates."""
    from simpatient.workshop.new import begin_evaluator

    folder = begin_evaluator(name, _place(into, "evaluators"))
    shown = _shown(folder)
    click.echo(f"{shown} is written, and rates:\n")
    click.echo(f"  simpatient chat andrew --terminal --evaluator {shown}")
    click.echo(f"  simpatient check {shown}\n")
    click.echo(f"Begin with {shown}{os.sep}rubric.yaml. What is left to do is marked TODO, and `check` lists it.")
    _say_hidden(folder, "evaluators", "rubric.yaml", "evaluator")


@command.command("suite")
@click.argument("name")
@INTO
def suite(name: str, into: Path | None) -> None:
    """Begin a suite called NAME whose conversations are already met."""
    from simpatient.workshop.new import begin_suite

    file = begin_suite(name, _place(into, "suites"))
    shown = _shown(file)
    click.echo(f"{shown} is written, and is met:\n")
    click.echo(f"  simpatient run {shown}")
    click.echo(f"  simpatient check {shown}\n")
    click.echo("What is left to do is marked TODO, and `check` lists it.")


def _place(into: Path | None, kind: str) -> Path:
    """The folder that the new one is written into."""
    from simpatient.settings import Settings

    if into is not None:
        return into
    library = Settings().library
    return Path(library).expanduser() / kind if library else Path()


def _say_hidden(folder: Path, kind: str, marker: str, word: str) -> None:
    """Say so where a shipped one of the same name is not found any more."""
    from simpatient.authoring import Library, shipped_root
    from simpatient.settings import Settings

    library = Settings().library
    within = library and folder.resolve().parent == (Path(library).expanduser() / kind).resolve()
    if within and folder.name in Library(roots=(shipped_root(),)).ids(kind, marker):
        click.echo(
            f"\nThere is a shipped {word} called {folder.name} too. While this one stands in your library, `{folder.name}` "
            "means yours, everywhere; rename the folder and the `id` in the file to have both."
        )


def _shown(path: Path) -> str:
    """The path as one would type it."""
    return str(path) if path.is_absolute() else f".{os.sep}{path}"


def _usual(name: str, disposition: str | None) -> Answers:
    from simpatient.workshop.new import Answers

    return Answers(name=name, disposition=disposition or "anxious")  # type: ignore[arg-type]


def _asked(name: str, disposition: str | None) -> Answers:
    """What the author says at the terminal."""
    from simpatient.words import Channel
    from simpatient.workshop.new import Answers

    usual = _usual(name, disposition)
    many = "Eight" if disposition is None else "Seven"
    click.echo(f"{many} questions. Press Enter for what stands in brackets; everything can be changed later.\n")
    if disposition is None:
        disposition = click.prompt(
            "How does this person meet people?", type=click.Choice(DISPOSITIONS), default="anxious"
        )
    return Answers(
        name=name,
        disposition=disposition,  # type: ignore[arg-type]
        age=click.prompt("How old?", type=click.IntRange(5, 110), default=usual.age),
        pronouns=click.prompt("Pronouns?", type=click.Choice(PRONOUNS), default=usual.pronouns),
        setting=click.prompt("Where do you two meet?", default=usual.setting),
        role=click.prompt("Who is the learner?", default=usual.role),
        channel=Channel(click.prompt("How do you meet?", type=click.Choice(CHANNELS), default=usual.channel.value)),
        presenting=click.prompt("What do they say when asked what brings them?", default=usual.presenting),
        author=click.prompt("Who are you? (shown as author)", default=usual.author),
    )
