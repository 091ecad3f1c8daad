"""Tables of corrections: what was on record stays, and a fact beside it says what is right."""

from collections.abc import Iterator
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column
from typing_extensions import override

from app.core.storage.columns import Id
from app.core.storage.tables import DoneBy, Fact, Record, Scope


class CorrectionRow(DoneBy, Fact):
    """Somebody says that one thing on record is wrong, what is right, and why."""

    __tablename__ = "correction"
    __table_args__ = (sa.Index("ix_correction_record", "record_kind", "record_id"),)
    table_scope = Scope.RECORDS

    record_kind: Mapped[str]
    """The table of the fact that it points at."""
    record_id: Mapped[UUID] = mapped_column(Id)
    person_id: Mapped[UUID] = mapped_column(Id, sa.ForeignKey("person.id"), index=True)
    field: Mapped[str]
    old: Mapped[str]
    """What stood there before, corrections of before counted in."""
    new: Mapped[str]
    reason: Mapped[str]
    is_critical: Mapped[bool]
    """Whether a second person has to agree: whether somebody is qualified hangs on it."""


class CorrectionVerdictRow(DoneBy, Fact):
    """A correction stands, or was refused; what it changes of what somebody holds."""

    __tablename__ = "correction_verdict"
    __table_args__ = (sa.UniqueConstraint("correction_id"),)
    table_scope = Scope.RECORDS

    correction_id: Mapped[UUID] = mapped_column(Id, sa.ForeignKey("correction.id"))
    is_accepted: Mapped[bool]
    replaces_id: Mapped[UUID | None] = mapped_column(
        Id, sa.ForeignKey("requirement_credit.id"), index=True
    )
    """The credit that counts no more."""
    credit_id: Mapped[UUID | None] = mapped_column(
        Id, sa.ForeignKey("requirement_credit.id"), index=True
    )
    """The one that counts instead; None where nothing does."""

    @override
    def stands_for(self, session: Session) -> Iterator[Fact | Record]:
        """Yield the correction that it is about."""
        yield session.get_one(CorrectionRow, self.correction_id)

    reason: Mapped[str]
