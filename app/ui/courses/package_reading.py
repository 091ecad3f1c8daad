"""What the package in the open lesson speaks: its form offers only what that makes use of."""

from collections.abc import Collection

from PySide6.QtCore import QObject

from app.core.content import Standard
from app.core.courses import LessonPlan
from app.ui.courses.body_forms import PackageForm
from app.ui.courses.lesson_form import LessonForm
from app.ui.courses.services import CourseServices
from app.ui.kit.screen import Screen


class PackageReading(QObject):
    """Looks into the package whenever a lesson with one is opened."""

    def __init__(self, screen: Screen[CourseServices], form: LessonForm) -> None:
        super().__init__(screen)
        self._screen = screen
        self._form = form
        form.shown.connect(self._look)

    def _look(self, lesson: LessonPlan) -> None:
        if not isinstance(self._form.body_form, PackageForm):
            return
        recordings, actor = self._screen.desk.services.recordings, self._screen.desk.actor
        self._screen.load(
            lambda _progress: recordings.standards(actor, lesson),
            lambda standards: self._show(lesson, standards),
            what="standards",
        )

    def _show(self, lesson: LessonPlan, standards: Collection[Standard]) -> None:
        form = self._form.body_form
        if self._form.key == lesson.key and isinstance(form, PackageForm):
            form.show_standards(standards)
