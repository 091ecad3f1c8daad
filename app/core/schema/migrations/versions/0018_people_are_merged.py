"""People who were found to be one person stand as one; codes are a site's own."""

from uuid import UUID

import msgspec
import sqlalchemy as sa
from alembic import op

from app.core.storage import columns
from app.core.storage.guards import guard, unguard

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    """Bring the schema from the revision before to this one."""
    _let_people_be_merged()
    _keep_decisions()
    _keep_starts_apart()
    _keep_codes_apart("org_unit")
    _keep_codes_apart("job_role")


def _let_people_be_merged() -> None:
    unguard(op.get_bind(), "person")
    _add("person", sa.Column("home_site_id", columns.Id(), nullable=True), before="id")
    column = sa.Column("merged_as_id", columns.Id(), nullable=True)
    _add_to_key("person", column, before="id", key=["merged_as_id"])
    guard(op.get_bind(), "person", update=False)


def _add(table: str, column: sa.Column[UUID], *, before: str) -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.add_column(table, column)
        return
    with op.batch_alter_table(table, recreate="always") as batch:
        batch.add_column(column, insert_before=before)


def _add_to_key(table: str, column: sa.Column[UUID], *, before: str, key: list[str]) -> None:
    """Add a column with the unique key it is in; in its place where the table is set up again."""
    name = op.f(f"uq_{table}_{'_'.join(key)}")
    if op.get_bind().dialect.name == "postgresql":
        op.add_column(table, column)
        op.create_unique_constraint(name, table, key)
        return
    with op.batch_alter_table(table, recreate="always") as batch:
        batch.add_column(column, insert_before=before)
        batch.create_unique_constraint(name, key)


def _keep_decisions() -> None:
    op.create_table(
        "person_decision",
        sa.Column("verdict", sa.String(), nullable=False),
        sa.Column("stays_id", columns.Id(), nullable=False),
        sa.Column("other_id", columns.Id(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("at", columns.Instant(), nullable=False),
        sa.Column("by", columns.Id(), nullable=True),
        sa.Column("by_name", sa.String(), nullable=False),
        sa.Column("id", columns.Id(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_decision")),
    )
    for column in ("stays_id", "other_id"):
        op.create_index(op.f(f"ix_person_decision_{column}"), "person_decision", [column])
    guard(op.get_bind(), "person_decision", update=True)


def _keep_starts_apart() -> None:
    """Let two starts of one course stand, whose people were found to be one."""
    unguard(op.get_bind(), "course_start")
    with op.batch_alter_table("course_start") as batch:
        batch.drop_constraint(op.f("uq_course_start_person_id_course_id_cycle"), type_="unique")
    column = sa.Column("begun_by_id", columns.Id(), nullable=True)
    key = ["begun_by_id", "course_id", "cycle"]
    _add_to_key("course_start", column, before="course_id", key=key)
    found_by = ["person_id", "course_id", "cycle"]
    name = op.f("ix_course_start_person_id_course_id_cycle")
    op.create_index(name, "course_start", found_by, unique=False)
    guard(op.get_bind(), "course_start", update=True)
    _say_nothing_aside("course_start", "begun_by_id")


def _keep_codes_apart(table: str) -> None:
    """Let two sites give one code."""
    unguard(op.get_bind(), table)
    with op.batch_alter_table(table) as batch:
        batch.drop_constraint(op.f(f"uq_{table}_code"), type_="unique")
    column = sa.Column("site_id", columns.Id(), nullable=True)
    _add_to_key(table, column, before="code", key=["site_id", "code"])
    op.create_index(op.f(f"ix_{table}_code"), table, ["code"], unique=False)
    guard(op.get_bind(), table, update=False)
    _say_nothing_aside(table, "site_id")


def _say_nothing_aside(table: str, column: str) -> None:
    """Let rows that stand aside have a new column, too."""
    aside = sa.table(
        "row_aside",
        sa.column("table_name", sa.String()),
        sa.column("row_id", columns.Id()),
        sa.column("state", sa.LargeBinary()),
    )
    found = op.get_bind().execute(
        sa.select(aside.c.row_id, aside.c.state).where(aside.c.table_name == table)
    )
    for key, state in found.all():
        row = {**msgspec.msgpack.decode(state), column: None}
        changed = sa.update(aside).where(aside.c.table_name == table, aside.c.row_id == key)
        op.get_bind().execute(changed.values(state=msgspec.msgpack.encode(row)))
