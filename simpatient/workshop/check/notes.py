"""What authors write to themselves: to-dos, and findings they have looked at and stand by."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from simpatient.authoring import finding
from simpatient.errors import Diagnostic

_TODO = re.compile(r"\bTODO\b:?\s*(.*?)\s*[\"']?$")
_STANDS = re.compile(r"#\s*(SP\d{3}) stands: *(\S.*)$")


def todos(path: Path, text: str) -> Iterator[Diagnostic]:
    """Every line with a TODO."""
    for number, line in enumerate(text.splitlines(), 1):
        if (found := _TODO.search(line)) is not None:
            yield finding("SP171", path, number, line.index("TODO") + 1, what=found[1] or "something is left to do here")


def stands(text: str) -> frozenset[tuple[str, int]]:
    """Findings by which the author stands, with a reason: number and line, the comment's own and the next one."""
    said = [(found[1], number) for number, line in enumerate(text.splitlines(), 1) if (found := _STANDS.search(line))]
    return frozenset((code, line) for code, number in said for line in (number, number + 1))


def without(found: Iterable[Diagnostic], standing: frozenset[tuple[str, int]]) -> tuple[list[Diagnostic], int]:
    """What is left of the findings, and how many the author stands by. An error stands never."""
    left: list[Diagnostic] = []
    answered = 0
    for one in found:
        if one.severity != "error" and (one.code, one.line) in standing:
            answered += 1
        else:
            left.append(one)
    return left, answered
