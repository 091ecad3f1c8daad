"""Turns reports of a player's position into stretches that were really played."""

from collections.abc import Callable

TICK_MS = 1_000
_LONGEST_STEP_MS = 3_000
"""A longer step between two reports is a leap, not playing (2x speed and a busy PC included)."""


class Watching:
    """Collects what is played and tells it in stretches of at most a second of recording.

    `tell` gets start and end in milliseconds; stretches of one run touch, so they unite without gaps.
    """

    def __init__(self, tell: Callable[[int, int], None]) -> None:
        self._tell = tell
        self._start = 0
        self._end = 0

    def jump(self, position: int) -> None:
        """Take note that playing goes on from `position`: after a seek, or when a file is opened."""
        self.flush()
        self._start = self._end = position

    def move(self, position: int) -> None:
        """Take note that playing has come to `position`."""
        if not self._end <= position <= self._end + _LONGEST_STEP_MS:
            self.jump(position)
            return
        self._end = position
        while self._end - self._start >= TICK_MS:
            self._tell(self._start, self._start + TICK_MS)
            self._start += TICK_MS

    def flush(self) -> None:
        """Tell what was played and not told yet: before a pause, a seek, the end, closing."""
        if self._end > self._start:
            self._tell(self._start, self._end)
        self._start = self._end
