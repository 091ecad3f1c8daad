"""Assignments: where each of them stands and why it is there, and every act on one."""

from app.core.training.assignments.day import DayChange
from app.core.training.assignments.service import Assignments
from app.core.training.assignments.states import State
from app.core.training.assignments.types import (
    Absence,
    AssignmentDetail,
    AssignmentSummary,
    EnteredEvidence,
    Evidence,
    PastAct,
    Why,
)

__all__ = [
    "Absence",
    "AssignmentDetail",
    "AssignmentSummary",
    "Assignments",
    "DayChange",
    "EnteredEvidence",
    "Evidence",
    "PastAct",
    "State",
    "Why",
]
