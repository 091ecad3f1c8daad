"""What packages share travels with their learners' records: what it was before is told with the next fact."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from app.core.storage import columns
from app.core.storage.guards import guard

revision = "0023"
down_revision = "0022"


def upgrade() -> None:
    """Bring the schema from the revision before to this one."""
    op.create_table(
        "package_shared_report",
        sa.Column("person_id", columns.Id(), nullable=False),
        sa.Column("registration", columns.Id(), nullable=False),
        sa.Column("at", columns.Instant(), nullable=False),
        sa.Column("version", sa.LargeBinary(length=16), nullable=False),
        sa.Column("changes", columns.Json(), nullable=False),
        sa.Column("id", columns.Id(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_package_shared_report_person_id"),
            deferrable=True if op.get_bind().dialect.name == "postgresql" else None,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_package_shared_report")),
    )
    op.create_index(
        op.f("ix_package_shared_report_person_id"), "package_shared_report", ["person_id"]
    )
    guard(op.get_bind(), "package_shared_report", update=True)
    op.create_table(
        "package_shared_untold",
        sa.Column("person_id", columns.Id(), nullable=False),
        sa.Column("changes", columns.Json(), nullable=False),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_package_shared_untold")),
    )
    _tell_later()
    op.drop_table("package_shared_state")
    op.create_table(
        "package_shared_state",
        sa.Column("person_id", columns.Id(), nullable=False),
        sa.Column("state", columns.Json(), nullable=False),
        sa.Column("version", sa.LargeBinary(length=16), nullable=False),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_package_shared_state")),
    )


def _tell_later() -> None:
    """Let what is known on this PC become a fact with the learner's next pause."""
    before = sa.table(
        "package_shared_state",
        sa.column("person_id", columns.Id()),
        sa.column("state", columns.Json()),
    )
    untold = sa.table(
        "package_shared_untold",
        sa.column("person_id", columns.Id()),
        sa.column("changes", columns.Json()),
    )
    found = op.get_bind().execute(sa.select(before.c.person_id, before.c.state)).all()
    rows = [
        {"person_id": person, "changes": changes}
        for person, state in found
        if (changes := _said(state))
    ]
    if rows:
        op.get_bind().execute(sa.insert(untold), rows)


def _said(state: dict[str, Any]) -> dict[str, Any]:
    """Return what somebody said: neither what nobody knows nor the number of the schema."""
    within = {name: _said(one) if isinstance(one, dict) else one for name, one in state.items()}
    return {
        name: one
        for name, one in within.items()
        if one is not None and one != {} and name != "schema"
    }
