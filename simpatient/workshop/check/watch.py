"""Waits until an author has saved something."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

LOOKS_EVERY_S = 0.4
"""Seconds between two looks."""
Snapshot = dict[str, tuple[int, int]]


def changes(paths: list[Path], wait: Callable[[float], None] = time.sleep) -> Iterator[None]:
    """Once at the beginning, and once after every change of a file below `paths`."""
    seen: Snapshot | None = None
    while True:
        now = _snapshot(paths)
        if now != seen:
            seen = now
            yield
        wait(LOOKS_EVERY_S)


def _snapshot(paths: list[Path]) -> Snapshot:
    files = [file for path in paths for file in ([path] if path.is_file() else path.rglob("*"))]
    found: Snapshot = {}
    for file in files:
        try:
            stat = file.stat()
        except OSError:
            continue
        if file.is_file():
            found[str(file)] = (stat.st_mtime_ns, stat.st_size)
    return found
