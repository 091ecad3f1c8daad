"""Opening records that came from another PC: the administrator's password opens them."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from app.core.base.words import _
from app.ui.kit.buttons import plain, primary
from app.ui.kit.dialogs import Dialog
from app.ui.kit.forms.text_fields import PasswordField
from app.ui.kit.theme import Tone


def ask_password(parent: QWidget, then: Callable[[str], None]) -> Dialog:
    """Ask for the password of the administrator who set the site up."""
    dialog = Dialog(_("These records are locked"), "lock", Tone.WARNING, parent)
    dialog.add_words(
        _("They were brought from another PC. The administrator's password opens them.")
    )
    field = PasswordField(_("Administrator's password"), required=True)
    dialog.body.addWidget(field)

    def go_on() -> None:
        if field.validate():
            dialog.accept()
            then(field.value())

    field.submitted.connect(go_on)
    dialog.foot.addWidget(plain(_("Cancel")).on_press(dialog.reject))
    dialog.foot.addWidget(primary(_("Open"), "lock-open").on_press(go_on))
    dialog.open()
    return dialog
