"""Cards and rows that are buttons, and the framed card they stand beside."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from app.core.base import figures
from app.ui.kit.chips import IconTile, StatusChip
from app.ui.kit.covers import CoverArt, Shape
from app.ui.kit.frames import Card
from app.ui.kit.icons import paint_icon
from app.ui.kit.labels import ElidedLabel, IconLabel, PlainLabel
from app.ui.kit.layouts import column, row
from app.ui.kit.painted import PaintedButton, fill_round, frame_round, paint_row_ground, smooth
from app.ui.kit.progress import ProgressBar
from app.ui.kit.sparkline import Sparkline
from app.ui.kit.theme import Ink, TextRole, Tone, current_theme

__all__ = [
    "Card",
    "CardButton",
    "CoverCard",
    "FactRow",
    "KpiTile",
    "RowButton",
]


def _see_through(widget: QWidget) -> None:
    widget.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)


class CardButton(PaintedButton):
    """A card that is one button. `name` is what the screen reader says; add to `body`."""

    def __init__(self, name: str, *, margin: int = 16, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.body: QVBoxLayout = column(self, gap=10, margin=margin)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    def add(self, widget: QWidget) -> None:
        """Add a part that lets clicks through to the card."""
        _see_through(widget)
        self.body.addWidget(widget)

    @override
    def sizeHint(self) -> QSize:
        return self.body.sizeHint()

    @override
    def minimumSizeHint(self) -> QSize:
        return self.body.minimumSize()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme, painter = current_theme(), smooth(self)
        area, radius = QRectF(self.rect()), theme.px(14)
        down = self.isDown() or self.isChecked()
        fill_round(painter, area, radius, theme.colour(Ink.SURFACE2 if down else Ink.SURFACE))
        edge = Ink.BORDER_STRONG if self.underMouse() else Ink.BORDER
        if self.hasFocus():
            frame_round(painter, area, radius, theme.colour(Ink.FOCUS), 2)
        else:
            frame_round(painter, area, radius, theme.colour(edge))


class CoverCard(CardButton):
    """A course in a grid: cover, title, a line about it, how far, what state.

    `cover` is what the cover is drawn after, where the title is a translation; `icon` is its own,
    where it is known.
    """

    def __init__(
        self,
        title: str,
        about: str,
        *,
        share: float | None = None,
        status: str = "",
        tone: Tone = Tone.PRIMARY,
        cover: str = "",
        icon: str = "",
        parent: QWidget | None = None,
    ) -> None:
        parts = (title, about, figures.share(share) if share is not None else "", status)
        super().__init__(", ".join(part for part in parts if part), margin=1, parent=parent)
        self._cover = CoverArt(cover or title, icon=icon, shape=Shape.TOP, hint=QSize(240, 92))
        self._cover.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.add(self._cover)
        inner = QWidget()
        lines = column(inner, gap=6, margin=14)
        heading = PlainLabel(title, TextRole.H2, wrap=True)
        lines.addWidget(heading)
        lines.addWidget(PlainLabel(about, TextRole.MUTED, wrap=True))
        lines.addStretch(1)
        if share is not None:
            bar_tone = Tone.SUCCESS if share >= 1 else Tone.PRIMARY
            lines.addSpacing(current_theme().px(8))
            lines.addWidget(ProgressBar(title, share, bar_tone, with_text=True))
        if status:
            lines.addWidget(StatusChip(status, tone))
        self.add(inner)
        self.body.setSpacing(0)
        self.body.setStretch(1, 1)


class RowButton(PaintedButton):
    """A row that is one button: tile, title, a line under it with its own icon, and a chevron."""

    def __init__(
        self,
        title: str,
        about: str = "",
        *,
        icon: str = "",
        tone: Tone = Tone.NEUTRAL,
        about_icon: str = "",
        trailing: str = "chevron-right",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(", ".join(part for part in (title, about) if part))
        self._trailing = trailing
        self._line = line = row(self, gap=12)
        if icon:
            line.addWidget(IconTile(icon, tone))
        words = column(gap=2)
        words.addStretch(1)
        words.addWidget(PlainLabel(title, wrap=True))
        if about:
            under = row(gap=6)
            if about_icon:
                under.addWidget(IconLabel(about_icon, tone.ink, 15))
            under.addWidget(PlainLabel(about, TextRole.MUTED, wrap=True), 1)
            words.addLayout(under)
        words.addStretch(1)
        line.addLayout(words, 1)
        for child in self.findChildren(QWidget):
            _see_through(child)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.restyle()

    @override
    def restyle(self) -> None:
        edge = current_theme().px(6)
        right = current_theme().px(6 + 32 * bool(self._trailing))
        self._line.setContentsMargins(edge, edge, right, edge)

    @override
    def sizeHint(self) -> QSize:
        hint = self._line.sizeHint()
        return QSize(
            max(hint.width(), current_theme().px(220)), max(hint.height(), current_theme().px(44))
        )

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme, painter = current_theme(), smooth(self)
        paint_row_ground(self, painter, is_chosen=self.isChecked())
        if self._trailing:
            side = theme.px(18)
            spot = QRect(self.width() - side - theme.px(8), 0, side, self.height())
            paint_icon(painter, spot, self._trailing, theme.hex(Ink.TEXT2))


class FactRow(QWidget):
    """A row that only tells: icon, what, and a line about it."""

    def __init__(
        self,
        title: str,
        about: str,
        *,
        icon: str,
        tone: Tone = Tone.NEUTRAL,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        line = row(self, gap=12)
        line.addWidget(IconLabel(icon, tone.ink), 0, Qt.AlignmentFlag.AlignTop)
        words = column(gap=1)
        words.addWidget(PlainLabel(title, wrap=True))
        if about:
            words.addWidget(PlainLabel(about, TextRole.MUTED, wrap=True))
        words.addStretch(1)  # a longer neighbour pulls the two lines not apart
        line.addLayout(words, 1)
        self._line, self._words = line, words

    def add_line(self, text: str) -> None:
        """Say one more thing about it, below the others."""
        label = PlainLabel(text, TextRole.MUTED, wrap=True)
        self._words.insertWidget(self._words.count() - 1, label)

    def add_button(self, button: QWidget) -> None:
        """Put something to do with it at the right."""
        self._line.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)


class KpiTile(CardButton):
    """One figure: what, how much, whither, and the road there. Click opens what is behind it."""

    def __init__(
        self,
        title: str,
        value: str,
        *,
        icon: str,
        tone: Tone = Tone.PRIMARY,
        trend: str = "",
        trend_icon: str = "trending-up",
        trend_tone: Tone | None = None,
        history: tuple[float, ...] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(", ".join(p for p in (title, value, trend) if p), parent=parent)
        top = QWidget()
        head = row(top, gap=12)
        head.addWidget(IconTile(icon, tone))
        head.addWidget(ElidedLabel(title, TextRole.BODY2), 1)
        self.add(top)
        self._value = PlainLabel(value, TextRole.KPI)
        middle = QWidget()
        figure = row(middle, gap=12)
        figure.addWidget(self._value)
        figure.addStretch(1)
        if len(history) > 1:
            figure.addWidget(Sparkline(title, history, tone))
        self.add(middle)
        if trend:
            bottom = QWidget()
            foot = row(bottom, gap=6)
            foot.addWidget(IconLabel(trend_icon, (trend_tone or tone).ink, 16))
            foot.addWidget(ElidedLabel(trend, TextRole.MUTED), 1)
            self.add(bottom)
        self.body.setSpacing(current_theme().px(6))

    def value(self) -> str:
        """Return the figure as shown."""
        return self._value.text()
