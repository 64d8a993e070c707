"""Results written as they come, a line each, so that a run that was killed goes on where it stood."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

from simpatient.errors import ConfigurationError
from simpatient.suite.held import Held
from simpatient.suite.verdict import Verdict

BEGINS = b'{"journal":1}\n'
_CHUNK = 1 << 20


class Journal:
    """A file of conversations that were held. Each is written at once and whole; half a line at the end is dropped."""

    def __init__(self, path: Path, *, resume: bool) -> None:
        """Open the journal at `path`, with what stands in it when it is resumed, else empty.

        Raises:
            ConfigurationError: another run writes it, or it is no journal.
        """
        self.path = path
        self._file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        self._places: dict[str, tuple[int, str]] = {}
        """Offset of each conversation with its digest; the digest of one that was left undecided is empty."""
        try:
            self._lock()
            self._is_ours()
            if resume:
                self._take_up()
            else:
                os.ftruncate(self._file, 0)
            if os.fstat(self._file).st_size == 0:
                os.write(self._file, BEGINS)
            self._end = os.lseek(self._file, 0, os.SEEK_END)
        except BaseException:
            os.close(self._file)
            raise

    def has(self, key: str, digest: str) -> bool:
        """Whether this conversation was held and decided, and nothing that could change it has changed since."""
        return key in self._places and self._places[key][1] == digest

    def add(self, held: Held) -> None:
        """Write one down."""
        line = json.dumps(held.record(), ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace") + b"\n"
        written = 0
        while written < len(line):
            written += os.write(self._file, line[written:])
        self._places[held.key] = (self._end, held.digest if held.verdict is not Verdict.UNDECIDED else "")
        self._end += len(line)

    def held(self, key: str) -> Held | None:
        """The conversation of this name; None when it is not there."""
        if key not in self._places:
            return None
        place = self._places[key][0]
        line = bytearray()
        while not line.endswith(b"\n"):
            chunk = os.pread(self._file, _CHUNK, place + len(line))
            if not chunk:
                break
            end = chunk.find(b"\n")
            line += chunk if end < 0 else chunk[: end + 1]
        return Held.of(json.loads(line))

    def close(self) -> None:
        """Let it be on the disk, and let go of it."""
        with contextlib.suppress(OSError):
            os.fsync(self._file)
        os.close(self._file)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, exc: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _lock(self) -> None:
        """Keep other runs away; where a system has no such locks, nobody is kept away."""
        try:
            import fcntl  # noqa: PLC0415  not on every system
        except ImportError:
            return
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            message = f"Another run writes {self.path}. Wait for it, or name another file with --journal."
            raise ConfigurationError(message) from None

    def _is_ours(self) -> None:
        """Nothing, when the file is empty or a journal, perhaps one that was killed in its first line."""
        begins = os.pread(self._file, len(BEGINS), 0)
        if not BEGINS.startswith(begins):
            raise ConfigurationError(f"{self.path} is no journal of a run. Name another file with --journal.")

    def _take_up(self) -> None:
        """Find what was written, and cut off what was not written whole."""
        whole = 0
        for place, line in self._lines():
            if not line.endswith(b"\n"):
                break
            if place:
                try:
                    record = json.loads(line)
                    decided = record["verdict"] != Verdict.UNDECIDED.value
                    self._places[str(record["key"])] = (place, str(record["digest"]) if decided else "")
                except (ValueError, KeyError, TypeError):
                    break
            whole = place + len(line)
        os.ftruncate(self._file, whole)

    def _lines(self) -> Iterator[tuple[int, bytes]]:
        """Every line with its place, without holding more than one."""
        with os.fdopen(os.dup(self._file), "rb") as reading:
            reading.seek(0)
            place = 0
            for line in reading:
                yield place, line
                place += len(line)
