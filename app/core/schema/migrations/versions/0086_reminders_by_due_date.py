"""Each step of the ladder is taken once for each day that work is due; letters know what they are about."""

import msgspec
import sqlalchemy as sa
from alembic import op

from app.core.storage import columns
from app.core.storage.guards import guard, unguard

revision = "0086"
down_revision = "0085"

_TABLE, _COLUMN = "reminder", "due_on"


def upgrade() -> None:
    """Bring the schema from the revision before to this one.

    Of what was told before it is not known for which day: it counts for any.
    """
    unguard(op.get_bind(), _TABLE)
    with op.batch_alter_table(_TABLE) as batch:
        batch.add_column(sa.Column(_COLUMN, columns.Day(), nullable=True))
        batch.drop_constraint(op.f("uq_reminder_assignment_id_step"), type_="unique")
        batch.create_unique_constraint(
            op.f("uq_reminder_assignment_id_step_due_on"), ["assignment_id", "step", _COLUMN]
        )
    guard(op.get_bind(), _TABLE, update=False)
    op.add_column(
        "outbox_message", sa.Column("about", sa.String(), nullable=False, server_default="")
    )
    _say_aside()


def _say_aside() -> None:
    """Let rows that stand aside have the new column, too."""
    aside = sa.table(
        "row_aside",
        sa.column("table_name", sa.String()),
        sa.column("row_id", columns.Id()),
        sa.column("state", sa.LargeBinary()),
    )
    found = op.get_bind().execute(
        sa.select(aside.c.row_id, aside.c.state).where(aside.c.table_name == _TABLE)
    )
    for key, state in found.all():
        row = {**msgspec.msgpack.decode(state), _COLUMN: None}
        changed = sa.update(aside).where(aside.c.table_name == _TABLE, aside.c.row_id == key)
        op.get_bind().execute(changed.values(state=msgspec.msgpack.encode(row)))
