"""The course page before a course is begun, and when it is begun again."""

from collections.abc import Callable
from datetime import date, timedelta
from fractions import Fraction
from uuid import UUID

import pytest
import sqlalchemy as sa

from app.core.assessments import ExtraTime
from app.core.assessments.types import QuizSettings
from app.core.base.actor import Actor, Capability, Grant
from app.core.base.errors import NotFound
from app.core.base.ids import new_id
from app.core.courses import CompletionRule, LessonPlan
from app.core.journal import Site
from app.core.journal.models import EntryRow
from app.core.training.corrections import COUNTS, VOID, ToCorrect
from app.ui.kit.chips import StatusChip
from app.ui.kit.jobs import JobRunner
from app.ui.learning.course_screen import CourseScreen
from app.ui.learning.home_screen import HomeScreen
from app.ui.learning.lesson_rows import LessonAheadRow, LessonRow
from app.ui.learning.lesson_views import LESSON_VIEWS
from app.ui.learning.lesson_views.quiz_view import QuizView
from tests.core.training.conftest import SYSTEM, somebody
from tests.support.accessibility import nameless, unreachable
from tests.support.clock import TurnedClock
from tests.support.desk import WrittenDesk
from tests.support.teaching import a_lesson, a_quiz_lesson
from tests.ui.learning.conftest import Assign, Opened, Services, words

Desk = WrittenDesk[Services]
Show = Callable[..., None]


def every_kind(site: Site) -> tuple[LessonPlan, ...]:
    """Return a lesson of every kind there is."""
    half = CompletionRule(share=Fraction(1, 2), active_seconds=120)
    return (
        a_lesson("video", "Why machines are locked", rule=half),
        a_lesson("audio", "The alarm"),
        a_lesson("document", "The procedure"),
        a_lesson("page", "In short"),
        a_lesson("image", "The lock", is_required=False),
        a_lesson("acknowledgement", "I will do so"),
        a_lesson("package", "Lockout, interactive"),
        a_quiz_lesson(site, [True, False], QuizSettings(pass_mark=Fraction(4, 5))),
    )


def finish(services: Services, desk: Desk, course: UUID) -> None:
    """Read every page of a course."""
    hand = services.learning.begin(desk.actor, course)
    for lesson in hand.lessons:
        services.learning.tick(desk.actor, hand.start_id, lesson.lesson_id, {"reached": 1000}, 9)


def entries(site: Site) -> int:
    """Return how many entries the journal has."""
    with site.read() as session:
        return session.scalar(sa.select(sa.func.count()).select_from(EntryRow)) or 0


def chips(screen: CourseScreen) -> list[str]:
    """Return what the chips say."""
    return [chip.accessibleName() for chip in screen.findChildren(StatusChip)]


def test_the_lessons_are_seen_before_the_course_is_begun(
    desk: Desk, site: Site, assign: Assign, show: Show
) -> None:
    course = assign("LOTO", "Lockout", lessons=every_kind(site), description="Stop, lock, try.")
    before = entries(site)
    screen = CourseScreen(desk)

    show(screen, course_id=course)

    rows = screen.findChildren(LessonAheadRow)
    assert len(rows) == 8
    told = words(screen.lessons)
    for part in (
        "1. Why machines are locked",
        "Done when: Watch 50% of it, stay at least 2 min",
        "Done when: Listen to all of it",
        "Done when: See every page",
        "Done when: Read to the end",
        "Done when: Confirm that you have read and understood it",
        "Done when: Pass with 80% of the points",
        "optional",
    ):
        assert part in told, part
    assert "Stop, lock, try." in words(screen)
    assert screen.findChildren(LessonRow) == []
    assert entries(site) == before
    assert desk.services.training.my_courses(desk.actor)[0].start_id is None
    assert (nameless(screen), unreachable(screen)) == ([], [])


def test_every_lesson_kind_says_what_counts(site: Site) -> None:
    kinds = {kind for view in LESSON_VIEWS for kind in view.kinds}
    plans = {plan.kind: plan for plan in every_kind(site)}
    assert kinds == set(plans)


def test_a_course_that_is_not_theirs_is_not_looked_into(
    desk: Desk, site: Site, assign: Assign, services: Services
) -> None:
    course = assign("LOTO", "Lockout")
    learns = frozenset({Grant(capability=Capability.LEARN)})
    stranger = Actor(account_id=None, person_id=new_id(), name="Ravi", grants=learns)

    with pytest.raises(NotFound):
        services.training.ahead(stranger, course)


def test_a_course_begun_again_is_to_do_and_still_valid(
    desk: Desk, services: Services, assign: Assign, show: Show, clock: TurnedClock
) -> None:
    course = assign("LOTO", "Lockout", valid_months=12)
    finish(services, desk, course)
    clock.turn(timedelta(days=350))
    services.learning.begin_again(desk.actor, course)
    home, screen = HomeScreen(desk), CourseScreen(desk)

    show(home)
    show(screen, course_id=course)

    assert home.hero.button is not None
    assert home.hero.button.text() == "Continue"
    assert "In progress · valid to 23 Nov 2027" in chips(screen)
    assert "23 Nov 2026; it stays on record" in words(screen.facts)
    assert screen.go_button.isVisible()
    assert not screen.again_button.isVisible()
    assert screen.certificates_button.isVisible()


