"""The line over a package: its contents, the ways through it, its size, paper, full screen."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.core.base.words import _
from app.core.learning import Situation, Way
from app.ui.kit.buttons import Button, IconButton, Kind
from app.ui.kit.labels import ElidedLabel
from app.ui.kit.layouts import row

ZOOMS = (50, 67, 80, 90, 100, 110, 125, 150, 175, 200)


class PackageBar(QWidget):
    """Shows what it is told to; emits what is asked for."""

    wished = Signal(object)
    """Carries a Way."""
    contents_toggled = Signal()
    zoomed = Signal(int)
    """Carries percent."""
    print_asked = Signal()
    full_screen_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.contents = IconButton("list-tree", _("Contents of this package"), dense=True)
        self.contents.on_press(self.contents_toggled.emit)
        self.previous = Button(_("Previous"), Kind.GHOST, icon="chevron-left", dense=True)
        self.previous.setAccessibleName(_("Previous part of the package"))
        self.previous.setToolTip(_("Previous part of the package"))
        self.previous.on_press(lambda: self.wished.emit(Way.PREVIOUS))
        self.forward = Button(_("Next"), Kind.GHOST, icon="chevron-right", dense=True)
        self.forward.set_trailing()
        self.forward.setAccessibleName(_("Next part of the package"))
        self.forward.setToolTip(_("Next part of the package"))
        self.forward.on_press(lambda: self.wished.emit(Way.CONTINUE))
        self.title = ElidedLabel("")
        self._percent = 100
        self.smaller = IconButton("zoom-out", _("Smaller"), dense=True)
        self.smaller.on_press(lambda: self._zoom(-1))
        self.larger = IconButton("zoom-in", _("Larger"), dense=True)
        self.larger.on_press(lambda: self._zoom(1))
        self.printing = IconButton("printer", _("Print this page"), dense=True)
        self.printing.on_press(self.print_asked.emit)
        self.full = IconButton("maximize", _("Full screen"), dense=True)
        self.full.on_press(self.full_screen_asked.emit)
        self.leave = IconButton("log-out", _("Leave the package"), dense=True)
        self.leave.on_press(lambda: self.wished.emit(Way.SUSPEND_ALL))
        self._lay_out()

    def _lay_out(self) -> None:
        line = row(self, gap=4)
        for widget in (self.contents, self.previous, self.forward):
            line.addWidget(widget)
        line.addWidget(self.title, 1)
        for widget in (self.smaller, self.larger, self.printing, self.full, self.leave):
            line.addWidget(widget)

    def show_situation(self, situation: Situation) -> None:
        """Show the ways there are, and where the learner is."""
        has_parts = sum(line.opens for line in situation.contents) > 1
        ways = (Way.PREVIOUS, self.previous), (Way.CONTINUE, self.forward)
        for way, button in ways:
            button.setVisible(has_parts and way not in situation.hidden)
            button.setEnabled(way in situation.ways)
        self.contents.setVisible(has_parts)
        leaving = {Way.SUSPEND_ALL, Way.EXIT_ALL, Way.EXIT}
        self.leave.setVisible(not situation.is_over and not leaving <= situation.hidden)
        current = (line.title for line in situation.contents if line.is_current)
        self.title.setText(next(current, "") if has_parts else "")

    def _zoom(self, step: int) -> None:
        place = ZOOMS.index(self._percent) + step
        self._percent = ZOOMS[min(max(place, 0), len(ZOOMS) - 1)]
        self.smaller.setEnabled(self._percent > ZOOMS[0])
        self.larger.setEnabled(self._percent < ZOOMS[-1])
        self.zoomed.emit(self._percent)

    def focus_first(self) -> None:
        """Put the focus on the first button that is there."""
        buttons = (self.contents, self.previous, self.forward, self.smaller, self.larger)
        for button in buttons:
            if button.isVisible() and button.isEnabled():
                button.setFocus()
                return
