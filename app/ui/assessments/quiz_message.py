"""A page that says why there is no question, and what can be done."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.core.base.words import _
from app.ui.kit.buttons import Button, Kind
from app.ui.kit.layouts import centred, column, row
from app.ui.kit.notices import EmptyState


class QuizMessage(QWidget):
    """One sentence, perhaps a second try, and the way back."""

    def __init__(self, leave: Callable[[], None]) -> None:
        super().__init__()
        lines = column(self, gap=16, margin=24)
        lines.addStretch(1)
        self._state = EmptyState("", icon="clipboard-list")
        lines.addWidget(centred(self._state, 560))
        buttons = row(gap=10)
        buttons.addStretch(1)
        self.back = Button(_("Back to the course"), icon="arrow-left").on_press(leave)
        self.again = Button(_("Try again"), Kind.PRIMARY, icon="rotate-cw")
        self.again.on_press(self._try)
        buttons.addWidget(self.back)
        buttons.addWidget(self.again)
        buttons.addStretch(1)
        lines.addLayout(buttons)
        lines.addStretch(2)
        self._again: Callable[[], None] | None = None

    def show_message(self, sentence: str, again: Callable[[], None] | None = None) -> None:
        """Say something; `again` offers a second try."""
        self._state.set_sentence(sentence)
        self.setAccessibleName(sentence)
        self._again = again
        self.again.setVisible(again is not None)
        target = self.again if again is not None else self.back
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _try(self) -> None:
        if self._again is not None:
            self._again()
