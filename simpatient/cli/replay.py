"""`simpatient replay`."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import click

from simpatient.cli.kept import counted, say_json, with_store

if TYPE_CHECKING:
    from simpatient.encounter.replay import Replay
    from simpatient.store import Store


@click.command("replay")
@click.argument("encounter", metavar="ID")
@click.option("--json", "as_json", is_flag=True, help="The result as a record.")
def command(encounter: str, as_json: bool) -> None:
    """Hold the kept meeting ID again, and say whether every word and number is the same.

    Exit code 0 when it is, 1 when not.
    """
    done = with_store(lambda store: _replayed(store, encounter))
    if as_json:
        say_json(done.record())
    else:
        _show(done)
    if done.difference is not None:
        sys.exit(1)


async def _replayed(store: Store, encounter: str) -> Replay:
    from simpatient.authoring import Library
    from simpatient.encounter.replay import replay
    from simpatient.settings import Settings

    return await replay(await store.meeting(encounter), Library.choose(Settings().library))


def _show(done: Replay) -> None:
    if done.difference is None:
        click.echo(f"{done.encounter}: {counted(done.exchanges, 'exchange')}, every word and number is the same.")
    else:
        found = done.difference
        click.echo(
            f"{done.encounter}: {counted(done.exchanges, 'exchange')} alike, then exchange {found.exchange} differs"
        )
        click.echo(f"  in {found.field}")
        click.echo(f"  kept: {json.dumps(found.kept, ensure_ascii=False)}")
        click.echo(f"  now:  {json.dumps(found.now, ensure_ascii=False)}")
    for name, then, now in done.versions:
        click.echo(f"  {name} was {then}, is {now}")
    if done.difference is not None and not done.versions:
        click.echo("  no version differs")
