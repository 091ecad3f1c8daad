"""Tables of what people asked to be trained in, and what was replied."""

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.core.storage.columns import Day, Id, Instant
from app.core.storage.tables import PERSONAL, DoneBy, Fact, Personal, Scope


class TrainingRequestRow(Fact):
    """Somebody asked for training."""

    __tablename__ = "training_request"
    table_scope = Scope.RECORDS

    person_id: Mapped[UUID] = mapped_column(Id, sa.ForeignKey("person.id"), index=True)
    requirement_id: Mapped[UUID | None] = mapped_column(Id, sa.ForeignKey("requirement.id"))
    """What is asked for, where it is something that the site trains in."""
    words: Mapped[str] = mapped_column(sa.Text, info={PERSONAL: Personal("person_id", "")})
    at: Mapped[datetime] = mapped_column(Instant)


class TrainingReplyRow(DoneBy, Fact):
    """Whoever is responsible replied; a later reply takes the place of one before."""

    __tablename__ = "training_reply"
    table_scope = Scope.RECORDS

    request_id: Mapped[UUID] = mapped_column(Id, sa.ForeignKey("training_request.id"), index=True)
    is_granted: Mapped[bool]
    planned_on: Mapped[date | None] = mapped_column(Day)
    """When it is to take place; None where it was refused, or approved without a day."""
    words: Mapped[str] = mapped_column(sa.Text)
