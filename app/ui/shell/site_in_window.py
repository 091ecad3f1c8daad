"""The one site of a window: opened on a worker, caught up while it is open, closed at the end."""

import gc
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from shiboken6 import isValid

from app.core.base.errors import UserFacingError
from app.core.base.progress import Progress
from app.core.base.words import _
from app.ui.kit.changes import ChangeFeed
from app.ui.kit.jobs import Job, JobRunner, Lane
from app.ui.shell.day_rounds import DayRounds
from app.ui.shell.site_opener import LostPassword, SiteOpener

if TYPE_CHECKING:
    from app.core.base.actor import Actor
    from app.services import Services
    from app.ui.operations.disk_rounds import DiskRounds
    from app.ui.people.hr_folder_rounds import HrFolderRounds
    from app.ui.sync.rounds import FolderRounds
    from app.ui.training.mail_rounds import MailRounds


class SiteInWindow(QObject):
    """Holds the services while the site is open; none before, none after."""

    opened = Signal()
    waits = Signal(bool)
    """Tells whether this PC has joined its site and waits for the first sync file."""
    refused = Signal(object)
    """Carries a UserFacingError: the site could not be opened."""
    changes_key = Signal(object)
    """Carries the job that changes the data key: the site is closed until it is over."""
    rests = Signal()
    """The site was closed because nobody is there; it opens again when somebody is."""
    troubled = Signal(object)
    """Carries a UserFacingError: what is done of itself did not work."""
    restore_asked = Signal(object)
    """Carries the Path of a backup that is to take the place of the records."""
    restore_failed = Signal(object)
    """Carries the UserFacingError; the records of before are in force."""
    restored = Signal(str)
    """Carries what there is to tell of it."""

    def __init__(
        self, opener: SiteOpener, jobs: JobRunner, changes: ChangeFeed, parent: QObject
    ) -> None:
        super().__init__(parent)
        self.opener = opener
        self._jobs = jobs
        self._changes = changes
        self._services: Services | None = None
        self._rounds: FolderRounds | None = None
        self._hr_rounds: HrFolderRounds | None = None
        self._day_rounds: DayRounds | None = None
        self._disk_rounds: DiskRounds | None = None
        self._mail_rounds: MailRounds | None = None
        self.tell_quietly: Callable[[str], bool] = lambda _words: False
        """Says something to whom it concerns, without a dialog; False: nobody was there to hear."""
        self.is_nobody_there: Callable[[], bool] = lambda: True
        """Tells whether nobody works in the window now: then the disk may be looked at."""
        self._may_rest = False
        self._rests = False
        self._password: str | None = None
        """Of a change of the data key that waits until no job needs the site."""
        jobs.became_idle.connect(self._rest_if_idle)
        jobs.became_idle.connect(self._change_key_if_idle)
        changes.changed.connect(self._hear)

    @property
    def services(self) -> "Services | None":
        """Return the services; None while the site is not open."""
        return self._services

    def open_services(self) -> "Services":
        """Return the services. Raises RuntimeError while the site is not open."""
        if self._services is None:
            raise RuntimeError("nobody is signed in while the site is not open")
        return self._services

    @property
    def name(self) -> str:
        """Return the name of the site; "" while it is not open."""
        return self._services.open_site.name if self._services else ""

    def open(self, password: str | None = None) -> None:
        """Open the site; `opened` or `refused` tells how it went."""
        self._jobs.run(
            lambda _progress: self.opener.open(password),
            done=self.take,
            failed=self.refused.emit,
            owner=self,
        )

    def take(self, services: "Services") -> None:
        """Take an open site, and do what waited for it."""
        from app.ui.operations.disk_rounds import DiskRounds  # takes the database's libraries along
        from app.ui.people.hr_folder_rounds import HrFolderRounds  # likewise
        from app.ui.sync.rounds import FolderRounds  # likewise
        from app.ui.training.mail_rounds import MailRounds  # likewise

        former = self._services
        if former is not None:  # it was opened once more, with the recovery kit
            self._stop_rounds()
            self._jobs.run(lambda _progress: former.close(), failed=self._tell, owner=self)
        self._services = services
        self._rounds = FolderRounds(
            services.sync.shared,
            self._jobs,
            self._changes,
            self.tell_quietly,
            self,
        )
        self._hr_rounds = HrFolderRounds(services.hr_folder, self._jobs, self.tell_quietly, self)
        self._day_rounds = DayRounds(services, self._jobs, self._tell, self)
        self._disk_rounds = DiskRounds(
            services.disk, self._jobs, self._changes, self.tell_quietly, self
        )
        self._disk_rounds.is_nobody_there = self.is_nobody_there
        self._mail_rounds = MailRounds(services.outbox, self._jobs, self.tell_quietly, self)
        services.open_site.site.listeners.append(self._changes.announce)
        services.backups.on_restore_asked.append(self.restore_asked.emit)
        self.opened.emit()
        self._hr_rounds.go()
        self._mail_rounds.go()
        self._ask_whether_waiting()
        self._day_rounds.go()
        self._disk_rounds.go()

    def restore(self, backup: Path, brought: str | LostPassword | None = None) -> Job:
        """Close the site, put a backup in the place of its records, and open it again either way."""
        self._stop_rounds()
        services, self._services = self._services, None

        def work(progress: Progress) -> str:
            if services is not None:
                services.close()
            return self.opener.restore(backup, brought, progress)

        def done(words: str) -> None:
            self.open()
            self.restored.emit(words)

        def failed(error: UserFacingError) -> None:
            if self.opener.exists():
                self.open()
            self.restore_failed.emit(error)

        return self._jobs.run(work, done=done, failed=failed, owner=self)

    def close(self) -> None:
        """Close the site; nothing can be done in the window after."""
        self._stop_rounds()
        if self._services is not None:
            self._services.close()
            self._services = None

    def _stop_rounds(self) -> None:
        """Exchange with nobody any more; a window that is gone took the rounds along."""
        for rounds in (
            self._rounds,
            self._hr_rounds,
            self._day_rounds,
            self._disk_rounds,
            self._mail_rounds,
        ):
            if rounds is not None and isValid(rounds):
                rounds.stop()
        self._rounds = self._hr_rounds = self._day_rounds = None
        self._disk_rounds = self._mail_rounds = None

    def rest(self) -> None:
        """Close the site as soon as no job needs it: nobody is there, and the key leaves the memory."""
        self._may_rest = True
        self._rest_if_idle()

    def wake(self) -> None:
        """Open the site again if it was closed for want of people."""
        self._may_rest = False
        if self._rests:
            self._rests = False
            self.open()

    def _rest_if_idle(self) -> None:
        services = self._services
        if not self._may_rest or services is None or not self._jobs.is_idle():
            return
        if services.sync.shared.folder is not None:
            return  # an administrator wants this PC to exchange while nobody is there
        self._stop_rounds()
        self._may_rest, self._rests = False, True
        self._services = None
        self.rests.emit()
        self._jobs.run(
            lambda _progress: services.close(),
            done=lambda _none: QTimer.singleShot(0, self, _collect),
            failed=self._tell,
            owner=self,
        )

    def change_key(self, password: str) -> None:
        """Close the site as soon as no job needs it, and give its records another key."""
        self._password = password
        self._change_key_if_idle()

    def _change_key_if_idle(self) -> None:
        services, password = self._services, self._password
        if services is None or password is None or not self._jobs.is_idle():
            return
        self._password, self._services = None, None
        self._stop_rounds()
        self.rests.emit()

        def work(progress: Progress) -> "Services":
            services.close()
            return self.opener.change_key(password, progress)

        job = self._jobs.run(
            work,
            done=self._take_with_new_key,
            failed=self._key_not_changed,
            owner=self,
            lane=Lane.WORK,
            title=_("Changing the key of the records"),
        )
        self.changes_key.emit(job)

    def _take_with_new_key(self, services: "Services") -> None:
        QTimer.singleShot(0, self, _collect)  # the old key leaves the memory
        self.take(services)

    def _key_not_changed(self, error: UserFacingError) -> None:
        self._tell(error)
        self.open()

    def seal_for(self, auditor: "Actor") -> None:
        """Sign how far the journal goes before an auditor looks."""
        services = self.open_services()
        self._jobs.run(
            lambda _progress: services.journal.seal(auditor), failed=self._tell, owner=self
        )

    def _ask_whether_waiting(self) -> None:
        services = self._services
        if services is not None:
            self._jobs.run(
                lambda _progress: services.open_site.waits,
                done=self.waits.emit,
                failed=self._tell,
                owner=self,
            )

    def _hear(self, topics: frozenset[str]) -> None:
        if "site" in topics:
            self._ask_whether_waiting()
        if "certificate" in topics and self._day_rounds is not None:
            self._day_rounds.go()

    def _tell(self, error: UserFacingError) -> None:
        self.troubled.emit(error)


def _collect() -> None:
    """Let go of what was to stay to the end (assembly.lasting): the key of the site is in it.

    On the window's thread, where widgets may go with it.
    """
    gc.unfreeze()
    gc.collect()
