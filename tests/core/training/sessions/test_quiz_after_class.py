"""The quiz after a class: who has it waiting, who has passed, and what counts once they have."""

from datetime import timedelta
from uuid import UUID

import pytest

from app.core.assessments import Chosen
from app.core.base.actor import Actor, Capability, Grant
from app.core.base.errors import NotFound
from app.core.courses import LessonPlan, Outline
from app.core.people import Audience
from app.core.training import EvidenceRule, TrainingRefused
from app.core.training.assignments import State
from app.core.training.models import RequirementRow
from app.core.training.sessions import GroupQuiz, QuizTurn
from tests.core.training.conftest import verified
from tests.support.classes import BOSS, Room, another_trainer
from tests.support.teaching import a_lesson, a_quiz_lesson, published, published_anew


def a_course(room: Room, *lessons: LessonPlan, code: str = "EXT") -> UUID:
    """Publish a course of which something is shown, and something is asked of each."""
    site = room.pc.opened.site
    taught = lessons or (a_lesson("video"), a_quiz_lesson(site, [True]))
    outline = Outline(title="Extinguishers", in_order=True, lessons=taught, certificate="classic")
    course_id = published(site, outline, code)
    with site.transaction(BOSS, "course.require") as unit:
        unit.add(RequirementRow(code=code, title="Extinguishers", course_id=course_id))
    return course_id


def learner(person_id: UUID, number: str) -> Actor:
    grants = frozenset({Grant(capability=Capability.LEARN)})
    return Actor(account_id=None, person_id=person_id, name=number, number=number, grants=grants)


def a_class(
    room: Room, *numbers: str, quiz: GroupQuiz = GroupQuiz.REQUIRED, tapped: str = ""
) -> UUID:
    """Hold an hour to which some people came with their badges; `tapped` is a code itself."""
    a_course(room)
    version = room.school.releases
    session_id = room.opened(course="EXT", quiz=quiz)
    room.tap(session_id, *(f"badge {one}" for one in numbers), *([tapped] if tapped else []))
    room.pass_by(60)
    with room.pc.opened.site.read() as session:
        course_id = room.sessions.detail(BOSS, session_id).course_id
        assert course_id is not None
        first = version.newest(session, course_id).lesson_ids[0]
    end = room.clock.now()
    began = room.sessions.detail(BOSS, session_id).began_at
    room.sessions.showing.note(room.meera, session_id, first, (began, end))
    room.end(session_id)
    return session_id


def take(room: Room, who: Actor, session_id: UUID, *, passes: bool) -> None:
    """Let somebody take the quiz of a class."""
    at_hand = room.sessions.quizzes.begin(who, session_id)
    begun = room.school.quizzes.start(who, at_hand.lesson_id)
    (asked,) = begun.questions
    answer = Chosen(keys=("true" if passes else "false",))
    room.school.quizzes.answer(who, begun.attempt_id, asked.question_id, answer)
    room.pass_by(1)
    room.school.quizzes.submit(who, begun.attempt_id)


def turns(room: Room, session_id: UUID) -> dict[str, QuizTurn]:
    return {one.number: one.turn for one in room.sessions.quizzes.queue(room.meera, session_id)}


def test_everybody_who_was_there_has_the_quiz_waiting_once_the_class_is_over(room: Room) -> None:
    asha = learner(room.somebody("E-10", badge="badge E-10"), "E-10")
    room.somebody("E-11", badge="badge E-11")
    chitra = learner(room.somebody("E-12", badge="badge E-12"), "E-12")
    room.require()
    a_course(room)
    session_id = room.opened(course="EXT", quiz=GroupQuiz.INDIVIDUAL)
    room.tap(session_id, "badge E-10", "badge E-11")
    assert room.sessions.quizzes.queue(room.meera, session_id) == ()
    assert room.sessions.quizzes.mine(asha) == ()
    room.pass_by(60)
    room.end(session_id)

    assert turns(room, session_id) == {"E-10": QuizTurn.WAITING, "E-11": QuizTurn.WAITING}
    (mine,) = room.sessions.quizzes.mine(asha)
    assert (mine.session_id, mine.must_pass) == (session_id, False)
    assert room.sessions.quizzes.mine(chitra) == ()
    with pytest.raises(NotFound):
        room.sessions.quizzes.begin(chitra, session_id)

    take(room, asha, session_id, passes=False)
    assert turns(room, session_id)["E-10"] is QuizTurn.FAILED
    take(room, asha, session_id, passes=True)
    assert turns(room, session_id)["E-10"] is QuizTurn.PASSED
    first, _second = room.sessions.quizzes.queue(room.meera, session_id)
    assert ([one.passed for one in first.tries], first.score_hundredths) == ([False, True], 10_000)
    assert room.sessions.quizzes.mine(asha) == ()
    assert room.sign(session_id).credited != ()  # a quiz that need not be passed keeps nobody
    assert verified(room.pc.opened.site)


