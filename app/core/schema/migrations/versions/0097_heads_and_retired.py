"""Counts of heads, what a retired requirement ended and day passes say more of what was seen and told."""

import sqlalchemy as sa
from alembic import op

from app.core.storage import columns
from app.core.storage.asides import say_aside

revision = "0097"
down_revision = "0096"

_DRILL, _ASSIGNMENT, _PASS, _PERSON = "drill_event", "assignment_event", "day_pass", "person"


def upgrade() -> None:
    """Bring the schema from the revision before to this one."""
    op.add_column(_DRILL, _text("unexpected"))
    op.add_column(_ASSIGNMENT, sa.Column("retired_on", columns.Day(), nullable=True))
    say_aside(op.get_bind(), _DRILL, {"unexpected": ""})
    say_aside(op.get_bind(), _ASSIGNMENT, {"retired_on": None})
    op.add_column(_PASS, _text("induction"))
    say_aside(op.get_bind(), _PASS, {"induction": ""})
    op.add_column(_PERSON, _text("contact"))
    say_aside(op.get_bind(), _PERSON, {"contact": ""})


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String(), nullable=False, server_default="")
