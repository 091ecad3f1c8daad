"""Tables of requirements and of who must meet them."""

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.core.storage.columns import Day, Id, Instant
from app.core.storage.tables import Record, Scope


class RequirementRow(Record):
    """Something a person must hold. A published course is one under the course's code."""

    __tablename__ = "requirement"
    table_scope = Scope.CATALOGUE
    regulated = frozenset({"course_id", "valid_months"})

    code: Mapped[str] = mapped_column(index=True)
    title: Mapped[str]
    course_id: Mapped[UUID | None] = mapped_column(Id, sa.ForeignKey("course.id"), unique=True)
    valid_months: Mapped[int | None]


class AssignmentRow(Record):
    """One person × requirement × cycle, with a due date. Overdue is derived, never stored."""

    __tablename__ = "assignment"
    __table_args__ = (
        sa.UniqueConstraint("person_id", "requirement_id", "cycle"),
        sa.Index("ix_assignment_open_due", "due_on", sqlite_where=sa.text("closed_at IS NULL")),
    )
    table_scope = Scope.RECORDS
    regulated = frozenset({"due_on"})

    person_id: Mapped[UUID] = mapped_column(Id, sa.ForeignKey("person.id"))
    requirement_id: Mapped[UUID] = mapped_column(Id, sa.ForeignKey("requirement.id"), index=True)
    cycle: Mapped[int] = mapped_column(default=1)
    assigned_at: Mapped[datetime] = mapped_column(Instant)
    origin: Mapped[str]
    """Why the person has it, as a sentence for the person."""
    due_on: Mapped[date | None] = mapped_column(Day)
    completion_id: Mapped[UUID | None] = mapped_column(Id, sa.ForeignKey("course_completion.id"))
    closed_at: Mapped[datetime | None] = mapped_column(Instant)
    """When it was completed or cancelled."""
    cancelled_reason: Mapped[str] = mapped_column(default="")
