"""The player: it resumes, keeps the order, saves as it goes, and loses nothing."""

from datetime import timedelta
from uuid import UUID

import pytest
import sqlalchemy as sa
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.core.base.actor import Actor
from app.core.courses import CompletionRule, Outline
from app.core.journal import Site
from app.core.learning import LessonInHand
from app.core.learning.models import CourseStartRow, LearningSessionRow, LessonStateRow
from app.core.storage.faults import DiskFull
from app.ui.kit.jobs import JobRunner
from app.ui.learning.lesson_views.page_view import PageView
from app.ui.learning.player_screen import PlayerScreen
from tests.support.accessibility import nameless, unreachable
from tests.support.clock import TurnedClock
from tests.support.desk import WrittenDesk
from tests.support.teaching import a_lesson, a_quiz_lesson, published
from tests.ui.learning.conftest import Opened, Services, Shelf

READ = CompletionRule(active_seconds=5)


@pytest.fixture
def course(site: Site, shelf: Shelf) -> UUID:
    """Two long pages, and a statement."""
    statement = a_lesson("acknowledgement", body={"statements": {"en": "I know.", "hi": "ज्ञात।"}})
    pages = (shelf.page("First"), shelf.page("Second", hi="<p>दूसरा।</p>" * 60))
    return published(site, Outline(title="LOTO", lessons=(*pages, statement)))


def page_of(screen: PlayerScreen, qtbot: QtBot) -> PageView:
    """Return the page, once it lies where it was left."""
    view = screen.view
    assert isinstance(view, PageView)
    qtbot.waitUntil(lambda: view.is_placed)
    return view


def read_to_end(screen: PlayerScreen, qtbot: QtBot) -> None:
    bar = page_of(screen, qtbot).browser.verticalScrollBar()
    bar.setValue(bar.maximum())


def count(site: Site, model: type) -> int:
    with site.read() as session:
        return session.scalar(sa.select(sa.func.count()).select_from(model)) or 0


def test_it_opens_the_first_lesson_that_is_not_done(opened: Opened, course: UUID) -> None:
    screen = opened(course_id=course)

    assert screen.stage.place.text() == "Lesson 1 of 3"
    assert screen.stage.title.text() == "First"
    assert not screen.stage.next_button.isEnabled()
    assert screen.stage.why.text() == "Read to the end to continue"


def test_reading_to_the_end_saves_and_opens_the_next_lesson(
    opened: Opened, course: UUID, qtbot: QtBot
) -> None:
    screen = opened(course_id=course)

    read_to_end(screen, qtbot)

    qtbot.waitUntil(screen.stage.next_button.isEnabled)
    assert screen.bar.saved.text() == "Saved 10:42"
    assert screen.stage.why.text() == ""
    qtbot.mouseClick(screen.stage.next_button, Qt.MouseButton.LeftButton)
    assert screen.stage.title.text() == "Second"


def test_the_saved_mark_comes_only_after_the_disk(
    opened: Opened, course: UUID, desk: WrittenDesk[Services], qtbot: QtBot
) -> None:
    screen = opened(course_id=course)

    screen.sitting.keep({"reached": 10, "position": 1}, 1)

    assert screen.bar.saved.text() == ""
    assert desk.jobs.wait_idle()
    assert screen.bar.saved.text() == "Saved 10:42"


def test_a_locked_lesson_stays_shut_and_says_why(
    opened: Opened, course: UUID, desk: WrittenDesk[Services], qtbot: QtBot
) -> None:
    screen = opened(course_id=course)
    locked = screen.page.panel.rows()[1]

    qtbot.mouseClick(locked, Qt.MouseButton.LeftButton)

    assert desk.toasts == ["Opens when the lessons before it are done."]
    assert "Locked" in locked.accessibleName()
    assert screen.stage.title.text() == "First"


def test_a_locked_lesson_asked_for_from_outside_gives_way_to_the_open_one(
    opened: Opened, course: UUID, desk: WrittenDesk[Services]
) -> None:
    hand = desk.services.learning.begin(desk.actor, course)

    screen = opened(course_id=course, lesson_id=hand.lessons[2].lesson_id)

    assert screen.stage.title.text() == "First"


