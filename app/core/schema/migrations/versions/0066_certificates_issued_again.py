"""A credit that counts again after a decision is certified again: its certificates are told apart by turn."""

import msgspec
import sqlalchemy as sa
from alembic import op

from app.core.storage import columns
from app.core.storage.guards import guard, unguard

revision = "0066"
down_revision = "0064"

_TABLES = ("certificate", "certificate_due")


def upgrade() -> None:
    """Bring the schema from the revision before to this one."""
    for table in _TABLES:
        unguard(op.get_bind(), table)
        with op.batch_alter_table(table) as batch:
            batch.add_column(sa.Column("turn", sa.Integer(), nullable=True, server_default="0"))
            batch.drop_constraint(op.f(f"uq_{table}_credit_id"), type_="unique")
            batch.create_unique_constraint(
                op.f(f"uq_{table}_credit_id_turn"), ["credit_id", "turn"]
            )
        with op.batch_alter_table(table) as batch:
            batch.alter_column("turn", existing_type=sa.Integer(), server_default=None)
        guard(op.get_bind(), table, update=True)
        _say_aside(table)


def _say_aside(table: str) -> None:
    """Let rows that stand aside have the new column, too."""
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
        row = {**msgspec.msgpack.decode(state), "turn": 0}
        changed = sa.update(aside).where(aside.c.table_name == table, aside.c.row_id == key)
        op.get_bind().execute(changed.values(state=msgspec.msgpack.encode(row)))
