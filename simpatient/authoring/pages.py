"""The pages of the diagnostics: each number's words, why it matters, how to mend it, and an example.

A page is Markdown for a reader and data for us: its blockquotes are what `check` says, its example is a test.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import cast, get_args

from simpatient.errors import ConfigurationError, Diagnostic, Severity

FOLDER = "docs/diagnostics"
_HEAD = re.compile(r"^# (SP\d{3}) ([\w{}-]+)$")
_VARIANT = re.compile(r"^\*\*([\w ]+)\*\*$")
_SLOT = re.compile(r"\{(\w+)\}")
_FILE = re.compile(r"^`([\w./-]+)`$")
MARK = "# <-"
"""Stands at the end of the line of a bad example that the finding points at."""


@dataclass(frozen=True, kw_only=True)
class Wording:
    """What one finding says; `{words}` in braces are filled in."""

    message: str
    fix: str


@dataclass(frozen=True, kw_only=True)
class Example:
    """A passage of one authored file."""

    file: str
    """Name of the file, such as `persona.yaml`."""
    text: str


@dataclass(frozen=True, kw_only=True)
class Page:
    """One diagnostic as it is explained."""

    code: str
    name: str
    severity: Severity
    wordings: Mapping[str, Wording]
    """By what is the matter; the empty key where there is one wording."""
    why: str
    mend: str
    bad: tuple[Example, ...]
    mended: tuple[Example, ...]
    text: str
    """The whole page."""


def pages_folder() -> Path:
    """Where the pages stand: in the wheel beside the authored files, in a checkout under docs."""
    package = Path(__file__).resolve().parent.parent
    inside = package / "_library" / FOLDER
    return inside if inside.is_dir() else package.parent / FOLDER


@lru_cache(maxsize=1)
def pages() -> Mapping[str, Page]:
    """All pages by number, in order.

    Raises:
        ConfigurationError: the pages are missing or malformed; the installation is broken.
    """
    found = sorted(pages_folder().glob("SP*.md"))
    if not found:
        raise ConfigurationError(f"The pages of the diagnostics are missing from {pages_folder()}. Reinstall simpatient.")
    return {page.code: page for page in map(read_page, found)}


def read_page(path: Path) -> Page:
    """The page in one file.

    Raises:
        ConfigurationError: it has not the shape of a page.
    """
    text = path.read_text(encoding="utf-8")
    head, *sections = re.split(r"^## ", text, flags=re.MULTILINE)
    title = _HEAD.match(head.partition("\n")[0])
    by_name = {section.partition("\n")[0].strip(): section.partition("\n")[2].strip() for section in sections}
    severity = next((word for line in head.splitlines() if (word := line.strip()) in get_args(Severity)), None)
    if title is None or severity is None or not {"Why", "Mend"} <= by_name.keys():
        raise ConfigurationError(f"{path.name} is no page of a diagnostic: it needs a title, a severity, Why and Mend.")
    return Page(
        code=title[1],
        name=title[2],
        severity=cast("Severity", severity),
        wordings=_wordings(head),
        why=by_name["Why"],
        mend=by_name["Mend"],
        bad=_examples(by_name.get("Bad", "")),
        mended=_examples(by_name.get("Mended", "")),
        text=text,
    )


def finding(
    code: str, path: Path | str, line: int = 0, column: int = 0, variant: str = "", /, **values: object
) -> Diagnostic:
    """A finding in the words of its page, with `values` in their slots.

    Args:
        code: number of the page.
        path: the file.
        line: 1-based; 0 for the file as a whole.
        column: 1-based; 0 for the line as a whole.
        variant: which wording of the page.
        values: what is put into the slots.
    """
    page = pages()[code]
    wording = page.wordings[variant]
    return Diagnostic(
        path=str(path),
        line=line,
        column=column,
        code=code,
        name=_filled(page.name, values),
        message=_filled(wording.message, values),
        fix=_filled(wording.fix, values),
        severity=page.severity,
    )


def _filled(text: str, values: Mapping[str, object]) -> str:
    return _SLOT.sub(lambda slot: str(values.get(slot[1], slot[0])), text)


def _wordings(head: str) -> dict[str, Wording]:
    found: dict[str, list[str]] = {}
    variant = ""
    for line in head.splitlines():
        if (named := _VARIANT.match(line)) is not None:
            variant = named[1]
        elif line.startswith(">"):
            found.setdefault(variant, []).append(line[1:].strip())
    wordings: dict[str, Wording] = {}
    for variant, lines in found.items():
        message, _, fix = "\n".join(lines).partition("\n\n")
        wordings[variant] = Wording(message=" ".join(message.split()), fix=" ".join(fix.split()))
    return wordings


def _examples(section: str) -> tuple[Example, ...]:
    examples: list[Example] = []
    file, inside, lines = "", False, list[str]()
    for line in section.splitlines():
        if line.startswith("```"):
            if inside:
                examples.append(Example(file=file, text="\n".join(lines) + "\n"))
            inside, lines = not inside, []
        elif inside:
            lines.append(line)
        elif (named := _FILE.match(line)) is not None:
            file = named[1]
    return tuple(examples)
