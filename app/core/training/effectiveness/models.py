"""Tables of what is checked some weeks after training, and of the checks."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.core.storage.columns import Day, Id, Instant, Json
from app.core.storage.tables import DoneBy, Fact, Record, Scope


class EffectivenessRuleRow(Record):
    """What is checked after training in a requirement, for who is trained from a day on."""

    __tablename__ = "effectiveness_rule"
    __table_args__ = (sa.UniqueConstraint("requirement_id", "from_on"),)
    table_scope = Scope.CATALOGUE
    regulated = frozenset({"checked_after", "questions"})

    requirement_id: Mapped[UUID] = mapped_column(Id, sa.ForeignKey("requirement.id"))
    from_on: Mapped[date] = mapped_column(Day)
    checked_after: Mapped[int]
    """Days after the training; 0: nothing is checked any more."""
    questions: Mapped[list[str]] = mapped_column(Json)
    """Each is answered with yes or no by who looks; yes is what is hoped for."""


class EffectivenessCheckRow(DoneBy, Fact):
    """Somebody looked whether one person does at work what they were trained in, and signed it."""

    __tablename__ = "effectiveness_check"
    table_scope = Scope.RECORDS

    person_id: Mapped[UUID] = mapped_column(Id, sa.ForeignKey("person.id"), index=True)
    requirement_id: Mapped[UUID] = mapped_column(Id, sa.ForeignKey("requirement.id"))
    proof_id: Mapped[UUID] = mapped_column(Id, index=True)
    """The completion or the credit that the training gave."""
    trained_at: Mapped[datetime] = mapped_column(Instant)
    findings: Mapped[Any] = mapped_column(Json)
    """A list of [question, yes]: the questions as they were then."""
    is_observed: Mapped[bool]
    """Whether they were seen doing it."""
    is_effective: Mapped[bool]
    remark: Mapped[str] = mapped_column(sa.Text)
