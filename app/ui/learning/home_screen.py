"""A learner's home: what to go on with, what is due, and every course of theirs."""

from collections.abc import Iterator
from datetime import date

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QWidget
from typing_extensions import override

from app.core.base.figures import duration
from app.core.base.words import _, plural
from app.core.training import MyCourse, Standing
from app.core.training.controlled import MyDocument
from app.core.training.declaring import MyDeclaration
from app.core.training.sessions import MyClassQuiz
from app.ui.kit.buttons import Button, IconButton, plain
from app.ui.kit.cards import Card
from app.ui.kit.focus import lead_through, tab_stops
from app.ui.kit.forms.choices import SegmentedTabs
from app.ui.kit.labels import PlainLabel
from app.ui.kit.layouts import CardGrid, SideBySide, clear, column, row
from app.ui.kit.notices import EmptyState
from app.ui.kit.screen import Desk, Screen
from app.ui.kit.theme import TextRole
from app.ui.learning.class_quizzes_card import ClassQuizzesCard
from app.ui.learning.declaration_cards import DeclarationsCard
from app.ui.learning.document_cards import DocumentsCard
from app.ui.learning.foresight import Foresight
from app.ui.learning.home_cards import DueCard, HeroCard, course_card, course_row, next_to_do
from app.ui.learning.learner_services import LearnerServices
from app.ui.learning.own_work import left_of, next_of
from app.ui.learning.practicals_card import PracticalsCard
from app.ui.learning.requests_card import RequestsCard

_Found = tuple[tuple[MyCourse, ...], tuple[MyDocument, ...], tuple[MyDeclaration, ...]]
_NOON, _EVENING = 12, 17
_CARD_WIDTH = 236


