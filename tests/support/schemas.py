"""Databases as earlier programs had them: the newest migrations undone, the last one first."""

from collections.abc import Callable

import sqlalchemy as sa
from alembic.migration import MigrationContext
from alembic.operations import Operations

_CREDIT_KEY = ("person_id", "requirement_id", "occasion_id")


def take_back_to(connection: sa.Connection, revision: str) -> None:
    """Undo the migrations after a revision, as far as they are known here."""
    for number, undo in _UNDONE:
        if number > revision:
            undo(connection)
    connection.exec_driver_sql(f"UPDATE alembic_version SET version_num = '{revision}'")


def _without_what_peers_know(connection: sa.Connection) -> None:
    connection.exec_driver_sql("ALTER TABLE sync_peer DROP COLUMN knows_revoked")


def _without_heads_and_retired(connection: sa.Connection) -> None:
    connection.exec_driver_sql("ALTER TABLE drill_event DROP COLUMN unexpected")
    connection.exec_driver_sql("ALTER TABLE assignment_event DROP COLUMN retired_on")
    connection.exec_driver_sql("ALTER TABLE day_pass DROP COLUMN induction")
    connection.exec_driver_sql("ALTER TABLE person DROP COLUMN contact")


def _without_reviews_of_documents(connection: sa.Connection) -> None:
    for table in ("review_reminder", "document_keeper", "document_review"):
        connection.exec_driver_sql(f"DROP TABLE {table}")


def _without_words(connection: sa.Connection) -> None:
    for column in ("location_word", "shift_word", "agency_word"):
        connection.exec_driver_sql(f"ALTER TABLE person_listing DROP COLUMN {column}")


def _without_declarations(connection: sa.Connection) -> None:
    connection.exec_driver_sql("DROP TABLE declaration")
    for column in ("wording", "wordings"):
        connection.exec_driver_sql(f"ALTER TABLE requirement DROP COLUMN {column}")


def _without_rooms(connection: sa.Connection) -> None:
    connection.exec_driver_sql("DROP TABLE session_room")
    connection.exec_driver_sql("ALTER TABLE task_check DROP COLUMN supervisor_proved")
    connection.exec_driver_sql("ALTER TABLE requirement_terms DROP COLUMN trainer_registered")


def _without_withdrawals(connection: sa.Connection) -> None:
    connection.exec_driver_sql("DROP TABLE completion_withdrawal")
    connection.exec_driver_sql("ALTER TABLE enrolment_rule DROP COLUMN moved")


def _without_refused_claims(connection: sa.Connection) -> None:
    for table in ("refused_claim_seen", "refused_claim", "journal_writer"):
        connection.exec_driver_sql(f"DROP TABLE {table}")


def _without_due_dates_told(connection: sa.Connection) -> None:
    connection.exec_driver_sql("ALTER TABLE outbox_message DROP COLUMN about")
    operations = Operations(MigrationContext.configure(connection))
    with operations.batch_alter_table("reminder") as batch:
        batch.drop_constraint("uq_reminder_assignment_id_step_due_on", type_="unique")
        batch.drop_column("due_on")
        batch.create_unique_constraint("uq_reminder_assignment_id_step", ["assignment_id", "step"])


def _without_shifts(connection: sa.Connection) -> None:
    for table in ("shift", "holiday"):
        connection.exec_driver_sql(f"DROP TABLE {table}")


def _without_delegations(connection: sa.Connection) -> None:
    connection.exec_driver_sql("DROP INDEX ix_assignment_delegation_id")
    connection.exec_driver_sql("ALTER TABLE assignment DROP COLUMN delegation_id")
    connection.exec_driver_sql("DROP TABLE delegation")


def _without_long_absences(connection: sa.Connection) -> None:
    for column in ("away_days", "due_days"):
        connection.exec_driver_sql(f"ALTER TABLE enrolment_rule DROP COLUMN {column}")


def _without_decisions(connection: sa.Connection) -> None:
    for table in ("attempt_anew", "question_rescore"):
        connection.exec_driver_sql(f"DROP TABLE {table}")


def _without_open_work(connection: sa.Connection) -> None:
    for column in ("open", "late"):
        connection.exec_driver_sql(f"ALTER TABLE unit_figures DROP COLUMN {column}")
    index = "ix_assignment_open_due"
    connection.exec_driver_sql(f"DROP INDEX {index}")
    connection.exec_driver_sql(
        f"CREATE INDEX {index} ON assignment (due_on) WHERE closed_at IS NULL"
    )


def _without_sheets(connection: sa.Connection) -> None:
    connection.exec_driver_sql("DROP TABLE peer_way")
    connection.exec_driver_sql("ALTER TABLE sent_file DROP COLUMN sheets")


