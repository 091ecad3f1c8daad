"""Every course: where it stands, what is in it, and the ways to make another one."""

from collections.abc import Callable
from pathlib import Path
from uuid import UUID

from app.core.base.actor import Capability
from app.core.base.paging import Page, PageRequest, Sort
from app.core.base.words import _, plural
from app.core.courses import CourseSummary
from app.ui.courses.drops import FileDrops, one_at_a_time
from app.ui.courses.new_course_sheet import NewCourseSheet
from app.ui.courses.services import CourseServices
from app.ui.courses.wording import STATES, state_cell
from app.ui.kit.buttons import plain, primary
from app.ui.kit.notices import EmptyState
from app.ui.kit.screen import Desk
from app.ui.kit.shortcuts import give_keys
from app.ui.kit.tables.columns import Column, day_column, number_column, paint_status, text_column
from app.ui.kit.tables.list_screen import ListScreen
from app.ui.kit.tables.table import DataTable, RowAction
from app.ui.kit.theme import Tone


class CoursesScreen(ListScreen[CourseServices, CourseSummary]):
    """The list of courses. A folder or file dropped anywhere on it begins an import."""

    topics = frozenset({"course", "course_version", "asset"})

    def __init__(self, desk: Desk[CourseServices]) -> None:
        super().__init__(desk, title=_("Courses"), subtitle=_("What is taught at this site"))
        self._without_files: dict[UUID, int] = {}
        self._may_author = desk.actor.may(Capability.AUTHOR_COURSES)
        self.new_button = plain(_("New course"), "plus").on_press(self.begin_course)
        give_keys(self, self.new_button, "Ctrl+N")
        self.import_button = primary(_("Import a folder"), "upload").on_press(self._import)
        for button in (self.new_button, self.import_button):
            self.header.add_action(button)
            button.setVisible(self._may_author)
        if self._may_author:
            FileDrops(self, _("Drop to see what becomes of it"), self.take_files)
        table = self._make_table()
        for state, (words, _tone, _icon) in STATES.items():
            table.filters.add("state", state.value, _(words))
        self.put_list(table, key="courses")

    def _make_table(self) -> DataTable[CourseSummary]:
        made = DataTable(
            _("Courses"),
            _columns(self._under),
            self._page,
            key=lambda course: course.id,
            jobs=self.desk.jobs,
            search=_("Search title or code"),
            sort=Sort("title"),
            menu=self._actions,
            empty=self._empty(),
            nothing_found=_("No course matches. Search for something else, or take filters off."),
        )
        made.opened.connect(self.open_course)
        return made

    def _page(self, request: PageRequest) -> Page[CourseSummary]:
        """Return a stretch of the courses; for administrators also which of them lack files here."""
        courses, actor = self.desk.services.courses, self.desk.actor
        if actor.may(Capability.MANAGE_SITE):
            self._without_files = courses.without_files(actor)
        return courses.list(actor, request)

    def _under(self, course: CourseSummary) -> str:
        missing = self._without_files.get(course.id, 0)
        if not missing:
            return course.code
        told = plural(
            "{count} file missing on this PC", "{count} files missing on this PC", missing
        )
        return f"{course.code} · {told}"

    def _empty(self) -> EmptyState:
        if not self._may_author:
            return EmptyState(_("There are no courses yet."), icon="library")
        return EmptyState(
            _("No courses yet. A folder of videos, PDFs and pages becomes one in a minute."),
            icon="library",
            action=_("Import a folder"),
            act=self._import,
        )

    def _actions(self, course: CourseSummary) -> tuple[RowAction, ...]:
        return (
            RowAction(_("Open"), lambda: self.open_course(course), "pencil"),
            RowAction(_("Preview as a learner"), lambda: self._preview(course), "eye"),
        )

    def _preview(self, course: CourseSummary) -> None:
        courses, actor = self.desk.services.courses, self.desk.actor
        self.act(
            lambda _progress: courses.preview(actor, course.id),
            lambda outline: self.desk.open("player", preview=outline),
        )

    def _import(self) -> None:
        self.desk.open("course_import")

    def take_files(self, paths: tuple[Path, ...]) -> None:
        """Look over what was dropped. Of several files nobody could say which course they make."""
        if len(paths) == 1:
            self.desk.open("course_import", path=paths[0])
        else:
            self.desk.toast(one_at_a_time(), Tone.INFO)

    def open_course(self, course: CourseSummary) -> None:
        """Go to a course's editor."""
        self.desk.open("course_editor", course_id=course.id)

    def begin_course(self) -> NewCourseSheet:
        """Ask for what an empty course begins with."""
        sheet = NewCourseSheet(self)
        sheet.save_asked.connect(lambda: self._create(sheet))
        sheet.open()
        return sheet

    def _create(self, sheet: NewCourseSheet) -> None:
        courses, actor, new = self.desk.services.courses, self.desk.actor, sheet.value()

        def made(course_id: UUID) -> None:
            sheet.saved()
            self.desk.open("course_editor", course_id=course_id)

        self.load(
            lambda _progress: courses.create(actor, new), made, failed=sheet.refused, what="create"
        )


def _columns(under: Callable[[CourseSummary], str]) -> tuple[Column[CourseSummary], ...]:
    return (
        text_column("title", _("Course"), lambda one: one.title, under=under, width=260),
        Column(
            key="state",
            title=_("State"),
            cell=lambda one: state_cell(one.state),
            paint=paint_status,
            width=160,
        ),
        number_column("version", _("Version"), lambda one: one.version, width=90),
        number_column("lessons", _("Lessons"), lambda one: one.lessons, sortable=False, width=90),
        day_column("published_at", _("Published"), lambda one: one.published_at, width=130),
    )
