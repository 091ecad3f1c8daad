"""The mark of the focus for what paints itself to the edge: a film, a page, a picture."""

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.ui.kit.painted import Painted, frame_round, smooth
from app.ui.kit.theme import Ink, current_theme

_FOLLOWED = frozenset({QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.ChildAdded})


class FocusRing(Painted):
    """Lies over a widget and is seen while that has the focus; clicks go through it."""

    def __init__(self, around: QWidget, radius: int = 14) -> None:
        super().__init__(around)
        self._around = around
        self._radius = radius
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()
        around.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind is QEvent.Type.FocusIn:
            self._follow()
            self.show()
        elif kind is QEvent.Type.FocusOut:
            self.hide()
        elif kind in _FOLLOWED:
            self._follow()
        return super().eventFilter(watched, event)

    def _follow(self) -> None:
        self.setGeometry(self._around.rect())
        self.raise_()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme, painter = current_theme(), smooth(self)
        area, radius = QRectF(self.rect()), theme.px(self._radius)
        frame_round(painter, area, radius, theme.colour(Ink.FOCUS), 3)
        inner = area.adjusted(3, 3, -3, -3)  # seen on dark films too, where the ring alone is not
        frame_round(painter, inner, max(0, radius - 3), theme.colour(Ink.SURFACE), 1)
