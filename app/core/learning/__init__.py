"""Learning: what people do in courses, how far they are, what they completed."""

from app.core.learning.completing import OnCompleted
from app.core.learning.errors import LessonLocked, NotALearner
from app.core.learning.intervals import WatchedIntervals
from app.core.learning.launches import Answer as LaunchAnswer
from app.core.learning.launches import (
    ContentsLine,
    EntryState,
    Launch,
    Launches,
    Opening,
    PackageNotPlayable,
    Situation,
    Way,
    Wish,
    registration_of,
)
from app.core.learning.launches import Standing as PackageStanding
from app.core.learning.scorm import (
    Answer,
    Dialect,
    Duration,
    InteractionReport,
    LessonMode,
    PrerequisiteUnreadable,
    ScormCourse,
    ScormLearner,
    ScormState,
    interactions,
    prerequisite,
    scorm_from_json,
    scorm_to_json,
)
from app.core.learning.seek_rule import allowed_position
from app.core.learning.sequencing import (
    ContentsEntry,
    EntryStatus,
    Navigation,
    NavigationRequest,
    Outcome,
    OutcomeKind,
    SharedState,
    Standing,
    ValidRequests,
    shared_from_json,
    state_to_json,
)
from app.core.learning.service import Learning
from app.core.learning.types import BegunCourse, CompletedCourse, CourseInHand, LessonInHand

__all__ = [
    "Answer",
    "BegunCourse",
    "CompletedCourse",
    "ContentsEntry",
    "ContentsLine",
    "CourseInHand",
    "Dialect",
    "Duration",
    "EntryState",
    "EntryStatus",
    "InteractionReport",
    "Launch",
    "LaunchAnswer",
    "Launches",
    "Learning",
    "LessonInHand",
    "LessonLocked",
    "LessonMode",
    "Navigation",
    "NavigationRequest",
    "NotALearner",
    "OnCompleted",
    "Opening",
    "Outcome",
    "OutcomeKind",
    "PackageNotPlayable",
    "PackageStanding",
    "PrerequisiteUnreadable",
    "ScormCourse",
    "ScormLearner",
    "ScormState",
    "SharedState",
    "Situation",
    "Standing",
    "ValidRequests",
    "WatchedIntervals",
    "Way",
    "Wish",
    "allowed_position",
    "interactions",
    "prerequisite",
    "registration_of",
    "scorm_from_json",
    "scorm_to_json",
    "shared_from_json",
    "state_to_json",
]
