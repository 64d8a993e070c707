"""`simpatient doctor`."""

from __future__ import annotations

import asyncio
import json
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from simpatient.llm.probe import Probe
    from simpatient.settings import Settings

ROLES = {"chat": "The patient's voice", "evaluator": "The evaluator"}


@click.command("doctor")
@click.option("--chat-model", help="Instead of SIMPATIENT_CHAT_MODEL.")
@click.option("--evaluator-model", help="Instead of SIMPATIENT_EVALUATOR_MODEL.")
@click.option("--base-url", help="Instead of SIMPATIENT_BASE_URL.")
@click.option("--api-key", help="Instead of SIMPATIENT_API_KEY.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def command(
    chat_model: str | None, evaluator_model: str | None, base_url: str | None, api_key: str | None, as_json: bool
) -> None:
    """Try the chat models of your settings and say what works and what to mend.

    Sends a few short calls and a long one to each. The key is never shown.
    """
    from simpatient.settings import Settings

    flags = {"chat_model": chat_model, "evaluator_model": evaluator_model, "base_url": base_url, "api_key": api_key}
    settings = Settings(**{name: value for name, value in flags.items() if value is not None})
    found = asyncio.run(_examine(settings.chat_model, settings.evaluator_model or settings.chat_model, settings))
    if as_json:
        click.echo(json.dumps(_record(found), ensure_ascii=False))
    else:
        click.echo("\n".join(_lines(found)))
    if not all(each is None or each.ok for each in found.values()):
        sys.exit(3)


async def _examine(chat: str, evaluator: str, settings: Settings) -> dict[str, Probe | None]:
    """What was found of each role; None for one that is embedded. A model of both roles is tried once."""
    from simpatient.llm import connect
    from simpatient.llm.probe import probe

    done: dict[str, Probe | None] = {}
    for spec in dict.fromkeys((chat, evaluator)):
        model = connect(
            spec,
            base_url=settings.base_url,
            api_key=settings.api_key.get_secret_value(),
            timeout=settings.chat_timeout,
        )
        done[spec] = None if model is None else await probe(model)
    return {"chat": done[chat], "evaluator": done[evaluator]}


def _record(found: dict[str, Probe | None]) -> dict[str, object]:
    return {
        "schema_version": 1,
        "ok": all(each is None or each.ok for each in found.values()),
        **{role: "embedded" if each is None else {**asdict(each), "ok": each.ok} for role, each in found.items()},
    }


def _lines(found: dict[str, Probe | None]) -> list[str]:
    lines: list[str] = []
    tried: list[Probe] = []
    for role, each in found.items():
        if each is None:
            lines.append(f"{ROLES[role]} is embedded: no chat model, nothing leaves this machine.")
        elif each in tried:
            lines.append(f"{ROLES[role]} is the same chat model, {each.model}.")
        else:
            tried.append(each)
            lines.append(f"{ROLES[role]} is {each.model} at {each.place}.")
            for check in each.checks:
                mark = "ok " if check.ok else "!! " if check.needed else "-- "
                lines.append(f"  {mark} {check.name:<8} {check.said}")
                lines.extend([f"{'':<15}{check.mend}"] if check.mend else [])
    failing = [each for each in tried if not each.ok]
    if failing:
        lines.append("Meetings can be held all the same: where the chat model fails, the embedded voice carries on.")
    else:
        lines.append("All is well.")
    return lines