def test_attendance_counts_once_the_quiz_is_passed_where_the_class_says_so(room: Room) -> None:
    asha_id, bina_id = (room.somebody(one, badge=f"badge {one}") for one in ("E-10", "E-11"))
    asha, bina = learner(asha_id, "E-10"), learner(bina_id, "E-11")
    room.require()
    everybody = Audience(numbers=("E-10", "E-11"))
    room.school.training.assign(BOSS, "FIRE", everybody, due_on=None, origin="Works there")
    session_id = a_class(room, "E-10", "E-11")
    take(room, asha, session_id, passes=True)
    assert room.holds(asha_id) == frozenset()  # nobody has signed yet

    assert "counts once they pass the quiz" in room.sessions.signing.text(room.meera, session_id)
    signed = room.sign(session_id)
    assert (signed.credited, signed.to_pass) == ((asha_id,), (bina_id,))
    assert signed.completed == (asha_id,)
    given = room.certificates.of_class(BOSS, room.sessions.detail(BOSS, session_id))
    assert len(given) == 2  # of the course that was shown, and of what the class proves
    (waits,) = room.school.training.assignments.of_person(BOSS, bina_id)
    assert waits.stands.state is State.IN_PROGRESS

    take(room, bina, session_id, passes=False)
    assert room.holds(bina_id) == frozenset()
    take(room, bina, session_id, passes=True)
    assert room.holds(bina_id) == {"FIRE"}
    (done,) = room.school.training.assignments.of_person(BOSS, bina_id)
    assert done.stands.state is State.COMPLETED
    completed = room.school.learning.begin(bina, room.sessions.detail(BOSS, session_id).course_id)  # type: ignore[arg-type]  # the class shows one
    assert completed.completed_at is not None
    assert verified(room.pc.opened.site)


def test_attendance_by_hand_waits_for_both_the_quiz_and_the_second_person(room: Room) -> None:
    asha_id = room.somebody("E-10")
    asha = learner(asha_id, "E-10")
    room.require(evidence=EvidenceRule.CONFIRMED)
    room.school.training.assign(
        BOSS, "FIRE", Audience(numbers=("E-10",)), due_on=None, origin="Works there"
    )
    a_course(room)
    session_id = room.opened(course="EXT", quiz=GroupQuiz.REQUIRED)
    room.tap(session_id, "E-10")  # by number
    room.pass_by(60)
    room.end(session_id)
    assert room.sign(session_id).waiting == (asha_id,)
    (waits,) = room.school.training.assignments.of_person(BOSS, asha_id)
    assert waits.stands.state is State.PENDING_EVIDENCE

    other = another_trainer()
    (one,) = room.sessions.confirming.waiting(other)
    room.sessions.confirming.confirm(other, one)
    assert room.holds(asha_id) == frozenset()
    take(room, asha, session_id, passes=True)
    assert room.holds(asha_id) == {"FIRE"}


def test_who_completed_the_course_long_ago_takes_the_quiz_anew(room: Room) -> None:
    asha_id = room.somebody("E-10", badge="badge E-10")
    asha = learner(asha_id, "E-10")
    room.require()
    earlier = a_class(room, "E-10")
    take(room, asha, earlier, passes=True)
    room.sign(earlier)
    room.pass_by(60 * 24)
    again = room.opened(course="EXT", quiz=GroupQuiz.REQUIRED)
    room.tap(again, "badge E-10")
    room.pass_by(60)
    room.end(again)

    assert turns(room, again) == {"E-10": QuizTurn.WAITING}
    take(room, asha, again, passes=True)
    assert turns(room, again) == {"E-10": QuizTurn.PASSED}
    assert room.sign(again).credited == (asha_id,)


def test_a_quiz_of_each_needs_a_course_that_has_one(room: Room) -> None:
    room.require()
    a_course(room, a_lesson("video"), code="FILM")
    for course in (None, "FILM"):
        with pytest.raises(TrainingRefused, match="no quiz that each could take"):
            room.plan(course=course, quiz=GroupQuiz.INDIVIDUAL)


def test_a_course_that_was_revised_since_is_told_with_the_version_that_was_held(room: Room) -> None:
    asha = learner(room.somebody("E-10", badge="badge E-10"), "E-10")
    room.require()
    session_id = a_class(room, "E-10")
    take(room, asha, session_id, passes=True)
    assert room.sessions.detail(BOSS, session_id).revised is None
    site = room.pc.opened.site
    lessons = (a_lesson("video"), a_lesson("video", "More"), a_quiz_lesson(site, [False]))
    room.clock.turn(timedelta(days=1))
    course_id = room.sessions.detail(BOSS, session_id).course_id
    assert course_id is not None
    outline = Outline(title="Extinguishers", in_order=True, lessons=lessons)
    published_anew(site, course_id, outline)

    revised = room.sessions.detail(BOSS, session_id).revised

    assert revised is not None
    assert (revised.held_by, revised.now) == ((1,), 2)
    told = "Held by version 1 of the course; version 2 is in force since 24 Nov 2026"
    assert told in room.sessions.signing.text(room.meera, session_id)
    assert room.sign(session_id).credited == (asha.person_id,)
    assert [one.version for one in room.sessions.detail(BOSS, session_id).shown] == [1]
