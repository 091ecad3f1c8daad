"""Small marks: a status (icon, word, colour), a tile with an icon, a person's photo or initials."""

from enum import Enum

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from app.ui.kit.icons import paint_icon
from app.ui.kit.labels import IconLabel
from app.ui.kit.painted import (
    Painted,
    draw_text,
    fill_picture,
    fill_round,
    frame_round,
    smooth,
)
from app.ui.kit.pictures import picture_of
from app.ui.kit.theme import Ink, TextRole, Tone, current_theme

_TONE_ICONS = {
    Tone.NEUTRAL: "circle",
    Tone.PRIMARY: "circle-dot",
    Tone.SUCCESS: "circle-check",
    Tone.WARNING: "clock",
    Tone.DANGER: "triangle-alert",
    Tone.INFO: "info",
}
_SQUARE_FROM = 100
"""Smaller faces are round; by a large one somebody is to be known, and no corner is cut off."""
_CHIP_HEIGHT, _CHIP_PAD, _CHIP_ICON, _CHIP_GAP = 22, 9, 13, 5


class ChipIcon(Enum):
    """Whether a chip has the icon of its tone. Only counts beside their word go without."""

    TONE = "tone"
    NONE = "none"


def chip_size(text: str, icon: str) -> QSize:
    """Return the room a chip takes."""
    theme = current_theme()
    metrics = QFontMetrics(theme.font(TextRole.LABEL))
    width = metrics.horizontalAdvance(text) + 2 * theme.px(_CHIP_PAD)
    if icon:
        width += theme.px(_CHIP_ICON + _CHIP_GAP)
    return QSize(width, max(theme.px(_CHIP_HEIGHT), metrics.height() + theme.px(4)))


def chip_icon(tone: Tone) -> str:
    """Return the name of the icon that stands for `tone`."""
    return _TONE_ICONS[tone]


def paint_chip(painter: QPainter, rect: QRect, text: str, tone: Tone, icon: str) -> None:
    """Paint a chip that fills `rect`. Tables paint theirs with this too."""
    theme = current_theme()
    area, radius = QRectF(rect), rect.height() / 2
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    fill_round(painter, area, radius, theme.colour(tone.soft))
    if theme.is_high_contrast:
        frame_round(painter, area, radius, theme.colour(tone.ink))
    inner = rect.adjusted(theme.px(_CHIP_PAD), 0, -theme.px(_CHIP_PAD), 0)
    if icon:
        side = theme.px(_CHIP_ICON)
        paint_icon(
            painter,
            QRect(inner.x(), rect.y() + (rect.height() - side) // 2, side, side),
            icon,
            theme.hex(tone.ink),
        )
        inner.setLeft(inner.x() + theme.px(_CHIP_ICON + _CHIP_GAP))
    inner.setRight(inner.right() + theme.px(_CHIP_PAD) // 2)
    draw_text(painter, inner, text, theme.font(TextRole.LABEL), tone.ink)


class StatusChip(Painted):
    """A status: icon, word, colour. `icon` replaces the icon of the tone."""

    def __init__(
        self,
        text: str,
        tone: Tone = Tone.NEUTRAL,
        *,
        icon: str | ChipIcon = ChipIcon.TONE,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._text = text
        self._tone = tone
        self._icon = icon
        self.setAccessibleName(text)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def text(self) -> str:
        """Return the word."""
        return self._text

    def tone(self) -> Tone:
        """Return the tone."""
        return self._tone

    def set_status(self, text: str, tone: Tone) -> None:
        """Show another status."""
        self._text = text
        self._tone = tone
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def _icon_name(self) -> str:
        if isinstance(self._icon, str):
            return self._icon
        return _TONE_ICONS[self._tone] if self._icon is ChipIcon.TONE else ""

    @override
    def sizeHint(self) -> QSize:
        return chip_size(self._text, self._icon_name())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = smooth(self)
        paint_chip(painter, self.rect(), self._text, self._tone, self._icon_name())


class CountChip(StatusChip):
    """A count beside the word that it counts."""

    def __init__(self, text: str, tone: Tone = Tone.NEUTRAL, parent: QWidget | None = None) -> None:
        super().__init__(text, tone, icon=ChipIcon.NONE, parent=parent)


class IconTile(IconLabel):
    """An icon on a soft square of its tone, in front of a row or a figure."""

    def __init__(
        self, icon: str, tone: Tone = Tone.NEUTRAL, px: int = 40, parent: QWidget | None = None
    ) -> None:
        super().__init__(icon, tone.ink, px, parent)
        self._ground = tone.soft

    @override
    def paint_ground(self, painter: QPainter) -> QRect:
        theme = current_theme()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        fill_round(painter, QRectF(self.rect()), theme.px(10), theme.colour(self._ground))
        side = self.width() // 2
        middle = QRect(0, 0, side, side)
        middle.moveCenter(self.rect().center())
        return middle


def initials(name: str) -> str:
    """Return the first letters of the first and last word, with their vowel signs."""
    words = [word for word in name.split() if word[:1].isalpha()]
    if not words:
        return "?"
    chosen = words if len(words) == 1 else [words[0], words[-1]]
    return "".join(_first_letter(word) for word in chosen)


def _first_letter(word: str) -> str:
    end = 1
    while end < len(word) and not word[end].isalnum() and not word[end].isascii():
        end += 1
    return word[:end].upper()


class Avatar(Painted):
    """A person's photo; without one, their initials on a colour of their own. Round, or large and square."""

    def __init__(
        self, name: str, px: int = 40, parent: QWidget | None = None, *, photo: bytes = b""
    ) -> None:
        super().__init__(parent)
        self._name = name
        self._px = px
        self._face = picture_of(photo)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    @property
    def has_photo(self) -> bool:
        """Tell whether a photo is shown."""
        return not self._face.isNull()

    def set_name(self, name: str) -> None:
        """Show somebody else, of whom no photo is known yet."""
        self._name = name
        self.set_photo(b"")

    def set_photo(self, photo: bytes) -> None:
        """Show a photo (JPEG); b"" shows the initials."""
        self._face = picture_of(photo)
        self.update()

    @override
    def sizeHint(self) -> QSize:
        side = current_theme().px(self._px)
        return QSize(side, side)

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()  # or a crowded page would press a face flat

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        painter, area = smooth(self), QRectF(self.rect())
        radius = area.width() / 2 if self._px < _SQUARE_FROM else theme.px(16)
        if self._face.isNull():
            covers = theme.tokens.covers
            start, _end = covers[(sum(self._name.encode()) + 1) % len(covers)]
            fill_round(painter, area, radius, QColor(start))
            self._paint_initials(painter)
        else:
            fill_picture(painter, area, radius, self._face)
        if theme.is_high_contrast:
            frame_round(painter, area, radius, theme.colour(Ink.BORDER))

    def _paint_initials(self, painter: QPainter) -> None:
        font = current_theme().font(TextRole.LABEL)
        font.setPixelSize(max(9, int(self.width() * 0.34)))
        middle = Qt.AlignmentFlag.AlignHCenter
        draw_text(painter, self.rect(), initials(self._name), font, Ink.ON_COVER, middle)
