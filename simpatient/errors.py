"""The errors simpatient raises, grouped by who can mend them.

Each message says where, what is wrong and how to mend it, and is fit to be
shown to the person it concerns without a traceback.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning", "note", "todo"]
"""error: it cannot be used as it is; warning: a colleague would speak up; note: worth knowing; todo: the author's own."""


class SimpatientError(Exception):
    """Any error that simpatient raises on purpose."""


class ConfigurationError(SimpatientError):
    """Something the operator has to change: a setting, a port, a folder."""


class ChatModelError(SimpatientError):
    """The service behind a chat model failed. The message never holds its text."""


class StoreError(SimpatientError):
    """Something could not be kept or found. The meeting itself goes on; the message says what to do."""


class UnknownMeeting(StoreError):
    """The store holds no meeting of this id."""


class MeetingChanged(StoreError):
    """The meeting went on somewhere else, so what was said here was not kept and did not happen."""


class EncounterEnded(SimpatientError):
    """The meeting is over; start a new one or rewind."""


class OverWithCare(EncounterEnded):
    """The meeting is over, and what was written after its end may be about the learner: its text is a card for them."""


@dataclass(frozen=True, kw_only=True)
class Diagnostic:
    """One numbered finding in an authored file."""

    path: str
    """The file, as the author named it."""
    line: int
    """1-based line; 0 when the file as a whole is meant."""
    column: int
    """1-based column; 0 when the line as a whole is meant."""
    code: str
    """Number of the finding, such as `SP014`."""
    name: str
    """Short name of the finding, such as `unknown-fact`."""
    message: str
    """What is wrong, in words for a clinician."""
    fix: str = ""
    """What to do about it, known choices included."""
    severity: Severity = "error"

    def __str__(self) -> str:
        place = ":".join(str(part) for part in (self.path, self.line, self.column) if part)
        mend = f"\n    {self.fix}" if self.fix else ""
        return f"{place} {self.code} {self.name}: {self.message}{mend}"


class ContentError(SimpatientError):
    """An authored file that cannot be used; carries all of its findings at once."""

    def __init__(self, diagnostics: list[Diagnostic]) -> None:
        """Join the findings into one message, in the order of the file."""
        self.diagnostics = sorted(diagnostics, key=lambda d: (d.path, d.line, d.column))
        super().__init__("\n".join(str(d) for d in self.diagnostics))
