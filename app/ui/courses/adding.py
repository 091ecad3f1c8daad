"""Lessons that are added to the course being edited: from files, or written here."""

from collections.abc import Callable
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from app.core.base.errors import Cancelled, UserFacingError
from app.core.base.progress import Progress
from app.core.base.words import plural
from app.core.courses import LessonPlan, acknowledgement
from app.ui.courses.add_files_sheet import AddFilesSheet
from app.ui.courses.draft_in_hand import DraftInHand
from app.ui.courses.services import CourseServices
from app.ui.kit.jobs import Lane
from app.ui.kit.screen import Screen

Added = tuple[tuple[LessonPlan, ...], tuple[UserFacingError, ...]]


class LessonAdding(QObject):
    """Puts new lessons behind the open one. `course_id` returns None while nothing may be added."""

    added = Signal()
    """Files have become lessons; they are in the records once the draft is saved."""

    def __init__(
        self,
        screen: Screen[CourseServices],
        draft: DraftInHand,
        course_id: Callable[[], UUID | None],
    ) -> None:
        super().__init__(screen)
        self._screen = screen
        self._draft = draft
        self._course_id = course_id

    def ask_files(self) -> AddFilesSheet:
        """Ask for files that become lessons."""
        sheet = AddFilesSheet(self._screen)
        sheet.picked.connect(self.add_files)
        sheet.open()
        return sheet

    def add_files(self, paths: tuple[Path, ...]) -> None:
        """Keep files and add what they are as lessons; those that are refused are told."""
        desk, course_id = self._screen.desk, self._course_id()
        courses, actor = desk.services.courses, desk.actor
        if course_id is None or not paths:
            return

        def work(progress: Progress) -> Added:
            made: list[LessonPlan] = []
            refused: list[UserFacingError] = []
            for path in paths:
                try:
                    made.extend(courses.lessons_from_file(actor, path, progress))
                except Cancelled:
                    raise
                except UserFacingError as error:
                    refused.append(error)
            return tuple(made), tuple(refused)

        def added(result: Added) -> None:
            if self._course_id() == course_id:
                self._take(*result)

        title = plural("Adding {count} file", "Adding {count} files", len(paths))
        self._screen.act(work, added, title=title, lane=Lane.WORK)

    def add_statement(self) -> None:
        """Add a statement to be confirmed."""
        self._draft.add((acknowledgement({}, language=self._draft.outline.language),))

    def _take(self, lessons: tuple[LessonPlan, ...], refused: tuple[UserFacingError, ...]) -> None:
        self._draft.add(lessons)
        if lessons:
            self.added.emit()
            words = plural("{count} lesson added.", "{count} lessons added.", len(lessons))
            self._screen.desk.toast(words)
        for error in refused:
            self._screen.desk.tell_error(error)
