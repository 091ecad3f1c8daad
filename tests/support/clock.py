"""A clock that a test turns by hand."""

from datetime import UTC, datetime, timedelta

SOME_MORNING = datetime(2026, 11, 23, 5, 12, tzinfo=UTC)
"""23 Nov 2026, 10:42 in India."""


class TurnedClock:
    """Stands still until it is turned; implements app.core.base.clock.Clock."""

    def __init__(self, now: datetime = SOME_MORNING) -> None:
        self._now = now.astimezone(UTC)
        self._monotonic = 1000.0

    def now(self) -> datetime:
        """Return the instant the clock was turned to."""
        return self._now

    def monotonic(self) -> float:
        """Return the seconds turned forward so far, from an arbitrary start."""
        return self._monotonic

    def turn(self, by: timedelta) -> None:
        """Let time pass. Raises ValueError for time that passes backwards."""
        if by < timedelta(0):
            raise ValueError("time passes forward; set_wall turns the wall clock back")
        self._now += by
        self._monotonic += by.total_seconds()

    def set_wall(self, now: datetime) -> None:
        """Set the PC's clock, to the past too, as a person or a flat battery would."""
        self._now = now.astimezone(UTC)
