"""first schema."""

import sqlalchemy as sa
from alembic import op

from app.core.storage import columns
from app.core.storage.guards import guard

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Bring the schema from the revision before to this one."""
    op.create_table(
        "asset",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("added_at", columns.Instant(), nullable=False),
        sa.Column("id", columns.Id(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_asset")),
        sa.UniqueConstraint("sha256", name=op.f("uq_asset_sha256")),
    )
    op.create_table(
        "attempt_seat",
        sa.Column("attempt_id", columns.Id(), nullable=False),
        sa.Column("seen_at", columns.Instant(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("flagged", columns.Json(), nullable=False),
        sa.PrimaryKeyConstraint("attempt_id", name=op.f("pk_attempt_seat")),
    )
    op.create_table(
        "course",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("topic", sa.String(), nullable=False),
        sa.Column("draft", columns.Json(), nullable=True),
        sa.Column("current_version_id", columns.Id(), nullable=True),
        sa.Column("retired_at", columns.Instant(), nullable=True),
        sa.Column("id", columns.Id(), nullable=False),
        sa.Column("row_versions", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_course")),
        sa.UniqueConstraint("code", name=op.f("uq_course_code")),
    )
    op.create_index(op.f("ix_course_title"), "course", ["title"], unique=False)
    op.create_table(
        "course_progress",
        sa.Column("start_id", columns.Id(), nullable=False),
        sa.Column("person_id", columns.Id(), nullable=False),
        sa.Column("course_id", columns.Id(), nullable=False),
        sa.Column("lessons_done", sa.Integer(), nullable=False),
        sa.Column("lessons_required", sa.Integer(), nullable=False),
        sa.Column("best_score_hundredths", sa.Integer(), nullable=True),
        sa.Column("active_seconds", sa.Integer(), nullable=False),
        sa.Column("last_at", columns.Instant(), nullable=False),
        sa.Column("completed_at", columns.Instant(), nullable=True),
        sa.Column("valid_until", columns.Day(), nullable=True),
        sa.PrimaryKeyConstraint("start_id", name=op.f("pk_course_progress")),
    )
    op.create_index(
        op.f("ix_course_progress_course_id"), "course_progress", ["course_id"], unique=False
    )
    op.create_index(
        op.f("ix_course_progress_person_id"), "course_progress", ["person_id"], unique=False
    )
    op.create_table(
        "job_role",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("closed_on", columns.Day(), nullable=True),
        sa.Column("id", columns.Id(), nullable=False),
        sa.Column("row_versions", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job_role")),
        sa.UniqueConstraint("code", name=op.f("uq_job_role_code")),
    )
    op.create_table(
        "journal_log",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("station", sa.LargeBinary(length=32), nullable=False),
        sa.Column("incarnation", sa.LargeBinary(length=8), nullable=False),
        sa.Column("scope", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journal_log")),
        sa.UniqueConstraint(
            "station", "incarnation", "scope", name=op.f("uq_journal_log_station_incarnation_scope")
        ),
    )
    op.create_table(
        "journal_mention",
        sa.Column("key", columns.Id(), nullable=False),
        sa.Column("log_id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("key", "log_id", "seq", name=op.f("pk_journal_mention")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "lesson_state",
        sa.Column("start_id", columns.Id(), nullable=False),
        sa.Column("lesson_id", columns.Id(), nullable=False),
        sa.Column("state", columns.Json(), nullable=False),
        sa.Column("share", columns.Share(), nullable=False),
        sa.Column("active_seconds", sa.Integer(), nullable=False),
        sa.Column("unsaved", columns.Json(), nullable=False),
        sa.Column("updated_at", columns.Instant(), nullable=False),
        sa.PrimaryKeyConstraint("start_id", "lesson_id", name=op.f("pk_lesson_state")),
    )
    op.create_table(
        "org_unit",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("parent_id", columns.Id(), nullable=True),
        sa.Column("closed_on", columns.Day(), nullable=True),
        sa.Column("id", columns.Id(), nullable=False),
        sa.Column("row_versions", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["parent_id"], ["org_unit.id"], name=op.f("fk_org_unit_parent_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_org_unit")),
        sa.UniqueConstraint("code", name=op.f("uq_org_unit_code")),
    )
    op.create_index(op.f("ix_org_unit_parent_id"), "org_unit", ["parent_id"], unique=False)
    op.create_table(
        "org_unit_reach",
        sa.Column("above_id", columns.Id(), nullable=False),
        sa.Column("below_id", columns.Id(), nullable=False),
        sa.PrimaryKeyConstraint("above_id", "below_id", name=op.f("pk_org_unit_reach")),
    )
    op.create_index(
        op.f("ix_org_unit_reach_below_id"), "org_unit_reach", ["below_id"], unique=False
    )
    op.create_table(
        "person",
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("name_local", sa.String(), nullable=False),
        sa.Column("search_text", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("joined_on", columns.Day(), nullable=True),
        sa.Column("left_on", columns.Day(), nullable=True),
        sa.Column("id", columns.Id(), nullable=False),
        sa.Column("row_versions", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("number", name=op.f("uq_person_number")),
    )
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
        sa.PrimaryKeyConstraint("number", name=op.f("pk_person_listing")),
        sa.UniqueConstraint("person_id", name=op.f("uq_person_listing_person_id")),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_person_listing_filters",
        "person_listing",
        ["number", "left_on", "org_unit_id", "job_role_id", "kind"],
        unique=False,
    )
    op.create_table(
        "question_bank",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("id", columns.Id(), nullable=False),
        sa.Column("row_versions", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question_bank")),
        sa.UniqueConstraint("code", name=op.f("uq_question_bank_code")),
    )
    op.create_table(
        "search_text",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("asset", sa.String(length=64), nullable=True),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_text")),
    )
    op.create_index(op.f("ix_search_text_asset"), "search_text", ["asset"], unique=False)
    op.create_table(
        "sign_in_guard",
        sa.Column("account_id", columns.Id(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("last_at", columns.Instant(), nullable=False),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_sign_in_guard")),
    )
    op.create_table(
        "site",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("founded_at", columns.Instant(), nullable=False),
        sa.Column("id", columns.Id(), nullable=False),
        sa.Column("row_versions", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_site")),
    )
    op.create_table(
        "account",
        sa.Column("login", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("person_id", columns.Id(), nullable=True),
        sa.Column("disabled_at", columns.Instant(), nullable=True),
        sa.Column("opens_at", columns.Instant(), nullable=True),
        sa.Column("closes_at", columns.Instant(), nullable=True),
        sa.Column("id", columns.Id(), nullable=False),
        sa.Column("row_versions", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_account_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("login", name=op.f("uq_account_login")),
        sa.UniqueConstraint("person_id", name=op.f("uq_account_person_id")),
    )
    op.create_table(
        "course_version",
        sa.Column("course_id", columns.Id(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("outline", columns.Json(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("published_at", columns.Instant(), nullable=False),
        sa.Column("published_by", columns.Id(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("id", columns.Id(), nullable=False),
        sa.ForeignKeyConstraint(
            ["course_id"], ["course.id"], name=op.f("fk_course_version_course_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_course_version")),
        sa.UniqueConstraint("course_id", "number", name=op.f("uq_course_version_course_id_number")),
    )
    op.create_table(
        "journal_entry",
        sa.Column("log_id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("stamp", sa.BigInteger(), nullable=False),
        sa.Column("wall", columns.Instant(), nullable=False),
        sa.Column("offset_minutes", sa.Integer(), nullable=False),
        sa.Column("actor", columns.Id(), nullable=True),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["log_id"], ["journal_log.id"], name=op.f("fk_journal_entry_log_id")
        ),
        sa.PrimaryKeyConstraint("log_id", "seq", name=op.f("pk_journal_entry")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "journal_seal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("log_id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("root", sa.LargeBinary(length=32), nullable=False),
        sa.Column("sealed_at", columns.Instant(), nullable=False),
        sa.Column("public_key", sa.LargeBinary(length=32), nullable=False),
        sa.Column("signature", sa.LargeBinary(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["log_id"], ["journal_log.id"], name=op.f("fk_journal_seal_log_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journal_seal")),
    )
    op.create_index(op.f("ix_journal_seal_log_id"), "journal_seal", ["log_id"], unique=False)
    op.create_table(
        "placement",
        sa.Column("person_id", columns.Id(), nullable=False),
        sa.Column("org_unit_id", columns.Id(), nullable=False),
        sa.Column("job_role_id", columns.Id(), nullable=True),
        sa.Column("manager_id", columns.Id(), nullable=True),
        sa.Column("from_on", columns.Day(), nullable=False),
        sa.Column("to_on", columns.Day(), nullable=True),
        sa.Column("id", columns.Id(), nullable=False),
        sa.Column("row_versions", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["job_role_id"], ["job_role.id"], name=op.f("fk_placement_job_role_id")
        ),
        sa.ForeignKeyConstraint(
            ["manager_id"], ["person.id"], name=op.f("fk_placement_manager_id")
        ),
        sa.ForeignKeyConstraint(
            ["org_unit_id"], ["org_unit.id"], name=op.f("fk_placement_org_unit_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_placement_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_placement")),
    )
    op.create_index(op.f("ix_placement_job_role_id"), "placement", ["job_role_id"], unique=False)
    op.create_index(op.f("ix_placement_org_unit_id"), "placement", ["org_unit_id"], unique=False)
    op.create_index(op.f("ix_placement_person_id"), "placement", ["person_id"], unique=False)
    op.create_table(
        "question",
        sa.Column("bank_id", columns.Id(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("current_version_id", columns.Id(), nullable=True),
        sa.Column("withdrawn_at", columns.Instant(), nullable=True),
        sa.Column("id", columns.Id(), nullable=False),
        sa.Column("row_versions", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["bank_id"], ["question_bank.id"], name=op.f("fk_question_bank_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question")),
    )
    op.create_index(op.f("ix_question_bank_id"), "question", ["bank_id"], unique=False)
    op.create_table(
        "requirement",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("course_id", columns.Id(), nullable=True),
        sa.Column("valid_months", sa.Integer(), nullable=True),
        sa.Column("id", columns.Id(), nullable=False),
        sa.Column("row_versions", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["course_id"], ["course.id"], name=op.f("fk_requirement_course_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_requirement")),
        sa.UniqueConstraint("code", name=op.f("uq_requirement_code")),
        sa.UniqueConstraint("course_id", name=op.f("uq_requirement_course_id")),
    )
    op.create_table(
        "search_place",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("text_id", sa.Integer(), nullable=False),
        sa.Column("course_id", columns.Id(), nullable=False),
        sa.Column("lesson_key", columns.Id(), nullable=True),
        sa.Column("language", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["text_id"], ["search_text.id"], name=op.f("fk_search_place_text_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_place")),
    )
    op.create_index(op.f("ix_search_place_course_id"), "search_place", ["course_id"], unique=False)
    op.create_index(op.f("ix_search_place_text_id"), "search_place", ["text_id"], unique=False)
    op.create_table(
        "site_key",
        sa.Column("site_id", columns.Id(), nullable=False),
        sa.Column("token_key", sa.LargeBinary(length=32), nullable=False),
        sa.Column("pdf_certificate", sa.LargeBinary(), nullable=False),
        sa.Column("since", columns.Instant(), nullable=False),
        sa.Column("id", columns.Id(), nullable=False),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_site_key_site_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_site_key")),
    )
    op.create_table(
        "station",
        sa.Column("site_id", columns.Id(), nullable=False),
        sa.Column("public_key", sa.LargeBinary(length=32), nullable=False),
        sa.Column("incarnation", sa.LargeBinary(length=8), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("joined_at", columns.Instant(), nullable=False),
        sa.Column("id", columns.Id(), nullable=False),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_station_site_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_station")),
    )
    op.create_table(
        "course_start",
        sa.Column("person_id", columns.Id(), nullable=False),
        sa.Column("course_id", columns.Id(), nullable=False),
        sa.Column("version_id", columns.Id(), nullable=False),
        sa.Column("cycle", sa.Integer(), nullable=False),
        sa.Column("at", columns.Instant(), nullable=False),
        sa.Column("id", columns.Id(), nullable=False),
        sa.ForeignKeyConstraint(
            ["course_id"], ["course.id"], name=op.f("fk_course_start_course_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_course_start_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["course_version.id"], name=op.f("fk_course_start_version_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_course_start")),
        sa.UniqueConstraint(
            "person_id",
            "course_id",
            "cycle",
            name=op.f("uq_course_start_person_id_course_id_cycle"),
        ),
    )
    op.create_index(op.f("ix_course_start_course_id"), "course_start", ["course_id"], unique=False)
    op.create_table(
        "credential",
        sa.Column("account_id", columns.Id(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("secret", sa.String(), nullable=False),
        sa.Column("must_change", sa.Boolean(), nullable=False),
        sa.Column("set_at", columns.Instant(), nullable=False),
        sa.Column("revoked_at", columns.Instant(), nullable=True),
        sa.Column("id", columns.Id(), nullable=False),
        sa.Column("row_versions", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_credential_account_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_credential")),
    )
    op.create_index(op.f("ix_credential_account_id"), "credential", ["account_id"], unique=False)
    op.create_index(op.f("ix_credential_secret"), "credential", ["secret"], unique=False)
    op.create_table(
        "lesson",
        sa.Column("version_id", columns.Id(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("key", columns.Id(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("is_required", sa.Boolean(), nullable=False),
        sa.Column("id", columns.Id(), nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id"], ["course_version.id"], name=op.f("fk_lesson_version_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lesson")),
        sa.UniqueConstraint("version_id", "position", name=op.f("uq_lesson_version_id_position")),
    )
    op.create_index(op.f("ix_lesson_key"), "lesson", ["key"], unique=False)
    op.create_table(
        "question_version",
        sa.Column("question_id", columns.Id(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("type", sa.String(), nullable=False),
        sa.Column("question", columns.Json(), nullable=False),
        sa.Column("written_at", columns.Instant(), nullable=False),
        sa.Column("id", columns.Id(), nullable=False),
        sa.ForeignKeyConstraint(
            ["question_id"], ["question.id"], name=op.f("fk_question_version_question_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question_version")),
        sa.UniqueConstraint(
            "question_id", "number", name=op.f("uq_question_version_question_id_number")
        ),
    )
    op.create_table(
        "role_grant",
        sa.Column("account_id", columns.Id(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("org_unit_id", columns.Id(), nullable=True),
        sa.Column("granted_at", columns.Instant(), nullable=False),
        sa.Column("revoked_at", columns.Instant(), nullable=True),
        sa.Column("id", columns.Id(), nullable=False),
        sa.Column("row_versions", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_role_grant_account_id")
        ),
        sa.ForeignKeyConstraint(
            ["org_unit_id"], ["org_unit.id"], name=op.f("fk_role_grant_org_unit_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role_grant")),
    )
    op.create_index(op.f("ix_role_grant_account_id"), "role_grant", ["account_id"], unique=False)
    op.create_table(
        "sign_in",
        sa.Column("account_id", columns.Id(), nullable=True),
        sa.Column("event", sa.String(), nullable=False),
        sa.Column("method", sa.String(), nullable=False),
        sa.Column("at", columns.Instant(), nullable=False),
        sa.Column("id", columns.Id(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_sign_in_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in")),
    )
    op.create_index(op.f("ix_sign_in_account_id"), "sign_in", ["account_id"], unique=False)
    op.create_table(
        "attempt",
        sa.Column("person_id", columns.Id(), nullable=False),
        sa.Column("lesson_id", columns.Id(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("seed", sa.BigInteger(), nullable=False),
        sa.Column("began_at", columns.Instant(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("id", columns.Id(), nullable=False),
        sa.ForeignKeyConstraint(["lesson_id"], ["lesson.id"], name=op.f("fk_attempt_lesson_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_attempt_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attempt")),
        sa.UniqueConstraint(
            "person_id", "lesson_id", "number", name=op.f("uq_attempt_person_id_lesson_id_number")
        ),
    )
    op.create_index(op.f("ix_attempt_lesson_id"), "attempt", ["lesson_id"], unique=False)
    op.create_table(
        "course_completion",
        sa.Column("start_id", columns.Id(), nullable=False),
        sa.Column("person_id", columns.Id(), nullable=False),
        sa.Column("course_id", columns.Id(), nullable=False),
        sa.Column("at", columns.Instant(), nullable=False),
        sa.Column("score", columns.Share(), nullable=True),
        sa.Column("valid_until", columns.Day(), nullable=True),
        sa.Column("id", columns.Id(), nullable=False),
        sa.ForeignKeyConstraint(
            ["course_id"], ["course.id"], name=op.f("fk_course_completion_course_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_course_completion_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["start_id"], ["course_start.id"], name=op.f("fk_course_completion_start_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_course_completion")),
        sa.UniqueConstraint("start_id", name=op.f("uq_course_completion_start_id")),
    )
    op.create_index(
        op.f("ix_course_completion_course_id"), "course_completion", ["course_id"], unique=False
    )
    op.create_index(
        "ix_course_completion_newest",
        "course_completion",
        ["person_id", "course_id", "at"],
        unique=False,
    )
    op.create_table(
        "learning_session",
        sa.Column("start_id", columns.Id(), nullable=False),
        sa.Column("lesson_id", columns.Id(), nullable=False),
        sa.Column("began_at", columns.Instant(), nullable=False),
        sa.Column("ended_at", columns.Instant(), nullable=False),
        sa.Column("active_seconds", sa.Integer(), nullable=False),
        sa.Column("trace", columns.Json(), nullable=False),
        sa.Column("id", columns.Id(), nullable=False),
        sa.ForeignKeyConstraint(
            ["lesson_id"], ["lesson.id"], name=op.f("fk_learning_session_lesson_id")
        ),
        sa.ForeignKeyConstraint(
            ["start_id"], ["course_start.id"], name=op.f("fk_learning_session_start_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_learning_session")),
    )
    op.create_index(
        "ix_learning_session_ended", "learning_session", ["ended_at", "start_id"], unique=False
    )
    op.create_index(
        op.f("ix_learning_session_start_id"), "learning_session", ["start_id"], unique=False
    )
    op.create_table(
        "lesson_completion",
        sa.Column("start_id", columns.Id(), nullable=False),
        sa.Column("lesson_id", columns.Id(), nullable=False),
        sa.Column("at", columns.Instant(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("evidence", columns.Json(), nullable=False),
        sa.Column("id", columns.Id(), nullable=False),
        sa.ForeignKeyConstraint(
            ["lesson_id"], ["lesson.id"], name=op.f("fk_lesson_completion_lesson_id")
        ),
        sa.ForeignKeyConstraint(
            ["start_id"], ["course_start.id"], name=op.f("fk_lesson_completion_start_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lesson_completion")),
        sa.UniqueConstraint(
            "start_id", "lesson_id", name=op.f("uq_lesson_completion_start_id_lesson_id")
        ),
    )
    op.create_table(
        "assignment",
        sa.Column("person_id", columns.Id(), nullable=False),
        sa.Column("requirement_id", columns.Id(), nullable=False),
        sa.Column("cycle", sa.Integer(), nullable=False),
        sa.Column("assigned_at", columns.Instant(), nullable=False),
        sa.Column("origin", sa.String(), nullable=False),
        sa.Column("due_on", columns.Day(), nullable=True),
        sa.Column("completion_id", columns.Id(), nullable=True),
        sa.Column("closed_at", columns.Instant(), nullable=True),
        sa.Column("cancelled_reason", sa.String(), nullable=False),
        sa.Column("id", columns.Id(), nullable=False),
        sa.Column("row_versions", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["completion_id"], ["course_completion.id"], name=op.f("fk_assignment_completion_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_assignment_person_id")),
        sa.ForeignKeyConstraint(
            ["requirement_id"], ["requirement.id"], name=op.f("fk_assignment_requirement_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignment")),
        sa.UniqueConstraint(
            "person_id",
            "requirement_id",
            "cycle",
            name=op.f("uq_assignment_person_id_requirement_id_cycle"),
        ),
    )
    op.create_index(
        "ix_assignment_open_due",
        "assignment",
        ["due_on"],
        unique=False,
        sqlite_where=sa.text("closed_at IS NULL"),
    )
    op.create_index(
        op.f("ix_assignment_requirement_id"), "assignment", ["requirement_id"], unique=False
    )
    op.create_table(
        "attempt_outage",
        sa.Column("attempt_id", columns.Id(), nullable=False),
        sa.Column("began_at", columns.Instant(), nullable=False),
        sa.Column("ended_at", columns.Instant(), nullable=False),
        sa.Column("id", columns.Id(), nullable=False),
        sa.ForeignKeyConstraint(
            ["attempt_id"], ["attempt.id"], name=op.f("fk_attempt_outage_attempt_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attempt_outage")),
    )
    op.create_index(
        op.f("ix_attempt_outage_attempt_id"), "attempt_outage", ["attempt_id"], unique=False
    )
    op.create_table(
        "attempt_result",
        sa.Column("attempt_id", columns.Id(), nullable=False),
        sa.Column("submitted_at", columns.Instant(), nullable=False),
        sa.Column("ended_by", sa.String(), nullable=False),
        sa.Column("score", columns.Share(), nullable=False),
        sa.Column("score_hundredths", sa.Integer(), nullable=False),
        sa.Column("passed", sa.Boolean(), nullable=False),
        sa.Column("report", columns.Json(), nullable=False),
        sa.Column("id", columns.Id(), nullable=False),
        sa.ForeignKeyConstraint(
            ["attempt_id"], ["attempt.id"], name=op.f("fk_attempt_result_attempt_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attempt_result")),
        sa.UniqueConstraint("attempt_id", name=op.f("uq_attempt_result_attempt_id")),
    )
    op.create_table(
        "certificate",
        sa.Column("site_name", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("serial", sa.Integer(), nullable=False),
        sa.Column("token", sa.String(), nullable=False),
        sa.Column("search_text", sa.String(), nullable=False),
        sa.Column("issued_at", columns.Instant(), nullable=False),
        sa.Column("site_id", columns.Id(), nullable=False),
        sa.Column("completion_id", columns.Id(), nullable=False),
        sa.Column("person_id", columns.Id(), nullable=False),
        sa.Column("course_id", columns.Id(), nullable=False),
        sa.Column("template", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("printed_name", sa.String(), nullable=False),
        sa.Column("printed_number", sa.String(), nullable=False),
        sa.Column("printed_title", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("score", columns.Share(), nullable=True),
        sa.Column("completed_on", columns.Day(), nullable=False),
        sa.Column("valid_until", columns.Day(), nullable=True),
        sa.Column("id", columns.Id(), nullable=False),
        sa.ForeignKeyConstraint(
            ["completion_id"], ["course_completion.id"], name=op.f("fk_certificate_completion_id")
        ),
        sa.ForeignKeyConstraint(
            ["course_id"], ["course.id"], name=op.f("fk_certificate_course_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_certificate_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificate")),
        sa.UniqueConstraint("completion_id", name=op.f("uq_certificate_completion_id")),
        sa.UniqueConstraint(
            "site_id", "year", "serial", name=op.f("uq_certificate_site_id_year_serial")
        ),
    )
    op.create_index(op.f("ix_certificate_course_id"), "certificate", ["course_id"], unique=False)
    op.create_index(op.f("ix_certificate_number"), "certificate", ["number"], unique=False)
    op.create_index(op.f("ix_certificate_person_id"), "certificate", ["person_id"], unique=False)
    op.create_index("ix_certificate_valid_until", "certificate", ["valid_until"], unique=False)
    op.create_index(
        "ix_certificate_year_serial_site_id",
        "certificate",
        ["year", "serial", "site_id"],
        unique=False,
    )
    op.create_table(
        "certificate_due",
        sa.Column("since", columns.Instant(), nullable=False),
        sa.Column("site_id", columns.Id(), nullable=False),
        sa.Column("completion_id", columns.Id(), nullable=False),
        sa.Column("person_id", columns.Id(), nullable=False),
        sa.Column("course_id", columns.Id(), nullable=False),
        sa.Column("template", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("printed_name", sa.String(), nullable=False),
        sa.Column("printed_number", sa.String(), nullable=False),
        sa.Column("printed_title", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("score", columns.Share(), nullable=True),
        sa.Column("completed_on", columns.Day(), nullable=False),
        sa.Column("valid_until", columns.Day(), nullable=True),
        sa.Column("id", columns.Id(), nullable=False),
        sa.ForeignKeyConstraint(
            ["completion_id"],
            ["course_completion.id"],
            name=op.f("fk_certificate_due_completion_id"),
        ),
        sa.ForeignKeyConstraint(
            ["course_id"], ["course.id"], name=op.f("fk_certificate_due_course_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_certificate_due_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificate_due")),
        sa.UniqueConstraint("completion_id", name=op.f("uq_certificate_due_completion_id")),
    )
    op.create_index(
        op.f("ix_certificate_due_course_id"), "certificate_due", ["course_id"], unique=False
    )
    op.create_index(
        op.f("ix_certificate_due_person_id"), "certificate_due", ["person_id"], unique=False
    )
    op.create_table(
        "response",
        sa.Column("attempt_id", columns.Id(), nullable=False),
        sa.Column("question_version_id", columns.Id(), nullable=False),
        sa.Column("response", columns.Json(), nullable=False),
        sa.Column("share", columns.Share(), nullable=False),
        sa.Column("at", columns.Instant(), nullable=False),
        sa.Column("id", columns.Id(), nullable=False),
        sa.ForeignKeyConstraint(
            ["attempt_id"], ["attempt.id"], name=op.f("fk_response_attempt_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_response")),
    )
    op.create_index(op.f("ix_response_attempt_id"), "response", ["attempt_id"], unique=False)
    op.create_table(
        "certificate_document",
        sa.Column("certificate_id", columns.Id(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("made_at", columns.Instant(), nullable=False),
        sa.Column("id", columns.Id(), nullable=False),
        sa.ForeignKeyConstraint(
            ["certificate_id"],
            ["certificate.id"],
            name=op.f("fk_certificate_document_certificate_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificate_document")),
        sa.UniqueConstraint("certificate_id", name=op.f("uq_certificate_document_certificate_id")),
    )
    op.create_table(
        "certificate_revocation",
        sa.Column("certificate_id", columns.Id(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("at", columns.Instant(), nullable=False),
        sa.Column("by", columns.Id(), nullable=True),
        sa.Column("id", columns.Id(), nullable=False),
        sa.ForeignKeyConstraint(
            ["certificate_id"],
            ["certificate.id"],
            name=op.f("fk_certificate_revocation_certificate_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificate_revocation")),
        sa.UniqueConstraint(
            "certificate_id", name=op.f("uq_certificate_revocation_certificate_id")
        ),
    )
    guard(op.get_bind(), "asset", update=True)
    guard(op.get_bind(), "course", update=False)
    guard(op.get_bind(), "job_role", update=False)
    guard(op.get_bind(), "org_unit", update=False)
    guard(op.get_bind(), "person", update=False)
    guard(op.get_bind(), "question_bank", update=False)
    guard(op.get_bind(), "site", update=False)
    guard(op.get_bind(), "account", update=False)
    guard(op.get_bind(), "course_version", update=True)
    guard(op.get_bind(), "placement", update=False)
    guard(op.get_bind(), "question", update=False)
    guard(op.get_bind(), "requirement", update=False)
    guard(op.get_bind(), "site_key", update=True)
    guard(op.get_bind(), "station", update=True)
    guard(op.get_bind(), "course_start", update=True)
    guard(op.get_bind(), "credential", update=False)
    guard(op.get_bind(), "lesson", update=True)
    guard(op.get_bind(), "question_version", update=True)
    guard(op.get_bind(), "role_grant", update=False)
    guard(op.get_bind(), "sign_in", update=True)
    guard(op.get_bind(), "attempt", update=True)
    guard(op.get_bind(), "course_completion", update=True)
    guard(op.get_bind(), "learning_session", update=True)
    guard(op.get_bind(), "lesson_completion", update=True)
    guard(op.get_bind(), "assignment", update=False)
    guard(op.get_bind(), "attempt_outage", update=True)
    guard(op.get_bind(), "attempt_result", update=True)
    guard(op.get_bind(), "certificate", update=True)
    guard(op.get_bind(), "certificate_due", update=True)
    guard(op.get_bind(), "response", update=True)
    guard(op.get_bind(), "certificate_document", update=True)
    guard(op.get_bind(), "certificate_revocation", update=True)
    guard(op.get_bind(), "journal_entry", update=True)
    guard(op.get_bind(), "journal_seal", update=True)
