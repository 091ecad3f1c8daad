"""The parts of a learner's home: what to go on with, what is due, and every course as a card."""

from collections.abc import Callable, Iterable
from datetime import date
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from app.core.base.figures import duration
from app.core.base.words import _, current_language
from app.core.training import MyCourse
from app.core.training.controlled import MyDocument
from app.core.training.declaring import MyDeclaration
from app.ui.kit.buttons import Button, Kind
from app.ui.kit.cards import Card, CoverCard, RowButton
from app.ui.kit.chips import CountChip, IconTile, StatusChip
from app.ui.kit.covers import CoverArt, Shape, topic_of
from app.ui.kit.labels import IconLabel, PlainLabel
from app.ui.kit.layouts import clear, column, row
from app.ui.kit.progress import ProgressBar
from app.ui.kit.theme import Ink, TextRole, Tone, current_theme
from app.ui.learning.declaration_cards import (
    OpenDeclaration,
    about_declaration,
    declaration_row,
)
from app.ui.learning.document_cards import (
    OpenDocument,
    about_document,
    called,
    document_row,
)
from app.ui.learning.own_work import pressing_of
from app.ui.learning.standings import PRESSING, extent, first_words, pressing_words, status_of

_DUE_ROWS = 3
_COVER_WIDTH, _LEAST_COVER = 212, 110
_HERO_HEIGHT = 228

OpenCourse = Callable[[MyCourse], None]
_Line = Callable[[], RowButton]
"""Makes a line when it is its turn: only the first few are shown."""
_T = TypeVar("_T")


def cover_words(course: MyCourse) -> str:
    """Return what a cover is drawn after: not the translated title, so that it is always the same."""
    return f"{course.title} {course.topic}"


def next_to_do(courses: tuple[MyCourse, ...]) -> MyCourse | None:
    """Return the course to go on with: the most urgent begun one, else the most urgent one."""
    to_do = [course for course in courses if not course.is_done]
    begun = (course for course in to_do if course.start_id is not None and course.next_position)
    free = (course for course in to_do if not course.comes_first)
    return next(begun, next(free, next(iter(to_do), None)))


