"""Two learners who were found to be one: what both did stands under one name, and goes back."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
import sqlalchemy as sa

from app.core.base.actor import Actor
from app.core.courses import Outline
from app.core.journal import Site
from app.core.learning.models import CourseCompletionRow, CourseProgressRow, LessonCompletionRow
from app.core.people import People, PersonId, rebuild_listing
from tests.support.clock import TurnedClock
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


@pytest.fixture
def people(site: Site, school: School) -> People:
    made = People(site)
    made.merging.on_moved.append(school.learning.take_over)
    return made


@pytest.fixture
def both(site: Site) -> tuple[Actor, Actor]:
    made = a_learner(site, "E-1", "Asha Kulkarni"), a_learner(site, "P-1", "Asha K")
    with site.transaction(ACTOR, "test.list") as unit:
        rebuild_listing(unit)
    return made


def key(actor: Actor) -> PersonId:
    assert actor.person_id is not None
    return PersonId(actor.person_id)


def watched(until: int) -> dict[str, object]:
    return {"watched": [[0, until]], "position": until, "duration": 60_000}


def test_what_both_did_stands_under_one_name_and_goes_back(
    site: Site, school: School, people: People, both: tuple[Actor, Actor], clock: TurnedClock
) -> None:
    """Neither course is completed by halves of two starts: an undo would leave a wrong completion."""
    one, other = both
    lessons = (a_lesson("video", rule=HALF), a_lesson("video", "Second", rule=HALF))
    course = published(site, Outline(title="LOTO", lessons=lessons))
    starts = {}
    for place, actor in enumerate(both):
        clock.turn(timedelta(minutes=5))
        hand = school.learning.begin(actor, course)
        starts[actor.person_id] = hand.start_id
        first, second = (lesson.lesson_id for lesson in hand.lessons)
        school.learning.tick(actor, hand.start_id, first, watched(40_000), 40)
        if place:
            school.learning.tick(actor, hand.start_id, second, watched(40_000), 40)
    before = told(site)

    people.merging.merge(ACTOR, key(one), key(other), "One card")

    with site.read() as session:
        begun = school.learning.begun_courses(session, key(one))
    assert begun[course].start_id == starts[other.person_id]  # begun last
    assert begun[course].held is not None
    progress, completions = told(site)
    assert {person for person, _done in progress.values()} == {one.person_id}
    assert {start for start, _person in completions} == {starts[other.person_id]}
    assert {person for _start, person in completions} == {one.person_id}

    people.merging.undo(ACTOR, key(other), "Two sisters")

    assert told(site) == before


def test_who_is_learning_while_they_are_merged_loses_nothing(
    site: Site, school: School, people: People, both: tuple[Actor, Actor]
) -> None:
    one, other = both
    course = published(site, Outline(title="LOTO", lessons=(a_lesson("video", rule=HALF),)))
    hand = school.learning.begin(other, course)
    lesson = hand.lessons[0].lesson_id
    school.learning.tick(other, hand.start_id, lesson, watched(10_000), 10)

    people.merging.merge(ACTOR, key(one), key(other), "One card")
    done = school.learning.tick(other, hand.start_id, lesson, watched(40_000), 30)

    assert done.is_done
    with site.read() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(LessonCompletionRow)) == 1
    again = school.learning.begin(replace(one), course)
    assert again.start_id == hand.start_id
    assert again.completed_at is not None


def test_attempts_of_both_count_together(
    site: Site, school: School, people: People, both: tuple[Actor, Actor]
) -> None:
    one, other = both
    quiz = a_quiz_lesson(site, [True])
    course = published(site, Outline(title="LOTO", lessons=(quiz,)))
    for actor in both:
        lesson = school.learning.begin(actor, course).lessons[0].lesson_id
        attempt = school.quizzes.start(actor, lesson)
        school.quizzes.submit(actor, attempt.attempt_id)

    people.merging.merge(ACTOR, key(one), key(other), "One card")

    assert [found.number for found in school.quizzes.outcomes(one, lesson)] == [1, 1]
    assert school.quizzes.start(one, lesson).number == 3


def told(site: Site) -> tuple[dict[UUID, tuple[UUID, int]], set[tuple[UUID, UUID]]]:
    """How far every start is and whose, and which are completed for whom."""
    with site.read() as session:
        progress = {
            row.start_id: (row.person_id, row.lessons_done)
            for row in session.scalars(sa.select(CourseProgressRow))
        }
        completions = {
            (row.start_id, row.person_id) for row in session.scalars(sa.select(CourseCompletionRow))
        }
    return progress, completions
