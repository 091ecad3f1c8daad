"""Who reads a revision again is assessed with its draft; a site says how many people approve."""

import sqlalchemy as sa
from alembic import op

from app.core.storage import columns
from app.core.storage.asides import say_aside
from app.core.storage.guards import guard, unguard

revision = "0052"
down_revision = "0051"


def upgrade() -> None:
    """Bring the schema from the revision before to this one."""
    op.add_column("document_revision", sa.Column("impact", columns.Json(), nullable=True))
    say_aside(op.get_bind(), "document_revision", {"impact": None})
    for table in ("approval_step", "approval_rule"):
        count = sa.Column("approvers", sa.Integer(), nullable=False, server_default="1")
        op.add_column(table, count)
        say_aside(op.get_bind(), table, {"approvers": 1})
    _say_what_was_planned()


def _say_what_was_planned() -> None:
    table = "impact_assessment"
    unguard(op.get_bind(), table)
    with op.batch_alter_table(table) as batch:
        batch.add_column(sa.Column("site_id", columns.Id(), nullable=True))
        batch.add_column(sa.Column("planned_for", columns.Id(), nullable=True))
        batch.create_unique_constraint(
            op.f(f"uq_{table}_site_id_planned_for"), ["site_id", "planned_for"]
        )
    guard(op.get_bind(), table, update=True)
    say_aside(op.get_bind(), table, {"site_id": None, "planned_for": None})