class HeroCard(Card):
    """The one big card: where to go on. Holds the page's primary button."""

    def __init__(self, go_on: OpenCourse, see_certificates: Callable[[], None]) -> None:
        super().__init__(margin=1, gap=0)
        self._go_on = go_on
        self._see_certificates = see_certificates
        self.button: Button | None = None
        self._line = row(gap=0)
        self.body.addLayout(self._line)
        self.setMinimumHeight(current_theme().px(_HERO_HEIGHT))

    def show_course(self, course: MyCourse | None, today: date) -> None:
        """Show what to go on with; None: everything is done."""
        clear(self._line)
        if course is None:
            self._show_nothing_to_do()
            return
        cover = CoverArt(cover_words(course), shape=Shape.LEFT, hint=QSize(_COVER_WIDTH, 200))
        cover.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        cover.setMinimumWidth(current_theme().px(_LEAST_COVER))
        self._line.addWidget(cover)
        words = self._words()
        begun = course.start_id is not None
        lead = _("Continue where you left off") if begun else _("Next for you")
        words.addWidget(PlainLabel(lead, TextRole.MUTED))
        title = course.title_in(current_language())
        words.addWidget(PlainLabel(title, TextRole.H1, wrap=True))
        words.addWidget(PlainLabel(_where(course), TextRole.BODY2, wrap=True))
        if course.comes_first:
            words.addWidget(PlainLabel(first_words(course), TextRole.BODY2, wrap=True))
        if course.origin:
            words.addWidget(PlainLabel(course.origin, TextRole.MUTED, wrap=True))
        if begun:
            words.addWidget(ProgressBar(title, float(course.share), with_text=True))
        words.addStretch(1)
        words.addWidget(self._foot(course, today))

    def show_document(self, document: MyDocument, today: date, read: OpenDocument) -> None:
        """Show a document to read: there is no course to go on with."""
        words = self._show_work("scroll-text", called(document), about_document(document, today))
        if not document.comes_first:  # the line above says what is to be done before
            self._offer(words, _("Read"), "book-open", lambda: read(document))
        words.addStretch(1)

    def show_declaration(self, one: MyDeclaration, today: date, opened: OpenDeclaration) -> None:
        """Show what is to be declared: there is neither a course nor a document to go on with."""
        words = self._show_work("signature", one.title, about_declaration(one, today))
        if not one.comes_first:
            self._offer(words, _("Declare"), "signature", lambda: opened(one))
        words.addStretch(1)

    def _show_work(self, icon: str, title: str, about: str) -> QVBoxLayout:
        """Show something that is no course, and return where its button goes."""
        clear(self._line)
        self.button = None
        words = self._words()
        words.addStretch(1)
        head = row(gap=16)
        head.addWidget(IconTile(icon, Tone.PRIMARY, 56))
        told = column(gap=4)
        told.addWidget(PlainLabel(_("Next for you"), TextRole.MUTED))
        told.addWidget(PlainLabel(title, TextRole.H1, wrap=True))
        told.addWidget(PlainLabel(about, TextRole.BODY2, wrap=True))
        head.addLayout(told, 1)
        words.addLayout(head)
        words.addSpacing(current_theme().px(12))
        return words

    def _offer(self, words: QVBoxLayout, text: str, icon: str, act: Callable[[], None]) -> None:
        self.button = Button(text, Kind.PRIMARY, icon=icon)
        self.button.on_press(act)
        words.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)

    def _foot(self, course: MyCourse, today: date) -> QWidget:
        foot = QWidget()
        line = row(foot, gap=14)
        begun = course.start_id is not None
        again = course.next_position == 0
        text = _("Begin again") if again else _("Continue") if begun else _("Start")
        icon = "repeat" if again else "play"
        self.button = Button(text, Kind.PRIMARY, icon=icon)
        self.button.on_press(lambda: self._go_on(course))
        line.addWidget(self.button)
        if course.seconds_left:
            time = duration(course.seconds_left)
            told = _("{time} left") if begun else _("about {time}")
            left = row(gap=6)
            left.addWidget(IconLabel("clock", Ink.TEXT3, 16))
            left.addWidget(PlainLabel(told.format(time=time), TextRole.MUTED))
            line.addLayout(left)
        line.addStretch(1)
        if course.standing in PRESSING:
            status = status_of(course, today)
            line.addWidget(StatusChip(status.words, status.tone, icon=status.icon))
        return foot

    def _words(self) -> QVBoxLayout:
        words = column(gap=8, margin=22)
        self._line.addLayout(words, 1)
        return words

    def _show_nothing_to_do(self) -> None:
        self.button = Button(_("See my certificates"), Kind.PRIMARY, icon="award")
        self.button.on_press(self._see_certificates)
        words = self._words()
        words.addStretch(1)
        head = row(gap=16)
        head.addWidget(IconTile("circle-check", Tone.SUCCESS, 56))
        told = column(gap=4)
        told.addWidget(PlainLabel(_("You are up to date"), TextRole.H1, wrap=True))
        sentence = _("Everything you have to know is done. Nothing is waiting for you.")
        told.addWidget(PlainLabel(sentence, TextRole.BODY2, wrap=True))
        head.addLayout(told, 1)
        words.addLayout(head)
        words.addSpacing(current_theme().px(12))
        words.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        words.addStretch(1)


