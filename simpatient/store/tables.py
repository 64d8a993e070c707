"""The tables of the store. Every change here needs a migration; a test compares the two."""

from __future__ import annotations

from sqlalchemy import (
    Column,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
)

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
METADATA = MetaData(naming_convention=NAMES)
ID = String(120)
WHEN = String(32)
"""A moment in UTC as `2026-11-20T14:16:35.000000Z`: it sorts as text, in every database alike."""

LEARNERS = Table(
    "learners",
    METADATA,
    Column("id", ID, primary_key=True),
    Column("signature", String(64), unique=True),
    Column("created_at", WHEN, nullable=False),
    Column("choices", Text),
)
"""Whoever practises, by a made-up id. `signature` finds the id again for a sign-in name that is itself not kept;
`choices` is what they chose last for their meetings."""

SECRETS = Table(
    "secrets", METADATA, Column("name", String(40), primary_key=True), Column("value", Text, nullable=False)
)
"""What this one database alone knows, such as the salt of the signatures."""

RELATIONSHIPS = Table(
    "relationships",
    METADATA,
    Column("learner", ID, ForeignKey("learners.id", ondelete="CASCADE"), primary_key=True),
    Column("persona", ID, primary_key=True),
    Column("revision", Integer, nullable=False),
    Column("record", Text, nullable=False),
    Column("exact", Text, nullable=False),
    Column("created_at", WHEN, nullable=False),
    Column("updated_at", WHEN, nullable=False),
)

ENCOUNTERS = Table(
    "encounters",
    METADATA,
    Column("id", ID, primary_key=True),
    Column("learner", ID, ForeignKey("learners.id", ondelete="CASCADE"), nullable=False),
    Column("persona", ID, nullable=False),
    Column("name", String(200), nullable=False),
    Column("meeting", Integer, nullable=False),
    Column("seed", String(80), nullable=False),
    Column("settings", Text, nullable=False),
    Column("versions", Text, nullable=False),
    Column("start", Text),
    Column("exchanges", Integer, nullable=False),
    Column("head", Integer, nullable=False),
    Column("ended", String(40)),
    Column("rapport_index", Float),
    Column("started_at", WHEN, nullable=False),
    Column("updated_at", WHEN, nullable=False),
    Column("beside", Text),
    Index(None, "learner", "updated_at", "id"),
    Index(None, "updated_at", "id"),
    Index(None, "persona", "updated_at", "id"),
)
"""`exchanges` counts all branches; `head` is the exchange at which the meeting stands; `beside` is how the page shows it."""

EXCHANGES = Table(
    "exchanges",
    METADATA,
    Column("encounter", ID, ForeignKey("encounters.id", ondelete="CASCADE"), primary_key=True),
    Column("exchange", Integer, primary_key=True),
    Column("parent", Integer, nullable=False),
    Column("writer", String(40), nullable=False),
    Column("record", Text, nullable=False),
    Column("exact", Text),
    Column("versions", Text),
    Column("made_at", WHEN, nullable=False),
)
"""`exact` is all that moves, to continue and rewind; `versions` only where they differ from the meeting's."""

RATINGS = Table(
    "ratings",
    METADATA,
    Column("encounter", ID, primary_key=True),
    Column("exchange", Integer, primary_key=True),
    Column("evaluator", String(120), primary_key=True),
    Column("version", String(40), primary_key=True),
    Column("record", Text, nullable=False),
    Column("made_at", WHEN, nullable=False),
    ForeignKeyConstraint(["encounter", "exchange"], ["exchanges.encounter", "exchanges.exchange"], ondelete="CASCADE"),
)

PROMISES = Table(
    "promises",
    METADATA,
    Column("encounter", ID, primary_key=True),
    Column("exchange", Integer, primary_key=True),
    Column("promise", String(40), primary_key=True),
    Column("status", String(40), nullable=False),
    Column("due", Text, nullable=False),
    Column("record", Text, nullable=False),
    ForeignKeyConstraint(["encounter", "exchange"], ["exchanges.encounter", "exchanges.exchange"], ondelete="CASCADE"),
)
"""A row where a promise was made or changed, so that each branch keeps its own ledger."""

PLANS = Table(
    "plans",
    METADATA,
    Column("learner", ID, primary_key=True),
    Column("persona", ID, primary_key=True),
    Column("plan", Integer, primary_key=True),
    Column("record", Text, nullable=False),
    Column("updated_at", WHEN, nullable=False),
    ForeignKeyConstraint(
        ["learner", "persona"], ["relationships.learner", "relationships.persona"], ondelete="CASCADE"
    ),
)

DEBRIEFS = Table(
    "debriefs",
    METADATA,
    Column("encounter", ID, ForeignKey("encounters.id", ondelete="CASCADE"), primary_key=True),
    Column("head", Integer, primary_key=True),
    Column("record", Text, nullable=False),
    Column("made_at", WHEN, nullable=False),
)
"""One for each branch that was ended."""
