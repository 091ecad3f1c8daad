"""Which tables an archive of a year shows, and by which of their columns a row is of the year."""

from dataclasses import dataclass

from app.core.base.words import mark


@dataclass(frozen=True, slots=True)
class Kept:
    """Tables that are read together; each with the column that holds when."""

    title: str
    tables: tuple[tuple[str, str], ...]


KEPT = (
    Kept(
        mark("Courses"),
        (
            ("course_start", "at"),
            ("learning_session", "began_at"),
            ("lesson_completion", "at"),
            ("course_completion", "at"),
            ("completion_withdrawal", "at"),
            ("package_report", "at"),
        ),
    ),
    Kept(
        mark("Quizzes"),
        (
            ("attempt", "began_at"),
            ("response", "at"),
            ("attempt_result", "submitted_at"),
            ("attempt_unlock", "at"),
            ("attempt_extension", "at"),
            ("attempt_outage", "began_at"),
            ("extra_time", "at"),
        ),
    ),
    Kept(
        mark("Certificates"),
        (
            ("certificate", "issued_at"),
            ("certificate_document", "made_at"),
            ("certificate_revocation", "at"),
        ),
    ),
    Kept(
        mark("Assignments and evidence"),
        (
            ("assignment", "assigned_at"),
            ("assignment_event", "at"),
            ("requirement_credit", "at"),
            ("evidence", "at"),
            ("evidence_verdict", "at"),
            ("evidence_scan", "at"),
            ("correction", "at"),
            ("correction_verdict", "at"),
            ("effectiveness_check", "at"),
            ("training_request", "at"),
            ("training_reply", "at"),
        ),
    ),
    Kept(
        mark("Classes, talks and drills"),
        (
            ("class_session", "starts_at"),
            ("session_trainer", "at"),
            ("session_invitation", "at"),
            ("session_event", "at"),
            ("session_attendance", "at"),
            ("session_tally", "at"),
            ("session_signing", "at"),
            ("session_verdict", "at"),
            ("session_room", "at"),
            ("session_paper", "at"),
            ("session_sheet", "at"),
            ("drill_event", "at"),
            ("drill_observation", "at"),
        ),
    ),
    Kept(
        mark("Practicals"),
        (
            ("practical_run", "opened_at"),
            ("practical_round", "at"),
            ("practical_mark", "at"),
            ("practical_result", "at"),
            ("practical_signing", "at"),
            ("practical_paper", "at"),
            ("practical_refusal", "at"),
            ("assessor_appointment", "at"),
            ("assessor_end", "at"),
        ),
    ),
    Kept(
        mark("Documents"),
        (
            ("document_revision", "at"),
            ("document_opening", "at"),
            ("acknowledgement", "at"),
            ("reading_witness", "at"),
            ("declaration", "at"),
            ("impact_assessment", "at"),
            ("document_review", "at"),
            ("document_keeper", "at"),
        ),
    ),
    Kept(
        mark("Approvals"),
        (
            ("approval_step", "at"),
            ("approval_easing", "at"),
            ("course_version", "published_at"),
            ("course_retirement", "at"),
            ("question_version", "written_at"),
            ("bank_state", "at"),
            ("question_rescore", "at"),
            ("practical_version", "published_at"),
            ("matrix_change", "at"),
            ("plan_signing", "at"),
        ),
    ),
    Kept(
        mark("Signatures"),
        (
            ("signature", "signed_at"),
            ("accountability", "at"),
            ("signing_key", "made_at"),
            ("signer_check", "at"),
            ("signing_key_end", "at"),
            ("clock_confirmation", "at"),
        ),
    ),
    Kept(
        mark("Work and entry"),
        (("task_check", "at"), ("day_pass", "at")),
    ),
    Kept(
        mark("Old training (migrated)"),
        (("legacy_batch", "at"), ("legacy_verdict", "at")),
    ),
    Kept(
        mark("Control"),
        (
            ("audit_review", "at"),
            ("incident", "at"),
            ("incident_step", "at"),
            ("qualification", "at"),
            ("reader_test", "at"),
            ("aside_decision", "at"),
            ("conflict_decision", "at"),
            ("backup_event", "at"),
            ("saved_file", "saved_at"),
            ("sent_file", "made_at"),
            ("sign_in", "at"),
        ),
    ),
)

NOT_KEPT = frozenset(
    {
        "legacy_record",  # of a batch, which its signed hash covers; the rows stand in the journal
        "package_shared_report",
        "session_pace",
        "session_wait",
        "certificate_due",
        "practical_request",
        "statement",
        "xapi_document_version",
    }
)
"""Facts among the records that have no table of their own in an archive. The journal in it has them."""

ALL_KEPT = tuple(one for group in KEPT for one in group.tables)
"""Every table with its column, in the order in which they are written."""
