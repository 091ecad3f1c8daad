"""A PDF on screen, page by page, with buttons for pages and size; what is painted over it is asked for."""

from collections.abc import Callable

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPalette, QWheelEvent
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QScrollBar
from typing_extensions import override

from app.core.base.words import _
from app.ui.kit.theme import Ink, current_theme
from app.ui.kit.watermark import paint_watermark

STEP = 1.25
"""By how much pages grow or shrink at a time."""
_LARGEST, _SMALLEST = 5.0, 0.25


class PagedDocument(QPdfView):
    """One page at a time. Page Up and Down, the arrows and the wheel turn pages at their ends."""

    turned = Signal(int)
    """Carries the number of the page now shown, from 1."""

    def __init__(self, document: QPdfDocument) -> None:
        super().__init__()
        self._document = document
        self._watermark = ""
        self.setDocument(document)
        self.setPageMode(QPdfView.PageMode.SinglePage)
        self.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        self.setAccessibleName(_("Document"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.pageNavigator().currentPageChanged.connect(lambda page: self.turned.emit(page + 1))
        self._restyle()
        current_theme().changed.connect(self._restyle)

    def set_watermark(self, words: str) -> None:
        """Paint words over every page from now on; "" none."""
        self._watermark = words
        self.viewport().update()

    def page(self) -> int:
        """Return the number of the page shown, from 1."""
        return self.pageNavigator().currentPage() + 1

    def turn_to(self, page: int) -> bool:
        """Show the top of a page; tell whether there is one of that number."""
        if not 1 <= page <= self._document.pageCount():
            return False
        self.pageNavigator().jump(page - 1, QPointF())
        self.verticalScrollBar().setValue(0)
        return True

    def zoom_by(self, factor: float) -> None:
        """Show pages larger or smaller."""
        if self.zoomMode() == QPdfView.ZoomMode.FitToWidth:
            size = self._document.pagePointSize(self.page() - 1)
            inches = size.width() / 72 * self.logicalDpiX()
            if inches:
                self.setZoomFactor(self.viewport().width() / inches)
            self.setZoomMode(QPdfView.ZoomMode.Custom)
        self.setZoomFactor(min(max(self.zoomFactor() * factor, _SMALLEST), _LARGEST))

    def fit_width(self) -> None:
        """Show pages as wide as there is room."""
        self.setZoomMode(QPdfView.ZoomMode.FitToWidth)

    def fit_page(self) -> None:
        """Show whole pages."""
        self.setZoomMode(QPdfView.ZoomMode.FitInView)

    def _restyle(self) -> None:
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Dark, current_theme().colour(Ink.SURFACE2))
        self.setPalette(palette)

    def scroll_or_turn(self, step: int) -> bool:
        """Go a screenful on or back, to another page at the end of one; tell whether there was more."""
        bar = self.verticalScrollBar()
        if scroll_page(bar, step):
            return True
        is_there = self.turn_to(self.page() + step)
        if is_there and step < 0:
            bar.setValue(bar.maximum())
        return is_there

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._watermark:
            painter = QPainter(self.viewport())
            paint_watermark(painter, self.viewport().rect().toRectF(), self._watermark)
            painter.end()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        acts: dict[Qt.Key, Callable[[], object]] = {
            Qt.Key.Key_PageDown: lambda: self.scroll_or_turn(1),
            Qt.Key.Key_Space: lambda: self.scroll_or_turn(1),
            Qt.Key.Key_PageUp: lambda: self.scroll_or_turn(-1),
            Qt.Key.Key_Right: lambda: self.turn_to(self.page() + 1),
            Qt.Key.Key_Left: lambda: self.turn_to(self.page() - 1),
            Qt.Key.Key_Home: lambda: self.turn_to(1),
            Qt.Key.Key_End: lambda: self.turn_to(self._document.pageCount()),
            Qt.Key.Key_Plus: lambda: self.zoom_by(STEP),
            Qt.Key.Key_Minus: lambda: self.zoom_by(1 / STEP),
        }
        act = acts.get(Qt.Key(event.key()))
        if act is None or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().keyPressEvent(event)
        else:
            act()

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        bar, down = self.verticalScrollBar(), event.angleDelta().y() < 0
        at_end = bar.value() == (bar.maximum() if down else bar.minimum())
        if at_end and event.angleDelta().y() and not event.modifiers():
            self.scroll_or_turn(1 if down else -1)
            event.accept()
            return
        super().wheelEvent(event)


def scroll_page(bar: QScrollBar, step: int) -> bool:
    """Scroll a screenful down (1) or up (-1); tell whether there was anything left that way."""
    actions = bar.SliderAction
    before = bar.value()
    bar.triggerAction(actions.SliderPageStepAdd if step > 0 else actions.SliderPageStepSub)
    return bar.value() != before
