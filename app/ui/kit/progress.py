"""How far something is: a bar, a ring, and a thin line for what takes longer than a moment."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QLinearGradient, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from app.core.base import figures
from app.core.base.words import _
from app.ui.kit.painted import Painted, draw_text, fill_round, frame_round, smooth
from app.ui.kit.theme import Ink, TextRole, Tone, current_theme


class ProgressBar(Painted):
    """A bar from 0 to 1, with its percentage behind it when asked."""

    def __init__(
        self,
        name: str,
        share: float = 0.0,
        tone: Tone = Tone.PRIMARY,
        *,
        with_text: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._name = name
        self._tone = tone
        self._share = 0.0
        self._with_text = with_text
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_share(share)

    def share(self) -> float:
        """Return how far it is."""
        return self._share

    def set_share(self, share: float, tone: Tone | None = None) -> None:
        """Show another share, 0 to 1, perhaps in another tone."""
        self._share = min(max(share, 0.0), 1.0)
        self._tone = tone or self._tone
        self.setAccessibleName(f"{self._name}: {figures.share(self._share)}")
        self.update()

    @override
    def sizeHint(self) -> QSize:
        theme = current_theme()
        return QSize(theme.px(120), theme.px(18 if self._with_text else 8))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(current_theme().px(60), self.sizeHint().height())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme, painter, rect = current_theme(), smooth(self), self.rect()
        width = rect.width()
        if self._with_text:
            room = theme.px(44)
            words = rect.adjusted(width - room, 0, 0, 0)
            align = Qt.AlignmentFlag.AlignRight
            font = theme.font(TextRole.MUTED)
            draw_text(painter, words, figures.share(self._share), font, Ink.TEXT3, align)
            width -= room
        thick = theme.px(8)
        bar = QRectF(0, (rect.height() - thick) / 2, width, thick)
        fill_round(painter, bar, thick / 2, theme.colour(Ink.SURFACE2))
        if theme.is_high_contrast:
            frame_round(painter, bar, thick / 2, theme.colour(Ink.BORDER))
        if self._share:
            bar.setWidth(max(thick, width * self._share))
            fill_round(painter, bar, thick / 2, theme.colour(self._tone.bar))


class ProgressRing(Painted):
    """A ring from 0 to 1 with words in the middle: a score, a share of the day's plan."""

    def __init__(
        self,
        name: str,
        share: float = 0.0,
        tone: Tone = Tone.PRIMARY,
        *,
        px: int = 96,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._name = name
        self._tone = tone
        self._share = 0.0
        self._text = ""
        self._px = px
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_share(share)

    def set_share(self, share: float, tone: Tone | None = None, text: str = "") -> None:
        """Show another share; `text` stands in the middle instead of the percentage."""
        self._share = min(max(share, 0.0), 1.0)
        self._tone = tone or self._tone
        self._text = text or figures.share(self._share)
        self.setAccessibleName(f"{self._name}: {self._text}")
        self.update()

    @override
    def sizeHint(self) -> QSize:
        side = current_theme().px(self._px)
        return QSize(side, side)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme, painter = current_theme(), smooth(self)
        thick = max(4, self.width() // 10)
        area = QRectF(self.rect()).adjusted(thick, thick, -thick, -thick)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.colour(Ink.SURFACE2), thick))
        painter.drawEllipse(area)
        pen = QPen(theme.colour(self._tone.bar), thick)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        if self._share:
            painter.drawArc(area, 90 * 16, -round(self._share * 360 * 16))
        font = theme.font(TextRole.H2)
        font.setPixelSize(max(10, self.width() // 5))
        align = Qt.AlignmentFlag.AlignHCenter
        draw_text(painter, self.rect(), self._text, font, Ink.TEXT, align)


class BusyLine(Painted):
    """A thin line that tells that something is being fetched. Shows only after a moment."""

    _LATENCY_MS, _FRAME_MS, _STEPS = 400, 40, 40

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._busy = 0
        self._step = 0
        self._patience = QTimer(self, singleShot=True, interval=self._LATENCY_MS)
        self._patience.timeout.connect(self._begin)
        self._beat = QTimer(self, interval=self._FRAME_MS)
        self._beat.timeout.connect(self._advance)
        self.setAccessibleName(_("Loading"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def start(self) -> None:
        """Count one more thing that is on its way."""
        self._busy += 1
        if not self._patience.isActive() and not self._beat.isActive():
            self._patience.start()

    def stop(self) -> None:
        """Count one less; at none the line goes away."""
        self._busy = max(0, self._busy - 1)
        if not self._busy:
            self._patience.stop()
            self._beat.stop()
            self._step = -1
            self.update()

    def is_busy(self) -> bool:
        """Tell whether something is on its way."""
        return self._busy > 0

    def _begin(self) -> None:
        self._step = 0
        if not current_theme().reduced_motion:
            self._beat.start()
        self.update()

    def _advance(self) -> None:
        self._step = (self._step + 1) % self._STEPS
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(0, current_theme().px(3))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._busy or self._patience.isActive():
            return
        theme, painter = current_theme(), smooth(self)
        colour, clear = theme.colour(Ink.PRIMARY), theme.colour(Ink.PRIMARY_SOFT)
        width = self.width()
        middle = width * (self._step / self._STEPS) * 1.4 - width * 0.2
        shine = QLinearGradient(QPointF(middle - width * 0.2, 0), QPointF(middle + width * 0.2, 0))
        shine.setColorAt(0, clear)
        shine.setColorAt(0.5, colour)
        shine.setColorAt(1, clear)
        painter.fillRect(self.rect(), shine)
