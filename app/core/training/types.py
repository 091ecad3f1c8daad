"""What training hands out: frozen values."""

from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from uuid import UUID

from app.core.courses import LessonPlan
from app.core.training.rules import HELD, Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement:
    """Something people must hold."""

    id: UUID
    code: str
    title: str
    course_id: UUID | None
    valid_months: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignmentPreview:
    """What an assignment would do, counted before it is done."""

    requirement: Requirement
    audience: int
    already_assigned: int
    unknown_numbers: tuple[str, ...] = ()
    """Of the numbers that were named, those of nobody who is here and may be assigned to."""
    unknown_codes: tuple[str, ...] = ()
    """Of the codes that were named, those of no org unit and no job role."""

    @property
    def fresh(self) -> int:
        """Return how many people would get it."""
        return self.audience - self.already_assigned


@dataclass(frozen=True, slots=True, kw_only=True)
class MyCourse:
    """A course on a learner's home: why they have it, by when, how far they are."""

    course_id: UUID
    start_id: UUID | None
    title: str
    titles: dict[str, str]
    topic: str
    lessons: int
    lessons_done: int
    share: Fraction
    seconds_left: int
    next_lesson: str
    """Title of the lesson to go on with; empty when there is none."""
    next_lessons: dict[str, str]
    """The same in other languages, by language."""
    next_position: int
    origin: str
    due_on: date | None
    is_due: bool
    """Whether the due date stands: no completion has met it."""
    completed_at: datetime | None
    """When it was completed last, in whichever cycle."""
    valid_until: date | None
    """Of that completion."""
    score_hundredths: int | None
    """The best of the cycle completed last; until there is one, of the cycle under way."""
    is_renewing: bool
    """Whether it was begun again and is under way, while an earlier completion is on record."""
    standing: Standing
    comes_first: tuple[str, ...] = ()
    """Titles of what has to be held before it is begun, or begun again, and is not."""
    withdrawn: str = ""
    """Why nothing that was completed of it counts any more: it has to be begun again. "" where that is not so."""

    @property
    def is_done(self) -> bool:
        """Tell whether it is held, and nothing of it is under way."""
        return self.standing in HELD and not self.is_renewing

    def title_in(self, language: str) -> str:
        """Return the title in a language, or as it is."""
        return self.titles.get(language, self.title)

    def next_lesson_in(self, language: str) -> str:
        """Return the title of the lesson to go on with in a language, or as it is."""
        return self.next_lessons.get(language, self.next_lesson)


@dataclass(frozen=True, slots=True, kw_only=True)
class LessonAhead:
    """A lesson of a course that is not begun: what it is, not what is in it."""

    position: int
    plan: LessonPlan


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseAhead:
    """What awaits somebody in a course that they have not begun."""

    course_id: UUID
    version: int
    description: str
    descriptions: dict[str, str]
    in_order: bool
    valid_months: int | None
    lessons: tuple[LessonAhead, ...]
