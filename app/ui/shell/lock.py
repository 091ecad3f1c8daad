"""The lock: what covers the work, as it is, until its owner is back."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.core.base.actor import Actor
from app.core.base.errors import UserFacingError
from app.core.base.words import _
from app.ui.kit.buttons import link, primary
from app.ui.kit.cards import Card
from app.ui.kit.chips import Avatar
from app.ui.kit.forms.text_fields import PasswordField
from app.ui.kit.jobs import JobRunner
from app.ui.kit.labels import PlainLabel
from app.ui.kit.layouts import ScrollPage, centred, column
from app.ui.kit.notices import Banner
from app.ui.kit.theme import TextRole, Tone

if TYPE_CHECKING:
    from app.services import Services


class LockPage(QWidget):
    """Covers the work until the one who is signed in proves who they are, or leaves."""

    unlocked = Signal()
    left = Signal()

    def __init__(self, jobs: JobRunner, services: Callable[[], "Services"]) -> None:
        super().__init__()
        self._jobs = jobs
        self._services = services
        self._actor: Actor | None = None
        self.setProperty("page", True)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(_("Locked"))
        page = ScrollPage()
        column(self, gap=0).addWidget(page)
        middle = column(page.content, gap=16, margin=24)
        middle.addStretch(1)
        card = Card()
        self.avatar = Avatar("", 120)
        self.name = PlainLabel("", TextRole.H1, wrap=True)
        self.number = PlainLabel("", TextRole.MUTED)
        for widget in (self.avatar, self.name, self.number):
            card.body.addWidget(widget)
        words = _("Locked. Your work is as you left it.")
        card.body.addWidget(PlainLabel(words, TextRole.BODY2, wrap=True))
        self.banner = Banner("", Tone.DANGER)
        self.banner.hide()
        card.body.addWidget(self.banner)
        self.secret = PasswordField(_("PIN or password"))
        self.secret.submitted.connect(self._unlock)
        card.body.addWidget(self.secret)
        self.unlock_button = primary(_("Unlock"), "lock-open").on_press(self._unlock)
        card.body.addWidget(self.unlock_button)
        self.leave_link = link(_("Not you? Sign out")).on_press(self.left.emit)
        card.body.addWidget(self.leave_link, 0, Qt.AlignmentFlag.AlignHCenter)
        middle.addWidget(centred(card, 430))
        middle.addStretch(1)

    def lock_for(self, actor: Actor, photo: bytes = b"") -> None:
        """Show who is signed in, and wait for them."""
        self._actor = actor
        self.avatar.set_name(actor.name)
        self.avatar.set_photo(photo)
        self.name.setText(actor.name)
        self.number.setText(actor.number)
        self.number.setVisible(bool(actor.number))
        self.banner.hide()
        self.secret.set_value("")
        self.secret.line.setFocus()

    def _unlock(self) -> None:
        actor, secret = self._actor, self.secret.value()
        if actor is None or not secret:
            self.secret.line.setFocus()
            return
        self._jobs.run(
            lambda _progress: self._services().sign_in.verify_again(actor, secret),
            done=lambda _kind: self.unlocked.emit(),
            failed=self._refused,
            owner=self,
        )

    def _refused(self, error: UserFacingError) -> None:
        self.banner.set_text(error.sentence)
        self.banner.show()
        self.secret.set_value("")
        self.secret.line.setFocus()
