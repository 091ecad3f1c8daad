"""Two people write a sync file, whoever looks at one stamps it, and fields of people have owners."""

import sqlalchemy as sa
from alembic import op

from app.core.storage import columns
from app.core.storage.guards import guard

revision = "0062"
down_revision = "0061"

_FACTS = ("export_release", "file_inspection")
_RECORDS = ("export_terms", "field_owner")


def upgrade() -> None:
    """Bring the schema from the revision before to this one."""
    _ask_a_second_person()
    _keep_stamps()
    _give_fields_owners()
    for table in (*_FACTS, *_RECORDS):
        guard(op.get_bind(), table, update=table in _FACTS)


def _who_and_when() -> list[sa.Column[object]]:
    return [
        sa.Column("at", columns.Instant(), nullable=False),
        sa.Column("by", columns.Id(), nullable=True),
        sa.Column("by_name", sa.String(), nullable=False),
        sa.Column("id", columns.Id(), nullable=False),
    ]


def _record() -> list[sa.Column[object]]:
    return [
        sa.Column("id", columns.Id(), nullable=False),
        sa.Column("row_versions", sa.LargeBinary(), nullable=False),
    ]


def _key(table: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}"))


def _ask_a_second_person() -> None:
    terms, release = "export_terms", "export_release"
    op.create_table(
        terms,
        sa.Column("site_id", columns.Id(), nullable=False),
        sa.Column("from_on", columns.Day(), nullable=False),
        sa.Column("two_persons", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        *_record(),
        sa.UniqueConstraint("site_id", "from_on", name=op.f(f"uq_{terms}_site_id_from_on")),
        _key(terms),
    )
    op.create_table(
        release,
        sa.Column("bundle_id", columns.Id(), nullable=False),
        sa.Column("destination", sa.String(), nullable=False),
        sa.Column("recipients", columns.Json(), nullable=False),
        sa.Column("ranges", columns.Json(), nullable=False),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("files", sa.Integer(), nullable=False),
        sa.Column("prepared_by", columns.Id(), nullable=False),
        *_who_and_when(),
        _key(release),
    )
    op.create_index(op.f(f"ix_{release}_bundle_id"), release, ["bundle_id"])


def _keep_stamps() -> None:
    table = "file_inspection"
    op.create_table(
        table,
        sa.Column("bundle_id", columns.Id(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("inspector", sa.String(), nullable=False),
        sa.Column("inspected_at", columns.Instant(), nullable=False),
        sa.Column("result", sa.String(), nullable=False),
        sa.Column("scanner", sa.String(), nullable=False),
        sa.Column("exit_code", sa.Integer(), nullable=True),
        sa.Column("said", sa.String(), nullable=False),
        *_who_and_when(),
        _key(table),
    )
    for column in ("bundle_id", "sha256"):
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


def _give_fields_owners() -> None:
    table = "field_owner"
    op.create_table(
        table,
        sa.Column("site_id", columns.Id(), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        *_record(),
        sa.UniqueConstraint("site_id", "field", name=op.f(f"uq_{table}_site_id_field")),
        _key(table),
    )
