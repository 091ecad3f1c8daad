"""Logs of other stations are kept beside this one's, with those that were continued in two ways."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"

_NAMED = ["station", "incarnation", "scope"]


def upgrade() -> None:
    """Bring the schema from the revision before to this one."""
    with op.batch_alter_table("journal_log") as table:
        table.add_column(sa.Column("branch", sa.Integer(), nullable=False, server_default="0"))
        table.add_column(sa.Column("parent_id", sa.Integer(), nullable=True))
        table.add_column(
            sa.Column("forked_at", sa.BigInteger(), nullable=False, server_default="0")
        )
        table.add_column(sa.Column("applied", sa.BigInteger(), nullable=True))
        table.add_column(sa.Column("proved", sa.BigInteger(), nullable=False, server_default="0"))
        table.add_column(sa.Column("seen", sa.BigInteger(), nullable=False, server_default="0"))
        table.drop_constraint(op.f("uq_journal_log_station_incarnation_scope"), type_="unique")
        table.create_unique_constraint(
            op.f("uq_journal_log_station_incarnation_scope_branch"), [*_NAMED, "branch"]
        )
