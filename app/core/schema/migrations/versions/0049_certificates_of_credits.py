"""Certificates rest on a completion or on a credit; terms say whether a requirement gives one."""

import msgspec
import sqlalchemy as sa
from alembic import op

from app.core.storage import columns
from app.core.storage.guards import guard, unguard

revision = "0049"
down_revision = "0048"

_TABLES = ("certificate", "certificate_due")


def upgrade() -> None:
    """Bring the schema from the revision before to this one."""
    op.add_column("requirement_terms", sa.Column("gives_certificate", sa.Boolean(), nullable=True))
    _say_aside("requirement_terms", {"gives_certificate": None})
    for table in _TABLES:
        unguard(op.get_bind(), table)
        _rest_on_credits(table)
        guard(op.get_bind(), table, update=True)
        _say_aside(table, {"credit_id": None, "basis": "course"})
    _let_references_wait()


def _rest_on_credits(table: str) -> None:
    """Let a certificate do without completion, course and version, and name a credit instead."""
    basis = sa.Column("basis", sa.String(), nullable=False, server_default="course")
    with op.batch_alter_table(table) as batch:
        batch.add_column(sa.Column("credit_id", columns.Id(), nullable=True))
        batch.add_column(basis)
        for name, kind in (
            ("completion_id", columns.Id()),
            ("course_id", columns.Id()),
            ("version", sa.Integer()),
        ):
            batch.alter_column(name, existing_type=kind, nullable=True)
        batch.create_foreign_key(
            op.f(f"fk_{table}_credit_id"), "requirement_credit", ["credit_id"], ["id"]
        )
        batch.create_unique_constraint(op.f(f"uq_{table}_credit_id"), ["credit_id"])


def _say_aside(table: str, said: dict[str, str | None]) -> None:
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


def _let_references_wait() -> None:
    """Let rows refer to what stands aside for a while (ADR 16)."""
    if op.get_bind().dialect.name != "postgresql":
        return
    for table in _TABLES:
        op.execute(
            f"ALTER TABLE {table} ALTER CONSTRAINT fk_{table}_credit_id DEFERRABLE INITIALLY IMMEDIATE"
        )
