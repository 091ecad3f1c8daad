"""A field for a day: typed, stepped or picked from a calendar, by hand or by keyboard."""

from datetime import date

from PySide6.QtCore import QDate, QEvent, QLocale, QPointF, QRect, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QDateEdit, QDateTimeEdit, QWidget
from typing_extensions import override

from app.core.base.words import _, current_language
from app.ui.kit.forms.field import Field
from app.ui.kit.icons import paint_icon
from app.ui.kit.theme import Ink, current_theme

_STEPS = frozenset({Qt.Key.Key_Up, Qt.Key.Key_Down})
_TAKE_AWAY = frozenset({Qt.Key.Key_Delete, Qt.Key.Key_Backspace})


def _locale() -> QLocale:
    """Return the locale of the language on screen, for the names of months and weekdays.

    One with digits of its own is left: every figure in the program has Western ones.
    """
    own = QLocale(current_language())
    return own if own.zeroDigit() == "0" else QLocale(QLocale.Language.English)


class _DateEdit(QDateEdit):
    """A day, or none: then its least day stands for it. Qt alone cannot leave that by keyboard.

    The first figure or arrow begins with today; F4 and Alt+Down open the calendar; Delete over all
    of it leaves it open again.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setLocale(_locale())
        self.setCalendarPopup(True)

    @property
    def is_open(self) -> bool:
        """Tell whether no day stands there."""
        return self.date() == self.minimumDate()

    @override
    def focusNextPrevChild(self, forward: bool) -> bool:
        """Go on at once from where no day stands: Qt looks for its parts there, and never leaves."""
        if self.is_open:
            return QWidget.focusNextPrevChild(self, forward)
        return super().focusNextPrevChild(forward)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, is_step = Qt.Key(event.key()), Qt.Key(event.key()) in _STEPS
        down = key is Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier
        if key is Qt.Key.Key_F4 or down:
            self._open_calendar()
            return
        if key in _TAKE_AWAY and self.lineEdit().selectedText() == self.text():
            self.setDate(self.minimumDate())
            return
        if self.is_open and (is_step or event.text().isdigit()):
            self.setDate(QDate.currentDate())
            self.setSelectedSection(QDateTimeEdit.Section.DaySection)
            if is_step:
                return
        super().keyPressEvent(event)

    def _open_calendar(self) -> None:
        """Press where the calendar is opened by mouse: Qt has no other way to it."""
        spot = QPointF(self.width() - 4, self.height() / 2)
        left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        press = QMouseEvent(
            QEvent.Type.MouseButtonPress, spot, self.mapToGlobal(spot), left, left, none
        )
        QApplication.sendEvent(self, press)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        if self.is_open and self.calendarWidget().isVisible():
            today = QDate.currentDate()
            self.calendarWidget().setCurrentPage(today.year(), today.month())

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        theme, painter = current_theme(), QPainter(self)
        side = theme.px(17)
        spot = QRect(self.width() - side - theme.px(10), 0, side, self.height())
        paint_icon(painter, spot, "calendar-days", theme.hex(Ink.TEXT2))


class DateField(Field):
    """A day, typed or picked from a calendar; may be left open when it is not required."""

    _NEVER = QDate(1900, 1, 1)

    def __init__(
        self,
        label: str,
        value: date | None = None,
        *,
        required: bool = False,
        hint: str = "",
        empty: str = "",
        parent: QWidget | None = None,
    ) -> None:
        """Take a label; `empty` stands there while no day does, "No date" where it is left out."""
        self.edit = _DateEdit()
        self.edit.setDisplayFormat("dd MMM yyyy")
        self.edit.setMinimumDate(self._NEVER)
        self.edit.setSpecialValueText(empty or _("No date"))
        super().__init__(label, self.edit, required=required, hint=hint, parent=parent)
        self.set_value(value)
        self.edit.dateChanged.connect(lambda _day: self.edited.emit())

    def value(self) -> date | None:
        """Return the day; None when it is left open."""
        chosen = self.edit.date()
        return None if chosen == self._NEVER else date(chosen.year(), chosen.month(), chosen.day())

    def set_value(self, value: date | None) -> None:
        """Show another day."""
        self.edit.setDate(QDate(value.year, value.month, value.day) if value else self._NEVER)

    @override
    def is_blank(self) -> bool:
        return self.value() is None
