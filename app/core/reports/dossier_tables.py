"""A dossier as tables: one document each for placements, assignments, courses and attempts."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from app.core.base import figures
from app.core.base.words import _, mark
from app.core.reports.columns import ReportColumn, Row, chip, day, moment, number, percent, text
from app.core.reports.dossier_types import (
    BASES,
    COURSE_STATES,
    EVIDENCE_KINDS,
    EVIDENCE_STATES,
    GIFTS,
    OUTCOMES,
    UNENROLLED,
    AttemptRecord,
    CertificateRecord,
    CorrectionRecord,
    CourseRecord,
    Dossier,
    EvidenceRecord,
    GiftRecord,
    PackageRecord,
    PlacementRecord,
    RequiredRecord,
    SignedRecord,
)
from app.core.reports.tables import ReportTable

_PASSED = {"passed": mark("Passed"), "failed": mark("Failed"), "open": mark("Not handed in")}

_PLACEMENTS = (
    text("department", mark("Department")),
    text("job_role", mark("Job role")),
    text("manager", mark("Manager")),
    day("from_on", mark("From")),
    day("until_on", mark("Last day")),
)
_FURTHER_ROLES = (
    text("job_role", mark("Job role")),
    day("from_on", mark("From")),
    day("until_on", mark("Last day")),
)
_REQUIRED = (
    text("code", mark("Code")),
    text("course", mark("Course")),
    number("cycle", mark("Cycle")),
    moment("assigned_at", mark("Assigned")),
    day("due_on", mark("Due")),
    moment("closed_at", mark("Closed")),
    text("origin", mark("Why")),
    text("cancelled_reason", mark("Reason for cancelling")),
)
_COURSES = (
    text("code", mark("Code")),
    text("course", mark("Course")),
    text("marks", mark("Δ")),
    number("version", mark("Version")),
    number("cycle", mark("Cycle")),
    moment("began_at", mark("Began")),
    text("lessons", mark("Lessons")),
    text("time", mark("Time")),
    moment("completed_at", mark("Completed")),
    percent("score", mark("Score")),
    day("valid_until", mark("Valid until")),
    chip("state", mark("Status"), COURSE_STATES),
    text("certificate", mark("Certificate")),
)
_EVIDENCE = (
    text("code", mark("Code")),
    text("course", mark("Course")),
    text("marks", mark("Δ")),
    chip("kind", mark("Kind"), EVIDENCE_KINDS),
    day("on", mark("Obtained")),
    day("valid_until", mark("Valid until")),
    text("score", mark("Score")),
    text("issuer", mark("Issued or trained by")),
    text("paper", mark("Number, or where it is")),
    chip("state", mark("Status"), EVIDENCE_STATES),
    text("entered_by", mark("By")),
    text("confirmed_by", mark("Confirmed by")),
)
_CERTIFICATES = (
    text("code", mark("Code")),
    text("title", mark("Requirement")),
    chip("basis", mark("Basis"), BASES),
    day("on", mark("Obtained")),
    day("valid_until", mark("Valid until")),
    text("certificate", mark("Certificate")),
)
_CORRECTIONS = (
    text("mark", mark("Mark")),
    text("what", mark("Record")),
    text("field", mark("What")),
    text("old", mark("Before")),
    text("new", mark("Now")),
    text("reason", mark("Reason")),
    moment("at", mark("When")),
    text("by", mark("By")),
    text("second", mark("Second person")),
)
_SIGNATURES = (
    text("what", mark("Record")),
    text("signer", mark("Signed by")),
    text("meaning", mark("Meaning")),
    text("signed_at", mark("Local time")),
    text("reason", mark("Reason")),
    text("state", mark("Proof")),
    text("id", mark("Signature")),
)
_ATTEMPTS = (
    text("course", mark("Course")),
    text("lesson", mark("Lesson")),
    number("number", mark("Attempt")),
    moment("began_at", mark("Began")),
    moment("submitted_at", mark("Handed in")),
    percent("score", mark("Score")),
    chip("passed", mark("Status"), _PASSED),
    text("anew", mark("Scored anew")),
)
_GIFTS = (
    moment("at", mark("When")),
    ReportColumn(key="what", title=mark("What"), words=GIFTS),
    text("course", mark("Course")),
    text("lesson", mark("Lesson")),
    text("amount", mark("Time")),
    text("by", mark("By")),
    text("reason", mark("Reason")),
)
_PACKAGES = (
    text("course", mark("Course")),
    text("lesson", mark("Lesson")),
    text("part", mark("Part")),
    moment("at", mark("When")),
    chip("outcome", mark("Status"), OUTCOMES),
    percent("score", mark("Score")),
    text("claimed", mark("Time it claims")),
    text("open", mark("Time open")),
    text("doubts", mark("What cannot be so")),
)
_DONE_UNENROLLED = (
    moment("at", mark("When")),
    ReportColumn(key="what", title=mark("What"), words=UNENROLLED),
    text("course", mark("Course")),
    text("lesson", mark("Lesson")),
)


@dataclass(frozen=True, slots=True)
class _Part:
    """One table of a record: what it is called, and which rows a person's has."""

    key: str
    title: str
    """Marked; worded where it is shown."""
    columns: tuple[ReportColumn, ...]
    rows: Callable[[Dossier], Iterable[Row]]
    is_left_out_empty: bool = False


