"""Short messages that stay: a banner, an empty list's one sentence."""

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from app.core.base.words import _
from app.ui.kit.announcing import announce
from app.ui.kit.buttons import Button, IconButton, Kind
from app.ui.kit.chips import chip_icon
from app.ui.kit.icons import paint_icon
from app.ui.kit.labels import IconLabel, PlainLabel
from app.ui.kit.layouts import column, row
from app.ui.kit.painted import Painted, smooth
from app.ui.kit.theme import Ink, TextRole, Tone, current_theme

_PICTURE_HIGH = 128


class Banner(QFrame):
    """A message that stays on the page: icon, words, perhaps a button."""

    closed = Signal()

    def __init__(
        self,
        text: str,
        tone: Tone = Tone.INFO,
        *,
        icon: str = "",
        closable: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("banner", tone.value)
        self._line = row(self, gap=12, margin=12)
        self._icon = IconLabel(icon or chip_icon(tone), tone.ink)
        self._line.addWidget(self._icon)
        self._text = PlainLabel(text, TextRole.BODY2, wrap=True)
        self._line.addWidget(self._text, 1)
        self.setAccessibleName(text)
        if closable:
            shut = IconButton("x", _("Close this message"), dense=True)
            shut.clicked.connect(self._shut)
            self._line.addWidget(shut)

    def set_text(self, text: str) -> None:
        """Say something else, aloud too."""
        self._text.setText(text)
        self.setAccessibleName(text)
        announce(self, text)

    def set_tone(self, tone: Tone) -> None:
        """Say it in another tone, with the icon that goes with it."""
        self._icon.set_icon(chip_icon(tone), tone.ink)
        self.setProperty("banner", tone.value)
        self.style().unpolish(self)
        self.style().polish(self)

    def text(self) -> str:
        """Return the words."""
        return self._text.text()

    def add_action(self, text: str, act: Callable[[], None]) -> Button:
        """Add a button at the end."""
        button = Button(text, Kind.GHOST, dense=True).on_press(act)
        self._line.insertWidget(2, button)
        return button

    def _shut(self) -> None:
        self.hide()
        self.closed.emit()


class _Picture(Painted):
    """A still picture made of the theme's shapes and one icon; smaller where there is little room."""

    def __init__(self, icon: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = icon
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Maximum)

    @override
    def sizeHint(self) -> QSize:
        theme = current_theme()
        return QSize(theme.px(200), theme.px(_PICTURE_HIGH))

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint() / 2

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme, painter = current_theme(), smooth(self)
        middle, unit = self.rect().toRectF().center(), self.height() / _PICTURE_HIGH
        painter.setBrush(theme.colour(Ink.SURFACE2))
        painter.drawEllipse(middle, 62 * unit, 62 * unit)
        painter.setBrush(theme.colour(Ink.PRIMARY_SOFT))
        for x, y, radius in ((-78, -34, 9), (80, 22, 13), (68, -46, 6)):
            painter.drawEllipse(middle + QPointF(x, y) * unit, radius * unit, radius * unit)
        painter.drawEllipse(middle, 44 * unit, 44 * unit)
        side = round(44 * unit)
        spot = QRect(0, 0, side, side)
        spot.moveCenter(middle.toPoint())
        paint_icon(painter, spot, self._icon, theme.hex(Ink.PRIMARY))


class EmptyState(QWidget):
    """What a list says when it has nothing: a picture, a sentence, a button."""

    def __init__(
        self,
        sentence: str,
        *,
        icon: str = "inbox",
        action: str = "",
        act: Callable[[], object] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.body: QVBoxLayout = column(self, gap=12, margin=24)
        centre = Qt.AlignmentFlag.AlignHCenter
        self.body.addStretch(1)
        self.body.addWidget(_Picture(icon), 0, centre)
        self._sentence = PlainLabel(sentence, TextRole.BODY2, wrap=True)
        self._sentence.setAlignment(centre)
        self.body.addWidget(self._sentence)
        self.button: Button | None = None
        if action and act is not None:
            self.button = Button(action, Kind.TONAL).on_press(act)
            self.body.addWidget(self.button, 0, centre)
        self.body.addStretch(2)

    def set_sentence(self, sentence: str) -> None:
        """Say something else."""
        self._sentence.setText(sentence)
