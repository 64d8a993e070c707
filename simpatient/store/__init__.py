"""Meetings in a database: every exchange in one transaction before the next message can be sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from simpatient.store.store import Store

__all__ = ["Store"]


def __getattr__(name: str) -> type[Store]:
    """The store itself, loaded by whoever keeps something: SQLAlchemy takes a moment."""
    if name != "Store":
        raise AttributeError(name)
    from simpatient.store.store import Store  # noqa: PLC0415  (see above)

    return Store
