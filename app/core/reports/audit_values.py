"""Words of a fixed list that the journal keeps, as people read them in the trail and under Conflicts."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from app.core.approvals import STEPS, Step
from app.core.people import PersonKind
from app.core.reports.filters import KINDS
from app.core.training import (
    ASSIGNMENT_EVENTS,
    DUE_RULES,
    EVIDENCE_RULES,
    MOVES,
    OFFERINGS,
    REQUIREMENT_TYPES,
    SOURCES,
    SUBSTITUTES,
    VALIDITIES,
    AssignmentEvent,
    DueRule,
    EvidenceRule,
    Move,
    Offering,
    RequirementType,
    Source,
    Substitutes,
    Validity,
)
from app.core.training.assignments import CHECKED_BY
from app.core.training.committees import COMMITTEE_KINDS, SEAT_ROLES, CommitteeKind, SeatRole
from app.core.training.controlled import (
    ASKS,
    CHANGE_CLASSES,
    OUTCOMES,
    Ask,
    ChangeClass,
    ReviewOutcome,
)
from app.core.training.drills import DRILL_KINDS, DRILL_MOMENTS, DrillEvent, DrillKind
from app.core.training.kinds import CheckedBy
from app.core.training.matrix import NEEDS, Need
from app.core.training.permits import PROVED, Proved
from app.core.training.practicals import (
    MARKS_IN_WORDS,
    STAGES_IN_WORDS,
    VERDICTS_IN_WORDS,
    AssessmentVerdict,
    Stage,
    StepMark,
)
from app.core.training.reminders import STEPS as LADDER
from app.core.training.reminders import LadderStep
from app.core.training.signing import SIGNING_RULES, SigningRule

VALUES: Mapping[type[StrEnum], Mapping[Any, str]] = {
    Ask: ASKS,
    AssessmentVerdict: VERDICTS_IN_WORDS,
    AssignmentEvent: ASSIGNMENT_EVENTS,
    ChangeClass: CHANGE_CLASSES,
    CheckedBy: CHECKED_BY,
    CommitteeKind: COMMITTEE_KINDS,
    DrillEvent: DRILL_MOMENTS,
    DrillKind: DRILL_KINDS,
    DueRule: DUE_RULES,
    EvidenceRule: EVIDENCE_RULES,
    LadderStep: LADDER,
    Need: NEEDS,
    Move: MOVES,
    Offering: OFFERINGS,
    PersonKind: KINDS,
    Proved: PROVED,
    RequirementType: REQUIREMENT_TYPES,
    ReviewOutcome: OUTCOMES,
    SeatRole: SEAT_ROLES,
    SigningRule: SIGNING_RULES,
    Source: SOURCES,
    Stage: STAGES_IN_WORDS,
    Step: STEPS,
    StepMark: MARKS_IN_WORDS,
    Substitutes: SUBSTITUTES,
    Validity: VALIDITIES,
}
"""Marked words by member; a kind that is not here is read as it is kept."""
