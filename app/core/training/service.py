"""Training as administrators and learners see it: assign, cancel, and what is mine to do."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.actor import Actor, Capability
from app.core.base.errors import NotFound, NotOne
from app.core.base.words import _
from app.core.courses import PublishedCourse, ReleasedVersion, Releases
from app.core.journal import Site, Unit
from app.core.learning import BegunCourse, CompletedCourse, Learning
from app.core.people import Audience, audience_ids, named_here
from app.core.training.in_force import in_force
from app.core.training.mine import my_course
from app.core.training.models import AssignmentRow, RequirementRow
from app.core.training.rules import URGENCY, Standing
from app.core.training.types import (
    AssignmentPreview,
    CourseAhead,
    LessonAhead,
    MyCourse,
    Requirement,
)


class Training:
    """Requirements and assignments."""

    def __init__(self, site: Site, releases: Releases, learning: Learning) -> None:
        self._site = site
        self._releases = releases
        self._learning = learning

    def requirements(self, actor: Actor) -> tuple[Requirement, ...]:
        """Return everything that can be assigned, by title."""
        actor.require_anywhere(Capability.ASSIGN)
        with self._site.read() as session:
            rows = session.scalars(sa.select(RequirementRow).order_by(RequirementRow.title))
            return tuple(_requirement(row) for row in rows)

    def requirement(self, actor: Actor, code: str) -> Requirement:
        """Return a requirement by its code. Raises NotFound."""
        actor.require_anywhere(Capability.ASSIGN)
        with self._site.read() as session:
            return _requirement(_by_code(session, code))

    def preview(self, actor: Actor, code: str, audience: Audience) -> AssignmentPreview:
        """Say how many people an assignment would reach, and how many have it already."""
        scope = actor.scope_of(Capability.ASSIGN)
        with self._site.read() as session:
            row = _by_code(session, code)
            people = audience_ids(audience, scope).subquery()
            total = session.scalar(sa.select(sa.func.count()).select_from(people)) or 0
            fresh = session.scalar(
                sa.select(sa.func.count()).select_from(_without(audience, scope, row.id).subquery())
            )
            known = named_here(session, audience.numbers, scope)
            return AssignmentPreview(
                requirement=_requirement(row),
                audience=total,
                already_assigned=total - (fresh or 0),
                unknown_numbers=tuple(one for one in audience.numbers if one not in known),
            )

    def assign(
        self, actor: Actor, code: str, audience: Audience, *, due_on: date | None, origin: str
    ) -> int:
        """Assign a requirement to everybody of an audience who does not have it; return how many.

        `origin` is the sentence that the learner reads as the reason.
        """
        scope = actor.scope_of(Capability.ASSIGN)
        with self._site.transaction(actor, "assignment.assign", reason=origin) as unit:
            row = _by_code(unit, code)
            unit.take_turn("assignments of", row.id)
            people: Sequence[UUID] = unit.scalars(_without(audience, scope, row.id)).all()
            now = self._site.clock.now()
            return unit.insert_many(
                AssignmentRow,
                (
                    {
                        "person_id": person_id,
                        "requirement_id": row.id,
                        "cycle": 1,
                        "assigned_at": now,
                        "origin": origin,
                        "due_on": due_on,
                    }
                    for person_id in people
                ),
            )

    def my_courses(self, actor: Actor) -> tuple[MyCourse, ...]:
        """Return the actor's courses, assigned or begun, the most urgent first."""
        actor.require_anywhere(Capability.LEARN)
        if actor.person_id is None:
            return ()
        today = self._site.clock.now().astimezone().date()
        with self._site.read() as session:
            assigned = _assigned(session, actor.person_id)
            begun = self._learning.begun_courses(session, actor.person_id)
            courses = [
                my_course(
                    self._version(session, course_id, begun.get(course_id)),
                    assigned.get(course_id),
                    begun.get(course_id),
                    today,
                )
                for course_id in {**assigned, **begun}
            ]
        return tuple(sorted(courses, key=_urgency))

    def ahead(self, actor: Actor, course_id: UUID) -> CourseAhead:
        """Return what awaits the actor in a course that is assigned to them and not begun.

        Nothing is opened, and nothing recorded. Raises NotFound for a course that is not theirs.
        """
        actor.require_anywhere(Capability.LEARN)
        with self._site.read() as session:
            mine = {} if actor.person_id is None else _assigned(session, actor.person_id)
            if course_id not in mine:
                raise NotFound(_("The course"))
            version = self._releases.newest(session, course_id)
        return CourseAhead(
            course_id=course_id,
            version=version.number,
            description=version.outline.description,
            descriptions=version.outline.descriptions,
            in_order=version.outline.in_order,
            valid_months=version.outline.valid_months,
            lessons=tuple(
                LessonAhead(position=position, plan=plan)
                for position, plan in enumerate(version.outline.lessons, start=1)
            ),
        )

    def require_course(self, unit: Unit, published: PublishedCourse) -> None:
        """Let a course be assigned under its code from its first version on (hook of courses)."""
        statement = sa.select(RequirementRow).where(RequirementRow.course_id == published.course_id)
        row = unit.scalars(statement).one_or_none()
        if row is None:
            row = RequirementRow(code=published.code, title="", course_id=published.course_id)
            unit.add(row)
        row.title = published.outline.title
        row.valid_months = published.outline.valid_months
        unit.flush()

    def close_assignment(self, unit: Unit, completed: CompletedCourse) -> None:
        """Close the assignment that a completion meets (hook of learning)."""
        statement = (
            sa.select(AssignmentRow)
            .join(RequirementRow, RequirementRow.id == AssignmentRow.requirement_id)
            .where(
                RequirementRow.course_id == completed.course_id,
                AssignmentRow.person_id == completed.person_id,
                AssignmentRow.closed_at.is_(None),
            )
        )
        for row in unit.scalars(statement):
            row.completion_id = completed.completion_id
            row.closed_at = completed.at
        unit.flush()

    def _version(
        self, session: Session, course_id: UUID, begun: BegunCourse | None
    ) -> ReleasedVersion:
        if begun is not None:
            return self._releases.version(session, begun.version_id)
        return self._releases.newest(session, course_id)


