"""How far the writing of an archive is."""

from app.core.base.progress import Progress

_EVERY = 200


class Telling:
    """Counts entries and rows; tells every some of them, so that one can stop."""

    def __init__(self, progress: Progress, total: int) -> None:
        self._progress = progress
        self._total = total
        self._done = 0

    def more(self, note: str) -> None:
        """Count one more. Raises Cancelled."""
        if self._done % _EVERY == 0:
            self._progress.step(min(self._done, self._total), self._total, note)
        self._done += 1
