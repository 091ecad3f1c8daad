"""Time as the product sees it: aware UTC instants from a clock that is handed in, never taken."""

import time
from datetime import UTC, date, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Tells the time. Tests hand in one that they turn by hand."""

    def now(self) -> datetime:
        """Return the present instant as aware UTC."""
        ...

    def monotonic(self) -> float:
        """Return seconds that never go back, from an arbitrary start (lost when the PC restarts)."""
        ...


class SystemClock:
    """The PC's own clock."""

    def now(self) -> datetime:
        """Return the present instant as aware UTC."""
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """Return seconds that never go back, from an arbitrary start."""
        return time.monotonic()


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def to_microseconds(instant: datetime) -> int:
    """Return microseconds since 1970-01-01 UTC. Raises ValueError for a naive instant."""
    if instant.tzinfo is None:
        raise ValueError("an instant must carry its time zone")
    return (instant - _EPOCH) // _MICROSECOND


def from_microseconds(microseconds: int) -> datetime:
    """Return the aware UTC instant that lies `microseconds` after 1970-01-01 UTC."""
    return _EPOCH + timedelta(microseconds=microseconds)


def offset_minutes(instant: datetime) -> int:
    """Return the PC's offset from UTC at `instant`, in minutes (330 in India)."""
    return time.localtime(instant.timestamp()).tm_gmtoff // 60


def start_of(day: date) -> datetime:
    """Return the instant at which a day begins at this PC."""
    return datetime(day.year, day.month, day.day).astimezone()


def local_day(clock: Clock) -> date:
    """Return the day it is at this PC."""
    return clock.now().astimezone().date()


def wall_time(instant: datetime) -> datetime:
    """Return what the clock on the wall shows at an instant: this PC's local time, without a zone."""
    return instant.astimezone().replace(tzinfo=None)
