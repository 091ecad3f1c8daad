"""A message over the window that goes by itself and can undo; it never hides what is worked at."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QFrame,
    QWidget,
)
from typing_extensions import override

from app.core.base.words import _
from app.ui.kit.announcing import announce
from app.ui.kit.buttons import Button, Kind
from app.ui.kit.chips import chip_icon
from app.ui.kit.labels import IconLabel, PlainLabel
from app.ui.kit.layouts import row
from app.ui.kit.overlay import SideSheet
from app.ui.kit.theme import Ink, Tone, current_theme

TOAST_MS = 6000
UNDO_MS = 10000
_LATER = Qt.ConnectionType.QueuedConnection
_TALL = 3
"""What is higher than this part of the window is kept free only where the typing goes on."""


class Toast(QFrame):
    """A message over the foot of `host` that goes by itself; with `undo` it waits longer.

    Where the focus is at the foot it stands at the top, and changes over when the focus comes there.
    """

    gone = Signal()

    def __init__(
        self,
        host: QWidget,
        text: str,
        tone: Tone = Tone.SUCCESS,
        undo: Callable[[], None] | None = None,
    ) -> None:
        super().__init__(host)
        self.setProperty("toast", True)
        self._host = host
        self._undo = undo
        self._at_top = False
        self.undo_button: Button | None = None
        self._lay_out(text, tone)
        self.setAccessibleName(text)
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.dismiss)
        self._timer.start(UNDO_MS if undo else TOAST_MS)
        host.installEventFilter(self)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._follow_focus, _LATER)
            application.inputMethod().cursorRectangleChanged.connect(self._place, _LATER)
        self._follow_focus()
        self.show()
        self._place()
        self.raise_()
        announce(self, text)

    def _lay_out(self, text: str, tone: Tone) -> None:
        line = row(self, gap=12, margin=12)
        line.addWidget(IconLabel(chip_icon(tone), Ink.BG))
        words = PlainLabel(text, wrap=True)
        natural = words.fontMetrics().horizontalAdvance(text) + 4
        words.setMinimumWidth(min(natural, current_theme().px(360)))
        line.addWidget(words, 1)
        if self._undo is not None:
            self.undo_button = Button(_("Undo"), Kind.TOAST, icon="undo-2")
            self.undo_button.clicked.connect(self._take_back)
            line.addWidget(self.undo_button)
        shut = Button("", Kind.TOAST, icon="x")
        shut.setAccessibleName(_("Close this message"))
        shut.setToolTip(_("Close this message"))
        shut.clicked.connect(self.dismiss)
        line.addWidget(shut)

    def dismiss(self) -> None:
        """Go away now."""
        if not self._timer.isActive() and self.isHidden():
            return
        self._timer.stop()
        self.hide()
        self.gone.emit()
        self.deleteLater()

    def _take_back(self) -> None:
        undo, self._undo = self._undo, None
        self.dismiss()
        if undo is not None:
            undo()

    @Slot()
    def _place(self) -> None:
        host, theme = self._host, current_theme()
        edge, least = theme.px(24), theme.px(360)
        room = _beside_sheets(host)
        if room < least + 2 * edge:
            room = host.width()
        width = min(max(self.sizeHint().width(), least), room - 2 * edge, theme.px(640))
        height = max(self.heightForWidth(width), self.minimumSizeHint().height())
        foot = QRect((room - width) // 2, host.height() - height - edge, width, height)
        top = QRect(QPoint(foot.x(), edge), foot.size())
        if not self.isAncestorOf(QApplication.focusWidget() or host):  # it is not run away with
            free = [_worked_at(host), *_what_comes_next(host)]
            self._at_top = any(map(foot.intersects, free)) and not any(map(top.intersects, free))
        self.setGeometry(top if self._at_top else foot)

    @Slot()
    def _follow_focus(self) -> None:
        """Keep away from what has the focus, and from where scrolling takes it.

        Signals alone, and heard later: what has the focus may be in the middle of being deleted.
        """
        at = QApplication.focusWidget()
        while at is not None and at is not self._host:
            if isinstance(at, QAbstractScrollArea):
                at.verticalScrollBar().valueChanged.connect(self._place, _LATER)
            at = at.parentWidget()
        self._place()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
            return
        super().keyPressEvent(event)


def _beside_sheets(host: QWidget) -> int:
    """Return the width that is left of the sheets that are open: they have their buttons at the foot."""
    sheets = [sheet for sheet in host.findChildren(SideSheet) if sheet.isVisible()]
    edges = (sheet.mapTo(host, QPoint(sheet.free_width, 0)).x() for sheet in sheets)
    return min(edges, default=host.width())


def _what_comes_next(host: QWidget) -> list[QRect]:
    """Return where the buttons are that one presses next, such as the player's for the next lesson."""
    buttons = (
        one for one in host.findChildren(Button) if one.property("kind") == Kind.PRIMARY.value
    )
    return [
        QRect(one.mapTo(host, QPoint(0, 0)), one.size())
        for one in buttons
        if one.isVisible() and one.isEnabled()
    ]


def _worked_at(host: QWidget) -> QRect:
    """Return what must stay seen within `host`: what has the focus, of a list or a long text the row."""
    focused = QApplication.focusWidget()
    if focused is None or not host.isAncestorOf(focused):
        return QRect()
    if isinstance(focused, QAbstractItemView):
        within, rect = focused.viewport(), focused.visualRect(focused.currentIndex())
    elif focused.height() > host.height() // _TALL:
        cursor = focused.inputMethodQuery(Qt.InputMethodQuery.ImCursorRectangle)
        within, rect = focused, cursor.toRect() if isinstance(cursor, QRectF) else cursor
    else:
        within, rect = focused, focused.rect()
    return QRect(within.mapTo(host, rect.topLeft()), rect.size())
