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
    "certificate": mark("Certificate"),
    "certificate_document": mark("Printed certificate"),
    "certificate_revocation": mark("Revocation of a certificate"),
    "conversion": mark("Converted recording"),
    "course": mark("Course"),
    "course_completion": mark("Completion of a course"),
    "course_start": mark("Start of a course"),
    "course_version": mark("Version of a course"),
    "credential": mark("PIN, password or badge"),
    "extra_time": mark("Extra time"),
    "job_role": mark("Job role"),
    "learning_session": mark("Learning session"),
    "lesson": mark("Lesson"),
    "lesson_completion": mark("Completion of a lesson"),
    "org_unit": mark("Department"),
    "package_report": mark("Report of a package"),
    "person": mark("Person"),
    "placement": mark("Placement"),
    "publish_confirmation": mark("Confirmation at publishing"),
    "question": mark("Question"),
    "question_bank": mark("Question bank"),
    "question_version": mark("Version of a question"),
    "requirement": mark("Requirement"),
    "response": mark("Answer"),
    "role_grant": mark("Role"),
    "sign_in": mark("Sign-in"),
    "site": mark("Site"),
    "site_key": mark("Key of the site"),
    "statement": mark("Statement of another system or a lesson"),
    "station": mark("Training PC"),
    "xapi_document_version": mark("What a lesson kept"),
}

COLUMNS = {
    "account_id": mark("Account"),
    "active_seconds": mark("Active seconds"),
    "adds_attempt": mark("Gives an attempt"),
    "activity": mark("Part of a package"),
    "assigned_at": mark("Assigned"),
    "at": mark("When"),
    "attempt_id": mark("Attempt"),
    "began_at": mark("Began"),
    "by": mark("By"),
    "by_name": mark("By name"),
    "cancelled_reason": mark("Reason for cancelling"),
    "closed_at": mark("Closed"),
    "code": mark("Code"),
    "completion": mark("Completion"),
    "completion_id": mark("Completion"),
    "course_id": mark("Course"),
    "cycle": mark("Cycle"),
    "disabled_at": mark("Disabled"),
    "doubts": mark("What cannot be so"),
    "due_on": mark("Due"),
    "email": mark("Mail"),
    "ended_at": mark("Ended"),
    "event": mark("What"),
    "evidence": mark("Evidence"),
    "from_on": mark("From"),
    "job_role_id": mark("Job role"),
    "joined_on": mark("Joined"),
    "kind": mark("Kind"),
    "language": mark("Language"),
    "left_on": mark("Left"),
    "lesson_id": mark("Lesson"),
    "login": mark("Login"),
    "manager_id": mark("Manager"),
    "name": mark("Name"),
    "name_local": mark("Name in own script"),
    "number": mark("Number"),
    "org_unit_id": mark("Department"),
    "origin": mark("Why"),
    "parent_id": mark("Under"),
    "passed": mark("Passed"),
    "percent": mark("Percent"),
    "person_id": mark("Person"),
    "reason": mark("Reason"),
    "requirement_id": mark("Requirement"),
    "response": mark("Answer"),
    "role": mark("Role"),
    "rule": mark("Rule"),
    "score": mark("Score"),
    "seconds": mark("Seconds"),
    "seconds_open": mark("Seconds open"),
    "secret": mark("Secret"),
    "session_seconds": mark("Seconds claimed"),
    "share": mark("Share"),
    "success": mark("Success"),
    "title": mark("Title"),
    "to_on": mark("To"),
    "valid_until": mark("Valid until"),
    "version_id": mark("Version"),
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
