"""Care of the disk while a site is open: room in reserve, and a look at every page once a day."""

from collections.abc import Callable

from PySide6.QtCore import QObject
from typing_extensions import override

from app.core.base.progress import Progress
from app.core.base.words import _
from app.core.operations import DiskCare, DiskNotes
from app.ui.kit.changes import ChangeFeed
from app.ui.kit.jobs import JobRunner, Lane
from app.ui.kit.rounds import Rounds

DISK_TOPIC = "disk"


class DiskRounds(Rounds):
    """Looks each minute whether there is anything to do; the look at the pages waits for nobody to be there."""

    every_ms = 60_000
    lane = Lane.WORK

    def __init__(
        self,
        disk: DiskCare,
        jobs: JobRunner,
        changes: ChangeFeed,
        tell: Callable[[str], bool],
        parent: QObject,
    ) -> None:
        super().__init__(jobs, tell, parent)
        self._disk = disk
        self._changes = changes
        self._was_full = False
        self.is_nobody_there: Callable[[], bool] = lambda: True

    @override
    def do(self, progress: Progress) -> DiskNotes | None:
        self._disk.keep_reserve()
        if self._disk.is_due(is_idle=self.is_nobody_there()):
            return self._disk.check_in_background(progress)
        return None

    @override
    def trouble(self, done: DiskNotes | None) -> str:
        is_full = self._disk.is_full
        if done is not None or is_full != self._was_full:
            self._changes.announce({DISK_TOPIC})
        self._was_full = is_full
        if done is not None and done.is_damaged:
            return _("The records' file on this PC is damaged. The page System says what to do.")
        return ""
