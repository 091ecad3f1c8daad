"""The main window: sign-in or first run, then the work area, and the lock over it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QMainWindow, QStackedWidget
from typing_extensions import override

from app.core.base.errors import UserFacingError
from app.core.base.words import _, current_language, offered_languages, use_language
from app.ui.kit.changes import ChangeFeed
from app.ui.kit.jobs import JobRunner
from app.ui.kit.theme import Theme
from app.ui.shell.front_pages import FrontPages
from app.ui.shell.idle import IdleWatch
from app.ui.shell.site_in_window import SiteInWindow
from app.ui.shell.site_opener import SiteOpener
from app.ui.shell.turns import Turns

if TYPE_CHECKING:
    from pathlib import Path
    from uuid import UUID

    from app.core.base.actor import Actor
    from app.core.people import SignedIn
    from app.core.training.sessions import QuizAtHand
    from app.ui.shell.first_run import FirstRunPage
    from app.ui.shell.restoring import Restoring
    from app.ui.shell.sign_in_page import SignInPage
    from app.ui.shell.site_opener import LostPassword
    from app.ui.shell.work_area import WorkArea

_WIDTH, _HEIGHT = 1366, 768
REST_MINUTES = 30
"""Without anybody signed in; then the site is closed and its key leaves the memory."""


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
        self._theme = theme
        self._jobs = jobs
        self._changes = changes
        self._idle = idle
        self._site = SiteInWindow(opener, jobs, changes, self)
        self._work: WorkArea | None = None
        self._restoring: Restoring | None = None
        self.setWindowTitle("Daksha")
        screen = QGuiApplication.primaryScreen().availableSize()
        self.resize(min(_WIDTH, screen.width()), min(_HEIGHT, screen.height()))
        self.pages = QStackedWidget()
        self.setCentralWidget(self.pages)
        self._front = FrontPages(self.pages, theme, jobs, self._site)
        self._turns = Turns(self.pages, jobs, self._site.open_services)
        self._rest = IdleWatch(self, REST_MINUTES)
        self._connect()
        QShortcut(QKeySequence("F11"), self).activated.connect(self._turn_full_screen)

    def _connect(self) -> None:
        self._front.signed_in.connect(self._admit)
        self._front.language_chosen.connect(self.set_language)
        self._front.unlocked.connect(self._unlock)
        self._front.left.connect(self.sign_out)
        self._front.gate_shown.connect(self._keep_open_for_gate)
        self._front.restore_asked.connect(self._restore)
        self._turns.begun.connect(self._begin_turn)
        self._turns.left.connect(self._lock_queue)
        self._idle.idle.connect(self.lock)
        self._rest.idle.connect(self._site.rest)
        self._rest.back.connect(self._site.wake)
        self._site.opened.connect(self._watch_for_nobody)
        self._site.refused.connect(self._not_opened)
        self._site.troubled.connect(self._tell_error)
        self._site.tell_quietly = self._tell_administrator
        self._site.is_nobody_there = self._is_nobody_there
        self._site.restore_asked.connect(self._restore)
        self._jobs.error_unclaimed.connect(self._tell_error)

    def begin(self) -> None:
        """Open the site, if there is one, now that the window is painted."""
        if self._site.opener.exists():
            self._site.open()

    @property
    def work(self) -> "WorkArea | None":
        """Return what the signed-in person works in; None while nobody is."""
        return self._work

    @property
    def sign_in_page(self) -> "SignInPage":
        """Return the sign-in page."""
        return self._front.sign_in

    @property
    def first_run_page(self) -> "FirstRunPage | None":
        """Return the first-run page, where there is no site yet."""
        return self._front.first_run

    def _is_nobody_there(self) -> bool:
        """Tell whether nobody works: nobody has signed in, or who did has left the PC."""
        return self._work is None or self.pages.currentWidget() is not self._work

    def lock(self) -> None:
        """Cover the work until its owner proves who they are."""
        if self._work is None or self.pages.currentWidget() is not self._work:
            return
        self._work.current.pause()
        self._front.show_lock(self._work.actor, self._work.photo)

    def sign_out(self) -> None:
        """Leave the work, saved, and show sign-in."""
        if self._work is not None and self._work.may_leave():
            self._let_go()

    def _let_go(self) -> None:
        work, services = self._work, self._site.services
        if work is None or services is None:
            return
        actor = work.actor
        self._idle.set_watching(watching=False)
        self._put_away_work()
        self._jobs.run(lambda _progress: services.sign_in.sign_out(actor), owner=self)
        if self._turns.host not in {None, work}:
            self._end_turn()
            return
        self._turns.end()
        self._watch_for_nobody()
        self._front.show_sign_in()

    def _take_turns(self, session_id: "UUID") -> None:
        if self._work is not None:
            self._work.current.pause()
            self._turns.begin(self._work, session_id)

    def _begin_turn(self, actor: "Actor", quiz: "QuizAtHand") -> None:
        self._enter(actor)
        if self._work is not None:
            self._work.open("quiz", course_id=quiz.course_id, lesson_id=quiz.lesson_id)

    def _end_turn(self) -> None:
        """Let the next one come, in the language of whoever leads the class."""
        self.set_language(self._turns.language)
        self._work = self._turns.host
        self._turns.show_queue()

    def _lock_queue(self) -> None:
        if self._work is not None:
            self._front.show_lock(self._work.actor, self._work.photo)

    def _sign_in_anew(self, why: UserFacingError) -> None:
        self._let_go()
        self._tell_error(why)

    def set_language(self, code: str) -> None:
        """Word the whole window in another language."""
        if code == current_language():
            return
        use_language(code)
        self._theme.set_language(code)
        if self._work is None:
            self._front.reword()
            return
        actor, (key, args) = self._work.actor, self._work.where
        self._put_away_work()
        self._show_work(actor)
        self._work.open(key, **args)

    def _turn_full_screen(self) -> None:
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    def _tell_error(self, error: UserFacingError) -> None:
        from app.ui.kit.dialogs import tell  # not before the first paint

        tell(error, self)

    def tell_mistake(self) -> None:
        """Say that the program did something wrong, and what of it is safe."""
        from app.ui.kit.theme import Tone  # not before the first paint

        if self._work is not None:
            words = _(
                "The program made a mistake. What was saved is safe; look whether your last step is there."
            )
            self._work.toast(words, Tone.DANGER)

    def _tell_administrator(self, words: str) -> bool:
        """Say something in passing to whoever looks after the site; False while somebody else is here."""
        from app.core.base.actor import Capability  # nobody acts before the first paint
        from app.ui.kit.theme import Tone

        if self._work is None or not self._work.actor.may(Capability.MANAGE_SITE):
            return False
        self._work.toast(words, Tone.WARNING)
        return True

    def _restore(self, backup: "Path", brought: "str | LostPassword | None" = None) -> None:
        """Sign out, close the site, put a backup in the place of its records, and open it again."""
        from app.ui.shell.restoring import Restoring  # hardly ever needed

        if self._work is not None and not self._work.may_leave():
            return
        self._idle.set_watching(watching=False)
        self._put_away_work()
        self._turns.drop()
        if self._restoring is None:
            self._restoring = Restoring(self.pages, self._jobs, self._site, self._front)
        self._restoring.begin(backup, brought)

    def close_site(self) -> None:
        """Close the site; nothing can be done in the window after."""
        self._site.close()

    def _not_opened(self, error: UserFacingError) -> None:
        self._front.sign_in.show_error(error)
        if error.exit_code == _NOT_ALLOWED:
            from app.ui.shell.unlock import (
                UnlockDialog,  # only where the PC opens nothing by itself
            )

            UnlockDialog(self, error, self._site.open, self._front.use_recovery_kit).open()
        else:
            self._front.sign_in.offer_restore(self._front.ask_backup)

    def _change_key(self, password: str) -> None:
        """Sign out and have the records' key changed."""
        self.sign_out()
        if self._work is None:
            self._site.change_key(password)

    def _watch_for_nobody(self) -> None:
        """Close the site after a while in which nobody has signed in."""
        self._rest.set_watching(watching=self._work is None)

    def _keep_open_for_gate(self, shown: bool) -> None:
        """Keep the site open while the gate is shown: nobody touches it for hours, and it must answer."""
        self._rest.set_watching(watching=not shown and self._work is None)

    def _admit(self, signed_in: "SignedIn") -> None:
        if signed_in.needs_change is not None:
            from app.ui.shell.new_secret import NewSecretDialog  # rarely needed

            NewSecretDialog(
                self, self._jobs, self._site.open_services(), signed_in, self._admit
            ).open()
            return
        self._enter(signed_in.actor)

    def _enter(self, actor: "Actor") -> None:
        from app.core.base.actor import Capability  # nobody acts before the first paint

        if actor.may(Capability.VIEW_JOURNAL) and not actor.may(Capability.MANAGE_SITE):
            self._site.seal_for(actor)
        wished = actor.language if actor.person_id is not None else current_language()
        if wished != current_language() and wished in offered_languages():
            use_language(wished)
            self._theme.set_language(wished)
            self._front.reword()
        self._show_work(actor)

    def _show_work(self, actor: "Actor") -> None:
        from app.ui.shell.work_area import WorkArea  # all screens: loaded after the first paint

        self._work = WorkArea(
            self._site.open_services(),
            actor,
            theme=self._theme,
            jobs=self._jobs,
            changes=self._changes,
            note_activity=self._idle.note_activity,
            change_data_key=self._change_key,
        )
        self._work.sign_out_asked.connect(self.sign_out)
        self._work.over.connect(self._sign_in_anew)
        self._work.lock_asked.connect(self.lock)
        self._work.turns_asked.connect(self._take_turns)
        self._work.language_chosen.connect(self.set_language)
        self.pages.addWidget(self._work)
        self.pages.setCurrentWidget(self._work)
        self._watch_for_nobody()
        self._idle.set_watching(watching=True)

    def _put_away_work(self) -> None:
        if self._work is not None:
            self._work.current.pause()
            self.pages.removeWidget(self._work)
            self._work.deleteLater()
            self._work = None

    def _unlock(self) -> None:
        if self._work is not None:
            if self._work is self._turns.host:
                self._turns.end()
            self.pages.setCurrentWidget(self._work)
            self._idle.set_watching(watching=True)
            self._work.look_who_this_is()

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        if self._work is not None:
            self._work.current.pause()
        super().closeEvent(event)


_NOT_ALLOWED = 3
