"""Taking a quiz: saved before it says so, in order, through locks, full disks and power cuts."""

from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.core.assessments.models import AttemptRow
from app.core.assessments.types import Chosen, QuizSettings, Typed
from app.core.base.actor import Actor
from app.core.base.words import use_language
from app.core.journal import Site
from app.ui.assessments.answer_keeper import Keeping
from app.ui.assessments.question_types.option_cards import OptionCard
from app.ui.assessments.rich_view import RichView
from app.ui.kit.focus import tab_stops
from app.ui.kit.jobs import JobRunner
from app.ui.kit.labels import PlainLabel
from app.ui.kit.theme import Theme
from tests.support.accessibility import nameless, unreachable
from tests.support.teaching import ACTOR
from tests.ui.assessments.at_the_quiz import held, press, refusing, sitting_of, standings, stored
from tests.ui.assessments.conftest import OpenQuiz, QuizDesk
from tests.ui.assessments.quizzes import (
    Course,
    QuizServices,
    a_course,
    a_question,
    services_on,
)


def test_an_attempt_is_started_and_stands_at_its_first_question(
    open_quiz: OpenQuiz, course: Course, services: QuizServices, asha: Actor
) -> None:
    screen = open_quiz(course)
    assert screen.page.card.number() == "Question 1 of 3"
    assert stored(services, asha, course) == [None, None, None]


def test_who_takes_the_quiz_is_always_on_screen(open_quiz: OpenQuiz, course: Course) -> None:
    screen = open_quiz(course)
    words = [label.text() for label in screen.strip.findChildren(PlainLabel) if label.isVisible()]
    assert {"Asha Kulkarni", "E-10442", "Final quiz"} <= set(words)


def test_a_whole_quiz_by_keyboard(
    open_quiz: OpenQuiz,
    course: Course,
    services: QuizServices,
    asha: Actor,
    desk: QuizDesk,
    jobs: JobRunner,
) -> None:
    screen = open_quiz(course)
    press(screen, Qt.Key.Key_2, Qt.Key.Key_Return)
    assert screen.page.card.number() == "Question 2 of 3"
    QTest.keyClicks(QApplication.focusWidget(), "find 1 live")
    press(screen, Qt.Key.Key_Return)
    press(screen, Qt.Key.Key_F, Qt.Key.Key_2, Qt.Key.Key_Return)
    assert QApplication.focusWidget() is screen.page.hand_in
    assert jobs.wait_idle()
    assert stored(services, asha, course) == [
        Chosen(keys=("b",)),
        Typed(text="find 1 live"),
        Chosen(keys=("false",)),
    ]
    attempt_id = sitting_of(screen).attempt.attempt_id
    press(screen, Qt.Key.Key_Return)
    assert jobs.wait_idle()
    assert "All questions are answered. 1 question is flagged." in desk.questions[0].text
    assert not desk.questions[0].careful
    assert desk.opened == [("result", {"attempt_id": attempt_id, "course_id": course.course_id})]
    assert services.quizzes.outcome(asha, attempt_id).ended_by == "learner"


def test_the_tick_comes_only_after_the_answer_is_on_disk(
    open_quiz: OpenQuiz, course: Course, jobs: JobRunner, services: QuizServices, asha: Actor
) -> None:
    screen = open_quiz(course)
    with held(jobs):
        press(screen, Qt.Key.Key_1)
        assert screen.page.card.saved.text() == "Saving…"
        assert standings(screen)[0] is Keeping.SAVING
    assert jobs.wait_idle()
    assert screen.page.card.saved.text() == "Saved"
    assert stored(services, asha, course)[0] == Chosen(keys=("a",))


def test_of_two_answers_on_their_way_the_later_stays(
    open_quiz: OpenQuiz, course: Course, jobs: JobRunner, services: QuizServices, asha: Actor
) -> None:
    screen = open_quiz(course)
    with held(jobs):
        press(screen, Qt.Key.Key_1, Qt.Key.Key_3, Qt.Key.Key_2)
    assert jobs.wait_idle()
    assert standings(screen)[0] is Keeping.SAVED
    assert stored(services, asha, course)[0] == Chosen(keys=("b",))


def test_what_is_typed_is_not_saved_letter_by_letter(
    open_quiz: OpenQuiz,
    course: Course,
    jobs: JobRunner,
    services: QuizServices,
    asha: Actor,
    qtbot: QtBot,
) -> None:
    screen = open_quiz(course)
    press(screen, Qt.Key.Key_Return)
    assert jobs.wait_idle()
    with held(jobs):
        QTest.keyClicks(QApplication.focusWidget(), "live")
        assert sitting_of(screen).keeper.response(course.pool[1]) is None
        assert screen.page.card.saved.text() == "Saving…"
    qtbot.waitUntil(lambda: screen.page.card.saved.text() == "Saved")
    assert stored(services, asha, course)[1] == Typed(text="live")


