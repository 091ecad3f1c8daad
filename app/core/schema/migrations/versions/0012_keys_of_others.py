"""Key certificates and revocations; a PC that joined is on record before its site is."""

import sqlalchemy as sa
from alembic import op

from app.core.storage import columns
from app.core.storage.guards import guard

revision = "0012"
down_revision = "0011"

_KEPT = "site_id, public_key, incarnation, label, joined_at, id"


def upgrade() -> None:
    """Bring the schema from the revision before to this one."""
    for table in ("key_certificate", "key_revocation"):
        op.create_table(
            table,
            sa.Column("document", sa.LargeBinary(), nullable=False),
            sa.Column("id", columns.Id(), nullable=False),
            sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        )
        guard(op.get_bind(), table, update=True)
    _free_stations()


def _free_stations() -> None:
    """Let a station name a site that is not on record yet: it comes with the first sync file."""
    if op.get_bind().dialect.name == "postgresql":
        op.drop_constraint(op.f("fk_station_site_id"), "station", type_="foreignkey")
        return
    # SQLite keeps a table's constraints in its own text: it is made again
    op.rename_table("station", "station_before")
    op.create_table(
        "station",
        sa.Column("site_id", columns.Id(), nullable=False),
        sa.Column("public_key", sa.LargeBinary(length=32), nullable=False),
        sa.Column("incarnation", sa.LargeBinary(length=8), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("joined_at", columns.Instant(), nullable=False),
        sa.Column("id", columns.Id(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_station")),
    )
    op.execute(f"INSERT INTO station ({_KEPT}) SELECT {_KEPT} FROM station_before")  # noqa: S608  names of ours
    op.drop_table("station_before")
    guard(op.get_bind(), "station", update=True)