class DueCard(Card):
    """What is due, overdue or about to expire; each line opens its course."""

    def __init__(
        self,
        open_course: OpenCourse,
        open_document: OpenDocument,
        open_declaration: OpenDeclaration,
    ) -> None:
        super().__init__(_("Due soon"), gap=6)
        self._open = open_course
        self._open_document = open_document
        self._open_declaration = open_declaration
        self._count = CountChip("0", Tone.NEUTRAL)
        self.add_action(self._count)
        self._rows = column(gap=2)
        self.body.addLayout(self._rows)
        self.body.addStretch(1)

    def show_due(
        self,
        courses: tuple[MyCourse, ...],
        documents: tuple[MyDocument, ...],
        declarations: tuple[MyDeclaration, ...],
        today: date,
    ) -> None:
        """Show what presses, courses first, the most urgent of each; then courses with a day at all."""
        clear(self._rows)
        row = partial(self._row, today=today)
        document = partial(document_row, today=today, open_document=self._open_document)
        declaration = partial(declaration_row, today=today, open_declaration=self._open_declaration)
        pressing = [
            *_lines(row, filter(_is_pressing, courses)),
            *_lines(document, pressing_of(documents, today)),
            *_lines(declaration, pressing_of(declarations, today)),
        ]
        lines = [*pressing, *_lines(row, filter(_is_due_later, courses))]
        self._show_count(len(pressing))
        for make in lines[:_DUE_ROWS]:
            self._rows.addWidget(make())
        if not lines:
            words = PlainLabel(_("Nothing is due."), TextRole.BODY2, wrap=True)
            self._rows.addWidget(words)

    def _show_count(self, pressing: int) -> None:
        self._count.set_status(str(pressing), Tone.DANGER if pressing else Tone.NEUTRAL)
        self._count.setVisible(bool(pressing))

    def _row(self, course: MyCourse, today: date) -> RowButton:
        status = status_of(course, today)
        icon, _gradient = topic_of(cover_words(course))
        made = RowButton(
            course.title_in(current_language()),
            pressing_words(course, today),
            icon=icon,
            tone=status.tone,
            about_icon=status.icon,
        )
        made.clicked.connect(lambda _on=False: self._open(course))
        return made


def _lines(make: Callable[[_T], RowButton], things: Iterable[_T]) -> list[_Line]:
    return [partial(make, one) for one in things]


def _is_pressing(course: MyCourse) -> bool:
    return course.standing in PRESSING


def _is_due_later(course: MyCourse) -> bool:
    is_open = not _is_pressing(course) and not course.is_done
    return is_open and course.due_on is not None


def course_card(course: MyCourse, today: date, open_course: OpenCourse) -> CoverCard:
    """Return a course as a card of the grid."""
    status = status_of(course, today)
    made = CoverCard(
        course.title_in(current_language()),
        about_course(course),
        share=float(course.share),
        status=status.words,
        tone=status.tone,
        cover=cover_words(course),
    )
    made.clicked.connect(lambda _on=False: open_course(course))
    return made


def course_row(course: MyCourse, today: date, open_course: OpenCourse) -> RowButton:
    """Return a course as a line of the list."""
    status = status_of(course, today)
    icon, _gradient = topic_of(cover_words(course))
    about = f"{status.words} · {about_course(course)}"
    made = RowButton(
        course.title_in(current_language()),
        about,
        icon=icon,
        tone=status.tone,
        about_icon=status.icon,
    )
    made.clicked.connect(lambda _on=False: open_course(course))
    return made


def about_course(course: MyCourse) -> str:
    """Return how much a course is, or how much of it is left."""
    told = extent(course.lessons)
    if not course.seconds_left or course.is_done:
        return told
    time = duration(course.seconds_left)
    if course.start_id is None:
        return f"{told} · {time}"
    return f"{told} · " + _("{time} left").format(time=time)


def _where(course: MyCourse) -> str:
    if not course.next_position:
        return extent(course.lessons)
    place = _("Lesson {position} of {count}").format(
        position=course.next_position, count=course.lessons
    )
    if course.start_id is None:
        return extent(course.lessons)
    return f"{place} · {course.next_lesson_in(current_language())}"
