"""cmi5: the rules of units and sessions, and what the player itself says. Pure: no clock, no database."""

from app.core.learning.cmi5.course import Node, UnitTerms, course_of
from app.core.learning.cmi5.errors import Cmi5Refused
from app.core.learning.cmi5.launching import launch_data
from app.core.learning.cmi5.preferences import check_preferences, preferences
from app.core.learning.cmi5.rules import (
    SessionTerms,
    check_order,
    check_sent,
    check_statement,
)
from app.core.learning.cmi5.saying import Voice
from app.core.learning.cmi5.standing import (
    CourseStanding,
    Session,
    UnitStanding,
    is_reviewed,
    is_satisfied,
    newly_satisfied,
    open_units,
    session_of,
    standing_after,
    verb_of,
)
from app.core.learning.cmi5.vocabulary import (
    CMI5_CATEGORY,
    LAUNCH_DATA,
    LEARNER_PREFERENCES,
    PLAYER_VERBS,
    PROGRESS,
    LaunchMode,
    Verb,
)

__all__ = [
    "CMI5_CATEGORY",
    "LAUNCH_DATA",
    "LEARNER_PREFERENCES",
    "PLAYER_VERBS",
    "PROGRESS",
    "Cmi5Refused",
    "CourseStanding",
    "LaunchMode",
    "Node",
    "Session",
    "SessionTerms",
    "UnitStanding",
    "UnitTerms",
    "Verb",
    "Voice",
    "check_order",
    "check_preferences",
    "check_sent",
    "check_statement",
    "course_of",
    "is_reviewed",
    "is_satisfied",
    "launch_data",
    "newly_satisfied",
    "open_units",
    "preferences",
    "session_of",
    "standing_after",
    "verb_of",
]
