"""A PIN by finger or keyboard: dots, ten keys, one to take back, one to enter."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget
from typing_extensions import override

from app.core.base.words import _, plural
from app.ui.kit.announcing import announce
from app.ui.kit.buttons import Button, Kind
from app.ui.kit.layouts import column
from app.ui.kit.painted import Painted, fill_round, frame_round, smooth
from app.ui.kit.theme import Ink, current_theme

_GAP = 12
_TIGHT_GAP = 5


class _Dots(Painted):
    """How many digits are in, never which."""

    def __init__(self, least: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._least = least
        self._filled = 0
        self._marked = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_filled(0)

    def set_filled(self, filled: int) -> None:
        self._filled = filled
        self.setAccessibleName(plural("{count} digit entered", "{count} digits entered", filled))
        self.update()

    def set_marked(self, *, marked: bool) -> None:
        """Show that digits typed now land here."""
        self._marked = marked
        self.update()

    @override
    def sizeHint(self) -> QSize:
        theme = current_theme()
        return QSize(theme.px(200), theme.px(34))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme, painter = current_theme(), smooth(self)
        if self._marked:
            around, radius = QRectF(self.rect()), theme.px(10)
            frame_round(painter, around, radius, theme.colour(Ink.FOCUS), 2)
        count = max(self._least, self._filled)
        side, step = theme.px(18), theme.px(36)
        step = min(step, max(side + 2, self.width() // max(1, count)))
        left = (self.width() - step * (count - 1) - side) / 2
        for index in range(count):
            dot = QRectF(left + index * step, (self.height() - side) / 2, side, side)
            if index < self._filled:
                fill_round(painter, dot, side / 2, theme.colour(Ink.PRIMARY))
            else:
                frame_round(painter, dot, side / 2, theme.colour(Ink.BORDER_STRONG), 2)


class PinPad(QWidget):
    """Takes digits from its keys and from the keyboard; says the PIN when it is entered.

    The PIN is forgotten as soon as it is said.
    """

    entered = Signal(str)
    changed = Signal()
    letter_typed = Signal(str)
    """A PIN has none: somebody means to type a password."""

    def __init__(self, least: int = 4, most: int = 8, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._most = most
        self._least = least
        self._pin = ""
        self._dots = _Dots(least)
        self._keys: dict[str, Button] = {}
        self.setAccessibleName(_("PIN"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._lay_out()

    def set_tight(self, *, tight: bool) -> None:
        """Make keys and gaps smaller where a window is low; a finger still finds them."""
        gap = current_theme().px(_TIGHT_GAP if tight else _GAP)
        self._lines.setSpacing(gap)
        self._grid.setSpacing(gap)
        for key in self.findChildren(Button):
            key.set_tight(tight=tight)

    def _lay_out(self) -> None:
        lines = self._lines = column(self, gap=_GAP)
        lines.addWidget(self._dots)
        grid = self._grid = QGridLayout()
        grid.setSpacing(current_theme().px(_GAP))
        for index, digit in enumerate("123456789"):
            grid.addWidget(self._digit(digit), index // 3, index % 3)
        back = Button("", Kind.KEY, icon="delete").on_press(self.take_back)
        back.setAccessibleName(_("Take back the last digit"))
        back.setToolTip(_("Take back the last digit"))
        self.enter_key = Button("", Kind.ENTER, icon="arrow-right").on_press(self.enter)
        self.enter_key.setAccessibleName(_("Enter"))
        self.enter_key.setToolTip(_("Enter"))
        grid.addWidget(back, 3, 0)
        grid.addWidget(self._digit("0"), 3, 1)
        grid.addWidget(self.enter_key, 3, 2)
        for place in range(3):
            grid.setColumnStretch(place, 1)
        lines.addLayout(grid)
        self._refresh()

    def _digit(self, digit: str) -> Button:
        key = Button(digit, Kind.KEY).on_press(lambda: self.type_digit(digit))
        key.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._keys[digit] = key
        return key

    def key(self, digit: str) -> Button:
        """Return the key of a digit."""
        return self._keys[digit]

    def count(self) -> int:
        """Return how many digits are in."""
        return len(self._pin)

    def type_digit(self, digit: str) -> None:
        """Take one digit, unless the PIN is as long as it may be."""
        if len(self._pin) < self._most:
            self._pin += digit
            self._refresh()

    def take_back(self) -> None:
        """Forget the last digit."""
        self._pin = self._pin[:-1]
        self._refresh()

    def clear(self) -> None:
        """Forget every digit."""
        self._pin = ""
        self._refresh()

    def enter(self) -> None:
        """Say the PIN if it is long enough, and forget it."""
        if len(self._pin) < self._least:
            told = plural(
                "The PIN has at least {count} digit.",
                "The PIN has at least {count} digits.",
                self._least,
            )
            announce(self, told, urgent=True)
            return
        pin, self._pin = self._pin, ""
        self._refresh()
        self.entered.emit(pin)

    def _refresh(self) -> None:
        self._dots.set_filled(len(self._pin))
        self.enter_key.setEnabled(len(self._pin) >= self._least)
        self.changed.emit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        text = event.text()
        if len(text) == 1 and text.isdecimal():
            self.type_digit(str(int(text)))
        elif event.key() == Qt.Key.Key_Backspace:
            self.take_back()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.enter()
        elif event.key() == Qt.Key.Key_Escape and self._pin:
            self.clear()
        elif text.isalpha() and not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier:
            self.clear()
            self.letter_typed.emit(text)
        else:
            super().keyPressEvent(event)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._dots.set_marked(marked=True)

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._dots.set_marked(marked=False)
