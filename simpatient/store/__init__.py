"""Meetings in a database: every exchange in one transaction before the next message can be sent."""

from simpatient.store.store import Store

__all__ = ["Store"]
