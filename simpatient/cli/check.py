"""`simpatient check`."""

from __future__ import annotations

import gc
import sys
from pathlib import Path

import click


@click.command("check")
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option("--watch", is_flag=True, help="Read again whenever a file is saved, until Ctrl-C.")
@click.option(
    "--format", "form", type=click.Choice(["text", "json", "github"]), default="text", show_default=True,
    help="For a person, a program, or the annotations of a forge.",
)  # fmt: skip
@click.option("--strict", is_flag=True, help="Warnings too make the exit code 1.")
@click.option(
    "--explain", "code", metavar="SPnnn", help="Print the page of a diagnostic, by number or name; all: list them."
)
def command(paths: tuple[str, ...], watch: bool, form: str, strict: bool, code: str | None) -> None:
    """Read patients, rubrics and codebooks as a colleague would, and say what is wrong, where, and how to mend it.

    PATH is a folder, a file in it, or a name; without any, the whole library is read. The exit code is 1 when there
    are errors. A line such as `# SP142 stands: it is her mother's sentence` beside a warning says that you have
    looked at it and why it may stay.
    """
    from simpatient.authoring import Library
    from simpatient.settings import Settings
    from simpatient.workshop.check import as_github, as_json, as_text, check, explained
    from simpatient.workshop.check.watch import changes

    if code is not None:
        click.echo(explained(code))
        return
    gc.disable()  # a short process makes many small things and throws none away
    library = Library.choose(Settings().library)
    show = {"text": as_text, "json": as_json, "github": as_github}[form]
    if not watch:
        report = check(paths, library)
        if said := show(report):
            click.echo(said)
        sys.exit(0 if report.passes(strict=strict) else 1)
    gc.enable()
    for _ in changes([Path(path) for path in paths] or list(library.roots)):
        click.clear()
        click.echo(show(check(paths, library)))
