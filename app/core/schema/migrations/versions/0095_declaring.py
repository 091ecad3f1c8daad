"""A declaration has a wording, and people declare it themselves."""

import sqlalchemy as sa
from alembic import op

from app.core.storage import columns
from app.core.storage.asides import say_aside
from app.core.storage.guards import guard

revision = "0095"
down_revision = "0090"

_TABLE, _REQUIREMENT = "declaration", "requirement"


def upgrade() -> None:
    """Bring the schema from the revision before to this one."""
    op.create_table(
        _TABLE,
        sa.Column("person_id", columns.Id(), nullable=False),
        sa.Column("requirement_id", columns.Id(), nullable=False),
        sa.Column("called", sa.String(), nullable=False),
        sa.Column("statement", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("at", columns.Instant(), nullable=False),
        sa.Column("is_signed", sa.Boolean(), nullable=False),
        sa.Column("witness_id", columns.Id(), nullable=True),
        sa.Column("id", columns.Id(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f(f"fk_{_TABLE}_person_id")),
        sa.ForeignKeyConstraint(
            ["requirement_id"], ["requirement.id"], name=op.f(f"fk_{_TABLE}_requirement_id")
        ),
        sa.ForeignKeyConstraint(
            ["witness_id"], ["person.id"], name=op.f(f"fk_{_TABLE}_witness_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{_TABLE}")),
    )
    op.create_index(op.f(f"ix_{_TABLE}_person_id"), _TABLE, ["person_id", "requirement_id"])
    _let_references_wait()
    guard(op.get_bind(), _TABLE, update=True)
    wording = sa.Column("wording", sa.String(), nullable=False, server_default="")
    op.add_column(_REQUIREMENT, wording)
    op.add_column(_REQUIREMENT, sa.Column("wordings", columns.Json(), nullable=True))
    say_aside(op.get_bind(), _REQUIREMENT, {"wording": "", "wordings": None})


def _let_references_wait() -> None:
    """Let rows refer to what stands aside for a while (ADR 16)."""
    if op.get_bind().dialect.name != "postgresql":
        return
    for key in sa.inspect(op.get_bind()).get_foreign_keys(_TABLE):
        op.execute(
            f"ALTER TABLE {_TABLE} ALTER CONSTRAINT {key['name']} DEFERRABLE INITIALLY IMMEDIATE"
        )
