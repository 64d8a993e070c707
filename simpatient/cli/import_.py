"""`simpatient import`."""

from __future__ import annotations

import gzip
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from simpatient.cli.kept import counted, with_store

if TYPE_CHECKING:
    from simpatient.store import Store
    from simpatient.store.transfer import Carried


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True))
@click.option("--learner", help="Whose meetings they are from now on; else whoever the file says.")
def command(file: Path, learner: str | None) -> None:
    """Take in meetings from FILE, which `simpatient export` wrote (also .gz; - is standard input).

    Nothing is taken in when any line is wrong. A meeting that is here already is left as it is.
    """
    from simpatient.store.transfer import read_lines

    carried = read_lines(str(file), _bytes(file).splitlines())
    taken, left = with_store(lambda store: _taken_in(store, carried, learner))
    click.echo(
        f"{counted(taken, 'meeting')} taken in" + (f", {left} here already and left as they are." if left else ".")
    )


async def _taken_in(store: Store, carried: tuple[Carried, ...], learner: str | None) -> tuple[int, int]:
    taken = 0
    for each in carried:
        kept = each.meeting
        if learner is not None:
            kept = replace(kept, line=replace(kept.line, learner=learner))
        taken += await store.add_meeting(kept, each.ratings)
    return taken, len(carried) - taken


def _bytes(file: Path) -> bytes:
    if str(file) == "-":
        return sys.stdin.buffer.read()
    try:
        return gzip.decompress(file.read_bytes()) if file.suffix == ".gz" else file.read_bytes()
    except (EOFError, gzip.BadGzipFile):
        raise click.UsageError(f"{file} is not a whole gzip file.") from None
