"""Credits say for which occasion they are; corrections refer to them; requirements say how certificates look."""

import sqlalchemy as sa
from alembic import op

from app.core.storage import columns
from app.core.storage.asides import say_aside
from app.core.storage.guards import guard, unguard

revision = "0050"
down_revision = "0049"

_CREDITS = ("replaces_id", "credit_id")


def upgrade() -> None:
    """Bring the schema from the revision before to this one."""
    op.add_column("requirement", sa.Column("titles", columns.Json(), nullable=True))
    op.add_column("requirement_terms", sa.Column("template", sa.String(), nullable=True))
    say_aside(op.get_bind(), "requirement", {"titles": None})
    say_aside(op.get_bind(), "requirement_terms", {"template": None})
    _say_occasions()
    _refer_to_credits()
    _let_references_wait()


def _say_occasions() -> None:
    """Let what two PCs give for one occasion be one credit. What was given before stays as it is."""
    unguard(op.get_bind(), "requirement_credit")
    with op.batch_alter_table("requirement_credit") as batch:
        batch.add_column(sa.Column("occasion_id", columns.Id(), nullable=True))
        batch.create_unique_constraint(
            op.f("uq_requirement_credit_person_id_requirement_id_occasion_id"),
            ["person_id", "requirement_id", "occasion_id"],
        )
    guard(op.get_bind(), "requirement_credit", update=True)


def _refer_to_credits() -> None:
    """Let corrections follow the credit that is shown for the one that they name."""
    unguard(op.get_bind(), "correction_verdict")
    with op.batch_alter_table("correction_verdict") as batch:
        for column in _CREDITS:
            batch.create_foreign_key(
                op.f(f"fk_correction_verdict_{column}"), "requirement_credit", [column], ["id"]
            )
    guard(op.get_bind(), "correction_verdict", update=True)


def _let_references_wait() -> None:
    """Let rows refer to what stands aside for a while (ADR 16)."""
    if op.get_bind().dialect.name != "postgresql":
        return
    for column in _CREDITS:
        op.execute(
            f"ALTER TABLE correction_verdict ALTER CONSTRAINT fk_correction_verdict_{column}"
            " DEFERRABLE INITIALLY IMMEDIATE"
        )
