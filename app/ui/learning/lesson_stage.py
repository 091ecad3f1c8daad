"""The part of the player around a lesson: heading, languages, the lesson, hint, back and forth."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget
from typing_extensions import override

from app.core.base.errors import UserFacingError
from app.core.base.words import _, language_name
from app.core.learning import CourseInHand, LessonInHand
from app.ui.kit.buttons import Button, IconButton, Kind
from app.ui.kit.forms.choices import SegmentedTabs
from app.ui.kit.labels import PlainLabel
from app.ui.kit.layouts import column, row
from app.ui.kit.notices import Banner, EmptyState
from app.ui.kit.theme import TextRole, Tone, current_theme
from app.ui.learning.completed_page import CompletedPage
from app.ui.learning.lesson_rows import title_in
from app.ui.learning.lesson_views import AnyLessonView
from app.ui.learning.steps import Step

_HINT_NEEDS = 460


class LessonStage(QWidget):
    """Shows what it is told to; emits what is asked for."""

    language_chosen = Signal(str)
    panel_asked = Signal()
    back_asked = Signal()
    forward_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.place = PlainLabel("", TextRole.MUTED)
        self.title = PlainLabel("", TextRole.H1, wrap=True)
        self.languages = SegmentedTabs(_("Language of this lesson"))
        self.languages.chosen.connect(self.language_chosen)
        self.panel_button = IconButton("list-todo", _("Lessons of this course"))
        self.panel_button.on_press(self.panel_asked.emit)
        self.preview = Banner(_("Preview: nothing is recorded."), Tone.WARNING, icon="eye")
        self.trouble = Banner("", Tone.DANGER)
        self.pages = QStackedWidget()
        self.completed = CompletedPage()
        self.problem = EmptyState("", icon="file-x")
        for page in (QWidget(), self.completed, self.problem):
            self.pages.addWidget(page)
        self.hint = Banner("", Tone.INFO)
        self.back_button = Button(_("Previous"), icon="arrow-left")
        self.back_button.on_press(self.back_asked.emit)
        self.why = PlainLabel("", TextRole.MUTED, wrap=True)
        self.next_button = Button(_("Next lesson"), Kind.PRIMARY, icon="arrow-right")
        self.next_button.set_trailing()
        self.next_button.on_press(self.forward_asked.emit)
        self._view: AnyLessonView | None = None
        self._hinted = False
        self._lay_out()

    def _lay_out(self) -> None:
        lines = column(self, gap=12)
        lines.addLayout(self._head())
        lines.addWidget(self.preview)
        lines.addWidget(self.trouble)
        lines.addWidget(self.pages, 1)
        lines.addWidget(self.hint)
        self._ways = QWidget()
        ways = row(self._ways, gap=14)
        ways.addWidget(self.back_button)
        self.why.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        ways.addWidget(self.why, 1)
        ways.addWidget(self.next_button)
        lines.addWidget(self._ways)
        for hidden in (self.preview, self.trouble, self.hint, self._ways):
            hidden.hide()

    def _head(self) -> QHBoxLayout:
        head = row(gap=12)
        words = column(gap=0)
        words.addWidget(self.place)
        words.addWidget(self.title)
        head.addLayout(words, 1)
        head.addWidget(self.languages)
        head.addWidget(self.panel_button)
        return head

    def clear(self) -> None:
        """Show nothing while something is on its way."""
        self.pages.setCurrentIndex(0)
        self.place.setText("")
        self.title.setText("")
        self._hinted = False
        for widget in (self.languages, self.hint, self._ways, self.preview):
            widget.hide()

    def show_heading(
        self, hand: CourseInHand, lesson: LessonInHand, language: str, offered: tuple[str, ...]
    ) -> None:
        """Say which lesson this is and in what languages it can be had."""
        self.place.setText(
            _("Lesson {position} of {count}").format(
                position=lesson.position, count=len(hand.lessons)
            )
        )
        self.title.setText(title_in(lesson.plan, language))
        self.languages.setVisible(len(offered) > 1)
        self.languages.set_tabs([(code, language_name(code)) for code in offered])
        if language in offered:
            self.languages.choose(language)

    def show_view(self, view: AnyLessonView) -> None:
        """Put a lesson's view on the stage; the one before it goes."""
        self.take_view_off()
        self._view = view
        self.pages.addWidget(view)
        self.pages.setCurrentWidget(view)

    def take_view_off(self) -> None:
        """Take the lesson's view off the stage and delete it."""
        if self._view is not None:
            self.pages.setCurrentIndex(0)
            self.pages.removeWidget(self._view)
            self._view.deleteLater()
            self._view = None

    @property
    def shows_problem(self) -> bool:
        """Tell whether it says why a lesson cannot be shown."""
        return self.pages.currentWidget() is self.problem

    def show_problem(self, error: UserFacingError) -> None:
        """Say why a lesson cannot be shown."""
        self.problem.set_sentence(error.sentence)
        self.pages.setCurrentWidget(self.problem)
        self.show_hint("")

    def show_completed(self, hand: CourseInHand) -> None:
        """Show the end of the course."""
        self.clear()
        self.completed.show_course(hand)
        self.pages.setCurrentWidget(self.completed)
        self.completed.take_focus()

    def show_ways(self, step: Step, why: str, *, has_before: bool, is_main: bool) -> None:
        """Offer the ways back and forward; `why` says what the way forward waits for.

        `is_main`: nothing is left to do in this lesson, so that the way forward is the one button.
        """
        self.next_button.set_kind(Kind.PRIMARY if is_main else Kind.PLAIN)
        self._ways.show()
        self.back_button.setEnabled(has_before)
        self.next_button.set_words(_("Finish") if step.lesson is None else _("Next lesson"))
        self.next_button.set_icon("check" if step.lesson is None else "arrow-right")
        self.next_button.setEnabled(step.is_allowed)
        self.why.setText("" if step.is_allowed else why)
        self.next_button.setAccessibleDescription(self.why.text())

    def show_hint(self, text: str) -> None:
        """Show the line under the lesson."""
        self._hinted = bool(text)
        self._fold_hint()
        if text and text != self.hint.text():
            self.hint.set_text(text)

    def show_trouble(self, error: UserFacingError | None) -> None:
        """Say that something could not be saved yet; None: it is saved now."""
        if error is None:
            self.trouble.hide()
            return
        words = _("{error} What you do is kept and will be saved as soon as it can be.")
        told = words.format(error=error.sentence)
        if told != self.trouble.text() or self.trouble.isHidden():
            self.trouble.set_text(told)
        self.trouble.show()

    def _fold_hint(self) -> None:
        """Leave the hint out where the lesson needs the height more."""
        has_room = self.height() >= current_theme().px(_HINT_NEEDS)
        self.hint.setVisible(self._hinted and has_room)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold_hint()
