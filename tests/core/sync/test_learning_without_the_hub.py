"""The PC that passes everything on is unplugged: learners go on at theirs, and nothing of it is lost (Annex 11, 16)."""

from collections import Counter
from pathlib import Path
from uuid import UUID

import sqlalchemy as sa

from app.core.base.actor import Actor, Capability, Grant
from app.core.courses import Outline
from app.core.journal import Journal
from app.core.learning.models import CourseCompletionRow, CourseStartRow, LessonCompletionRow
from app.core.people import NewPerson, People
from tests.support.clock import TurnedClock
from tests.support.in_touch import ACTOR, Pc, another_pc, first_pc
from tests.support.teaching import School, a_lesson, a_school, published

EACH = 6
LEARNS = frozenset({Grant(capability=Capability.LEARN)})


def go_round(pcs: list[Pc], folder: Path, times: int = 2) -> None:
    for _turn in range(times):
        for pc in pcs:
            pc.sync.go_round(ACTOR, folder)


def learn(school: School, course: UUID, person: UUID) -> None:
    actor = Actor(account_id=None, person_id=person, name="Learner", grants=LEARNS)
    hand = school.learning.begin(actor, course)
    for lesson in hand.lessons:
        school.learning.acknowledge(actor, hand.start_id, lesson.lesson_id, "Read", "pin")


def counted(pc: Pc) -> Counter[str]:
    """Return how many records of learning a PC has, by table."""
    found = Counter[str]()
    with pc.opened.site.read() as session:
        for model in (CourseStartRow, LessonCompletionRow, CourseCompletionRow):
            count = session.scalar(sa.select(sa.func.count()).select_from(model))
            found[model.__tablename__] = count or 0
    return found


def test_a11_15_learners_go_on_while_the_hub_is_unplugged_and_every_record_arrives(
    tmp_path: Path, clock: TurnedClock
) -> None:
    hub = first_pc(tmp_path / "hub", clock)
    pcs = [hub, *(another_pc(hub, tmp_path / name, clock) for name in ("line", "store"))]
    hubs, aways = tmp_path / "share", pcs[1:]
    hubs.mkdir()
    people = People(hub.opened.site)
    learners = [
        people.add(ACTOR, NewPerson(number=f"E-{one}", name=f"Person {one}"))
        for one in range(2 * EACH)
    ]
    outline = Outline(
        title="Fire", lessons=(a_lesson("acknowledgement"), a_lesson("acknowledgement"))
    )
    course = published(hub.opened.site, outline)
    go_round(pcs, hubs)
    schools = [a_school(pc.opened.site) for pc in pcs]

    # the hub is off, and its folder out of reach: both PCs work on for three days
    for at, person in enumerate(learners):
        learn(schools[1 + at % 2], course, person)
    assert [counted(pc)["course_completion"] for pc in pcs] == [0, EACH, EACH]

    go_round([*aways, hub], hubs, times=3)
    wanted = {
        "course_start": 2 * EACH, "lesson_completion": 4 * EACH, "course_completion": 2 * EACH,
    }  # fmt: skip
    for pc in pcs:
        assert counted(pc) == wanted
        assert Journal(pc.opened.site, pc.opened.station).verify(ACTOR).ok
        with pc.opened.site.read() as session:
            held = set(session.scalars(sa.select(CourseCompletionRow.person_id)))
        assert held == set(learners)