def test_an_expired_course_says_so_everywhere(
    desk: Desk, services: Services, assign: Assign, show: Show, clock: TurnedClock
) -> None:
    course = assign("LOTO", "Lockout", due=date(2026, 12, 1), valid_months=1)
    finish(services, desk, course)
    clock.turn(timedelta(days=60))
    home, screen = HomeScreen(desk), CourseScreen(desk)

    show(home)
    show(screen, course_id=course)

    assert home.header_line().startswith("1 course has expired.")
    facts = words(screen.facts)
    assert "Expired | 23 Dec 2026" in facts
    assert "Valid until" not in facts
    assert "Overdue" not in facts
    assert screen.again_button.isVisible()

    services.learning.begin_again(desk.actor, course)
    screen.refresh()
    assert desk.jobs.wait_idle()
    assert "Expired 23 Dec 2026" in chips(screen)
    assert screen.go_button.isVisible()


def supervisor() -> Actor:
    """Return a trainer who supervises quizzes everywhere."""
    grant = Grant(capability=Capability.SUPERVISE_QUIZZES)
    return Actor(account_id=None, person_id=None, name="Ravi Iyer", grants=frozenset({grant}))


def test_a_completion_that_was_withdrawn_says_why_and_the_course_is_begun_again(
    desk: Desk, services: Services, assign: Assign, show: Show
) -> None:
    course = assign("LOTO", "Lockout", valid_months=12)
    finish(services, desk, course)
    corrections, person = services.training.corrections, desk.actor.person_id
    assert person is not None
    (one,) = corrections.records(SYSTEM, person)
    made = corrections.correct(
        somebody("Meera Iyer", Capability.ASSIGN),
        ToCorrect(
            kind=one.kind, record_id=one.id, field=COUNTS, new=VOID, reason="Somebody else did it"
        ),
    )
    corrections.approve(somebody("Ravi Das", Capability.ASSIGN), made)

    screen = CourseScreen(desk)
    show(screen, course_id=course)

    told = words(screen)
    assert "What you completed does not count any more" in told
    assert "Somebody else did it" in told
    assert [one.isVisibleTo(screen) for one in (screen.go_button, screen.again_button)] == [
        False,
        True,
    ]
    assert not screen.certificates_button.isVisibleTo(screen)


def test_the_learner_sees_at_once_that_they_may_go_on(
    desk: Desk,
    services: Services,
    site: Site,
    assign: Assign,
    opened: Opened,
    jobs: JobRunner,
) -> None:
    settings = QuizSettings(max_attempts=1, time_limit_seconds=600)
    course = assign("LOTO", "Lockout", lessons=(a_quiz_lesson(site, [True, True], settings),))
    lesson = services.learning.begin(desk.actor, course).lessons[0].lesson_id
    attempt = services.quizzes.start(desk.actor, lesson)
    services.quizzes.submit(desk.actor, attempt.attempt_id)
    player = opened(course_id=course)
    view = player.view
    assert isinstance(view, QuizView)
    assert not view.start_button.isEnabled()
    assert view.look_button.isVisible()

    person_id = desk.actor.person_id
    assert person_id is not None
    services.quizzes.supervision.give_attempt(
        supervisor(), person_id, lesson, reason="The PC was slow"
    )
    view.look_button.click()
    assert jobs.wait_idle()

    assert view.start_button.isEnabled()
    assert not view.look_button.isVisible()
    assert "Your supervisor has opened this quiz for you." in view.why.text()


def test_extra_time_is_told_before_the_quiz(
    desk: Desk, services: Services, site: Site, assign: Assign, opened: Opened
) -> None:
    settings = QuizSettings(time_limit_seconds=600)
    course = assign("LOTO", "Lockout", lessons=(a_quiz_lesson(site, [True, True], settings),))
    person_id = desk.actor.person_id
    assert person_id is not None
    services.quizzes.supervision.give_extra_time(
        supervisor(), person_id, ExtraTime(percent=50), reason="Reads slowly"
    )

    player = opened(course_id=course)

    assert isinstance(player.view, QuizView)
    told = words(player.view)
    assert "15 min" in told
    assert "5 min of it are extra for you." in told


def test_a_quiz_that_asks_for_it_lets_the_course_be_begun_again(
    desk: Desk, services: Services, site: Site, assign: Assign, show: Show, clock: TurnedClock
) -> None:
    settings = QuizSettings(retrain_after_failures=1)
    course = assign("LOTO", "Lockout", lessons=(a_quiz_lesson(site, [True, True], settings),))
    lesson = services.learning.begin(desk.actor, course).lessons[0].lesson_id
    attempt = services.quizzes.start(desk.actor, lesson)
    clock.turn(timedelta(minutes=1))
    services.quizzes.submit(desk.actor, attempt.attempt_id)
    screen = CourseScreen(desk)
    show(screen, course_id=course)
    clock.turn(timedelta(minutes=1))

    screen.again_button.click()
    assert desk.jobs.wait_idle()

    assert services.quizzes.may_start(desk.actor, lesson).allowed
    assert desk.opened == [("player", {"course_id": course, "lesson_id": None})]
