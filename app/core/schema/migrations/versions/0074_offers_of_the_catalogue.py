"""Offers of the catalogue."""

import sqlalchemy as sa
from alembic import op

from app.core.storage import columns
from app.core.storage.guards import guard

revision = "0074"
down_revision = "0072"


def upgrade() -> None:
    """Bring the schema from the revision before to this one."""
    op.create_table(
        "catalogue_offer",
        sa.Column("site_id", columns.Id(), nullable=True),
        sa.Column("requirement_id", columns.Id(), nullable=False),
        sa.Column("offering", sa.String(), nullable=False),
        sa.Column("audience_id", columns.Id(), nullable=True),
        sa.Column("id", columns.Id(), nullable=False),
        sa.Column("row_versions", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["audience_id"], ["audience.id"], name=op.f("fk_catalogue_offer_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["requirement_id"], ["requirement.id"], name=op.f("fk_catalogue_offer_requirement_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_catalogue_offer")),
        sa.UniqueConstraint(
            "site_id", "requirement_id", name=op.f("uq_catalogue_offer_site_id_requirement_id")
        ),
    )
    op.create_index(
        op.f("ix_catalogue_offer_requirement_id"),
        "catalogue_offer",
        ["requirement_id"],
        unique=False,
    )
    guard(op.get_bind(), "catalogue_offer", update=False)
