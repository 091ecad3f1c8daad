"""What was confirmed at publishing is kept."""

import sqlalchemy as sa
from alembic import op

from app.core.storage import columns
from app.core.storage.guards import guard

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Bring the schema from the revision before to this one."""
    op.create_table(
        "publish_confirmation",
        sa.Column("version_id", columns.Id(), nullable=False),
        sa.Column("warnings", columns.Json(), nullable=False),
        sa.Column("confirmed_by", columns.Id(), nullable=True),
        sa.Column("confirmed_at", columns.Instant(), nullable=False),
        sa.Column("id", columns.Id(), nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id"], ["course_version.id"], name=op.f("fk_publish_confirmation_version_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_publish_confirmation")),
        sa.UniqueConstraint("version_id", name=op.f("uq_publish_confirmation_version_id")),
    )
    guard(op.get_bind(), "publish_confirmation", update=True)
