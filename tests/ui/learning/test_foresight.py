"""What will probably be opened next is prepared in a quiet moment, and opened from there."""

from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import pytest
import sqlalchemy as sa
from PySide6.QtCore import QPointF, QTimer
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget
from pytestqt.qtbot import QtBot

from app.core.courses import Outline
from app.core.journal import Site
from app.core.journal.models import EntryRow
from app.core.learning import registration_of
from app.ui.kit.jobs import JobRunner
from app.ui.kit.screen import Screen
from app.ui.learning.course_screen import CourseScreen
from app.ui.learning.home_screen import HomeScreen
from app.ui.learning.lesson_rows import LessonRow
from app.ui.learning.player_screen import PlayerScreen
from app.ui.learning.web.engine import start_engine
from tests.support.archives import zip_at
from tests.support.desk import WrittenDesk
from tests.support.package_lessons import a_package_lesson, scos
from tests.support.teaching import published
from tests.ui.learning.conftest import Assign, Services, Shelf
from tests.ui.learning.package_player import view_of

start_engine()

from app.ui.learning.web.room import Room  # noqa: E402

RECORDED = ["package.pause"]
"""What a launch leaves in the journal whose page only begins."""
BEGUN = "api.LMSInitialize(''); console.log('BEGUN');"


class Plant:
    """A learner in the middle of a course: a page, then two packages."""

    def __init__(
        self,
        site: Site,
        services: Services,
        desk: WrittenDesk[Services],
        shelf: Shelf,
        folder: Path,
    ) -> None:
        packages = tuple(
            a_package_lesson(
                site,
                services.assets,
                zip_at(folder / f"{name}.zip", scos(name, script=BEGUN)),
            )
            for name in ("Fire", "Water")
        )
        lessons = (shelf.page("Read"), *packages)
        self.course_id = published(site, Outline(title="Plant", lessons=lessons, in_order=False))
        self.hand = services.learning.begin(desk.actor, self.course_id)
        self._services = services
        self._desk = desk

    def host(self, number: int) -> str:
        """Return the name of the launch of a lesson."""
        lesson = self.hand.lessons[number]
        package = lesson.plan.variants[0].asset
        return registration_of(self.hand.start_id, lesson.lesson_id, package).hex

    def lesson_id(self, number: int) -> UUID:
        """Return the id of a lesson."""
        return self.hand.lessons[number].lesson_id

    def read(self) -> None:
        """Be done with the first lesson."""
        self._services.learning.tick(
            self._desk.actor, self.hand.start_id, self.lesson_id(0), {"reached": 1000}, 60
        )


@pytest.fixture
def plant(
    site: Site, services: Services, desk: WrittenDesk[Services], shelf: Shelf, tmp_path: Path
) -> Plant:
    return Plant(site, services, desk, shelf, tmp_path)


Went = Callable[..., None]


@pytest.fixture
def stack(qtbot: QtBot, jobs: JobRunner, theme: object) -> QStackedWidget:
    def put_away(widget: QWidget) -> None:
        widget.hide()
        jobs.wait_idle()

    made = QStackedWidget()
    qtbot.addWidget(made, before_close_func=put_away)
    made.resize(1366, 768)
    made.show()
    return made


@pytest.fixture
def go(stack: QStackedWidget, jobs: JobRunner) -> Went:
    """Go to a screen of the stack."""

    def went(screen: Screen[Services], **args: object) -> None:
        stack.addWidget(screen)
        stack.setCurrentWidget(screen)
        screen.arrive(**args)
        assert jobs.wait_idle(20_000)

    return went


def spare(stack: QStackedWidget, host: str, qtbot: QtBot, *, stands: bool = True) -> Room:
    """Wait until a room for a launch stands there, with its frame unless not `stands`."""

    def is_there() -> bool:
        room = Room.spare_in(stack, host)
        return room is not None and (room.stands or not stands)

    qtbot.waitUntil(is_there, timeout=15_000)
    room = Room.spare_in(stack, host)
    assert room is not None
    return room


def acts_of(site: Site) -> list[str]:
    """Return what is in the journal, oldest first."""
    with site.read() as session:
        return list(session.scalars(sa.select(EntryRow.action).order_by(EntryRow.stamp)))


