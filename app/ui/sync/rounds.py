"""Rounds through the shared folder while a site is open."""

from collections.abc import Callable

from PySide6.QtCore import QObject
from typing_extensions import override

from app.core.base.actor import system_actor
from app.core.base.progress import Progress
from app.core.sync import LastRound, SharedFolder
from app.ui.kit.changes import ChangeFeed
from app.ui.kit.jobs import JobRunner, Lane
from app.ui.kit.rounds import Rounds
from app.ui.sync.topics import FOLDER_TOPIC, SYNC_TOPIC


class FolderRounds(Rounds):
    """Writes and takes in every few seconds, where there is a folder."""

    every_ms = 10_000
    lane = Lane.EXCHANGE

    def __init__(
        self,
        shared: SharedFolder,
        jobs: JobRunner,
        changes: ChangeFeed,
        tell: Callable[[str], bool],
        parent: QObject,
    ) -> None:
        super().__init__(jobs, tell, parent)
        self._shared = shared
        self._changes = changes

    @override
    def is_wanted(self) -> bool:
        return self._shared.folder is not None

    @override
    def do(self, progress: Progress) -> LastRound | None:
        return self._shared.go_round(system_actor(), progress)

    @override
    def trouble(self, done: LastRound | None) -> str:
        if done is None:  # somebody took the folder away meanwhile
            return ""
        self._changes.announce({FOLDER_TOPIC} | ({SYNC_TOPIC} if done.changed else set()))
        return " ".join(done.troubles) if done.failed else ""