def _assigned(session: Session, person_id: UUID) -> dict[UUID, AssignmentRow]:
    """Return the assignments in force for a person, by course."""
    statement = (
        sa.select(AssignmentRow, RequirementRow.course_id)
        .join(RequirementRow, RequirementRow.id == AssignmentRow.requirement_id)
        .where(
            AssignmentRow.person_id == person_id,
            RequirementRow.course_id.is_not(None),
            *in_force(),
        )
    )
    found = session.execute(statement)
    return {course_id: row for row, course_id in found if course_id is not None}


def _urgency(course: MyCourse) -> tuple[int, date, str]:
    place = URGENCY.index(course.standing)
    if course.is_renewing:
        place = min(place, URGENCY.index(Standing.IN_PROGRESS))
    return place, course.due_on or date.max, course.title


def _without(
    audience: Audience, scope: frozenset[UUID] | None, requirement_id: UUID
) -> sa.Select[UUID]:
    have = sa.select(AssignmentRow.person_id).where(AssignmentRow.requirement_id == requirement_id)
    people = audience_ids(audience, scope).subquery()
    return sa.select(people.c.id).where(people.c.id.not_in(have))


def _by_code(session: Session, code: str) -> RequirementRow:
    found = session.scalars(sa.select(RequirementRow).where(RequirementRow.code == code)).all()
    what = _("The requirement {code}").format(code=code)
    if not found:
        raise NotFound(what)
    if len(found) > 1:
        raise NotOne(what)
    return found[0]


def _requirement(row: RequirementRow) -> Requirement:
    return Requirement(
        id=row.id,
        code=row.code,
        title=row.title,
        course_id=row.course_id,
        valid_months=row.valid_months,
    )
