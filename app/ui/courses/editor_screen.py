"""A course being made: its lessons, each one's settings, what is still missing, and publishing."""

from collections.abc import Callable
from functools import partial
from uuid import UUID

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.core.base.actor import Capability
from app.core.base.progress import Progress
from app.core.base.words import _
from app.core.courses import CourseState
from app.ui.courses.adding import LessonAdding
from app.ui.courses.check_panel import CheckPanel, VersionsCard
from app.ui.courses.course_actions import CourseActions, CourseOnDesk, read_course
from app.ui.courses.draft_in_hand import DraftInHand
from app.ui.courses.drops import FileDrops
from app.ui.courses.editor_columns import EditorColumns
from app.ui.courses.editor_head import EditorHead
from app.ui.courses.lesson_form import LessonForm
from app.ui.courses.outline_list import OutlineList
from app.ui.courses.package_reading import PackageReading
from app.ui.courses.page_texts import PageTexts
from app.ui.courses.questions_sheet import show_questions
from app.ui.courses.quiz_banks import QuizBanks
from app.ui.courses.recordings_card import RecordingsCard
from app.ui.courses.services import CourseServices
from app.ui.courses.settings_sheet import SettingsSheet
from app.ui.kit.dialogs import leave_question
from app.ui.kit.focus import focus_after_load
from app.ui.kit.layouts import column
from app.ui.kit.notices import Banner
from app.ui.kit.screen import Desk, Screen
from app.ui.kit.theme import Tone

_SHUT = frozenset({CourseState.RETIRED, CourseState.IN_REVIEW})


