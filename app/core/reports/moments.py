"""The days at which the overview looks back, and SQL for the first of them that a date concerns."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from app.core.base.clock import start_of
from app.core.storage.columns import Day, Instant
from app.core.training.rules import EXPIRING

POINTS = 12
MONTH = timedelta(days=30)
WEEK = timedelta(days=7)


def month_ends(today: date) -> tuple[date, ...]:
    """Return the last days of the eleven months before this one, then today."""
    ends, first = [today], today.replace(day=1)
    while len(ends) < POINTS:
        ends.append(first - timedelta(days=1))
        first = ends[-1].replace(day=1)
    return tuple(reversed(ends))


def back_from(today: date, step: timedelta) -> tuple[date, ...]:
    """Return twelve days, a step apart, today the last."""
    return tuple(today - step * index for index in range(POINTS - 1, -1, -1))


def past_days(today: date) -> tuple[date, ...]:
    """Return every day before today at which the overview looks, each once, in order."""
    looked = {*month_ends(today), *back_from(today, WEEK), today - MONTH}
    return tuple(sorted(looked - {today}))


@dataclass(frozen=True, slots=True)
class Moments:
    """Days in order. Each method gives SQL for the index of the first day at which something is so.

    The index is the number of days where it is so at none of them, or where the column is null.
    """

    days: tuple[date, ...]

    def ends(self) -> tuple[datetime, ...]:
        """Return the instant at which each day is over."""
        return tuple(start_of(day + timedelta(days=1)) for day in self.days)

    def happened(self, column: Any) -> sa.ColumnElement[int]:
        """Return the first day by whose end an instant lies in the past."""
        ends = self.ends()
        return self._first(lambda index: column < sa.literal(ends[index], Instant))

    def reached(self, column: Any) -> sa.ColumnElement[int]:
        """Return the first day that is this day, or is later."""
        return self._first(lambda index: column <= self._day(index))

    def passed(self, column: Any) -> sa.ColumnElement[int]:
        """Return the first day that is later than this day."""
        return self._first(lambda index: column < self._day(index))

    def neared(self, column: Any) -> sa.ColumnElement[int]:
        """Return the first day from which this day is at most as far as EXPIRING."""
        return self._first(lambda index: column <= self._day(index, EXPIRING))

    def _day(self, index: int, ahead: timedelta = timedelta(0)) -> sa.BindParameter[date]:
        return sa.literal(self.days[index] + ahead, Day)

    def _first(self, holds: Callable[[int], Any]) -> sa.ColumnElement[int]:
        """Return a search by halves: five comparisons a row for twenty-four days."""

        def within(low: int, high: int) -> Any:  # a number at the leaves, a CASE above
            if low == high:
                return sa.literal_column(str(low))
            middle = (low + high) // 2
            return sa.case((holds(middle), within(low, middle)), else_=within(middle + 1, high))

        found: sa.ColumnElement[int] = within(0, len(self.days))
        return found
