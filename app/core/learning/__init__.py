"""Learning: what people do in courses, how far they are, what they completed."""

from app.core.learning.completing import OnCompleted
from app.core.learning.errors import LessonLocked, NotALearner
from app.core.learning.intervals import WatchedIntervals
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
    "CourseInHand",
    "Dialect",
    "Duration",
    "EntryStatus",
    "InteractionReport",
    "Learning",
    "LessonInHand",
    "LessonLocked",
    "LessonMode",
    "Navigation",
    "NavigationRequest",
    "NotALearner",
    "OnCompleted",
    "Outcome",
    "OutcomeKind",
    "PrerequisiteUnreadable",
    "ScormCourse",
    "ScormLearner",
    "ScormState",
    "SharedState",
    "Standing",
    "ValidRequests",
    "WatchedIntervals",
    "allowed_position",
    "interactions",
    "prerequisite",
    "scorm_from_json",
    "scorm_to_json",
    "shared_from_json",
    "state_to_json",
]
