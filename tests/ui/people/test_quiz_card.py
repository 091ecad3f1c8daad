"""A person's quizzes on their screen: what a supervisor sees and gives, and who sees nothing."""

from dataclasses import replace
from uuid import UUID

import pytest
from PySide6.QtWidgets import QWidget

from app.core.assessments import StartReason
from app.core.assessments.types import QuizSettings
from app.core.base.actor import Actor
from app.core.courses import Outline
from app.core.people import ROLES, RoleName
from app.services import Services
from app.ui.kit.buttons import Button
from app.ui.kit.forms.fields import NumberField
from app.ui.kit.forms.text_fields import TextAreaField
from app.ui.kit.jobs import JobRunner
from app.ui.kit.labels import PlainLabel
from app.ui.kit.theme import Theme
from app.ui.people.person_screen import PersonScreen
from tests.support.clock import TurnedClock
from tests.support.desk import WrittenDesk
from tests.support.teaching import a_quiz_lesson, published
from tests.ui.reports.opened import (
    administrator,
    auditor,
    check_usable,
    put,
    settle,
    somebody,
)

Desk = WrittenDesk[Services]
TRAINER = next(role for role in ROLES if role.name is RoleName.TRAINER)


@pytest.fixture
def desk(services: Services, jobs: JobRunner, theme: Theme, clock: TurnedClock) -> Desk:
    return WrittenDesk(services, administrator(), jobs, theme, clock)


def a_quiz(services: Services, who: Actor, settings: QuizSettings, title: str = "Quiz") -> UUID:
    """Let somebody begin a course of one quiz; return the lesson."""
    site = services.open_site.site
    lesson = a_quiz_lesson(site, [True, False, True], settings)
    outline = Outline(title=f"Lockout and tagout: {title}", lessons=(lesson,))
    course = published(site, outline, code=title.upper())
    return services.learning.begin(who, course).lessons[0].lesson_id


def fail(services: Services, who: Actor, lesson: UUID) -> None:
    """Hand in an empty paper."""
    attempt = services.quizzes.start(who, lesson)
    services.quizzes.submit(who, attempt.attempt_id)


def press(widget: QWidget, words: str) -> None:
    """Press the button of these words."""
    found = [one for one in widget.findChildren(Button) if one.text() == words and one.isVisible()]
    assert len(found) == 1, [one.text() for one in widget.findChildren(Button)]
    found[0].click()


def give(screen: PersonScreen, jobs: JobRunner, reason: str) -> None:
    """Fill in the reason and press Give."""
    sheet = screen.quizzes.sheet
    assert sheet is not None
    (field,) = sheet.findChildren(TextAreaField)
    field.set_value(reason)
    sheet.save_button.click()
    settle(jobs)


def words(widget: QWidget) -> str:
    """Return everything that can be read on a widget."""
    return " | ".join(label.text() for label in widget.findChildren(PlainLabel))


def test_a_further_attempt_is_given_for_a_reason(
    desk: Desk, services: Services, asha: Actor, window: QWidget, jobs: JobRunner
) -> None:
    lesson = a_quiz(services, asha, QuizSettings(max_attempts=1))
    fail(services, asha, lesson)
    screen = PersonScreen(desk)
    put(screen, window, jobs, person_id=asha.person_id)
    check_usable(screen)

    press(screen.quizzes, "Further attempt")
    assert screen.quizzes.sheet is not None
    assert asha.person_id is not None
    (quiz,) = services.quizzes.supervision.of(desk.actor, asha.person_id).quizzes
    assert f"{quiz.course} · {quiz.title}" in words(screen.quizzes.sheet)
    give(screen, jobs, "")
    assert services.quizzes.may_start(asha, lesson).reason is StartReason.ATTEMPTS_USED_UP
    give(screen, jobs, "The PC was slow")

    assert services.quizzes.may_start(asha, lesson).allowed
    assert desk.toasts == ["Recorded. It holds at once."]
    told = words(screen.quizzes)
    assert "Further attempt" in told
    assert "Meera Iyer" in told
    assert "The PC was slow" in told


def test_waiting_is_ended(
    desk: Desk, services: Services, asha: Actor, window: QWidget, jobs: JobRunner
) -> None:
    lesson = a_quiz(services, asha, QuizSettings(cool_off_seconds=(3600,)))
    fail(services, asha, lesson)
    screen = PersonScreen(desk)
    put(screen, window, jobs, person_id=asha.person_id)

    press(screen.quizzes, "End the waiting")
    give(screen, jobs, "The line is waiting")

    assert services.quizzes.may_start(asha, lesson).allowed


