"""The controls that lie over the foot of a picture, white on dark in every appearance."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QActionGroup, QColor, QLinearGradient, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from app.core.base.figures import clock_time
from app.core.base.words import LANGUAGES, _
from app.ui.kit.icons import paint_icon
from app.ui.kit.labels import PlainLabel
from app.ui.kit.painted import PaintedButton, smooth
from app.ui.kit.theme import Ink, current_theme
from app.ui.learning.players.seek_bar import SeekBar

SPEEDS = (0.5, 0.75, 1.0, 1.25, 1.5, 2.0)
_HOVER = QColor(255, 255, 255, 45)
SHADE = QColor(0, 0, 0, 200)
_BUTTON, _ICON = 40, 24
_TIME_NEEDS = 440
"""Where the buttons have less room than this, the time is left to the seek bar."""


class VideoButton(PaintedButton):
    """A white icon on the picture. Its name is its tooltip too."""

    def __init__(self, icon: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = icon
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_as(icon, name)

    def show_as(self, icon: str, name: str) -> None:
        """Show another icon, say another name."""
        self._icon = icon
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.update()

    @override
    def sizeHint(self) -> QSize:
        side = current_theme().px(_BUTTON)
        return QSize(side, side)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = smooth(self)
        if self.isEnabled() and (self.underMouse() or self.isDown() or self.isChecked()):
            painter.setBrush(_HOVER)
            painter.drawRoundedRect(self.rect(), 8, 8)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(current_theme().colour(Ink.ON_COVER))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 8, 8)
        painter.setOpacity(1.0 if self.isEnabled() else 0.4)
        side = current_theme().px(_ICON)
        area = self.rect().adjusted(0, 0, side - self.width(), side - self.height())
        area.moveCenter(self.rect().center())
        paint_icon(painter, area, self._icon, current_theme().hex(Ink.ON_COVER))


class Controls(QWidget):
    """Seek bar and buttons. Knows no player: it asks, and shows what it is told."""

    seek_asked = Signal(int)
    play_asked = Signal()
    back_asked = Signal()
    mute_asked = Signal()
    speed_asked = Signal(float)
    captions_asked = Signal(int)
    transcript_asked = Signal(bool)
    full_screen_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._duration = 0
        self._position = 0
        self.seek_bar = SeekBar()
        self.time = PlainLabel("00:00 / 00:00")
        self.play = VideoButton("play", _("Play (K)"))
        self.back = VideoButton("rotate-ccw", _("Back 10 seconds (J)"))
        self.mute = VideoButton("volume-2", _("Mute (M)"))
        self.speed = VideoButton("gauge", _("Speed"))
        self.captions = VideoButton("captions", _("Captions (C)"))
        self.transcript = VideoButton("file-text", _("Transcript (T)"))
        self.full_screen = VideoButton("maximize", _("Full screen (F)"))
        self._speed_menu = QMenu(self)
        self._captions_menu = QMenu(self)
        self._lay_out()
        self._connect()
        self._fill_speeds()
        self.offer_captions(())
        self._restyle()

    def show_playing(self, playing: bool) -> None:
        """Offer to pause, or to play."""
        icon, name = ("pause", _("Pause (K)")) if playing else ("play", _("Play (K)"))
        self.play.show_as(icon, name)

    def show_muted(self, muted: bool) -> None:
        """Offer to give the sound back, or to take it away."""
        icon, name = ("volume-x", _("Unmute (M)")) if muted else ("volume-2", _("Mute (M)"))
        self.mute.show_as(icon, name)

    def show_full_screen(self, full: bool) -> None:
        """Offer to leave the full screen, or to fill it."""
        icon, name = (
            ("minimize", _("Leave full screen (F)")) if full else ("maximize", _("Full screen (F)"))
        )
        self.full_screen.show_as(icon, name)

    def show_duration(self, duration: int) -> None:
        """Show a recording of this length."""
        self._duration = duration
        self.seek_bar.show_duration(duration)
        self.show_position(self._position)

    def show_position(self, position: int) -> None:
        """Show where playing has come to."""
        self._position = position
        self.seek_bar.show_position(position)
        self.time.setText(f"{clock_time(position / 1000)} / {clock_time(self._duration / 1000)}")

    def show_speed(self, speed: float) -> None:
        """Tick the speed in use."""
        for action, offered in zip(self._speed_menu.actions(), SPEEDS, strict=True):
            action.setChecked(offered == speed)

    def offer_captions(self, languages: Sequence[str]) -> None:
        """Offer captions in these languages, and none; the button is grey where there are none."""
        self._captions_menu.clear()
        words = [_("No captions"), *(LANGUAGES.get(code, code or "…") for code in languages)]
        group = QActionGroup(self._captions_menu)
        for place, word in enumerate(words):
            action = self._captions_menu.addAction(word.replace("&", "&&"))
            action.setCheckable(True)
            group.addAction(action)
            action.triggered.connect(lambda _on, place=place: self.captions_asked.emit(place - 1))
        self.captions.setEnabled(bool(languages))
        self.transcript.setEnabled(bool(languages))

    def show_captions(self, place: int) -> None:
        """Tick the captions in use; -1 is none."""
        self._captions_menu.actions()[place + 1].setChecked(True)

    def _lay_out(self) -> None:
        self.transcript.setCheckable(True)
        row = QHBoxLayout()
        row.setSpacing(6)
        for button in (self.play, self.back, self.mute):
            row.addWidget(button)
        row.addSpacing(8)
        row.addWidget(self.time)
        row.addStretch(1)
        for button in (self.speed, self.captions, self.transcript, self.full_screen):
            row.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 24, 14, 10)
        column.setSpacing(4)
        column.addWidget(self.seek_bar)
        column.addLayout(row)

    def _connect(self) -> None:
        self.seek_bar.asked.connect(self.seek_asked)
        self.play.clicked.connect(self.play_asked)
        self.back.clicked.connect(self.back_asked)
        self.mute.clicked.connect(self.mute_asked)
        self.full_screen.clicked.connect(self.full_screen_asked)
        self.transcript.toggled.connect(self.transcript_asked)
        self.speed.clicked.connect(lambda: _open_above(self._speed_menu, self.speed))
        self.captions.clicked.connect(lambda: _open_above(self._captions_menu, self.captions))

    def _fill_speeds(self) -> None:
        group = QActionGroup(self._speed_menu)
        for speed in SPEEDS:
            action = self._speed_menu.addAction(f"{speed:g} ×")
            action.setCheckable(True)
            group.addAction(action)
            action.triggered.connect(lambda _on, speed=speed: self.speed_asked.emit(speed))
        self.show_speed(1.0)

    def _restyle(self) -> None:
        self.time.setStyleSheet(f"color: {current_theme().hex(Ink.ON_COVER)};")

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.time.setVisible(self.width() >= current_theme().px(_TIME_NEEDS))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        shade = QLinearGradient(0, 0, 0, self.height())
        shade.setColorAt(0, Qt.GlobalColor.transparent)
        shade.setColorAt(1, SHADE)
        QPainter(self).fillRect(self.rect(), shade)


def _open_above(menu: QMenu, button: QWidget) -> None:
    """Open a menu over the button: below it there is no picture left."""
    menu.popup(button.mapToGlobal(QPoint(0, -menu.sizeHint().height())))
