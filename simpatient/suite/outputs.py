"""The files a run leaves: looked at before anything is held, and written one by one when it is over."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from simpatient.errors import ConfigurationError
from simpatient.suite.journal import Journal
from simpatient.suite.published import EarlierRun, write_json
from simpatient.suite.run import Summary

AUTHORED = (".yaml", ".yml")
"""Endings of files that people write; a run never writes over one."""


@dataclass(frozen=True, kw_only=True)
class Outputs:
    """Where a run is reported, beside the terminal."""

    junit: Path | None = None
    json: Path | None = None
    html: Path | None = None
    against: EarlierRun | None = None
    """The run that the page is compared with."""

    def write(self, summary: Summary, journal: Journal, names: Mapping[str, str]) -> Iterator[str]:
        """Write each; yields what is to be said of one that could not be written, and goes on with the next."""
        for path in (self.junit, self.json, self.html):
            if path is None:
                continue
            try:
                self._write(path, summary, journal, names)
            except OSError as exc:
                yield f"Cannot write {path} ({exc.strerror or type(exc).__name__})."

    def _write(self, path: Path, summary: Summary, journal: Journal, names: Mapping[str, str]) -> None:
        if path is self.junit:
            from simpatient.suite.junit import write_junit  # noqa: PLC0415  only where it is asked for

            write_junit(path, summary, journal)
        elif path is self.json:
            write_json(path, summary, journal, names)
        else:
            from simpatient.suite.page import write_page  # noqa: PLC0415

            write_page(path, summary, journal, names, self.against)


def check_outputs(outputs: Mapping[str, Path | None], read: Sequence[Path]) -> None:
    """Nothing, when every output can be written and none stands where something else is.

    Args:
        outputs: option and file.
        read: files that are read in this run.

    Raises:
        ConfigurationError: one names a file that is read, one that somebody wrote, another output or a place where
            nothing can be written.
    """
    taken = {path.resolve(): "a file that this run reads" for path in read}
    for option, path in outputs.items():
        if path is None:
            continue
        whole = path.resolve()
        over = taken.get(whole, "what somebody wrote" if whole.suffix.lower() in AUTHORED else "")
        if over:
            raise ConfigurationError(f"{option} {path} would write over {over}. Name another file.")
        if not whole.parent.is_dir():
            raise ConfigurationError(f"{option} {path}: there is no folder {path.parent}. Make it first.")
        if whole.is_dir():
            raise ConfigurationError(f"{option} {path} is a folder. Name a file.")
        if not os.access(whole if whole.exists() else whole.parent, os.W_OK):
            raise ConfigurationError(f"{option} {path} may not be written. Name another file.")
        taken[whole] = f"the file of {option}"
