"""The program is qualified and its trail reviewed; incidents and tests of readers are kept; passwords grow old."""

import sqlalchemy as sa
from alembic import op

from app.core.storage import columns
from app.core.storage.guards import guard

revision = "0057"
down_revision = "0056"

_FACTS = (
    "qualification",
    "audit_review",
    "incident",
    "incident_step",
    "reader_test",
    "training_request",
    "training_reply",
    "agency_letter",
    "committee_notice",
)
_RECORDS = ("password_rule", "oversight_rule", "committee", "committee_seat")


def upgrade() -> None:
    """Bring the schema from the revision before to this one."""
    _qualify()
    _let_passwords_grow_old()
    _review()
    _keep_incidents()
    _test_readers()
    _ask_for_training()
    _send_letters()
    _keep_committees()
    for table in (*_FACTS, *_RECORDS):
        guard(op.get_bind(), table, update=table in _FACTS)


def _who_and_when() -> list[sa.Column[object]]:
    return [
        sa.Column("at", columns.Instant(), nullable=False),
        sa.Column("by", columns.Id(), nullable=True),
        sa.Column("by_name", sa.String(), nullable=False),
        sa.Column("id", columns.Id(), nullable=False),
    ]


def _key(table: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}"))


def _refers(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}"))


def _qualify() -> None:
    op.create_table(
        "qualification",
        sa.Column("station", sa.LargeBinary(length=32), nullable=False),
        sa.Column("pc", sa.String(), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("parts", columns.Json(), nullable=False),
        sa.Column("steps", columns.Json(), nullable=False),
        sa.Column("failed", sa.Integer(), nullable=False),
        sa.Column("is_signed", sa.Boolean(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        *_who_and_when(),
        _key("qualification"),
    )


def _let_passwords_grow_old() -> None:
    op.create_table(
        "password_rule",
        sa.Column("site_id", columns.Id(), nullable=True),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("remembered", sa.Integer(), nullable=False),
        sa.Column("id", columns.Id(), nullable=False),
        sa.Column("row_versions", sa.LargeBinary(), nullable=False),
        sa.UniqueConstraint("site_id", name=op.f("uq_password_rule_site_id")),
        _key("password_rule"),
    )


def _review() -> None:
    op.create_table(
        "oversight_rule",
        sa.Column("site_id", columns.Id(), nullable=True),
        sa.Column("from_on", columns.Day(), nullable=False),
        sa.Column("review_days", sa.Integer(), nullable=False),
        sa.Column("reader_days", sa.Integer(), nullable=False),
        sa.Column("id", columns.Id(), nullable=False),
        sa.Column("row_versions", sa.LargeBinary(), nullable=False),
        sa.UniqueConstraint("site_id", "from_on", name=op.f("uq_oversight_rule_site_id_from_on")),
        _key("oversight_rule"),
    )
    op.create_table(
        "audit_review",
        sa.Column("site_id", columns.Id(), nullable=True),
        sa.Column("first_on", columns.Day(), nullable=False),
        sa.Column("last_on", columns.Day(), nullable=False),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.Column("looked_at", columns.Json(), nullable=False),
        sa.Column("findings", sa.Text(), nullable=False),
        *_who_and_when(),
        _key("audit_review"),
    )


def _keep_incidents() -> None:
    op.create_table(
        "incident",
        sa.Column("site_id", columns.Id(), nullable=True),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("severity", sa.String(), nullable=False),
        sa.Column("happened_at", columns.Instant(), nullable=False),
        sa.Column("entries", columns.Json(), nullable=False),
        *_who_and_when(),
        _key("incident"),
    )
    op.create_table(
        "incident_step",
        sa.Column("incident_id", columns.Id(), nullable=False),
        sa.Column("closes", sa.Boolean(), nullable=False),
        sa.Column("cause", sa.Text(), nullable=False),
        sa.Column("done", sa.Text(), nullable=False),
        *_who_and_when(),
        _refers("incident_step", "incident_id", "incident"),
        _key("incident_step"),
    )
    op.create_index(op.f("ix_incident_step_incident_id"), "incident_step", ["incident_id"])


def _test_readers() -> None:
    op.create_table(
        "reader_test",
        sa.Column("station", sa.LargeBinary(length=32), nullable=False),
        sa.Column("pc", sa.String(), nullable=False),
        sa.Column("reader", sa.String(), nullable=False),
        sa.Column("is_right", sa.Boolean(), nullable=False),
        sa.Column("remark", sa.String(), nullable=False),
        *_who_and_when(),
        _key("reader_test"),
    )
    op.create_index(op.f("ix_reader_test_station"), "reader_test", ["station"])


def _ask_for_training() -> None:
    op.create_table(
        "training_request",
        sa.Column("person_id", columns.Id(), nullable=False),
        sa.Column("requirement_id", columns.Id(), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("at", columns.Instant(), nullable=False),
        sa.Column("id", columns.Id(), nullable=False),
        _refers("training_request", "person_id", "person"),
        _refers("training_request", "requirement_id", "requirement"),
        _key("training_request"),
    )
    op.create_index(op.f("ix_training_request_person_id"), "training_request", ["person_id"])
    op.create_table(
        "training_reply",
        sa.Column("request_id", columns.Id(), nullable=False),
        sa.Column("is_granted", sa.Boolean(), nullable=False),
        sa.Column("planned_on", columns.Day(), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        *_who_and_when(),
        _refers("training_reply", "request_id", "training_request"),
        _key("training_reply"),
    )
    op.create_index(op.f("ix_training_reply_request_id"), "training_reply", ["request_id"])


def _send_letters() -> None:
    op.create_table(
        "agency_letter",
        sa.Column("company", sa.String(), nullable=False),
        sa.Column("signatory", sa.String(), nullable=False),
        sa.Column("sent_on", columns.Day(), nullable=False),
        sa.Column("how", sa.String(), nullable=False),
        *_who_and_when(),
        _key("agency_letter"),
    )


def _keep_committees() -> None:
    op.create_table(
        "committee",
        sa.Column("site_id", columns.Id(), nullable=True),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("asks", columns.Json(), nullable=False),
        sa.Column("id", columns.Id(), nullable=False),
        sa.Column("row_versions", sa.LargeBinary(), nullable=False),
        _key("committee"),
    )
    op.create_table(
        "committee_seat",
        sa.Column("committee_id", columns.Id(), nullable=False),
        sa.Column("person_id", columns.Id(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("contact", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("from_on", columns.Day(), nullable=False),
        sa.Column("to_on", columns.Day(), nullable=True),
        sa.Column("id", columns.Id(), nullable=False),
        sa.Column("row_versions", sa.LargeBinary(), nullable=False),
        _refers("committee_seat", "committee_id", "committee"),
        _refers("committee_seat", "person_id", "person"),
        _key("committee_seat"),
    )
    for column in ("committee_id", "person_id"):
        op.create_index(op.f(f"ix_committee_seat_{column}"), "committee_seat", [column])
    op.create_table(
        "committee_notice",
        sa.Column("committee_id", columns.Id(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        *_who_and_when(),
        _refers("committee_notice", "committee_id", "committee"),
        _key("committee_notice"),
    )
    op.create_index(op.f("ix_committee_notice_committee_id"), "committee_notice", ["committee_id"])
