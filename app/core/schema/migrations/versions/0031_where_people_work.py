"""Where people work, in which shift, and who sends them: what enrolment rules may ask for."""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"


def upgrade() -> None:
    """Bring the schema from the revision before to this one."""
    for name in ("location", "shift", "agency"):
        op.add_column("person", sa.Column(name, sa.String(), nullable=False, server_default=""))
