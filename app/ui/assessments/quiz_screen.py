"""Taking a quiz: one question at a time, every answer on disk at once, nothing lost by leaving."""

from collections.abc import Callable
from typing import cast
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QStackedWidget, QWidget
from typing_extensions import override

from app.core.assessments import AttemptInHand, MayNotStart, Quizzes, StartReason
from app.core.base.actor import Actor
from app.core.base.errors import UserFacingError
from app.core.base.words import _, current_language, plural
from app.ui.assessments.media import QuestionMedia
from app.ui.assessments.quiz_message import QuizMessage
from app.ui.assessments.quiz_page import QuizPage, QuizStrip
from app.ui.assessments.services import QuizServices
from app.ui.assessments.sitting import Sitting
from app.ui.kit.announcing import announce
from app.ui.kit.dialogs import Question, leave_question
from app.ui.kit.screen import Desk, Screen

_PLAIN_KEYS = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier


class QuizScreen(Screen[QuizServices]):
    """Opens the attempt that is open, or starts one. Leaving keeps it."""

    topics = frozenset({"attempt_unlock", "attempt_extension", "extra_time"})
    scrolls = False

    def __init__(self, desk: Desk[QuizServices]) -> None:
        super().__init__(desk, title=_("Quiz"))
        self.header.hide()
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(0)
        self._course_id: UUID | None = None
        self._lesson_id: UUID | None = None
        self.sitting: Sitting | None = None
        self._is_going = False
        self._leaves_anyway = False
        self._media = QuestionMedia(desk.services.assets.path, self)
        self._media.playing_changed.connect(lambda _sound: desk.note_activity())
        self.strip = QuizStrip(desk.theme)
        self.strip.leave.on_press(desk.back)
        self.strip.not_me.on_press(desk.sign_out)
        self.strip.person.show_person(desk.actor.name, desk.actor.number)
        self.page = QuizPage(self._media)
        self.page.hand_in_asked.connect(self._ask_to_hand_in)
        self.message = QuizMessage(desk.back)
        self._pages = QStackedWidget()
        for page in (QWidget(), self.page, self.message):
            self._pages.addWidget(page)
        outer = self.layout()
        if isinstance(outer, QBoxLayout):
            outer.insertWidget(0, self.strip)  # over the busy line, as in the player
        self.body.addWidget(self._pages, 1)

    @override
    def enter(self, **args: object) -> None:
        if self._is_going:
            return
        self._drop_sitting()
        self._course_id = cast("UUID", args["course_id"])  # the shell passes arguments untyped
        self._lesson_id = cast("UUID", args["lesson_id"])
        self._leaves_anyway = False
        self.strip.show_sitting("", None)
        self._pages.setCurrentIndex(0)

    @override
    def refresh(self) -> None:
        if self._lesson_id is None or self._is_going:
            return
        if self.sitting is not None:
            self._look_at_time()
            return
        quizzes, actor, lesson_id = self.desk.services.quizzes, self.desk.actor, self._lesson_id
        language = current_language()
        self.load(
            lambda _progress: open_or_start(quizzes, actor, lesson_id, language),
            self._begin,
            failed=lambda error: self._say(
                error.sentence, self.refresh if _may_open_later(error) else None
            ),
        )

    @override
    def may_leave(self) -> bool:
        sitting = self.sitting
        if sitting is None or self._leaves_anyway:
            return True
        if sitting.is_handing_in:
            return False
        sitting.flush()
        count = len(sitting.keeper.not_saved())
        if not count:
            return True
        lost = plural("{count} answer is not saved.", "{count} answers are not saved.", count)
        lost += " " + _("It will be lost when you leave now.")
        question = leave_question(lost, stay=_("Stay"))
        self.desk.confirm(question, lambda _reason: self._leave_anyway())
        return False

    @override
    def pause(self) -> None:
        self._media.stop()
        if self.sitting is not None:
            self.sitting.rest()

    @override
    def focus_first(self) -> None:
        if self._pages.currentWidget() is self.page:
            self.page.focus_answer()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not event.spontaneous() and self.sitting is not None:
            self._look_at_time()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if not event.spontaneous():
            self.pause()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_plain = event.modifiers() in _PLAIN_KEYS
        is_asking = self._pages.currentWidget() is self.page and self.page.isEnabled()
        if not (is_plain and is_asking and self.page.press_key(event.key())):
            super().keyPressEvent(event)

    def _begin(self, attempt: AttemptInHand) -> None:
        self._drop_sitting()
        desk = self.desk
        self._media.plays_by_itself = attempt.is_read_to
        self.strip.person.show_photo(desk.photo)
        sitting = Sitting(desk.services.quizzes, desk.actor, attempt, desk.jobs, desk.clock, self)
        self.sitting = sitting
        sitting.refused.connect(self._refused)
        sitting.time_ran_out.connect(self._time_ran_out)
        sitting.handed_in.connect(self._show_result)
        self.strip.show_sitting(attempt.title, sitting)
        self.setAccessibleName(attempt.title)
        self._pages.setCurrentWidget(self.page)
        self.page.take_sitting(sitting)
        if self.isVisible():
            sitting.go_on(attempt)

    def _ask_to_hand_in(self) -> None:
        sitting = self.sitting
        if sitting is None or sitting.is_handing_in:
            return
        sitting.flush()
        question = Question(
            title=_("Hand in the quiz?"),
            text=_what_is_open(sitting),
            yes=_("Hand in"),
            no=_("Go on answering"),
            careful=sitting.keeper.answered() < sitting.count,
        )
        self.desk.confirm(question, lambda _reason: sitting.hand_in())

    def _time_ran_out(self) -> None:
        """Take no more answers, unless the core finds that some time is left."""
        self.page.setEnabled(False)
        self._look_at_time()

    def _look_at_time(self) -> None:
        """Ask the core how much time is left: it gives back power cuts and locks."""
        sitting, lesson_id = self.sitting, self._lesson_id
        if sitting is None or lesson_id is None:
            return
        quizzes, actor = self.desk.services.quizzes, self.desk.actor
        self.load(
            lambda _progress: quizzes.open_attempt(actor, lesson_id),
            lambda attempt: self._go_on(sitting, attempt),
            failed=self._refused,
            what="time",
        )

    def _go_on(self, sitting: Sitting, attempt: AttemptInHand | None) -> None:
        if sitting is not self.sitting:
            return
        if attempt is None:
            self._show_result(sitting.attempt.attempt_id)
        elif attempt.time_left is not None and not attempt.time_left.left:
            self._end_by_time(sitting)
        elif self.isVisible():
            self.page.setEnabled(True)
            self._pages.setCurrentWidget(self.page)
            sitting.go_on(attempt)

    def _end_by_time(self, sitting: Sitting) -> None:
        self.page.setEnabled(False)
        announce(self, _("The time is up."), urgent=True)
        sitting.hand_in(whatever_is_saved=True)

    def _refused(self, error: UserFacingError) -> None:
        """Say what could not be saved; everything given stays on screen."""
        sitting = self.sitting
        if sitting is None:
            return
        if sitting.keeper.not_saved():
            self.page.card.show_trouble(error.sentence)
            announce(self, error.sentence, urgent=True)
        if not self.page.isEnabled():
            told = _("The time is up. Your answers are saved, but not handed in yet.")
            self._say(f"{told} {error.happened} {error.remedy}", self._look_at_time)
        elif not sitting.keeper.not_saved():
            self.desk.tell_error(error)

    def _say(self, sentence: str, again: Callable[[], None] | None) -> None:
        self._pages.setCurrentWidget(self.message)
        self.message.show_message(sentence, again)
        announce(self, sentence, urgent=True)

    def _show_result(self, attempt_id: UUID) -> None:
        """Leave the quiz for good: going back from the result must not start another attempt."""
        course_id = self._course_id
        self._drop_sitting()
        self._lesson_id = None
        self._is_going = True
        self.desk.back()
        self._is_going = False
        self.desk.open("result", attempt_id=attempt_id, course_id=course_id)

    def _leave_anyway(self) -> None:
        self._leaves_anyway = True
        self.desk.back()

    def _drop_sitting(self) -> None:
        self._media.stop()
        if self.sitting is not None:
            self.page.take_sitting(None)
            self.sitting.countdown.stop()
            self.sitting.deleteLater()
            self.sitting = None


def open_or_start(quizzes: Quizzes, actor: Actor, lesson_id: UUID, language: str) -> AttemptInHand:
    """Return the attempt that is open, or a fresh one in the language on screen. Raises MayNotStart."""
    return quizzes.open_attempt(actor, lesson_id) or quizzes.start(actor, lesson_id, language)


def _may_open_later(error: UserFacingError) -> bool:
    """Tell whether the clock or a supervisor may open what is shut; nothing opens a passed quiz."""
    if not isinstance(error, MayNotStart):
        return True
    return error.decision.reason is not StartReason.ALREADY_PASSED


def _what_is_open(sitting: Sitting) -> str:
    """Return what has no answer yet and what is flagged, before it is handed in."""
    missing = sitting.count - sitting.keeper.answered()
    parts = [
        plural("{count} question is not answered.", "{count} questions are not answered.", missing)
        if missing
        else _("All questions are answered.")
    ]
    if sitting.flagged:
        count = len(sitting.flagged)
        parts.append(
            plural("{count} question is flagged.", "{count} questions are flagged.", count)
        )
    parts.append(_("Nothing can be changed afterwards."))
    return " ".join(parts)
