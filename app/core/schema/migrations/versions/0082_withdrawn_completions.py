"""Completions of courses may be withdrawn; enrolment rules may ask whoever was moved."""

import msgspec
import sqlalchemy as sa
from alembic import op

from app.core.storage import columns
from app.core.storage.guards import guard

revision = "0082"
down_revision = "0081"

_TABLE = "completion_withdrawal"
_RULES, _COLUMN = "enrolment_rule", "moved"


def upgrade() -> None:
    """Bring the schema from the revision before to this one."""
    is_server = op.get_bind().dialect.name == "postgresql"  # where a merge of two people needs it
    op.create_table(
        _TABLE,
        sa.Column("completion_id", columns.Id(), nullable=False),
        sa.Column("person_id", columns.Id(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("id", columns.Id(), nullable=False),
        sa.Column("at", columns.Instant(), nullable=False),
        sa.Column("by", columns.Id(), nullable=True),
        sa.Column("by_name", sa.String(), nullable=False),
        *(
            sa.ForeignKeyConstraint(
                [name],
                [f"{other}.id"],
                name=op.f(f"fk_{_TABLE}_{name}"),
                deferrable=is_server or None,
            )
            for name, other in (("completion_id", "course_completion"), ("person_id", "person"))
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{_TABLE}")),
    )
    for name in ("completion_id", "person_id"):
        op.create_index(op.f(f"ix_{_TABLE}_{name}"), _TABLE, [name])
    guard(op.get_bind(), _TABLE, update=True)
    op.add_column(_RULES, sa.Column(_COLUMN, sa.String(), nullable=True))
    _say_aside()


def _say_aside() -> None:
    """Let rules that stand aside have the new column, too."""
    aside = sa.table(
        "row_aside",
        sa.column("table_name", sa.String()),
        sa.column("row_id", columns.Id()),
        sa.column("state", sa.LargeBinary()),
    )
    found = op.get_bind().execute(
        sa.select(aside.c.row_id, aside.c.state).where(aside.c.table_name == _RULES)
    )
    for key, state in found.all():
        row = {**msgspec.msgpack.decode(state), _COLUMN: None}
        changed = sa.update(aside).where(aside.c.table_name == _RULES, aside.c.row_id == key)
        op.get_bind().execute(changed.values(state=msgspec.msgpack.encode(row)))
