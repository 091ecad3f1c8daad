"""What people must hold and by when: requirements, assignments, and the rules that assign."""

from app.core.training.assignments import (
    Absence,
    AssignmentDetail,
    Assignments,
    AssignmentSummary,
    DayChange,
    EnteredEvidence,
    Evidence,
    PastAct,
    State,
    Why,
)
from app.core.training.errors import (
    Loop,
    NotOpen,
    ReasonNeeded,
    RequirementCodeTaken,
    TrainingRefused,
)
from app.core.training.held import held_until_of, is_met, newest_evidence
from app.core.training.in_force import in_force, is_paused, is_waived
from app.core.training.job_roles import RoleOfCourse, job_roles_of_courses
from app.core.training.kinds import (
    AssignmentEvent,
    Basis,
    DueRule,
    EvidenceRule,
    LinkKind,
    RequirementType,
    Source,
    Substitutes,
    Validity,
)
from app.core.training.requirements import (
    LegalReference,
    Linked,
    NewRequirement,
    RequirementChange,
    RequirementDetail,
    Requirements,
    RequirementSummary,
)
from app.core.training.rules import HELD, URGENCY, Standing, standing
from app.core.training.service import Training
from app.core.training.terms import Terms
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
    "Absence",
    "AssignmentDetail",
    "AssignmentEvent",
    "AssignmentPreview",
    "AssignmentSummary",
    "Assignments",
    "Basis",
    "CourseAhead",
    "DayChange",
    "DueRule",
    "EnteredEvidence",
    "Evidence",
    "EvidenceRule",
    "LegalReference",
    "LessonAhead",
    "LinkKind",
    "Linked",
    "Loop",
    "MyCourse",
    "NewRequirement",
    "NotOpen",
    "PastAct",
    "ReasonNeeded",
    "Requirement",
    "RequirementChange",
    "RequirementCodeTaken",
    "RequirementDetail",
    "RequirementSummary",
    "RequirementType",
    "Requirements",
    "RoleOfCourse",
    "Source",
    "Standing",
    "State",
    "Substitutes",
    "Terms",
    "Training",
    "TrainingRefused",
    "Validity",
    "Why",
    "held_until_of",
    "in_force",
    "is_met",
    "is_paused",
    "is_waived",
    "job_roles_of_courses",
    "newest_evidence",
    "standing",
]
