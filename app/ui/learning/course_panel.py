"""Beside a lesson: the course, how far it is, and its lessons."""

from functools import partial
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.core.base.words import _, current_language
from app.core.learning import CourseInHand
from app.ui.kit.cards import Card
from app.ui.kit.labels import PlainLabel
from app.ui.kit.layouts import ScrollPage, clear, column
from app.ui.kit.progress import ProgressBar
from app.ui.kit.theme import TextRole, Tone
from app.ui.learning.lesson_rows import LessonRow


class CoursePanel(Card):
    """Emits which lesson is wanted, locked or not."""

    lesson_asked = Signal(object)
    """Carries the lesson's UUID."""
    lesson_near = Signal(object)
    """Carries the UUID of a lesson that pointer or focus came to."""

    def __init__(
        self, *, scrolls: bool = True, has_progress: bool = True, parent: QWidget | None = None
    ) -> None:
        super().__init__(gap=10, margin=18, parent=parent)
        self._shown: tuple[CourseInHand, UUID | None] | None = None
        self._title = PlainLabel("", TextRole.H2, wrap=True)
        self._progress = ProgressBar(_("Progress"), with_text=True)
        self.body.addWidget(self._title)
        self.body.addWidget(self._progress)
        if not has_progress:
            self._progress.hide()
        self._scroll = ScrollPage(page=False) if scrolls else None
        self._rows = column(self._scroll.content if self._scroll is not None else None, gap=4)
        if self._scroll is not None:
            self.body.addWidget(self._scroll, 1)
        else:
            self.body.addLayout(self._rows)

    def show_course(self, hand: CourseInHand, current: UUID | None) -> None:
        """Show how the course stands, with one lesson marked as the open one."""
        language = current_language()
        title = hand.outline.titles.get(language, hand.outline.title)
        self.setAccessibleName(title)
        self._title.setText(title)
        share = float(hand.share)
        self._progress.set_share(share, Tone.SUCCESS if share >= 1 else Tone.PRIMARY)
        if self._is_shown(hand, current):
            return
        self._shown = (hand, current)
        self._fill(hand, current, language)

    def rows(self) -> list[LessonRow]:
        """Return the rows in the order of the lessons."""
        return [
            widget
            for place in range(self._rows.count())
            if (item := self._rows.itemAt(place)) is not None
            and isinstance(widget := item.widget(), LessonRow)
        ]

    def _fill(self, hand: CourseInHand, current: UUID | None, language: str) -> None:
        focused = next((one.lesson_id for one in self.rows() if one.hasFocus()), None)
        clear(self._rows)
        for lesson in hand.lessons:
            made = LessonRow(lesson, language, is_current=lesson.lesson_id == current)
            made.clicked.connect(
                lambda _on=False, wanted=lesson.lesson_id: self.lesson_asked.emit(wanted)
            )
            made.turned_to.connect(partial(self.lesson_near.emit, lesson.lesson_id))
            self._rows.addWidget(made)
            if made.is_current and self._scroll is not None:
                self._scroll.ensureWidgetVisible(made)
            if lesson.lesson_id == focused:
                made.setFocus()
        self._rows.addStretch(1)

    def _is_shown(self, hand: CourseInHand, current: UUID | None) -> bool:
        """Tell whether the rows look as they would if they were made anew."""
        if self._shown is None or self._shown[1] != current:
            return False
        return _looks(self._shown[0]) == _looks(hand)


def _looks(hand: CourseInHand) -> list[tuple[UUID, bool, bool]]:
    return [(one.lesson_id, one.is_done, one.is_open) for one in hand.lessons]
