"""The windows of a course beside its page: one for a part that has its own, and those its pages open."""

import logging
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.ui.learning.web.page import CoursePage
from app.ui.learning.web.popup import Popup
from app.ui.learning.web.unit_window import UnitWindow

log = logging.getLogger(__name__)

_MOST_POPUPS = 8
"""How many windows a course may have open at once."""


class CourseWindows(QObject):
    """Opens them as children of one widget, and shuts them. Tells what all pages of a launch tell."""

    said = Signal(str)
    print_asked = Signal(object)
    """Carries the CoursePage that is to be printed."""
    return_asked = Signal()
    """The part in a window of its own is done with."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.unit: UnitWindow | None = None
        """The window of an activity that has one of its own."""
        self._over = parent
        self._popups: list[Popup] = []
        self._zoom = 1.0

    def hear(self, page: CoursePage) -> None:
        """Tell what a page tells, and open the windows it opens."""
        page.said.connect(self.said)
        page.popup_made.connect(self._take_popup)
        page.printRequested.connect(partial(self.print_asked.emit, page))

    def open_unit(self, page: CoursePage, title: str) -> None:
        """Show an activity's page in a window of its own."""
        self.hear(page)
        self.unit = UnitWindow(page, title, self._over)
        self.unit.view.setZoomFactor(self._zoom)
        self.unit.leave_asked.connect(self.return_asked)

    def drop_unit(self) -> None:
        """Shut the activity's window."""
        window, self.unit = self.unit, None
        if window is not None:
            window.drop()

    def close_popups(self) -> None:
        """Shut what the pages have opened."""
        for popup in tuple(self._popups):
            popup.close()

    def set_zoom(self, factor: float) -> None:
        """Show the activity's page larger or smaller, in this window and later ones."""
        self._zoom = factor
        if self.unit is not None:
            self.unit.view.setZoomFactor(factor)

    def set_muted(self, *, muted: bool) -> None:
        """Let the activity's page be heard, or not."""
        if self.unit is not None:
            self.unit.page.setAudioMuted(muted)

    def set_covered(self, *, covered: bool) -> None:
        """Hide the activity's window, or show it again."""
        if self.unit is not None:
            self.unit.setVisible(not covered)

    def _take_popup(self, page: CoursePage) -> None:
        if len(self._popups) >= _MOST_POPUPS:
            log.warning("a course opened more windows than are shown")
            page.deleteLater()  # the course finds its window closed
            return
        popup = Popup(page, self._over)
        self._popups.append(popup)
        self.hear(page)
        popup.gone.connect(partial(self._popups.remove, popup))
