"""The lesson and the course beside it; where there is no room, the course comes over it."""

from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.core.base.words import _
from app.core.learning import CourseInHand
from app.ui.kit.layouts import row
from app.ui.kit.overlay import SideSheet
from app.ui.kit.theme import current_theme
from app.ui.learning.course_panel import CoursePanel
from app.ui.learning.lesson_stage import LessonStage

_PANEL_WIDTH = 320
_PANEL_NEEDS = 1132


class PlayerPage(QWidget):
    """Stage and panel. A button shows or hides the panel, or brings it as a sheet."""

    lesson_asked = Signal(object)
    """Carries the UUID of the lesson wanted, locked or not."""
    lesson_near = Signal(object)
    """Carries the UUID of a lesson that pointer or focus came to."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.stage = LessonStage()
        self.panel = CoursePanel()
        self._course: tuple[CourseInHand, UUID | None] | None = None
        self._is_wanted = True
        self._has_standing = True
        sides = row(self, gap=20)
        sides.addWidget(self.stage, 1)
        self.panel.setFixedWidth(current_theme().px(_PANEL_WIDTH))
        self.panel.hide()
        sides.addWidget(self.panel)
        self.stage.panel_asked.connect(self._toggle)
        self.panel.lesson_asked.connect(self.lesson_asked)
        self.panel.lesson_near.connect(self.lesson_near)

    def show_course(self, hand: CourseInHand, current: UUID | None) -> None:
        """Show how the course stands, with one lesson marked as the open one."""
        self._course = (hand, current)
        self.panel.show_course(hand, current)
        self._fold()

    def give_room(self, *, to_lesson: bool) -> None:
        """Let the lesson have all the room: a class looks on, and nobody's progress is shown."""
        self._has_standing = not to_lesson
        self._fold()

    def _toggle(self) -> None:
        if self._is_wide() and self._has_standing:
            self._is_wanted = not self._is_wanted
            self._fold()
        elif self._course is not None:
            self._open_sheet(*self._course)

    def _open_sheet(self, hand: CourseInHand, current: UUID | None) -> None:
        sheet = SideSheet(self.window(), _("Lessons of this course"))
        panel = CoursePanel(scrolls=False, has_progress=self._has_standing)
        panel.show_course(hand, current)
        panel.lesson_asked.connect(sheet.dismiss)
        panel.lesson_asked.connect(self.lesson_asked)
        panel.lesson_near.connect(self.lesson_near)
        sheet.body.addWidget(panel)
        sheet.open()

    def _is_wide(self) -> bool:
        return self.width() >= current_theme().px(_PANEL_NEEDS)

    def _fold(self) -> None:
        is_wanted = self._is_wanted and self._has_standing
        is_shown = self._course is not None and is_wanted and self._is_wide()
        self.panel.setVisible(is_shown)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()
