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
from app.core.training.sessions.service import Sessions
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
    "GroupQuiz",
    "HasLeft",
    "LeadsIt",
    "Mark",
    "Method",
    "OnRoll",
    "Outcome",
    "Place",
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
