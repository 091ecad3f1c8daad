"""A new version of a course asks people again the way a new revision does: all, some or none."""

from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from app.core.base.actor import Actor
from app.core.base.ids import new_id
from app.core.courses import Outline, PublishedCourse
from app.core.courses.models import CourseRow, CourseVersionRow, LessonRow
from app.core.courses.outline import to_json
from app.core.people import Audience
from app.core.training.assignments import State
from app.core.training.controlled import Ask, ImpactSubject, Reach
from tests.core.training.conftest import SYSTEM, verified
from tests.support.clock import TurnedClock
from tests.support.documents import AUTHOR, Office, an_office, decide, learner, people_adder
from tests.support.in_touch import first_pc
from tests.support.teaching import a_lesson, published

OUTLINE = Outline(title="Lock-out", lessons=(a_lesson("acknowledgement"),), valid_months=None)
VERSION = ImpactSubject.COURSE_VERSION


@pytest.fixture
def office(tmp_path: Path, clock: TurnedClock) -> Office:
    return an_office(first_pc(tmp_path / "pc", clock), tmp_path / "files")


@pytest.fixture
def course(office: Office) -> UUID:
    made = published(office.site, OUTLINE)
    with office.site.transaction(SYSTEM, "course.publish") as unit:
        first = PublishedCourse(
            course_id=made, version_id=new_id(), code="LOTO", number=1, outline=OUTLINE
        )
        office.training.require_course(unit, first)
    return made


@pytest.fixture
def readers(office: Office) -> list[Actor]:
    add = people_adder(office.site)
    return [learner(add(f"E-{number}"), f"E-{number}") for number in (2, 3, 4)]


def next_version(office: Office, course_id: UUID, number: int = 2) -> UUID:
    """Publish the same outline as the next version."""
    version_id = new_id()
    with office.site.transaction(SYSTEM, "course.publish") as unit:
        unit.add(
            CourseVersionRow(
                id=version_id,
                course_id=course_id,
                number=number,
                title=OUTLINE.title,
                outline=to_json(OUTLINE),
                sha256=f"{number}" * 64,
                published_at=office.site.clock.now(),
            )
        )
        unit.flush()
        lesson = OUTLINE.lessons[0]
        unit.add(
            LessonRow(
                version_id=version_id,
                position=1,
                key=lesson.key,
                kind=lesson.kind,
                title=lesson.title,
                is_required=True,
            )
        )
        row = unit.get(CourseRow, course_id)
        assert row is not None
        row.current_version_id = version_id
    return version_id


def begin(office: Office, actor: Actor, course_id: UUID) -> tuple[UUID, UUID]:
    hand = office.school.learning.begin(actor, course_id)
    return hand.start_id, hand.lessons[0].lesson_id


def begin_again(office: Office, actor: Actor, course_id: UUID) -> tuple[UUID, UUID]:
    """Begin the newest version, whatever was completed before."""
    hand = office.school.learning.begin(actor, course_id)
    if hand.completed_at is not None:
        hand = office.school.learning.begin_again(actor, course_id)
    return hand.start_id, hand.lessons[0].lesson_id


def finish(office: Office, actor: Actor, begun: tuple[UUID, UUID]) -> None:
    office.school.learning.acknowledge(actor, *begun, "Read", "pin")


def states(office: Office, actor: Actor) -> list[tuple[int, State]]:
    assert actor.person_id is not None
    found = office.training.assignments.of_person(AUTHOR, actor.person_id)
    return sorted((one.cycle, one.stands.state) for one in found)


def test_b11_who_is_under_way_finishes_what_they_began_and_is_asked_then(
    office: Office, course: UUID, readers: list[Actor], clock: TurnedClock
) -> None:
    asha, ravi, sunil = readers
    numbers = tuple(one.number for one in readers)
    everybody = Audience(numbers=numbers)
    office.training.assign(AUTHOR, "LOTO", everybody, due_on=None, origin="Works there")
    finish(office, asha, begin(office, asha, course))
    under_way = begin(office, ravi, course)
    clock.turn(timedelta(hours=1))
    two = next_version(office, course)
    (waiting,) = office.documents.impacts.waiting(office.meera)
    assert (waiting.code, waiting.label) == ("LOTO", "2")
    impact = office.documents.impacts.assess(office.meera, VERSION, two)
    assert (impact.called, impact.people, impact.held) == ("version 2 of Lock-out", 3, 1)

    dry = office.documents.impacts.count(office.meera, VERSION, two, Reach(ask=Ask.ALL))
    assert dry == decide(office, VERSION, two) == 2
    assert office.documents.impacts.waiting(office.meera) == ()
    assert states(office, asha) == [(1, State.COMPLETED), (2, State.ASSIGNED)]
    assert states(office, ravi) == [(1, State.IN_PROGRESS)]
    assert states(office, sunil) == [(1, State.SUPERSEDED), (2, State.ASSIGNED)]

    finish(office, ravi, under_way)
    assert states(office, ravi) == [(1, State.COMPLETED)]
    clock.turn(timedelta(days=1))
    office.training.begin_day(AUTHOR)
    assert states(office, ravi) == [(1, State.COMPLETED), (2, State.ASSIGNED)]
    for actor in (asha, ravi, sunil):
        finish(office, actor, begin_again(office, actor, course))
        assert states(office, actor)[-1] == (2, State.COMPLETED)
    clock.turn(timedelta(days=1))
    office.training.begin_day(AUTHOR)
    assert len(states(office, asha)) == 2
    assert verified(office.site)


def test_nobody_is_asked_where_it_is_decided_so(
    office: Office, course: UUID, readers: list[Actor]
) -> None:
    everybody = Audience(numbers=tuple(one.number for one in readers))
    office.training.assign(AUTHOR, "LOTO", everybody, due_on=None, origin="Works there")
    two = next_version(office, course)
    assert decide(office, VERSION, two, Reach(ask=Ask.NONE)) == 0
    (kept,) = office.documents.impacts.of_subject(office.meera, two)
    assert (kept.called, kept.people) == ("version 2 of Lock-out", 3)
    office.training.begin_day(AUTHOR)
    assert states(office, readers[0]) == [(1, State.ASSIGNED)]
