"""Writes and sends what is due while a site is open: at the start, and every quarter of an hour."""

from collections.abc import Callable

from PySide6.QtCore import QObject
from typing_extensions import override

from app.core.base.progress import Progress
from app.core.links import Outbox, Sent
from app.ui.kit.jobs import JobRunner, Lane
from app.ui.kit.rounds import Rounds


class MailRounds(Rounds):
    """Sends what waits; nothing is opened where no relay is named."""

    every_ms = 15 * 60_000
    lane = Lane.WORK

    def __init__(
        self, outbox: Outbox, jobs: JobRunner, tell: Callable[[str], bool], parent: QObject
    ) -> None:
        super().__init__(jobs, tell, parent)
        self._outbox = outbox

    @override
    def do(self, progress: Progress) -> Sent:
        return self._outbox.send_if_due()

    @override
    def trouble(self, done: Sent) -> str:
        return done.trouble
