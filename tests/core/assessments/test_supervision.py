"""Quizzes under supervision, on a real site: what is given, to whom, and who may."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
import sqlalchemy as sa

from app.core.assessments import (
    AttemptClosed,
    ExtraTime,
    GiftKind,
    GiftRefused,
    MayNotStart,
    NotForOneself,
    StartReason,
    SupervisedQuiz,
    TimeRefused,
)
from app.core.assessments.types import Chosen, QuizSettings
from app.core.base.actor import Actor, Capability, Grant
from app.core.base.errors import NotAllowed, NotFound
from app.core.base.ids import new_id
from app.core.base.reasons import ReasonMissing
from app.core.courses import Outline
from app.core.journal import Journal, Site
from app.core.journal.models import EntryRow
from app.core.people import (
    Destination,
    NewPerson,
    OrgUnitId,
    People,
    Reads,
)
from app.core.people.models import PersonRow
from tests.support.clock import TurnedClock
from tests.support.sites import STATION
from tests.support.teaching import (
    ACTOR,
    School,
    a_learner,
    a_quiz_lesson,
    a_school,
    published,
)

ONCE = QuizSettings(max_attempts=1)
HOURLY = QuizSettings(cool_off_seconds=(3600,))
TIMED = QuizSettings(time_limit_seconds=600)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def school(site: Site) -> School:
    return a_school(site)


def supervisor(*units: UUID, person_id: UUID | None = None) -> Actor:
    """Return somebody who supervises quizzes, for the site or some org units."""
    grant = Grant(
        capability=Capability.SUPERVISE_QUIZZES, org_units=frozenset(units) if units else None
    )
    return Actor(
        account_id=new_id(), person_id=person_id, name="Ravi Iyer", grants=frozenset({grant})
    )


RAVI = supervisor()


def at_a_quiz(school: School, settings: QuizSettings) -> tuple[Actor, UUID, UUID]:
    """Let somebody begin a course of one quiz; return who, the course and the lesson."""
    lesson = a_quiz_lesson(school.site, [True, True], settings)
    course = published(school.site, Outline(title="LOTO", lessons=(lesson,)))
    asha = a_learner(school.site)
    hand = school.learning.begin(asha, course)
    return asha, course, hand.lessons[0].lesson_id


def try_it(school: School, who: Actor, lesson: UUID, *, passes: bool = False) -> None:
    """Take the quiz, right or wrong, in a minute."""
    attempt = school.quizzes.start(who, lesson)
    for asked in attempt.questions:
        answer = Chosen(keys=("true" if passes else "false",))
        school.quizzes.answer(who, attempt.attempt_id, asked.question_id, answer)
    turn(school, MINUTE)
    school.quizzes.submit(who, attempt.attempt_id)
    turn(school, MINUTE)


def turn(school: School, by: timedelta) -> None:
    """Let time go by."""
    clock = school.site.clock
    assert isinstance(clock, TurnedClock)
    clock.turn(by)


def person(who: Actor) -> UUID:
    """Return the person who acts."""
    assert who.person_id is not None
    return who.person_id


def seen(school: School, who: Actor) -> SupervisedQuiz:
    """Return the one quiz of somebody as their supervisor sees it."""
    (quiz,) = school.quizzes.supervision.of(RAVI, person(who)).quizzes
    return quiz


def test_one_more_attempt_is_one_more(school: School) -> None:
    asha, _course, lesson = at_a_quiz(school, ONCE)
    try_it(school, asha, lesson)
    with pytest.raises(MayNotStart):
        school.quizzes.start(asha, lesson)

    school.quizzes.supervision.give_attempt(RAVI, person(asha), lesson, reason=" Slow PC ")

    decision = school.quizzes.may_start(asha, lesson)
    assert (decision.allowed, decision.attempts_left, decision.is_released) == (True, 1, True)
    (gift,) = seen(school, asha).gifts
    assert (gift.kind, gift.by_name, gift.reason) == (GiftKind.ATTEMPT, "Ravi Iyer", "Slow PC")
    try_it(school, asha, lesson)
    assert school.quizzes.may_start(asha, lesson).reason is StartReason.ATTEMPTS_USED_UP


def test_waiting_is_ended_and_comes_back_with_the_next_failure(school: School) -> None:
    asha, _course, lesson = at_a_quiz(school, HOURLY)
    try_it(school, asha, lesson)
    assert seen(school, asha).may_lift

    school.quizzes.supervision.lift_waiting(RAVI, person(asha), lesson, reason="Line is waiting")

    assert not seen(school, asha).may_lift
    try_it(school, asha, lesson)
    assert school.quizzes.may_start(asha, lesson).reason is StartReason.COOLING_OFF


def test_ending_the_waiting_gives_no_attempt(school: School) -> None:
    settings = replace(HOURLY, max_attempts=2)
    asha, _course, lesson = at_a_quiz(school, settings)
    try_it(school, asha, lesson)
    school.quizzes.supervision.lift_waiting(RAVI, person(asha), lesson, reason="Line is waiting")
    try_it(school, asha, lesson)

    assert school.quizzes.may_start(asha, lesson).reason is StartReason.ATTEMPTS_USED_UP
    with pytest.raises(GiftRefused):
        school.quizzes.supervision.lift_waiting(RAVI, person(asha), lesson, reason="Again")


def test_an_attempt_says_whether_questions_are_read_to_who_takes_it(school: School) -> None:
    asha, _course, lesson = at_a_quiz(school, TIMED)
    assert not school.quizzes.start(asha, lesson).is_read_to
    with school.site.transaction(ACTOR, "person.edit") as unit:
        unit.get_one(PersonRow, person(asha)).reads = Reads.ALONG.value
    again = school.quizzes.open_attempt(asha, lesson)
    assert again is not None
    assert again.is_read_to


def test_an_open_attempt_gets_more_time(school: School) -> None:
    asha, _course, lesson = at_a_quiz(school, TIMED)
    attempt = school.quizzes.start(asha, lesson)
    assert seen(school, asha).may_extend

    for reason in ("Fire drill", "And the walk back"):
        school.quizzes.supervision.extend(RAVI, attempt.attempt_id, 300, reason=reason)

    again = school.quizzes.open_attempt(asha, lesson)
    assert again is not None
    assert again.time_left is not None
    assert again.time_left.left == timedelta(seconds=1200)
    turn(school, timedelta(seconds=10))
    school.quizzes.submit(asha, attempt.attempt_id)
    with pytest.raises(AttemptClosed):
        school.quizzes.supervision.extend(RAVI, attempt.attempt_id, 300, reason="Too late")
    gifts = seen(school, asha).gifts
    assert {gift.reason for gift in gifts} == {"Fire drill", "And the walk back"}
    assert {gift.extra for gift in gifts} == {ExtraTime(seconds=300)}


def test_an_answer_within_the_time_given_counts(school: School) -> None:
    asha, _course, lesson = at_a_quiz(school, TIMED)
    attempt = school.quizzes.start(asha, lesson)
    school.quizzes.supervision.extend(RAVI, attempt.attempt_id, 300, reason="Fire drill")
    turn(school, timedelta(seconds=800))

    for asked in attempt.questions:
        right = Chosen(keys=("true",))
        school.quizzes.answer(asha, attempt.attempt_id, asked.question_id, right)

    outcome = school.quizzes.submit(asha, attempt.attempt_id)
    assert (outcome.score.passed, outcome.ended_by) == (True, "learner")


def test_an_answer_shows_that_the_program_runs(school: School) -> None:
    asha, _course, lesson = at_a_quiz(school, TIMED)
    attempt = school.quizzes.start(asha, lesson)
    asked, right = attempt.questions[0].question_id, Chosen(keys=("true",))
    for _answer in range(2):
        turn(school, timedelta(seconds=10))
        school.quizzes.answer(asha, attempt.attempt_id, asked, right)

    turn(school, timedelta(seconds=10))
    again = school.quizzes.open_attempt(asha, lesson)

    assert again is not None
    assert again.time_left is not None
    assert again.time_left.left == timedelta(seconds=570)  # nothing given back


def test_extra_time_holds_for_every_quiz_until_it_is_ended(school: School) -> None:
    asha, _course, lesson = at_a_quiz(school, TIMED)
    supervision = school.quizzes.supervision

    supervision.give_extra_time(RAVI, person(asha), ExtraTime(percent=25), reason="Dyslexia")
    turn(school, MINUTE)
    assert school.quizzes.time_limit(asha, lesson) == 750
    attempt = school.quizzes.start(asha, lesson)
    turn(school, timedelta(seconds=1))
    supervision.end_extra_time(RAVI, person(asha), reason="Asked for by herself")

    assert attempt.time_left is not None
    assert attempt.time_left.left == timedelta(seconds=750)
    again = school.quizzes.open_attempt(asha, lesson)
    assert again is not None
    assert again.time_left is not None
    assert again.time_left.left == timedelta(seconds=749)
    assert school.quizzes.time_limit(asha, lesson) == 600
    record = supervision.of(RAVI, person(asha))
    assert record.extra_time is None
    assert [gift.kind for gift in record.extra_gifts] == [
        GiftKind.EXTRA_TIME_ENDED,
        GiftKind.EXTRA_TIME,
    ]


def test_beginning_the_course_again_begins_the_count_again(school: School) -> None:
    settings = QuizSettings(max_attempts=2, retrain_after_failures=1)
    asha, course, lesson = at_a_quiz(school, settings)
    try_it(school, asha, lesson)
    assert school.quizzes.may_start(asha, lesson).reason is StartReason.RETRAINING_NEEDED

    school.learning.begin_again(asha, course)

    decision = school.quizzes.may_start(asha, lesson)
    assert (decision.allowed, decision.attempts_left) == (True, 2)


def test_a_pass_of_an_earlier_cycle_does_not_keep_one_from_the_next(school: School) -> None:
    asha, course, lesson = at_a_quiz(school, QuizSettings())
    try_it(school, asha, lesson, passes=True)
    assert school.quizzes.may_start(asha, lesson).reason is StartReason.ALREADY_PASSED

    hand = school.learning.begin_again(asha, course)
    turn(school, MINUTE)
    try_it(school, asha, lesson, passes=True)

    assert school.learning.in_hand(asha, hand.start_id).completed_at is not None


def test_a_course_under_way_is_not_begun_again_without_need(school: School) -> None:
    asha, course, lesson = at_a_quiz(school, ONCE)
    try_it(school, asha, lesson)

    with pytest.raises(NotFound):
        school.learning.begin_again(asha, course)


def test_nothing_is_given_without_a_reason_or_to_no_avail(school: School) -> None:
    asha, _course, lesson = at_a_quiz(school, QuizSettings())
    who, supervision = person(asha), school.quizzes.supervision
    attempt = school.quizzes.start(asha, lesson)

    with pytest.raises(ReasonMissing):
        supervision.give_attempt(RAVI, who, lesson, reason="  ")
    with pytest.raises(GiftRefused, match="open"):
        supervision.give_attempt(RAVI, who, lesson, reason="Why not")
    with pytest.raises(GiftRefused, match="time limit"):
        supervision.extend(RAVI, attempt.attempt_id, 60, reason="Why not")
    with pytest.raises(GiftRefused):
        supervision.end_extra_time(RAVI, who, reason="There is none")
    for seconds in (0, -60, 9 * 3600):
        with pytest.raises(TimeRefused):
            supervision.extend(RAVI, attempt.attempt_id, seconds, reason="Wrong")
    for extra in (ExtraTime(), ExtraTime(percent=-1), ExtraTime(percent=500)):
        with pytest.raises(TimeRefused):
            supervision.give_extra_time(RAVI, who, extra, reason="Wrong")
    with pytest.raises(NotFound):
        supervision.of(RAVI, new_id())
    assert supervision.of(RAVI, who).quizzes[0].gifts == ()


def test_only_those_over_a_person_give_them_anything(school: School) -> None:
    people = People(school.site)
    mine = people.organisation.add_org_unit(ACTOR, "PRESS", "Press shop")
    other = people.organisation.add_org_unit(ACTOR, "PAINT", "Paint shop")
    asha, lesson = in_a_unit(school, people, mine)
    try_it(school, asha, lesson)
    supervision, who = school.quizzes.supervision, person(asha)

    for actor in (asha, supervisor(other)):
        with pytest.raises(NotAllowed):
            supervision.of(actor, who)
        with pytest.raises(NotAllowed):
            supervision.give_attempt(actor, who, lesson, reason="Please")
        with pytest.raises(NotAllowed):
            supervision.give_extra_time(actor, who, ExtraTime(percent=10), reason="Please")
    with pytest.raises(NotForOneself):
        supervision.give_attempt(supervisor(person_id=who), who, lesson, reason="Please")

    supervision.give_attempt(supervisor(mine), who, lesson, reason="Please")
    assert school.quizzes.may_start(asha, lesson).allowed


def in_a_unit(school: School, people: People, unit: OrgUnitId) -> tuple[Actor, UUID]:
    """Let somebody of an org unit begin a course of one quiz with one attempt."""
    place = Destination(org_unit_id=unit)
    who = people.add(ACTOR, NewPerson(number="E-1", name="Asha Kulkarni", place=place))
    learns = frozenset({Grant(capability=Capability.LEARN)})
    asha = Actor(account_id=None, person_id=who, name="Asha Kulkarni", grants=learns)
    lesson = a_quiz_lesson(school.site, [True, True], ONCE)
    course = published(school.site, Outline(title="LOTO", lessons=(lesson,)))
    return asha, school.learning.begin(asha, course).lessons[0].lesson_id


def test_what_was_given_is_proved_by_the_journal(school: School, site: Site) -> None:
    asha, _course, lesson = at_a_quiz(school, replace(ONCE, time_limit_seconds=600))
    try_it(school, asha, lesson)
    school.quizzes.supervision.give_attempt(RAVI, person(asha), lesson, reason="Slow PC")

    with site.read() as session:
        said = session.execute(
            sa.select(EntryRow.action, EntryRow.reason).where(EntryRow.action == "attempt.unlock")
        ).all()

    assert [tuple(one) for one in said] == [("attempt.unlock", "Slow PC")]
    assert Journal(site, STATION).verify(ACTOR).ok
