"""HR files: mappings, runs, the watched folder; location, shift and agency of people."""

import msgspec
import sqlalchemy as sa
from alembic import op

from app.core.storage import columns
from app.core.storage.guards import guard

revision = "0040"
down_revision = "0030"

_OF_PEOPLE = ("location", "shift", "agency")


def upgrade() -> None:
    """Bring the schema from the revision before to this one."""
    for name in _OF_PEOPLE:
        op.add_column("person", sa.Column(name, sa.String(), nullable=False, server_default=""))
    _say_nothing_aside()
    op.create_table(
        "hr_mapping",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("content", columns.Json(), nullable=False),
        sa.Column("kept_at", columns.Instant(), nullable=False),
        sa.Column("ended_at", columns.Instant(), nullable=True),
        sa.Column("id", columns.Id(), nullable=False),
        sa.Column("row_versions", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hr_mapping")),
    )
    op.create_index(op.f("ix_hr_mapping_name"), "hr_mapping", ["name"])
    guard(op.get_bind(), "hr_mapping", update=False)
    op.create_table(
        "import_run",
        sa.Column("at", columns.Instant(), nullable=False),
        sa.Column("account_id", columns.Id(), nullable=True),
        sa.Column("mapping", sa.String(), nullable=False),
        sa.Column("fields", columns.Json(), nullable=False),
        sa.Column("owns", sa.Boolean(), nullable=False),
        sa.Column("coverage", sa.String(), nullable=False),
        sa.Column("files", columns.Json(), nullable=False),
        sa.Column("private", columns.Json(), nullable=False),
        sa.Column("counts", columns.Json(), nullable=False),
        sa.Column("fixes", columns.Json(), nullable=False),
        sa.Column("typed", sa.Integer(), nullable=True),
        sa.Column("id", columns.Id(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_run")),
    )
    guard(op.get_bind(), "import_run", update=True)
    op.create_table(
        "watched_file",
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("path", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("seen_at", columns.Instant(), nullable=False),
        sa.Column("mapping", sa.String(), nullable=False),
        sa.Column("counts", columns.Json(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_watched_file")),
    )


def _say_nothing_aside() -> None:
    """Let people who stand aside have the new columns, too."""
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
        row = {**msgspec.msgpack.decode(state), **dict.fromkeys(_OF_PEOPLE, "")}
        changed = sa.update(aside).where(aside.c.table_name == "person", aside.c.row_id == key)
        op.get_bind().execute(changed.values(state=msgspec.msgpack.encode(row)))
