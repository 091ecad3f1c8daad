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
    placement, job_role = (table_of(model_of(name)).c for name in ("placement", "job_role"))
    assigned = (
        sa.select(RequirementRow.course_id, job_role.title, job_role.code)
        .join(AssignmentRow, AssignmentRow.requirement_id == RequirementRow.id)
        .join(
            placement.person_id.table,
            sa.and_(placement.person_id == AssignmentRow.person_id, is_last_open(placement)),
        )
        .join(job_role.id.table, job_role.id == placement.job_role_id)
        .where(RequirementRow.course_id.is_not(None), AssignmentRow.cancelled_reason == "")
        .distinct()
    )
    found: dict[UUID, list[RoleOfCourse]] = {}
    for course_id, title, code in session.execute(assigned):
        found.setdefault(course_id, []).append(RoleOfCourse(title, code))
    return {course_id: tuple(sorted(roles)) for course_id, roles in found.items()}
