"""A year is planned, whether training took hold is checked, and filled forms are kept with practicals."""

import sqlalchemy as sa
from alembic import op

from app.core.storage import columns
from app.core.storage.guards import guard

revision = "0059"
down_revision = "0057"

_FACTS = ("effectiveness_check", "plan_signing", "practical_paper")
_RECORDS = ("effectiveness_rule", "plan_line")


def upgrade() -> None:
    """Bring the schema from the revision before to this one."""
    _check_effectiveness()
    _plan()
    _keep_filled_forms()
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


def _refers(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}"))


def _check_effectiveness() -> None:
    rule, check = "effectiveness_rule", "effectiveness_check"
    op.create_table(
        rule,
        sa.Column("requirement_id", columns.Id(), nullable=False),
        sa.Column("from_on", columns.Day(), nullable=False),
        sa.Column("checked_after", sa.Integer(), nullable=False),
        sa.Column("questions", columns.Json(), nullable=False),
        *_record(),
        _refers(rule, "requirement_id", "requirement"),
        sa.UniqueConstraint(
            "requirement_id", "from_on", name=op.f("uq_effectiveness_rule_requirement_id_from_on")
        ),
        _key(rule),
    )
    op.create_table(
        check,
        sa.Column("person_id", columns.Id(), nullable=False),
        sa.Column("requirement_id", columns.Id(), nullable=False),
        sa.Column("proof_id", columns.Id(), nullable=False),
        sa.Column("trained_at", columns.Instant(), nullable=False),
        sa.Column("findings", columns.Json(), nullable=False),
        sa.Column("is_observed", sa.Boolean(), nullable=False),
        sa.Column("is_effective", sa.Boolean(), nullable=False),
        sa.Column("remark", sa.Text(), nullable=False),
        *_who_and_when(),
        _refers(check, "person_id", "person"),
        _refers(check, "requirement_id", "requirement"),
        _key(check),
    )
    for column in ("person_id", "proof_id"):
        op.create_index(op.f(f"ix_{check}_{column}"), check, [column])


def _plan() -> None:
    line, signing = "plan_line", "plan_signing"
    op.create_table(
        line,
        sa.Column("site_id", columns.Id(), nullable=True),
        sa.Column("requirement_id", columns.Id(), nullable=False),
        sa.Column("month", columns.Day(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("removed", sa.Boolean(), nullable=False),
        *_record(),
        _refers(line, "requirement_id", "requirement"),
        sa.UniqueConstraint(
            "site_id",
            "requirement_id",
            "month",
            name=op.f("uq_plan_line_site_id_requirement_id_month"),
        ),
        _key(line),
    )
    op.create_table(
        signing,
        sa.Column("site_id", columns.Id(), nullable=True),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("lines", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        *_who_and_when(),
        _key(signing),
    )


def _keep_filled_forms() -> None:
    paper = "practical_paper"
    others = {
        "person_id": "person",
        "requirement_id": "requirement",
        "version_id": "practical_version",
    }
    op.create_table(
        paper,
        *(sa.Column(name, columns.Id(), nullable=False) for name in others),
        sa.Column("run", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        *_who_and_when(),
        *(_refers(paper, column, other) for column, other in others.items()),
        _key(paper),
    )
    op.create_index("ix_practical_paper_pair", paper, ["person_id", "requirement_id"])
