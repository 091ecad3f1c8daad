"""A count of heads says who was not expected; what a retired requirement ended says so."""

import sqlalchemy as sa
from alembic import op

from app.core.storage import columns
from app.core.storage.asides import say_aside

revision = "0097"
down_revision = "0095"

_DRILL, _ASSIGNMENT = "drill_event", "assignment_event"


def upgrade() -> None:
    """Bring the schema from the revision before to this one."""
    op.add_column(
        _DRILL, sa.Column("unexpected", sa.String(), nullable=False, server_default="")
    )
    op.add_column(_ASSIGNMENT, sa.Column("retired_on", columns.Day(), nullable=True))
    say_aside(op.get_bind(), _DRILL, {"unexpected": ""})
    say_aside(op.get_bind(), _ASSIGNMENT, {"retired_on": None})
