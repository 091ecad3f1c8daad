"""Of people the employee numbers are kept that they had before."""

import msgspec
import sqlalchemy as sa
from alembic import op

from app.core.storage import columns

revision = "0080"
down_revision = "0079"

_COLUMN = "former_numbers"


def upgrade() -> None:
    """Bring the schema from the revision before to this one."""
    op.add_column("person", sa.Column(_COLUMN, sa.String(), nullable=False, server_default=""))
    op.create_index(
        "ix_person_former_numbers",
        "person",
        [_COLUMN],
        sqlite_where=sa.text("former_numbers <> ''"),
        postgresql_where=sa.text("former_numbers <> ''"),
    )
    _say_aside()


def _say_aside() -> None:
    """Let people who stand aside have the new column, too."""
    aside = sa.table(
        "row_aside",
        sa.column("table_name", sa.String()),
        sa.column("row_id", columns.Id()),
        sa.column("state", sa.LargeBinary()),
    )
    found = op.get_bind().execute(
        sa.select(aside.c.row_id, aside.c.state).where(aside.c.table_name == "person")
    )
    for key, state in found.all():
        row = {**msgspec.msgpack.decode(state), _COLUMN: ""}
        changed = sa.update(aside).where(aside.c.table_name == "person", aside.c.row_id == key)
        op.get_bind().execute(changed.values(state=msgspec.msgpack.encode(row)))
