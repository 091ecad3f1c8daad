"""Which job roles a course is for: those of the people to whom it is or was assigned."""

from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.people import is_last_open
from app.core.storage.tables import model_of, table_of
from app.core.training.models import AssignmentRow, RequirementRow


@dataclass(frozen=True, slots=True, order=True)
class RoleOfCourse:
    """A job role, as lists name it."""

    title: str
    code: str


def job_roles_of_courses(session: Session) -> dict[UUID, tuple[RoleOfCourse, ...]]:
    """Return by course the job roles of those who have it assigned, by title."""
    placement, beside, job_role = (
        table_of(model_of(name)).c for name in ("placement", "person_job_role", "job_role")
    )
    ways = ((placement, is_last_open(placement)), (beside, beside.to_on.is_(None)))
    assigned = [
        sa.select(RequirementRow.course_id, job_role.title, job_role.code)
        .join(AssignmentRow, AssignmentRow.requirement_id == RequirementRow.id)
        .join(row.person_id.table, sa.and_(row.person_id == AssignmentRow.person_id, is_open))
        .join(job_role.id.table, job_role.id == row.job_role_id)
        .where(RequirementRow.course_id.is_not(None), AssignmentRow.cancelled_reason == "")
        for row, is_open in ways
    ]
    found: dict[UUID, list[RoleOfCourse]] = {}
    for course_id, title, code in session.execute(sa.union(*assigned)):
        found.setdefault(course_id, []).append(RoleOfCourse(title, code))
    return {course_id: tuple(sorted(roles)) for course_id, roles in found.items()}
