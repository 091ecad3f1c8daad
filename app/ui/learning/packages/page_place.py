"""Where a launch's page is: on the stage, in a window of its own, or over the whole screen."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.ui.learning.packages.own_window import OwnWindow
from app.ui.learning.packages.stage import PackageStage

if TYPE_CHECKING:
    from app.ui.learning.web.course_web import CourseWeb


class PagePlace(QObject):
    """Holds one page at a time, and moves it out and back."""

    def __init__(self, stage: PackageStage, parent: QObject) -> None:
        super().__init__(parent)
        self.page: CourseWeb | None = None
        self._stage = stage
        self._own_window = OwnWindow(self)
        self._own_window.came_back.connect(self._take_back)

    def put_on(self, page: "CourseWeb") -> None:
        """Show a page on the stage."""
        self.page = page
        page.full_screen_asked.connect(self._fill_screen)
        self._stage.put_on(page)

    def let_go(self) -> None:
        """Take the page away, wherever it is; it is not deleted."""
        self.bring_back()
        page, self.page = self.page, None
        if page is not None:
            page.full_screen_asked.disconnect(self._fill_screen)
            self._stage.take_off(page)

    def take_out(self, *, full: bool) -> None:
        """Give the page a window, or the whole screen."""
        if self.page is None or self._own_window.is_out:
            return
        if self.page.unit_window is not None:
            self.page.unit_window.come_forward(full=full)
        else:
            self._stage.take_off(self.page)
            self._own_window.take_out(self.page, full=full)

    def bring_back(self) -> None:
        """Put a page that is out on the stage again."""
        self._own_window.bring_back()

    def _fill_screen(self, wanted: bool) -> None:
        if wanted:
            self.take_out(full=True)
        else:
            self.bring_back()

    def _take_back(self) -> None:
        if self.page is not None:
            self._stage.put_on(self.page)
            self.page.leave_full_screen()
            self.page.setFocus()
