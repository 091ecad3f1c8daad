"""Turns at one PC: others sign in one after the other for a class's quiz, while the trainer's work waits."""

from collections.abc import Callable
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QStackedWidget

from app.core.base.words import current_language
from app.ui.kit.jobs import JobRunner

if TYPE_CHECKING:
    from app.core.base.actor import Actor
    from app.core.base.errors import UserFacingError
    from app.core.people import SignedIn
    from app.services import Services
    from app.ui.shell.queue_page import QueuePage
    from app.ui.shell.work_area import WorkArea


class Turns(QObject):
    """Keeps whose work waits, and shows the queue over it. Each turn is an ordinary sign-in."""

    begun = Signal(object, object)
    """Carries the Actor whose turn it is, and the QuizAtHand that they take."""
    left = Signal()
    """The trainer wants their work back."""

    def __init__(
        self, pages: QStackedWidget, jobs: JobRunner, services: "Callable[[], Services]"
    ) -> None:
        super().__init__(pages)
        self._pages, self._jobs, self._services = pages, jobs, services
        self._session_id: UUID | None = None
        self._page: QueuePage | None = None
        self.host: WorkArea | None = None
        """What waits; None while nobody's work does."""
        self.language = ""
        """In which the one whose work waits reads."""

    def begin(self, work: "WorkArea", session_id: UUID) -> None:
        """Let others sign in over somebody's work."""
        self.host, self._session_id = work, session_id
        self.language = current_language()
        self.show_queue()

    def show_queue(self) -> None:
        """Wait for the next one."""
        from app.ui.shell.queue_page import QueuePage  # takes the database's libraries along

        if self.host is None or self._session_id is None:
            return
        self._take_page_away()
        page = QueuePage(self._jobs, self._services, self.host.actor, self._session_id)
        page.signed_in.connect(self._admit)
        page.left.connect(self.left)
        self._page = page
        self._pages.addWidget(page)
        self._pages.setCurrentWidget(page)
        page.arrive()

    def end(self) -> None:
        """Let nobody else in; the work that waited is its owner's again."""
        self._take_page_away()
        self.host = None

    def drop(self) -> None:
        """Put away the work that waits under somebody else's: the site is closed."""
        host = self.host
        self.end()
        if host is not None:
            self._pages.removeWidget(host)
            host.deleteLater()

    def _admit(self, signed_in: "SignedIn") -> None:
        if signed_in.needs_change is not None:
            from app.ui.shell.new_secret import NewSecretDialog  # rarely needed

            NewSecretDialog(
                self._pages.window(), self._jobs, self._services(), signed_in, self._admit
            ).open()
            return
        self._look_for_quiz(signed_in.actor)

    def _look_for_quiz(self, actor: "Actor") -> None:
        services, session_id, page = self._services(), self._session_id, self._page
        if session_id is None or page is None:
            return

        def refuse(error: "UserFacingError") -> None:
            page.show_error(error)
            self._jobs.run(lambda _progress: services.sign_in.sign_out(actor), owner=self)

        self._jobs.run(
            lambda _progress: services.sessions.quizzes.begin(actor, session_id),
            done=lambda quiz: self.begun.emit(actor, quiz),
            failed=refuse,
            owner=page,
        )

    def _take_page_away(self) -> None:
        if self._page is not None:
            self._pages.removeWidget(self._page)
            self._page.deleteLater()
            self._page = None
