"""A framed part of a page. Needs little, since the sign-in page is made of one."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.ui.kit.labels import PlainLabel
from app.ui.kit.layouts import FlowLayout, column, row
from app.ui.kit.theme import TextRole


class Card(QFrame):
    """A framed part of a page; add to `body`. A title gives it a head with room for actions."""

    def __init__(
        self,
        title: str = "",
        *,
        subtitle: str = "",
        gap: int = 12,
        margin: int = 20,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("card", True)
        self.body: QVBoxLayout = column(self, gap=gap, margin=margin)
        self._action_bar = QWidget(self)
        self._actions = FlowLayout(self._action_bar, gap=8, right=True)
        self._action_bar.hide()
        self._title = PlainLabel(title, TextRole.H2, wrap=True, parent=self)
        self._subtitle = PlainLabel(subtitle, TextRole.MUTED, wrap=True, parent=self)
        for label in (self._title, self._subtitle):
            label.setVisible(bool(label.text()))
        if title:
            self.setAccessibleName(title)
            self.body.addLayout(self._head())

    def _head(self) -> QHBoxLayout:
        head, words = row(gap=10), column(gap=2)
        words.addWidget(self._title)
        words.addWidget(self._subtitle)
        self._subtitle.setVisible(bool(self._subtitle.text()))
        head.addLayout(words, 1)
        head.addWidget(self._action_bar, 0, Qt.AlignmentFlag.AlignVCenter)
        return head

    def set_title(self, title: str, subtitle: str = "") -> None:
        """Say something else in the head. Only for cards made with a title."""
        self._title.setText(title)
        self._subtitle.setText(subtitle)
        self._subtitle.setVisible(bool(subtitle))
        self.setAccessibleName(title)

    def add_action(self, widget: QWidget) -> None:
        """Put a button or chip at the right of the head."""
        self._actions.addWidget(widget)
        self._action_bar.show()
