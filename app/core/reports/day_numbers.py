"""The days of instants and of days as the database keeps them, as ordinals; each is worked out once, since there are millions."""

from datetime import date, timedelta

from app.core.base.clock import from_microseconds, start_of, to_microseconds
from app.core.reports.steps import NEVER

_QUARTER = 15 * 60 * 1_000_000
"""Microseconds: days begin at whole quarters of an hour, in every time zone."""


class Days:
    """The local days of instants, none of which lies ahead: what is dated later counts as of today."""

    def __init__(self, today: date) -> None:
        self._today = today.toordinal()
        self._ends = to_microseconds(start_of(today + timedelta(days=1)))
        self._known = _Quarters()
        self._read = _Ordinals()
        self.of_text = self._read.__getitem__
        """Returns the ordinal of a day as the database keeps it; NEVER for none."""
        self.was_ahead = False

    def of_instant(self, at: int) -> int:
        """Return the ordinal of the day of an instant, given in microseconds."""
        if at >= self._ends:
            self.was_ahead = True
            return self._today
        return self._known[at // _QUARTER]


class _Quarters(dict[int, int]):
    """Ordinals of the local days of quarters of an hour, each worked out once."""

    def __missing__(self, quarter: int) -> int:
        local = from_microseconds(quarter * _QUARTER).astimezone()
        day = self[quarter] = local.date().toordinal()
        return day


class _Ordinals(dict[str | None, int]):
    """Ordinals of days as text, each read once."""

    def __init__(self) -> None:
        super().__init__({None: NEVER})

    def __missing__(self, day: str | None) -> int:
        ordinal = self[day] = date.fromisoformat(str(day)).toordinal()
        return ordinal