def _without_custody(connection: sa.Connection) -> None:
    for table in ("export_release", "export_terms", "file_inspection", "field_owner"):
        connection.exec_driver_sql(f"DROP TABLE {table}")


def _with_figures_by_day(connection: sa.Connection) -> None:
    connection.exec_driver_sql("CREATE TEMPORARY TABLE sums AS SELECT * FROM unit_figures")
    connection.exec_driver_sql("DROP TABLE unit_figures")
    connection.exec_driver_sql(
        "CREATE TABLE unit_figures (day VARCHAR(10) NOT NULL, org_unit_id BLOB NOT NULL,"
        " required INTEGER NOT NULL, held INTEGER NOT NULL, expiring INTEGER NOT NULL,"
        " overdue INTEGER NOT NULL, learners INTEGER NOT NULL,"
        " CONSTRAINT pk_unit_figures PRIMARY KEY (day, org_unit_id)) WITHOUT ROWID"
    )
    kept = "day, org_unit_id, required, held, expiring, overdue, learners"
    connection.exec_driver_sql(f"INSERT INTO unit_figures ({kept}) SELECT {kept} FROM sums")
    connection.exec_driver_sql("DROP TABLE sums")


def _without_openings(connection: sa.Connection) -> None:
    connection.exec_driver_sql("DROP TABLE document_opening")


def _without_photos(connection: sa.Connection) -> None:
    connection.exec_driver_sql("DROP TABLE person_photo")


def _without_laid_files(connection: sa.Connection) -> None:
    for index in (
        "ix_sent_file_made_at",
        "ix_sent_file_destination",
        "ix_correction_verdict_credit_id",
    ):
        connection.exec_driver_sql(f"DROP INDEX {index}")
    for table in ("sent_end", "laid_file"):
        connection.exec_driver_sql(f"DROP TABLE {table}")


def _without_lying_files(connection: sa.Connection) -> None:
    connection.exec_driver_sql("DROP TABLE lying_file")


def _without_planned_impacts(connection: sa.Connection) -> None:
    for table, column in (
        ("document_revision", "impact"),
        ("approval_step", "approvers"),
        ("approval_rule", "approvers"),
    ):
        connection.exec_driver_sql(f"ALTER TABLE {table} DROP COLUMN {column}")
    operations = Operations(MigrationContext.configure(connection))
    with operations.batch_alter_table("impact_assessment") as batch:
        batch.drop_constraint("uq_impact_assessment_site_id_planned_for", type_="unique")
        batch.drop_column("site_id")
        batch.drop_column("planned_for")


def _without_waits(connection: sa.Connection) -> None:
    connection.exec_driver_sql("DROP TABLE session_wait")


def _without_occasions(connection: sa.Connection) -> None:
    """Credits without occasions, corrections that only name credits, plain requirements."""
    operations = Operations(MigrationContext.configure(connection))
    with operations.batch_alter_table("correction_verdict") as batch:
        for column in ("replaces_id", "credit_id"):
            batch.drop_constraint(f"fk_correction_verdict_{column}", type_="foreignkey")
    with operations.batch_alter_table("requirement_credit") as batch:
        batch.drop_constraint(f"uq_requirement_credit_{'_'.join(_CREDIT_KEY)}", type_="unique")
        batch.drop_column("occasion_id")
    connection.exec_driver_sql("ALTER TABLE requirement_terms DROP COLUMN template")
    connection.exec_driver_sql("ALTER TABLE requirement DROP COLUMN titles")


def _without_assurance(connection: sa.Connection) -> None:
    for table in (
        "qualification",
        "password_rule",
        "audit_review",
        "oversight_rule",
        "incident_step",
        "incident",
        "reader_test",
        "training_reply",
        "training_request",
        "agency_letter",
        "committee_notice",
        "committee_seat",
        "committee",
    ):
        connection.exec_driver_sql(f"DROP TABLE {table}")


def _without_programme(connection: sa.Connection) -> None:
    for table in (
        "practical_paper",
        "effectiveness_check",
        "effectiveness_rule",
        "plan_signing",
        "plan_line",
    ):
        connection.exec_driver_sql(f"DROP TABLE {table}")


def _without_program_events(connection: sa.Connection) -> None:
    connection.exec_driver_sql("DROP TABLE program_event")


def _without_turns(connection: sa.Connection) -> None:
    operations = Operations(MigrationContext.configure(connection))
    for table in ("certificate", "certificate_due"):
        with operations.batch_alter_table(table) as batch:
            batch.drop_constraint(f"uq_{table}_credit_id_turn", type_="unique")
            batch.drop_column("turn")
            batch.create_unique_constraint(f"uq_{table}_credit_id", ["credit_id"])


