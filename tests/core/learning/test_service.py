"""Learning as people do it, on a real site."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
import sqlalchemy as sa

from app.core.base.errors import NotAllowed
from app.core.courses import CompletionRule, Outline
from app.core.journal import Journal, Site
from app.core.learning import CompletedCourse, LessonLocked, NotALearner
from app.core.learning.models import CourseStartRow, LearningSessionRow
from tests.support.clock import TurnedClock
from tests.support.sites import STATION, open_site
from tests.support.teaching import (
    ACTOR,
    HALF,
    School,
    a_learner,
    a_lesson,
    a_quiz_lesson,
    a_school,
    published,
)


@pytest.fixture
def school(site: Site) -> School:
    return a_school(site)


def watched(until: int, duration: int = 60_000) -> dict[str, object]:
    return {"watched": [[0, until]], "position": until, "duration": duration}


def facts(site: Site, model: type) -> int:
    with site.read() as session:
        return session.scalar(sa.select(sa.func.count()).select_from(model)) or 0


def test_a_course_is_begun_once_and_resumed_after(school: School, site: Site) -> None:
    course = published(site, Outline(title="LOTO", lessons=(a_lesson("video"),)))
    asha = a_learner(site)

    first = school.learning.begin(asha, course)
    again = school.learning.begin(asha, course)

    assert first.start_id == again.start_id
    assert facts(site, CourseStartRow) == 1


def test_a_course_begins_as_it_was_foreseen_and_foreseeing_records_nothing(
    school: School, site: Site
) -> None:
    course = published(site, Outline(title="LOTO", lessons=(a_lesson("video"), a_lesson("page"))))
    asha = a_learner(site)

    foreseen = school.learning.foresee(asha, course)
    assert facts(site, CourseStartRow) == 0
    begun = school.learning.begin(asha, course)

    assert begun == foreseen
    assert school.learning.foresee(asha, course) == begun


def test_what_one_person_was_to_begin_is_begun_by_nobody_else(school: School, site: Site) -> None:
    course = published(site, Outline(title="LOTO", lessons=(a_lesson("video"),)))
    asha, ravi = a_learner(site), a_learner(site, "E-2", "Ravi")
    foreseen = school.learning.foresee(asha, course)

    assert school.learning.begin(ravi, course).start_id != foreseen.start_id
    assert facts(site, CourseStartRow) == 1
    with pytest.raises(NotALearner):
        school.learning.foresee(ACTOR, course)


def test_a_video_resumes_where_it_was_left_after_a_crash(school: School, site: Site) -> None:
    course = published(site, Outline(title="LOTO", lessons=(a_lesson("video"),)))
    asha = a_learner(site)
    hand = school.learning.begin(asha, course)
    lesson = hand.lessons[0].lesson_id
    school.learning.tick(asha, hand.start_id, lesson, watched(12_000), 12)

    site.database.close()  # the power fails: nothing was paused or left
    reopened = a_school(open_site(site.database, site.clock))

    state = reopened.learning.begin(asha, course).lesson(lesson)
    assert state.state["position"] == 12_000
    assert state.share == Fraction(1, 5)


def test_lessons_open_in_order(school: School, site: Site) -> None:
    outline = Outline(title="LOTO", lessons=(a_lesson("video", rule=HALF), a_lesson("page")))
    hand = school.learning.begin(a := a_learner(site), published(site, outline))
    video, page = (one.lesson_id for one in hand.lessons)

    with pytest.raises(LessonLocked):
        school.learning.tick(a, hand.start_id, page, {"reached": 1000}, 5)
    school.learning.tick(a, hand.start_id, video, watched(31_000), 31)

    assert school.learning.tick(a, hand.start_id, page, {"reached": 1000}, 5).is_done


def test_seeking_to_the_end_is_not_watching(school: School, site: Site) -> None:
    hand = school.learning.begin(
        a := a_learner(site), published(site, Outline(title="L", lessons=(a_lesson("video"),)))
    )
    trace = {"watched": [[59_000, 60_000]], "position": 60_000, "duration": 60_000}

    lesson = school.learning.tick(a, hand.start_id, hand.lessons[0].lesson_id, trace, 1)

    assert not lesson.is_done
    assert lesson.share < 0.02


def test_a_rule_may_ask_for_time_too(school: School, site: Site) -> None:
    rule = CompletionRule(active_seconds=30)
    hand = school.learning.begin(
        a := a_learner(site),
        published(site, Outline(title="L", lessons=(a_lesson("page", rule=rule),))),
    )
    lesson = hand.lessons[0].lesson_id

    assert not school.learning.tick(a, hand.start_id, lesson, {"reached": 1000}, 10).is_done
    assert school.learning.tick(a, hand.start_id, lesson, {}, 20).is_done


def test_time_asleep_does_not_count_as_learning(school: School, site: Site) -> None:
    rule = CompletionRule(active_seconds=3600)
    hand = school.learning.begin(
        a := a_learner(site),
        published(site, Outline(title="L", lessons=(a_lesson("page", rule=rule),))),
    )

    lesson = school.learning.tick(
        a, hand.start_id, hand.lessons[0].lesson_id, {"reached": 1000}, 7200
    )

    assert not lesson.is_done


def test_pausing_writes_what_was_new_as_one_fact(school: School, site: Site) -> None:
    hand = school.learning.begin(
        a := a_learner(site), published(site, Outline(title="L", lessons=(a_lesson("document"),)))
    )
    lesson = hand.lessons[0].lesson_id
    school.learning.tick(a, hand.start_id, lesson, {"pages": {"1": 4}, "count": 3, "page": 1}, 4)
    school.learning.tick(
        a, hand.start_id, lesson, {"pages": {"1": 2, "2": 5}, "count": 3, "page": 2}, 7
    )

    school.learning.pause(a, hand.start_id, lesson)
    school.learning.pause(a, hand.start_id, lesson)

    with site.read() as session:
        (row,) = session.scalars(sa.select(LearningSessionRow)).all()
    assert (row.active_seconds, row.trace["pages"]) == (11, {"1": 6, "2": 5})


def test_completing_all_required_lessons_completes_the_course(
    school: School, site: Site, clock: TurnedClock
) -> None:
    completed: list[CompletedCourse] = []
    school.learning.on_completed.append(lambda _unit, course: completed.append(course))
    lessons = (
        a_lesson("video", rule=HALF),
        a_lesson("page", is_required=False),
        a_lesson("acknowledgement"),
        a_quiz_lesson(site, [True, False]),
    )
    course = published(site, Outline(title="LOTO", lessons=lessons, valid_months=12))
    a = a_learner(site)
    hand = school.learning.begin(a, course)
    video, _page, statement, quiz = (one.lesson_id for one in hand.lessons)

    school.learning.tick(a, hand.start_id, video, watched(60_000), 60)
    school.learning.acknowledge(a, hand.start_id, statement, "I have read and understood", "pin")
    assert completed == []
    pass_quiz(school, a, quiz, [True, False])

    (done,) = completed
    assert (done.score, done.valid_until) == (1, date(2027, 11, 23))
    hand = school.learning.begin(a, course)
    assert (hand.share, hand.next_lesson and hand.next_lesson.plan.kind) == (1, "page")


def pass_quiz(school: School, actor: object, lesson: object, answers: list[bool]) -> bool:
    """Answer every true/false question of a quiz by its number; tell whether that passed."""
    from app.core.assessments.types import Chosen

    attempt = school.quizzes.start(actor, lesson)  # type: ignore[arg-type]
    for asked in attempt.questions:
        answer = answers[int(asked.question.stem.source.split()[-1])]
        response = Chosen(keys=("true" if answer else "false",))
        school.quizzes.answer(actor, attempt.attempt_id, asked.question_id, response)  # type: ignore[arg-type]
    return school.quizzes.submit(actor, attempt.attempt_id).score.passed  # type: ignore[arg-type]


def test_a_failed_quiz_completes_nothing_but_is_kept(school: School, site: Site) -> None:
    course = published(site, Outline(title="L", lessons=(a_quiz_lesson(site, [True, True]),)))
    hand = school.learning.begin(a := a_learner(site), course)

    assert not pass_quiz(school, a, hand.lessons[0].lesson_id, [True, False])

    hand = school.learning.begin(a, course)
    assert not hand.lessons[0].is_done
    (mine,) = school.training.my_courses(a)
    assert mine.score_hundredths == 5000


def test_nobody_learns_in_anothers_name(school: School, site: Site) -> None:
    course = published(site, Outline(title="L", lessons=(a_lesson("page"),)))
    hand = school.learning.begin(a_learner(site), course)
    ravi = a_learner(site, "E-2", "Ravi")

    with pytest.raises(NotAllowed):
        school.learning.tick(ravi, hand.start_id, hand.lessons[0].lesson_id, {"reached": 1000}, 1)
    with pytest.raises(NotALearner):
        school.learning.begin(ACTOR, course)


def test_a_new_cycle_leaves_old_evidence(school: School, site: Site, clock: TurnedClock) -> None:
    course = published(site, Outline(title="L", lessons=(a_lesson("page"),), valid_months=1))
    hand = school.learning.begin(a := a_learner(site), course)
    school.learning.tick(a, hand.start_id, hand.lessons[0].lesson_id, {"reached": 1000}, 1)
    clock.turn(timedelta(days=40))

    again = school.learning.begin_again(a, course)

    assert again.start_id != hand.start_id
    assert not again.lessons[0].is_done
    assert school.learning.in_hand(a, hand.start_id).completed_at is not None


def test_what_learning_wrote_is_proved_by_the_journal(school: School, site: Site) -> None:
    test_completing_all_required_lessons_completes_the_course(school, site, site.clock)  # type: ignore[arg-type]

    assert Journal(site, STATION).verify(ACTOR).ok
