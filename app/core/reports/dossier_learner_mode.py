"""What of somebody's record was done at a PC that the site had not enrolled (`people.learner_mode`)."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.people import was_in_learner_mode
from app.core.people.account_models import AccountRow, SignInEvent, SignInRow
from app.core.reports.dossier_types import AttemptRecord, CourseRecord, UnenrolledRecord


def done_unenrolled(
    session: Session,
    person_id: UUID,
    courses: Iterable[CourseRecord],
    attempts: Iterable[AttemptRecord],
) -> tuple[UnenrolledRecord, ...]:
    """Return what somebody did since they signed in at such a PC, until they signed in anywhere again."""
    statement = (
        sa.select(SignInRow.at, SignInRow.method)
        .join(AccountRow, AccountRow.id == SignInRow.account_id)
        .where(AccountRow.person_id == person_id, SignInRow.event == SignInEvent.IN)
        .order_by(SignInRow.at, SignInRow.id)
    )
    came = [(at, was_in_learner_mode(method)) for at, method in session.execute(statement)]
    if not any(is_so for _at, is_so in came):
        return ()
    ins = [at for at, _is_so in came]

    def is_marked(at: datetime) -> bool:
        place = bisect_right(ins, at) - 1
        return place >= 0 and came[place][1]

    found = (one for one in _done(courses, attempts) if is_marked(one.at))
    return tuple(sorted(found, key=lambda one: one.at))


def _done(
    courses: Iterable[CourseRecord], attempts: Iterable[AttemptRecord]
) -> Iterator[UnenrolledRecord]:
    for course in courses:
        yield UnenrolledRecord(at=course.began_at, what="began", course=course.course)
        if course.completed_at is not None:
            yield UnenrolledRecord(at=course.completed_at, what="completed", course=course.course)
    for one in attempts:
        if one.submitted_at is not None:
            yield UnenrolledRecord(
                at=one.submitted_at, what="attempt", course=one.course, lesson=one.lesson
            )
