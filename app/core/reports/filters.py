"""What reports can be narrowed by: made once, used by every report that has the columns for it."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.clock import start_of
from app.core.base.ids import parse_id
from app.core.base.words import mark
from app.core.courses.models import CourseRow
from app.core.people import called, has_role, means
from app.core.people.models import (
    JobRoleRow,
    OrgUnitReachRow,
    OrgUnitRow,
    PersonKind,
    PersonListingRow,
)
from app.core.reports.asking import ReportFilter
from app.core.reports.errors import FilterRefused
from app.core.reports.pairs import Condition
from app.core.training.models import AssignmentRow, RequirementRow

KINDS = {
    PersonKind.EMPLOYEE.value: mark("Employee"),
    PersonKind.CONTRACTOR.value: mark("Contractor"),
    PersonKind.APPRENTICE.value: mark("Apprentice"),
    PersonKind.VISITOR.value: mark("Visitor"),
}


def _id_of(session: Session, model: Any, key: str, value: str) -> Any:  # a mapped class with a code
    """Return the id of a row that is named by its id or its code. Raises FilterRefused."""
    if model in {OrgUnitRow, JobRoleRow}:
        wanted = means(model, [value])
    else:
        wanted = sa.or_(model.code == value.strip().upper(), model.code == value.strip())
    named = parse_id(value)
    if named is not None:
        wanted = model.id == named
    found = session.scalar(sa.select(model.id).where(wanted))
    if found is None:
        raise FilterRefused(f"{key}={value}")
    return found


def id_of_course(session: Session, value: str) -> Any:
    """Return the id of a course that is named by its id or its code. Raises FilterRefused."""
    return _id_of(session, CourseRow, "course", value)


def _name_of(key: str, model: Any, name: Any) -> Callable[[Session, str], str]:
    def name_of(session: Session, value: str) -> str:
        found = _id_of(session, model, key, value)
        return session.scalar(sa.select(name).where(model.id == found)) or value

    return name_of


def _is_below(session: Session, value: str, _today: date) -> Condition:
    above = _id_of(session, OrgUnitRow, "department", value)
    below = sa.select(OrgUnitReachRow.below_id).where(OrgUnitReachRow.above_id == above)
    return sa.and_(PersonListingRow.org_unit_id.in_(below))


def _does(session: Session, value: str, today: date) -> Condition:
    return has_role(PersonListingRow, [_id_of(session, JobRoleRow, "job_role", value)], today)


def _is_kind(_session: Session, value: str, _today: date) -> Condition:
    return PersonListingRow.kind == PersonKind(value)


def _of_course(session: Session, value: str, _today: date) -> Condition:
    return sa.and_(CourseRow.id == id_of_course(session, value))


def _for_course(session: Session, value: str, _today: date) -> Condition:
    return sa.and_(RequirementRow.course_id == id_of_course(session, value))


def _is_requirement(session: Session, value: str, _today: date) -> Condition:
    return sa.and_(RequirementRow.id == _id_of(session, RequirementRow, "requirement", value))


def _day_of(key: str, value: str) -> date:
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise FilterRefused(f"{key}={value}", ["2026-11-23"]) from error


def since(column: Any) -> ReportFilter:  # a mapped attribute that holds an instant
    """Return the filter for a first day."""

    def condition(_session: Session, value: str, _today: date) -> Condition:
        return sa.and_(column >= start_of(_day_of("from", value)))

    return ReportFilter(key="from", title=mark("From"), condition=condition)


def until(column: Any) -> ReportFilter:  # a mapped attribute that holds an instant
    """Return the filter for a last day, the whole of it."""

    def condition(_session: Session, value: str, _today: date) -> Condition:
        return sa.and_(column < start_of(_day_of("to", value) + timedelta(days=1)))

    return ReportFilter(key="to", title=mark("To"), condition=condition)


def _due(key: str, compare: Callable[[Any, date], Condition]) -> Callable[..., Condition]:
    def condition(_session: Session, value: str, _today: date) -> Condition:
        return compare(AssignmentRow.due_on, _day_of(key, value))

    return condition


DEPARTMENT = ReportFilter(
    key="department",
    title=mark("Department"),
    condition=_is_below,
    name_of=_name_of("department", OrgUnitRow, called(OrgUnitRow)),
)
JOB_ROLE = ReportFilter(
    key="job_role",
    title=mark("Job role"),
    condition=_does,
    name_of=_name_of("job_role", JobRoleRow, called(JobRoleRow)),
)
KIND = ReportFilter(key="kind", title=mark("Kind"), condition=_is_kind, choices=KINDS)
COURSE = ReportFilter(
    key="course",
    title=mark("Course"),
    condition=_of_course,
    name_of=_name_of("course", CourseRow, CourseRow.title),
)
REQUIRED_COURSE = ReportFilter(
    key="course",
    title=mark("Course"),
    condition=_for_course,
    name_of=_name_of("course", CourseRow, CourseRow.title),
)
REQUIREMENT = ReportFilter(
    key="requirement",
    title=mark("Requirement"),
    condition=_is_requirement,
    name_of=_name_of("requirement", RequirementRow, RequirementRow.title),
)
DUE_FROM = ReportFilter(
    key="due_from", title=mark("Due from"), condition=_due("due_from", lambda c, d: c >= d)
)
DUE_TO = ReportFilter(
    key="due_to", title=mark("Due to"), condition=_due("due_to", lambda c, d: c <= d)
)
PEOPLE = (DEPARTMENT, JOB_ROLE, KIND)
