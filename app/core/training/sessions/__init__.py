"""Sessions: classes, toolbox talks and the roll of drills."""

from app.core.training.sessions.errors import (
    HasLeft,
    LeadsIt,
    RollRefused,
    SeatsTaken,
    WrongState,
)
from app.core.training.sessions.kinds import (
    EACH_ALONE,
    GroupQuiz,
    Method,
    Place,
    QuizTurn,
    RollMark,
    SessionEvent,
    SessionKind,
    SessionState,
)
from app.core.training.sessions.papers import ReadRow, ReadSheet
from app.core.training.sessions.replanning import plan_of
from app.core.training.sessions.service import Sessions
from app.core.training.sessions.sheet_reading import BoxMark
from app.core.training.sessions.suggesting import NO_SHIFT, HasItDue, Suggestions
from app.core.training.sessions.two_rooms import OtherRoom, RoomDecision
from app.core.training.sessions.types import (
    CourseRevised,
    InQuizQueue,
    MyClassQuiz,
    OnRoll,
    Outcome,
    Proves,
    QuizAtHand,
    RollLine,
    ScannedPage,
    SessionDetail,
    SessionPlan,
    SessionSummary,
    Shown,
    ShownPlan,
    SignedAttendee,
    SignedSession,
    Tally,
    Tapped,
    TapResult,
    Trainer,
    WaitingAttendance,
)
from app.core.training.sessions.words import (
    EVENTS as SESSION_EVENTS,
)
from app.core.training.sessions.words import (
    KINDS as SESSION_KINDS,
)
from app.core.training.sessions.words import (
    METHODS as ROLL_METHODS,
)
from app.core.training.sessions.words import (
    PLACES as ROLL_PLACES,
)
from app.core.training.sessions.words import (
    QUIZZES as GROUP_QUIZZES,
)
from app.core.training.sessions.words import (
    STATES as SESSION_STATES,
)
from app.core.training.sessions.words import (
    TURNS as QUIZ_TURNS,
)
from app.core.training.sessions.words import (
    beyond_seats_in_words,
    lacks_trainer_in_words,
    revised_in_words,
    undecided_in_words,
)

__all__ = [
    "EACH_ALONE",
    "GROUP_QUIZZES",
    "NO_SHIFT",
    "QUIZ_TURNS",
    "ROLL_METHODS",
    "ROLL_PLACES",
    "SESSION_EVENTS",
    "SESSION_KINDS",
    "SESSION_STATES",
    "BoxMark",
    "CourseRevised",
    "GroupQuiz",
    "HasItDue",
    "HasLeft",
    "InQuizQueue",
    "LeadsIt",
    "Method",
    "MyClassQuiz",
    "OnRoll",
    "OtherRoom",
    "Outcome",
    "Place",
    "Proves",
    "QuizAtHand",
    "QuizTurn",
    "ReadRow",
    "ReadSheet",
    "RollLine",
    "RollMark",
    "RollRefused",
    "RoomDecision",
    "ScannedPage",
    "SeatsTaken",
    "SessionDetail",
    "SessionEvent",
    "SessionKind",
    "SessionPlan",
    "SessionState",
    "SessionSummary",
    "Sessions",
    "Shown",
    "ShownPlan",
    "SignedAttendee",
    "SignedSession",
    "Suggestions",
    "Tally",
    "TapResult",
    "Tapped",
    "Trainer",
    "WaitingAttendance",
    "WrongState",
    "beyond_seats_in_words",
    "lacks_trainer_in_words",
    "plan_of",
    "revised_in_words",
    "undecided_in_words",
]
