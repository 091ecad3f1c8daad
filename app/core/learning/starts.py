"""The cycles of courses that people have begun, as the records have them."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.actor import Actor, Capability
from app.core.base.errors import NotAllowed, NotFound
from app.core.base.words import _
from app.core.courses import ReleasedVersion
from app.core.journal import shown_for
from app.core.learning.errors import NotALearner
from app.core.learning.models import CourseStartRow, LessonCompletionRow
from app.core.people import who_is


def learner(actor: Actor) -> UUID:
    """Return the person who acts as a learner. Raises NotAllowed, NotALearner."""
    actor.require_anywhere(Capability.LEARN)
    if actor.person_id is None:
        raise NotALearner
    return actor.person_id


def own_start(session: Session, actor: Actor, start_id: UUID) -> CourseStartRow:
    """Return a start of the actor's, or what is shown for it since. Raises NotFound, NotAllowed.

    Another PC's start of the same course may take its place while somebody is learning.
    """
    start = session.get(CourseStartRow, start_id) or session.get(
        CourseStartRow, shown_for(session, CourseStartRow, start_id)
    )
    if start is None:
        raise NotFound(_("The course"))
    person_id = actor.person_id
    if start.person_id != person_id and start.person_id != _who_is_now(session, person_id):
        raise NotAllowed(Capability.LEARN.named)
    return start


def _who_is_now(session: Session, person_id: UUID | None) -> UUID | None:
    """Return who somebody is: another where they were merged while they were learning."""
    return None if person_id is None else who_is(session, person_id)


def latest_start(session: Session, person_id: UUID, course_id: UUID) -> CourseStartRow | None:
    """Return the newest cycle of a course that a person has begun; None where they never did."""
    statement = (
        sa.select(CourseStartRow)
        .where(CourseStartRow.person_id == person_id, CourseStartRow.course_id == course_id)
        .order_by(CourseStartRow.cycle.desc(), CourseStartRow.at.desc(), CourseStartRow.id.desc())
        .limit(1)
    )
    return session.scalars(statement).one_or_none()


def start_at(
    session: Session, person_id: UUID, version_id: UUID, at: datetime
) -> CourseStartRow | None:
    """Return the newest cycle of a version that a person had begun by a time; None where there was none."""
    statement = (
        sa.select(CourseStartRow)
        .where(
            CourseStartRow.person_id == person_id,
            CourseStartRow.version_id == version_id,
            CourseStartRow.at <= at,
        )
        .order_by(CourseStartRow.cycle.desc(), CourseStartRow.at.desc(), CourseStartRow.id.desc())
        .limit(1)
    )
    return session.scalars(statement).one_or_none()


def done_positions(
    session: Session, start: CourseStartRow, version: ReleasedVersion
) -> frozenset[int]:
    """Return the positions, from 1, of the lessons that are done in a cycle."""
    statement = sa.select(LessonCompletionRow.lesson_id).where(
        LessonCompletionRow.start_id == start.id
    )
    return frozenset(version.lesson_ids.index(one) + 1 for one in session.scalars(statement))
