"""What is in a package: a line for each part, as its rules let it be seen."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from app.core.base.words import _
from app.core.learning import ContentsLine, EntryState
from app.ui.kit.labels import IconLabel, PlainLabel
from app.ui.kit.layouts import ScrollPage, clear, column, row
from app.ui.kit.painted import PaintedButton, paint_row_ground, smooth
from app.ui.kit.theme import Ink, TextRole, current_theme

_ICON_PX, _INDENT, _DEEPEST = 16, 14, 6


def state_words(state: EntryState) -> str:
    """Return what a part's state is called."""
    return {
        EntryState.NOT_BEGUN: _("To do"),
        EntryState.BEGUN: _("Begun"),
        EntryState.DONE: _("Done"),
        EntryState.PASSED: _("Passed"),
        EntryState.FAILED: _("Not passed"),
    }[state]


_ICONS = {
    EntryState.NOT_BEGUN: ("circle", Ink.TEXT3),
    EntryState.BEGUN: ("circle-dot", Ink.PRIMARY),
    EntryState.DONE: ("circle-check", Ink.SUCCESS),
    EntryState.PASSED: ("circle-check", Ink.SUCCESS),
    EntryState.FAILED: ("circle-x", Ink.DANGER),
}


class ContentsRow(PaintedButton):
    """One part. One that may not be opened now is grey, and says so."""

    def __init__(self, line: ContentsLine, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line = line
        icon, ink = _ICONS[line.state]
        parts = [line.title, state_words(line.state)]
        if line.is_current:
            parts.append(_("Open now"))
        elif not line.is_enabled:
            parts.append(_("Cannot be opened now"))
        self.setAccessibleName(", ".join(parts))
        self.setEnabled(line.is_enabled or line.is_current)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        content = row(self, gap=8, margin=7)
        content.addSpacing(current_theme().px(_INDENT * min(line.depth, _DEEPEST)))
        content.addWidget(IconLabel(icon, ink, _ICON_PX))
        role = TextRole.STRONG if line.is_current else TextRole.BODY2
        content.addWidget(PlainLabel(line.title, role, wrap=True), 1)
        for child in self.findChildren(QWidget):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    @override
    def sizeHint(self) -> QSize:
        layout = self.layout()
        return layout.sizeHint() if layout is not None else super().sizeHint()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        paint_row_ground(
            self, smooth(self), is_chosen=self.line.is_current, is_live=self.isEnabled(), round_by=8
        )


class ContentsPanel(ScrollPage):
    """All parts, one under the other."""

    chosen = Signal(str)
    """Carries the identifier of the part wanted."""

    def __init__(self) -> None:
        super().__init__(page=False)
        self.setAccessibleName(_("Contents of this package"))
        self._lines: tuple[ContentsLine, ...] = ()
        self._list = column(self.content, gap=2, margin=4)

    def rows(self) -> list[ContentsRow]:
        """Return the rows, in order."""
        return self.content.findChildren(ContentsRow)

    def show_lines(self, lines: tuple[ContentsLine, ...]) -> None:
        """Show how the parts stand now; the focus stays on the row that has it."""
        if lines == self._lines:
            return
        focused = next((one.line.activity for one in self.rows() if one.hasFocus()), "")
        self._lines = lines
        clear(self._list)
        for line in lines:
            made = ContentsRow(line)
            made.clicked.connect(lambda _on=False, at=line.activity: self.chosen.emit(at))
            self._list.addWidget(made)
            if line.activity == focused:
                made.setFocus()
        self._list.addStretch(1)  # an alignment would take the titles' heights unwrapped
