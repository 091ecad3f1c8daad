"""Tables of committees, of who sits on them, and of the notices that were printed."""

from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.core.storage.columns import Day, Id, Json, Word
from app.core.storage.tables import (
    CRITICAL,
    NAMES,
    PERSONAL,
    Critical,
    DoneBy,
    Fact,
    Personal,
    Record,
    Scope,
)
from app.core.training.committees.kinds import CommitteeKind, SeatRole


class CommitteeRow(Record):
    """A committee of a site, such as the Internal Committee."""

    __tablename__ = "committee"
    table_scope = Scope.IDENTITY

    site_id: Mapped[UUID | None] = mapped_column(Id, info={NAMES: "site"})
    title: Mapped[str]
    asks: Mapped[list[str]] = mapped_column(Json)
    """Ids of the requirements that its presiding officer has to hold."""
    kind: Mapped[CommitteeKind] = mapped_column(
        Word(CommitteeKind), default=CommitteeKind.INTERNAL, info={CRITICAL: Critical()}
    )
    """A program that knows no kinds takes every committee for the Internal Committee."""
    least: Mapped[int] = mapped_column(default=0)
    """How many members it has to have; 0: nobody said."""
    least_per_shift: Mapped[int] = mapped_column(default=0)
    """How many of them in every shift that people of its site work; 0: nobody said."""
    counts_trained: Mapped[bool] = mapped_column(default=False)
    """Whether only members count who hold all of `asks`."""


class CommitteeSeatRow(Record):
    """Somebody sits on a committee from a day up to, but not on, a day."""

    __tablename__ = "committee_seat"
    table_scope = Scope.IDENTITY

    committee_id: Mapped[UUID] = mapped_column(Id, sa.ForeignKey("committee.id"), index=True)
    person_id: Mapped[UUID | None] = mapped_column(Id, sa.ForeignKey("person.id"), index=True)
    """None for somebody from outside who is no person here."""
    name: Mapped[str] = mapped_column(info={PERSONAL: Personal("person_id", "")})
    """Of somebody from outside; "" where the person says it."""
    contact: Mapped[str] = mapped_column(info={PERSONAL: Personal("person_id", "")})
    """How they are reached, as the notice says it."""
    role: Mapped[SeatRole] = mapped_column(Word(SeatRole))
    from_on: Mapped[date] = mapped_column(Day)
    to_on: Mapped[date | None] = mapped_column(Day)


class CommitteeNoticeRow(DoneBy, Fact):
    """A notice of a committee was printed; it holds while the committee is as it says."""

    __tablename__ = "committee_notice"
    table_scope = Scope.IDENTITY

    committee_id: Mapped[UUID] = mapped_column(Id, sa.ForeignKey("committee.id"), index=True)
    sha256: Mapped[str] = mapped_column(sa.String(64))
    """Of who sat on it, as `service.seats_digest`."""
