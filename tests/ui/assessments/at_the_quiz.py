"""What tests do at a quiz: press keys, hold up the disk, look into the records."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.core.assessments.types import QuizSettings, Response
from app.core.base.actor import Actor
from app.core.journal import Site
from app.core.storage.writer import Writer
from app.ui.assessments.answer_keeper import Keeping
from app.ui.assessments.quiz_screen import QuizScreen
from app.ui.assessments.sitting import Sitting
from app.ui.kit.jobs import JobRunner
from tests.ui.assessments.quizzes import Course, QuizServices, a_course, a_question


def sitting_of(screen: QuizScreen) -> Sitting:
    assert screen.sitting is not None
    return screen.sitting


def press(screen: QuizScreen, *keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(QApplication.focusWidget() or screen, key)


def stored(services: QuizServices, asha: Actor, course: Course) -> list[Response | None]:
    attempt = services.quizzes.open_attempt(asha, course.lesson_id)
    assert attempt is not None
    return [one.response for one in attempt.questions]


def standings(screen: QuizScreen) -> list[Keeping]:
    return [spot.standing for spot in sitting_of(screen).spots()]


@contextmanager
def held(jobs: JobRunner) -> Iterator[None]:
    """Keep everything for the disk waiting."""
    gate = threading.Event()
    jobs.run(lambda _progress: gate.wait(20), owner=jobs)
    try:
        yield
    finally:
        gate.set()


@contextmanager
def refusing(site: Site) -> Iterator[None]:
    """Let the database refuse every change."""
    _set_query_only(site, "ON")
    try:
        yield
    finally:
        _set_query_only(site, "OFF")


def _set_query_only(site: Site, value: str) -> None:
    writer = site.database._writer
    assert isinstance(writer, Writer)
    writer.connection.connection.cursor().execute(f"PRAGMA query_only={value}")


def timed(services: QuizServices, asha: Actor, seconds: int = 600) -> Course:
    course = a_course(
        services,
        [("", [a_question("choice_one"), a_question("short_text")], None)],
        QuizSettings(
            shuffle_questions=False,
            shuffle_options=False,
            time_limit_seconds=seconds,
            grace_seconds=30,
            outages_excluded=False,
        ),
    )
    services.learning.begin(asha, course.course_id)
    return course