def _without_least_numbers(connection: sa.Connection) -> None:
    connection.exec_driver_sql("DROP INDEX ix_person_gate_pass_until")
    for table, columns in (
        ("person", ("gate_pass", "gate_pass_until")),
        ("committee", ("kind", "least", "least_per_shift", "counts_trained")),
    ):
        for column in columns:
            connection.exec_driver_sql(f"ALTER TABLE {table} DROP COLUMN {column}")


def _without_further_roles(connection: sa.Connection) -> None:
    connection.exec_driver_sql("DROP TABLE person_job_role")


def _without_offers(connection: sa.Connection) -> None:
    connection.exec_driver_sql("DROP TABLE catalogue_offer")


def _without_rows_left_out(connection: sa.Connection) -> None:
    connection.exec_driver_sql("DROP TABLE row_left_out")


def _without_training_files(connection: sa.Connection) -> None:
    for table in ("person_paper", "job_description"):
        connection.exec_driver_sql(f"DROP TABLE {table}")


def _without_reading_along(connection: sa.Connection) -> None:
    connection.exec_driver_sql("DROP TABLE reading_witness")
    connection.exec_driver_sql("ALTER TABLE person DROP COLUMN reads")


def _without_former_numbers(connection: sa.Connection) -> None:
    connection.exec_driver_sql("DROP INDEX ix_person_former_numbers")
    connection.exec_driver_sql("ALTER TABLE person DROP COLUMN former_numbers")


def _without_doubts(connection: sa.Connection) -> None:
    connection.exec_driver_sql("ALTER TABLE signing_key_end DROP COLUMN doubted_from")


def _without_rows_held(connection: sa.Connection) -> None:
    for table in ("row_held", "critical_kind", "entry_aside", "aside_decision"):
        connection.exec_driver_sql(f"DROP TABLE {table}")


def _without_days_gone_by(connection: sa.Connection) -> None:
    connection.exec_driver_sql("DROP INDEX ix_assignment_event_untold")
    for column in ("due_before", "due_plain"):
        connection.exec_driver_sql(f"ALTER TABLE assignment_event DROP COLUMN {column}")
    for column in ("from_on", "gaps"):
        connection.exec_driver_sql(f"ALTER TABLE requirement_link DROP COLUMN {column}")
    connection.exec_driver_sql("DROP TABLE shift_hours")


def _without_gaps(connection: sa.Connection) -> None:
    connection.exec_driver_sql("DROP TABLE register_gap")
    connection.exec_driver_sql("ALTER TABLE saved_file DROP COLUMN line_id")


def _without_easings(connection: sa.Connection) -> None:
    connection.exec_driver_sql("DROP TABLE approval_easing")


def _without_setting_back(connection: sa.Connection) -> None:
    for table in ("row_unvouched", "journal_log_end"):
        connection.exec_driver_sql(f"DROP TABLE {table}")


_UNDONE: tuple[tuple[str, Callable[[sa.Connection], None]], ...] = (
    ("0101", _without_what_peers_know),
    ("0098", _without_words),
    ("0097", _without_heads_and_retired),
    ("0096", _without_reviews_of_documents),
    ("0095", _without_declarations),
    ("0090", _without_rooms),
    ("0089", _without_easings),
    ("0088", _without_setting_back),
    ("0087", _without_gaps),
    ("0086", _without_due_dates_told),
    ("0085", _without_days_gone_by),
    ("0084", _without_rows_held),
    ("0083", _without_refused_claims),
    ("0082", _without_withdrawals),
    ("0081", _without_doubts),
    ("0080", _without_former_numbers),
    ("0079", _without_delegations),
    ("0078", _without_shifts),
    ("0077", _without_reading_along),
    ("0076", _without_training_files),
    ("0074", _without_offers),
    ("0072", _without_long_absences),
    ("0070", _without_decisions),
    ("0069", _without_rows_left_out),
    ("0068", _without_least_numbers),
    ("0067", _without_further_roles),
    ("0066", _without_turns),
    ("0064", _without_open_work),
    ("0063", _without_program_events),
    ("0062", _without_custody),
    ("0061", _without_sheets),
    ("0060", _with_figures_by_day),
    ("0059", _without_programme),
    ("0057", _without_assurance),
    ("0056", _without_openings),
    ("0055", _without_photos),
    ("0054", _without_laid_files),
    ("0053", _without_lying_files),
    ("0052", _without_planned_impacts),
    ("0051", _without_waits),
    ("0050", _without_occasions),
)
"""A migration that is added says here how it is undone."""
