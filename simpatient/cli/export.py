"""`simpatient export`."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from simpatient.cli.kept import counted, with_store

if TYPE_CHECKING:
    from simpatient.store import Store
    from simpatient.store.rows import KeptMeeting, KeptRelationship
    from simpatient.store.transfer import Carried


@click.command("export")
@click.argument("encounters", metavar="[ID]...", nargs=-1)
@click.option(
    "--format", "form", type=click.Choice(["jsonl", "csv", "md", "html"]), default="jsonl", show_default=True,
    help="Records, a table, or pages to read.",
)  # fmt: skip
@click.option("--out", type=click.Path(path_type=Path), help="File, or for md and html a folder; else the terminal.")
@click.option("--learner", help="Only theirs.")
@click.option("--persona", help="Only with this patient.")
@click.option("--to-continue", is_flag=True, help="jsonl: with all that moves, so that meetings can go on elsewhere.")
@click.option("--schema", is_flag=True, help="Print the JSON Schema of a line of jsonl, and nothing else.")
def command(
    encounters: tuple[str, ...],
    form: str,
    out: Path | None,
    learner: str | None,
    persona: str | None,
    to_continue: bool,
    schema: bool,
) -> None:
    """Write kept meetings to a file: those named by ID, or all.

    Learners appear by their made-up id. What a patient has not told is in no export.
    """
    if schema:
        from simpatient.store.published import schema as schema_text

        click.echo(schema_text(), nl=False)
        return
    if to_continue and form != "jsonl":
        raise click.UsageError("--to-continue goes with --format jsonl.")
    carried, between = with_store(lambda store: _chosen(store, encounters, learner, persona))
    if form in ("md", "html"):
        _pages([each.meeting for each in carried], form, out)
    else:
        text = _table(carried) if form == "csv" else _lines(carried, between, to_continue=to_continue)
        _write(out, text)
    if out is not None:
        click.echo(f"{counted(len(carried), 'meeting')} written to {out}.", err=True)


async def _chosen(
    store: Store, ids: tuple[str, ...], learner: str | None, persona: str | None
) -> tuple[list[Carried], tuple[KeptRelationship, ...]]:
    from simpatient.store.rows import Selection
    from simpatient.store.transfer import Carried

    chosen = Selection(ids=ids, learner=learner, persona=persona)
    found = (await store.chosen(chosen)).ids
    for missing in (each for each in ids if each not in found and not learner and not persona):
        await store.meeting(missing)
    carried = [Carried(meeting=await store.meeting(each), ratings=await store.ratings(each)) for each in found]
    carried.sort(key=lambda each: (each.meeting.line.started_at, each.meeting.line.id))
    return carried, await store.relationships(chosen)


def _lines(carried: list[Carried], between: tuple[KeptRelationship, ...], *, to_continue: bool) -> Iterator[str]:
    from simpatient.store.transfer import lines_of, relationship_line

    for each in carried:
        for record in lines_of(each, to_continue=to_continue):
            yield json.dumps(record, ensure_ascii=False) + "\n"
    for each in between:
        yield json.dumps(relationship_line(each), ensure_ascii=False) + "\n"


def _table(carried: list[Carried]) -> Iterator[str]:
    from simpatient.store.sheets import table

    # Spreadsheets take a file for UTF-8 when it begins like this.
    yield "\ufeff" + table(each.meeting for each in carried)


def _pages(held: list[KeptMeeting], form: str, out: Path | None) -> None:
    from simpatient.store import pages

    page: Callable[[KeptMeeting], str] = pages.html if form == "html" else pages.markdown
    if out is None:
        _write(None, (page(kept) for kept in held))
        return
    if len(held) == 1 and out.suffix:
        _write(out, iter([page(held[0])]))
        return
    out.mkdir(parents=True, exist_ok=True)
    for kept in held:
        _write(out / f"{_file_name(kept.line.id)}.{form}", iter([page(kept)]))


def _file_name(encounter: str) -> str:
    return "".join(c if c.isalnum() or c in "-_." else "_" for c in encounter).lstrip(".") or "meeting"


def _write(out: Path | None, texts: Iterator[str]) -> None:
    if out is None:
        for text in texts:
            sys.stdout.buffer.write(text.encode("utf-8", "replace"))
        sys.stdout.buffer.flush()
        return
    with out.open("wb") as file:
        for text in texts:
            file.write(text.encode("utf-8", "replace"))
