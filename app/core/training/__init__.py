"""What people must hold and by when: requirements, assignments, and the rules that assign."""

from app.core.training.begun import is_begun
from app.core.training.brought_back import asked_in_words, had_in_words
from app.core.training.chosen import was_asked
from app.core.training.credited import (
    Credited,
    credit_told,
    credits_of,
    has_fallen,
    proofs_of,
    why_fallen,
)
from app.core.training.due_then import due_then_in_sql, has_untold_moves
from app.core.training.due_words import due_in_words, not_come_yet
from app.core.training.errors import (
    AbsenceFarBack,
    ComesFirst,
    Loop,
    LoopWaits,
    NotOpen,
    ReasonNeeded,
    RequirementCodeTaken,
    StillWaived,
    TrainingRefused,
)
from app.core.training.given import origins_of
from app.core.training.held import Pair, credit_stands, held_until_of, is_met, newest_evidence
from app.core.training.in_force import in_force, is_paused, is_waived
from app.core.training.job_roles import RoleOfCourse, job_roles_of_courses
from app.core.training.kind_words import (
    ASSIGNMENT_EVENTS,
    DUE_RULES,
    EVIDENCE_RULES,
    MOVES,
    OFFERINGS,
    REQUIREMENT_TYPES,
    SOURCES,
    SUBSTITUTES,
    VALIDITIES,
)
from app.core.training.kinds import (
    AssignmentEvent,
    Basis,
    CheckedBy,
    DueRule,
    EvidenceRule,
    LinkKind,
    Move,
    Offering,
    RequirementType,
    Source,
    Substitutes,
    Validity,
)
from app.core.training.overdue import is_overdue, is_pair_overdue, is_renewal, is_wanting
from app.core.training.rules import HELD, URGENCY, Standing, standing
from app.core.training.service import Training
from app.core.training.terms import Terms, gives_certificate
from app.core.training.types import (
    AssignmentPreview,
    CourseAhead,
    LessonAhead,
    MyCourse,
    Requirement,
)

__all__ = [
    "ASSIGNMENT_EVENTS",
    "DUE_RULES",
    "EVIDENCE_RULES",
    "HELD",
    "MOVES",
    "OFFERINGS",
    "REQUIREMENT_TYPES",
    "SOURCES",
    "SUBSTITUTES",
    "URGENCY",
    "VALIDITIES",
    "AbsenceFarBack",
    "AssignmentEvent",
    "AssignmentPreview",
    "Basis",
    "CheckedBy",
    "ComesFirst",
    "CourseAhead",
    "Credited",
    "DueRule",
    "EvidenceRule",
    "LessonAhead",
    "LinkKind",
    "Loop",
    "LoopWaits",
    "Move",
    "MyCourse",
    "NotOpen",
    "Offering",
    "Pair",
    "ReasonNeeded",
    "Requirement",
    "RequirementCodeTaken",
    "RequirementType",
    "RoleOfCourse",
    "Source",
    "Standing",
    "StillWaived",
    "Substitutes",
    "Terms",
    "Training",
    "TrainingRefused",
    "Validity",
    "asked_in_words",
    "credit_stands",
    "credit_told",
    "credits_of",
    "due_in_words",
    "due_then_in_sql",
    "gives_certificate",
    "had_in_words",
    "has_fallen",
    "has_untold_moves",
    "held_until_of",
    "in_force",
    "is_begun",
    "is_met",
    "is_overdue",
    "is_pair_overdue",
    "is_paused",
    "is_renewal",
    "is_waived",
    "is_wanting",
    "job_roles_of_courses",
    "newest_evidence",
    "not_come_yet",
    "origins_of",
    "proofs_of",
    "standing",
    "was_asked",
    "why_fallen",
]
