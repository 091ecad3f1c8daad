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
    Standing,
    Way,
    Wish,
    registration_of,
)
from app.core.learning.seek_rule import allowed_position
from app.core.learning.service import Learning
from app.core.learning.types import BegunCourse, CompletedCourse, CourseInHand, LessonInHand

__all__ = [
    "BegunCourse",
    "CompletedCourse",
    "ContentsLine",
    "CourseInHand",
    "EntryState",
    "Launch",
    "LaunchAnswer",
    "Launches",
    "Learning",
    "LessonInHand",
    "LessonLocked",
    "NotALearner",
    "OnCompleted",
    "Opening",
    "PackageNotPlayable",
    "Situation",
    "Standing",
    "WatchedIntervals",
    "Way",
    "Wish",
    "allowed_position",
    "registration_of",
]
