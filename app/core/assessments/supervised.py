"""What supervision hands out: where a person stands with each quiz, and what they were given."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from app.core.assessments.policy import (
    NO_EXTRA_TIME,
    ExtraTime,
    StartDecision,
    TimeLeft,
    can_lift,
    can_unlock,
)


class GiftKind(StrEnum):
    """What a supervisor gave."""

    ATTEMPT = "attempt"
    WAITING_LIFTED = "waiting_lifted"
    TIME = "time"
    EXTRA_TIME = "extra_time"
    EXTRA_TIME_ENDED = "extra_time_ended"


@dataclass(frozen=True, slots=True, kw_only=True)
class Gift:
    """Something a supervisor gave, for good in the records."""

    kind: GiftKind
    at: datetime
    by_name: str
    reason: str
    extra: ExtraTime = NO_EXTRA_TIME
    """What time it gave, where it gave time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SupervisedQuiz:
    """A quiz that a person has tried."""

    lesson_id: UUID
    course_id: UUID
    course: str
    version: int
    position: int
    """Of the lesson in its course, from 1."""
    title: str
    decision: StartDecision
    attempts: int
    best_hundredths: int | None
    """Of all attempts that were handed in, in hundredths of a percent."""
    open_attempt_id: UUID | None
    time_left: TimeLeft | None
    """Of the open attempt, where there is a limit."""
    gifts: tuple[Gift, ...]
    """The newest first."""

    @property
    def may_unlock(self) -> bool:
        """Tell whether one more attempt would change anything."""
        return can_unlock(self.decision)

    @property
    def may_lift(self) -> bool:
        """Tell whether there is a waiting to end."""
        return can_lift(self.decision)

    @property
    def may_extend(self) -> bool:
        """Tell whether an attempt is open against the clock."""
        return self.open_attempt_id is not None and self.time_left is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class SupervisedPerson:
    """What a supervisor sees of a person's quizzes."""

    person_id: UUID
    extra_time: ExtraTime | None
    """In force now; None where there is none."""
    extra_gifts: tuple[Gift, ...]
    """When extra time was given and ended, the newest first."""
    quizzes: tuple[SupervisedQuiz, ...]
    """The one tried last first."""
