"""Training of before and scans of its papers, corrections, what is signed, how evidence was checked."""

import msgspec
import sqlalchemy as sa
from alembic import op

from app.core.storage import columns
from app.core.storage.guards import guard

revision = "0047"
down_revision = "0046"

_FACTS = (
    "legacy_batch",
    "legacy_record",
    "legacy_verdict",
    "evidence_scan",
    "correction",
    "correction_verdict",
)
_RECORDS = ("signing_terms",)


def upgrade() -> None:
    """Bring the schema from the revision before to this one."""
    _take_old_lists()
    _keep_scans()
    _correct()
    _say_what_is_signed()
    _say_how_it_was_checked()
    for table in (*_FACTS, *_RECORDS):
        guard(op.get_bind(), table, update=table in _FACTS)
    _let_references_wait()


def _who_and_when() -> list[sa.Column[object]]:
    return [
        sa.Column("at", columns.Instant(), nullable=False),
        sa.Column("by", columns.Id(), nullable=True),
        sa.Column("by_name", sa.String(), nullable=False),
        sa.Column("id", columns.Id(), nullable=False),
    ]


def _refers(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}"))


def _key(table: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}"))


def _take_old_lists() -> None:
    op.create_table(
        "legacy_batch",
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("file_sha256", sa.String(), nullable=False),
        sa.Column("encoding", sa.String(), nullable=False),
        sa.Column("mapping", columns.Json(), nullable=False),
        sa.Column("rows_read", sa.Integer(), nullable=False),
        sa.Column("rows_taken", sa.Integer(), nullable=False),
        sa.Column("rows_rejected", sa.Integer(), nullable=False),
        sa.Column("rejected", columns.Json(), nullable=False),
        sa.Column("rows_sha256", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        *_who_and_when(),
        _key("legacy_batch"),
    )
    op.create_index(op.f("ix_legacy_batch_file_sha256"), "legacy_batch", ["file_sha256"])
    op.create_table(
        "legacy_record",
        sa.Column("batch_id", columns.Id(), nullable=False),
        sa.Column("sheet", sa.String(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("person_id", columns.Id(), nullable=False),
        sa.Column("requirement_id", columns.Id(), nullable=False),
        sa.Column("trained_on", columns.Day(), nullable=False),
        sa.Column("valid_until", columns.Day(), nullable=True),
        sa.Column("score", sa.String(), nullable=False),
        sa.Column("trainer", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("id", columns.Id(), nullable=False),
        _refers("legacy_record", "batch_id", "legacy_batch"),
        _refers("legacy_record", "person_id", "person"),
        _refers("legacy_record", "requirement_id", "requirement"),
        _key("legacy_record"),
    )
    op.create_index(op.f("ix_legacy_record_batch_id"), "legacy_record", ["batch_id"])
    op.create_index(
        "ix_legacy_record_person_id_requirement_id",
        "legacy_record",
        ["person_id", "requirement_id"],
    )
    op.create_table(
        "legacy_verdict",
        sa.Column("batch_id", columns.Id(), nullable=False),
        sa.Column("is_accepted", sa.Boolean(), nullable=False),
        sa.Column("credits", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        *_who_and_when(),
        _refers("legacy_verdict", "batch_id", "legacy_batch"),
        _key("legacy_verdict"),
    )
    op.create_index(op.f("ix_legacy_verdict_batch_id"), "legacy_verdict", ["batch_id"])


def _keep_scans() -> None:
    of = {"batch_id": "legacy_batch", "record_id": "legacy_record", "evidence_id": "evidence"}
    op.create_table(
        "evidence_scan",
        *(sa.Column(column, columns.Id(), nullable=True) for column in of),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        *_who_and_when(),
        *(_refers("evidence_scan", column, other) for column, other in of.items()),
        _key("evidence_scan"),
    )
    for column in of:
        op.create_index(op.f(f"ix_evidence_scan_{column}"), "evidence_scan", [column])


def _correct() -> None:
    op.create_table(
        "correction",
        sa.Column("record_kind", sa.String(), nullable=False),
        sa.Column("record_id", columns.Id(), nullable=False),
        sa.Column("person_id", columns.Id(), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("old", sa.String(), nullable=False),
        sa.Column("new", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("is_critical", sa.Boolean(), nullable=False),
        *_who_and_when(),
        _refers("correction", "person_id", "person"),
        _key("correction"),
    )
    op.create_index(op.f("ix_correction_person_id"), "correction", ["person_id"])
    op.create_index("ix_correction_record", "correction", ["record_kind", "record_id"])
    op.create_table(
        "correction_verdict",
        sa.Column("correction_id", columns.Id(), nullable=False),
        sa.Column("is_accepted", sa.Boolean(), nullable=False),
        sa.Column("replaces_id", columns.Id(), nullable=True),
        sa.Column("credit_id", columns.Id(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        *_who_and_when(),
        _refers("correction_verdict", "correction_id", "correction"),
        _key("correction_verdict"),
        sa.UniqueConstraint("correction_id", name=op.f("uq_correction_verdict_correction_id")),
    )
    op.create_index(
        op.f("ix_correction_verdict_replaces_id"), "correction_verdict", ["replaces_id"]
    )


def _say_what_is_signed() -> None:
    op.create_table(
        "signing_terms",
        sa.Column("site_id", columns.Id(), nullable=True),
        sa.Column("from_on", columns.Day(), nullable=False),
        sa.Column("waivers", sa.String(), nullable=False),
        sa.Column("corrections", sa.String(), nullable=False),
        sa.Column("evidence", sa.String(), nullable=False),
        sa.Column("first_requirement_id", columns.Id(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("id", columns.Id(), nullable=False),
        sa.Column("row_versions", sa.LargeBinary(), nullable=False),
        _refers("signing_terms", "first_requirement_id", "requirement"),
        _key("signing_terms"),
        sa.UniqueConstraint("site_id", "from_on", name=op.f("uq_signing_terms_site_id_from_on")),
    )


def _say_how_it_was_checked() -> None:
    """Give verdicts of before, those that stand aside too, no way of checking."""
    op.add_column(
        "evidence_verdict", sa.Column("how", sa.String(), nullable=False, server_default="")
    )
    aside = sa.table(
        "row_aside",
        sa.column("table_name", sa.String()),
        sa.column("row_id", columns.Id()),
        sa.column("state", sa.LargeBinary()),
    )
    of_verdicts = aside.c.table_name == "evidence_verdict"
    found = op.get_bind().execute(sa.select(aside.c.row_id, aside.c.state).where(of_verdicts))
    for key, state in found.all():
        row = {**msgspec.msgpack.decode(state), "how": ""}
        changed = sa.update(aside).where(of_verdicts, aside.c.row_id == key)
        op.get_bind().execute(changed.values(state=msgspec.msgpack.encode(row)))


def _let_references_wait() -> None:
    """Let rows refer to what stands aside for a while (ADR 16)."""
    if op.get_bind().dialect.name != "postgresql":
        return
    inspector = sa.inspect(op.get_bind())
    for table in (*_FACTS, *_RECORDS):
        for key in inspector.get_foreign_keys(table):
            op.execute(
                f"ALTER TABLE {table} ALTER CONSTRAINT {key['name']} DEFERRABLE INITIALLY IMMEDIATE"
            )
