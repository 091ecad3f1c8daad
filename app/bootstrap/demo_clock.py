"""The clock of the demo: its month is played in moments."""

from datetime import datetime, timedelta

from app.core.base.clock import SystemClock

_LAST_HOUR = timedelta(hours=1)
"""Before now, kept free: what is done last goes on for a while, and nothing is done in time to come."""


class PlayedClock:
    """Stands where it is put, a month back at first; follows the PC's clock once released."""

    def __init__(self, start: datetime) -> None:
        self._system = SystemClock()
        self._now: datetime | None = start

    def now(self) -> datetime:
        """Return the instant that is being played."""
        return self._now if self._now is not None else self._system.now()

    def monotonic(self) -> float:
        """Return the PC's own monotonic seconds."""
        return self._system.monotonic()

    def reach(self, instant: datetime) -> None:
        """Go to an instant, unless it is past already; one that has not come yet stays ahead."""
        if self._now is not None:
            self._now = max(self._now, min(instant, self._system.now() - _LAST_HOUR))

    def pass_time(self, seconds: int) -> None:
        """Let time pass."""
        if self._now is not None:
            self._now += timedelta(seconds=seconds)

    def release(self) -> None:
        """Follow the PC's clock from now on."""
        self._now = None
