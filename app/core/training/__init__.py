"""What people must hold and by when: requirements and assignments."""

from app.core.training.in_force import in_force
from app.core.training.job_roles import RoleOfCourse, job_roles_of_courses
from app.core.training.rules import HELD, URGENCY, Standing, standing
from app.core.training.service import Training
from app.core.training.types import (
    AssignmentPreview,
    CourseAhead,
    LessonAhead,
    MyCourse,
    Requirement,
)

__all__ = [
    "HELD",
    "URGENCY",
    "AssignmentPreview",
    "CourseAhead",
    "LessonAhead",
    "MyCourse",
    "Requirement",
    "RoleOfCourse",
    "Standing",
    "Training",
    "in_force",
    "job_roles_of_courses",
    "standing",
]
