"""Rows of a file of JSON lines, plain or zipped, with the line of every error."""

from __future__ import annotations

import gzip
import json
import sys
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from simpatient.authoring.pages import finding
from simpatient.errors import ContentError


@dataclass(frozen=True, kw_only=True)
class Row:
    """One line of the file as plain data."""

    line: int
    """1-based."""
    data: dict[str, Any]

    def text(self, field: str, default: str = "") -> str:
        """The field as text."""
        value = self.data.get(field)
        return default if value is None else str(value)


def read_rows(path: Path, required: tuple[str, ...]) -> Iterator[Row]:
    """The rows of `path` (`-` is standard input), each an object that has the `required` fields.

    Raises:
        ContentError: the file cannot be read, or a line is not such an object.
    """
    try:
        raw = sys.stdin.buffer.read() if str(path) == "-" else path.read_bytes()
        if raw[:2] == b"\x1f\x8b":
            raw = gzip.decompress(raw)
    except (OSError, EOFError, zlib.error) as exc:
        raise row_error(path, 0, f"cannot read the file ({type(exc).__name__})", "Check its name and format.") from None
    for number, line in enumerate(raw.decode("utf-8-sig", "replace").split("\n"), 1):
        if not line.strip():
            continue
        try:
            data: object = json.loads(line)
        except (ValueError, RecursionError):
            raise row_error(path, number, "the line is not JSON", "Write one JSON object per line.") from None
        if not isinstance(data, dict):
            raise row_error(path, number, "the line is not an object", "Write one JSON object per line.")
        row = cast("dict[str, Any]", data)
        missing = [field for field in required if field not in row]
        if missing:
            fix = f"Needed: {', '.join(required)}."
            raise row_error(path, number, f"the line has no {' and no '.join(f'`{m}`' for m in missing)}", fix)
        yield Row(line=number, data=row)


def row_error(path: Path, line: int, message: str, fix: str) -> ContentError:
    """An error at one line of the file."""
    return ContentError([finding("SP020", path, line, problem=message, mend=fix)])