class HomeScreen(Screen[LearnerServices]):
    """Greets, says what is due in one line, and has one primary button: go on."""

    topics = frozenset(
        {
            "assignment",
            "course_start",
            "lesson_completion",
            "course_completion",
            "completion_withdrawal",
            "course_version",
            "acknowledgement",
            "document_opening",
            "declaration",
            "approval_step",
            "controlled_document",
            "document_requirement",
            "practical_round",
            "practical_result",
            "practical_signing",
            "session_event",
            "session_attendance",
            "attempt_result",
            "catalogue_offer",
            "training_request",
            "training_reply",
        }
    )

    def __init__(self, desk: Desk[LearnerServices]) -> None:
        super().__init__(desk, title=_("Home"))
        self._courses: tuple[MyCourse, ...] | None = None
        self._documents: tuple[MyDocument, ...] = ()
        self._declarations: tuple[MyDeclaration, ...] = ()
        self.foresight = Foresight(self)
        self.hero = HeroCard(self._go_on, lambda: desk.open("certificates"))
        self.due = DueCard(self._open, self._read, self._declare)
        self._top = SideBySide(self.hero, self.due, side_width=316, fold_below=760)
        self.documents = DocumentsCard(self._read)
        self.documents.hide()
        self.declarations = DeclarationsCard(self._declare)
        self.tabs = SegmentedTabs(_("My courses"))
        self.tabs.chosen.connect(lambda _key: self._show_list())
        self.as_cards = self._view_button("layout-grid", _("Show as cards"), on=True)
        self.as_list = self._view_button("list", _("Show as a list"), on=False)
        self.grid = CardGrid(_CARD_WIDTH)
        self.list = Card(gap=2, margin=10)
        self._none = PlainLabel(_("No course here."), TextRole.BODY2)
        self.empty = EmptyState(
            _("Nothing is assigned to you yet. Your courses will appear here."), icon="library"
        )
        self.class_quizzes = ClassQuizzesCard(self._take_quiz)
        self.practicals = PracticalsCard(lambda: desk.open("my_practicals"))
        self.requests = RequestsCard(lambda: desk.open("training_requests"))
        self.catalogue_button = plain(_("Catalogue"), "library")
        self.catalogue_button.on_press(lambda: desk.open("catalogue"))
        self.catalogue_button.hide()
        self.header.add_action(self.catalogue_button)
        self._lay_out()

    def _lay_out(self) -> None:
        self.body.addWidget(self.requests)
        self.body.addWidget(self.class_quizzes)
        self.body.addWidget(self.practicals)
        self._full = QWidget()
        body = column(self._full, gap=16)
        body.addWidget(self._top)
        body.addWidget(self.documents)
        body.addWidget(self.declarations)
        body.addLayout(self._heading())
        body.addWidget(self._none)
        body.addWidget(self.grid)
        body.addWidget(self.list)
        body.addStretch(1)
        for part in (self._full, self.empty):  # no stack: that is as high as its highest page
            self.body.addWidget(part, 1)
            part.hide()
        self.list.hide()
        self._none.hide()

    def _heading(self) -> QHBoxLayout:
        line = row(gap=16)
        line.addWidget(PlainLabel(_("My courses"), TextRole.H1))
        line.addWidget(self.tabs, 1)
        line.addWidget(self.as_cards)
        line.addWidget(self.as_list)
        return line

    def _view_button(self, icon: str, name: str, *, on: bool) -> Button:
        made = IconButton(icon, name)
        made.setCheckable(True)
        made.setChecked(on)
        return made.on_press(lambda: self._choose_view(made))

    def _choose_view(self, chosen: Button) -> None:
        for button in (self.as_cards, self.as_list):
            button.setChecked(button is chosen)
        self._show_list()

    @override
    def refresh(self) -> None:
        services, actor = self.desk.services, self.desk.actor
        self.header.set_words(self._greeting(), self.header_line())
        self.load(
            lambda _progress: (
                services.training.my_courses(actor),
                services.documents.readings.mine(actor),
                services.training.declarations.mine(actor),
            ),
            self._show,
        )
        self.load(
            lambda _progress: services.training.practicals.mine(actor),
            self.practicals.show_records,
            what="practicals",
        )
        self.load(
            lambda _progress: services.sessions.quizzes.mine(actor),
            self.class_quizzes.show_quizzes,
            what="class quizzes",
        )
        self.load(
            lambda _progress: (
                services.training.choosing.offers_anything(actor),
                services.training.requests.waiting(actor),
            ),
            self._show_asking,
            what="catalogue",
        )

    def _show_asking(self, found: tuple[bool, int]) -> None:
        offers_anything, waiting = found
        self.catalogue_button.setVisible(offers_anything)
        self.requests.show_waiting(waiting)

    def header_line(self) -> str:
        """Return the one line of what is due."""
        if not (self._courses or self._documents or self._declarations):
            return ""
        due = self._due_courses()
        said = [_how_many(standing, len(found)) for standing, found in due.items() if found]
        said += self._said_of_own_work()
        seconds = sum(one.seconds_left for found in due.values() for one in found)
        if seconds:
            said.append(_("That takes about {time} in all.").format(time=duration(seconds)))
        return " ".join(said) or _("Nothing is due this week.")

    def _said_of_own_work(self) -> Iterator[str]:
        """Yield a sentence on what is to be read, and one on what is to be declared."""
        if to_read := left_of(self._documents):
            yield plural("{count} document to read.", "{count} documents to read.", to_read)
        if to_make := left_of(self._declarations):
            yield plural("{count} declaration to make.", "{count} declarations to make.", to_make)

    def _due_courses(self) -> dict[Standing, list[MyCourse]]:
        """Return the courses that ask for something now."""
        return {
            standing: [one for one in self._courses or () if one.standing is standing]
            for standing in (Standing.LAPSED, Standing.OVERDUE, Standing.DUE_SOON)
        }

    def _greeting(self) -> str:
        hour = self.desk.clock.now().astimezone().hour
        if hour < _NOON:
            words = _("Good morning, {name}")
        elif hour < _EVENING:
            words = _("Good afternoon, {name}")
        else:
            words = _("Good evening, {name}")
        return words.format(name=self.desk.actor.name.split(" ")[0])

    def _show(self, found: _Found) -> None:
        courses, documents, declarations = found
        first = next_to_do(courses)
        if first is None:
            self.foresight.expect_any()
        else:
            self.foresight.expect(first.course_id)
        if found == (self._courses, self._documents, self._declarations):
            return
        self._courses, self._documents, self._declarations = found
        self.header.set_words(self._greeting(), self.header_line())
        has_any = any(found)
        self._full.setVisible(has_any)
        self.empty.setVisible(not has_any)
        today = self._today()
        self.documents.show_documents(documents, today)
        self.declarations.show_declarations(declarations, today)
        to_read, to_declare = next_of(documents), next_of(declarations)
        if first is None and to_read is not None:
            self.hero.show_document(to_read, today, self._read)
        elif first is None and to_declare is not None:
            self.hero.show_declaration(to_declare, today, self._declare)
        else:
            self.hero.show_course(first, today)
        self.due.show_due(courses, documents, declarations, today)
        done = sum(course.is_done for course in courses)
        self.tabs.set_tabs(
            (
                ("all", _("All {count}").format(count=len(courses))),
                ("to_do", _("To do {count}").format(count=len(courses) - done)),
                ("done", _("Done {count}").format(count=done)),
            )
        )
        self._show_list()

    def _show_list(self) -> None:
        today, shown = self._today(), self._chosen()
        is_list = self.as_list.isChecked()
        self._none.setVisible(not shown)
        self.grid.setVisible(not is_list and bool(shown))
        self.list.setVisible(is_list and bool(shown))
        self.grid.set_cards(
            [] if is_list else [course_card(course, today, self._open) for course in shown]
        )
        clear(self.list.body)
        for course in shown if is_list else ():
            self.list.body.addWidget(course_row(course, today, self._open))
        QTimer.singleShot(0, self, self._lead_on)  # what was made anew is shown by then

    def _lead_on(self) -> None:
        """Let Tab go down the page: what was made anew comes last in Qt's own order."""
        views = (self.as_cards, self.as_list)
        listed = self.list if self.as_list.isChecked() else self.grid
        parts = (self._top, self.documents, self.declarations, self.tabs, listed)
        above, documents, declarations, tabs, courses = (tab_stops(part) for part in parts)
        lead_through([*above, *documents, *declarations, *tabs, *views, *courses])

    def _chosen(self) -> tuple[MyCourse, ...]:
        courses, key = self._courses or (), self.tabs.key()
        if key == "all":
            return courses
        return tuple(one for one in courses if one.is_done is (key == "done"))

    def _today(self) -> date:
        return self.desk.clock.now().astimezone().date()

    def _open(self, course: MyCourse) -> None:
        self.desk.open("course", course_id=course.course_id)

    def _read(self, document: MyDocument) -> None:
        self.desk.open("reading", requirement_id=str(document.requirement_id))

    def _declare(self, declaration: MyDeclaration) -> None:
        self.desk.open("declaring", requirement_id=str(declaration.requirement_id))

    def _take_quiz(self, one: MyClassQuiz) -> None:
        quizzes, actor = self.desk.services.sessions.quizzes, self.desk.actor
        self.act(
            lambda _progress: quizzes.begin(actor, one.session_id),
            lambda quiz: self.desk.open("quiz", course_id=quiz.course_id, lesson_id=quiz.lesson_id),
        )

    def _go_on(self, course: MyCourse) -> None:
        if course.start_id is not None and course.next_position:
            self.desk.open("player", course_id=course.course_id)
        else:
            self._open(course)

    @override
    def focus_first(self) -> None:
        self._focus_is_due = self._courses is None
        if self.hero.button is not None:
            self.hero.button.setFocus(Qt.FocusReason.OtherFocusReason)


def _how_many(standing: Standing, count: int) -> str:
    """Return the sentence that tells how many courses ask for something now."""
    if standing is Standing.LAPSED:
        return plural("{count} course has expired.", "{count} courses have expired.", count)
    if standing is Standing.OVERDUE:
        return plural("{count} course is overdue.", "{count} courses are overdue.", count)
    return plural("{count} course is due this week.", "{count} courses are due this week.", count)
