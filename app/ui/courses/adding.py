"""Lessons that are added to the course being edited: from files, or written here."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from app.core.base.errors import Cancelled, UserFacingError
from app.core.base.progress import Progress
from app.core.base.words import _, plural
from app.core.courses import ImportBlocked, ImportReport, LessonPlan, acknowledgement
from app.ui.courses.add_files_sheet import AddFilesSheet
from app.ui.courses.draft_in_hand import DraftInHand
from app.ui.courses.services import CourseServices
from app.ui.kit.dialogs import Question
from app.ui.kit.jobs import Lane
from app.ui.kit.screen import Screen

_MOST_TOLD = 8


@dataclass(slots=True)
class _Added:
    """What became of files: lessons, refusals, and what has to be asked first."""

    lessons: list[LessonPlan] = field(default_factory=list)
    refused: list[UserFacingError] = field(default_factory=list)
    doubtful: list[ImportReport] = field(default_factory=list)
    """Those of which only a part can be a lesson."""


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
        self._add(paths)

    def _add(self, files: Sequence[Path | ImportReport]) -> None:
        desk, course_id = self._screen.desk, self._course_id()
        courses, actor = desk.services.courses, desk.actor
        if course_id is None or not files:
            return

        def work(progress: Progress) -> _Added:
            result = _Added()
            for file in files:
                try:
                    result.lessons.extend(courses.lessons_from_file(actor, file, progress))
                except Cancelled:
                    raise
                except ImportBlocked as error:
                    if error.report.can_import:
                        result.doubtful.append(error.report)
                    else:
                        result.refused.append(error)
                except UserFacingError as error:
                    result.refused.append(error)
            return result

        def added(result: _Added) -> None:
            if self._course_id() == course_id:
                self._take(result)

        title = plural("Adding {count} file", "Adding {count} files", len(files))
        self._screen.act(work, added, title=title, lane=Lane.WORK)

    def add_statement(self) -> None:
        """Add a statement to be confirmed."""
        self._draft.add((acknowledgement({}, language=self._draft.outline.language),))

    def _take(self, result: _Added) -> None:
        desk, lessons = self._screen.desk, tuple(result.lessons)
        self._draft.add(lessons)
        if lessons:
            self.added.emit()
            words = plural("{count} lesson added.", "{count} lessons added.", len(lessons))
            desk.toast(words)
        for error in result.refused:
            desk.tell_error(error)
        if result.doubtful:
            desk.confirm(_question(result.doubtful), lambda _reason: self._add(result.doubtful))


def _question(reports: Sequence[ImportReport]) -> Question:
    """Return what is asked before a file is added of which a part stays out."""
    found = [problem.told for report in reports for problem in report.problems]
    told = found[:_MOST_TOLD]
    if len(found) > len(told):
        told.append(plural("and {count} more", "and {count} more", len(found) - len(told)))
    return Question(
        title=_("Add the rest?"),
        text="\n".join([_("This cannot be imported. Nothing was added yet."), *told]),
        yes=_("Add the rest"),
        no=_("Go back"),
    )
