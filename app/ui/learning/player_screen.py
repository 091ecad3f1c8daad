"""The player: one lesson at a time, saved as it goes, with the course beside it."""

from functools import partial
from uuid import UUID

from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QBoxLayout
from typing_extensions import override

from app.core.base.errors import UserFacingError
from app.core.base.words import _, current_language
from app.core.learning import CourseInHand, LessonInHand
from app.ui.kit.announcing import announce
from app.ui.kit.attention import Attention
from app.ui.kit.curtain import Curtain
from app.ui.kit.focus import focus_after_load
from app.ui.kit.screen import Desk, Screen
from app.ui.kit.theme import Tone
from app.ui.learning.foresight import Foresight, home_of
from app.ui.learning.learner_services import LearnerServices
from app.ui.learning.lesson_rows import why_locked
from app.ui.learning.lesson_views import AnyLessonView, NothingToShow, Place, view_of
from app.ui.learning.opened_with import keeper_for, leave
from app.ui.learning.player_bar import PlayerBar
from app.ui.learning.player_page import PlayerPage
from app.ui.learning.progress_keeper import PreviewedCourse, Trace
from app.ui.learning.sitting import Sitting
from app.ui.learning.steps import first_language, lesson_before, lesson_to_open, step_after
from app.ui.learning.wall import Wall
from app.ui.learning.ways import Ways


