"""The queue for the quiz of a class: badge and PIN, one after the other, while the trainer's work waits."""

from collections.abc import Callable
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.core.base.actor import Actor
from app.core.base.errors import UserFacingError
from app.core.base.words import _
from app.core.training.sessions import SessionDetail
from app.ui.kit.announcing import announce
from app.ui.kit.buttons import plain
from app.ui.kit.cards import Card
from app.ui.kit.forms.text_fields import TextField
from app.ui.kit.jobs import JobRunner
from app.ui.kit.labels import PlainLabel
from app.ui.kit.layouts import ScrollPage, SideBySide, column, row
from app.ui.kit.notices import Banner
from app.ui.kit.theme import TextRole, Tone
from app.ui.shell.secret_entry import SecretEntry
from app.ui.shell.signing_in import SigningIn
from app.ui.training import QuizQueueCard

if TYPE_CHECKING:
    from app.services import Services


class QueuePage(QWidget):
    """Covers the work of `trainer`, who alone comes back to it."""

    signed_in = Signal(object)
    """Carries a people.SignedIn: whose turn it is."""
    left = Signal()
    """The trainer wants their work back, and has to prove who they are."""

    def __init__(
        self, jobs: JobRunner, services: "Callable[[], Services]", trainer: Actor, session_id: UUID
    ) -> None:
        super().__init__()
        self._jobs, self._services = jobs, services
        self._trainer, self._session_id = trainer, session_id
        self._signing_in = SigningIn(jobs, self)
        self._signing_in.set_services(services())
        self._signing_in.proved.connect(self.signed_in)
        self._signing_in.refused.connect(self.show_error)
        self.setProperty("page", True)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(_("Quiz of each"))
        self._lay_out()
        self._load()

    def _lay_out(self) -> None:
        body = column(self, gap=16, margin=24)
        top = row(gap=12)
        words = column(gap=4)
        self.title = PlainLabel("", TextRole.DISPLAY, wrap=True)
        words.addWidget(self.title)
        hint = _("Whoever was there takes the quiz here, one after the other, or later at any PC.")
        words.addWidget(PlainLabel(hint, TextRole.BODY2, wrap=True))
        top.addLayout(words, 1)
        back = _("Back to the class")
        self.back_button = plain(back, "arrow-left").on_press(self.left.emit)
        top.addWidget(self.back_button, 0, Qt.AlignmentFlag.AlignTop)
        body.addLayout(top)
        self.queue = QuizQueueCard()
        page = ScrollPage()
        column(page.content, gap=0).addWidget(SideBySide(self.queue, self._entry(), side_width=430))
        body.addWidget(page, 1)

    def _entry(self) -> Card:
        card = Card(_("Who takes it now?"))
        self.banner = Banner("", Tone.DANGER)
        self.banner.hide()
        card.body.addWidget(self.banner)
        self.number = TextField(_("Badge or number"))
        self.number.submitted.connect(self._ask_secret)
        card.body.addWidget(self.number)
        self.secret = SecretEntry()
        self.secret.entered.connect(self._begin)
        self.secret.forgotten.connect(self._tell_forgotten)
        card.body.addWidget(self.secret)
        card.body.addStretch(1)
        return card

    def arrive(self) -> None:
        """Wait for the next badge."""
        self.number.line.setFocus()

    def show_error(self, error: UserFacingError) -> None:
        """Say why somebody does not take the quiz now; the next one may."""
        self._tell(error.sentence)
        self.secret.forget()

    def _ask_secret(self) -> None:
        self.secret.typed_in.setFocus()

    def _begin(self, secret: str) -> None:
        self.banner.hide()
        if self.number.value():
            self._signing_in.begin(self.number.value(), secret)
        else:
            self.number.line.setFocus()

    def _tell_forgotten(self) -> None:
        self._tell(_("An administrator gives you a new PIN, once they have seen who you are."))

    def _tell(self, words: str) -> None:
        self.banner.set_text(words)
        self.banner.show()
        announce(self, words, urgent=True)

    def _load(self) -> None:
        sessions = self._services().sessions
        self._jobs.run(
            lambda _progress: sessions.detail(self._trainer, self._session_id),
            done=self._show,
            failed=self.show_error,
            owner=self,
        )

    def _show(self, found: SessionDetail) -> None:
        self.title.setText(found.summary.title)
        self.queue.show_queue(found.quiz_queue)