def test_a_courses_page_prepares_what_its_button_opens(
    plant: Plant, desk: WrittenDesk[Services], stack: QStackedWidget, go: Went, qtbot: QtBot
) -> None:
    plant.read()
    go(CourseScreen(desk), course_id=plant.course_id)
    room = spare(stack, plant.host(1), qtbot)

    said: list[str] = []
    room.page.said.connect(said.append)

    player = PlayerScreen(desk)
    go(player, course_id=plant.course_id)

    session = view_of(player).session
    assert session is not None
    assert session.web.page is room.page
    qtbot.waitUntil(lambda: "BEGUN" in said, timeout=10_000)
    assert session.web.isVisible()


def test_the_window_stays_as_it_was_until_the_package_can_be_seen(
    plant: Plant, desk: WrittenDesk[Services], stack: QStackedWidget, go: Went, qtbot: QtBot
) -> None:
    plant.read()
    go(CourseScreen(desk), course_id=plant.course_id)
    spare(stack, plant.host(1), qtbot)
    player = PlayerScreen(desk)
    stack.addWidget(player)
    stack.setCurrentWidget(player)

    player.arrive(course_id=plant.course_id)

    assert not stack.updatesEnabled()
    qtbot.waitUntil(stack.updatesEnabled)


def test_what_was_read_ahead_is_not_read_again(
    plant: Plant,
    services: Services,
    desk: WrittenDesk[Services],
    jobs: JobRunner,
    stack: QStackedWidget,
    go: Went,
    qtbot: QtBot,
) -> None:
    plant.read()
    go(CourseScreen(desk), course_id=plant.course_id)
    spare(stack, plant.host(1), qtbot)
    assert jobs.wait_idle()
    index = plant.hand.lessons[1].plan.variants[0].asset
    services.assets.path(index).unlink()

    player = PlayerScreen(desk)
    go(player, course_id=plant.course_id)

    assert view_of(player).session is not None


@pytest.mark.parametrize("is_prepared", [True, False])
def test_the_records_are_the_same_whether_it_was_prepared_or_not(
    plant: Plant,
    site: Site,
    desk: WrittenDesk[Services],
    stack: QStackedWidget,
    go: Went,
    qtbot: QtBot,
    is_prepared: bool,
) -> None:
    plant.read()
    written = acts_of(site)
    if is_prepared:
        go(CourseScreen(desk), course_id=plant.course_id)
        spare(stack, plant.host(1), qtbot)
        assert acts_of(site) == written
    player = PlayerScreen(desk)
    go(player, course_id=plant.course_id)
    session = view_of(player).session
    assert session is not None
    qtbot.waitUntil(lambda: session.launch.is_unreported, timeout=10_000)  # it has begun
    with qtbot.waitSignal(session.closed, timeout=15_000):
        player.hide()

    assert acts_of(site)[len(written) :] == RECORDED


def test_a_course_that_is_not_begun_begins_in_the_room_that_was_prepared(
    plant: Plant,
    services: Services,
    desk: WrittenDesk[Services],
    assign: Assign,
    stack: QStackedWidget,
    go: Went,
    qtbot: QtBot,
) -> None:
    package = plant.hand.lessons[1].plan
    fresh = assign("NEW", "New", lessons=(package,))
    go(CourseScreen(desk), course_id=fresh)
    foreseen = services.learning.foresee(desk.actor, fresh)
    lesson = foreseen.lessons[0]
    asset = lesson.plan.variants[0].asset
    host = registration_of(foreseen.start_id, lesson.lesson_id, asset).hex
    room = spare(stack, host, qtbot)
    player = PlayerScreen(desk)
    go(player, course_id=fresh)

    session = view_of(player).session
    assert session is not None
    assert session.web.page is room.page
    assert services.learning.begin(desk.actor, fresh).start_id == foreseen.start_id


def test_a_lesson_that_one_turns_to_is_prepared_in_place_of_the_next_to_do(
    plant: Plant, desk: WrittenDesk[Services], stack: QStackedWidget, go: Went, qtbot: QtBot
) -> None:
    plant.read()
    screen = CourseScreen(desk)
    go(screen, course_id=plant.course_id)
    spare(stack, plant.host(1), qtbot)

    screen.findChildren(LessonRow)[2].setFocus()

    spare(stack, plant.host(2), qtbot)


