"""Meetings as a table: one row an exchange, for a spreadsheet or statistics."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import Any

from simpatient.store.rows import KeptExchange, KeptMeeting

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a spreadsheet may take for the start of a formula."""
STATE = ("trust", "anxiety", "defensiveness", "hope", "openness")
FIXED = (
    "encounter", "learner_id", "persona", "meeting", "started_at", "exchange", "parent", "in_current_branch", "learner",
    "reply", "nonverbal", "codes", "stance", *STATE, "exit_pressure", "disclosed", "harms", "try_instead", "ended",
    "voice",
)  # fmt: skip


def table(meetings: Iterable[KeptMeeting]) -> str:
    """The table with its head; a column `rating_NAME` for every behaviour that was rated at all."""
    held = tuple(meetings)
    behaviours = sorted({r["behaviour"] for kept in held for each in kept.exchanges for r in each.record["ratings"]})
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow([*FIXED, *(f"rating_{name}" for name in behaviours)])
    for kept in held:
        current = {each.number for each in kept.path()}
        for each in kept.exchanges:
            row = _row(kept, each, current=each.number in current)
            values = {rating["behaviour"]: rating["value"] for rating in each.record["ratings"]}
            writer.writerow([safe(row[name]) for name in FIXED] + [safe(values.get(name)) for name in behaviours])
    return written.getvalue()


def safe(value: Any) -> Any:
    """The value for a cell: text that a spreadsheet would calculate is marked as text by an apostrophe."""
    if value is None:
        return ""
    if not isinstance(value, str):
        return value
    return f"'{value}" if value.startswith(FORMULA) or value.lstrip().startswith(FORMULA) else value


def _row(kept: KeptMeeting, each: KeptExchange, *, current: bool) -> dict[str, Any]:
    line, record = kept.line, each.record
    state: dict[str, float] = record["state"]
    return {
        "encounter": line.id,
        "learner_id": line.learner,
        "persona": line.persona,
        "meeting": line.meeting,
        "started_at": line.started_at.isoformat(),
        "exchange": each.number,
        "parent": each.parent,
        "in_current_branch": int(current),
        **{name: record[name] for name in ("learner", "reply", "nonverbal", "stance", "exit_pressure", "try_instead")},
        **state,
        "codes": "; ".join(f"{code['code']}:{code['level']}" for code in record["appraisal"]["codes"]),
        "disclosed": "; ".join(f"{told['fact']}:{told['rendering']}" for told in record["disclosed"]),
        "harms": "; ".join(f"{harm['code']}:{harm['severity']}" for harm in record["harms"]),
        "ended": record["ended"],
        "voice": record["voice"]["by"],
    }