class EditorScreen(Screen[CourseServices]):
    """Opened with `course_id`. What is typed stays here until it is saved or given up."""

    topics = frozenset(
        {"course", "course_version", "question", "conversion", "approval_step", "approval_rule"}
    )

    def __init__(self, desk: Desk[CourseServices]) -> None:
        super().__init__(desk, title=_("Course"))
        self._course_id: UUID | None = None
        self._goes_to_preview = False
        self.course: CourseOnDesk | None = None
        self.draft = DraftInHand(self)
        self.whole = CourseActions(self, self.draft.drop_changes)
        self.adding = LessonAdding(self, self.draft, self._editable)
        self.head = EditorHead(self.header)
        self.outline = OutlineList()
        self.form = LessonForm()
        self.quiz = QuizBanks(self, self.draft, self.form, self.save)
        PackageReading(self, self.form)
        self.pages = PageTexts(self, self.draft, self.form, self._editable)
        self.checks = CheckPanel()
        self.recordings = RecordingsCard(self)
        self.versions = VersionsCard()
        self.notice = Banner("", Tone.WARNING)
        self.notice.hide()
        self.look_button = self.notice.add_action(_("Look at the review"), self._look_at_submission)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        side = QWidget()
        lines = column(side, gap=16)
        lines.addWidget(self.checks)
        lines.addWidget(self.recordings)
        lines.addWidget(self.versions)
        lines.addStretch(1)
        self.columns = EditorColumns(self.outline, self.form, side)
        self.columns.hide()
        self.body.addWidget(self.notice)
        self.body.addWidget(self.columns, 1)

    def _connect(self) -> None:
        self.head.settings_button.on_press(self.open_settings)
        self.head.more_button.on_press(self._show_menu)
        self.head.preview_button.on_press(self.preview)
        self.head.save_button.on_press(self.save)
        self.head.publish_button.on_press(self.publish)
        self.whole.published.connect(partial(focus_after_load, self.head.preview_button))
        self.outline.chosen.connect(self.draft.choose)
        self.outline.shift_asked.connect(self.draft.shift)
        self.outline.remove_asked.connect(self.remove_lesson)
        self.outline.files_button.on_press(self.adding.ask_files)
        self.outline.statement_button.on_press(self.adding.add_statement)
        self.outline.page_button.on_press(self.pages.write_new)
        self.outline.quiz_button.on_press(self.quiz.ask_bank)
        self.form.edited.connect(self.draft.change)
        self.form.questions_asked.connect(partial(show_questions, self.desk, self))
        self.adding.added.connect(self.recordings.expect_more)
        self.draft.edited.connect(self._show_edited)
        self.draft.rearranged.connect(self._show_rearranged)
        FileDrops(self, _("Drop to add lessons"), self.adding.add_files)
        save = QShortcut(QKeySequence(QKeySequence.StandardKey.Save), self)
        save.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        save.activated.connect(self.save)

    @property
    def may_edit(self) -> bool:
        """Tell whether the fields are open."""
        shut = self.course is None or self.course.detail.state in _SHUT
        return self.desk.actor.may(Capability.AUTHOR_COURSES) and not shut

    def _editable(self) -> UUID | None:
        return self._course_id if self.may_edit else None

    @override
    def enter(self, **args: object) -> None:
        self._goes_to_preview = False
        course_id = args.get("course_id")
        if isinstance(course_id, UUID) and course_id != self._course_id:
            self.pause()  # whoever went on from the preview was not asked about the course before
            self._course_id, self.course = course_id, None
            self.draft.forget()
            self.notice.hide()
            self.columns.hide()

    @override
    def refresh(self) -> None:
        course_id = self._course_id
        if course_id is not None:
            courses, actor = self.desk.services.courses, self.desk.actor
            self.load(lambda _progress: read_course(courses, actor, course_id), self._show)
            self.recordings.look(course_id)

    @override
    def focus_first(self) -> None:
        if self.columns.isHidden():
            super().focus_first()  # for now: the lessons come with the load
        else:
            self.outline.focus_open()

    @override
    def may_leave(self) -> bool:
        if self._goes_to_preview or not self.draft.is_dirty:
            return True
        lost = _("What you changed in this course since the last save will be lost.")
        question = leave_question(lost, stay=_("Go on editing"))
        self.desk.confirm(question, lambda _reason: self._leave())
        return False

    def _leave(self) -> None:
        self.draft.drop_changes()
        self.desk.back()

    @override
    def pause(self) -> None:
        if self.draft.is_dirty and self.may_edit:
            self.save()

    def save(self, then: Callable[[], None] | None = None) -> None:
        """Keep what is on screen as the course's draft; `then` follows when it is kept."""
        course_id, sent = self._course_id, self.draft.outline
        if course_id is None or not self.may_edit:
            return
        if not self.draft.is_dirty:
            if then is not None:
                then()
            return
        courses, actor = self.desk.services.courses, self.desk.actor

        def work(_progress: Progress) -> CourseOnDesk:
            courses.save_draft(actor, course_id, sent)
            return read_course(courses, actor, course_id)

        def saved(course: CourseOnDesk) -> None:
            if self._course_id != course_id:
                return
            self.draft.mark_saved(sent, course.outline)
            self._show(course)
            if then is not None:
                then()
            else:
                self.desk.toast(_("Saved."))

        self.act(work, saved)

    def publish(self) -> None:
        """Save what is on screen, then ask about publishing it."""

        def ask() -> None:
            if self.course is not None:
                self.whole.ask_publish(self.course)

        self.save(ask)

    def preview(self) -> None:
        """See what is on screen as a learner would; nothing is recorded."""
        self._goes_to_preview = True
        self.desk.open("player", preview=self.draft.outline)

    def _look_at_submission(self) -> None:
        if self.course is not None:
            self.whole.look_at_submission(self.course)

    def open_settings(self) -> SettingsSheet:
        """Open what holds for the whole course; saving there saves the draft."""
        sheet = SettingsSheet(self, self.draft.outline)

        def keep() -> None:
            self.draft.change(sheet.changed)
            sheet.saved()
            self.draft.rearranged.emit()
            self.save()

        sheet.save_asked.connect(keep)
        sheet.save_button.setEnabled(self.may_edit)
        sheet.open()
        return sheet

    def remove_lesson(self) -> None:
        """Take the open lesson out; a toast puts it back."""
        lesson, undo = self.draft.lesson, self.draft.remove_lesson()
        if lesson is not None and undo is not None:
            words = _("{title} is removed.").format(title=lesson.title)
            self.desk.toast(words, Tone.INFO, undo)

    def _show_menu(self) -> None:
        if self.course is None:
            return
        menu, button = self.whole.menu(self, self.course), self.head.more_button
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(button.mapToGlobal(QPoint(0, button.height())))

    def _show(self, course: CourseOnDesk) -> None:
        before, self.course = self.course, course
        changed_elsewhere = self.draft.is_dirty and course.outline != self.draft.saved
        if not self.draft.is_dirty:
            self.draft.take(course.outline)
        notice = _notice(course, changed_elsewhere=changed_elsewhere)
        self.notice.setVisible(bool(notice))
        self.notice.set_text(notice)
        self.look_button.setVisible(bool(course.waiting))
        self.checks.show_problems(
            course.problems,
            is_published=bool(course.detail.versions) and course.detail.draft is None,
        )
        self.recordings.show_title(course.outline.title, may_convert=self.may_edit)
        self.versions.show_versions(course.detail.submitted, course.detail.versions)
        state = course.detail.state
        if before is None or before.detail.state is not state:
            self._show_rearranged()
        self._show_edited()
        self.quiz.look()
        self.columns.show()

    def _show_edited(self) -> None:
        """Show what changes with every key: names, the marker, the buttons."""
        outline, lesson = self.draft.outline, self.draft.lesson
        dirty = self.draft.is_dirty
        self.head.show(
            self.course,
            outline,
            is_dirty=dirty,
            may_edit=self.may_edit,
            may_publish=self.desk.actor.may(Capability.PUBLISH_COURSES),
        )
        self.checks.show_dirty(dirty)
        if len(self.outline.rows) == len(outline.lessons):
            self.outline.show_words(outline, None if lesson is None else lesson.key)

    def _show_rearranged(self) -> None:
        """Show the lessons in their order, and the open one from its beginning."""
        outline, lesson = self.draft.outline, self.draft.lesson
        key = None if lesson is None else lesson.key
        self.outline.show_outline(outline, key, may_edit=self.may_edit)
        self.form.show_lesson(outline, lesson, may_edit=self.may_edit)
        self.columns.to_top()
        self._show_edited()
        self.quiz.look()


def _notice(course: CourseOnDesk, *, changed_elsewhere: bool) -> str:
    """Return what must be known before anything is changed; "" when nothing must."""
    if course.detail.state is CourseState.RETIRED:
        return _("This course is retired: nobody begins it. Bring it back to change it.")
    if course.detail.state is CourseState.IN_REVIEW:
        return _("This draft waits for an approval and is not changed meanwhile.")
    if course.waiting:
        return _("It is proposed to retire this course; that waits for an approval.")
    if changed_elsewhere:
        return _("Somebody else has saved this course. Saving replaces what they did.")
    return ""
