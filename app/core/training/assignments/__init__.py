"""Assignments: where each of them stands and why it is there, and every act on one."""

from app.core.training.assignments.day import DayChange
from app.core.training.assignments.listing import KeptCount, Work
from app.core.training.assignments.retraining import (
    LetOff,
    Retraining,
    RetrainingReach,
    let_off_in_words,
)
from app.core.training.assignments.same_number import SameNumber, same_numbers_in_words
from app.core.training.assignments.service import Assignments
from app.core.training.assignments.states import State
from app.core.training.assignments.types import (
    CHECKED_BY,
    Absence,
    AssignmentDetail,
    AssignmentSummary,
    EnteredEvidence,
    Evidence,
    PastAct,
    Why,
)
from app.core.training.assignments.waivers import WaiverAsked, Waivers

__all__ = [
    "CHECKED_BY",
    "Absence",
    "AssignmentDetail",
    "AssignmentSummary",
    "Assignments",
    "DayChange",
    "EnteredEvidence",
    "Evidence",
    "KeptCount",
    "LetOff",
    "PastAct",
    "Retraining",
    "RetrainingReach",
    "SameNumber",
    "State",
    "WaiverAsked",
    "Waivers",
    "Why",
    "Work",
    "let_off_in_words",
    "same_numbers_in_words",
]
