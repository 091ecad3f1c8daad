"""Tables of figures that are kept: what each person adds to them, and their sums by day and org unit.

A figure is kept as the days on which it changes: its value at the end of a day is the sum of its
changes up to then. So nothing has to be done when a day begins, and no day is counted anew.
"""

from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.core.storage.columns import Day, Id
from app.core.storage.tables import Derived


class PersonFiguresRow(Derived):
    """What one person adds to the figures of their org unit: what is taken away when it changes."""

    __tablename__ = "person_figures"

    person_id: Mapped[UUID] = mapped_column(Id, primary_key=True)
    org_unit_id: Mapped[UUID | None] = mapped_column(Id)
    """To whose figures it was added."""
    stands: Mapped[bytes] = mapped_column(sa.LargeBinary)
    """How their pairs stand, as `steps.packed`."""
    learned: Mapped[bytes] = mapped_column(sa.LargeBinary)
    """From when to when they had learned in the last thirty days, as `steps.packed`."""
    is_ahead: Mapped[bool] = mapped_column()
    """Whether something is dated later than the day on which it was worked out: then it counts as of that day."""


class UnitFiguresRow(Derived):
    """By how much the figures of an org unit's own people change on a day."""

    __tablename__ = "unit_figures"
    __table_args__ = ({"sqlite_with_rowid": False},)

    org_unit_id: Mapped[UUID] = mapped_column(Id, primary_key=True)
    """`NO_UNIT` for people who belong to none, `EVERY_UNIT` for all people together."""
    day: Mapped[date] = mapped_column(Day, primary_key=True)
    required: Mapped[int]
    held: Mapped[int]
    expiring: Mapped[int]
    overdue: Mapped[int]
    learners: Mapped[int]
    open: Mapped[int]
    """Assignments that nothing has closed."""
    late: Mapped[int]
    """Of those, what the list of assignments calls overdue, renewals of what is still held among it."""


class FiguresHeadRow(Derived):
    """Up to which entry of a log the figures have taken over what changed."""

    __tablename__ = "figures_head"

    log_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    seq: Mapped[int]
    day: Mapped[date] = mapped_column(Day)
    """The day it was then; where it is an earlier one now, the clock was set back."""
    zone: Mapped[str]
    """The PC's time zone then: in another, days begin at other instants."""


NO_UNIT, EVERY_UNIT = UUID(int=0), UUID(int=1)