class PlayerScreen(Screen[LearnerServices]):
    """Opened with `course_id` and perhaps `lesson_id`, with `preview`, an outline to look at, or with
    `session_id`, to show a session's course to all who are there.
    """

    topics = frozenset({"asset"})
    scrolls = False

    def __init__(self, desk: Desk[LearnerServices]) -> None:
        super().__init__(desk, title=_("Lesson"))
        self.header.hide()
        self.view: AnyLessonView | None = None
        self._wanted: UUID | None = None
        self._language = ""
        self.attention = Attention(self, desk.clock)
        self.curtain = Curtain(self)
        self.sitting = Sitting(desk.jobs, desk.clock, self)
        self.ways = Ways(self.sitting)
        self.foresight = Foresight(self)
        self.wall = Wall(self)
        self.bar = PlayerBar(desk.theme, desk.actor)
        self.page = PlayerPage()
        self.stage = self.page.stage
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        outer = self.layout()
        if isinstance(outer, QBoxLayout):
            outer.insertWidget(0, self.bar)
        theme = self.desk.theme
        self.body.setContentsMargins(theme.px(24), theme.px(12), theme.px(24), theme.px(16))
        self.body.addWidget(self.page, 1)

    def _connect(self) -> None:
        desk, stage, saving = self.desk, self.stage, self.sitting.saving
        self.bar.back_asked.connect(self._go_home)
        self.bar.not_me.connect(desk.sign_out)
        stage.back_asked.connect(self.ways.go_back)
        stage.forward_asked.connect(self.ways.go_on)
        stage.language_chosen.connect(self._switch_language)
        stage.completed.certificates_asked.connect(lambda: desk.open("certificates"))
        stage.completed.home_asked.connect(self._go_home)
        self.page.lesson_asked.connect(self.open_lesson)
        self.page.lesson_near.connect(partial(self.foresight.lean_beside, self.sitting))
        self.ways.lesson_asked.connect(self.open_lesson)
        self.ways.end_reached.connect(self._show_completed)
        self.sitting.moved.connect(self._take_moved)
        self.sitting.lesson_done.connect(self.refresh)
        saving.saved.connect(self.bar.saved.show_saved)
        saving.saved.connect(lambda _at: stage.show_trouble(None))
        saving.failing.connect(self.bar.saved.show_failing)
        saving.failing.connect(stage.show_trouble)
        saving.refused.connect(desk.tell_error)
        self._connect_wall()

    def _connect_wall(self) -> None:
        wall = self.wall
        wall.forward_asked.connect(self.ways.go_on)
        wall.back_asked.connect(self.ways.go_back)
        wall.end_asked.connect(self._go_home)
        wall.changed.connect(lambda: self.bar.show_shown(shown=wall.is_showing()))
        self.attention.beat.connect(self._note_class)

    def _note_class(self) -> None:
        if self.is_for_all:
            self.desk.note_activity()  # a class looks on, though nothing is touched

    @property
    def is_for_all(self) -> bool:
        """Tell whether a class is shown the course."""
        keeper = self.sitting.keeper
        return keeper is not None and keeper.is_for_all

    @override
    def enter(self, **args: object) -> None:
        self.curtain.draw()
        self._close_lesson()
        lesson_id = args.get("lesson_id")
        self._language = ""
        self._wanted = lesson_id if isinstance(lesson_id, UUID) else None
        self.stage.clear()
        self.stage.show_trouble(None)
        self.bar.saved.clear()
        keeper = keeper_for(self.desk, args)
        is_preview = isinstance(keeper, PreviewedCourse)
        is_for_all = keeper is not None and keeper.is_for_all
        self.bar.show_way_back(is_preview=is_preview, is_for_all=is_for_all)
        self.page.give_room(to_lesson=is_for_all)
        if keeper is not None:
            self.sitting.begin(keeper)
        if is_for_all:
            self.wall.begin()
        elif is_preview:
            self.bar.saved.show_preview()

    @override
    def refresh(self) -> None:
        keeper = self.sitting.keeper
        if keeper is not None:
            self.load(lambda _progress: keeper.open(), self._take_hand, what="course")

    @override
    def pause(self) -> None:
        self.curtain.lift()
        self.attention.stop()
        if self.view is not None:
            self.view.halt()
            self.view.tell()
        self.sitting.leave()
        self.wall.end()

    def open_lesson(self, lesson_id: UUID) -> None:
        """Go to a lesson of the course; a locked one says why it stays shut."""
        hand, current = self.sitting.hand, self.sitting.lesson
        if hand is None or (current is not None and current.lesson_id == lesson_id):
            return
        lesson = hand.lesson(lesson_id)
        if lesson.is_open:
            self._start_lesson(hand, lesson)
        else:
            self.desk.toast(why_locked(), Tone.INFO)

    def _take_hand(self, hand: CourseInHand) -> None:
        self.sitting.hand = hand
        self.bar.person.show_photo(self.desk.photo)
        self.setAccessibleName(hand.outline.title)
        current = self.sitting.lesson
        if current is not None:
            if self.stage.shows_problem:
                # What was missing may have come.
                self._start_lesson(hand, hand.lesson(current.lesson_id))
            else:
                self._take_moved(current)
            return
        lesson = lesson_to_open(hand, self._wanted)
        if lesson is not None:
            self._start_lesson(hand, lesson)
        elif hand.completed_at is not None:
            self._show_completed(hand)
        else:
            self.stage.show_problem(NothingToShow())

    def _start_lesson(self, hand: CourseInHand, lesson: LessonInHand) -> None:
        self._close_lesson()
        keeper = self.sitting.keeper
        if keeper is None:
            return
        self.curtain.draw()
        self.sitting.open_lesson(lesson)
        kind = view_of(lesson.plan.kind)
        wished = (self._language, current_language(), hand.outline.language)
        language = first_language(kind.languages(lesson.plan), wished)
        place = Place(
            desk=self.desk,
            course_id=hand.course_id,
            keeper=keeper,
            attention=self.attention,
            home=home_of(self),
        )
        self.attention.on_the_wall = self.wall.is_showing if keeper.is_for_all else None
        if keeper.is_recording:
            kind.prepare(place.home, hand.start_id, lesson, language)
        self._fetch(kind, place, lesson, language)  # at work while the view is made
        self.view = view = kind(place)
        self.wall.hang(view if keeper.is_for_all else None)
        view.traced.connect(self.sitting.keep)
        view.told_done.connect(self.refresh)
        view.appeared.connect(self.curtain.lift)
        self.stage.show_view(view)
        self.stage.preview.setVisible(not keeper.is_recording)
        self._show_heading(hand, lesson, language)

    def _show_heading(self, hand: CourseInHand, lesson: LessonInHand, language: str) -> None:
        offered = view_of(lesson.plan.kind).languages(lesson.plan)
        self.stage.show_heading(hand, lesson, _shown(lesson, language), offered)
        self._show_standing()

    def _fetch(
        self,
        kind: type[AnyLessonView],
        place: Place,
        lesson: LessonInHand,
        language: str,
        state: Trace | None = None,
    ) -> None:
        """Bring a lesson in a language on the stage; it resumes at `state`, or where it was left."""

        def show(content: object) -> None:
            view, newest = self.view, self.sitting.lesson
            if view is None or newest is None or newest.lesson_id != lesson.lesson_id:
                return
            try:
                view.show_lesson(newest, _shown(lesson, language), content)
            except UserFacingError as error:
                self.stage.show_problem(error)
            else:
                view.resume(newest.state if state is None else state)
                self._attend()

        self.load(
            lambda _progress: kind.fetch(place, lesson, language),
            show,
            failed=self.stage.show_problem,
            what="lesson",
        )

    def _attend(self) -> None:
        """Let time count from now on, and put the focus on the lesson."""
        if self.isVisible() and self.view is not None:
            self.attention.start()
            self.bar.show_shown(shown=self.wall.is_showing())
            self.view.take_focus()
            self.foresight.expect_after(self.sitting)
        self._show_standing()

    def _close_lesson(self) -> None:
        self.attention.stop()
        self.foresight.forget()
        self.wall.hang(None)
        if self.view is not None:
            self.view.stop()
        self.sitting.open_lesson(None)
        self.stage.take_view_off()
        self.view = None

    def _switch_language(self, language: str) -> None:
        view, lesson, hand = self.view, self.sitting.lesson, self.sitting.hand
        if view is None or lesson is None or hand is None:
            return
        self._language = language
        view.halt()
        view.tell()
        self._fetch(type(view), view.place, lesson, language, view.state())
        self._show_heading(hand, lesson, language)

    def _take_moved(self, lesson: LessonInHand) -> None:
        view, current = self.view, self.sitting.lesson
        if view is None or current is None or lesson.lesson_id != current.lesson_id:
            self._show_standing()
            return
        if lesson.is_done and view.lesson is not None and not view.lesson.is_done:
            announce(self, _("This lesson is done."))
        worked_in = self._works_in(view)
        view.take_lesson(lesson)
        self._show_standing()
        if worked_in and not self._works_in(view):
            focus_after_load(self.stage.next_button)  # what was signed with is gone

    def _works_in(self, view: AnyLessonView) -> bool:
        return view.isAncestorOf(QApplication.focusWidget() or self)

    def _show_standing(self) -> None:
        """Show how the course stands now: the panel, the hint, the ways on."""
        hand, lesson, view = self.sitting.hand, self.sitting.lesson, self.view
        if hand is None or lesson is None or view is None:
            return
        self.page.show_course(hand, lesson.lesson_id)
        self.stage.show_hint(_on_the_wall() if self.is_for_all else view.hint(lesson))
        keeper = self.sitting.keeper
        is_preview = keeper is None or not keeper.is_recording or keeper.is_for_all
        why = _("This is the last lesson.") if is_preview else view.needs(lesson)
        self.stage.show_ways(
            step_after(hand, lesson),
            why,
            has_before=lesson_before(hand, lesson) is not None,
            is_main=lesson.is_done,
        )

    def _go_home(self) -> None:
        leave(self.desk, self.sitting.keeper)

    def _show_completed(self, hand: CourseInHand) -> None:
        self._close_lesson()
        self.stage.show_completed(hand)
        self.page.show_course(hand, None)
        self.curtain.lift()

    @override
    def focus_first(self) -> None:
        if self.view is not None:
            self.view.take_focus()
        else:
            self.bar.back_button.setFocus()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.view is not None and not event.spontaneous():
            self.attention.start()
            if self.is_for_all:
                self.wall.begin()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if not event.spontaneous():
            self.pause()


def _on_the_wall() -> str:
    return _(
        "Space pauses and goes on. Page Down and Page Up lead through it. Esc leads back to the roll."
    )


def _shown(lesson: LessonInHand, language: str) -> str:
    """Return the language of the words around a lesson that is shown in one of those it can be had in."""
    offered = view_of(lesson.plan.kind).languages(lesson.plan)
    return language if len(offered) > 1 else current_language()
