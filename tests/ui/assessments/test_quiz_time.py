"""The time of an attempt: told, warned of, given back, and up."""

from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.core.assessments.types import QuizSettings, Typed
from app.core.base.actor import Actor
from app.core.journal import Site
from app.ui.assessments.countdown import TimeChip
from app.ui.kit.jobs import JobRunner
from tests.support.clock import TurnedClock
from tests.ui.assessments.at_the_quiz import press, refusing, sitting_of, timed
from tests.ui.assessments.conftest import OpenQuiz, QuizDesk
from tests.ui.assessments.quizzes import QuizServices, a_course, a_question


def test_time_behind_a_lock_is_given_back(
    open_quiz: OpenQuiz, services: QuizServices, asha: Actor, jobs: JobRunner, clock: TurnedClock
) -> None:
    course = a_course(
        services,
        [("", [a_question("choice_one")], None)],
        QuizSettings(time_limit_seconds=600),
    )
    screen = open_quiz(course)
    screen.hide()
    assert jobs.wait_idle()
    clock.turn(timedelta(hours=2))
    screen.show()
    assert jobs.wait_idle()
    assert sitting_of(screen).countdown.seconds() == 600


def test_the_time_left_warns_by_word(
    open_quiz: OpenQuiz, services: QuizServices, asha: Actor, clock: TurnedClock
) -> None:
    screen = open_quiz(timed(services, asha))
    chip = screen.strip.findChildren(TimeChip)[-1]
    told = [chip.text()]
    for seconds in (301, 241):
        clock.turn(timedelta(seconds=seconds))
        sitting_of(screen).countdown.tick()
        told.append(chip.text())
    assert told == ["10:00 left", "04:59 left, under 5 min", "00:58 left, under 1 min"]


def test_nobody_gains_time_by_setting_the_clock_back(
    open_quiz: OpenQuiz, services: QuizServices, asha: Actor, clock: TurnedClock
) -> None:
    screen = open_quiz(timed(services, asha))
    clock.turn(timedelta(seconds=60))
    clock.set_wall(clock.now() - timedelta(days=1))
    assert sitting_of(screen).countdown.seconds() == 540


def test_when_the_time_is_up_it_is_handed_in_with_what_was_typed(
    open_quiz: OpenQuiz,
    services: QuizServices,
    asha: Actor,
    clock: TurnedClock,
    desk: QuizDesk,
    qtbot: QtBot,
    jobs: JobRunner,
) -> None:
    course = timed(services, asha)
    screen = open_quiz(course)
    press(screen, Qt.Key.Key_Return)
    QTest.keyClicks(QApplication.focusWidget(), "live")
    clock.turn(timedelta(seconds=600))
    qtbot.waitUntil(lambda: len(desk.opened) == 1)
    assert jobs.wait_idle()
    outcome = services.quizzes.outcome(asha, desk.opened[0][1]["attempt_id"])  # type: ignore[arg-type]  # as opened
    assert outcome.ended_by == "time"
    assert outcome.questions[1].response == Typed(text="live")


def test_when_the_time_is_up_and_the_disk_refuses_it_is_tried_again_on_demand(
    open_quiz: OpenQuiz,
    services: QuizServices,
    asha: Actor,
    clock: TurnedClock,
    desk: QuizDesk,
    qtbot: QtBot,
    jobs: JobRunner,
    site: Site,
) -> None:
    screen = open_quiz(timed(services, asha))
    with refusing(site):
        clock.turn(timedelta(seconds=600))
        qtbot.waitUntil(screen.message.again.isVisible)
        assert desk.opened == []
    screen.message.again.click()
    assert jobs.wait_idle()
    assert [key for key, _args in desk.opened] == ["result"]


def test_what_is_answered_too_late_leads_to_the_result(
    open_quiz: OpenQuiz,
    services: QuizServices,
    asha: Actor,
    clock: TurnedClock,
    desk: QuizDesk,
    jobs: JobRunner,
) -> None:
    screen = open_quiz(timed(services, asha))
    sitting_of(screen).countdown.stop()
    clock.turn(timedelta(seconds=900))
    press(screen, Qt.Key.Key_1)
    assert jobs.wait_idle()
    assert [key for key, _args in desk.opened] == ["result"]


def test_the_seat_is_kept(
    open_quiz: OpenQuiz, services: QuizServices, asha: Actor, clock: TurnedClock, jobs: JobRunner
) -> None:
    course = a_course(
        services, [("", [a_question("choice_one")], None)], QuizSettings(time_limit_seconds=600)
    )
    screen = open_quiz(course)
    for _beat in range(6):
        clock.turn(timedelta(seconds=10))
        sitting_of(screen).keep_seat()
        assert jobs.wait_idle()
    attempt = services.quizzes.open_attempt(asha, course.lesson_id)
    assert attempt is not None
    assert attempt.time_left is not None
    assert attempt.time_left.left == timedelta(seconds=540)
