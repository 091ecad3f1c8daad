"""Tables of the plan of a year, and of the signatures under it."""

from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.core.storage.columns import Day, Id
from app.core.storage.tables import NAMES, DoneBy, Fact, Record, Scope


class PlanLineRow(Record):
    """Training in a requirement is planned for a month."""

    __tablename__ = "plan_line"
    __table_args__ = (sa.UniqueConstraint("site_id", "requirement_id", "month"),)
    table_scope = Scope.RECORDS
    regulated = frozenset({"people", "removed"})

    site_id: Mapped[UUID | None] = mapped_column(Id, info={NAMES: "site"})
    requirement_id: Mapped[UUID] = mapped_column(Id, sa.ForeignKey("requirement.id"))
    month: Mapped[date] = mapped_column(Day)
    """Its first day."""
    people: Mapped[int]
    """How many are to be trained in it."""
    note: Mapped[str]
    removed: Mapped[bool] = mapped_column(default=False)


class PlanSigningRow(DoneBy, Fact):
    """Somebody signed the plan of a year as it stood."""

    __tablename__ = "plan_signing"
    table_scope = Scope.RECORDS

    site_id: Mapped[UUID | None] = mapped_column(Id, info={NAMES: "site"})
    year: Mapped[int]
    lines: Mapped[int]
    """How many lines it had."""
    sha256: Mapped[str] = mapped_column(sa.String(64))
    """Of the lines, as `service.plan_digest`."""
