"""Of people it is kept whether they need somebody to read along, and who read a document to them."""

import msgspec
import sqlalchemy as sa
from alembic import op

from app.core.storage import columns
from app.core.storage.guards import guard

revision = "0077"
down_revision = "0076"

_WITNESS = "reading_witness"


def upgrade() -> None:
    """Bring the schema from the revision before to this one."""
    op.add_column("person", sa.Column("reads", sa.String(), nullable=False, server_default="alone"))
    _say_aside()
    op.create_table(
        _WITNESS,
        sa.Column("acknowledgement_id", columns.Id(), nullable=False),
        sa.Column("witness_id", columns.Id(), nullable=False),
        sa.Column("at", columns.Instant(), nullable=False),
        sa.Column("id", columns.Id(), nullable=False),
        sa.ForeignKeyConstraint(
            ["acknowledgement_id"],
            ["acknowledgement.id"],
            name=op.f(f"fk_{_WITNESS}_acknowledgement_id"),
        ),
        sa.ForeignKeyConstraint(
            ["witness_id"], ["person.id"], name=op.f(f"fk_{_WITNESS}_witness_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{_WITNESS}")),
    )
    op.create_index(op.f(f"ix_{_WITNESS}_acknowledgement_id"), _WITNESS, ["acknowledgement_id"])
    guard(op.get_bind(), _WITNESS, update=True)


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
        row = {**msgspec.msgpack.decode(state), "reads": "alone"}
        changed = sa.update(aside).where(aside.c.table_name == "person", aside.c.row_id == key)
        op.get_bind().execute(changed.values(state=msgspec.msgpack.encode(row)))
