"""The learner's part of the tour: be in each lesson as long as it takes, answer, confirm."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from app.bootstrap.demo_logins import PIN
from app.bootstrap.demo_tour.driver import Driver
from app.core.assessments import best_response
from app.ui.assessments.quiz_screen import QuizScreen
from app.ui.assessments.result_screen import ResultScreen
from app.ui.learning.lesson_views.acknowledgement_view import AcknowledgementView
from app.ui.learning.lesson_views.document_view import DocumentView
from app.ui.learning.lesson_views.page_view import PageView
from app.ui.learning.lesson_views.quiz_view import QuizView
from app.ui.learning.lesson_views.recording_view import RecordingView
from app.ui.learning.player_screen import PlayerScreen

_PAGE_END = 1000
_FAST = 2.0
_LONG = 180
_MOST_LESSONS = 30


def go_through_course(driver: Driver, shots: list[str]) -> None:
    """Take every lesson that is open, until the course is complete."""
    for _turn in range(_MOST_LESSONS):
        player = driver.screen(PlayerScreen)
        driver.rest()
        view = player.view
        if (
            view is None
            or player.sitting.hand is None
            or player.sitting.hand.completed_at is not None
        ):
            return
        kind = view.lesson.plan.kind if view.lesson else ""
        _WAYS.get(type(view), _wait)(driver, player, view)
        if kind and f"lesson-{kind}" not in [shot.removesuffix(".png") for shot in shots]:
            shots.append(driver.shot(f"lesson-{kind}"))
        if player.view is view:  # a quiz leads on by itself
            _go_on(driver, player)


def _go_on(driver: Driver, player: PlayerScreen) -> None:
    if player.sitting.hand is not None and player.sitting.hand.completed_at is not None:
        return
    before = player.view
    forward = player.stage.next_button
    driver.until(
        lambda: forward.isEnabled() or player.sitting.hand is None, "the next lesson to open", _LONG
    )
    forward.click()
    driver.until(lambda: player.view is not before, "the next lesson")


def _watch(driver: Driver, player: PlayerScreen, view: QWidget) -> None:
    assert isinstance(view, RecordingView)  # noqa: S101  the table below sees to it
    view.media.manner.set_speed(_FAST)
    view.media.play()
    _wait(driver, player, view)


def _leaf(driver: Driver, player: PlayerScreen, view: QWidget) -> None:
    assert isinstance(view, DocumentView)  # noqa: S101  likewise
    driver.until(lambda: view.page_count() > 0, "the document")
    for page in range(1, view.page_count() + 1):
        view.pages.turn_to(page)
        driver.until(partial(_is_read, player, view, page), f"page {page} to be read")
    _wait(driver, player, view)


def _is_read(player: PlayerScreen, view: DocumentView, page: int) -> bool:
    return _done(player) or str(page) in view.state().get("pages", {})


def _read(driver: Driver, player: PlayerScreen, view: QWidget) -> None:
    assert isinstance(view, PageView)  # noqa: S101  likewise
    driver.until(lambda: view.is_placed, "the page")
    view.browser.go_to(_PAGE_END)
    _wait(driver, player, view)


def _confirm(driver: Driver, player: PlayerScreen, view: QWidget) -> None:
    assert isinstance(view, AcknowledgementView)  # noqa: S101  likewise
    view.understood.set_value(checked=True)
    view.understood.edited.emit()
    view.secret.set_value(PIN)
    view.secret.edited.emit()
    driver.press(view.sign_button.text(), view)
    _wait(driver, player, view)


def _take_quiz(driver: Driver, _player: PlayerScreen, view: QWidget) -> None:
    assert isinstance(view, QuizView)  # noqa: S101  likewise
    driver.until(
        lambda: view.start_button.isEnabled() and view.start_button.isVisible(), "the quiz"
    )
    view.start_button.click()
    quiz = driver.screen(QuizScreen)
    driver.until(lambda: quiz.page.card.view, "the first question")
    driver.shot("quiz")
    while True:
        question = driver.until(lambda: quiz.page.card.view, "a question")
        question.answer.show_response(best_response(question.asked.question))
        question.answer.changed.emit()
        driver.rest()
        if not quiz.page.next.isVisible():
            break
        quiz.page.step(1)
    quiz.page.hand_in.click()
    driver.answer("Hand in")
    driver.screen(ResultScreen)
    driver.shot("result")
    driver.press("Continue")
    driver.screen(PlayerScreen)


def _wait(driver: Driver, player: PlayerScreen, view: QWidget) -> None:  # noqa: ARG001  one form for all
    driver.until(lambda: _done(player), "the lesson to be done", _LONG)


def _done(player: PlayerScreen) -> bool:
    view = player.view
    return view is None or view.lesson is None or view.lesson.is_done


_WAYS: dict[type[QWidget], Callable[[Driver, PlayerScreen, QWidget], None]] = {
    RecordingView: _watch,
    DocumentView: _leaf,
    PageView: _read,
    AcknowledgementView: _confirm,
    QuizView: _take_quiz,
}
