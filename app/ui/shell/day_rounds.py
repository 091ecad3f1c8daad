"""What a day brings and what waits, done while a site is open: at the start, at midnight, after certificates."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from app.core.base.clock import local_day
from app.core.base.errors import UserFacingError
from app.core.base.progress import Progress
from app.ui.kit.jobs import JobRunner, Lane

if TYPE_CHECKING:
    from app.services import Services

RULES_TOPIC = "rules held back"
"""Announced when the new day found rules that wait for somebody: nothing that is kept has changed."""
EVERY_MS = 60_000
"""How soon a new day is seen: a timer set for midnight would sleep along with the PC."""


class DayRounds(QObject):
    """Seals the day before, begins the new one, makes its backup, issues and freezes what is waiting."""

    def __init__(
        self,
        services: "Services",
        jobs: JobRunner,
        tell: Callable[[UserFacingError], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._services = services
        self._jobs = jobs
        self._tell = tell
        self._clock = services.open_site.site.clock
        self._day = local_day(self._clock)
        self._timer = QTimer(self, interval=EVERY_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> None:
        """Go round if another day has begun since the last time."""
        today = local_day(self._clock)
        if today != self._day:
            self._day = today
            self.go()

    def go(self) -> None:
        """Go round; what is done already is not done again."""
        services = self._services

        def work(progress: Progress) -> None:
            services.journal.seal_if_due()
            services.courses.approving.take_effect_if_due()
            if services.training.begin_day_if_due().held_back:
                services.open_site.site.announce(frozenset({RULES_TOPIC}))
            services.backups.make_if_due(progress)
            services.certificates.issue_missing(progress)
            services.certificates.make_missing_documents(progress)

        self._jobs.run(work, failed=self._tell, owner=self, lane=Lane.WORK)

    def stop(self) -> None:
        """Go round no more."""
        self._timer.stop()
