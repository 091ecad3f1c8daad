"""Tables of shifts: which hours a word on people means at a site, and the site's holidays."""

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.core.storage.columns import Day, Id, Instant
from app.core.storage.tables import NAMES, Record, Scope


class ShiftRow(Record):
    """The hours of a shift of a site. People are in it by what is written of them, whatever its capitals."""

    __tablename__ = "shift"
    __table_args__ = (sa.UniqueConstraint("site_id", "word"),)
    table_scope = Scope.IDENTITY

    site_id: Mapped[UUID | None] = mapped_column(Id, info={NAMES: "site"})
    word: Mapped[str]
    """Its name, folded: what makes two shifts of a site one."""
    name: Mapped[str]
    anchor_on: Mapped[date] = mapped_column(Day)
    """A day on which the cycle begins."""
    pattern: Mapped[str]
    """The cycle, as `writing.write_pattern` writes it."""
    works_on_holidays: Mapped[bool]
    closed_on: Mapped[date | None] = mapped_column(Day)
    """First day on which its hours are not known any more."""


class HolidayRow(Record):
    """A day on which nobody of a site begins to work, but for the shifts that work on holidays."""

    __tablename__ = "holiday"
    __table_args__ = (sa.UniqueConstraint("site_id", "falls_on"),)
    table_scope = Scope.IDENTITY

    site_id: Mapped[UUID | None] = mapped_column(Id, info={NAMES: "site"})
    falls_on: Mapped[date] = mapped_column(Day)
    name: Mapped[str]
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
    """When somebody said that it is none."""


class ShiftHoursRow(Record):
    """Other hours of a shift from a day on, until the next such day; those before stay what they were."""

    __tablename__ = "shift_hours"
    __table_args__ = (sa.UniqueConstraint("site_id", "word", "from_on"),)
    table_scope = Scope.IDENTITY

    site_id: Mapped[UUID | None] = mapped_column(Id, info={NAMES: "site"})
    word: Mapped[str]
    """Of the shift (`ShiftRow.word`)."""
    from_on: Mapped[date] = mapped_column(Day)
    anchor_on: Mapped[date] = mapped_column(Day)
    pattern: Mapped[str]
    works_on_holidays: Mapped[bool]
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
    """When somebody said that they do not come after all."""
