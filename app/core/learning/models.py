"""Tables of learning: what people did, how far they are, what they completed."""

from datetime import date, datetime
from fractions import Fraction
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine.default import DefaultExecutionContext
from sqlalchemy.orm import Mapped, mapped_column

from app.core.storage.columns import Day, Id, Instant, Json, Share
from app.core.storage.tables import NAMES, Derived, DoneBy, Fact, Local, Scope


def _who_begins(context: DefaultExecutionContext) -> UUID:
    person: UUID = context.get_current_parameters()["person_id"]  # type: ignore[no-untyped-call]  # SQLAlchemy's
    return person


class CourseStartRow(Fact):
    """Somebody began a course; from here on they stay on this version of it.

    A further start of the same person and course opens the next cycle. What two people began, who
    were then found to be one, stays two starts (ADR 23).
    """

    __tablename__ = "course_start"
    __table_args__ = (
        sa.UniqueConstraint("begun_by_id", "course_id", "cycle"),
        sa.Index("ix_course_start_person_id_course_id_cycle", "person_id", "course_id", "cycle"),
    )
    table_scope = Scope.RECORDS

    person_id: Mapped[UUID] = mapped_column(Id, sa.ForeignKey("person.id"))
    begun_by_id: Mapped[UUID | None] = mapped_column(
        Id, default=_who_begins, info={NAMES: "person"}
    )
    """The person as they were known then; None in records of an earlier program."""
    course_id: Mapped[UUID] = mapped_column(Id, sa.ForeignKey("course.id"), index=True)
    version_id: Mapped[UUID] = mapped_column(Id, sa.ForeignKey("course_version.id"))
    cycle: Mapped[int] = mapped_column(default=1)
    at: Mapped[datetime] = mapped_column(Instant)


class LearningSessionRow(Fact):
    """One sitting with one lesson: written at pause, exit and completion, covering what was new."""

    __tablename__ = "learning_session"
    __table_args__ = (sa.Index("ix_learning_session_ended", "ended_at", "start_id"),)
    table_scope = Scope.RECORDS

    start_id: Mapped[UUID] = mapped_column(Id, sa.ForeignKey("course_start.id"), index=True)
    lesson_id: Mapped[UUID] = mapped_column(Id, sa.ForeignKey("lesson.id"))
    began_at: Mapped[datetime] = mapped_column(Instant)
    ended_at: Mapped[datetime] = mapped_column(Instant)
    active_seconds: Mapped[int]
    trace: Mapped[dict[str, Any]] = mapped_column(Json)
    """What was seen in this sitting: watched intervals, pages with dwell; by lesson kind."""


class LessonCompletionRow(Fact):
    """A lesson is done, by its rule."""

    __tablename__ = "lesson_completion"
    __table_args__ = (sa.UniqueConstraint("start_id", "lesson_id"),)
    table_scope = Scope.RECORDS

    start_id: Mapped[UUID] = mapped_column(Id, sa.ForeignKey("course_start.id"))
    lesson_id: Mapped[UUID] = mapped_column(Id, sa.ForeignKey("lesson.id"))
    at: Mapped[datetime] = mapped_column(Instant)
    rule: Mapped[str]
    """Which rule was met, as text that an auditor can read later."""
    evidence: Mapped[dict[str, Any]] = mapped_column(Json)
    """What met it: share watched, pages, attempt, statement."""


class CourseCompletionRow(Fact):
    """A course is done: all its required lessons are."""

    __tablename__ = "course_completion"
    __table_args__ = (
        sa.Index("ix_course_completion_newest", "person_id", "course_id", "at"),
        sa.Index("ix_course_completion_expiry", "course_id", "valid_until"),
    )
    table_scope = Scope.RECORDS

    start_id: Mapped[UUID] = mapped_column(Id, sa.ForeignKey("course_start.id"), unique=True)
    person_id: Mapped[UUID] = mapped_column(Id, sa.ForeignKey("person.id"))
    course_id: Mapped[UUID] = mapped_column(Id, sa.ForeignKey("course.id"))
    at: Mapped[datetime] = mapped_column(Instant)
    score: Mapped[Fraction | None] = mapped_column(Share)
    valid_until: Mapped[date | None] = mapped_column(Day)
    """Last valid day, the whole of it; None: for good."""


class CompletionWithdrawalRow(DoneBy, Fact):
    """A completion counts no more: somebody did not do the course after all. The completion stays on record."""

    __tablename__ = "completion_withdrawal"
    table_scope = Scope.RECORDS

    completion_id: Mapped[UUID] = mapped_column(
        Id, sa.ForeignKey("course_completion.id"), index=True
    )
    person_id: Mapped[UUID] = mapped_column(Id, sa.ForeignKey("person.id"), index=True)
    """Of the completion."""
    reason: Mapped[str]


class LessonStateRow(Local):
    """Where somebody is in a lesson at this moment, kept to within five seconds (run-time state)."""

    __tablename__ = "lesson_state"

    start_id: Mapped[UUID] = mapped_column(Id, primary_key=True)
    lesson_id: Mapped[UUID] = mapped_column(Id, primary_key=True)
    state: Mapped[dict[str, Any]] = mapped_column(Json)
    """The lesson kind's own resume state."""
    share: Mapped[Fraction] = mapped_column(Share, default=Fraction(0))
    active_seconds: Mapped[int] = mapped_column(default=0)
    unsaved: Mapped[dict[str, Any]] = mapped_column(Json)
    """What has happened since the last learning session was written."""
    updated_at: Mapped[datetime] = mapped_column(Instant)


class CourseProgressRow(Derived):
    """How far a start is: kept in the transaction that changes it, rebuilt from facts."""

    __tablename__ = "course_progress"

    start_id: Mapped[UUID] = mapped_column(Id, primary_key=True)
    person_id: Mapped[UUID] = mapped_column(Id, index=True)
    course_id: Mapped[UUID] = mapped_column(Id, index=True)
    lessons_done: Mapped[int] = mapped_column(default=0)
    lessons_required: Mapped[int]
    best_score_hundredths: Mapped[int | None]
    is_stuck: Mapped[bool] = mapped_column(default=False)
    """Whether no attempt is left at a quiz that has to be passed: somebody has to give one."""
    active_seconds: Mapped[int] = mapped_column(default=0)
    last_at: Mapped[datetime] = mapped_column(Instant)
    completed_at: Mapped[datetime | None] = mapped_column(Instant)
    valid_until: Mapped[date | None] = mapped_column(Day)
