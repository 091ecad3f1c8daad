"""Fields together: checked as one, with a summary that leads to each that is wrong."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QWidget
from typing_extensions import override

from app.core.base.words import _, plural
from app.ui.kit.announcing import announce
from app.ui.kit.buttons import Button, Kind
from app.ui.kit.forms.field import Field
from app.ui.kit.labels import PlainLabel
from app.ui.kit.layouts import CardGrid, bring_into_view, clear, column
from app.ui.kit.theme import TextRole, Tone

_BESIDE = 250
"""Design pixels below which a field stands on a line of its own."""


class Form(QWidget):
    """Fields one under the other, or in pairs. `is_valid()` checks all and goes to the first that is wrong."""

    edited = Signal()
    submitted = Signal()
    """Enter was pressed in a field that has no use for it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fields: list[Field] = []
        self._dirty = False
        self.body = column(self, gap=16)
        self._summary = QFrame()
        self._summary.setProperty("banner", Tone.DANGER.value)
        self._lines = column(self._summary, gap=2, margin=12)
        self._summary.hide()
        self.body.addWidget(self._summary)

    def add(self, field: Field) -> Field:
        """Add a field at the end and return it."""
        self._take(field)
        self.body.addWidget(field)
        return field

    def add_beside(self, *fields: Field, least: int = _BESIDE) -> CardGrid:
        """Add fields at the end, side by side where the width holds them; return what holds them."""
        for field in fields:
            self._take(field)
        grid = side_by_side(fields, least)
        self.body.addWidget(grid)
        return grid

    def add_part(self, widget: QWidget) -> None:
        """Add something that is not a field: a heading, a note."""
        self.body.addWidget(widget)

    def fields(self) -> tuple[Field, ...]:
        """Return the fields in order."""
        return tuple(self._fields)

    def is_dirty(self) -> bool:
        """Tell whether something was changed since it was shown or saved."""
        return self._dirty

    def mark_saved(self) -> None:
        """Note that what stands there is kept."""
        self._dirty = False

    def is_valid(self) -> bool:
        """Check every field; where some are wrong, say which and go to the first."""
        wrong = [field for field in self._fields if not field.isHidden() and not field.validate()]
        self._show_summary(wrong)
        if wrong:
            wrong[0].setFocus()
            QTimer.singleShot(0, wrong[0], partial(bring_into_view, wrong[0]))
        return not wrong

    def _show_summary(self, wrong: list[Field]) -> None:
        clear(self._lines)
        self._summary.setVisible(bool(wrong))
        if not wrong:
            return
        head = plural(
            "{count} field needs your attention", "{count} fields need your attention", len(wrong)
        )
        self._lines.addWidget(PlainLabel(head, TextRole.STRONG, tone=Tone.DANGER, wrap=True))
        for field in wrong:
            line = Button(field.error(), Kind.LINK)
            line.setAccessibleName(_("Go to {label}").format(label=field.label))
            line.clicked.connect(field.setFocus)
            self._lines.addWidget(line, 0, Qt.AlignmentFlag.AlignLeft)
        announce(self, head, urgent=True)

    def _take(self, field: Field) -> None:
        self._fields.append(field)
        field.edited.connect(self._note_edit)

    def _note_edit(self) -> None:
        self._dirty = True
        self.edited.emit()

    @override
    def setFocus(self) -> None:  # type: ignore[override]  # the overload with a reason is Qt's own
        if self._fields:
            self._fields[0].setFocus()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.submitted.emit()
        else:
            super().keyPressEvent(event)


def side_by_side(fields: Sequence[Field], least: int) -> CardGrid:
    """Return fields in a grid, each at the top of its place however high the others are."""
    for field in fields:
        field.body.addStretch(1)
    grid = CardGrid(least, gap=12)
    grid.set_cards(list(fields))
    return grid
