"""The words of cmi5 in statements: verbs, categories, extensions (cmi5 1.0, sections 9 and 10)."""

from enum import StrEnum
from typing import Final

_ADL = "http://adlnet.gov/expapi/verbs/"
_W3ID = "https://w3id.org/xapi/adl/verbs/"
_CONTEXT = "https://w3id.org/xapi/cmi5/context/"

CMI5_CATEGORY: Final = f"{_CONTEXT}categories/cmi5"
"""Marks the statements that cmi5 defines (9.6.2.1)."""
MOVE_ON_CATEGORY: Final = f"{_CONTEXT}categories/moveon"
"""Marks those of them that count for satisfaction (9.6.2.2)."""
SESSION: Final = f"{_CONTEXT}extensions/sessionid"
MASTERY: Final = f"{_CONTEXT}extensions/masteryscore"
LAUNCH_MODE: Final = f"{_CONTEXT}extensions/launchmode"
LAUNCH_URL: Final = f"{_CONTEXT}extensions/launchurl"
MOVE_ON: Final = f"{_CONTEXT}extensions/moveon"
LAUNCH_PARAMETERS: Final = f"{_CONTEXT}extensions/launchparameters"
REASON: Final = "https://w3id.org/xapi/cmi5/result/extensions/reason"
PROGRESS: Final = "https://w3id.org/xapi/cmi5/result/extensions/progress"
BLOCK_TYPE: Final = "https://w3id.org/xapi/cmi5/activitytype/block"
COURSE_TYPE: Final = "https://w3id.org/xapi/cmi5/activitytype/course"

LAUNCH_DATA: Final = "LMS.LaunchData"
LEARNER_PREFERENCES: Final = "cmi5LearnerPreferences"


class Verb(StrEnum):
    """What cmi5 has statements for."""

    LAUNCHED = f"{_ADL}launched"
    INITIALIZED = f"{_ADL}initialized"
    COMPLETED = f"{_ADL}completed"
    PASSED = f"{_ADL}passed"
    FAILED = f"{_ADL}failed"
    TERMINATED = f"{_ADL}terminated"
    ABANDONED = f"{_W3ID}abandoned"
    WAIVED = f"{_W3ID}waived"
    SATISFIED = f"{_W3ID}satisfied"

    @property
    def word(self) -> str:
        """Return the verb's name, as statements display it."""
        return self.value.rpartition("/")[2]


PLAYER_VERBS: Final = frozenset({Verb.LAUNCHED, Verb.ABANDONED, Verb.WAIVED, Verb.SATISFIED})
"""Those that the player alone may say (9.3)."""
JUDGEMENTS: Final = frozenset({Verb.COMPLETED, Verb.PASSED, Verb.FAILED})
"""Those that count for satisfaction."""


class LaunchMode(StrEnum):
    """What a unit is opened for (10.2.2). Nothing is judged but in Normal."""

    NORMAL = "Normal"
    BROWSE = "Browse"
    REVIEW = "Review"
