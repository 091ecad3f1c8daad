"""Whether somebody has no attempt left at a quiz of a course they have begun.

Derived: false until the next attempt, gift or rebuilding tells.
"""

import sqlalchemy as sa
from alembic import op

revision = "0048"
down_revision = "0047"


def upgrade() -> None:
    """Bring the schema from the revision before to this one."""
    column = sa.Column("is_stuck", sa.Boolean(), nullable=False, server_default=sa.false())
    op.add_column("course_progress", column)
