"""The answer to "May I?" as large as the screen lets it be: icon, word and colour at once."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from app.ui.kit.announcing import announce
from app.ui.kit.icons import paint_icon
from app.ui.kit.painted import Painted, fill_picture, fill_round, frame_round, smooth
from app.ui.kit.pictures import picture_of
from app.ui.kit.theme import Ink, TextRole, Tone, current_theme

_WRAPPED = int(
    Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap
)
_LARGEST, _SMALLEST = 84, 18
_MARGIN = 28
_ICON_SHARE = 0.26
"""Of the width; and of the height at most four fifths."""
_FACE_SHARE = 0.4
"""Of the width that a photo takes at most."""


class VerdictPlate(Painted):
    """Fills itself with a tone, the other way round than elsewhere: the words are the ground's colour."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tone, self._icon = Tone.NEUTRAL, "id-card"
        self._words, self._under = "", ""
        self._face = QImage()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def say(self, words: str, under: str, tone: Tone, icon: str) -> None:
        """Show something else, of nobody yet; a screen reader says it."""
        self._words, self._under, self._tone, self._icon = words, under, tone, icon
        self._face = QImage()
        self.setAccessibleName(f"{words}. {under}" if under else words)
        announce(self, self.accessibleName(), urgent=True)
        self.update()

    def show_face(self, photo: bytes) -> None:
        """Show whom it is about, large: whoever looks sees whether the badge is worn by its owner."""
        self._face = picture_of(photo)
        self.update()

    @property
    def has_face(self) -> bool:
        """Tell whether a photo is shown."""
        return not self._face.isNull()

    @property
    def words(self) -> str:
        """Return what is said largest."""
        return self._words

    @property
    def under(self) -> str:
        """Return what is said below it."""
        return self._under

    @property
    def tone(self) -> Tone:
        """Return the tone that fills it."""
        return self._tone

    @override
    def sizeHint(self) -> QSize:
        theme = current_theme()
        return QSize(theme.px(760), theme.px(300))

    @override
    def minimumSizeHint(self) -> QSize:
        theme = current_theme()
        return QSize(theme.px(320), theme.px(150))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme, painter = current_theme(), smooth(self)
        is_said = self._tone is not Tone.NEUTRAL
        ground = self._tone.ink if is_said else Ink.SURFACE
        ink = Ink.SURFACE if is_said else Ink.TEXT
        fill_round(painter, QRectF(self.rect()), theme.px(18), theme.colour(ground))
        margin = theme.px(_MARGIN)
        area = self.rect().adjusted(margin, margin, -margin, -margin)
        if self.has_face:
            area = self._paint_face(painter, area)
        side = min(round(area.width() * _ICON_SHARE), round(area.height() * 0.8))
        place = QRect(area.x(), area.y() + (area.height() - side) // 2, side, side)
        paint_icon(painter, place, self._icon, theme.hex(ink if is_said else Ink.PRIMARY))
        room = area.adjusted(side + margin, 0, 0, 0)
        split = round(room.height() * (0.66 if self._under else 1))
        head = QRect(room.x(), room.y(), room.width(), split)
        foot = QRect(room.x(), head.bottom(), room.width(), room.height() - split)
        painter.setPen(theme.colour(ink))
        for words, part, largest in ((self._words, head, _LARGEST), (self._under, foot, 34)):
            painter.setFont(_fitting(words, part, theme.px(largest)))
            painter.drawText(part, _WRAPPED, words)
        painter.end()

    def _paint_face(self, painter: QPainter, area: QRect) -> QRect:
        """Paint the photo at the right, and return the room that is left."""
        theme = current_theme()
        side = min(area.height(), round(area.width() * _FACE_SHARE))
        place = QRectF(area.right() - side, area.y() + (area.height() - side) / 2, side, side)
        fill_picture(painter, place, theme.px(18), self._face)
        frame_round(painter, place, theme.px(18), theme.colour(Ink.SURFACE), theme.px(3))
        return area.adjusted(0, 0, -side - theme.px(_MARGIN), 0)


def _fitting(words: str, room: QRect, largest: int) -> QFont:
    """Return the largest font in which words fit into a room."""
    theme = current_theme()
    font = theme.font(TextRole.DISPLAY)
    size = largest
    while size > theme.px(_SMALLEST):
        font.setPixelSize(size)
        needed = QFontMetrics(font).boundingRect(room, _WRAPPED, words)
        if needed.height() <= room.height() and needed.width() <= room.width():
            break
        size -= theme.px(2)
    return font
