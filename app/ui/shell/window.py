"""The main window: sign-in or first run, then the work area, and the lock over it."""

from typing import TYPE_CHECKING

from PySide6.QtGui import QCloseEvent, QGuiApplication
from PySide6.QtWidgets import QMainWindow, QStackedWidget
from typing_extensions import override

from app.core.base.errors import UserFacingError
from app.core.base.progress import Progress
from app.core.base.words import current_language, offered_languages, use_language
from app.ui.kit.changes import ChangeFeed
from app.ui.kit.jobs import JobRunner, Lane
from app.ui.kit.theme import Theme
from app.ui.shell.idle import IdleWatch
from app.ui.shell.sign_in_page import SignInPage
from app.ui.shell.site_opener import SiteOpener

if TYPE_CHECKING:
    from app.core.base.actor import Actor
    from app.core.people import SignedIn
    from app.services import Services
    from app.ui.shell.first_run import FirstRunPage
    from app.ui.shell.lock import LockPage
    from app.ui.shell.work_area import WorkArea

_WIDTH, _HEIGHT = 1366, 768


class MainWindow(QMainWindow):
    """One window, one site, one person at a time."""

    def __init__(
        self,
        opener: SiteOpener,
        theme: Theme,
        jobs: JobRunner,
        changes: ChangeFeed,
        idle: IdleWatch,
    ) -> None:
        super().__init__()
        self._opener = opener
        self._theme = theme
        self._jobs = jobs
        self._changes = changes
        self._idle = idle
        self._services: Services | None = None
        self._work: WorkArea | None = None
        self._first_run: FirstRunPage | None = None
        self._lock: LockPage | None = None
        self.setWindowTitle("Daksha")
        screen = QGuiApplication.primaryScreen().availableSize()
        self.resize(min(_WIDTH, screen.width()), min(_HEIGHT, screen.height()))
        self.pages = QStackedWidget()
        self.setCentralWidget(self.pages)
        self._make_pages()
        idle.idle.connect(self.lock)
        changes.changed.connect(self._catch_up)
        jobs.error_unclaimed.connect(self._tell_error)

    def begin(self) -> None:
        """Open the site, if there is one, now that the window is painted."""
        if self._opener.exists():
            self._open_site(None)

    @property
    def work(self) -> "WorkArea | None":
        """Return what the signed-in person works in; None while nobody is."""
        return self._work

    @property
    def sign_in_page(self) -> SignInPage:
        """Return the sign-in page."""
        return self._sign_in

    @property
    def first_run_page(self) -> "FirstRunPage | None":
        """Return the first-run page, where there is no site yet."""
        return self._first_run

    def lock(self) -> None:
        """Cover the work until its owner proves who they are."""
        if self._work is None or self.pages.currentWidget() is not self._work:
            return
        self._work.current.pause()
        if self._lock is None:
            self._lock = self._make_lock()
        self._lock.lock_for(self._work.actor)
        self.pages.setCurrentWidget(self._lock)

    def sign_out(self) -> None:
        """Leave the work, saved, and show sign-in."""
        work, services = self._work, self._services
        if work is None or services is None or not work.may_leave():
            return
        actor = work.actor
        self._idle.set_watching(watching=False)
        self._put_away_work()
        self._jobs.run(lambda _progress: services.sign_in.sign_out(actor), owner=self)
        self._show_sign_in()

    def set_language(self, code: str) -> None:
        """Word the whole window in another language."""
        if code == current_language():
            return
        use_language(code)
        self._theme.set_language(code)
        if self._work is None:
            self._remake_pages()
            return
        actor, (key, args) = self._work.actor, self._work.where
        self._put_away_work()
        self._show_work(actor)
        self._work.open(key, **args)

    def _tell_error(self, error: UserFacingError) -> None:
        from app.ui.kit.dialogs import tell  # not before the first paint

        tell(error, self)

    def close_site(self) -> None:
        """Close the site; nothing can be done in the window after."""
        if self._services is not None:
            self._services.close()
            self._services = None

    def _make_pages(self) -> None:
        place = self._services.open_site.name if self._services else ""
        self._sign_in = SignInPage(self._theme, self._jobs, place)
        self._sign_in.signed_in.connect(self._admit)
        self._sign_in.language_chosen.connect(self.set_language)
        self.pages.addWidget(self._sign_in)
        if self._services is not None:
            self._sign_in.set_services(self._services, place)
        if not self._opener.exists():
            from app.ui.shell.first_run import FirstRunPage  # once in the life of a PC

            self._first_run = FirstRunPage(self._theme, self._jobs, self._opener)
            self._first_run.founded.connect(self._take_founded)
            self._first_run.language_chosen.connect(self.set_language)
            self.pages.addWidget(self._first_run)
            self.pages.setCurrentWidget(self._first_run)
            self._first_run.focus_first()
        else:
            self._show_sign_in()

    def _remake_pages(self) -> None:
        for page in (self._sign_in, self._lock, self._first_run):
            if page is not None:
                self.pages.removeWidget(page)
                page.deleteLater()
        self._first_run = self._lock = None
        self._make_pages()

    def _make_lock(self) -> "LockPage":
        from app.ui.shell.lock import LockPage  # not before the first paint

        page = LockPage(self._jobs, self._open_services)
        page.unlocked.connect(self._unlock)
        page.left.connect(self.sign_out)
        self.pages.addWidget(page)
        return page

    def _show_sign_in(self) -> None:
        self.pages.setCurrentWidget(self._sign_in)
        self._sign_in.focus_first()

    def _open_services(self) -> "Services":
        if self._services is None:
            raise RuntimeError("nobody is signed in while the site is not open")
        return self._services

    def _open_site(self, password: str | None) -> None:
        self._jobs.run(
            lambda _progress: self._opener.open(password),
            done=self._take_services,
            failed=self._not_opened,
            owner=self,
        )

    def _take_services(self, services: "Services") -> None:
        self._services = services
        services.open_site.site.listeners.append(self._changes.announce)
        self._sign_in.set_services(services, services.open_site.name)
        self._catch_up(frozenset({"certificate"}))

    def _catch_up(self, topics: frozenset[str]) -> None:
        """Seal the day before, issue and freeze what is waiting: at opening and after each certificate."""
        services = self._services
        if services is None or "certificate" not in topics:
            return

        def work(progress: Progress) -> None:
            services.journal.seal_if_due()
            services.certificates.issue_missing(progress)
            services.certificates.make_missing_documents(progress)

        self._jobs.run(work, failed=self._tell_error, owner=self, lane=Lane.WORK)

    def _take_founded(self, services: "Services", credentials: tuple[str, str] | None) -> None:
        self._take_services(services)
        self._show_sign_in()
        if credentials is not None:
            self._sign_in.sign_in(*credentials)

    def _not_opened(self, error: UserFacingError) -> None:
        self._sign_in.show_error(error)
        if error.exit_code == _NOT_ALLOWED:
            from app.ui.shell.unlock import ask_password  # only for a folder from another PC

            ask_password(self, self._open_site)

    def _admit(self, signed_in: "SignedIn") -> None:
        if signed_in.needs_change is not None:
            from app.ui.shell.new_secret import NewSecretDialog  # rarely needed

            NewSecretDialog(self, self._jobs, self._open_services(), signed_in, self._admit).open()
            return
        self._enter(signed_in.actor)

    def _enter(self, actor: "Actor") -> None:
        from app.core.base.actor import Capability  # nobody acts before the first paint

        if actor.may(Capability.VIEW_JOURNAL) and not actor.may(Capability.MANAGE_SITE):
            self._seal_for(actor)
        wished = actor.language if actor.person_id is not None else current_language()
        if wished != current_language() and wished in offered_languages():
            use_language(wished)
            self._theme.set_language(wished)
            self._remake_pages()
        self._show_work(actor)

    def _show_work(self, actor: "Actor") -> None:
        from app.ui.shell.work_area import WorkArea  # all screens: loaded after the first paint

        self._work = WorkArea(
            self._open_services(),
            actor,
            theme=self._theme,
            jobs=self._jobs,
            changes=self._changes,
            note_activity=self._idle.note_activity,
        )
        self._work.sign_out_asked.connect(self.sign_out)
        self._work.lock_asked.connect(self.lock)
        self._work.language_chosen.connect(self.set_language)
        self.pages.addWidget(self._work)
        self.pages.setCurrentWidget(self._work)
        self._idle.set_watching(watching=True)

    def _seal_for(self, auditor: "Actor") -> None:
        """Sign how far the journal goes before an auditor looks."""
        services = self._open_services()
        self._jobs.run(
            lambda _progress: services.journal.seal(auditor), failed=self._tell_error, owner=self
        )

    def _put_away_work(self) -> None:
        if self._work is not None:
            self._work.current.pause()
            self.pages.removeWidget(self._work)
            self._work.deleteLater()
            self._work = None

    def _unlock(self) -> None:
        if self._work is not None:
            self.pages.setCurrentWidget(self._work)
            self._idle.set_watching(watching=True)

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        if self._work is not None:
            self._work.current.pause()
        super().closeEvent(event)


_NOT_ALLOWED = 3
