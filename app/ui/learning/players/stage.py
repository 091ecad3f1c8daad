"""The picture with what lies over it: caption, message, controls. Fills the screen when asked."""

from PySide6.QtCore import QEvent, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from app.ui.kit.labels import IconLabel, PlainLabel
from app.ui.kit.painted import fill_round
from app.ui.kit.theme import Ink, TextRole, current_theme
from app.ui.learning.players.controls import SHADE, Controls
from app.ui.learning.players.surface import VideoSurface

_COVER_ICON = 96
_TOLD_MS = 4000
_CAPTION_PIXELS, _CAPTION_PADDING, _CAPTION_RADIUS = 22, 12, 8
_CAPTION_SHARE = 0.86
_CAPTION_FLAGS = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignCenter


class CaptionLabel(PlainLabel):
    """White words on a dark ground, as wide as they need up to most of the picture."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._room = 0
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_words(self, words: str) -> None:
        """Show a caption; none hides the ground too."""
        self.setText(words)
        self.setVisible(bool(words))
        self.fit(self._room)

    def fit(self, room: int) -> None:
        """Use at most most of `room` pixels of width."""
        self._room = room
        font = current_theme().font(TextRole.BODY)
        font.setPixelSize(current_theme().px(_CAPTION_PIXELS))
        self.setFont(font)
        self.updateGeometry()

    @override
    def sizeHint(self) -> QSize:
        padding = current_theme().px(_CAPTION_PADDING)
        width = max(round(self._room * _CAPTION_SHARE) - 2 * padding, 1)
        flags = int(_CAPTION_FLAGS)
        words = self.fontMetrics().boundingRect(QRect(0, 0, width, 10_000), flags, self.text())
        return words.size() + QSize(2 * padding, padding)

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        fill_round(painter, self.rect().toRectF(), _CAPTION_RADIUS, SHADE)
        painter.setPen(current_theme().colour(Ink.ON_COVER))
        painter.drawText(self.rect(), int(_CAPTION_FLAGS), self.text())


class Stage(QWidget):
    """Everything that goes along when the picture fills the screen."""

    def __init__(self, surface: VideoSurface, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.controls = Controls()
        self._surface = surface
        self._caption = CaptionLabel()
        self._message = CaptionLabel()
        self._told = QTimer(self, singleShot=True, interval=_TOLD_MS)
        self._told.timeout.connect(self._forget_message)
        self._cover = IconLabel("headphones", Ink.ON_COVER, _COVER_ICON)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setMinimumSize(320, 200)
        self._lay_out()

    @property
    def caption(self) -> str:
        """The words shown over the picture now."""
        return self._caption.text()

    @property
    def message(self) -> str:
        """The words shown in the middle now."""
        return self._message.text()

    @property
    def is_full(self) -> bool:
        """Whether it fills the screen."""
        return self.isWindow()

    def prepare(self, *, has_picture: bool) -> None:
        """Make ready for another recording; one without a picture gets a sign instead."""
        self._cover.setVisible(not has_picture)
        self._forget_message()
        self.controls.setEnabled(True)

    def show_caption(self, words: str) -> None:
        """Show a caption, or none."""
        if words != self._caption.text():
            self._caption.show_words(words)

    def tell(self, words: str) -> None:
        """Say something in the middle for a moment, in the full screen too."""
        self._message.show_words(words)
        self._told.start()

    def _forget_message(self) -> None:
        self._told.stop()
        self._message.show_words("")

    def show_failure(self, reason: str) -> None:
        """Say in the middle why nothing plays."""
        self._told.stop()
        self._cover.hide()
        self._caption.show_words("")
        self._message.show_words(reason)
        self.controls.setEnabled(False)

    def fill_screen(self) -> None:
        """Leave the window and fill the screen."""
        self.setParent(None)
        self.setWindowFlag(Qt.WindowType.Window, on=True)
        self.showFullScreen()
        self.controls.show_full_screen(True)
        self.setFocus()

    def return_to(self, row: QHBoxLayout) -> None:
        """Go back to the first place of `row`."""
        self.setWindowFlag(Qt.WindowType.Window, on=False)
        row.insertWidget(0, self, 1)
        self.show()
        self.controls.show_full_screen(False)

    def _lay_out(self) -> None:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._surface)
        over = QVBoxLayout(self._surface)
        over.setContentsMargins(0, 0, 0, 0)
        over.setSpacing(0)
        centre = Qt.AlignmentFlag.AlignHCenter
        over.addStretch(1)
        over.addWidget(self._cover, 0, centre)
        over.addWidget(self._message, 0, centre)
        over.addStretch(1)
        over.addWidget(self._caption, 0, centre)
        over.addWidget(self.controls)
        for hidden in (self._caption, self._message, self._cover):
            hidden.hide()

    def _fit(self) -> None:
        self._caption.fit(self.width())
        self._message.fit(self.width())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange:
            self._fit()
