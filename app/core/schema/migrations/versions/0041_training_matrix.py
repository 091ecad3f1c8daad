"""The training matrix: curricula, audiences, dated entries, changes and drafts of it."""

import sqlalchemy as sa
from alembic import op

from app.core.storage import columns
from app.core.storage.guards import guard

revision = "0041"
down_revision = "0040"


def upgrade() -> None:
    """Bring the schema from the revision before to this one."""
    _keep_curricula()
    _keep_audiences()
    _keep_changes()
    _keep_entries()
    op.create_table(
        "matrix_draft",
        sa.Column("account_id", columns.Id(), nullable=False),
        sa.Column("edits", columns.Json(), nullable=False),
        sa.Column("kept_at", columns.Instant(), nullable=False),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_matrix_draft")),
    )
    _let_references_wait()


def _let_references_wait() -> None:
    """Let rows refer to what stands aside for a while (ADR 16)."""
    if op.get_bind().dialect.name != "postgresql":
        return
    inspector = sa.inspect(op.get_bind())
    for table in ("curriculum_item", "matrix_entry"):
        for key in inspector.get_foreign_keys(table):
            op.execute(
                f"ALTER TABLE {table} ALTER CONSTRAINT {key['name']} DEFERRABLE INITIALLY IMMEDIATE"
            )


def _keep_curricula() -> None:
    op.create_table(
        "curriculum",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("retired_on", columns.Day(), nullable=True),
        sa.Column("id", columns.Id(), nullable=False),
        sa.Column("row_versions", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_curriculum")),
    )
    op.create_index(op.f("ix_curriculum_code"), "curriculum", ["code"])
    guard(op.get_bind(), "curriculum", update=False)
    op.create_table(
        "curriculum_item",
        sa.Column("curriculum_id", columns.Id(), nullable=False),
        sa.Column("requirement_id", columns.Id(), nullable=True),
        sa.Column("part_id", columns.Id(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("from_on", columns.Day(), nullable=False),
        sa.Column("to_on", columns.Day(), nullable=True),
        sa.Column("id", columns.Id(), nullable=False),
        sa.Column("row_versions", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["curriculum_id"], ["curriculum.id"], name=op.f("fk_curriculum_item_curriculum_id")
        ),
        sa.ForeignKeyConstraint(
            ["requirement_id"], ["requirement.id"], name=op.f("fk_curriculum_item_requirement_id")
        ),
        sa.ForeignKeyConstraint(
            ["part_id"], ["curriculum.id"], name=op.f("fk_curriculum_item_part_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_curriculum_item")),
    )
    op.create_index(op.f("ix_curriculum_item_curriculum_id"), "curriculum_item", ["curriculum_id"])
    guard(op.get_bind(), "curriculum_item", update=False)


def _keep_audiences() -> None:
    op.create_table(
        "audience",
        sa.Column("site_id", columns.Id(), nullable=True),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("condition", columns.Json(), nullable=False),
        sa.Column("retired_on", columns.Day(), nullable=True),
        sa.Column("id", columns.Id(), nullable=False),
        sa.Column("row_versions", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audience")),
        sa.UniqueConstraint("site_id", "code", name=op.f("uq_audience_site_id_code")),
    )
    op.create_index(op.f("ix_audience_code"), "audience", ["code"])
    guard(op.get_bind(), "audience", update=False)


def _keep_changes() -> None:
    op.create_table(
        "matrix_change",
        sa.Column("at", columns.Instant(), nullable=False),
        sa.Column("effective_on", columns.Day(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("is_confirmed", sa.Boolean(), nullable=False),
        sa.Column("by", columns.Id(), nullable=True),
        sa.Column("by_name", sa.String(), nullable=False),
        sa.Column("id", columns.Id(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_matrix_change")),
    )
    guard(op.get_bind(), "matrix_change", update=True)


def _keep_entries() -> None:
    op.create_table(
        "matrix_entry",
        sa.Column("site_id", columns.Id(), nullable=True),
        sa.Column("cell", sa.String(), nullable=False),
        sa.Column("job_role_id", columns.Id(), nullable=True),
        sa.Column("audience_id", columns.Id(), nullable=True),
        sa.Column("requirement_id", columns.Id(), nullable=True),
        sa.Column("curriculum_id", columns.Id(), nullable=True),
        sa.Column("need", sa.String(), nullable=False),
        sa.Column("from_on", columns.Day(), nullable=False),
        sa.Column("to_on", columns.Day(), nullable=True),
        sa.Column("change_id", columns.Id(), nullable=False),
        sa.Column("is_settled", sa.Boolean(), nullable=False),
        sa.Column("id", columns.Id(), nullable=False),
        sa.Column("row_versions", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["job_role_id"], ["job_role.id"], name=op.f("fk_matrix_entry_job_role_id")
        ),
        sa.ForeignKeyConstraint(
            ["audience_id"], ["audience.id"], name=op.f("fk_matrix_entry_audience_id")
        ),
        sa.ForeignKeyConstraint(
            ["requirement_id"], ["requirement.id"], name=op.f("fk_matrix_entry_requirement_id")
        ),
        sa.ForeignKeyConstraint(
            ["curriculum_id"], ["curriculum.id"], name=op.f("fk_matrix_entry_curriculum_id")
        ),
        sa.ForeignKeyConstraint(
            ["change_id"], ["matrix_change.id"], name=op.f("fk_matrix_entry_change_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_matrix_entry")),
        sa.UniqueConstraint("cell", "from_on", name=op.f("uq_matrix_entry_cell_from_on")),
    )
    guard(op.get_bind(), "matrix_entry", update=False)
