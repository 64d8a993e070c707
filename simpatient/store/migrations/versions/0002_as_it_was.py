"""What a learner chose last, and how a meeting stood on the page beside what was said."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Room for both; empty for whoever chose nothing yet."""
    op.add_column("learners", sa.Column("choices", sa.Text))
    op.add_column("encounters", sa.Column("beside", sa.Text))
