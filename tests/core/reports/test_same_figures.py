"""A learner's own screens and the reports say the same of a course, however often it was begun."""

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.core.base.actor import Actor, Capability, Grant
from app.core.base.paging import PageRequest
from app.core.courses import Outline, PublishedCourse
from app.core.courses.models import CourseRow
from app.core.learning.models import CourseStartRow
from app.core.people import Audience, NewPerson, People
from app.core.reports import Reports
from app.core.training import MyCourse, Standing
from app.core.training.models import AssignmentRow
from tests.support.clock import TurnedClock
from tests.support.sites import empty_database, open_site
from tests.support.teaching import ACTOR, School, a_lesson, a_school, published

KEYS = ("standing", "due_on", "completed_at", "score", "valid_until", "renewal")


@dataclass
class Plant:
    """One person, one course that holds for two months, assigned to them."""

    school: School
    asha: Actor
    course: UUID

    def do(self, step: str) -> None:
        """Do one thing that can happen to a course."""
        learning, asha, course = self.school.learning, self.asha, self.course
        if step == "begin":
            learning.begin(asha, course)
        elif step == "complete":
            hand = learning.begin(asha, course)
            learning.tick(asha, hand.start_id, hand.lessons[0].lesson_id, {"reached": 1000}, 5)
        elif step == "again":
            hand = learning.begin(asha, course)
            if hand.completed_at is not None:
                learning.begin_again(asha, course)
        elif step == "retired":
            with self.school.site.transaction(ACTOR, "course.retire") as unit:
                unit.get_one(CourseRow, course).retired_at = self.school.site.clock.now()
        elif step == "renewed":
            self._assign_again(cancelled="")
        elif step == "cancelled":
            self._assign_again(cancelled="Moved to the office")
        else:
            self._turn(int(step))

    def _turn(self, days: int) -> None:
        clock = self.school.site.clock
        assert isinstance(clock, TurnedClock)
        clock.turn(timedelta(days=days))

    def _assign_again(self, *, cancelled: str) -> None:
        site = self.school.site
        now = site.clock.now()
        with site.transaction(ACTOR, "assignment.assign") as unit:
            rows = unit.query(AssignmentRow).all()
            newest = max(rows, key=lambda row: row.cycle)
            unit.add(
                AssignmentRow(
                    person_id=newest.person_id,
                    requirement_id=newest.requirement_id,
                    cycle=newest.cycle + 1,
                    assigned_at=now,
                    origin="Every two months",
                    due_on=now.date() + timedelta(days=20),
                    closed_at=now if cancelled else None,
                    cancelled_reason=cancelled,
                )
            )

    def mine(self) -> MyCourse | None:
        """Return the course as the learner sees it; None where it is not theirs."""
        return next(iter(self.school.training.my_courses(self.asha)), None)

    def reported(self) -> dict[str, object] | None:
        """Return the course as the report has it; None where it is not required."""
        table = Reports(self.school.site).table(ACTOR, "people-status", PageRequest())
        keys = [column.key for column in table.columns]
        rows = [dict(zip(keys, row, strict=True)) for row in table.rows]
        return {key: rows[0][key] for key in KEYS} if rows else None


def a_plant(folder: Path) -> Plant:
    """Found the plant."""
    site = open_site(empty_database(folder), TurnedClock())
    school = a_school(site)
    outline = Outline(title="LOTO", lessons=(a_lesson("page"),), valid_months=2)
    course = published(site, outline)
    with site.transaction(ACTOR, "course.publish") as unit:
        school.training.require_course(
            unit,
            PublishedCourse(
                course_id=course, version_id=course, code="LOTO", number=1, outline=outline
            ),
        )
    person = People(site).add(ACTOR, NewPerson(number="E-1", name="Asha Kulkarni"))
    learns = frozenset({Grant(capability=Capability.LEARN)})
    asha = Actor(account_id=None, person_id=person, name="Asha Kulkarni", grants=learns)
    school.training.assign(
        ACTOR,
        "LOTO",
        Audience(numbers=("E-1",)),
        due_on=site.clock.now().date() + timedelta(days=20),
        origin="Everybody",
    )
    return Plant(school, asha, course)


@pytest.fixture
def plant(tmp_path: Path) -> Plant:
    return a_plant(tmp_path)


def as_reported(mine: MyCourse) -> dict[str, object]:
    """Return what a learner sees in the terms of the report."""
    score = mine.score_hundredths
    return {
        "standing": mine.standing.value,
        "due_on": mine.due_on,
        "completed_at": mine.completed_at,
        "score": None if score is None or mine.completed_at is None else score // 10,
        "valid_until": mine.valid_until,
        "renewal": "under_way" if mine.is_renewing else None,
    }


STEPS = ("begin", "complete", "again", "renewed", "cancelled", "1", "10", "31", "70")


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.lists(st.sampled_from(STEPS), max_size=9))
def test_the_learner_and_the_report_agree(steps: list[str]) -> None:
    with TemporaryDirectory() as folder:
        place = Path(folder) / "site"
        place.mkdir()
        plant = a_plant(place)
        try:
            for step in steps:
                plant.do(step)
            mine, reported = plant.mine(), plant.reported()
            if reported is not None:
                assert mine is not None
                assert as_reported(mine) == reported
            elif mine is not None:
                assert (mine.due_on, mine.start_id is not None) == (None, True)
        finally:
            plant.school.site.close()


def test_a_retired_course_that_was_assigned_is_still_shown(plant: Plant) -> None:
    for step in ("retired", "31"):
        plant.do(step)

    mine, reported = plant.mine(), plant.reported()

    assert mine is not None
    assert (mine.title, mine.standing) == ("LOTO", Standing.OVERDUE)
    assert as_reported(mine) == reported


def test_who_begins_again_stays_valid_and_is_told_so(plant: Plant) -> None:
    for step in ("complete", "10", "again"):
        plant.do(step)

    mine = plant.mine()
    assert mine is not None
    assert (mine.standing, mine.is_renewing, mine.is_done) == (Standing.VALID, True, False)
    assert (mine.share, mine.lessons_done, mine.next_position) == (0, 0, 1)
    assert mine.valid_until == date(2027, 1, 23)


def test_what_expired_stays_expired_until_it_is_completed_anew(plant: Plant) -> None:
    for step in ("complete", "70", "again"):
        plant.do(step)
    during = plant.mine()
    plant.do("complete")
    after = plant.mine()

    assert during is not None
    assert after is not None
    assert (during.standing, during.is_renewing) == (Standing.LAPSED, True)
    assert (after.standing, after.is_renewing, after.is_done) == (Standing.VALID, False, True)
    assert after.valid_until is not None
    assert during.valid_until is not None
    assert after.valid_until > during.valid_until


def test_the_first_cycle_is_evidence_in_the_record(plant: Plant) -> None:
    for step in ("complete", "70", "again", "complete"):
        plant.do(step)

    who = plant.asha.person_id
    assert who is not None
    record = Reports(plant.school.site).dossiers.of(ACTOR, who)
    assert [(one.cycle, one.state) for one in record.courses] == [(1, "replaced"), (2, "valid")]
    plant.do("70")
    plant.do("again")
    record = Reports(plant.school.site).dossiers.of(ACTOR, who)
    assert [one.state for one in record.courses] == ["replaced", "lapsed", "in_progress"]
    with plant.school.site.read() as session:
        assert session.query(CourseStartRow).count() == 3
