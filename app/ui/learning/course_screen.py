"""One course of a learner's: why they have it, by when, what it holds, and the way in."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import partial
from uuid import UUID

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from app.core.base.actor import Actor
from app.core.base.figures import day, duration, share
from app.core.base.words import _, current_language, plural
from app.core.learning import CourseInHand, LessonInHand
from app.core.training import CourseAhead, MyCourse, Standing
from app.ui.kit.buttons import Button, Kind, link
from app.ui.kit.cards import Card, FactRow
from app.ui.kit.chips import StatusChip
from app.ui.kit.covers import CoverArt, Shape
from app.ui.kit.dialogs import Question
from app.ui.kit.labels import PlainLabel
from app.ui.kit.layouts import FlowLayout, SideBySide, clear, column, row
from app.ui.kit.notices import EmptyState
from app.ui.kit.progress import ProgressBar
from app.ui.kit.screen import Desk, Screen
from app.ui.kit.theme import TextRole, Tone, current_theme
from app.ui.learning.foresight import Foresight
from app.ui.learning.home_cards import cover_words
from app.ui.learning.learner_services import LearnerServices
from app.ui.learning.lesson_rows import LessonAheadRow, LessonRow, why_locked
from app.ui.learning.lesson_views import view_of as kind_view
from app.ui.learning.standings import due_words, extent, status_of

_COVER_WIDTH = 240


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseView:
    """What the screen shows."""

    course: MyCourse
    hand: CourseInHand | None = None
    """None until the course is begun: looking at it begins nothing."""
    ahead: CourseAhead | None = None
    """What awaits the learner; None once it is begun."""
    attempts: int = 0
    best: Fraction | None = None
    """Of those attempts."""
    is_retraining: bool = False
    """Whether a quiz asks for the course to be begun again."""


class CourseScreen(Screen[LearnerServices]):
    """Shows one course; its primary button starts it, goes on with it, or begins it again."""

    topics = frozenset(
        {
            "assignment",
            "course_start",
            "lesson_completion",
            "course_completion",
            "completion_withdrawal",
        }
    )

    def __init__(self, desk: Desk[LearnerServices]) -> None:
        super().__init__(desk, title=_("Course"))
        self.header.hide()
        self._course_id: UUID | None = None
        self._shown: CourseView | None = None
        self.foresight = Foresight(self)
        self.back_button = link(_("Back to my courses"), "arrow-left")
        self.back_button.on_press(lambda: desk.open("home"))
        self.go_button = Button("", Kind.PRIMARY, icon="play").on_press(self._go)
        self.again_button = Button(_("Begin again"), icon="repeat").on_press(self._ask_again)
        self.look_button = Button(_("Look at it again"), icon="eye").on_press(self._look)
        self.certificates_button = Button(_("My certificates"), icon="award")
        self.certificates_button.on_press(lambda: desk.open("certificates"))
        self.lessons = Card(_("Lessons"), gap=2)
        self.facts = Card(_("About this course"), gap=14)
        self._rows = column(gap=2)
        self._fact_rows = column(gap=14)
        self.missing = EmptyState(
            _("This course is not among yours."),
            icon="library",
            action=_("Back to my courses"),
            act=lambda: desk.open("home"),
        )
        self._lay_out()

    def _lay_out(self) -> None:
        self._full = QWidget()
        body = column(self._full, gap=16)
        top = row(gap=0)
        top.addWidget(self.back_button)
        top.addStretch(1)
        body.addLayout(top)
        self._hero = Card(margin=1, gap=0)
        body.addWidget(self._hero)
        self.lessons.body.addLayout(self._rows)
        self.lessons.body.addStretch(1)
        self.facts.body.addLayout(self._fact_rows)
        self.facts.body.addWidget(self.certificates_button)
        self.facts.body.addStretch(1)
        body.addWidget(SideBySide(self.lessons, self.facts, side_width=328, fold_below=760))
        body.addStretch(1)
        self._head = column(gap=8, margin=22)
        self._actions_bar = QWidget()
        self._actions = FlowLayout(self._actions_bar, gap=10)
        for button in (self.go_button, self.again_button, self.look_button):
            self._actions.addWidget(button)
        self._pages = QStackedWidget()
        for page in (QWidget(), self._full, self.missing):
            self._pages.addWidget(page)
        self.body.addWidget(self._pages, 1)
        self._make_hero()

    def _make_hero(self) -> None:
        line = row(gap=0)
        self._cover = CoverArt("", shape=Shape.LEFT, hint=QSize(_COVER_WIDTH, 180))
        self._cover.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        line.addWidget(self._cover)
        line.addLayout(self._head, 1)
        self._title = PlainLabel("", TextRole.DISPLAY, wrap=True)
        self._extent = PlainLabel("", TextRole.MUTED, wrap=True)
        self._about = PlainLabel("", TextRole.BODY2, wrap=True)
        self._progress = ProgressBar(_("Progress"), with_text=True)
        self._status: QVBoxLayout = column(gap=10)
        for widget in (self._title, self._extent, self._about):
            self._head.addWidget(widget)
        self._head.addLayout(self._status)
        self._head.addStretch(1)
        self._head.addWidget(self._progress)
        self._head.addSpacing(current_theme().px(6))
        self._head.addWidget(self._actions_bar)
        self._hero.body.addLayout(line)

    @override
    def enter(self, **args: object) -> None:
        course_id = args.get("course_id")
        if course_id != self._course_id:
            self._shown = None
            self._pages.setCurrentIndex(0)
        self._course_id = course_id if isinstance(course_id, UUID) else None

    @override
    def refresh(self) -> None:
        course_id, services, actor = self._course_id, self.desk.services, self.desk.actor

        def look() -> CourseView | None:
            mine = services.training.my_courses(actor)
            course = next((one for one in mine if one.course_id == course_id), None)
            if course is None:
                return None
            return view_of(services, actor, course)

        self.load(lambda _progress: look(), self._show)

    def _show(self, view: CourseView | None) -> None:
        if view is None:
            self._pages.setCurrentWidget(self.missing)
            return
        if view != self._shown:
            self._shown = view
            self._show_head(view)
            self._show_lessons(view)
            self._show_facts(view)
        self._pages.setCurrentWidget(self._full)
        self.foresight.expect(view.course.course_id)

    def _show_head(self, view: CourseView) -> None:
        course, hand, language = view.course, view.hand, current_language()
        title = course.title_in(language)
        self.setAccessibleName(title)
        self._title.setText(title)
        self._cover.set_title(cover_words(course))
        said = extent(course.lessons, _seconds(view))
        version = _version(view)
        if version:
            said = _("Version {number}").format(number=version) + f" · {said}"
        self._extent.setText(said)
        about = _description(view, language)
        self._about.setText(about)
        self._about.setVisible(bool(about))
        share = float(hand.share if hand is not None else course.share)
        self._progress.set_share(share, Tone.SUCCESS if share >= 1 else Tone.PRIMARY)
        self._progress.setVisible(hand is not None and not course.withdrawn)
        clear(self._status)
        status = status_of(course, self._today())
        chip = StatusChip(status.words, status.tone, icon=status.icon)
        self._status.addWidget(chip, 0, Qt.AlignmentFlag.AlignLeft)
        if course.comes_first:  # it stands where the button would
            titles = ", ".join(course.comes_first)
            told = _("{titles}: this begins once you hold that.").format(titles=titles)
            self._status.addWidget(FactRow(_("First"), told, icon="lock"))
        self._offer_actions(view)

    def _offer_actions(self, view: CourseView) -> None:
        course = view.course
        is_done = course.withdrawn != "" or (
            course.completed_at is not None and not course.is_renewing
        )
        may_renew = view.is_retraining or (is_done and course.standing is not Standing.VALID)
        self.go_button.setVisible(not is_done and not course.comes_first)
        self.go_button.set_words(_("Start") if course.start_id is None else _("Continue"))
        self.again_button.setVisible(may_renew and not course.comes_first)
        is_first = may_renew and is_done
        self.again_button.set_kind(Kind.PRIMARY if is_first else Kind.PLAIN)
        self.look_button.setVisible(is_done)
        self.certificates_button.setVisible(course.completed_at is not None)

    def _show_lessons(self, view: CourseView) -> None:
        clear(self._rows)
        hand = view.hand
        if hand is None:
            for ahead in view.ahead.lessons if view.ahead is not None else ():
                counts = kind_view(ahead.plan.kind).counts(ahead.plan)
                self._rows.addWidget(LessonAheadRow(ahead, current_language(), counts))
            return
        current = hand.next_lesson
        for lesson in hand.lessons:
            is_current = current is not None and lesson.lesson_id == current.lesson_id
            made = LessonRow(lesson, current_language(), is_current=is_current, numbered=True)
            made.clicked.connect(lambda _on=False, lesson=lesson: self._open_lesson(lesson))
            if lesson.is_open:
                near = partial(self.foresight.lean, hand.course_id, lesson.lesson_id)
                made.turned_to.connect(near)
            self._rows.addWidget(made)

    def _show_facts(self, view: CourseView) -> None:
        clear(self._fact_rows)
        for title, about, icon in _facts(view, self._today()):
            self._fact_rows.addWidget(FactRow(title, about, icon=icon))

    def _today(self) -> date:
        return self.desk.clock.now().astimezone().date()

    def _open_lesson(self, lesson: LessonInHand) -> None:
        if lesson.is_open:
            self._open_player(lesson.lesson_id)
        else:
            self.desk.toast(why_locked(), Tone.INFO)

    def _open_player(self, lesson_id: UUID | None = None) -> None:
        if self._course_id is not None:
            self.desk.open("player", course_id=self._course_id, lesson_id=lesson_id)

    def _go(self) -> None:
        self._open_player()

    def _look(self) -> None:
        hand = self._shown.hand if self._shown is not None else None
        if hand is not None and hand.lessons:
            self._open_player(hand.lessons[0].lesson_id)

    def _ask_again(self) -> None:
        question = Question(
            title=_("Begin this course again?"),
            text=_(
                "A new round opens, on the course as it is today. What you did before, and your "
                "certificate, are kept."
            ),
            yes=_("Begin again"),
        )
        self.desk.confirm(question, lambda _reason: self._begin_again())

    def _begin_again(self) -> None:
        course_id, actor, learning = self._course_id, self.desk.actor, self.desk.services.learning
        if course_id is not None:
            self.act(
                lambda _progress: learning.begin_again(actor, course_id),
                lambda _hand: self._open_player(),
            )

    @override
    def focus_first(self) -> None:
        self._focus_is_due = self._shown is None
        buttons = (self.go_button, self.again_button, self.look_button, self.back_button)
        first = next((one for one in buttons if one.isVisibleTo(self)), self.back_button)
        first.setFocus(Qt.FocusReason.OtherFocusReason)


def _seconds(view: CourseView) -> int:
    if view.hand is None:
        return view.course.seconds_left
    return sum(lesson.plan.seconds for lesson in view.hand.lessons)


def view_of(services: LearnerServices, actor: Actor, course: MyCourse) -> CourseView:
    """Return what is shown of a course; nothing is begun or recorded by it."""
    if course.start_id is None:
        return CourseView(course=course, ahead=services.training.ahead(actor, course.course_id))
    learning, quizzes = services.learning, services.quizzes
    hand = learning.in_hand(actor, course.start_id)
    tried = [out for one in hand.lessons for out in quizzes.outcomes(actor, one.lesson_id)]
    best = max((one.score.share for one in tried), default=None)
    again = hand.completed_at is None and learning.may_begin_again(actor, course.start_id)
    return CourseView(
        course=course,
        hand=hand,
        attempts=len(tried),
        best=best,
        is_retraining=again,
    )


def _version(view: CourseView) -> int | None:
    if view.hand is not None:
        return view.hand.version
    return view.ahead.version if view.ahead is not None else None


def _description(view: CourseView, language: str) -> str:
    if view.hand is not None:
        outline = view.hand.outline
        return outline.descriptions.get(language, outline.description)
    if view.ahead is not None:
        return view.ahead.descriptions.get(language, view.ahead.description)
    return ""


def _valid_months(view: CourseView) -> int | None:
    if view.hand is not None:
        return view.hand.outline.valid_months
    return view.ahead.valid_months if view.ahead is not None else None


def _facts(view: CourseView, today: date) -> list[tuple[str, str, str]]:
    """Return title, line about it and icon of each thing to know."""
    course = view.course
    why = course.origin or _("You chose it yourself.")
    facts = [(_("Why you have it"), why, "circle-question-mark")]
    if course.due_on is not None and course.is_due:
        facts.append((_("Due"), f"{due_words(course.due_on, today)}", "calendar-clock"))
    if course.withdrawn:
        facts.append((_("What you completed does not count any more"), course.withdrawn, "ban"))
    facts.extend(_validity(view, today))
    if view.ahead is not None and view.ahead.in_order:
        told = _("A lesson opens when those before it are done.")
        facts.append((_("One after the other"), told, "list-ordered"))
    if course.seconds_left and not course.is_done:
        facts.append((_("Time it takes"), duration(course.seconds_left), "clock"))
    if view.attempts:
        facts.append((_("Quiz"), _attempts(view), "list-checks"))
    return facts


def _attempts(view: CourseView) -> str:
    told = plural("{count} attempt", "{count} attempts", view.attempts)
    if view.best is None:
        return told
    best = _("best {share}").format(share=share(view.best))
    return f"{told} · {best}"


def _validity(view: CourseView, today: date) -> list[tuple[str, str, str]]:
    """Return what holds of earlier completions, and what the one under way will give."""
    course, months = view.course, _valid_months(view)
    facts = []
    if course.completed_at is not None:
        done = day(course.completed_at.astimezone().date())
        told = _("{day}; it stays on record").format(day=done) if course.is_renewing else done
        facts.append((_("Completed last"), told, "circle-check"))
    if course.valid_until is not None:
        has_expired = course.valid_until < today
        title = _("Expired") if has_expired else _("Valid until")
        icon = "calendar-x" if has_expired else "calendar-check"
        facts.append((title, day(course.valid_until), icon))
    if months and (course.valid_until is None or course.is_renewing):
        valid = plural("{count} month after you finish", "{count} months after you finish", months)
        facts.append((_("Valid for"), valid, "calendar-check"))
    return facts
