"""The journal's tables, columns and values in words that an auditor reads."""

from datetime import date, datetime
from typing import Any

from app.core.base import figures
from app.core.base.words import _, mark
from app.core.storage.columns import Json, Wire, canonical_json, from_wire
from app.core.storage.tables import model_of, table_of

TABLES = {
    "account": mark("Account"),
    "assignment": mark("Assignment"),
    "asset": mark("File"),
    "attempt": mark("Attempt"),
    "attempt_extension": mark("More time for an attempt"),
    "attempt_outage": mark("Interruption of an attempt"),
    "attempt_result": mark("Result of an attempt"),
    "attempt_unlock": mark("Further attempt"),
    "backup_event": mark("Backup"),
    "certificate": mark("Certificate"),
    "certificate_document": mark("Printed certificate"),
    "certificate_due": mark("Certificate to be issued"),
    "certificate_revocation": mark("Revocation of a certificate"),
    "conversion": mark("Converted recording"),
    "course": mark("Course"),
    "course_completion": mark("Completion of a course"),
    "course_start": mark("Start of a course"),
    "course_version": mark("Version of a course"),
    "credential": mark("PIN, password or badge"),
    "erasure_request": mark("Request to erase a person"),
    "erasure_withdrawn": mark("Withdrawal of a request to erase"),
    "extra_time": mark("Extra time"),
    "incarnation": mark("New logs of a training PC"),
    "incarnation_seen": mark("New logs acknowledged"),
    "job_role": mark("Job role"),
    "key_certificate": mark("Key certificate"),
    "key_revocation": mark("Revocation of a key"),
    "learning_session": mark("Learning session"),
    "lesson": mark("Lesson"),
    "lesson_completion": mark("Completion of a lesson"),
    "legal_hold": mark("Legal hold"),
    "legal_hold_lifted": mark("End of a legal hold"),
    "org_unit": mark("Department"),
    "package_report": mark("Report of a package"),
    "person": mark("Person"),
    "person_decision": mark("Decision about two people"),
    "person_erasure": mark("Erasure of a person"),
    "placement": mark("Placement"),
    "publish_confirmation": mark("Confirmation at publishing"),
    "question": mark("Question"),
    "question_bank": mark("Question bank"),
    "question_version": mark("Version of a question"),
    "requirement": mark("Requirement"),
    "response": mark("Answer"),
    "retention_rule": mark("Retention of personal data"),
    "role_grant": mark("Role"),
    "saved_file": mark("File that left"),
    "sent_file": mark("Sync file that left"),
    "sign_in": mark("Sign-in"),
    "site": mark("Site"),
    "site_key": mark("Key of the site"),
    "statement": mark("Statement of another system or a lesson"),
    "station": mark("Training PC"),
    "xapi_document_version": mark("What a lesson kept"),
}

