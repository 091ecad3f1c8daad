"""Keys of people, and what says that somebody is erased."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from app.core.storage import columns
from app.core.storage.guards import guard, unguard

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    """Bring the schema from the revision before to this one."""
    _keep_keys()
    _keep_erasures()
    _keep_rules()
    _say_whom_files_are_about()


def _keep_keys() -> None:
    op.create_table(
        "person_key",
        sa.Column("person_id", columns.Id(), nullable=False),
        sa.Column("key", sa.LargeBinary(length=32), nullable=False),
        sa.PrimaryKeyConstraint("person_id", "key", name=op.f("pk_person_key")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "person_key_wanted",
        sa.Column("person_id", columns.Id(), nullable=False),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_person_key_wanted")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "asset_destroyed",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_asset_destroyed")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "sync_key_asked",
        sa.Column("station", sa.LargeBinary(length=32), nullable=False),
        sa.Column("person_id", columns.Id(), nullable=False),
        sa.PrimaryKeyConstraint("station", "person_id", name=op.f("pk_sync_key_asked")),
    )


def _keep_erasures() -> None:
    _fact("erasure_request", _person(), sa.Column("reason", sa.String(), nullable=False))
    _fact(
        "erasure_withdrawn",
        *_answer("erasure_withdrawn", "request_id", "erasure_request"),
        sa.Column("reason", sa.String(), nullable=False),
    )
    _fact(
        "person_erasure",
        _person(),
        sa.Column("request_id", columns.Id(), nullable=True),
        sa.UniqueConstraint("person_id", name=op.f("uq_person_erasure_person_id")),
    )
    _fact("legal_hold", _person(), sa.Column("reason", sa.String(), nullable=False))
    _fact(
        "legal_hold_lifted",
        *_answer("legal_hold_lifted", "hold_id", "legal_hold"),
        sa.Column("reason", sa.String(), nullable=False),
    )
    for table in ("erasure_request", "legal_hold"):
        op.create_index(op.f(f"ix_{table}_person_id"), table, ["person_id"])


def _keep_rules() -> None:
    op.create_table(
        "retention_rule",
        sa.Column("site_id", columns.Id(), nullable=False),
        sa.Column("years", sa.Integer(), nullable=False),
        sa.Column("id", columns.Id(), nullable=False),
        sa.Column("row_versions", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_retention_rule")),
        sa.UniqueConstraint("site_id", name=op.f("uq_retention_rule_site_id")),
    )
    guard(op.get_bind(), "retention_rule", update=False)


def _say_whom_files_are_about() -> None:
    column = sa.Column("about_id", columns.Id(), nullable=True)
    unguard(op.get_bind(), "saved_file")
    if op.get_bind().dialect.name == "postgresql":
        op.add_column("saved_file", column)
    else:
        with op.batch_alter_table("saved_file", recreate="always") as batch:
            batch.add_column(column, insert_before="title")
    guard(op.get_bind(), "saved_file", update=True)


def _fact(table: str, *own: sa.Column[Any] | sa.Constraint) -> None:
    op.create_table(
        table,
        *(one for one in own if isinstance(one, sa.Column)),
        sa.Column("at", columns.Instant(), nullable=False),
        sa.Column("by", columns.Id(), nullable=True),
        sa.Column("by_name", sa.String(), nullable=False),
        sa.Column("id", columns.Id(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        *(one for one in own if not isinstance(one, sa.Column)),
    )
    guard(op.get_bind(), table, update=True)


def _person() -> sa.Column[Any]:
    return sa.Column("person_id", columns.Id(), nullable=False)


def _answer(
    table: str, column: str, target: str
) -> tuple[sa.Column[Any], sa.Constraint, sa.Constraint]:
    return (
        sa.Column(column, columns.Id(), nullable=False),
        sa.ForeignKeyConstraint(
            [column], [f"{target}.id"], name=op.f(f"fk_{table}_{column}_{target}")
        ),
        sa.UniqueConstraint(column, name=op.f(f"uq_{table}_{column}")),
    )
