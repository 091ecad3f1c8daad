"""How the tables that reports read looked at a moment gone by (`storage.past`).

Facts that say `at` when they happened are there without a line here. Names of people, places, courses and
requirements are those of now: what they were is told by the trail. So are due dates that an earlier
program moved without saying what they were.
"""

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from app.core.assessments.models import AttemptResultRow, AttemptRow
from app.core.certificates.models import CertificateRow
from app.core.courses.models import LessonRow
from app.core.learning.models import (
    CompletionWithdrawalRow,
    CourseProgressRow,
    CourseStartRow,
    LearningSessionRow,
)
from app.core.people import called, is_placed
from app.core.people.models import JobRoleRow, OrgUnitRow, PersonListingRow, PlacementRow
from app.core.signatures.models import SignatureRow
from app.core.storage.columns import Day, Instant
from app.core.storage.past import Past, Then, pasts_of_facts
from app.core.training import due_then_in_sql
from app.core.training.correction_models import CorrectionRow, CorrectionVerdictRow
from app.core.training.kinds import AssignmentEvent
from app.core.training.models import (
    AbsenceRow,
    AssignmentEventRow,
    AssignmentRow,
    RequirementCreditRow,
    RequirementLinkRow,
)
from app.core.training.sessions.models import AttendanceRow

Columns = Mapping[str, sa.ColumnElement[Any]]
_WAIVERS = (AssignmentEvent.WAIVED, AssignmentEvent.WAIVER_ENDED)


@cache
def pasts() -> tuple[Past, ...]:
    """Return the past of every table that has one."""
    said = {one.model: one for one in _PASTS}
    return (*_PASTS, *(one for one in pasts_of_facts() if one.model not in said))


def _assignment(row: Any, then: Then) -> Columns:
    """Return an assignment as it was: what closed it later is undone, waiver and due date are those of then."""
    is_closed = row.closed_at < sa.literal(then.end, Instant)
    ended = {
        "closed_at": sa.null(),
        "outcome": sa.null(),
        "completion_id": sa.null(),
        "credit_id": sa.null(),
        "cancelled_reason": sa.literal(""),
    }
    closed = {name: sa.case((is_closed, row[name]), else_=undone) for name, undone in ended.items()}
    due = due_then_in_sql(row, then.end)
    return {**closed, **due, "waived_until": _waived_until(row, then)}


def _waived_until(row: Any, then: Then) -> sa.ColumnElement[Any]:
    """Return until when an assignment was waived, as the newest act of then says."""
    act = AssignmentEventRow
    until = sa.func.coalesce(act.until_on, sa.literal(date.max, Day))
    return (
        sa.select(sa.case((act.event == AssignmentEvent.WAIVED, until)))
        .where(
            act.assignment_id == row.id,
            act.event.in_(_WAIVERS),
            act.at < sa.literal(then.end, Instant),
        )
        .order_by(act.at.desc(), act.id.desc())
        .limit(1)
        .scalar_subquery()
    )


def _link(row: Any, then: Then) -> Columns:
    """Return a link as it was: made later, it did not stand; ended later, it did.

    That it did not stand for a while, and was made again, is told of one person alone.
    """
    day = sa.literal(then.day, Day)
    return {"ended_on": sa.case((row.from_on > day, day), (row.ended_on <= day, row.ended_on))}


def _absence(row: Any, then: Then) -> Columns:
    """Return an absence as it was: due dates that were put off when it ended had not been yet."""
    lasts = sa.or_(row.to_on.is_(None), row.to_on > sa.literal(then.day, Day))
    return {"has_moved_dues": sa.case((lasts, sa.false()), else_=row.has_moved_dues)}


def _progress(row: Any, then: Then) -> Columns:
    """Return the figures of a start as they were."""
    end = sa.literal(then.end, Instant)
    was_over = row.completed_at < end
    return {
        "best_score_hundredths": sa.case(
            (row.last_at < end, row.best_score_hundredths), else_=_best_score(row, end)
        ),
        "completed_at": sa.case((was_over, row.completed_at)),
        "valid_until": sa.case((was_over, row.valid_until)),
    }


def _best_score(row: Any, end: sa.ColumnElement[Any]) -> sa.ColumnElement[Any]:
    """Return the best result of the quizzes that were over by then."""
    return (
        sa.select(sa.func.max(AttemptResultRow.score_hundredths))
        .join(AttemptRow, AttemptRow.id == AttemptResultRow.attempt_id)
        .join(LessonRow, LessonRow.id == AttemptRow.lesson_id)
        .join(CourseStartRow, CourseStartRow.version_id == LessonRow.version_id)
        .where(
            CourseStartRow.id == row.start_id,
            AttemptRow.person_id == row.person_id,
            AttemptRow.began_at >= CourseStartRow.at,
            AttemptResultRow.submitted_at < end,
        )
        .scalar_subquery()
    )


def _listing(row: Any, then: Then) -> Columns:
    """Return somebody where they were; whoever was nowhere yet is where they came to."""
    placed = aliased(PlacementRow)
    there = sa.and_(placed.person_id == row.person_id, is_placed(placed, sa.literal(then.day, Day)))
    was = {
        "org_unit_id": sa.select(placed.org_unit_id),
        "job_role_id": sa.select(placed.job_role_id),
        "org_unit": sa.select(called(OrgUnitRow)).join(placed, placed.org_unit_id == OrgUnitRow.id),
        "job_role": sa.select(sa.func.coalesce(called(JobRoleRow), ""))
        .select_from(placed)
        .outerjoin(JobRoleRow, JobRoleRow.id == placed.job_role_id),
    }
    is_known = sa.exists().where(there)
    shown = {
        name: sa.case((is_known, found.where(there).limit(1).scalar_subquery()), else_=row[name])
        for name, found in was.items()
    }
    return {**shown, "left_on": _left_on(row, then, is_known)}


def _left_on(row: Any, then: Then, is_placed_then: sa.ColumnElement[bool]) -> Any:
    """Return when somebody had left; who joined again since had no place in between."""
    day, before = sa.literal(then.day, Day), aliased(PlacementRow)
    ended = (
        sa.select(sa.func.max(before.to_on))
        .where(
            before.person_id == row.person_id, before.to_on <= day, before.to_on > before.from_on
        )
        .scalar_subquery()
    )
    has_left = row.left_on <= day
    was_gone = sa.case((~is_placed_then, sa.type_coerce(ended, Day)))
    return sa.func.coalesce(sa.case((has_left, row.left_on)), was_gone, row.left_on)


_PASTS = (
    Past(model=AssignmentRow, happened="assigned_at", columns=_assignment),
    Past(model=RequirementLinkRow, columns=_link),
    Past(model=AbsenceRow, columns=_absence),
    Past(model=RequirementCreditRow, happened="at", recorded="recorded_at"),
    Past(model=CompletionWithdrawalRow, recorded="at"),
    Past(model=CorrectionRow, recorded="at"),
    Past(model=CorrectionVerdictRow, recorded="at"),
    Past(model=AttendanceRow, happened="at", recorded="noted_at"),
    Past(model=CourseProgressRow, columns=_progress),
    Past(model=LearningSessionRow, happened="ended_at"),
    Past(model=AttemptRow, happened="began_at"),
    Past(model=AttemptResultRow, happened="submitted_at"),
    Past(model=CertificateRow, happened="issued_at"),
    Past(model=SignatureRow, happened="signed_at"),
    Past(model=PersonListingRow, columns=_listing),
)