def test_time_is_given_to_an_attempt_and_to_a_person(
    desk: Desk, services: Services, asha: Actor, window: QWidget, jobs: JobRunner
) -> None:
    lesson = a_quiz(services, asha, QuizSettings(time_limit_seconds=600))
    services.quizzes.start(asha, lesson)
    screen = PersonScreen(desk)
    put(screen, window, jobs, person_id=asha.person_id)

    press(screen.quizzes, "More time")
    sheet = screen.quizzes.sheet
    assert sheet is not None
    check_names(sheet)
    give(screen, jobs, "Fire drill")
    press(screen.quizzes, "Give extra time")
    give(screen, jobs, "Reads slowly")

    attempt = services.quizzes.open_attempt(asha, lesson)
    assert attempt is not None
    assert attempt.time_left is not None
    assert attempt.time_left.left.total_seconds() == 600 + 600 + 150
    assert "Extra time: 25% of the time limit" in words(screen.quizzes)
    press(screen.quizzes, "End extra time")
    give(screen, jobs, "No longer needed")
    assert services.quizzes.time_limit(asha, lesson) == 600


def check_names(sheet: QWidget) -> None:
    """Fail for a number field without a label."""
    assert all(field.label for field in sheet.findChildren(NumberField))


def test_what_the_core_refuses_is_said_in_the_sheet(
    desk: Desk, services: Services, asha: Actor, window: QWidget, jobs: JobRunner
) -> None:
    lesson = a_quiz(services, asha, QuizSettings(max_attempts=1))
    fail(services, asha, lesson)
    screen = PersonScreen(desk)
    put(screen, window, jobs, person_id=asha.person_id)
    press(screen.quizzes, "Give extra time")
    sheet = screen.quizzes.sheet
    assert sheet is not None
    for field in sheet.findChildren(NumberField):
        field.set_value(0)

    give(screen, jobs, "Nothing at all")

    assert "This is not a time that can be given." in words(sheet)
    assert desk.toasts == []


def test_the_sheet_can_be_opened_a_second_time(
    desk: Desk, services: Services, asha: Actor, window: QWidget, jobs: JobRunner
) -> None:
    lesson = a_quiz(services, asha, QuizSettings(max_attempts=1))
    fail(services, asha, lesson)
    screen = PersonScreen(desk)
    put(screen, window, jobs, person_id=asha.person_id)
    press(screen.quizzes, "Further attempt")
    assert screen.quizzes.sheet is not None
    screen.quizzes.sheet.dismiss()
    settle(jobs)

    press(screen.quizzes, "Further attempt")
    give(screen, jobs, "The PC was slow")

    assert services.quizzes.may_start(asha, lesson).allowed


def test_a_trainer_who_manages_nobody_gives_all_the_same(
    desk: Desk, services: Services, asha: Actor, window: QWidget, jobs: JobRunner
) -> None:
    lesson = a_quiz(services, asha, QuizSettings(max_attempts=1))
    fail(services, asha, lesson)
    desk.actor = somebody("Ravi Iyer", *TRAINER.capabilities)
    screen = PersonScreen(desk)
    put(screen, window, jobs, person_id=asha.person_id)
    assert not screen.edit_button.isVisible()
    assert not screen.leave_button.isVisible()

    press(screen.quizzes, "Further attempt")
    give(screen, jobs, "The PC was slow")

    assert services.quizzes.may_start(asha, lesson).allowed


def test_nobody_gives_anything_to_themselves(
    desk: Desk, services: Services, asha: Actor, window: QWidget, jobs: JobRunner
) -> None:
    lesson = a_quiz(services, asha, QuizSettings(max_attempts=1))
    fail(services, asha, lesson)
    desk.actor = replace(administrator(), person_id=asha.person_id)
    screen = PersonScreen(desk)
    put(screen, window, jobs, person_id=asha.person_id)

    press(screen.quizzes, "Further attempt")
    give(screen, jobs, "I would like one")

    assert screen.quizzes.sheet is not None
    assert "Nobody gives attempts or time to themselves." in words(screen.quizzes.sheet)
    assert not services.quizzes.may_start(asha, lesson).allowed


def test_those_who_do_not_supervise_see_no_quizzes(
    desk: Desk, services: Services, asha: Actor, window: QWidget, jobs: JobRunner
) -> None:
    fail(services, asha, a_quiz(services, asha, QuizSettings(max_attempts=1)))
    desk.actor = auditor()
    screen = PersonScreen(desk)
    put(screen, window, jobs, person_id=asha.person_id)

    assert not screen.quizzes.isVisible()
    assert desk.errors == []
