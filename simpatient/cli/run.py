"""`simpatient run`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from simpatient.suite.collecting import seldom_collected

if TYPE_CHECKING:
    from simpatient.settings import Settings
    from simpatient.suite.cases import Choice
    from simpatient.suite.held import Held
    from simpatient.suite.journal import Journal
    from simpatient.suite.load import Loaded, Shelf
    from simpatient.suite.outputs import Outputs
    from simpatient.suite.run import Options
    from simpatient.suite.service import Service

_FILE = click.Path(path_type=Path, dir_okay=False)
_FOLDER = click.Path(path_type=Path, file_okay=False)
SHOWN = 40
"""Names that are told when none of them was asked for."""
KEPT_JOURNALS = 40
"""Journals of past runs that stay in the data folder."""


@click.command("run")
@click.argument("suites", nargs=-1, type=click.Path(path_type=Path, exists=True))
@click.option("--chat-model", help="Who finds the patient's words: embedded, openai:NAME or PROVIDER:NAME.")
@click.option("--evaluator-model", help="Who rates and judges, named likewise.  [default: the chat model]")
@click.option("--base-url", help="Address of the endpoint.")
@click.option(
    "--filter", "patterns", multiple=True, metavar="TAG|GLOB", help="Only cases with this tag, name or point."
)
@click.option("--repeat", type=click.IntRange(1, 100), help="Hold each case so often, with one seed after the other.")
@click.option("--seed", type=int, help="First seed.  [default: what the case says, else 1]")
@click.option(
    "--jobs", type=click.IntRange(1, 500), default=40, show_default=True, help="Conversations at once, at most."
)
@click.option("--in-flight", type=click.IntRange(1, 500), default=20, show_default=True, help="Calls at once at most.")
@click.option("--budget-calls", type=click.IntRange(0), help="Make no more calls than this.")
@click.option("--record", type=_FOLDER, metavar="DIR", help="Keep every call; ask only where the prompt changed.")
@click.option("--replay", type=_FOLDER, metavar="DIR", help="Answer from kept calls alone.")
@click.option(
    "--replay-only",
    type=click.Choice(["voice", "evaluator", "judge", "learner"]),
    multiple=True,
    help="With --replay: whose calls.",
)
@click.option("--resume", is_flag=True, help="Go on with the same run where it stood.")
@click.option("--journal", "journal_path", type=_FILE, metavar="F", help="Where results are written as they come.")
@click.option("--dry-run", is_flag=True, help="Check the files and say how many calls it would take.")
@click.option("--junit", type=_FILE, metavar="F", help="Write JUnit XML for a CI server.")
@click.option("--json", "json_path", type=_FILE, metavar="F", help="Write everything as JSON.")
@click.option("--html", "html_path", type=_FILE, metavar="F", help="Write a report to read, one file.")
@click.option(
    "--against",
    type=click.Path(path_type=Path, exists=True),
    metavar="RUN.json",
    help="With --html: show what changed since.",
)
@click.option("--schema", is_flag=True, help="Print the JSON Schema of a suite, for editors.")
@seldom_collected()
def command(
    suites: tuple[Path, ...],
    chat_model: str | None,
    evaluator_model: str | None,
    base_url: str | None,
    patterns: tuple[str, ...],
    repeat: int | None,
    seed: int | None,
    jobs: int,
    in_flight: int,
    budget_calls: int | None,
    record: Path | None,
    replay: Path | None,
    replay_only: tuple[str, ...],
    resume: bool,
    journal_path: Path | None,
    dry_run: bool,
    junit: Path | None,
    json_path: Path | None,
    html_path: Path | None,
    against: Path | None,
    schema: bool,
) -> None:
    """Hold the scripted dialogues in SUITES and say what was met.

    SUITES are files, or folders whose `dialogues.yaml` and `*.dialogues.yaml` are held. Exit code: 0 all met, 1 some
    unmet, 2 a mistake in a file or in how this was called, 3 nobody can say because a service failed or the budget
    was used up, 130 stopped by Ctrl-C.
    """
    if schema:
        from simpatient.suite.published import schema_text

        sys.stdout.write(schema_text())
        return
    if not suites:
        raise click.UsageError("Say what to run: `simpatient run suites/`, or one file.")
    _together(record, replay, replay_only, html_path, against)
    from simpatient.settings import Settings
    from simpatient.suite.cases import Choice
    from simpatient.suite.load import Shelf
    from simpatient.suite.run import Options

    flags = {"chat_model": chat_model, "evaluator_model": evaluator_model, "base_url": base_url}
    settings = Settings(**{name: value for name, value in flags.items() if value is not None})
    shelf = _shelf(settings, Shelf)
    loaded = _checked(suites, shelf)
    outputs = _outputs(loaded, junit, json_path, html_path, against, journal_path)
    service = _service(settings, in_flight, record, replay, replay_only)
    names = " ".join(f"{role}={name}" for role, name in service.names.items())
    choice = Choice(pattern=patterns, repeat=repeat, seed=seed, models=f"{names} {settings.reading}".strip())
    _some_chosen(loaded, shelf, choice)
    if dry_run:
        from simpatient.suite.run import estimate
        from simpatient.suite.telling import estimated

        click.echo(estimated(estimate(loaded, shelf, service, choice)))
        return
    with _journal(journal_path, settings, loaded, choice, resume=resume) as journal:
        code = _run(loaded, shelf, service, journal, Options(choice=choice, jobs=jobs, budget=budget_calls), outputs)
    sys.exit(code or (2 if shelf.left_out else 0))


def _together(
    record: Path | None, replay: Path | None, replay_only: tuple[str, ...], html_path: Path | None, against: Path | None
) -> None:
    """Nothing, when the options go together.

    Raises:
        UsageError: they do not.
    """
    if record and replay:
        raise click.UsageError("--record asks and keeps, --replay answers from what was kept. Name one of them.")
    if replay_only and not replay:
        raise click.UsageError("--replay-only goes with --replay.")
    if against and not html_path:
        raise click.UsageError("--against goes with --html.")


def _checked(suites: tuple[Path, ...], shelf: Shelf) -> list[Loaded]:
    """The suites; a mistake in one ends the command with 2, for it is not a case that was unmet.

    Of a persona that `all` would mean and nobody can meet it is said what is wrong.
    """
    from simpatient.errors import ContentError
    from simpatient.suite.load import load_suites

    try:
        loaded = load_suites(suites, shelf)
    except ContentError as exc:
        click.echo(str(exc), err=True)
        sys.exit(2)
    if shelf.left_out:
        click.echo(f"{ContentError(shelf.left_out)}\n`all` leaves out whoever cannot be met.\n", err=True)
    return loaded


def _outputs(
    loaded: list[Loaded],
    junit: Path | None,
    json_path: Path | None,
    html: Path | None,
    against: Path | None,
    journal: Path | None,
) -> Outputs:
    """The files this run leaves, every one of which can be written."""
    from simpatient.suite.outputs import Outputs, check_outputs
    from simpatient.suite.published import EarlierRun

    earlier = EarlierRun.read(against) if against else None
    read = [*(Path(each.path) for each in loaded), *([against] if against else [])]
    check_outputs({"--json": json_path, "--junit": junit, "--html": html, "--journal": journal}, read)
    return Outputs(junit=junit, json=json_path, html=html, against=earlier)


def _some_chosen(loaded: list[Loaded], shelf: Shelf, choice: Choice) -> None:
    """Nothing, when there is a case to hold.

    Raises:
        UsageError: no case bears the names or tags asked for; those there are, are named.
    """
    from simpatient.suite.cases import names_in
    from simpatient.suite.run import all_runs

    if next(all_runs(loaded, shelf, choice), None) is not None:
        return
    names, tags = names_in(loaded, shelf)
    asked = " or ".join(f"'{pattern}'" for pattern in choice.pattern)
    told = f"No case is called {asked}, nor has such a tag.\nNames: {_some(names)}."
    raise click.UsageError(told + (f"\nTags: {_some(tags)}." if tags else ""))


def _some(names: list[str]) -> str:
    """The first names, and how many more there are."""
    more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
    return f"{', '.join(names[:SHOWN])}{more}"


def _shelf(settings: Settings, kind: type[Shelf]) -> Shelf:
    from simpatient.authoring import Library

    return kind(Library.choose(settings.library))


def _service(
    settings: Settings, in_flight: int, record: Path | None, replay: Path | None, replay_only: tuple[str, ...]
) -> Service:
    """Who speaks, rates and judges."""
    from simpatient.suite.service import ROLES, Service, Tape

    tape = Tape.replaying(replay, replay_only or ROLES) if replay else None
    embedded = settings.chat_model == "embedded" and settings.evaluator_model in ("", "embedded")
    if embedded:
        service = Service(most=in_flight, tape=tape)
    else:
        from simpatient.encounter import Cast

        service = Service.of(Cast.of_settings(settings), most=in_flight, tape=tape)
    if record:
        from dataclasses import replace

        service = replace(service, tape=Tape.recording(record, service.names))
    return service


def _journal(path: Path | None, settings: Settings, loaded: list[Loaded], choice: Choice, *, resume: bool) -> Journal:
    """The journal of this run: where it is told, else in the data folder under what makes the run what it is."""
    import hashlib
    import os

    from simpatient.errors import ConfigurationError
    from simpatient.suite.journal import Journal

    if path is not None:
        return Journal(path, resume=resume)
    what = [*(str(Path(each.path).resolve()) for each in loaded), repr(choice)]
    name = hashlib.sha256("\n".join(what).encode("utf-8")).hexdigest()[:16]
    folder = settings.home / "runs"
    if not folder.is_dir():
        folder.mkdir(parents=True)
    else:
        old = sorted(folder.glob("*.jsonl"), key=lambda each: each.stat().st_mtime, reverse=True)
        for each in old[KEPT_JOURNALS:]:
            each.unlink(missing_ok=True)
    try:
        return Journal(folder / f"{name}.jsonl", resume=resume)
    except ConfigurationError:
        if resume:
            raise
        return Journal(folder / f"{name}-{os.getpid()}.jsonl", resume=False)


def _run(
    loaded: list[Loaded],
    shelf: Shelf,
    service: Service,
    journal: Journal,
    options: Options,
    outputs: Outputs,
) -> int:
    """Hold everything, tell of it as it comes, write the files, also when it was stopped; the exit code."""
    import asyncio

    from simpatient.suite.run import Summary, run_suites
    from simpatient.suite.telling import compared, failure, summed_up
    from simpatient.suite.verdict import Verdict

    telling, summary = _Telling(), Summary()
    try:
        asyncio.run(run_suites(loaded, shelf, service, journal, options, telling.hear, summary))
    except KeyboardInterrupt:
        summary.stopped = True
    telling.clear()
    groups = {group.name for group in summary.groups.values() if group.verdict is not Verdict.MET}
    for key in summary.keys:
        held = journal.held(key) if key not in summary.not_begun else None
        if held is not None and held.group in groups and held.verdict is not Verdict.MET:
            click.echo(f"\n{failure(held)}")
    for each in summary.compared:
        click.echo(compared(each))
    click.echo(("\n" if groups else "") + summed_up(summary))
    troubles = list(outputs.write(summary, journal, service.names))
    for trouble in troubles:
        click.echo(trouble, err=True)
    if summary.stopped:
        click.echo("Stopped. --resume goes on from here.", err=True)
    return 2 if troubles and not summary.stopped else summary.exit_code


class _Telling:
    """Tells of each conversation as it comes: a line each where nobody watches, one bar where somebody does."""

    def __init__(self) -> None:
        self.watched = sys.stderr.isatty() and sys.stdout.isatty()
        self.done = self.unmet = self.undecided = 0

    def hear(self, held: Held) -> None:
        from simpatient.suite.telling import line_of
        from simpatient.suite.verdict import Verdict

        self.done += 1
        self.unmet += held.verdict is Verdict.UNMET
        self.undecided += held.verdict is Verdict.UNDECIDED
        if not self.watched:
            click.echo(line_of(held))
            sys.stdout.flush()
            return
        if held.verdict is not Verdict.MET:
            self.clear()
            click.echo(line_of(held))
        told = f"{self.done} held, {self.unmet} unmet, {self.undecided} undecided   {held.key}"
        sys.stderr.write(f"\r\033[K{told[:100]}")
        sys.stderr.flush()

    def clear(self) -> None:
        if self.watched:
            sys.stderr.write("\r\033[K")
            sys.stderr.flush()
