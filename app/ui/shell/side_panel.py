"""The dark panel beside sign-in and first run."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from app.core.base.words import _
from app.ui.kit.labels import IconLabel, PlainLabel
from app.ui.kit.layouts import column, row
from app.ui.kit.theme import Ink, TextRole


class SidePanel(QFrame):
    """Says what this is, and where."""

    def __init__(self, place: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("nav", True)
        lines = column(self, gap=12, margin=48)
        lines.addWidget(IconLabel("graduation-cap", Ink.NAV_TEXT, 44))
        self._add(lines, "Daksha", TextRole.DISPLAY, "nav")
        self.place = self._add(lines, place, TextRole.MUTED, "nav_muted")
        self.told = self._add(lines, "", TextRole.BODY2, "nav")
        self.told.hide()
        lines.addStretch(1)
        for icon, words in (
            ("wifi-off", _("Works without internet. Your progress is saved on this PC.")),
            ("shield-check", _("Every change is kept in a journal that proves it.")),
        ):
            line = row(gap=10)
            line.addWidget(IconLabel(icon, Ink.NAV_MUTED, 18), 0, Qt.AlignmentFlag.AlignTop)
            label = PlainLabel(words, TextRole.MUTED, wrap=True)
            label.setProperty("tone", "nav_muted")
            line.addWidget(label, 1)
            lines.addLayout(line)

    def tell(self, words: str) -> None:
        """Say something under the place's name; "" says nothing."""
        self.told.setText(words)
        self.told.setVisible(bool(words))

    def _add(self, lines: QVBoxLayout, words: str, role: TextRole, tone: str) -> PlainLabel:
        label = PlainLabel(words, role, wrap=True)
        label.setProperty("tone", tone)
        lines.addWidget(label)
        return label
