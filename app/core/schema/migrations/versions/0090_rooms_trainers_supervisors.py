"""Attendance in two rooms is decided, terms may ask for a registered trainer, and supervisors prove themselves."""

import sqlalchemy as sa
from alembic import op

from app.core.storage import columns
from app.core.storage.asides import say_aside
from app.core.storage.guards import guard

revision = "0090"
down_revision = "0089"

_ROOM, _CHECK, _TERMS = "session_room", "task_check", "requirement_terms"


def upgrade() -> None:
    """Bring the schema from the revision before to this one."""
    op.create_table(
        _ROOM,
        sa.Column("session_id", columns.Id(), nullable=False),
        sa.Column("person_id", columns.Id(), nullable=False),
        sa.Column("is_accepted", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("at", columns.Instant(), nullable=False),
        sa.Column("by", columns.Id(), nullable=True),
        sa.Column("by_name", sa.String(), nullable=False),
        sa.Column("id", columns.Id(), nullable=False),
        sa.ForeignKeyConstraint(
            ["session_id"], ["class_session.id"], name=op.f(f"fk_{_ROOM}_session_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f(f"fk_{_ROOM}_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{_ROOM}")),
    )
    for column in ("session_id", "person_id"):
        op.create_index(op.f(f"ix_{_ROOM}_{column}"), _ROOM, [column])
    _let_references_wait()
    guard(op.get_bind(), _ROOM, update=True)
    op.add_column(_CHECK, sa.Column("supervisor_proved", sa.String(), nullable=True))
    say_aside(op.get_bind(), _CHECK, {"supervisor_proved": None})
    asked = sa.Column("trainer_registered", sa.Boolean(), nullable=False, server_default=sa.false())
    op.add_column(_TERMS, asked)
    say_aside(op.get_bind(), _TERMS, {"trainer_registered": False})


def _let_references_wait() -> None:
    """Let rows refer to what stands aside for a while (ADR 16)."""
    if op.get_bind().dialect.name != "postgresql":
        return
    for key in sa.inspect(op.get_bind()).get_foreign_keys(_ROOM):
        op.execute(
            f"ALTER TABLE {_ROOM} ALTER CONSTRAINT {key['name']} DEFERRABLE INITIALLY IMMEDIATE"
        )