def test_an_answer_that_is_taken_back_counts_as_none(
    open_quiz: OpenQuiz, course: Course, jobs: JobRunner
) -> None:
    screen = open_quiz(course)
    press(screen, Qt.Key.Key_Return)
    QTest.keyClicks(QApplication.focusWidget(), "x")
    sitting_of(screen).flush()
    press(screen, Qt.Key.Key_Backspace)
    sitting_of(screen).flush()
    assert jobs.wait_idle()
    assert standings(screen)[1] is Keeping.SILENT
    assert sitting_of(screen).keeper.answered() == 0


def test_what_the_disk_refuses_stays_on_screen_and_is_saved_on_demand(
    open_quiz: OpenQuiz,
    course: Course,
    jobs: JobRunner,
    site: Site,
    services: QuizServices,
    asha: Actor,
) -> None:
    screen = open_quiz(course)
    with refusing(site):
        press(screen, Qt.Key.Key_2)
        assert jobs.wait_idle()
        assert screen.page.card.saved.text() == "Not saved"
        assert screen.page.card.trouble.isVisible()
        assert "cannot be written" in screen.page.card.trouble.text()
        press(screen, Qt.Key.Key_Return)
        screen.page.back.click()
        assert jobs.wait_idle()
        view = screen.page.card.view
        assert view is not None
        assert view.response() == Chosen(keys=("b",))
    screen.page.card.save_asked.emit()
    assert jobs.wait_idle()
    assert screen.page.card.saved.text() == "Saved"
    assert not screen.page.card.trouble.isVisible()
    assert stored(services, asha, course)[0] == Chosen(keys=("b",))


def test_leaving_with_an_unsaved_answer_asks_first(
    open_quiz: OpenQuiz, course: Course, jobs: JobRunner, site: Site, desk: QuizDesk
) -> None:
    screen = open_quiz(course)
    assert screen.may_leave()
    with refusing(site):
        press(screen, Qt.Key.Key_2)
        assert jobs.wait_idle()
        assert not screen.may_leave()
        assert "1 answer is not saved." in desk.questions[0].text
        assert desk.steps_back == 1


def test_nothing_is_handed_in_while_an_answer_is_not_saved(
    open_quiz: OpenQuiz,
    course: Course,
    jobs: JobRunner,
    site: Site,
    desk: QuizDesk,
    services: QuizServices,
    asha: Actor,
) -> None:
    screen = open_quiz(course)
    with refusing(site):
        press(screen, Qt.Key.Key_2)
        screen.page.map.hand_in.click()
        assert jobs.wait_idle()
    assert desk.opened == []
    screen.page.map.hand_in.click()
    assert jobs.wait_idle()
    ((_key, args),) = desk.opened
    outcome = services.quizzes.outcome(asha, args["attempt_id"])  # type: ignore[arg-type]  # as opened
    assert outcome.questions[0].response == Chosen(keys=("b",))


def test_after_a_power_cut_it_goes_on_where_it_was(
    open_quiz: OpenQuiz,
    course: Course,
    jobs: JobRunner,
    site: Site,
    tmp_path: Path,
    desk: QuizDesk,
    qtbot: QtBot,
) -> None:
    screen = open_quiz(course)
    press(screen, Qt.Key.Key_4, Qt.Key.Key_Return)
    screen.page.toggle_flag()
    assert jobs.wait_idle()
    desk.services = services_on(site, tmp_path)
    again = open_quiz(course)
    assert again.page.card.number() == "Question 2 of 3"
    spots = sitting_of(again).spots()
    assert [spot.is_flagged for spot in spots] == [False, True, False]
    assert next(spot.standing for spot in spots) is Keeping.SAVED
    again.page.back.click()
    view = again.page.card.view
    assert view is not None
    assert view.response() == Chosen(keys=("d",))
    assert sitting_of(again).attempt.number == 1
    assert jobs.wait_idle()


def test_locking_saves_what_was_typed(
    open_quiz: OpenQuiz, course: Course, jobs: JobRunner, services: QuizServices, asha: Actor
) -> None:
    screen = open_quiz(course)
    press(screen, Qt.Key.Key_Return)
    QTest.keyClicks(QApplication.focusWidget(), "live")
    screen.pause()
    assert jobs.wait_idle()
    assert stored(services, asha, course)[1] == Typed(text="live")


def test_who_may_not_start_is_told_why(
    open_quiz: OpenQuiz, course: Course, services: QuizServices, asha: Actor, desk: QuizDesk
) -> None:
    attempt = services.quizzes.start(asha, course.lesson_id)
    for asked, response in zip(
        attempt.questions,
        (Chosen(keys=("b",)), Typed(text="live"), Chosen(keys=("false",))),
        strict=True,
    ):
        services.quizzes.answer(asha, attempt.attempt_id, asked.question_id, response)
    services.quizzes.submit(asha, attempt.attempt_id)
    screen = open_quiz(course)
    assert screen.message.isVisible()
    assert "You have passed this quiz." in screen.message.accessibleName()
    assert screen.sitting is None
    screen.message.back.click()
    assert desk.steps_back == 1