def test_it_resumes_where_it_was_left(
    opened: Opened, course: UUID, desk: WrittenDesk[Services], qtbot: QtBot
) -> None:
    hand = desk.services.learning.begin(desk.actor, course)
    trace = {"reached": 500, "position": 400}
    desk.services.learning.tick(desk.actor, hand.start_id, hand.lessons[0].lesson_id, trace, 4)

    screen = opened(course_id=course)

    view = page_of(screen, qtbot)
    qtbot.waitUntil(lambda: abs(view.browser.position() - 400) <= 2)


def test_leaving_the_screen_writes_the_sitting_as_a_fact(
    opened: Opened, course: UUID, site: Site, jobs: JobRunner, qtbot: QtBot
) -> None:
    screen = opened(course_id=course)
    page_of(screen, qtbot).browser.verticalScrollBar().setValue(200)

    screen.hide()

    assert jobs.wait_idle()
    assert count(site, LearningSessionRow) == 1
    screen.pause()
    assert jobs.wait_idle()
    assert count(site, LearningSessionRow) == 1


def test_a_full_disk_loses_nothing(
    opened: Opened,
    course: UUID,
    desk: WrittenDesk[Services],
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> None:
    screen = opened(course_id=course)
    learning, tick = desk.services.learning, desk.services.learning.tick

    def full(*_args: object) -> LessonInHand:
        raise DiskFull

    monkeypatch.setattr(learning, "tick", full)
    read_to_end(screen, qtbot)
    qtbot.waitUntil(lambda: screen.bar.saved.text() == "Not saved yet")
    assert screen.stage.trouble.isVisible()
    assert "The disk is full." in screen.stage.trouble.text()

    monkeypatch.setattr(learning, "tick", tick)
    screen.sitting.saving.try_again()
    qtbot.waitUntil(lambda: screen.bar.saved.text() == "Saved 10:42")
    assert not screen.stage.trouble.isVisible()
    qtbot.waitUntil(screen.stage.next_button.isEnabled)
    assert desk.errors == []


def test_another_language_goes_on_where_the_first_was(
    opened: Opened, course: UUID, qtbot: QtBot, jobs: JobRunner
) -> None:
    screen = opened(course_id=course)
    read_to_end(screen, qtbot)
    qtbot.waitUntil(screen.stage.next_button.isEnabled)
    screen.stage.next_button.click()
    assert jobs.wait_idle()
    view = page_of(screen, qtbot)
    view.browser.go_to(600)

    screen.stage.languages.chosen.emit("hi")

    assert jobs.wait_idle()
    qtbot.waitUntil(lambda: abs(view.browser.position() - 600) <= 2)
    assert "दूसरा" in view.browser.toPlainText()
    assert screen.view is view
    assert screen.sitting.hand.lessons[1].share > 0


def test_the_course_ends_with_what_was_earned(
    opened: Opened, site: Site, shelf: Shelf, qtbot: QtBot, desk: WrittenDesk[Services]
) -> None:
    outline = Outline(title="Fire", lessons=(shelf.page("Only"),), valid_months=12)
    screen = opened(course_id=published(site, outline, "FIRE"))
    read_to_end(screen, qtbot)
    qtbot.waitUntil(screen.stage.next_button.isEnabled)
    assert screen.stage.next_button.text() == "Finish"

    screen.stage.next_button.click()

    assert screen.stage.pages.currentWidget() is screen.stage.completed
    screen.stage.completed.certificates_button.click()
    assert desk.opened == [("certificates", {})]


def test_a_course_that_is_done_opens_at_its_end(
    opened: Opened, site: Site, shelf: Shelf, desk: WrittenDesk[Services]
) -> None:
    course = published(site, Outline(title="Fire", lessons=(shelf.page("Only"),)), "FIRE")
    hand = desk.services.learning.begin(desk.actor, course)
    desk.services.learning.tick(
        desk.actor, hand.start_id, hand.lessons[0].lesson_id, {"reached": 1000}, 9
    )

    screen = opened(course_id=course)

    assert screen.stage.pages.currentWidget() is screen.stage.completed


def test_time_counts_only_while_somebody_is_there(
    opened: Opened, site: Site, shelf: Shelf, clock: TurnedClock, qtbot: QtBot
) -> None:
    lesson = a_lesson("page", "Short", variants=shelf.page("Short").variants, rule=READ)
    screen = opened(course_id=published(site, Outline(title="L", lessons=(lesson,))))
    beats: list[int] = []
    screen.attention.beat.connect(beats.append)

    clock.turn(timedelta(seconds=4))
    qtbot.waitUntil(lambda: beats == [4])
    clock.turn(timedelta(minutes=2))  # nobody there: too long for one beat, and past the minute
    clock.turn(timedelta(seconds=1))
    assert not screen.attention.is_attentive()
    screen.attention.note()
    assert screen.attention.is_attentive()


def test_a_preview_begins_nothing_and_records_nothing(
    opened: Opened, site: Site, shelf: Shelf, jobs: JobRunner, qtbot: QtBot
) -> None:
    outline = Outline(title="Draft", lessons=(shelf.page("One"), shelf.page("Two")))

    screen = opened(preview=outline)
    read_to_end(screen, qtbot)
    screen.stage.next_button.click()
    assert jobs.wait_idle()
    screen.hide()
    assert jobs.wait_idle()

    assert screen.bar.saved.text() == "Nothing is recorded"
    assert screen.bar.back_button.text() == "Back"
    assert screen.stage.title.text() == "Two"
    assert (count(site, CourseStartRow), count(site, LessonStateRow)) == (0, 0)
    screen.bar.back_button.click()  # to the editor, or the review: never to one's own courses
    assert isinstance(screen.desk, WrittenDesk)
    assert (screen.desk.steps_back, screen.desk.opened) == (1, [])


def test_a_lesson_whose_file_is_gone_says_so_and_leaves_the_way_open(
    opened: Opened, site: Site, shelf: Shelf, services: Services
) -> None:
    page = shelf.page("Lost")
    services.assets.path(page.variants[0].asset).unlink()

    screen = opened(course_id=published(site, Outline(title="L", lessons=(page,))))

    assert screen.stage.pages.currentWidget() is screen.stage.problem
    assert screen.bar.back_button.isEnabled()


def test_a_lesson_whose_file_comes_later_shows_itself(
    opened: Opened, site: Site, shelf: Shelf, services: Services, qtbot: QtBot
) -> None:
    page = shelf.page("Late")
    path = services.assets.path(page.variants[0].asset)
    away = path.rename(path.with_suffix(".away"))
    screen = opened(course_id=published(site, Outline(title="L", lessons=(page,))))
    assert screen.stage.shows_problem

    away.rename(path)
    screen.refresh()

    qtbot.waitUntil(lambda: not screen.stage.shows_problem)
    assert page_of(screen, qtbot).isVisible()


def test_not_you_lets_go_of_the_person(
    opened: Opened, course: UUID, desk: WrittenDesk[Services]
) -> None:
    screen = opened(course_id=course)

    screen.bar.not_me_button.click()

    assert desk.sign_outs == 1
    assert screen.bar.person.accessibleName() == "Asha Kulkarni, E-10442"


def test_a_quiz_has_a_screen_of_its_own(
    opened: Opened, site: Site, desk: WrittenDesk[Services], asha: Actor
) -> None:
    course = published(site, Outline(title="Q", lessons=(a_quiz_lesson(site, [True, False]),)))
    screen = opened(course_id=course)

    screen.view.start_button.click()

    lesson_id = screen.sitting.hand.lessons[0].lesson_id
    assert desk.opened == [("quiz", {"course_id": course, "lesson_id": lesson_id})]
    assert screen.stage.why.text() == "Pass the quiz to continue"


def test_every_control_has_a_name_and_a_way_by_keyboard(opened: Opened, course: UUID) -> None:
    screen = opened(course_id=course)

    assert nameless(screen) == []
    assert unreachable(screen) == []


def test_a_course_can_be_read_with_the_keyboard_alone(
    opened: Opened, course: UUID, qtbot: QtBot, jobs: JobRunner
) -> None:
    screen = opened(course_id=course)
    view = page_of(screen, qtbot)
    qtbot.waitUntil(view.browser.hasFocus)

    qtbot.keyClick(view.browser, Qt.Key.Key_End)
    qtbot.waitUntil(screen.stage.next_button.isEnabled)
    for _step in range(12):
        if screen.stage.next_button.hasFocus():
            break
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    qtbot.keyClick(screen.stage.next_button, Qt.Key.Key_Return)

    assert screen.stage.title.text() == "Second"
    assert jobs.wait_idle()


@pytest.mark.parametrize("size", [(1093, 614), (1366, 768)])
def test_it_fits_small_screens(opened: Opened, course: UUID, size: tuple[int, int]) -> None:
    screen = opened(size, course_id=course)

    assert (screen.width(), screen.height()) == size
    assert screen.page.panel.isVisible() is (size[0] > 1200)
