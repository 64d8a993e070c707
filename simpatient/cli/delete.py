"""`simpatient delete`."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import click

from simpatient.cli.kept import counted, say_json, with_store

if TYPE_CHECKING:
    from simpatient.store import Store
    from simpatient.store.rows import Deleted, Selection


@click.command("delete")
@click.argument("encounters", metavar="[ID]...", nargs=-1)
@click.option("--learner", help="Everything of theirs.")
@click.option("--persona", help="Every meeting with this patient.")
@click.option("--older-than", type=click.IntRange(min=0), metavar="DAYS", help="In which nothing happened for so long.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option("--json", "as_json", is_flag=True, help="What was deleted, as a record.")
def command(
    encounters: tuple[str, ...],
    learner: str | None,
    persona: str | None,
    older_than: int | None,
    yes: bool,
    as_json: bool,
) -> None:
    """Delete kept meetings for good: those named by ID, of a learner, with a patient, or of an age.

    Several conditions hold together. Logs and recorded calls of the meetings go with them.
    """
    from simpatient.store.rows import Selection

    age = None if older_than is None else timedelta(days=older_than)
    selection = Selection(ids=encounters, learner=learner, persona=persona, older_than=age)
    if selection.everything:
        raise click.UsageError("Say what to delete: an ID, --learner, --persona or --older-than 0 for everything.")
    taken = with_store(lambda store: _deleted(store, selection, ask=not yes))
    if as_json:
        say_json({
            "encounters": list(taken.ids), "exchanges": taken.exchanges, "ratings": taken.ratings,
            "debriefs": taken.debriefs, "relationships": taken.relationships, "learners": taken.learners,
            "files": taken.files, "erased": taken.erased,
        })  # fmt: skip
        return
    click.echo(f"Deleted: {_counts(taken)}, {counted(taken.files, 'file')} of logs and recorded calls.")
    if not taken.erased:
        click.echo(
            "Another program holds the database open, so traces may be left in its file. Close it and run this again.",
            err=True,
        )


async def _deleted(store: Store, selection: Selection, *, ask: bool) -> Deleted:
    from simpatient.settings import Settings

    if ask:
        click.confirm(f"Delete for good: {_counts(await store.chosen(selection))}?", abort=True)
    taken = await store.delete(selection, home=Settings().home)
    # A second run, when nothing is left to delete, cleans what the first one could not.
    return taken if taken.ids else replace(taken, erased=await store.erase())


def _counts(taken: Deleted) -> str:
    parts = [counted(len(taken.ids), "meeting"), counted(taken.exchanges, "exchange")]
    parts += [counted(taken.debriefs, "debrief"), counted(taken.relationships, "relationship")]
    return ", ".join([*parts, "the learner"] if taken.learners else parts)
