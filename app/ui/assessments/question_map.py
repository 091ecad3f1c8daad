"""Every question of an attempt at a glance: answered, flagged, where one is; a press goes there."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from app.core.base.words import _
from app.ui.assessments.answer_keeper import Keeping
from app.ui.kit.buttons import Button
from app.ui.kit.cards import Card
from app.ui.kit.icons import paint_icon
from app.ui.kit.labels import IconLabel, PlainLabel
from app.ui.kit.layouts import FlowLayout, row
from app.ui.kit.painted import PaintedButton, draw_text, fill_round, frame_round, smooth
from app.ui.kit.progress import ProgressBar
from app.ui.kit.theme import Ink, TextRole, current_theme

_SIDE = 44


@dataclass(frozen=True, slots=True)
class Spot:
    """How a question stands on the map."""

    standing: Keeping = Keeping.SILENT
    is_flagged: bool = False
    is_current: bool = False

    def words(self, number: int) -> str:
        """Return it for the screen reader."""
        told = {
            Keeping.SILENT: _("not answered"),
            Keeping.SAVING: _("being saved"),
            Keeping.SAVED: _("answered"),
            Keeping.NOT_SAVED: _("not saved"),
        }
        parts = [_("Question {number}").format(number=number), told[self.standing]]
        if self.is_flagged:
            parts.append(_("flagged"))
        if self.is_current:
            parts.append(_("current"))
        return ", ".join(parts)


class MapCell(PaintedButton):
    """One question: its number, a dot when it is answered, a flag."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self._number = number
        self._spot = Spot()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_spot(self._spot)

    def show_spot(self, spot: Spot) -> None:
        """Show how it stands."""
        self._spot = spot
        self.setAccessibleName(spot.words(self._number))
        self.setToolTip(self.accessibleName())
        self.update()

    @override
    def sizeHint(self) -> QSize:
        side = current_theme().px(_SIDE)
        return QSize(side, side)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme, painter, spot = current_theme(), smooth(self), self._spot
        area, radius = QRectF(self.rect()), theme.px(10)
        is_answered = spot.standing in {Keeping.SAVED, Keeping.SAVING}
        ground = Ink.PRIMARY_SOFT if is_answered else Ink.SURFACE
        if self.underMouse() and not is_answered:
            ground = Ink.SURFACE2
        fill_round(painter, area, radius, theme.colour(ground))
        if self.hasFocus():
            frame_round(painter, area, radius, theme.colour(Ink.FOCUS), 3)
        elif spot.is_current:
            frame_round(painter, area, radius, theme.colour(Ink.PRIMARY), 2)
        else:
            frame_round(painter, area, radius, theme.colour(Ink.BORDER_STRONG))
        role = TextRole.STRONG if spot.is_current or is_answered else TextRole.BODY
        number = self.rect().adjusted(0, 0, 0, -theme.px(7))
        middle = Qt.AlignmentFlag.AlignHCenter
        draw_text(painter, number, str(self._number), theme.font(role), Ink.TEXT, middle)
        foot = QRect(0, self.height() - theme.px(17), self.width(), theme.px(11))
        name, ink = _SIGNS[spot.standing]
        if spot.standing is Keeping.SAVED:
            dot = QRectF(self.width() / 2 - theme.px(3), foot.y() + theme.px(3), 0, 0)
            dot.setSize(QSize(theme.px(6), theme.px(6)))
            fill_round(painter, dot, theme.px(3), theme.colour(ink))
        else:
            paint_icon(painter, foot, name, theme.hex(ink))
        if spot.is_flagged:
            side = theme.px(14)
            corner = QRect(self.width() - side - theme.px(4), theme.px(4), side, side)
            paint_icon(painter, corner, "flag", theme.hex(Ink.WARNING))


_SIGNS = {
    Keeping.SILENT: ("circle", Ink.TEXT3),
    Keeping.SAVING: ("loader-circle", Ink.PRIMARY),
    Keeping.SAVED: ("circle-dot", Ink.PRIMARY),
    Keeping.NOT_SAVED: ("triangle-alert", Ink.DANGER),
}


class QuestionMap(Card):
    """The map, what its signs mean, how many are answered, and the way to hand in."""

    chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__(_("Questions"), gap=14, margin=18)
        self._cells: list[MapCell] = []
        self._bar = ProgressBar(_("Answered"))
        self._count = PlainLabel("", TextRole.MUTED, wrap=True)
        self._holder = QWidget()
        self._flow = FlowLayout(self._holder, gap=8)
        self.body.addWidget(self._count)
        self.body.addWidget(self._bar)
        self.body.addWidget(self._holder)
        self.body.addWidget(_legend())
        self.body.addStretch(1)
        self.hand_in = Button(_("Hand in"), icon="send")
        self.body.addWidget(self.hand_in)

    def set_count(self, count: int) -> None:
        """Show so many questions."""
        while len(self._cells) > count:
            cell = self._cells.pop()
            self._flow.removeWidget(cell)
            cell.hide()
            cell.deleteLater()
        for place in range(len(self._cells), count):
            cell = MapCell(place + 1)
            cell.clicked.connect(lambda _on=False, place=place: self.chosen.emit(place))
            self._cells.append(cell)
            self._flow.addWidget(cell)

    def show_spots(self, spots: Sequence[Spot], answered: int) -> None:
        """Show how each question stands."""
        for cell, spot in zip(self._cells, spots, strict=True):
            cell.show_spot(spot)
        told = _("{answered} of {count} answered").format(answered=answered, count=len(spots))
        self._count.setText(told)
        self._bar.set_share(answered / len(spots) if spots else 0.0)

    def cells(self) -> list[MapCell]:
        """Return the cells in the order of the questions."""
        return list(self._cells)


def _legend() -> QWidget:
    holder = QWidget()
    flow = FlowLayout(holder, gap=12)
    for icon, ink, words in (
        ("circle-dot", Ink.PRIMARY, _("Answered")),
        ("circle", Ink.TEXT3, _("Not answered")),
        ("flag", Ink.WARNING, _("Flagged")),
    ):
        part = QWidget()
        line = row(part, gap=5)
        line.addWidget(IconLabel(icon, ink, 14))
        line.addWidget(PlainLabel(words, TextRole.MUTED))
        flow.addWidget(part)
    return holder
