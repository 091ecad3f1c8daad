"""Opening records that this PC does not open by itself: a password or PIN opens them."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from app.core.base.errors import UserFacingError
from app.core.base.words import _
from app.ui.kit.buttons import link, plain, primary
from app.ui.kit.dialogs import Dialog
from app.ui.kit.forms.text_fields import PasswordField
from app.ui.kit.theme import Tone


class UnlockDialog(Dialog):
    """Says why the records are locked, and asks for what opens them."""

    def __init__(
        self,
        parent: QWidget,
        why: UserFacingError,
        then: Callable[[str], None],
        lost: Callable[[], None],
    ) -> None:
        super().__init__(_("These records are locked"), "lock", Tone.WARNING, parent)
        self._then = then
        self._lost = lost
        self.add_words(f"{why.happened} {why.remedy}")
        self.secret = PasswordField(_("Administrator's password, or PIN"), required=True)
        self.secret.submitted.connect(self._go_on)
        self.body.addWidget(self.secret)
        self.lost_link = link(_("The password is lost: use the recovery kit")).on_press(
            self._use_kit
        )
        self.body.addWidget(self.lost_link)
        self.foot.addWidget(plain(_("Cancel")).on_press(self.reject))
        self.open_button = primary(_("Open"), "lock-open").on_press(self._go_on)
        self.foot.addWidget(self.open_button)

    def _go_on(self) -> None:
        if self.secret.validate():
            self.accept()
            self._then(self.secret.value())

    def _use_kit(self) -> None:
        self.reject()
        self._lost()
