"""Proving the journal from a screen: begun, watched, stopped, and what came of it."""

from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QObject, Signal

from app.core.base.errors import UserFacingError
from app.core.base.figures import moment, number
from app.core.base.progress import Progress
from app.core.base.words import _
from app.core.journal import Verdict
from app.services import Services
from app.ui.kit.jobs import Job, Lane
from app.ui.kit.screen import Screen
from app.ui.kit.theme import Tone


@dataclass(frozen=True, slots=True)
class Told:
    """What is said of the proof: a title, a line about it, icon and tone."""

    title: str
    about: str
    icon: str
    tone: Tone


class Proof(QObject):
    """One verification at a time, for the screen that shows it."""

    changed = Signal()

    def __init__(self, screen: Screen[Services]) -> None:
        super().__init__(screen)
        self._screen = screen
        self._desk = screen.desk
        self._job: Job | None = None
        self._at: datetime | None = None
        self.verdict: Verdict | None = None
        self.share = 0.0

    @property
    def is_under_way(self) -> bool:
        """Tell whether it is being proved now."""
        return self._job is not None

    def toggle(self) -> None:
        """Begin, or stop what is under way."""
        if self._job is not None:
            self._job.cancel()
        else:
            self.start()

    def start(self) -> None:
        """Prove the whole journal, off the window's thread."""
        journal, actor = self._desk.services.journal, self._desk.actor

        def work(progress: Progress) -> Verdict:
            return journal.verify(actor, progress)

        self._job = self._desk.jobs.run(
            work,
            done=self._done,
            failed=self._failed,
            owner=self._screen,
            lane=Lane.WORK,
            title=_("Verifying the audit trail"),
        )
        self.share = 0.0
        self._job.progressed.connect(self._progressed)
        self.changed.emit()

    def _progressed(self) -> None:
        if self._job is not None:
            self.share = self._job.share or 0.0
            self.changed.emit()

    def _done(self, verdict: Verdict) -> None:
        self._job, self.verdict, self._at = None, verdict, self._desk.clock.now()
        self.changed.emit()

    def _failed(self, error: UserFacingError) -> None:
        self._job = None
        self.changed.emit()
        self._desk.tell_error(error)

    def told(self, entries: int) -> Told:
        """Return what is known; `entries` are those in the journal now."""
        count = number(entries)
        if self.is_under_way:
            about = _("Every entry is read and compared with the records.")
            return Told(_("Verifying the audit trail…"), about, "hourglass", Tone.INFO)
        if self.verdict is None or self._at is None:
            about = _("{count} entries. Verify now proves that none was changed.")
            title = _("Not verified since this page was opened")
            return Told(title, about.format(count=count), "link", Tone.INFO)
        bad = self.verdict.first_bad
        if bad is None:
            about = _("{count} entries, chain intact. Verified {when}.").format(
                count=number(self.verdict.entries), when=moment(self._at)
            )
            return Told(_("Audit trail verified"), about, "shield-check", Tone.SUCCESS)
        about = _("{log}, entry {entry}: {what}. Sound up to sealed entry {good}.").format(
            log=bad.log or "–",
            entry="–" if bad.seq is None else number(bad.seq),
            what=bad.what,
            good="–" if bad.last_good_seal is None else number(bad.last_good_seal),
        )
        return Told(_("The audit trail does not hold"), about, "shield-x", Tone.DANGER)
