"""The quiz of a class at the trainer's PC: badge and PIN, one after the other, and the work is kept."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from app.core.courses import Outline
from app.core.people import NewPerson, RoleName
from app.core.training.models import RequirementRow
from app.core.training.sessions import GroupQuiz, SessionPlan
from app.services import Services
from app.ui.kit.jobs import JobRunner
from app.ui.shell.lock import LockPage
from app.ui.shell.queue_page import QueuePage
from app.ui.shell.window import MainWindow
from tests.support.accessibility import nameless, unreachable
from tests.support.teaching import ACTOR, a_quiz_lesson, published
from tests.ui.shell.conftest import NEW, PASSWORD, founded

MakeWindow = Callable[[], MainWindow]
PIN = "739201"


def a_class(services: Services) -> UUID:
    """Hold a class to which Asha came, and Bina did not."""
    site, sessions = services.open_site.site, services.sessions
    outline = Outline(title="Extinguishers", lessons=(a_quiz_lesson(site, [True]),))
    course_id = published(site, outline, "EXT")
    with site.transaction(ACTOR, "course.require") as unit:
        unit.add(RequirementRow(code="EXT", title="Extinguishers", course_id=course_id))
    for number, name in (("E-10", "Asha Rao"), ("E-11", "Bina Shah")):
        person = services.people.add(ACTOR, NewPerson(number=number, name=name))
        accounts = services.sign_in.accounts
        account = accounts.give_account(ACTOR, person, roles=(RoleName.LEARNER,))
        accounts.set_pin(ACTOR, account, PIN, must_change=False)
    now = site.clock.now()
    plan = SessionPlan(
        title="Fire extinguishers",
        starts_at=now - timedelta(hours=1),
        ends_at=now + timedelta(hours=1),
        course="EXT",
        threshold=0,
        quiz=GroupQuiz.REQUIRED,
    )
    session_id = sessions.planning.plan(ACTOR, plan)
    sessions.rolling.open(ACTOR, session_id)
    sessions.rolling.tap(ACTOR, session_id, "E-10")
    sessions.rolling.end(ACTOR, session_id)
    return session_id


@pytest.fixture
def window(folder: Path, make_window: MakeWindow, jobs: JobRunner) -> MainWindow:
    """Meera's window at the queue of her class."""
    founded(folder).close()
    made = make_window()
    made.sign_in_page.sign_in(NEW.login, PASSWORD)
    jobs.wait_idle()
    assert made.work is not None
    made.work.open("session", session_id=a_class(made.work.services))
    jobs.wait_idle()
    made.work.current.second.click()  # type: ignore[attr-defined]  # the session's
    jobs.wait_idle()
    return made


def queue(window: MainWindow) -> QueuePage:
    page = window.pages.currentWidget()
    assert isinstance(page, QueuePage)
    return page


def come(window: MainWindow, number: str, jobs: JobRunner) -> None:
    """Let somebody type a number and a PIN."""
    queue(window).number.set_value(number)
    queue(window).secret.entered.emit(PIN)
    jobs.wait_idle()


def test_each_takes_the_quiz_in_their_own_name_and_the_trainer_comes_back_to_the_class(
    window: MainWindow, jobs: JobRunner
) -> None:
    trainers = window.work
    page = queue(window)
    assert (page.title.text(), page.queue.names) == ("Fire extinguishers", ["Asha Rao"])
    assert nameless(page) == []
    assert unreachable(page) == []

    come(window, "E-10", jobs)
    assert window.work is not None
    assert (window.work.actor.number, window.work.where[0]) == ("E-10", "quiz")

    window.sign_out()
    jobs.wait_idle()
    assert queue(window).number.value() == ""

    queue(window).back_button.click()
    lock = window.pages.currentWidget()
    assert isinstance(lock, LockPage)
    lock.secret.set_value(PASSWORD)
    lock.unlock_button.click()
    jobs.wait_idle()
    assert window.pages.currentWidget() is trainers
    assert window.work is trainers
    assert trainers is not None
    assert trainers.where[0] == "session"
    window.sign_out()
    jobs.wait_idle()
    assert window.pages.currentWidget() is window.sign_in_page


def test_a_trainer_who_learns_too_begins_at_the_classes_of_a_day_that_has_one(
    window: MainWindow, jobs: JobRunner
) -> None:
    assert window.work is not None
    services, now = window.work.services, window.work.clock.now()
    bina = services.people.find(ACTOR, "E-11")
    account = services.people.person(ACTOR, bina.id).account_id
    assert account is not None
    services.sign_in.accounts.grant_role(ACTOR, account, RoleName.TRAINER)
    assert services.sessions.led_today(services.sign_in.sign_in("E-11", PIN).actor) == ()
    plan = SessionPlan(
        title="Ladders", starts_at=now, ends_at=now + timedelta(minutes=5), trainers=("E-11",)
    )
    services.sessions.planning.plan(ACTOR, plan)
    queue(window).back_button.click()
    window.sign_out()
    jobs.wait_idle()

    window.sign_in_page.sign_in("E-10", PIN)
    jobs.wait_idle()
    assert window.work is not None
    assert window.work.where[0] == "home"
    window.sign_out()
    jobs.wait_idle()
    window.sign_in_page.sign_in("E-11", PIN)
    jobs.wait_idle()
    assert window.work is not None
    assert window.work.where[0] == "sessions"


def test_who_was_not_there_takes_no_quiz(window: MainWindow, jobs: JobRunner) -> None:
    come(window, "E-11", jobs)

    assert "was not found" in queue(window).banner.text()
    come(window, "E-10", jobs)
    assert window.work is not None
    assert window.work.actor.number == "E-10"
