"""Records of several stations fit into one set of tables.

A unique key says from now on what makes two rows one thing. Numbers and names that two different
things may bear, because two stations gave them, are keys no longer.
"""

import msgspec
import sqlalchemy as sa
from alembic import op

from app.core.storage import columns
from app.core.storage.guards import guard, unguard

revision = "0011"
down_revision = "0010"

_FREED = {
    "person": ("uq_person_number", ["number"]),
    "account": ("uq_account_login", ["login"]),
    "course": ("uq_course_code", ["code"]),
    "question_bank": ("uq_question_bank_code", ["code"]),
    "requirement": ("uq_requirement_code", ["code"]),
    "course_version": ("uq_course_version_course_id_number", ["course_id", "number"]),
    "question_version": ("uq_question_version_question_id_number", ["question_id", "number"]),
    "attempt": ("uq_attempt_person_id_lesson_id_number", ["person_id", "lesson_id", "number"]),
    "certificate": ("uq_certificate_site_id_year_serial", []),
}
"""What is a key no longer, and the columns that it is found by all the same."""
_RECORDS = (
    "course", "job_role", "org_unit", "person", "question_bank", "site", "account", "placement",
    "question", "requirement", "credential", "role_grant", "assignment",
)  # fmt: skip
_FACTS = (
    "asset", "conversion", "course_version", "extra_time", "site_key", "statement", "station",
    "xapi_document_version", "course_start", "lesson", "publish_confirmation", "question_version",
    "sign_in", "attempt", "attempt_unlock", "course_completion", "learning_session",
    "lesson_completion", "package_report", "attempt_extension", "attempt_outage", "attempt_result",
    "certificate", "certificate_due", "response", "certificate_document", "certificate_revocation",
)  # fmt: skip


def upgrade() -> None:
    """Bring the schema from the revision before to this one."""
    _make_local_tables()
    for table in (*_RECORDS, *_FACTS):
        unguard(op.get_bind(), table)
    for table in _RECORDS:
        _put_versions_in_order(table)
    for table, (key, found_by) in _FREED.items():
        _free(table, key, found_by)
    for table in _RECORDS:
        guard(op.get_bind(), table, update=False)
    for table in _FACTS:
        guard(op.get_bind(), table, update=True)
    _list_doubles()
    if op.get_bind().dialect.name == "postgresql":
        _let_references_wait()


def _make_local_tables() -> None:
    op.create_table(
        "projection_turn",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_projection_turn")),
    )
    op.create_table(
        "row_aside",
        sa.Column("table_name", sa.String(), nullable=False),
        sa.Column("row_id", columns.Id(), nullable=False),
        sa.Column("shown_id", columns.Id(), nullable=False),
        sa.Column("state", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("table_name", "row_id", name=op.f("pk_row_aside")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_row_aside_shown_id"), "row_aside", ["shown_id"], unique=False)
    op.create_table(
        "row_repointed",
        sa.Column("table_name", sa.String(), nullable=False),
        sa.Column("row_id", columns.Id(), nullable=False),
        sa.Column("column_name", sa.String(), nullable=False),
        sa.Column("own_id", columns.Id(), nullable=False),
        sa.PrimaryKeyConstraint(
            "table_name", "row_id", "column_name", name=op.f("pk_row_repointed")
        ),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_row_repointed_own_id"), "row_repointed", ["own_id"], unique=False)
    op.create_table(
        "column_contest",
        sa.Column("table_name", sa.String(), nullable=False),
        sa.Column("row_id", columns.Id(), nullable=False),
        sa.Column("column_name", sa.String(), nullable=False),
        sa.Column("live", sa.LargeBinary(), nullable=False),
        sa.Column("early", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint(
            "table_name", "row_id", "column_name", name=op.f("pk_column_contest")
        ),
        sqlite_with_rowid=False,
    )


def _put_versions_in_order(table: str) -> None:
    """Pack what a row's columns are versions of in one order, so that equal rows are equal bytes."""
    rows = sa.table(
        table, sa.column("id", columns.Id()), sa.column("row_versions", sa.LargeBinary())
    )
    found = op.get_bind().execute(sa.select(rows.c.id, rows.c.row_versions)).all()
    encoder = msgspec.msgpack.Encoder(order="deterministic")
    changed = [
        {"key": key, "packed": packed}
        for key, before in found
        if before and (packed := encoder.encode(msgspec.msgpack.decode(before))) != before
    ]
    if changed:
        update = sa.update(rows).where(rows.c.id == sa.bindparam("key"))
        op.get_bind().execute(update.values(row_versions=sa.bindparam("packed")), changed)


def _free(table: str, key: str, found_by: list[str]) -> None:
    """Make a unique key a plain index. SQLite has to set the table up again for it."""
    with op.batch_alter_table(table) as batch:
        batch.drop_constraint(key, type_="unique")
    if found_by:
        op.create_index(f"ix_{table}_{'_'.join(found_by)}", table, found_by, unique=False)


def _list_doubles() -> None:
    """Let the list of people have two with one number."""
    if op.get_bind().dialect.name == "postgresql":
        op.drop_constraint(op.f("pk_person_listing"), "person_listing", type_="primary")
        op.create_primary_key(op.f("pk_person_listing"), "person_listing", ["number", "person_id"])
        return
    op.rename_table("person_listing", "person_listing_before")
    op.create_table(
        "person_listing",
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("person_id", columns.Id(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("search_text", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("left_on", columns.Day(), nullable=True),
        sa.Column("org_unit_id", columns.Id(), nullable=True),
        sa.Column("org_unit", sa.String(), nullable=False),
        sa.Column("job_role_id", columns.Id(), nullable=True),
        sa.Column("job_role", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("number", "person_id", name=op.f("pk_person_listing")),
        sa.UniqueConstraint("person_id", name=op.f("uq_person_listing_person_id")),
        sqlite_with_rowid=False,
    )
    op.execute("INSERT INTO person_listing SELECT * FROM person_listing_before ORDER BY number")
    op.drop_table("person_listing_before")
    op.create_index(
        "ix_person_listing_filters",
        "person_listing",
        ["number", "left_on", "org_unit_id", "job_role_id", "kind"],
        unique=False,
    )


def _let_references_wait() -> None:
    """Let the projection change what rows refer to before what they refer to: as SQLite does."""
    found = op.get_bind().exec_driver_sql(
        "SELECT conrelid::regclass::text, conname FROM pg_constraint "
        "WHERE contype = 'f' AND connamespace = current_schema()::regnamespace"
    )
    for table, name in found.fetchall():
        op.execute(f"ALTER TABLE {table} ALTER CONSTRAINT {name} DEFERRABLE INITIALLY IMMEDIATE")
