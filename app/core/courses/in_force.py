"""Which version of a course new learners begin, as approvals stand on a day (ADR 31).

A version without steps was published without an approval and counts. One that was submitted counts
from the day on which it is effective. Of those that count the one with the greatest number is in
force: what was decided on last, and nothing older that waited for its day.
"""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.approvals import (
    Standing,
    Subject,
    SubjectState,
    standing_of,
    steps_of,
    steps_of_kind,
)
from app.core.courses.models import CourseRetirementRow, CourseRow, CourseVersionRow
from app.core.courses.outline import Outline, from_json

VERSION = "course_version"
"""Kind of subject: the id is that of the version."""
RETIREMENT = "course_retirement"
"""Kind of subject: the id is that of the proposal."""
_COUNTS = frozenset({SubjectState.EFFECTIVE, SubjectState.RETIRED})
_GIVEN = frozenset({SubjectState.APPROVED, SubjectState.EFFECTIVE})


def standings(session: Session, versions: Iterable[UUID], today: date) -> dict[UUID, Standing]:
    """Return where versions stand that were ever submitted; others are left out."""
    found = {}
    for version_id in versions:
        if steps := steps_of(session, Subject(VERSION, version_id)):
            found[version_id] = standing_of(steps, today)
    return found


def in_review(session: Session, course_id: UUID, today: date) -> UUID | None:
    """Return the version of a course that waits for an approval; None where none does."""
    stands = _stands(session, course_id, today)
    waiting = [key for key, one in stands.items() if one.state is SubjectState.IN_REVIEW]
    return waiting[-1] if waiting else None


def is_approved_ahead(session: Session, course_id: UUID, today: date) -> frozenset[str]:
    """Return the hashes of a course's versions that are approved and wait for their day."""
    stands = _stands(session, course_id, today)
    ahead = [key for key, one in stands.items() if one.state is SubjectState.APPROVED]
    found = sa.select(CourseVersionRow.sha256).where(CourseVersionRow.id.in_(ahead))
    return frozenset(session.scalars(found)) if ahead else frozenset()


def given_outlines(session: Session, course_id: UUID, today: date) -> list[Outline]:
    """Return what a course's versions say that somebody approved, or that were published without it."""
    row = CourseVersionRow
    found = session.execute(sa.select(row.id, row.outline).where(row.course_id == course_id)).all()
    stands = standings(session, [one.id for one in found], today)
    return [
        from_json(one.outline)
        for one in found
        if one.id not in stands or stands[one.id].state in _GIVEN | _COUNTS
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenVersion:
    """A version that somebody may begin, today or from its day on."""

    id: UUID
    number: int
    published_at: datetime
    approval_step: UUID | None
    """With which its approval was complete; None where it was published without one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenCourse:
    """A course in use that has a version."""

    id: UUID
    code: str
    title: str
    versions: tuple[GivenVersion, ...]
    """The newest first; there is at least one."""


def given_courses(session: Session, today: date) -> tuple[GivenCourse, ...]:
    """Return the courses in use with their versions that are, or will be, in force, by title.

    What waits for an approval, was rejected, taken back or retired is none of them.
    """
    submitted = steps_of_kind(session, VERSION)
    row = CourseVersionRow
    found: dict[UUID, list[GivenVersion]] = {}
    newest_first = sa.select(row.id, row.course_id, row.number, row.published_at).order_by(
        row.number.desc(), row.id
    )
    for version_id, course_id, number, published_at in session.execute(newest_first):
        standing = standing_of(submitted[version_id], today) if version_id in submitted else None
        if standing is None or standing.state in _GIVEN:
            approval = standing.approval if standing else None
            found.setdefault(course_id, []).append(
                GivenVersion(
                    id=version_id,
                    number=number,
                    published_at=approval.at if approval else published_at,
                    approval_step=approval.id if approval else None,
                )
            )
    courses = sa.select(CourseRow.id, CourseRow.code, CourseRow.title).where(
        CourseRow.retired_at.is_(None)
    )
    return tuple(
        GivenCourse(id=course_id, code=code, title=title, versions=tuple(found[course_id]))
        for course_id, code, title in session.execute(courses.order_by(CourseRow.title))
        if course_id in found
    )


@dataclass(frozen=True, slots=True)
class Due:
    """A course whose version in force is not the one that approvals say."""

    course_id: UUID
    version_id: UUID | None
    """None where none is left that counts."""


def due_changes(session: Session, today: date) -> tuple[Due, ...]:
    """Return what is to be put in force on a day, or out of it."""
    submitted = steps_of_kind(session, VERSION)
    if not submitted:
        return ()
    of = sa.select(CourseVersionRow.course_id).where(CourseVersionRow.id.in_(submitted))
    changes = (_due(session, course, submitted, today) for course in session.scalars(of.distinct()))
    return tuple(one for one in changes if one is not None)


def due_retirements(session: Session, today: date) -> tuple[CourseRetirementRow, ...]:
    """Return the approved proposals to retire courses that are still in use on their day."""
    proposed = steps_of_kind(session, RETIREMENT)
    if not proposed:
        return ()
    rows = session.scalars(
        sa.select(CourseRetirementRow)
        .join(CourseRow, CourseRow.id == CourseRetirementRow.course_id)
        .where(CourseRetirementRow.id.in_(proposed), CourseRow.retired_at.is_(None))
        .order_by(CourseRetirementRow.at, CourseRetirementRow.id)
    )
    return tuple(
        row for row in rows if standing_of(proposed[row.id], today).state is SubjectState.EFFECTIVE
    )


def _stands(session: Session, course_id: UUID, today: date) -> Mapping[UUID, Standing]:
    versions = session.scalars(
        sa.select(CourseVersionRow.id)
        .where(CourseVersionRow.course_id == course_id)
        .order_by(CourseVersionRow.number, CourseVersionRow.id)
    ).all()
    return standings(session, versions, today)


def _due(
    session: Session, course_id: UUID, submitted: Mapping[UUID, object], today: date
) -> Due | None:
    row = session.get(CourseRow, course_id)
    if row is None:
        return None
    versions = session.scalars(
        sa.select(CourseVersionRow)
        .where(CourseVersionRow.course_id == course_id)
        .order_by(CourseVersionRow.number, CourseVersionRow.published_at, CourseVersionRow.id)
    ).all()
    stands = standings(session, [one.id for one in versions if one.id in submitted], today)
    counting = [one for one in versions if one.id not in stands or _counts(stands[one.id])]
    return _change(row, counting, approved=stands)


def _change(
    row: CourseRow, counting: Sequence[CourseVersionRow], *, approved: Container[UUID]
) -> Due | None:
    """Return what is to change, where versions that count are given in their order."""
    best = counting[-1] if counting else None
    best_id = None if best is None else best.id
    current = next((one for one in counting if one.id == row.current_version_id), None)
    if current is None:
        return _begin(row, best_id, approved)
    # one that was published without an approval is never put in the place of another here
    is_later = best is not None and best.id in approved and best.number > current.number
    return Due(row.id, best_id) if is_later else None


def _begin(row: CourseRow, best_id: UUID | None, approved: Container[UUID]) -> Due | None:
    """Return what is to change where nothing that counts is in force."""
    is_same = best_id == row.current_version_id
    is_foreign = row.current_version_id is None and best_id not in approved
    return None if is_same or is_foreign else Due(row.id, best_id)


def _counts(standing: Standing) -> bool:
    return standing.state in _COUNTS
