"""Sessions: classes, toolbox talks and the roll of drills."""

from app.core.training.sessions.errors import (
    HasLeft,
    LeadsIt,
    RollRefused,
    SeatsTaken,
    WrongState,
)
from app.core.training.sessions.kinds import (
    GroupQuiz,
    Mark,
    Method,
    Place,
    SessionEvent,
    SessionKind,
    SessionState,
)
from app.core.training.sessions.papers import ReadRow, ReadSheet
from app.core.training.sessions.service import Sessions
from app.core.training.sessions.sheet_reading import BoxMark
from app.core.training.sessions.types import (
    OnRoll,
    Outcome,
    SessionDetail,
    SessionPlan,
    SessionSummary,
    SignedSession,
    Tally,
    Tapped,
    TapResult,
    WaitingAttendance,
)

__all__ = [
    "BoxMark",
    "GroupQuiz",
    "HasLeft",
    "LeadsIt",
    "Mark",
    "Method",
    "OnRoll",
    "Outcome",
    "Place",
    "ReadRow",
    "ReadSheet",
    "RollRefused",
    "SeatsTaken",
    "SessionDetail",
    "SessionEvent",
    "SessionKind",
    "SessionPlan",
    "SessionState",
    "SessionSummary",
    "Sessions",
    "SignedSession",
    "Tally",
    "TapResult",
    "Tapped",
    "WaitingAttendance",
    "WrongState",
]
