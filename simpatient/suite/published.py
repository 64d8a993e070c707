"""What others build on: the JSON Schema of a suite, and a run as one JSON file."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from simpatient import __version__
from simpatient.errors import ConfigurationError
from simpatient.suite.comparing import Compared
from simpatient.suite.held import SCHEMA_VERSION, Held, Record
from simpatient.suite.journal import Journal
from simpatient.suite.run import Summary
from simpatient.suite.schema import Suite
from simpatient.suite.verdict import Verdict


def schema_text() -> str:
    """The JSON Schema of a suite, as it stands in `docs/suite.schema.json`."""
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **Suite.model_json_schema()}
    schema["title"] = "simpatient suite"
    return json.dumps(schema, indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def totals(summary: Summary) -> dict[str, Any]:
    """What came of a run, as numbers."""
    return {
        **{verdict.value: summary.count(verdict) for verdict in Verdict},
        "cases": len(summary.groups), "conversations": len(summary.keys), "not_begun": len(summary.not_begun),
        "exchanges": summary.exchanges, "checks": summary.checks, "tokens": summary.tokens,
        "cost": summary.cost, "authored_replies": summary.authored, "expecting_nothing": len(summary.idle),
        "exit_code": summary.exit_code,
    }  # fmt: skip


def write_json(path: Path, summary: Summary, journal: Journal, names: Mapping[str, str]) -> None:
    """Write a run as one JSON object, conversation after conversation."""
    head = {
        "schema_version": SCHEMA_VERSION,
        "simpatient": __version__,
        "models": dict(names),
        "totals": totals(summary),
        "groups": [
            {"name": g.name, "verdict": g.verdict.value, "rate": str(g.rate), "verdicts": [v.value for v in g.verdicts]}
            for g in summary.groups.values()
        ],
        "compared": [_compared(each) for each in summary.compared],
        "not_begun": summary.not_begun,
    }
    with path.open("w", encoding="utf-8", errors="replace") as file:
        file.write(json.dumps(head, ensure_ascii=False, indent=1)[:-2] + ',\n "conversations": [')
        between = "\n"
        for held in conversations(summary, journal):
            file.write(between + json.dumps(held.record(), ensure_ascii=False))
            between = ",\n"
        file.write("\n]}\n")


def conversations(summary: Summary, journal: Journal) -> Iterator[Held]:
    """The conversations of a run in the order of the files, one in memory at a time."""
    for key in summary.keys:
        held = journal.held(key) if key not in summary.not_begun else None
        if held is not None:
            yield held


def read_run(path: Path) -> dict[str, Held]:
    """The conversations of a run that was written as JSON, by name.

    Raises:
        ConfigurationError: the file is none.
    """
    try:
        record: Record = json.loads(path.read_text(encoding="utf-8"))
        return {each["key"]: Held.of(each) for each in record["conversations"]}
    except (OSError, ValueError, KeyError, TypeError):
        message = f"{path} is no run that was written with --json. Write one with `simpatient run ... --json run.json`."
        raise ConfigurationError(message) from None


@dataclass(frozen=True, kw_only=True)
class EarlierRun:
    """A run that another is compared with."""

    name: str
    """Of its file."""
    conversations: Mapping[str, Held]

    @classmethod
    def read(cls, path: Path) -> EarlierRun:
        """The run in a file.

        Raises:
            ConfigurationError: it holds none.
        """
        return cls(name=path.name, conversations=read_run(path))


def _compared(each: Compared) -> dict[str, Any]:
    return {**asdict(each), "finding": {**asdict(each.finding), "verdict": each.finding.verdict.value}}