def dossier_tables(
    dossier: Dossier, *, site: str, made_by: str, made_at: datetime
) -> tuple[ReportTable, ...]:
    """Return the tables in which a person's record is printed and written to files."""
    both = f"{dossier.name} ({dossier.name_local})" if dossier.name_local else dossier.name
    made = ((part, tuple(part.rows(dossier))) for part in _PARTS)
    return tuple(
        ReportTable(
            key=f"dossier-{part.key}",
            title=_(part.title),
            subtitle=f"{dossier.number} · {both}",
            columns=part.columns,
            rows=rows,
            site=site,
            made_by=made_by,
            generated_at=made_at,
            settings=dossier.settings,
        )
        for part, rows in made
        if rows or not part.is_left_out_empty
    )


def _place(one: PlacementRecord) -> Row:
    return (one.department, one.job_role, one.manager, one.from_on, one.last_day)


def _duty(one: RequiredRecord) -> Row:
    return (
        one.code,
        one.course,
        one.cycle,
        one.assigned_at,
        one.due_on,
        one.closed_at,
        one.origin,
        one.cancelled_reason,
    )


def _course(one: CourseRecord) -> Row:
    return (
        one.code,
        one.course,
        one.marks,
        one.version,
        one.cycle,
        one.began_at,
        _("{done} of {count}").format(done=one.lessons_done, count=one.lessons_required),
        figures.duration(one.active_seconds),
        one.completed_at,
        one.score,
        one.valid_until,
        one.state,
        _numbered(one.certificate, is_revoked=one.is_revoked),
    )


def _paper(one: EvidenceRecord) -> Row:
    return (
        one.code,
        one.course,
        one.marks,
        one.kind,
        one.on,
        one.valid_until,
        one.score,
        one.issuer,
        one.number,
        one.state,
        one.by,
        one.second,
    )


def _certificate(one: CertificateRecord) -> Row:
    return (
        one.code,
        one.title,
        one.basis,
        one.on,
        one.valid_until,
        _numbered(one.number, is_revoked=one.is_revoked),
    )


def _numbered(number: str, *, is_revoked: bool) -> str:
    return _("{number} (revoked)").format(number=number) if is_revoked else number


def _fixed(one: CorrectionRecord) -> Row:
    return (
        one.mark,
        one.what,
        one.field,
        one.old,
        one.new,
        one.reason,
        one.at,
        one.by,
        one.second,
    )


def _signed(one: SignedRecord) -> Row:
    return (
        one.what,
        one.signer,
        one.meaning,
        one.signed_at,
        one.reason,
        one.state,
        str(one.id),
    )


def _gift(one: GiftRecord) -> Row:
    parts = [f"{one.percent}%"] if one.percent else []
    if one.seconds:
        parts.append(figures.duration(one.seconds))
    return one.at, one.what, one.course, one.lesson, " + ".join(parts), one.by, one.reason


def _told(one: PackageRecord) -> Row:
    claimed = "" if one.claimed_seconds is None else figures.duration(one.claimed_seconds)
    return (
        one.course,
        one.lesson,
        one.part,
        one.at,
        one.outcome,
        one.score,
        claimed,
        figures.duration(one.open_seconds),
        "; ".join(one.doubts),
    )


def _try(one: AttemptRecord) -> Row:
    outcome = {True: "passed", False: "failed", None: "open"}[one.passed]
    return (
        one.course,
        one.lesson,
        one.number,
        one.began_at,
        one.submitted_at,
        one.score,
        outcome,
        _anew(one),
    )


def _anew(one: AttemptRecord) -> str:
    """Return which score counts instead, since when and why; "" where none does."""
    if one.anew is None:
        return ""
    return _("{share}, {outcome}: question left out on {day}, {reason}").format(
        share=figures.share(one.anew.score.share),
        outcome=_(_PASSED["passed" if one.anew.score.passed else "failed"]),
        day=figures.day(one.anew.decided_at.astimezone().date()),
        reason="; ".join(one.anew.reasons),
    )


_PARTS = (
    _Part("courses", mark("Training record"), _COURSES, lambda one: map(_course, one.courses)),
    _Part(
        "corrections",
        mark("Corrections (Δ)"),
        _CORRECTIONS,
        lambda one: map(_fixed, one.corrections),
    ),
    _Part("evidence", mark("Evidence"), _EVIDENCE, lambda one: map(_paper, one.evidence)),
    _Part(
        "certificates",
        mark("Certificates for requirements"),
        _CERTIFICATES,
        lambda one: map(_certificate, one.certificates),
    ),
    _Part("signatures", mark("Signatures"), _SIGNATURES, lambda one: map(_signed, one.signatures)),
    _Part("attempts", mark("Attempts at quizzes"), _ATTEMPTS, lambda one: map(_try, one.attempts)),
    _Part(
        "packages", mark("Reported by packages"), _PACKAGES, lambda one: map(_told, one.packages)
    ),
    _Part("gifts", mark("Given at quizzes"), _GIFTS, lambda one: map(_gift, one.gifts)),
    _Part("required", mark("Assignments"), _REQUIRED, lambda one: map(_duty, one.required)),
    _Part("placements", mark("Placements"), _PLACEMENTS, lambda one: map(_place, one.placements)),
    _Part(
        "further-roles",
        mark("Further job roles"),
        _FURTHER_ROLES,
        lambda one: ((each.job_role, each.from_on, each.last_day) for each in one.further_roles),
    ),
    _Part(
        "unenrolled",
        mark("Done at a PC that was not enrolled"),
        _DONE_UNENROLLED,
        lambda one: ((each.at, each.what, each.course, each.lesson) for each in one.unenrolled),
        is_left_out_empty=True,
    ),
)
"""The tables of a record, in the order in which they are printed."""
