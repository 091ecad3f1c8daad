"""An assignment whose quiz has no attempt left is blocked until somebody gives another one."""

from datetime import timedelta
from uuid import UUID

import pytest
import sqlalchemy as sa

from app.core.assessments.types import Chosen, QuizSettings
from app.core.base.actor import Actor, Capability, Grant
from app.core.base.ids import new_id
from app.core.base.paging import PageRequest
from app.core.courses import Outline
from app.core.journal import Site
from app.core.learning import rebuild_progress
from app.core.learning.models import CourseProgressRow
from app.core.people import Audience, NewPerson, People, rebuild_listing
from app.core.training.assignments import State
from app.core.training.models import RequirementRow
from tests.core.training.conftest import SYSTEM
from tests.support.clock import TurnedClock
from tests.support.teaching import School, a_quiz_lesson, published

RAVI = Actor(
    account_id=new_id(),
    person_id=None,
    name="Ravi Iyer",
    grants=frozenset({Grant(capability=Capability.SUPERVISE_QUIZZES)}),
)


@pytest.fixture
def asha(site: Site, people: People) -> Actor:
    person = people.add(SYSTEM, NewPerson(number="E-1", name="Asha"))
    grants = frozenset({Grant(capability=Capability.LEARN)})
    return Actor(account_id=new_id(), person_id=person, name="Asha", grants=grants)


@pytest.fixture
def lesson(site: Site, school: School, asha: Actor) -> UUID:
    """A course of one quiz with two attempts, assigned to Asha, who begins it."""
    quiz = a_quiz_lesson(site, [True, True], QuizSettings(max_attempts=2))
    course = published(site, Outline(title="LOTO", lessons=(quiz,)))
    with site.transaction(SYSTEM, "requirement.add") as unit:
        unit.add(RequirementRow(code="LOTO", title="LOTO", course_id=course))
    school.training.assign(SYSTEM, "LOTO", Audience(), due_on=None, origin="Works on machines")
    return school.learning.begin(asha, course).lessons[0].lesson_id


def attempt(school: School, who: Actor, lesson: UUID, *, passes: bool) -> None:
    begun = school.quizzes.start(who, lesson)
    for asked in begun.questions:
        answer = Chosen(keys=("true" if passes else "false",))
        school.quizzes.answer(who, begun.attempt_id, asked.question_id, answer)
    school.quizzes.submit(who, begun.attempt_id)
    clock = school.site.clock
    assert isinstance(clock, TurnedClock)
    clock.turn(timedelta(minutes=1))


def state(school: School) -> State:
    """Return where the one assignment stands, as the list and its filter say, and as a rebuilding does."""
    acts = school.training.assignments
    (row,) = acts.page(SYSTEM, PageRequest()).rows
    kept = acts.page(SYSTEM, PageRequest(filters=(("state", row.stands.state.value),)))
    assert kept.rows == (row,)
    told = row.is_stuck
    with school.site.transaction(SYSTEM, "derived.rebuild") as unit:
        rebuild_progress(unit)
        rebuild_listing(unit)
    (again,) = acts.page(SYSTEM, PageRequest()).rows
    assert again.is_stuck == told
    return row.stands.state


def test_who_has_used_up_their_attempts_is_blocked_until_they_are_given_one(
    school: School, asha: Actor, lesson: UUID
) -> None:
    attempt(school, asha, lesson, passes=False)
    assert state(school) is State.IN_PROGRESS
    attempt(school, asha, lesson, passes=False)
    assert state(school) is State.BLOCKED

    assert asha.person_id is not None
    school.quizzes.supervision.give_attempt(RAVI, asha.person_id, lesson, reason="Slow PC")
    assert state(school) is State.IN_PROGRESS
    attempt(school, asha, lesson, passes=True)
    assert state(school) is State.COMPLETED


def test_attempts_made_on_another_pc_block_here_too(
    school: School, asha: Actor, lesson: UUID, site: Site
) -> None:
    for _turn in range(2):
        attempt(school, asha, lesson, passes=False)
    with site.transaction(SYSTEM, "derived.rebuild") as unit:
        unit.execute(sa.update(CourseProgressRow).values(is_stuck=False))
    with site.read() as session:
        found = session.scalars(sa.text("SELECT id FROM attempt_result")).all()
    results = [UUID(bytes=one) for one in found]
    assert state_without_rebuilding(school) is State.IN_PROGRESS

    school.learning.take_over({"attempt_result": results})

    assert state(school) is State.BLOCKED


def state_without_rebuilding(school: School) -> State:
    (row,) = school.training.assignments.page(SYSTEM, PageRequest()).rows
    return row.stands.state


def test_a_look_back_tells_when_no_attempt_was_left(
    school: School, asha: Actor, lesson: UUID, clock: TurnedClock
) -> None:
    assert asha.person_id is not None
    days = []

    def end_day() -> None:
        days.append(clock.now().astimezone().date())
        clock.turn(timedelta(days=1))

    attempt(school, asha, lesson, passes=False)
    end_day()
    attempt(school, asha, lesson, passes=False)
    end_day()
    school.quizzes.supervision.give_attempt(RAVI, asha.person_id, lesson, reason="Slow PC")
    end_day()
    attempt(school, asha, lesson, passes=False)
    end_day()
    school.quizzes.supervision.give_attempt(RAVI, asha.person_id, lesson, reason="Once more")
    attempt(school, asha, lesson, passes=True)
    end_day()

    found = [school.training.assignments.of_person(SYSTEM, asha.person_id, day) for day in days]

    assert [(one.stands.state, one.is_stuck) for (one,) in found] == [
        (State.IN_PROGRESS, False),
        (State.BLOCKED, True),
        (State.IN_PROGRESS, False),
        (State.BLOCKED, True),
        (State.COMPLETED, False),
    ]


def test_a_look_at_today_says_what_the_list_says(
    school: School, asha: Actor, lesson: UUID, clock: TurnedClock
) -> None:
    assert asha.person_id is not None
    for _turn in range(2):
        attempt(school, asha, lesson, passes=False)
    today = clock.now().astimezone().date()
    assignments = school.training.assignments
    assert assignments.of_person(SYSTEM, asha.person_id, today) == assignments.of_person(
        SYSTEM, asha.person_id
    )
