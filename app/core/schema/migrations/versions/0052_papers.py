"""Who reads a revision again is assessed with its draft; a site says how many people approve."""

import msgspec
import sqlalchemy as sa
from alembic import op

from app.core.storage import columns
from app.core.storage.guards import guard, unguard

revision = "0052"
down_revision = "0051"


def upgrade() -> None:
    """Bring the schema from the revision before to this one."""
    op.add_column("document_revision", sa.Column("impact", columns.Json(), nullable=True))
    _say_aside("document_revision", {"impact": None})
    for table in ("approval_step", "approval_rule"):
        count = sa.Column("approvers", sa.Integer(), nullable=False, server_default="1")
        op.add_column(table, count)
        _say_aside(table, {"approvers": 1})
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
    _say_aside(table, {"site_id": None, "planned_for": None})


def _say_aside(table: str, said: dict[str, int | None]) -> None:
    """Let rows that stand aside have the new columns, too."""
    aside = sa.table(
        "row_aside",
        sa.column("table_name", sa.String()),
        sa.column("row_id", columns.Id()),
        sa.column("state", sa.LargeBinary()),
    )
    found = op.get_bind().execute(
        sa.select(aside.c.row_id, aside.c.state).where(aside.c.table_name == table)
    )
    for key, state in found.all():
        row = {**msgspec.msgpack.decode(state), **said}
        changed = sa.update(aside).where(aside.c.table_name == table, aside.c.row_id == key)
        op.get_bind().execute(changed.values(state=msgspec.msgpack.encode(row)))
