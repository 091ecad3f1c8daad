"""Forms in a sheet, and several steps one after the other."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.core.base.errors import UserFacingError
from app.core.base.words import _
from app.ui.kit.buttons import Button, Kind
from app.ui.kit.dialogs import ask, leave_question
from app.ui.kit.forms.form import Form
from app.ui.kit.notices import Banner
from app.ui.kit.overlay import SideSheet
from app.ui.kit.theme import Tone


class FormSheet(SideSheet):
    """A form at the right edge. `save_asked` comes with a valid form; then say `saved` or `refused`."""

    save_asked = Signal()

    def __init__(
        self,
        host: QWidget,
        title: str,
        form: Form,
        *,
        save: str = "",
        subtitle: str = "",
        width: int = 460,
    ) -> None:
        super().__init__(host, title, subtitle=subtitle, width=width)
        self.form = form
        self._trouble = Banner("", Tone.DANGER)
        self._trouble.hide()
        self.body.addWidget(self._trouble)
        self.body.addWidget(form)
        self.save_button = Button(save or _("Save"), Kind.PRIMARY).on_press(self._save)
        self.cancel_button = Button(_("Cancel")).on_press(self.dismiss)
        self.foot.addWidget(self.cancel_button)
        self.foot.addWidget(self.save_button)
        form.submitted.connect(self._save)

    def saved(self) -> None:
        """Close: what stood there is kept."""
        self.form.mark_saved()
        self.dismiss()

    def let_save(self) -> None:
        """Offer to save again: nothing was kept yet."""
        self.save_button.setEnabled(True)

    def refused(self, error: UserFacingError) -> None:
        """Say why it was not kept; what was typed stays."""
        self.let_save()
        self._trouble.set_text(error.sentence)
        self._trouble.show()

    def _save(self) -> None:
        if self.save_button.isEnabled() and self.form.is_valid():
            self._trouble.hide()
            self.save_button.setEnabled(False)
            self.save_asked.emit()

    @override
    def dismiss(self) -> None:
        if not self.form.is_dirty():
            super().dismiss()
            return
        question = leave_question(_("What you typed here will be lost."), stay=_("Go on typing"))
        ask(question, lambda _reason: self._leave(), self)

    def _leave(self) -> None:
        self.form.mark_saved()
        self.dismiss()
