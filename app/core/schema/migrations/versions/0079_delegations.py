"""Who assigns lets somebody else give training for them, and an assignment says so."""

import sqlalchemy as sa
from alembic import op

from app.core.storage import columns
from app.core.storage.guards import guard

revision = "0079"
down_revision = "0078"

_TABLE = "delegation"


def upgrade() -> None:
    """Bring the schema from the revision before to this one."""
    op.create_table(
        _TABLE,
        sa.Column("account_id", columns.Id(), nullable=False),
        sa.Column("giver_id", columns.Id(), nullable=False),
        sa.Column("org_unit_id", columns.Id(), nullable=True),
        sa.Column("from_on", columns.Day(), nullable=False),
        sa.Column("until_on", columns.Day(), nullable=False),
        sa.Column("ended_at", columns.Instant(), nullable=True),
        sa.Column("id", columns.Id(), nullable=False),
        sa.Column("row_versions", sa.LargeBinary(), nullable=False),
        *(
            sa.ForeignKeyConstraint([name], [f"{other}.id"], name=op.f(f"fk_{_TABLE}_{name}"))
            for name, other in (
                ("account_id", "account"),
                ("giver_id", "account"),
                ("org_unit_id", "org_unit"),
            )
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{_TABLE}")),
    )
    for name in ("account_id", "giver_id"):
        op.create_index(op.f(f"ix_{_TABLE}_{name}"), _TABLE, [name])
    guard(op.get_bind(), _TABLE, update=False)
    # Without setting a large table up again
    kind = "UUID" if op.get_bind().dialect.name == "postgresql" else "BLOB"
    op.execute(
        f"ALTER TABLE assignment ADD COLUMN delegation_id {kind}"
        f" CONSTRAINT fk_assignment_delegation_id REFERENCES {_TABLE} (id)"
    )
    some = sa.text("delegation_id IS NOT NULL")
    op.create_index(
        "ix_assignment_delegation_id",
        "assignment",
        ["delegation_id"],
        sqlite_where=some,
        postgresql_where=some,
    )
    _let_references_wait()


def _let_references_wait() -> None:
    """Let every reference on a server wait for the end of a transaction, as a merge of two people needs.

    Those of tables from 0057 on were left out.
    """
    if op.get_bind().dialect.name != "postgresql":
        return
    strict = sa.text(
        "SELECT conrelid::regclass::text, quote_ident(conname) FROM pg_constraint"
        " WHERE contype = 'f' AND NOT condeferrable"
        " AND connamespace = current_schema()::regnamespace"
    )
    for table, name in op.get_bind().execute(strict).all():
        op.execute(f"ALTER TABLE {table} ALTER CONSTRAINT {name} DEFERRABLE INITIALLY IMMEDIATE")