def test_who_is_given_an_attempt_goes_on_from_where_they_are(
    open_quiz: OpenQuiz, services: QuizServices, asha: Actor, jobs: JobRunner
) -> None:
    questions = [a_question("choice_one")]
    course = a_course(services, [("", questions, None)], QuizSettings(max_attempts=1))
    services.learning.begin(asha, course.course_id)
    attempt = services.quizzes.start(asha, course.lesson_id)
    services.quizzes.submit(asha, attempt.attempt_id)
    screen = open_quiz(course)
    assert "All attempts are used." in screen.message.accessibleName()

    screen.message.again.click()
    assert jobs.wait_idle()
    assert screen.sitting is None
    assert asha.person_id is not None
    services.quizzes.supervision.give_attempt(
        ACTOR, asha.person_id, course.lesson_id, reason="The PC was slow"
    )
    screen.message.again.click()
    assert jobs.wait_idle()

    assert sitting_of(screen).attempt.number == 2


def test_going_back_from_the_result_starts_no_other_attempt(
    open_quiz: OpenQuiz,
    course: Course,
    services: QuizServices,
    asha: Actor,
    desk: QuizDesk,
    jobs: JobRunner,
) -> None:
    screen = open_quiz(course)
    screen.page.map.hand_in.click()
    assert jobs.wait_idle()
    assert "3 questions are not answered." in desk.questions[0].text
    assert desk.questions[0].careful
    assert desk.steps_back == 1, "the quiz takes itself out of the way back"
    screen.refresh()
    assert jobs.wait_idle()
    assert services.quizzes.open_attempt(asha, course.lesson_id) is None


def test_the_map_leads_to_a_question_and_says_how_each_stands(
    open_quiz: OpenQuiz, course: Course, jobs: JobRunner
) -> None:
    screen = open_quiz(course)
    press(screen, Qt.Key.Key_1)
    assert jobs.wait_idle()
    screen.page.toggle_flag()
    cells = screen.page.map.cells()
    assert cells[0].accessibleName() == "Question 1, answered, flagged, current"
    cells[2].click()
    assert screen.page.card.number() == "Question 3 of 3"
    assert cells[1].accessibleName() == "Question 2, not answered"
    assert screen.page.hand_in.isVisible()
    assert not screen.page.next.isVisible()
    assert jobs.wait_idle()


@pytest.mark.parametrize("size", [(1366, 768), (1093, 614)])
def test_every_control_has_a_name_and_nothing_is_cut_off(
    open_quiz: OpenQuiz, course: Course, size: tuple[int, int]
) -> None:
    screen = open_quiz(course)
    screen.resize(*size)
    assert nameless(screen) == []
    assert unreachable(screen) == []
    least = screen.minimumSizeHint()
    assert (least.width() <= size[0], least.height() <= size[1]) == (True, True)
    foot: list[QWidget] = [screen.page.flag, screen.page.back, screen.page.next]
    assert all(screen.rect().contains(one.mapTo(screen, one.rect().center())) for one in foot)


def test_it_is_asked_in_the_language_on_screen(
    open_quiz: OpenQuiz, course: Course, site: Site
) -> None:
    use_language("hi")
    attempt_id = sitting_of(open_quiz(course)).attempt.attempt_id
    with site.read() as session:
        assert session.get_one(AttemptRow, attempt_id).language == "hi"


def test_tab_leads_from_the_answer_to_the_foot(
    open_quiz: OpenQuiz, course: Course, qtbot: QtBot
) -> None:
    page = open_quiz(course).page
    page.focus_answer()

    def follows() -> bool:
        stops = tab_stops(page)
        own = tab_stops(page.card.view) if page.card.view is not None else []
        return bool(own) and stops[stops.index(own[-1]) + 1] is page.flag

    qtbot.waitUntil(follows)


def test_the_keys_told_are_those_that_mean_something_at_the_question(
    open_quiz: OpenQuiz, course: Course
) -> None:
    screen = open_quiz(course)
    assert "1–9" in screen.page.keys.text()
    press(screen, Qt.Key.Key_Return)
    assert screen.page.keys.text() == "Keys: Enter next"


def test_not_you_is_one_press_away_during_a_quiz(
    open_quiz: OpenQuiz, course: Course, desk: QuizDesk
) -> None:
    screen = open_quiz(course)
    screen.strip.not_me.click()
    assert desk.sign_outs == 1


def test_an_enlarged_option_keeps_its_letter_clear_of_its_words(
    open_quiz: OpenQuiz, course: Course, theme: Theme
) -> None:
    screen = open_quiz(course)
    theme.set_zoom(1.5)
    QCoreApplication.processEvents()
    (card, *_others) = screen.page.findChildren(OptionCard)
    words = card.findChild(RichView)
    assert words is not None
    assert words.x() >= theme.px(12 + 32)
