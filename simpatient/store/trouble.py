"""What went wrong with a database, in words that say what to do."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.exc import DBAPIError, InterfaceError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as NoConnection


@dataclass(frozen=True, kw_only=True)
class Trouble:
    """One kind of trouble."""

    what: str
    """What is the case, as the end of a sentence."""
    mend: str
    """What to do about it."""


FULL = Trouble(what="the disk is full", mend="Free some space.")
READ_ONLY = Trouble(what="it may not be written", mend="Make its folder and file writable, or set another one.")
DAMAGED = Trouble(
    what="the file is damaged or is no database", mend="It was left as it is. Restore a copy of it, or move it away."
)
BUSY = Trouble(what="another program holds it", mend="Close the other program, or wait a moment.")
UNOPENED = Trouble(
    what="it cannot be opened", mend="Check that its folder exists and can be written, or set another one."
)
EMPTY = Trouble(what="its tables are not there", mend="Restore a copy of it, or start simpatient again.")
GONE = Trouble(what="it cannot be reached", mend="Check that it is there and running, and the name and password.")

_SIGNS = (
    (FULL, ("disk is full", "no space left", "disk full", "diskfullerror", "could not extend file")),
    (READ_ONLY, ("readonly database", "read-only", "permission denied", "insufficientprivilege")),
    (DAMAGED, ("malformed", "not a database", "corrupt")),
    (BUSY, ("database is locked", "database table is locked", "lock timeout", "locknotavailable")),
    (UNOPENED, ("unable to open database",)),
    (EMPTY, ("no such table", "undefinedtable", "no such column", "undefinedcolumn")),
    (GONE, ("disk i/o error", "does not exist", "authentication failed", "no pg_hba.conf entry", "starting up")),
)


def trouble_of(error: BaseException) -> Trouble | None:
    """What `error` means for whoever keeps the database; None when it is not about the database at all."""
    ours = isinstance(error, SQLAlchemyError | OSError | TimeoutError) or type(error).__module__.startswith("asyncpg")
    if not ours:
        return None
    told = f"{type(error).__name__} {error}".lower()
    if isinstance(error, DBAPIError) and error.orig is not None:
        told = f"{type(error.orig).__name__} {error.orig}".lower()
    for trouble, signs in _SIGNS:
        if any(sign in told for sign in signs):
            return trouble
    if isinstance(error, InterfaceError | NoConnection | OSError | TimeoutError):
        return GONE
    return GONE if isinstance(error, DBAPIError) and error.connection_invalidated else _unforeseen(error)


def _unforeseen(error: BaseException) -> Trouble:
    orig = error.orig if isinstance(error, DBAPIError) and error.orig is not None else error
    if type(orig).__module__.startswith("asyncpg") or "connection" in str(orig).lower():
        return GONE
    return Trouble(what=f"it answered with an error ({type(orig).__name__})", mend="The log says more.")
