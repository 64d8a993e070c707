"""`simpatient meetings`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from simpatient.cli.kept import counted, how_long, line_record, say_json, with_store

if TYPE_CHECKING:
    from simpatient.encounter import Comparison
    from simpatient.store import Store
    from simpatient.store.rows import KeptMeeting, MeetingLine


@click.command("meetings")
@click.argument("encounter", metavar="ID", required=False)
@click.option("--learner", help="Only theirs.")
@click.option("--persona", help="Only with this patient.")
@click.option("--limit", type=click.IntRange(min=1), default=20, show_default=True, help="At most so many.")
@click.option(
    "--compare", type=(int, int), metavar="A B", help="With ID: two branches side by side, by their last exchange."
)
@click.option("--json", "as_json", is_flag=True, help="Records, one a line.")
def command(
    encounter: str | None,
    learner: str | None,
    persona: str | None,
    limit: int,
    compare: tuple[int, int] | None,
    as_json: bool,
) -> None:
    """List the meetings that are kept, the latest first; with ID, show that one with all its branches.

    `simpatient chat --terminal --continue ID` goes on with one.
    """
    if encounter is None:
        if compare:
            raise click.UsageError("--compare goes with the ID of a meeting.")
        lines = with_store(lambda store: _listed(store, learner, persona, limit))
        _show_list(lines, as_json=as_json)
    elif compare:
        _show_comparison(with_store(lambda store: _compared(store, encounter, compare)), as_json=as_json)
    else:
        _show_meeting(with_store(lambda store: store.meeting(encounter)), as_json=as_json)
    sys.stdout.flush()


async def _listed(store: Store, learner: str | None, persona: str | None, limit: int) -> list[MeetingLine]:
    found: list[MeetingLine] = []
    following: str | None = None
    while len(found) < limit:
        page = await store.meetings(learner=learner, persona=persona, limit=limit - len(found), following=following)
        found.extend(page.meetings)
        following = page.following
        if following is None:
            break
    return found


async def _compared(store: Store, encounter: str, heads: tuple[int, int]) -> Comparison:
    from simpatient.authoring import Library
    from simpatient.encounter import Encounter, compared
    from simpatient.settings import Settings

    meeting = await Encounter.resume(store, encounter, library=Library.choose(Settings().library))
    branches = {branch.head: branch for branch in meeting.branches()}
    unknown = [str(head) for head in heads if head not in branches]
    if unknown:
        known = ", ".join(map(str, branches))
        raise click.UsageError(f"No branch ends at exchange {' or '.join(unknown)}. Branches end at: {known}.")
    return compared(branches[heads[0]], branches[heads[1]])


def _show_list(lines: list[MeetingLine], *, as_json: bool) -> None:
    for line in lines:
        if as_json:
            say_json(line_record(line))
            continue
        index = "" if line.index is None else f", index {line.index:.0f}"
        state = f"ended: {line.ended.replace('_', ' ')}{index}" if line.ended else "open"
        day = line.updated_at.astimezone().strftime("%Y-%m-%d %H:%M")
        exchanges = counted(line.exchanges, "exchange")
        click.echo(f"{line.id:<24} {day}  {line.name}, {exchanges}, {state}")
    if not as_json:
        click.echo(click.style(how_long() if lines else f"No meeting is kept yet. {how_long()}", dim=True))


def _show_meeting(kept: KeptMeeting, *, as_json: bool) -> None:
    if as_json:
        from simpatient.store.transfer import Carried, lines_of

        for record in lines_of(Carried(meeting=kept)):
            say_json(record)
        return
    here = {each.number for each in kept.path()}
    for each in kept.exchanges:
        branch = "" if each.parent == each.number - 1 else f" (after {each.parent})"
        mark = "" if each.number in here else " (another branch)"
        click.echo(click.style(f"{each.number}{branch}{mark}  {each.record['stance']}", dim=True))
        click.echo(f"You: {each.record['learner']}")
        click.echo(f"{kept.line.name}: {each.record['reply']}")
        if intended := each.record.get("intended"):
            click.echo(click.style(f"  The learner wanted: {intended}", dim=True))
        for meant in each.record.get("meant", ()):
            click.echo(click.style(f"  The learner says they meant: {meant}", dim=True))
        for differs in _differences(each.record):
            click.echo(
                click.style(f"  {differs['code']}: rules {differs['rules']}, model {differs['model']}", dim=True)
            )
        click.echo()
    differing = sum(len(_differences(each.record)) for each in kept.exchanges)
    if differing:
        click.echo(click.style(f"Rules and model read {counted(differing, 'thing')} differently.\n", dim=True))
    if kept.debrief is not None:
        click.echo(kept.debrief.record["text"])


def _differences(record: dict[str, Any]) -> list[dict[str, Any]]:
    """Where rules and a chat model read a message two levels apart or more; for educators."""
    evaluator: dict[str, Any] = record.get("evaluator") or {}
    return list(evaluator.get("disagreements") or ())


def _show_comparison(comparison: Comparison, *, as_json: bool) -> None:
    record = comparison.record()
    if as_json:
        say_json(record)
        return
    click.echo(f"Both begin alike: {counted(comparison.shared, 'exchange')}.\n")
    for step in record["steps"]:
        for side, head in (("one", record["one"]), ("other", record["other"])):
            said = step[side]
            if said is None:
                continue
            click.echo(click.style(f"[{head}] exchange {said['exchange']}, {said['stance']}", bold=True))
            click.echo(f"  You: {said['learner']}")
            click.echo(f"  They: {said['reply']}")
            click.echo("  " + ", ".join(f"{name} {value:.2f}" for name, value in said["state"].items()))
            rated = ", ".join(f"{rating['behaviour']} {rating['value']}/3" for rating in said["ratings"])
            opened = ", ".join(f"{told['fact']} ({told['rendering']})" for told in said["disclosed"])
            click.echo(f"  rated: {rated or 'nothing'}; opened: {opened or 'nothing'}")
        click.echo()
