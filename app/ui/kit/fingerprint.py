"""The fingerprint of a key, for people: its words, large and numbered, and the same as a QR code."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QGridLayout, QWidget

from app.core.base.words import _
from app.ui.kit.announcing import announce
from app.ui.kit.buttons import Button, Kind
from app.ui.kit.labels import PlainLabel
from app.ui.kit.layouts import column, row
from app.ui.kit.qr import QrCode
from app.ui.kit.theme import TextRole, current_theme

_ACROSS = 2


class Fingerprint(QWidget):
    """Words that two screens show alike, in the order in which they are read out."""

    def __init__(self, words: str, code: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self.setAccessibleName(words)
        line = row(self, gap=20)
        if code:
            qr = QrCode(_("The same as a QR code"), code)
            line.addWidget(qr, 0, Qt.AlignmentFlag.AlignTop)
        side = column(gap=8)
        side.addLayout(self._grid())
        self.copy_button = Button(_("Copy the words"), Kind.GHOST, icon="copy", dense=True)
        side.addWidget(self.copy_button.on_press(self._copy), 0, Qt.AlignmentFlag.AlignLeft)
        line.addLayout(side, 1)

    def words(self) -> str:
        """Return the words shown."""
        return self._words

    def _grid(self) -> QGridLayout:
        """Return the words in columns: down the first, then down the next, as they are read."""
        grid = QGridLayout()
        grid.setHorizontalSpacing(current_theme().px(24))
        grid.setVerticalSpacing(current_theme().px(6))
        words = self._words.split()
        down = -(-len(words) // _ACROSS)
        for place, word in enumerate(words):
            label = PlainLabel(f"{place + 1}. {word}", TextRole.H2)
            grid.addWidget(label, place % down, place // down)
        grid.setColumnStretch(_ACROSS, 1)
        return grid

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._words)
        self.copy_button.set_words(_("Copied"))
        announce(self, _("Copied"))
