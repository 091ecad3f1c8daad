"""Learning: what people do in courses, how far they are, what they completed."""

from app.core.learning.completing import OnCompleted
from app.core.learning.errors import LessonLocked, NotALearner
from app.core.learning.holding import held_courses, newest_completion
from app.core.learning.intervals import WatchedIntervals
from app.core.learning.seek_rule import allowed_position
from app.core.learning.service import Learning
from app.core.learning.types import (
    BegunCourse,
    CompletedCourse,
    CourseInHand,
    HeldCourse,
    LessonInHand,
)

__all__ = [
    "BegunCourse",
    "CompletedCourse",
    "CourseInHand",
    "HeldCourse",
    "Learning",
    "LessonInHand",
    "LessonLocked",
    "NotALearner",
    "OnCompleted",
    "WatchedIntervals",
    "allowed_position",
    "held_courses",
    "newest_completion",
]