COLUMNS = {
    "about_id": mark("Whom it is about"),
    "account_id": mark("Account"),
    "active_seconds": mark("Active seconds"),
    "activity": mark("Part of a package"),
    "added_at": mark("Added"),
    "adds_attempt": mark("Gives an attempt"),
    "agent": mark("Person, as lessons name them"),
    "assigned_at": mark("Assigned"),
    "at": mark("When"),
    "attempt": mark("Attempt"),
    "attempt_id": mark("Attempt"),
    "bank_id": mark("Question bank"),
    "began_at": mark("Began"),
    "begun_by_id": mark("Begun by"),
    "by": mark("By"),
    "by_name": mark("By name"),
    "cancelled_reason": mark("Reason for cancelling"),
    "carries": mark("Up to where it carries records"),
    "cause": mark("Cause"),
    "certificate_id": mark("Certificate"),
    "closed_at": mark("Closed"),
    "closed_on": mark("Closed on"),
    "closes_at": mark("Closes"),
    "code": mark("Code"),
    "completed_on": mark("Completed"),
    "completion": mark("Completion"),
    "completion_id": mark("Completion"),
    "confirmed_at": mark("Confirmed"),
    "confirmed_by": mark("Confirmed by"),
    "content": mark("Contents"),
    "converted": mark("Converted file"),
    "course_id": mark("Course"),
    "current_version_id": mark("Version in use"),
    "cycle": mark("Cycle"),
    "data": mark("Data"),
    "destination": mark("For whom"),
    "digest": mark("Hash of the file"),
    "disabled_at": mark("Disabled"),
    "document": mark("Document"),
    "document_id": mark("Document"),
    "doubts": mark("What cannot be so"),
    "draft": mark("Draft"),
    "due_on": mark("Due"),
    "email": mark("Mail"),
    "ended_at": mark("Ended"),
    "ended_by": mark("Ended by"),
    "entries": mark("Entries"),
    "event": mark("What"),
    "evidence": mark("Evidence"),
    "founded_at": mark("Founded"),
    "from_on": mark("From"),
    "granted_at": mark("Granted"),
    "heads": mark("How far the logs went"),
    "hold_id": mark("Legal hold"),
    "id": mark("Identifier"),
    "incarnation": mark("Installation"),
    "is_paper": mark("On paper"),
    "incarnation_id": mark("New logs"),
    "is_required": mark("Required"),
    "issued_at": mark("Issued"),
    "job_role_id": mark("Job role"),
    "home_site_id": mark("Home site"),
    "joined_at": mark("Joined"),
    "joined_on": mark("Joined"),
    "key": mark("Key"),
    "kind": mark("Kind"),
    "label": mark("Name"),
    "language": mark("Language"),
    "left_on": mark("Left"),
    "lesson_id": mark("Lesson"),
    "login": mark("Login"),
    "made_at": mark("Made"),
    "manager_id": mark("Manager"),
    "merged_as_id": mark("One person with"),
    "request_id": mark("Request to erase"),
    "stays_id": mark("Who stays"),
    "other_id": mark("Who is merged"),
    "verdict": mark("Decision"),
    "meaning": mark("Meaning"),
    "media_type": mark("Kind of file"),
    "method": mark("How"),
    "must_change": mark("Must be changed"),
    "name": mark("Name"),
    "name_local": mark("Name in own script"),
    "note": mark("Note"),
    "number": mark("Number"),
    "opens_at": mark("Opens"),
    "org_unit_id": mark("Department"),
    "origin": mark("Why"),
    "original": mark("Original file"),
    "outline": mark("Contents"),
    "package": mark("Package"),
    "parent": mark("Installation before"),
    "parent_id": mark("Under"),
    "passed": mark("Passed"),
    "pdf_certificate": mark("Certificate of the key"),
    "percent": mark("Percent"),
    "person_id": mark("Person"),
    "place": mark("Folder"),
    "position": mark("Place in the order"),
    "printed_name": mark("Printed name"),
    "printed_number": mark("Printed number"),
    "printed_title": mark("Printed title"),
    "progress": mark("Progress"),
    "public_key": mark("Public key"),
    "published_at": mark("Published"),
    "published_by": mark("Published by"),
    "question": mark("Question"),
    "question_id": mark("Question"),
    "question_version_id": mark("Version of a question"),
    "reason": mark("Reason"),
    "recipients": mark("Recipients"),
    "records": mark("Rows"),
    "refers_to": mark("Refers to"),
    "registration": mark("Registration"),
    "report": mark("Report"),
    "requirement_id": mark("Requirement"),
    "response": mark("Answer"),
    "retired_at": mark("Retired"),
    "revoked_at": mark("Revoked"),
    "role": mark("Role"),
    "row_versions": mark("Versions of the row"),
    "rule": mark("Rule"),
    "saved_at": mark("Saved"),
    "saved_to": mark("Where to"),
    "score": mark("Score"),
    "score_hundredths": mark("Score in hundredths"),
    "search_text": mark("Words to search by"),
    "seconds": mark("Seconds"),
    "seconds_open": mark("Seconds open"),
    "secret": mark("Secret"),
    "seed": mark("Order drawn"),
    "serial": mark("Serial number"),
    "session_seconds": mark("Seconds claimed"),
    "set_at": mark("Set"),
    "sha256": mark("SHA-256"),
    "share": mark("Share"),
    "since": mark("Since"),
    "site_id": mark("Site"),
    "site_name": mark("Site"),
    "size": mark("Size"),
    "start_id": mark("Start of the course"),
    "state": mark("State"),
    "station": mark("Training PC"),
    "stored": mark("Stored"),
    "submitted_at": mark("Handed in"),
    "success": mark("Success"),
    "template": mark("Template"),
    "title": mark("Title"),
    "to_on": mark("To"),
    "token": mark("Code"),
    "token_key": mark("Key of the code"),
    "tool": mark("Program"),
    "topic": mark("Topic"),
    "trace": mark("What was watched or read"),
    "type": mark("Type"),
    "valid_months": mark("Months valid"),
    "valid_until": mark("Valid until"),
    "version": mark("Version"),
    "version_id": mark("Version"),
    "voids": mark("Withdraws"),
    "warnings": mark("Warnings"),
    "what": mark("What happened"),
    "withdrawn_at": mark("Withdrawn"),
    "written_at": mark("Written"),
    "written_to": mark("Written to"),
    "year": mark("Year"),
    "years": mark("Years after leaving"),
}

_SECRET = frozenset({("credential", "secret")})
_LONGEST = 400


def table_in_words(table: str) -> str:
    """Return what a row of a table is called."""
    return _(TABLES[table]) if table in TABLES else _plain(table)


def column_in_words(column: str) -> str:
    """Return what a column is called."""
    return _(COLUMNS[column]) if column in COLUMNS else _plain(column)


def value_in_words(table: str, column: str, wire: Wire) -> str:
    """Return a value from the journal as people read it; secrets stay hidden."""
    if wire is None:
        return ""
    if (table, column) in _SECRET:
        return _("(hidden)")
    return _clipped(_text(_value(table, column, wire)))


def _value(table: str, column: str, wire: Wire) -> Any:  # whatever the column holds
    try:
        of = table_of(model_of(table)).columns[column]
    except KeyError:  # written by another version of the program
        return wire
    return wire if isinstance(of.type, Json) else from_wire(of, wire)


def _text(value: Any) -> str:  # whatever a column holds
    if isinstance(value, datetime):
        return figures.moment(value)
    if isinstance(value, date):
        return figures.day(value)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, bytes):
        return value.hex()
    return canonical_json(value) if isinstance(value, (dict, list)) else str(value)


def _clipped(text: str) -> str:
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"


def _plain(name: str) -> str:
    return name.replace("_", " ").replace("-", " ").capitalize()
