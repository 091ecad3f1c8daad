"""What quizzes hand out: an attempt in hand, its outcome, and what is told of it."""

from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from uuid import UUID

from app.core.assessments.policy import TimeLeft
from app.core.assessments.types import AttemptScore, Question, QuizSettings, Response


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedQuestion:
    """One question of a paper, with what was given to it so far."""

    question_id: UUID
    question: Question
    order: tuple[str, ...]
    section: int
    response: Response | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PoolQuestion:
    """A question that a quiz may ask, as its author sees it."""

    question_id: UUID
    section: int
    question: Question


@dataclass(frozen=True, slots=True, kw_only=True)
class AttemptInHand:
    """An open attempt."""

    attempt_id: UUID
    lesson_id: UUID
    number: int
    title: str
    settings: QuizSettings
    questions: tuple[AskedQuestion, ...]
    section_titles: tuple[str, ...]
    time_left: TimeLeft | None
    position: int
    flagged: frozenset[UUID]
    is_read_to: bool = False
    """Whether whoever takes it needs questions read to them: their sounds play by themselves."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoredAnew:
    """What counts for an attempt since questions that it asked were left out of every result."""

    score: AttemptScore
    decided_at: datetime
    """When the last of the decisions was asked for."""
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AttemptOutcome:
    """An attempt that was handed in."""

    attempt_id: UUID
    lesson_id: UUID
    number: int
    title: str
    settings: QuizSettings
    began_at: datetime
    submitted_at: datetime
    ended_by: str
    score: AttemptScore
    questions: tuple[AskedQuestion, ...]
    section_titles: tuple[str, ...]
    may_review: bool
    """Whether the learner may see what was right, and why."""
    anew: ScoredAnew | None = None
    """None where the score that it was given counts."""

    @property
    def counts(self) -> AttemptScore:
        """Return the score that counts."""
        return self.score if self.anew is None else self.anew.score


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoredAttempt:
    """What those above assessments need to act on a score, in the same unit."""

    attempt_id: UUID
    person_id: UUID
    lesson_id: UUID
    score: Fraction
    score_hundredths: int
    passed: bool
    seconds: int
