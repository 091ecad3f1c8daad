"""Approvals: who wrote something does not decide alone that it is used (features.md §5.2, ADR 31)."""

from app.core.approvals.errors import (
    ApprovalAsked,
    ApprovalReasonMissing,
    ChangedSince,
    DayIsPast,
    NoSuchKind,
    NotThatState,
    OwnWork,
)
from app.core.approvals.in_sql import state_in_sql, steps_of
from app.core.approvals.models import Step
from app.core.approvals.service import Approvals
from app.core.approvals.states import (
    STATES,
    Standing,
    StepTaken,
    Subject,
    SubjectState,
    standing_of,
    subject_state_in_words,
)
from app.core.approvals.steps import Approval, approve, explained, reject, retire, submit, withdraw
from app.core.approvals.types import (
    ApprovalKind,
    ApprovalRule,
    StepLine,
    SubjectTitle,
    WaitingLine,
)

__all__ = [
    "STATES",
    "Approval",
    "ApprovalAsked",
    "ApprovalKind",
    "ApprovalReasonMissing",
    "ApprovalRule",
    "Approvals",
    "ChangedSince",
    "DayIsPast",
    "NoSuchKind",
    "NotThatState",
    "OwnWork",
    "Standing",
    "Step",
    "StepLine",
    "StepTaken",
    "Subject",
    "SubjectState",
    "SubjectTitle",
    "WaitingLine",
    "approve",
    "explained",
    "reject",
    "retire",
    "standing_of",
    "state_in_sql",
    "steps_of",
    "subject_state_in_words",
    "submit",
    "withdraw",
]
