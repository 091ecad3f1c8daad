"""The pages before anybody works: sign-in, the first run of a PC, the lock."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.core.base.words import current_language
from app.ui.kit.jobs import JobRunner
from app.ui.kit.theme import Theme
from app.ui.shell.sign_in_page import SignInPage
from app.ui.shell.site_in_window import SiteInWindow

if TYPE_CHECKING:
    from pathlib import Path

    from app.core.base.actor import Actor
    from app.core.training.permits import GateRules
    from app.services import Services
    from app.ui.kit.jobs import Job
    from app.ui.shell.ask_backup import BackupAsker
    from app.ui.shell.first_run import FirstRunPage
    from app.ui.shell.gate_page import GatePage
    from app.ui.shell.lock import LockPage
    from app.ui.shell.site_opener import LostPassword


class FrontPages(QObject):
    """Makes them in the window's stack, and anew when the language changes."""

    signed_in = Signal(object)
    """Carries a people.SignedIn."""
    language_chosen = Signal(str)
    unlocked = Signal()
    restore_asked = Signal(object, object)
    """Carries the Path of a backup, and the administrator's password or the LostPassword of two people."""
    gate_shown = Signal(bool)
    """Tells whether somebody may come to the gate, where nobody signs in."""
    left = Signal()
    """Whoever was locked out of sight signs out."""

    def __init__(
        self, pages: QStackedWidget, theme: Theme, jobs: JobRunner, site: SiteInWindow
    ) -> None:
        super().__init__(pages)
        self._pages = pages
        self._theme = theme
        self._jobs = jobs
        self._site = site
        self._lock: LockPage | None = None
        self._lock_language = ""
        self._gate: GatePage | None = None
        self.first_run: FirstRunPage | None = None
        self._waits = False
        self._gate_seconds = 10
        site.opened.connect(self._offer_sign_in)
        site.waits.connect(self._tell_waiting)
        site.rests.connect(self._let_rest)
        site.changes_key.connect(self._show_key_change)
        self._make()

    def reword(self) -> None:
        """Say them in the language that somebody chose on them, who goes on where they were."""
        number, is_password = self.sign_in.number.value(), self.sign_in.secret.is_password
        self.make_anew()
        self.sign_in.go_on(number, is_password=is_password)

    def make_anew(self) -> None:
        """Make them in the language that is on now."""
        for page in (self.sign_in, self._lock, self._gate, self.first_run):
            if page is not None:
                self._take_away(page)
        self.first_run = self._lock = self._gate = None
        self._make()

    def show_sign_in(self) -> None:
        """Ask who is there, in the language that the one before has left."""
        if self._language != current_language():
            self.make_anew()
            return
        self.sign_in.side.tell(self._site.opener.told_at_sign_in())
        self._pages.setCurrentWidget(self.sign_in)
        self.sign_in.focus_first()
        self._ask_for_gate()

    def show_gate(self) -> None:
        """Let people ask "May I?" until somebody goes back to sign-in; the site stays open."""
        if self._gate is None:
            from app.ui.shell.gate_page import GatePage  # takes the database's libraries along

            self._gate = GatePage(self._jobs, self._site.open_services)
            self._gate.left.connect(self._leave_gate)
            self._pages.addWidget(self._gate)
        self._gate.set_seconds(self._gate_seconds)
        self._pages.setCurrentWidget(self._gate)
        self._gate.arrive()
        self.gate_shown.emit(True)

    def _leave_gate(self) -> None:
        self.gate_shown.emit(False)
        self.show_sign_in()

    def _ask_for_gate(self) -> None:
        """Lead to the gate from the sign-in page, where the site says so."""
        services = self._site.services
        if services is None:
            return
        permits, page = services.training.permits, self.sign_in

        def offer(rules: "GateRules") -> None:
            self._gate_seconds = rules.shown_seconds
            if page is self.sign_in:  # it was not made anew in another language
                page.gate_button.setVisible(rules.is_open and not self._waits)

        self._jobs.run(lambda _progress: permits.rules(), done=offer, owner=page)

    def show_lock(self, actor: "Actor", photo: bytes = b"") -> None:
        """Ask for the proof of whoever works."""
        if self._lock is not None and self._lock_language != current_language():
            self._take_away(self._lock)
            self._lock = None
        if self._lock is None:
            from app.ui.shell.lock import LockPage  # not before the first paint

            self._lock = LockPage(self._jobs, self._site.open_services)
            self._lock_language = current_language()
            self._lock.unlocked.connect(self.unlocked)
            self._lock.left.connect(self.left)
            self._pages.addWidget(self._lock)
        self._lock.lock_for(actor, photo)
        self._pages.setCurrentWidget(self._lock)

    def use_recovery_kit(self) -> None:
        """Let two people open the records, whose password is lost."""
        from app.ui.shell.recovering import RecoveryDialog  # once in the life of a site, if ever

        RecoveryDialog(self._pages, self._jobs, self._site.opener, self._site.take).open()

    def _show_key_change(self, job: "Job") -> None:
        from app.ui.shell.key_change import KeyChangeDialog  # once in the life of a site, if ever

        KeyChangeDialog(self._pages, self._jobs, job).open()

    def ask_backup(self) -> None:
        """Ask for a backup, where nobody can sign in."""
        self._asker().ask()

    def show_customs(self) -> None:
        """Let somebody look at a sync file who has neither a site nor a key."""
        from app.ui.sync.customs_dialog import CustomsDialog  # not before the first paint

        CustomsDialog(self._jobs, self._pages, lambda: self._site.services).open()

    def ask_kit_again(self, backup: "Path", lost: "LostPassword", what: str) -> None:
        """Show what two people typed once more: the backup was not restored."""
        self._asker().ask_kit(backup, lost, what)

    def _asker(self) -> "BackupAsker":
        from app.ui.shell.ask_backup import BackupAsker  # hardly ever needed

        return BackupAsker(self._pages, self._jobs, self._site.opener, self.restore_asked.emit)

    def _take_away(self, page: QWidget) -> None:
        self._pages.removeWidget(page)
        page.deleteLater()

    def _make(self) -> None:
        self._language = current_language()
        self.sign_in = SignInPage(self._theme, self._jobs, self._site.name)
        self.sign_in.signed_in.connect(self.signed_in)
        self.sign_in.language_chosen.connect(self.language_chosen)
        self.sign_in.kit_asked.connect(self.use_recovery_kit)
        self.sign_in.gate_asked.connect(self.show_gate)
        self.sign_in.customs_asked.connect(self.show_customs)
        self._pages.addWidget(self.sign_in)
        self._offer_sign_in()
        if self._site.opener.exists():
            self.show_sign_in()
            return
        from app.ui.shell.first_run import FirstRunPage  # once in the life of a PC

        self.first_run = FirstRunPage(self._theme, self._jobs, self._site.opener)
        self.first_run.founded.connect(self._take_founded)
        self.first_run.restore_asked.connect(self.ask_backup)
        self.first_run.customs_asked.connect(self.show_customs)
        self.first_run.language_chosen.connect(self.language_chosen)
        self._pages.addWidget(self.first_run)
        self._pages.setCurrentWidget(self.first_run)
        self.first_run.focus_first()

    def _offer_sign_in(self) -> None:
        """Let the sign-in page prove people, once the site is open."""
        if self._site.services is not None:
            self.sign_in.set_services(self._site.services, self._site.name)
            self.sign_in.tell_waiting(waits=self._waits)
            self._ask_for_gate()

    def _let_rest(self) -> None:
        """Let the page of now wait for the site."""
        self.sign_in.rest()
        self.sign_in.gate_button.hide()

    def _tell_waiting(self, waits: bool) -> None:
        self._waits = waits
        self.sign_in.tell_waiting(waits=waits)

    def _take_founded(self, services: "Services", credentials: tuple[str, str] | None) -> None:
        self._site.take(services)
        self.show_sign_in()
        if credentials is not None:
            self.sign_in.sign_in(*credentials)
