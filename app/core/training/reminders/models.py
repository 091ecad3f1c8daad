"""Tables of reminders: the ladder, dated, and who was told of what."""

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.core.storage.columns import Day, Id, Instant, Word
from app.core.storage.tables import NAMES, Record, Scope
from app.core.training.reminders.kinds import LadderStep


class ReminderLadderRow(Record):
    """Who is told when, from a day on, until a later ladder takes over."""

    __tablename__ = "reminder_ladder"
    __table_args__ = (sa.UniqueConstraint("site_id", "from_on"),)
    table_scope = Scope.IDENTITY

    site_id: Mapped[UUID | None] = mapped_column(Id, info={NAMES: "site"})
    from_on: Mapped[date] = mapped_column(Day)
    learner_before: Mapped[int | None]
    """Days before the due date; None: the learner is not told."""
    supervisor_after: Mapped[int | None]
    """Days after it; 0: on the day itself."""
    head_after: Mapped[int | None]
    qa_after: Mapped[int | None]
    head_id: Mapped[UUID | None] = mapped_column(Id, sa.ForeignKey("person.id"))
    qa_id: Mapped[UUID | None] = mapped_column(Id, sa.ForeignKey("person.id"))
    numbers_only: Mapped[bool] = mapped_column(default=False)
    """Whether notice boards show employee numbers without names."""


class ReminderRow(Record):
    """Somebody was told of an assignment: each step once for a due date, whatever became of the message."""

    __tablename__ = "reminder"
    __table_args__ = (sa.UniqueConstraint("assignment_id", "step", "due_on"),)
    table_scope = Scope.RECORDS

    assignment_id: Mapped[UUID] = mapped_column(Id, sa.ForeignKey("assignment.id"))
    step: Mapped[LadderStep] = mapped_column(Word(LadderStep))
    due_on: Mapped[date | None] = mapped_column(Day)
    """The day that the step goes by: the due date, or the last day of grace; None counts for any."""
    told_id: Mapped[UUID] = mapped_column(Id, sa.ForeignKey("person.id"), index=True)
    at: Mapped[datetime] = mapped_column(Instant)


class ReviewReminderRow(Record):
    """Somebody was told of a document's review: each step once for its day and for who sees to it."""

    __tablename__ = "review_reminder"
    __table_args__ = (sa.UniqueConstraint("keeper_id", "step", "due_on"),)
    table_scope = Scope.RECORDS

    keeper_id: Mapped[UUID] = mapped_column(Id, sa.ForeignKey("document_keeper.id"))
    step: Mapped[LadderStep] = mapped_column(Word(LadderStep))
    due_on: Mapped[date] = mapped_column(Day)
    told_id: Mapped[UUID] = mapped_column(Id, sa.ForeignKey("person.id"), index=True)
    at: Mapped[datetime] = mapped_column(Instant)
