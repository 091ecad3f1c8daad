"""Looks into the folder for HR files while a site is open: at the start, and every minute."""

from collections.abc import Callable

from PySide6.QtCore import QObject
from typing_extensions import override

from app.core.base.actor import system_actor
from app.core.base.progress import Progress
from app.core.people.imports import HrFolder
from app.ui.kit.jobs import JobRunner
from app.ui.kit.rounds import Rounds


class HrFolderRounds(Rounds):
    """Takes what lies in the watched folder, where one is watched."""

    every_ms = 60_000

    def __init__(
        self, folder: HrFolder, jobs: JobRunner, tell: Callable[[str], bool], parent: QObject
    ) -> None:
        super().__init__(jobs, tell, parent)
        self._folder = folder

    @override
    def is_wanted(self) -> bool:
        return self._folder.choice.folder is not None

    @override
    def do(self, progress: Progress) -> int:
        return self._folder.look(system_actor())

    @override
    def trouble(self, done: int) -> str:
        return ""
