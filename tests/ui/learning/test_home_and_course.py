"""Home and the course page: what is due, what to go on with, and the ways in."""

from collections.abc import Callable
from datetime import date, timedelta
from uuid import UUID

import pytest
from pytestqt.qtbot import QtBot

from app.core.assessments import best_response
from app.core.base.words import use_language
from app.core.courses import Outline
from app.core.journal import Site
from app.core.training.requirements import RequirementChange
from app.ui.kit.buttons import Button
from app.ui.kit.cards import CoverCard, RowButton
from app.ui.kit.focus import tab_stops
from app.ui.kit.jobs import JobRunner
from app.ui.kit.labels import PlainLabel
from app.ui.kit.layouts import ScrollPage
from app.ui.learning import SCREENS
from app.ui.learning.course_screen import CourseScreen
from app.ui.learning.home_screen import HomeScreen
from app.ui.learning.standings import due_words
from tests.support.accessibility import nameless, unreachable
from tests.support.clock import TurnedClock
from tests.support.desk import WrittenDesk
from tests.support.teaching import ACTOR, a_lesson, a_quiz_lesson, published
from tests.ui.learning.conftest import Assign, Services, words

TODAY = date(2026, 11, 23)


@pytest.fixture
def home(desk: WrittenDesk[Services], asha: object) -> HomeScreen:
    return HomeScreen(desk)


def read_all(services: Services, desk: WrittenDesk[Services], course: UUID) -> None:
    hand = services.learning.begin(desk.actor, course)
    for lesson in hand.lessons:
        services.learning.tick(
            desk.actor, hand.start_id, lesson.lesson_id, {"reached": 1000, "position": 0}, 9
        )


def test_home_greets_and_says_what_is_due(
    desk: WrittenDesk[Services], assign: Assign, home: HomeScreen, show: Callable[..., None]
) -> None:
    assign("FIRE", "Fire", due=TODAY - timedelta(days=2))
    assign("CHEM", "Chemicals", due=TODAY + timedelta(days=4))
    assign("LOTO", "Lockout")

    show(home)

    assert home.header.title() == "Good morning, Asha"
    assert home.header_line() == (
        "1 course is overdue. 1 course is due this week. That takes about 4 min in all."
    )
    assert "Overdue by 2 days" in words(home.due)
    assert "Due Friday, 27 Nov 2026" in words(home.due)


@pytest.mark.parametrize(("hours", "greeting"), [(0, "morning"), (3, "afternoon"), (7, "evening")])
def test_the_greeting_follows_the_clock(
    hours: int,
    greeting: str,
    clock: TurnedClock,
    assign: Assign,
    home: HomeScreen,
    show: Callable[..., None],
) -> None:
    clock.turn(timedelta(hours=hours))

    show(home)

    assert home.header.title() == f"Good {greeting}, Asha"


def test_the_one_primary_button_goes_on_with_what_was_begun(
    desk: WrittenDesk[Services],
    services: Services,
    assign: Assign,
    home: HomeScreen,
    show: Callable[..., None],
) -> None:
    assign("FIRE", "Fire", due=TODAY)
    begun = assign("LOTO", "Lockout")
    services.learning.begin(desk.actor, begun)

    show(home)
    home.hero.button.click()

    assert home.hero.button.text() == "Continue"
    assert "Lesson 1 of 2 · Lockout 1" in words(home.hero)
    assert "Because of LOTO" in words(home.hero)
    assert desk.opened == [("player", {"course_id": begun})]


def test_the_focus_waits_for_the_primary_button(
    desk: WrittenDesk[Services],
    assign: Assign,
    home: HomeScreen,
    show: Callable[..., None],
    qtbot: QtBot,
) -> None:
    assign("FIRE", "Fire", due=TODAY)
    home.focus_first()

    show(home)

    home.activateWindow()
    qtbot.waitUntil(lambda: home.hero.button is not None and home.hero.button.hasFocus())


def test_what_is_not_begun_is_looked_at_first(
    desk: WrittenDesk[Services], assign: Assign, home: HomeScreen, show: Callable[..., None]
) -> None:
    course = assign("FIRE", "Fire", due=TODAY)

    show(home)
    home.hero.button.click()

    assert home.hero.button.text() == "Start"
    assert desk.opened == [("course", {"course_id": course})]


