"""The tables of meetings. What the first, thin store kept is carried over."""

from __future__ import annotations

import json
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

ID = sa.String(120)
WHEN = sa.String(32)
LONG_AGO = "2026-01-01T00:00:00.000000Z"
"""When the thin store's meetings are said to have been held if nobody says otherwise: it kept no time."""


def upgrade() -> None:
    """Make the tables, and fill them with what is there."""
    before = _thin_store()
    _people()
    _meetings()
    _what_was_said()
    if before is not None:
        _carried_over(*before)


def _people() -> None:
    op.create_table(
        "learners",
        sa.Column("id", ID, nullable=False),
        sa.Column("signature", sa.String(64)),
        sa.Column("created_at", WHEN, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_learners"),
        sa.UniqueConstraint("signature", name="uq_learners_signature"),
    )
    op.create_table(
        "secrets",
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("value", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_secrets"),
    )
    op.create_table(
        "relationships",
        sa.Column("learner", ID, nullable=False),
        sa.Column("persona", ID, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("record", sa.Text, nullable=False),
        sa.Column("exact", sa.Text, nullable=False),
        sa.Column("created_at", WHEN, nullable=False),
        sa.Column("updated_at", WHEN, nullable=False),
        sa.PrimaryKeyConstraint("learner", "persona", name="pk_relationships"),
        sa.ForeignKeyConstraint(["learner"], ["learners.id"], "fk_relationships_learner", ondelete="CASCADE"),
    )
    op.create_table(
        "plans",
        sa.Column("learner", ID, nullable=False),
        sa.Column("persona", ID, nullable=False),
        sa.Column("plan", sa.Integer, nullable=False),
        sa.Column("record", sa.Text, nullable=False),
        sa.Column("updated_at", WHEN, nullable=False),
        sa.PrimaryKeyConstraint("learner", "persona", "plan", name="pk_plans"),
        sa.ForeignKeyConstraint(
            ["learner", "persona"],
            ["relationships.learner", "relationships.persona"],
            "fk_plans_learner_persona",
            ondelete="CASCADE",
        ),
    )


def _meetings() -> None:
    op.create_table(
        "encounters",
        sa.Column("id", ID, nullable=False),
        sa.Column("learner", ID, nullable=False),
        sa.Column("persona", ID, nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("meeting", sa.Integer, nullable=False),
        sa.Column("seed", sa.String(80), nullable=False),
        sa.Column("settings", sa.Text, nullable=False),
        sa.Column("versions", sa.Text, nullable=False),
        sa.Column("start", sa.Text),
        sa.Column("exchanges", sa.Integer, nullable=False),
        sa.Column("head", sa.Integer, nullable=False),
        sa.Column("ended", sa.String(40)),
        sa.Column("rapport_index", sa.Float),
        sa.Column("started_at", WHEN, nullable=False),
        sa.Column("updated_at", WHEN, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_encounters"),
        sa.ForeignKeyConstraint(["learner"], ["learners.id"], "fk_encounters_learner", ondelete="CASCADE"),
    )
    op.create_index("ix_encounters_learner_updated_at_id", "encounters", ["learner", "updated_at", "id"])
    op.create_index("ix_encounters_updated_at_id", "encounters", ["updated_at", "id"])
    op.create_index("ix_encounters_persona_updated_at_id", "encounters", ["persona", "updated_at", "id"])


def _what_was_said() -> None:
    op.create_table(
        "exchanges",
        sa.Column("encounter", ID, nullable=False),
        sa.Column("exchange", sa.Integer, nullable=False),
        sa.Column("parent", sa.Integer, nullable=False),
        sa.Column("writer", sa.String(40), nullable=False),
        sa.Column("record", sa.Text, nullable=False),
        sa.Column("exact", sa.Text),
        sa.Column("versions", sa.Text),
        sa.Column("made_at", WHEN, nullable=False),
        sa.PrimaryKeyConstraint("encounter", "exchange", name="pk_exchanges"),
        sa.ForeignKeyConstraint(["encounter"], ["encounters.id"], "fk_exchanges_encounter", ondelete="CASCADE"),
    )
    op.create_table(
        "ratings",
        sa.Column("encounter", ID, nullable=False),
        sa.Column("exchange", sa.Integer, nullable=False),
        sa.Column("evaluator", sa.String(120), nullable=False),
        sa.Column("version", sa.String(40), nullable=False),
        sa.Column("record", sa.Text, nullable=False),
        sa.Column("made_at", WHEN, nullable=False),
        sa.PrimaryKeyConstraint("encounter", "exchange", "evaluator", "version", name="pk_ratings"),
        _said_in("ratings"),
    )
    op.create_table(
        "promises",
        sa.Column("encounter", ID, nullable=False),
        sa.Column("exchange", sa.Integer, nullable=False),
        sa.Column("promise", sa.String(40), nullable=False),
        sa.Column("status", sa.String(40), nullable=False),
        sa.Column("due", sa.Text, nullable=False),
        sa.Column("record", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("encounter", "exchange", "promise", name="pk_promises"),
        _said_in("promises"),
    )
    op.create_table(
        "debriefs",
        sa.Column("encounter", ID, nullable=False),
        sa.Column("head", sa.Integer, nullable=False),
        sa.Column("record", sa.Text, nullable=False),
        sa.Column("made_at", WHEN, nullable=False),
        sa.PrimaryKeyConstraint("encounter", "head", name="pk_debriefs"),
        sa.ForeignKeyConstraint(["encounter"], ["encounters.id"], "fk_debriefs_encounter", ondelete="CASCADE"),
    )


def _said_in(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["encounter", "exchange"],
        ["exchanges.encounter", "exchanges.exchange"],
        f"fk_{table}_encounter_exchange",
        ondelete="CASCADE",
    )


def _thin_store() -> tuple[list[dict[str, Any]], dict[str, dict[str, Any]]] | None:
    """What the thin store kept: exchange records with their persona, debrief records by meeting; its tables go."""
    connection = op.get_bind()
    if not sa.inspect(connection).has_table("exchanges"):
        return None
    rows = connection.execute(sa.text("SELECT persona, record FROM exchanges ORDER BY encounter, exchange"))
    said = [{"persona": persona, **json.loads(record)} for persona, record in rows]
    ended = [json.loads(record) for (record,) in connection.execute(sa.text("SELECT record FROM debriefs"))]
    op.drop_table("exchanges")
    op.drop_table("debriefs")
    return said, {record["encounter"]: record for record in ended}


def _carried_over(said: list[dict[str, Any]], debriefs: dict[str, dict[str, Any]]) -> None:
    """The meetings of the thin store: they can be read, exported and replayed, not continued."""
    connection = op.get_bind()
    now = connection.execute(sa.text("SELECT CURRENT_TIMESTAMP")).scalar()
    when = str(now)[:19].replace(" ", "T") + ".000000Z" if now else LONG_AGO
    tables = sa.MetaData()
    tables.reflect(connection)
    learners, encounters, exchanges, kept = (
        tables.tables[name] for name in ("learners", "encounters", "exchanges", "debriefs")
    )
    if said or debriefs:
        connection.execute(learners.insert().values(id="local", created_at=when))
    met = {record["encounter"]: record for record in debriefs.values()} | {
        record["encounter"]: record for record in said
    }
    for encounter, last in met.items():
        own = [record for record in said if record["encounter"] == encounter]
        debrief = debriefs.get(encounter, {})
        connection.execute(
            encounters.insert().values(
                id=encounter, learner="local", persona=last["persona"], name=debrief.get("name", last["persona"]),
                meeting=1, seed=str(last.get("seed", 1)), settings=json.dumps({"evaluator": "rapport"}), versions="{}",
                exchanges=len(own), head=len(own), ended=debrief.get("outcome", {}).get("ended"),
                rapport_index=debrief.get("index"), started_at=when, updated_at=when,
            )
        )  # fmt: skip
        for number, record in enumerate(own, 1):
            public = {name: value for name, value in record.items() if name != "persona"}
            connection.execute(
                exchanges.insert().values(
                    encounter=encounter, exchange=number, parent=number - 1, writer="", made_at=when,
                    record=json.dumps(public, ensure_ascii=False),
                )
            )  # fmt: skip
        if debrief:
            connection.execute(
                kept.insert().values(
                    encounter=encounter, head=len(own), made_at=when, record=json.dumps(debrief, ensure_ascii=False)
                )
            )
