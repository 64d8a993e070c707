"""Runs the steps on the connection that the store hands over, inside its transaction and lock."""

from __future__ import annotations

from alembic import context

from simpatient.store.tables import METADATA

VERSION_TABLE = "simpatient_schema"

context.configure(
    connection=context.config.attributes["connection"], target_metadata=METADATA, version_table=VERSION_TABLE
)
with context.begin_transaction():
    context.run_migrations()
