"""A series of signatures: the first asks for id and password, the next for the password alone.

It ends when somebody comes, goes or comes back to a locked PC, and after ten minutes without a
signature (21 CFR 11.200(a)(1)): by the clock that never goes back, which stands still while a PC
sleeps, and by the wall clock, which somebody may set back.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from app.core.base.clock import Clock

IDLE = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class _Running:
    account_id: UUID
    last: float
    """By the clock that never goes back, in seconds."""
    last_at: datetime


class Series:
    """The one series that may run at a PC."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._running: _Running | None = None

    def runs_for(self, account_id: UUID) -> bool:
        """Tell whether somebody's last signature is part of the series that still runs."""
        running = self._running
        if running is None or running.account_id != account_id:
            return False
        by_wall = self._clock.now() - running.last_at
        is_awake = timedelta(0) <= by_wall < IDLE
        return is_awake and self._clock.monotonic() - running.last < IDLE.total_seconds()

    def go_on(self, account_id: UUID) -> None:
        """Note that somebody has signed."""
        self._running = _Running(account_id, self._clock.monotonic(), self._clock.now())

    def end(self) -> None:
        """Ask for both again, whoever signs next."""
        self._running = None
