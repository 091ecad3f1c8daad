"""What packages reported of a person: the newest of each part, as the package claims it."""

from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from app.core.courses.models import CourseVersionRow, LessonRow
from app.core.learning.launches.models import PackageReportRow
from app.core.learning.models import CourseStartRow
from app.core.reports.columns import WHOLE
from app.core.reports.dossier_types import PackageRecord


def packages_of(session: Session, person_id: UUID) -> tuple[PackageRecord, ...]:
    """Return what was reported, the newest report of each attempt at each part, by time."""
    row = PackageReportRow
    place = (
        sa.func.row_number()
        .over(
            partition_by=(row.registration, row.activity, row.attempt),
            order_by=(row.at.desc(), row.id.desc()),
        )
        .label("place")
    )
    numbered = (
        sa.select(row, place)
        .join(CourseStartRow, CourseStartRow.id == row.start_id)
        .where(CourseStartRow.person_id == person_id)
        .subquery()
    )
    newest = aliased(row, numbered)
    statement = (
        sa.select(newest, LessonRow.title, CourseVersionRow.title)
        .join(LessonRow, LessonRow.id == newest.lesson_id)
        .join(CourseVersionRow, CourseVersionRow.id == LessonRow.version_id)
        .where(numbered.c.place == 1)
        .order_by(newest.at, newest.id)
    )
    return tuple(
        PackageRecord(
            course=course,
            lesson=lesson,
            part=report.activity,
            at=report.at,
            outcome=_outcome(report),
            score=None if report.score is None else int(report.score * WHOLE),
            claimed_seconds=report.session_seconds,
            open_seconds=report.seconds_open,
            doubts=tuple(report.doubts),
        )
        for report, lesson, course in session.execute(statement)
    )


def _outcome(report: PackageReportRow) -> str:
    if report.success in {"passed", "failed"}:
        return report.success
    return "completed" if report.completion == "completed" else "incomplete"