def test_what_comes_first_is_told_and_only_that_can_be_begun(
    desk: WrittenDesk[Services],
    services: Services,
    assign: Assign,
    home: HomeScreen,
    show: Callable[..., None],
) -> None:
    loto = assign("LOTO", "Lockout", due=TODAY)
    fire = assign("FIRE", "Fire safety")
    catalogue = services.training.catalogue
    first, then = (catalogue.coded(ACTOR, code).summary.id for code in ("FIRE", "LOTO"))
    catalogue.change(ACTOR, then, RequirementChange(prerequisites=(first,)))

    show(home)
    home.hero.button.click()
    screen = CourseScreen(desk)
    show(screen, course_id=loto)

    assert desk.opened == [("course", {"course_id": fire})]
    assert "Fire safety: this begins once you hold that." in words(screen)
    assert not screen.go_button.isVisible()


def test_tabs_count_and_filter(
    desk: WrittenDesk[Services],
    services: Services,
    assign: Assign,
    home: HomeScreen,
    show: Callable[..., None],
) -> None:
    assign("FIRE", "Fire")
    read_all(services, desk, assign("LOTO", "Lockout"))

    show(home)

    assert len(home.grid.cards()) == 2
    home.tabs.choose("done")
    home.tabs.chosen.emit("done")
    (card,) = home.grid.cards()
    assert isinstance(card, CoverCard)
    assert card.accessibleName() == "Lockout, 2 lessons, 100%, Done"


def test_cards_become_a_list(
    desk: WrittenDesk[Services], assign: Assign, home: HomeScreen, show: Callable[..., None]
) -> None:
    course = assign("FIRE", "Fire")
    show(home)

    home.as_list.click()

    (line,) = home.list.findChildren(RowButton)
    line.click()
    assert desk.opened == [("course", {"course_id": course})]
    assert not home.grid.isVisible()


def test_titles_are_in_the_readers_language(
    assign: Assign, home: HomeScreen, show: Callable[..., None]
) -> None:
    assign("FIRE", "Fire", titles={"hi": "आग"})
    use_language("hi")

    show(home)

    assert "आग" in words(home.hero)
    assert "आग" in home.grid.cards()[0].accessibleName()


def test_a_home_without_courses_says_so(home: HomeScreen, show: Callable[..., None]) -> None:
    show(home)

    assert home.empty.isVisible()


def test_a_home_where_all_is_done_offers_the_certificates(
    desk: WrittenDesk[Services],
    services: Services,
    assign: Assign,
    home: HomeScreen,
    show: Callable[..., None],
) -> None:
    read_all(services, desk, assign("LOTO", "Lockout"))

    show(home)
    home.hero.button.click()

    assert desk.opened == [("certificates", {})]


def test_home_follows_what_changes(
    desk: WrittenDesk[Services],
    site: Site,
    assign: Assign,
    home: HomeScreen,
    show: Callable[..., None],
    qtbot: QtBot,
) -> None:
    site.listeners.append(desk.changes.announce)
    show(home)

    assign("FIRE", "Fire")

    qtbot.waitUntil(lambda: len(home.grid.cards()) == 1)


def test_looking_at_a_course_does_not_begin_it(
    desk: WrittenDesk[Services], services: Services, assign: Assign, show: Callable[..., None]
) -> None:
    course = assign("FIRE", "Fire", due=TODAY + timedelta(days=1))
    screen = CourseScreen(desk)

    show(screen, course_id=course)

    assert screen.go_button.text() == "Start"
    assert "Because of FIRE" in words(screen)
    assert "Due tomorrow" in words(screen)
    assert services.training.my_courses(desk.actor)[0].start_id is None
    screen.go_button.click()
    assert desk.opened == [("player", {"course_id": course, "lesson_id": None})]


def test_a_begun_course_shows_its_lessons_and_keeps_the_locked_ones_shut(
    desk: WrittenDesk[Services], services: Services, assign: Assign, show: Callable[..., None]
) -> None:
    course = assign("FIRE", "Fire", pages=3)
    hand = services.learning.begin(desk.actor, course)
    first = hand.lessons[0].lesson_id
    services.learning.tick(desk.actor, hand.start_id, first, {"reached": 1000, "position": 0}, 9)
    screen = CourseScreen(desk)
    show(screen, course_id=course)

    rows = [screen._rows.itemAt(place).widget() for place in range(3)]
    told = [row.accessibleName() for row in rows]
    assert [name.split(", ")[-1].split(".")[0] for name in told] == ["Done", "Open now", "Locked"]
    seen = [row.findChildren(PlainLabel)[-1].text().split(" · ")[0] for row in rows]
    assert seen == ["Done", "Open now", "Locked"]  # colour and picture alone tell nobody
    rows[2].click()
    assert desk.toasts == ["Opens when the lessons before it are done."]
    rows[0].click()
    assert desk.opened == [("player", {"course_id": course, "lesson_id": first})]


