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
from app.core.approvals.in_sql import state_in_sql, steps_of, steps_of_kind, waits_in_sql
from app.core.approvals.models import Step
from app.core.approvals.rules import is_asked
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
from app.core.approvals.steps import (
    Approval,
    approve,
    explained,
    is_own_work,
    reject,
    retire,
    submit,
    withdraw,
)
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
    "is_asked",
    "is_own_work",
    "reject",
    "retire",
    "standing_of",
    "state_in_sql",
    "steps_of",
    "steps_of_kind",
    "subject_state_in_words",
    "submit",
    "waits_in_sql",
    "withdraw",
]
