"""While a backup takes the place of the records: a page that says so, and the way back to sign-in."""

from pathlib import Path

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.core.base.errors import UserFacingError
from app.core.base.words import _
from app.ui.kit.buttons import primary
from app.ui.kit.cards import Card
from app.ui.kit.dialogs import Dialog, tell
from app.ui.kit.jobs import Job, JobRunner
from app.ui.kit.labels import PlainLabel
from app.ui.kit.layouts import ScrollPage, centred, column, row
from app.ui.kit.progress import BusyLine, ProgressBar
from app.ui.kit.theme import TextRole, Tone
from app.ui.shell.front_pages import FrontPages
from app.ui.shell.side_panel import SidePanel
from app.ui.shell.site_in_window import SiteInWindow
from app.ui.shell.site_opener import LostPassword

_PATIENCE_MS = 120_000


class RestoringPage(QWidget):
    """Says how far it is. There is nothing to press: old or new records are whole at any moment."""

    def __init__(self, place: str) -> None:
        super().__init__()
        self.setProperty("page", True)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(_("A backup is being restored"))
        sides = row(self, gap=0)
        sides.addWidget(SidePanel(place), 4)
        page = ScrollPage()
        sides.addWidget(page, 9)
        middle = column(page.content, gap=12, margin=24)
        middle.addStretch(1)
        card = Card()
        self._busy = BusyLine()
        card.body.addWidget(self._busy)
        card.body.addWidget(PlainLabel(_("A backup is being restored"), TextRole.H1, wrap=True))
        self._note = PlainLabel("", TextRole.BODY2, wrap=True)
        card.body.addWidget(self._note)
        self._bar = ProgressBar(_("Restoring"))
        card.body.addWidget(self._bar)
        words = _("Leave the PC on. Should it stop all the same, the records of before are there.")
        card.body.addWidget(PlainLabel(words, TextRole.MUTED, wrap=True))
        middle.addWidget(centred(card, 600))
        middle.addStretch(1)
        self._busy.start()

    def follow(self, job: Job) -> None:
        """Show how far a job is."""
        job.progressed.connect(lambda: self._show(job))

    def _show(self, job: Job) -> None:
        self._note.setText(job.note)
        self._bar.set_share(job.share or 0.0)


class Restoring(QObject):
    """Takes the window through a restore: page, work, sign-in, and what there is to tell."""

    def __init__(
        self, pages: QStackedWidget, jobs: JobRunner, site: SiteInWindow, front: FrontPages
    ) -> None:
        super().__init__(pages)
        self._pages = pages
        self._jobs = jobs
        self._site = site
        self._front = front
        self._page: RestoringPage | None = None
        self._asked: tuple[Path, str | LostPassword | None] | None = None
        site.restored.connect(self._restored)
        site.restore_failed.connect(self._failed)

    def begin(self, backup: Path, brought: str | LostPassword | None = None) -> None:
        """Restore a backup; nobody is signed in any more."""
        self._asked = (backup, brought)
        self._page = RestoringPage(self._site.name)
        self._pages.addWidget(self._page)
        self._pages.setCurrentWidget(self._page)
        self._jobs.wait_idle(_PATIENCE_MS)  # whatever still reads or writes the records
        self._page.follow(self._site.restore(backup, brought))

    def _restored(self, words: str) -> None:
        self._leave()
        dialog = Dialog(
            _("The backup is restored"), "circle-check", Tone.SUCCESS, self._pages.window()
        )
        for line in words.splitlines():
            dialog.add_words(line)
        dialog.foot.addWidget(primary(_("Close")).on_press(dialog.accept))
        dialog.open()

    def _failed(self, error: UserFacingError) -> None:
        asked = self._asked
        self._leave()
        if asked is not None and isinstance(asked[1], LostPassword):
            self._front.ask_kit_again(asked[0], asked[1], error.sentence)
            return
        tell(error, self._pages)

    def _leave(self) -> None:
        self._asked = None  # what was brought leaves the memory
        if self._page is not None:
            self._pages.removeWidget(self._page)
            self._page.deleteLater()
            self._page = None
        self._front.make_anew()
