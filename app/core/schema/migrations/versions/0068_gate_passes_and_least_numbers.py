"""Gate passes of people; what a committee is for, and how many members it has to have."""

import msgspec
import sqlalchemy as sa
from alembic import op

from app.core.storage import columns

revision = "0068"
down_revision = "0067"

_OF_PEOPLE = {"gate_pass": "", "gate_pass_until": None}
_OF_COMMITTEES = {"kind": "internal", "least": 0, "least_per_shift": 0, "counts_trained": False}


def upgrade() -> None:
    """Bring the schema from the revision before to this one."""
    op.add_column("person", _column("gate_pass", sa.String(), ""))
    op.add_column("person", sa.Column("gate_pass_until", columns.Day(length=10), nullable=True))
    is_said = sa.text("gate_pass_until IS NOT NULL")
    op.create_index(
        "ix_person_gate_pass_until",
        "person",
        ["gate_pass_until"],
        sqlite_where=is_said,
        postgresql_where=is_said,
    )
    op.add_column("committee", _column("kind", sa.String(), "internal"))
    op.add_column("committee", _column("least", sa.Integer(), "0"))
    op.add_column("committee", _column("least_per_shift", sa.Integer(), "0"))
    op.add_column("committee", _column("counts_trained", sa.Boolean(), sa.false()))
    _say_aside("person", _OF_PEOPLE)
    _say_aside("committee", _OF_COMMITTEES)


def _column(name: str, kind: sa.types.TypeEngine[object], value: object) -> sa.Column[object]:
    return sa.Column(name, kind, nullable=False, server_default=value)


def _say_aside(table: str, values: dict[str, object]) -> None:
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
        row = {**msgspec.msgpack.decode(state), **values}
        changed = sa.update(aside).where(aside.c.table_name == table, aside.c.row_id == key)
        op.get_bind().execute(changed.values(state=msgspec.msgpack.encode(row)))