def test_a_lapsed_course_is_begun_again_after_a_question(
    desk: WrittenDesk[Services],
    services: Services,
    assign: Assign,
    clock: TurnedClock,
    jobs: JobRunner,
    show: Callable[..., None],
) -> None:
    course = assign("FIRE", "Fire", valid_months=1)
    read_all(services, desk, course)
    clock.turn(timedelta(days=40))
    screen = CourseScreen(desk)
    show(screen, course_id=course)
    assert screen.again_button.isVisible()
    assert not screen.go_button.isVisible()

    screen.again_button.click()

    assert jobs.wait_idle()
    assert desk.questions[0].title == "Begin this course again?"
    assert desk.opened == [("player", {"course_id": course, "lesson_id": None})]
    assert services.learning.begin(desk.actor, course).completed_at is None


def test_a_course_tells_attempts_and_the_best_score(
    desk: WrittenDesk[Services],
    services: Services,
    site: Site,
    assign: Assign,
    show: Callable[..., None],
) -> None:
    course = assign("QUIZ", "Quiz", lessons=(a_quiz_lesson(site, [True, False, True]),))
    hand = services.learning.begin(desk.actor, course)
    attempt = services.quizzes.start(desk.actor, hand.lessons[0].lesson_id)
    asked = attempt.questions[0]
    response = best_response(asked.question)
    assert response is not None
    services.quizzes.answer(desk.actor, attempt.attempt_id, asked.question_id, response)
    services.quizzes.submit(desk.actor, attempt.attempt_id)
    screen = CourseScreen(desk)

    show(screen, course_id=course)

    assert "1 attempt · best 33.3%" in words(screen)


def test_a_course_of_somebody_else_is_not_shown(
    desk: WrittenDesk[Services], show: Callable[..., None], site: Site
) -> None:
    course = published(site, Outline(title="Theirs", lessons=(a_lesson("page"),)))
    screen = CourseScreen(desk)

    show(screen, course_id=course)

    assert screen.missing.isVisible()


@pytest.mark.parametrize("key", ["home", "course"])
def test_every_control_has_a_name_and_a_way_by_keyboard(
    key: str, desk: WrittenDesk[Services], assign: Assign, show: Callable[..., None]
) -> None:
    course = assign("FIRE", "Fire")
    spec = next(spec for spec in SCREENS if spec.key == key)
    screen = spec.factory(desk)

    show(screen, course_id=course)

    assert nameless(screen) == []
    assert unreachable(screen) == []


@pytest.mark.parametrize(
    ("days", "told"),
    [
        (-1, "Overdue by 1 day"),
        (0, "Due today"),
        (1, "Due tomorrow"),
        (6, "Due Sunday, 29 Nov 2026"),
        (7, "Due 30 Nov 2026"),
    ],
)
def test_days_are_told_as_people_say_them(days: int, told: str) -> None:
    assert due_words(TODAY + timedelta(days=days), TODAY) == told


def test_tab_goes_down_the_home_page_as_the_eye_does(
    desk: WrittenDesk[Services], assign: Assign, show: Callable[..., None], qtbot: QtBot
) -> None:
    assign("FIRE", "Fire", due=TODAY)
    screen = HomeScreen(desk)
    show(screen)

    def order() -> list[str]:
        stops = tab_stops(screen)
        names = [
            stop.accessibleName() or (stop.text() if isinstance(stop, Button) else "")
            for stop in stops
        ]
        first = names.index("Start") if "Start" in names else 0
        return [*names[first:], *names[:first]]

    views = ["Show as cards", "Show as a list"]
    qtbot.waitUntil(lambda: order()[2:7] == ["All 1", "To do 1", "Done 0", *views])
    assert order()[1].startswith("Fire")
    assert order()[7].startswith("Fire")


def test_a_home_without_courses_is_no_higher_than_a_low_window(
    home: HomeScreen, show: Callable[..., None], qtbot: QtBot
) -> None:
    show(home)
    assert home.empty.isVisible()
    page = home.findChild(ScrollPage)
    home.resize(877, 420)
    qtbot.waitUntil(lambda: page.viewport().height() < 430)
    qtbot.waitUntil(lambda: page.verticalScrollBar().maximum() == 0)
