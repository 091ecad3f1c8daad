"""What the overview keeps stays equal to a recount, whatever changes, and is counted for few people anew."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from uuid import UUID

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.base.ids import new_id
from app.core.journal import Site, Unit
from app.core.learning.models import CourseCompletionRow, CourseStartRow, LearningSessionRow
from app.core.people import Destination, NewPerson, OrgUnitId, People, PersonChange, PersonId
from app.core.reports import Reports
from app.core.reports.moments import MONTH
from app.core.reports.stretches import Stretches
from app.core.training.models import AssignmentRow, RequirementRow
from tests.core.reports.conftest import SYSTEM, head_of
from tests.core.reports.recount import read_all
from tests.core.reports.test_dashboard import TODAY, check
from tests.support.clock import TurnedClock
from tests.support.plant import Plant, build_plant
from tests.support.sites import DATA_KEY, empty_database, open_site

PEOPLE = 450
"""Three stretches."""


class Doings:
    """What can happen to a plant; each is drawn by number."""

    def __init__(self, site: Site, plant: Plant) -> None:
        self.site = site
        self.plant = plant
        self.people = People(site)

    def all(self) -> list[Callable[[int, int], None]]:
        return [
            self.completes, self.is_assigned, self.due_day_moves, self.is_cancelled, self.leaves,
            self.moves, self.is_renamed, self.comes, self.learns, self.completed_long_ago,
            self.unit_is_renamed, self.requirement_changes,
        ]  # fmt: skip

    def completes(self, who: int, days: int) -> None:
        """Somebody completes a course today, as the product writes it."""
        with self.site.transaction(SYSTEM, "course.complete") as unit:
            done = self._completion(unit, who, days=0, valid=days)
            for row in self._assignments(unit, who):
                row.completion_id, row.closed_at = done.id, done.at

    def completed_long_ago(self, who: int, days: int) -> None:
        with self.site.transaction(SYSTEM, "course.complete") as unit:
            self._completion(unit, who, days=days, valid=400)

    def is_assigned(self, who: int, days: int) -> None:
        with self.site.transaction(SYSTEM, "assignment.assign") as unit:
            cycles = [row.cycle for row in self._assignments(unit, who)]
            unit.add(
                AssignmentRow(
                    person_id=self._person(who),
                    requirement_id=self.plant.courses[0].requirement_id,
                    cycle=max(cycles, default=0) + 1,
                    assigned_at=self.site.clock.now(),
                    origin="Again",
                    due_on=TODAY + timedelta(days=days - 30),
                )
            )

    def due_day_moves(self, who: int, days: int) -> None:
        with self.site.transaction(SYSTEM, "assignment.move") as unit:
            for row in self._assignments(unit, who):
                row.due_on = TODAY - timedelta(days=days)

    def is_cancelled(self, who: int, days: int) -> None:
        with self.site.transaction(SYSTEM, "assignment.cancel") as unit:
            for row in self._assignments(unit, who):
                row.cancelled_reason = "Left the line"
                row.closed_at = self.site.clock.now() - timedelta(days=days)

    def leaves(self, who: int, days: int) -> None:
        self.people.leave(SYSTEM, PersonId(self._person(who)), TODAY - timedelta(days=days))

    def moves(self, who: int, days: int) -> None:
        unit = self.plant.units[days % len(self.plant.units)]
        place = Destination(org_unit_id=OrgUnitId(unit))
        self.people.move(SYSTEM, PersonId(self._person(who)), place)

    def is_renamed(self, who: int, days: int) -> None:
        self.people.edit(SYSTEM, PersonId(self._person(who)), PersonChange(name=f"N{days}"))

    def comes(self, who: int, days: int) -> None:
        self.people.add(SYSTEM, NewPerson(number=f"X{who}-{days}-{new_id()}"[:40], name="New"))

    def learns(self, who: int, days: int) -> None:
        with self.site.transaction(SYSTEM, "lesson.pause") as unit:
            start = self._start(unit, who)
            at = self.site.clock.now() - timedelta(days=days % 40)
            unit.add(
                LearningSessionRow(
                    start_id=start.id,
                    lesson_id=self.plant.courses[0].document_id,
                    began_at=at,
                    ended_at=at,
                    active_seconds=60,
                    trace={},
                )
            )

    def unit_is_renamed(self, who: int, days: int) -> None:
        unit = self.plant.units[who % len(self.plant.units)]
        self.people.organisation.rename_org_unit(SYSTEM, OrgUnitId(unit), f"U{who}-{days}")

    def requirement_changes(self, who: int, days: int) -> None:
        with self.site.transaction(SYSTEM, "requirement.edit") as unit:
            row = unit.get_one(RequirementRow, self.plant.courses[who % 2].requirement_id)
            row.title = f"R{days}"

    def _person(self, who: int) -> UUID:
        return self.plant.people[who]

    def _assignments(self, unit: Unit, who: int) -> list[AssignmentRow]:
        mine = AssignmentRow.person_id == self._person(who)
        first = AssignmentRow.requirement_id == self.plant.courses[0].requirement_id
        return list(unit.scalars(sa.select(AssignmentRow).where(mine, first)))

    def _start(self, unit: Unit, who: int) -> CourseStartRow:
        mine = CourseStartRow.person_id == self._person(who)
        cycles = unit.scalars(sa.select(CourseStartRow.cycle).where(mine)).all()
        start = CourseStartRow(
            person_id=self._person(who),
            course_id=self.plant.courses[0].id,
            version_id=self.plant.courses[0].version_id,
            cycle=max(cycles, default=0) + 1,
            at=self.site.clock.now(),
        )
        unit.add(start)
        unit.flush()
        return start

    def _completion(self, unit: Unit, who: int, *, days: int, valid: int) -> CourseCompletionRow:
        at = self.site.clock.now() - timedelta(days=days)
        row = CourseCompletionRow(
            start_id=self._start(unit, who).id,
            person_id=self._person(who),
            course_id=self.plant.courses[0].id,
            at=at,
            valid_until=at.date() + timedelta(days=valid),
        )
        unit.add(row)
        unit.flush()
        return row


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Site, Plant]]:
    """A plant of three stretches, which the examples change further and further."""
    site = open_site(empty_database(tmp_path_factory.mktemp("plant"), DATA_KEY), TurnedClock())
    yield site, build_plant(site, people=PEOPLE, courses=2, units=4)
    site.close()


@settings(max_examples=10)
@given(
    steps=st.lists(
        st.tuples(st.integers(0, 11), st.integers(0, PEOPLE - 1), st.integers(0, 400)),
        min_size=1,
        max_size=6,
    )
)
def test_what_is_kept_equals_a_recount(
    built: tuple[Site, Plant], steps: list[tuple[int, int, int]]
) -> None:
    site, plant = built
    kept = Reports(site)
    scope = frozenset(plant.units[:2])
    kept.overview(SYSTEM)
    kept.overview(head_of(*scope))
    doings = Doings(site, plant).all()

    for which, who, days in steps:
        doings[which](who, days)
        shown, counted = kept.overview(SYSTEM), read_all(site)
        check(shown, counted)
        for day, learned in shown.active_learners.series:
            assert learned == counted.learners(day, MONTH), day
        check(kept.overview(head_of(*scope)), counted, scope)
        anew = Reports(site)
        assert shown.departments == anew.overview(SYSTEM).departments
        heads = kept.overview(head_of(*scope)), anew.overview(head_of(*scope))
        assert heads[0].active_learners == heads[1].active_learners


def test_people_lie_in_stretches_wherever_they_come(built: tuple[Site, Plant]) -> None:
    site, plant = built
    with site.read() as session:
        stretches = Stretches.of(session)

    assert len(list(stretches)) == 3
    for one in (*plant.people, UUID(int=0), UUID(int=(1 << 128) - 1)):
        (place,) = stretches.with_people([one])
        stretch = list(stretches)[place]
        assert stretch.first is None or stretch.first <= one
        assert stretch.end is None or one < stretch.end


def statements_of(site: Site, work: Callable[[], object]) -> int:
    """Count the questions a work asks."""
    asked: list[str] = []

    def hear(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        asked.append(statement)

    sa.event.listen(sa.Engine, "before_cursor_execute", hear)
    try:
        work()
    finally:
        sa.event.remove(sa.Engine, "before_cursor_execute", hear)
    return sum("assignment" in one and "SELECT" in one for one in asked)


def test_one_persons_change_has_one_stretch_counted(built: tuple[Site, Plant]) -> None:
    site, plant = built
    kept = Reports(site)
    doings = Doings(site, plant)
    first = statements_of(site, lambda: kept.overview(SYSTEM))
    unchanged = statements_of(site, lambda: kept.overview(SYSTEM))

    doings.is_renamed(7, 7)
    doings.comes(7, 7)
    assert statements_of(site, lambda: kept.overview(SYSTEM)) == unchanged
    with site.read() as session:
        of_course = AssignmentRow.requirement_id == plant.courses[0].requirement_id
        is_open = sa.select(AssignmentRow.person_id).where(
            AssignmentRow.closed_at.is_(None), of_course, AssignmentRow.cycle == 1
        )
        at_work = plant.people.index(session.scalars(is_open).all()[-1])
    doings.completes(at_work, 300)
    today = statements_of(site, lambda: kept.overview(SYSTEM)) - unchanged
    doings.leaves(7, 300)
    past = statements_of(site, lambda: kept.overview(SYSTEM)) - unchanged

    assert first - unchanged == 9
    """Three stretches: how they stand, what was assigned, what was completed."""
    assert today == 2
    """Whose assignment was closed, and how that stretch stands."""
    assert past == 3