def test_beside_a_lesson_another_that_one_turns_to_is_prepared(
    plant: Plant, desk: WrittenDesk[Services], stack: QStackedWidget, go: Went, qtbot: QtBot
) -> None:
    player = PlayerScreen(desk)
    go(player, course_id=plant.course_id)
    spare(stack, plant.host(1), qtbot)
    row = player.page.panel.rows()[2]

    QApplication.sendEvent(row, QEnterEvent(QPointF(3, 3), QPointF(3, 3), QPointF(3, 3)))

    spare(stack, plant.host(2), qtbot)


def test_home_prepares_what_the_learner_goes_on_with(
    plant: Plant, desk: WrittenDesk[Services], stack: QStackedWidget, go: Went, qtbot: QtBot
) -> None:
    plant.read()
    home = HomeScreen(desk)

    go(home)
    first = spare(stack, plant.host(1), qtbot)
    assert Room.found_in(stack, plant.host(1)) is first

    go(home)
    assert spare(stack, plant.host(1), qtbot) is not first


def test_the_player_prepares_the_lesson_that_follows(
    plant: Plant, desk: WrittenDesk[Services], stack: QStackedWidget, go: Went, qtbot: QtBot
) -> None:
    player = PlayerScreen(desk)

    go(player, course_id=plant.course_id, lesson_id=plant.lesson_id(0))
    spare(stack, plant.host(1), qtbot)
    plant.read()
    go(player, course_id=plant.course_id, lesson_id=plant.lesson_id(1))

    spare(stack, plant.host(2), qtbot)
    session = view_of(player).session
    assert session is not None
    assert session.web.page.requestedUrl().host() == plant.host(1)


def test_another_lesson_than_was_prepared_for_gets_a_room_of_its_own(
    plant: Plant, desk: WrittenDesk[Services], stack: QStackedWidget, go: Went, qtbot: QtBot
) -> None:
    plant.read()
    go(CourseScreen(desk), course_id=plant.course_id)
    prepared = spare(stack, plant.host(1), qtbot)
    page = prepared.page

    player = PlayerScreen(desk)
    go(player, course_id=plant.course_id, lesson_id=plant.lesson_id(2))

    session = view_of(player).session
    assert session is not None
    assert session.web.page is not page
    assert session.web.page.requestedUrl().host() == plant.host(2)


def test_nothing_is_prepared_once_the_learner_has_gone_on(
    plant: Plant,
    desk: WrittenDesk[Services],
    stack: QStackedWidget,
    go: Went,
    jobs: JobRunner,
    qtbot: QtBot,
) -> None:
    plant.read()
    screen = CourseScreen(desk)
    go(screen, course_id=plant.course_id)
    quiet = screen.foresight.findChildren(QTimer)[0]
    assert quiet.isActive()

    stack.hide()

    qtbot.waitUntil(lambda: not quiet.isActive())
    assert jobs.wait_idle()
    assert not Room.spares_in(stack)


def test_where_packages_are_taught_a_room_stands_for_whichever_lesson_is_opened(
    plant: Plant, desk: WrittenDesk[Services], stack: QStackedWidget, go: Went, qtbot: QtBot
) -> None:
    plant.read()
    go(CourseScreen(desk), course_id=plant.course_id)
    spare(stack, plant.host(1), qtbot)
    room = spare(stack, "", qtbot, stands=False)
    page = room.page

    player = PlayerScreen(desk)
    go(player, course_id=plant.course_id, lesson_id=plant.lesson_id(2))

    session = view_of(player).session
    assert session is not None
    assert session.web.page is page


def test_where_no_package_is_taught_no_engine_is_started(
    assign: Assign,
    services: Services,
    desk: WrittenDesk[Services],
    stack: QStackedWidget,
    go: Went,
    jobs: JobRunner,
    qtbot: QtBot,
) -> None:
    assign("READ", "Read")
    home = HomeScreen(desk)
    looked: list[bool] = []
    home.foresight.findChildren(QTimer)[1].timeout.connect(lambda: looked.append(True))

    go(home)
    qtbot.waitUntil(lambda: bool(looked) and jobs.is_idle(), timeout=20_000)

    assert not services.learning.teaches("package")
    assert not Room.spares_in(stack)
