"""A meeting to read: its debrief and what was said, as Markdown or as one page that stands alone."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from simpatient.store.rows import KeptMeeting

TEMPLATES = Path(__file__).resolve().parent / "templates"
HONEST = (
    "The patient is invented. Ratings are meant to learn from: they are not validated, and nobody should pass, fail or "
    "be hired by them."
)
_MARKS = re.compile(r"([\\`*_\[\]|~])")
_FIRST = re.compile(r"^(\s*)([#+=-]|\d+(?=[.)]))", re.MULTILINE)
"""What makes a heading, a line or a list of the beginning of a line."""


def markdown(kept: KeptMeeting) -> str:
    """The meeting as Markdown; whatever people wrote stays text."""
    text = _environment().get_template("meeting.md.j2").render(_values(kept))
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"


def html(kept: KeptMeeting) -> str:
    """The meeting as one page: no script, nothing from outside; whatever people wrote stays text."""
    return _environment().get_template("meeting.html.j2").render(_values(kept))


def plain(text: object) -> str:
    """Text that Markdown shows as it is."""
    escaped = str(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    marked = _FIRST.sub(_harmless, _MARKS.sub(r"\\\1", escaped.replace("\r", "")))
    return marked.replace("\n", "\\\n")


def _harmless(first: re.Match[str]) -> str:
    return f"{first[1]}{first[2]}\\" if first[2].isdigit() else f"{first[1]}\\{first[2]}"


def cell(text: object) -> str:
    """The same inside a table."""
    return plain(" ".join(str(text).split()))


def _values(kept: KeptMeeting) -> dict[str, object]:
    path = kept.path()
    return {
        "line": kept.line,
        "settings": kept.settings,
        "versions": kept.versions,
        "said": [each.record for each in path],
        "others": len(kept.exchanges) - len(path),
        "debrief": kept.debrief.record if kept.debrief else None,
        "honest": HONEST,
    }


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.1f}"


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=select_autoescape(("html.j2",), default=False), undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True, keep_trailing_newline=True,
    )  # fmt: skip
    filters: dict[str, Callable[..., Any]] = environment.filters
    filters.update(plain=plain, cell=cell, number=_number)
    return environment
