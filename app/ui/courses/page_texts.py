"""The texts of the page that is open, or of a new one: asked for, shown to be changed, kept."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QObject

from app.core.base.errors import UserFacingError
from app.core.base.words import _, language_name
from app.core.courses import LessonPlan, WrittenPages, change
from app.ui.courses.body_forms import PageForm
from app.ui.courses.draft_in_hand import DraftInHand
from app.ui.courses.lesson_form import LessonForm
from app.ui.courses.page_sheet import PageSheet
from app.ui.courses.services import CourseServices
from app.ui.kit.screen import Screen


class PageTexts(QObject):
    """Ties pages to the sheet they are written in. What it changes is the draft, saved like all else."""

    def __init__(
        self,
        screen: Screen[CourseServices],
        draft: DraftInHand,
        form: LessonForm,
        course_id: Callable[[], UUID | None],
    ) -> None:
        super().__init__(screen)
        self._screen = screen
        self._draft = draft
        self._form = form
        self._course_id = course_id
        form.shown.connect(self._look)

    def write_new(self) -> PageSheet | None:
        """Let a new page be written in the course's language."""
        if self._course_id() is None:
            return None
        return self._open(_("New page"), "", self._draft.outline.language, self._keep_new)

    def edit(self, language: str) -> None:
        """Let the open page's text in one language be changed, or begun."""
        lesson = self._draft.lesson
        if lesson is None or self._course_id() is None:
            return
        pages, actor = self._screen.desk.services.pages, self._screen.desk.actor
        own = self._draft.outline.language

        def read(_progress: object) -> tuple[str, str]:
            # a further language begins with the text that is to be translated
            text = pages.text(actor, lesson, language)
            return text, text or pages.text(actor, lesson, own)

        def show(texts: tuple[str, str]) -> None:
            title = lesson.titles.get(language, lesson.title)
            self._open(title, texts[1], language, partial(self._keep, lesson))

        self._screen.load(read, show, what="page")

    def _look(self, _lesson: LessonPlan) -> None:
        form = self._form.body_form
        if isinstance(form, PageForm):
            form.text_asked.connect(self.edit)

    def _open(
        self,
        title: str,
        safe_html: str,
        language: str,
        keep: Callable[[PageSheet, str], None],
    ) -> PageSheet:
        sheet = PageSheet(
            self._screen,
            title,
            safe_html,
            subtitle=language_name(language),
            picture_path=self._picture_path,
            keep_picture=lambda path, then: self._keep_picture(sheet, path, then),
        )
        sheet.save_asked.connect(lambda: keep(sheet, language))
        sheet.open()
        return sheet

    def _keep_new(self, sheet: PageSheet, language: str) -> None:
        pages, actor, text = self._pages(), self._screen.desk.actor, sheet.text.value()
        course_id = self._course_id()

        def kept(lesson: LessonPlan) -> None:
            sheet.saved()
            if self._course_id() == course_id:
                self._draft.add((lesson,))

        self._screen.load(
            lambda _progress: pages.begin(actor, language, text),
            kept,
            failed=sheet.refused,
            what="keep page",
        )

    def _keep(self, lesson: LessonPlan, sheet: PageSheet, language: str) -> None:
        pages, actor, text = self._pages(), self._screen.desk.actor, sheet.text.value()

        def kept(written: LessonPlan) -> None:
            sheet.saved()
            there = next(
                (one for one in self._draft.outline.lessons if one.key == lesson.key), None
            )
            if there is not None:
                merged = replace(
                    there,
                    variants=written.variants,
                    seconds=written.seconds,
                    titles={**written.titles, **there.titles},
                )
                self._draft.change(lambda now: change(now, merged))
                self._form.show_lesson(self._draft.outline, merged, may_edit=True)

        self._screen.load(
            lambda _progress: pages.rewrite(actor, lesson, language, text),
            kept,
            failed=sheet.refused,
            what="keep page",
        )

    def _keep_picture(self, sheet: PageSheet, path: Path, then: Callable[[str], None]) -> None:
        pages, actor = self._pages(), self._screen.desk.actor
        self._screen.load(
            lambda _progress: pages.keep_picture(actor, path),
            then,
            failed=sheet.picture_refused,
            what="picture",
        )

    def _picture_path(self, sha256: str) -> Path | None:
        try:
            return self._screen.desk.services.assets.path(sha256)
        except UserFacingError:
            return None

    def _pages(self) -> WrittenPages:
        return self._screen.desk.services.pages
