"""Tables of erasure: who asked, who confirmed, what is held back, and for how long records are kept."""

from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.core.storage.columns import Id
from app.core.storage.tables import NAMES, DoneBy, Fact, Record, Scope, Spoken


class ErasureRequestRow(DoneBy, Fact):
    """Somebody asked that a person be erased. Nothing happens until another confirms it."""

    __tablename__ = "erasure_request"
    table_scope = Scope.IDENTITY

    person_id: Mapped[UUID] = mapped_column(Id, index=True, info={NAMES: "person"})
    reason: Mapped[str]


class ErasureWithdrawnRow(DoneBy, Fact):
    """A request holds no longer."""

    __tablename__ = "erasure_withdrawn"
    __table_args__ = (sa.UniqueConstraint("request_id"),)
    table_scope = Scope.IDENTITY

    request_id: Mapped[UUID] = mapped_column(Id, sa.ForeignKey("erasure_request.id"))
    reason: Mapped[str]


class PersonErasureRow(DoneBy, Fact):
    """A person is erased, for good: wherever this comes their keys are destroyed, and refused ever after.

    It refers to nothing, so that it waits for nothing: it may come before the person does.
    """

    __tablename__ = "person_erasure"
    __table_args__ = (sa.UniqueConstraint("person_id"),)
    table_scope = Scope.IDENTITY
    erases = "person_id"
    spoken = Spoken({"person_id": "person"}, waits=False)

    person_id: Mapped[UUID] = mapped_column(Id, info={NAMES: "person"})
    request_id: Mapped[UUID | None] = mapped_column(Id)
    """What was confirmed; None for what this PC knew outside its records, after they were restored."""


class LegalHoldRow(DoneBy, Fact):
    """A person is not to be erased: an inquiry, an accident, a claim."""

    __tablename__ = "legal_hold"
    table_scope = Scope.IDENTITY

    person_id: Mapped[UUID] = mapped_column(Id, index=True, info={NAMES: "person"})
    reason: Mapped[str]


class LegalHoldLiftedRow(DoneBy, Fact):
    """A hold is over."""

    __tablename__ = "legal_hold_lifted"
    __table_args__ = (sa.UniqueConstraint("hold_id"),)
    table_scope = Scope.IDENTITY

    hold_id: Mapped[UUID] = mapped_column(Id, sa.ForeignKey("legal_hold.id"))
    reason: Mapped[str]


class RetentionRuleRow(Record):
    """For how many years after somebody left a site keeps what is personal of them."""

    __tablename__ = "retention_rule"
    __table_args__ = (sa.UniqueConstraint("site_id"),)
    table_scope = Scope.IDENTITY

    site_id: Mapped[UUID] = mapped_column(Id, info={NAMES: "site"})
    years: Mapped[int]
