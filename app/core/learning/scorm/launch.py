"""What a launch begins with, and what is kept of it: the same for both books."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from app.core.content import LaunchSettings
from app.core.learning.sequencing import LaunchFacts


class LessonMode(StrEnum):
    """What the learner may do in the lesson, spelt as in `cmi.mode`."""

    NORMAL = "normal"
    BROWSE = "browse"
    """Looking around: nothing counts."""
    REVIEW = "review"
    """Already done: nothing changes any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Launch:
    """One opening of one activity by one learner."""

    learner_id: str
    learner_name: str
    """Last name, first name."""
    facts: LaunchFacts
    settings: LaunchSettings
    attempt_duration: str = ""
    """How long an attempt may take, as the author wrote it."""
    mode: LessonMode = LessonMode.NORMAL
    is_for_credit: bool = True
    kept: Mapping[str, str] = field(default_factory=dict)
    """What the activity's last run left (`ScormRun.kept`)."""

    @property
    def credit(self) -> str:
        """Return whether it counts, in the books' words."""
        counts = self.is_for_credit and self.mode is LessonMode.NORMAL
        return "credit" if counts else "no-credit"
