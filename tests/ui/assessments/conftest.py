"""A learner before a quiz: a real site, a real course, the screens in a window of their own."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication
from pytestqt.qtbot import QtBot

from app.core.assessments.types import QuizSettings
from app.core.base.actor import Actor
from app.core.journal import Site
from app.ui.assessments.media import QuestionMedia
from app.ui.assessments.quiz_screen import QuizScreen
from app.ui.assessments.result_screen import ResultScreen
from app.ui.kit.jobs import JobRunner
from app.ui.kit.theme import Theme
from tests.support.clock import TurnedClock
from tests.support.desk import WrittenDesk
from tests.support.sites import empty_database, open_site
from tests.support.teaching import a_learner
from tests.ui.assessments.quizzes import Course, QuizServices, a_course, a_question, services_on

QuizDesk = WrittenDesk[QuizServices]
OpenQuiz = Callable[[Course], QuizScreen]


@pytest.fixture
def site(tmp_path: Path, clock: TurnedClock) -> Iterator[Site]:
    made = open_site(empty_database(tmp_path), clock)
    yield made
    made.close()


@pytest.fixture
def services(site: Site, tmp_path: Path) -> QuizServices:
    return services_on(site, tmp_path)


@pytest.fixture
def asha(site: Site) -> Actor:
    return a_learner(site)


@pytest.fixture
def media(qapp: object, services: QuizServices) -> Iterator[QuestionMedia]:
    made = QuestionMedia(services.assets.path)
    yield made
    made.deleteLater()


@pytest.fixture
def desk(
    services: QuizServices, asha: Actor, jobs: JobRunner, theme: Theme, clock: TurnedClock
) -> QuizDesk:
    return WrittenDesk(services, asha, jobs, theme, clock)


@pytest.fixture
def course(services: QuizServices, asha: Actor) -> Course:
    """A quiz of three questions: one choice, a word, true or false."""
    kinds = ("choice_one", "short_text", "true_false")
    made = a_course(
        services,
        [("", [a_question(kind) for kind in kinds], None)],
        QuizSettings(shuffle_questions=False, shuffle_options=False),
    )
    services.learning.begin(asha, made.course_id)
    return made


@pytest.fixture
def open_quiz(qtbot: QtBot, desk: QuizDesk, jobs: JobRunner) -> Iterator[OpenQuiz]:
    """Open the quiz of a course in a window of its own and wait until it stands there."""
    opened: list[QuizScreen] = []

    def open_it(course: Course) -> QuizScreen:
        screen = QuizScreen(desk)
        opened.append(screen)
        screen.resize(1366, 768)
        qtbot.addWidget(screen)
        with qtbot.waitExposed(screen):
            screen.show()
        screen.activateWindow()
        screen.arrive(course_id=course.course_id, lesson_id=course.lesson_id)
        assert jobs.wait_idle()
        QCoreApplication.sendPostedEvents()
        return screen

    yield open_it
    assert jobs.wait_idle()


@pytest.fixture
def open_result(
    qtbot: QtBot, desk: QuizDesk, jobs: JobRunner
) -> Iterator[Callable[..., ResultScreen]]:
    """Open the result of an attempt."""
    opened: list[ResultScreen] = []

    def open_it(**args: object) -> ResultScreen:
        screen = ResultScreen(desk)
        opened.append(screen)
        screen.resize(1134, 700)
        qtbot.addWidget(screen)
        with qtbot.waitExposed(screen):
            screen.show()
        screen.activateWindow()
        screen.arrive(**args)
        assert jobs.wait_idle()
        QCoreApplication.sendPostedEvents()
        return screen

    yield open_it
    assert jobs.wait_idle()
