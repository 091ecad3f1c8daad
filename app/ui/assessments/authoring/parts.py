"""Rows that an author adds, moves and removes: options, items, accepted answers, gaps."""

from collections.abc import Callable, Iterable
from typing import Generic, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget
from typing_extensions import override

from app.core.base.words import _
from app.ui.assessments.authoring.tab_order import order_tabs
from app.ui.assessments.authoring.text_part import TextPart
from app.ui.kit.announcing import announce
from app.ui.kit.buttons import Button, IconButton, Kind
from app.ui.kit.focus import lead_before, tab_stops
from app.ui.kit.forms.field import Field
from app.ui.kit.labels import PlainLabel
from app.ui.kit.layouts import column, row
from app.ui.kit.theme import TextRole, Tone

RowT = TypeVar("RowT", bound="PartRow")


class PartRow(QFrame):
    """One row. Alt+Up and Alt+Down move it, wherever in it the focus is."""

    edited = Signal()
    remove_asked = Signal()
    shift_asked = Signal(int)

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", True)
        self._title = title
        self.lines: QVBoxLayout = column(self, gap=8, margin=12)
        self.head = row(gap=12)
        self._place = PlainLabel(title, TextRole.STRONG)
        self.up_button = IconButton("chevron-up", "", dense=True)
        self.down_button = IconButton("chevron-down", "", dense=True)
        self.remove_button = IconButton("trash-2", "", dense=True)
        self.up_button.on_press(lambda: self.shift_asked.emit(-1))
        self.down_button.on_press(lambda: self.shift_asked.emit(1))
        self.remove_button.on_press(self.remove_asked.emit)
        self.head.addWidget(self._place)
        self.head.addStretch(1)
        for button in (self.up_button, self.down_button, self.remove_button):
            self.head.addWidget(button)
        self.lines.addLayout(self.head)
        self._error = PlainLabel("", TextRole.MUTED, tone=Tone.DANGER, wrap=True)
        self._error.hide()
        self.lines.addWidget(self._error)

    def show_place(self, place: int, count: int) -> None:
        """Say which row this is, from 0, and which ways it can go."""
        name = f"{self._title} {place + 1}"
        self._place.setText(name)
        self.setAccessibleName(name)
        for button, words in (
            (self.up_button, _("Move up: {row}")),
            (self.down_button, _("Move down: {row}")),
            (self.remove_button, _("Remove: {row}")),
        ):
            button.setAccessibleName(words.format(row=name))
            button.setToolTip(words.format(row=name))
        self.up_button.setEnabled(place > 0)
        self.down_button.setEnabled(place < count - 1)

    def bind(self, field: Field) -> None:
        """Tell whenever somebody edits `field`."""
        field.edited.connect(self.edited)

    def show_language(self, language: str) -> None:
        """Show the texts of another language."""
        for part in self.findChildren(TextPart):
            part.show_language(language)

    def show_error(self, message: str) -> None:
        """Say what is wrong with the row; "" takes it back."""
        self._error.setText(message)
        self._error.setVisible(bool(message))

    def place_error(self, _name: str, message: str) -> None:
        """Say what is wrong with a field of the row; without such a field, of the row."""
        self.show_error(message)

    def first_control(self) -> QWidget:
        """Return where the work in this row begins."""
        raise NotImplementedError

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if step is not None and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.shift_asked.emit(step)
        else:
            super().keyPressEvent(event)


class RowList(QWidget, Generic[RowT]):
    """Rows with a button that adds one. `make` returns a row of its own, not yet filled."""

    edited = Signal()

    def __init__(
        self, name: str, add: str, make: Callable[[], RowT], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._make = make
        self.rows: list[RowT] = []
        lines = column(self, gap=10)
        lines.addWidget(PlainLabel(name, TextRole.H2, wrap=True))
        self._error = PlainLabel("", TextRole.MUTED, tone=Tone.DANGER, wrap=True)
        self._error.hide()
        lines.addWidget(self._error)
        self._lines = column(gap=10)
        lines.addLayout(self._lines)
        self.add_button = Button(add, Kind.TONAL, icon="plus", dense=True).on_press(self.add)
        lines.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignLeft)

    def show_rows(self, rows: Iterable[RowT]) -> None:
        """Show other rows in place of those there were."""
        for former in self.rows:
            self._lines.removeWidget(former)
            former.hide()
            former.deleteLater()
        self.rows = []
        for each in rows:
            self._take(each)
        self._number()

    def add(self) -> RowT:
        """Add a row at the end and go to it."""
        made = self._make()
        self._take(made)
        lead_before(tab_stops(made), self.add_button)
        self._number()
        made.first_control().setFocus()
        self.edited.emit()
        return made

    def show_language(self, language: str) -> None:
        """Show the texts of another language."""
        for each in self.rows:
            each.show_language(language)

    def show_problems(self, name: str, problems: dict[str, str]) -> None:
        """Say what is wrong, at the list (`name`) and at its rows (`name/0`, `name/0/text`)."""
        self._error.setText(problems.get(name, ""))
        self._error.setVisible(name in problems)
        for place, each in enumerate(self.rows):
            mine = f"{name}/{place}"
            each.show_error("")
            for field, message in problems.items():
                if field == mine or field.startswith(mine + "/"):
                    each.place_error(field.removeprefix(mine).removeprefix("/"), message)

    def _take(self, made: RowT) -> None:
        self.rows.append(made)
        self._lines.addWidget(made)
        made.edited.connect(self.edited)
        made.remove_asked.connect(lambda: self._remove(made))
        made.shift_asked.connect(lambda step: self._shift(made, step))

    def _remove(self, gone: RowT) -> None:
        place = self.rows.index(gone)
        self.rows.remove(gone)
        self._lines.removeWidget(gone)
        gone.hide()
        gone.deleteLater()
        self._number()
        near = self.rows[min(place, len(self.rows) - 1)].first_control() if self.rows else None
        (near or self.add_button).setFocus()
        self.edited.emit()

    def _shift(self, moved: RowT, step: int) -> None:
        place = self.rows.index(moved) + step
        if not 0 <= place < len(self.rows):
            return
        focused = self.window().focusWidget()
        self.rows.remove(moved)
        self.rows.insert(place, moved)
        self._lines.removeWidget(moved)
        self._lines.insertWidget(place, moved)
        self._number()
        if focused is not None and moved.isAncestorOf(focused):
            (focused if focused.isEnabled() else moved.first_control()).setFocus()
        announce(self, moved.accessibleName())
        self.edited.emit()

    def _number(self) -> None:
        for place, each in enumerate(self.rows):
            each.show_place(place, len(self.rows))
        order_tabs(self)


def fresh_key(taken: Iterable[str]) -> str:
    """Return the smallest number that is no key yet."""
    known = set(taken)
    return next(str(one) for one in range(1, len(known) + 2) if str(one) not in known)
