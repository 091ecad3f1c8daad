"""People sign: their keys, what they signed, and how a conflict was decided."""

import sqlalchemy as sa
from alembic import op

from app.core.storage import columns
from app.core.storage.guards import guard

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    """Bring the schema from the revision before to this one."""
    _keep_keys()
    _keep_signatures()
    _keep_decisions()


def _keep_keys() -> None:
    op.create_table(
        "signing_key",
        sa.Column("account_id", columns.Id(), nullable=False),
        sa.Column("public_key", sa.LargeBinary(length=32), nullable=False),
        sa.Column("paper", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", columns.Instant(), nullable=False),
        sa.Column("id", columns.Id(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signing_key")),
    )
    op.create_index(op.f("ix_signing_key_account_id"), "signing_key", ["account_id"])
    guard(op.get_bind(), "signing_key", update=True)
    op.create_table(
        "signing_key_wrap",
        sa.Column("key_id", columns.Id(), nullable=False),
        sa.Column("credential_id", columns.Id(), nullable=False),
        sa.Column("salt", sa.LargeBinary(length=16), nullable=False),
        sa.Column("memory", sa.Integer(), nullable=False),
        sa.Column("passes", sa.Integer(), nullable=False),
        sa.Column("lanes", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("id", columns.Id(), nullable=False),
        sa.ForeignKeyConstraint(
            ["key_id"], ["signing_key.id"], name=op.f("fk_signing_key_wrap_key_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signing_key_wrap")),
    )
    op.create_index(
        op.f("ix_signing_key_wrap_credential_id"), "signing_key_wrap", ["credential_id"]
    )
    op.create_index(op.f("ix_signing_key_wrap_key_id"), "signing_key_wrap", ["key_id"])
    guard(op.get_bind(), "signing_key_wrap", update=True)
    op.create_table(
        "signing_key_end",
        sa.Column("key_id", columns.Id(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("by", columns.Id(), nullable=True),
        sa.Column("at", columns.Instant(), nullable=False),
        sa.Column("stamp", sa.BigInteger(), nullable=False),
        sa.Column("id", columns.Id(), nullable=False),
        sa.ForeignKeyConstraint(
            ["key_id"], ["signing_key.id"], name=op.f("fk_signing_key_end_key_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signing_key_end")),
    )
    op.create_index(op.f("ix_signing_key_end_key_id"), "signing_key_end", ["key_id"])
    guard(op.get_bind(), "signing_key_end", update=True)
    op.create_table(
        "signer_check",
        sa.Column("key_id", columns.Id(), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("by", columns.Id(), nullable=True),
        sa.Column("by_name", sa.String(), nullable=False),
        sa.Column("was_alone", sa.Boolean(), nullable=False),
        sa.Column("at", columns.Instant(), nullable=False),
        sa.Column("id", columns.Id(), nullable=False),
        sa.ForeignKeyConstraint(
            ["key_id"], ["signing_key.id"], name=op.f("fk_signer_check_key_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signer_check")),
    )
    op.create_index(op.f("ix_signer_check_key_id"), "signer_check", ["key_id"])
    guard(op.get_bind(), "signer_check", update=True)


def _keep_signatures() -> None:
    op.create_table(
        "accountability",
        sa.Column("account_id", columns.Id(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("at", columns.Instant(), nullable=False),
        sa.Column("id", columns.Id(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accountability")),
    )
    op.create_index(op.f("ix_accountability_account_id"), "accountability", ["account_id"])
    guard(op.get_bind(), "accountability", update=True)
    op.create_table(
        "signature",
        sa.Column("record_kind", sa.String(), nullable=False),
        sa.Column("record_id", columns.Id(), nullable=False),
        sa.Column("account_id", columns.Id(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("meaning", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("station", sa.LargeBinary(length=32), nullable=False),
        sa.Column("signed_at", columns.Instant(), nullable=False),
        sa.Column("offset_minutes", sa.Integer(), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
        sa.Column("shown", sa.Text(), nullable=False),
        sa.Column("public_key", sa.LargeBinary(length=32), nullable=False),
        sa.Column("signature", sa.LargeBinary(length=64), nullable=False),
        sa.Column("paper", sa.LargeBinary(), nullable=False),
        sa.Column("id", columns.Id(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signature")),
    )
    op.create_index(op.f("ix_signature_account_id"), "signature", ["account_id"])
    op.create_index(op.f("ix_signature_record_id"), "signature", ["record_id"])
    op.create_index(op.f("ix_signature_signed_at"), "signature", ["signed_at"])
    guard(op.get_bind(), "signature", update=True)
    op.create_table(
        "clock_confirmation",
        sa.Column("station", sa.LargeBinary(length=32), nullable=False),
        sa.Column("at", columns.Instant(), nullable=False),
        sa.Column("newest", columns.Instant(), nullable=False),
        sa.Column("by", columns.Id(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("id", columns.Id(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clock_confirmation")),
    )
    op.create_index(op.f("ix_clock_confirmation_station"), "clock_confirmation", ["station"])
    guard(op.get_bind(), "clock_confirmation", update=True)


def _keep_decisions() -> None:
    op.create_table(
        "conflict_decision",
        sa.Column("table_name", sa.String(), nullable=False),
        sa.Column("row_id", columns.Id(), nullable=False),
        sa.Column("column_name", sa.String(), nullable=False),
        sa.Column("standing", columns.Json(), nullable=False),
        sa.Column("version", sa.LargeBinary(length=16), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("at", columns.Instant(), nullable=False),
        sa.Column("by", columns.Id(), nullable=True),
        sa.Column("id", columns.Id(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conflict_decision")),
    )
    op.create_index(op.f("ix_conflict_decision_row_id"), "conflict_decision", ["row_id"])
    guard(op.get_bind(), "conflict_decision", update=True)
