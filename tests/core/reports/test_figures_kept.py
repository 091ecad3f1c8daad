"""The figures that are kept stay equal to a recount, whatever changes, and few people are counted anew."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from datetime import date, timedelta
from itertools import product
from pathlib import Path
from uuid import UUID

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.base.ids import new_id
from app.core.base.paging import PageRequest
from app.core.journal import Site, Unit, shown_for
from app.core.learning import withdraw_completion
from app.core.learning.models import CourseCompletionRow, CourseStartRow, LearningSessionRow
from app.core.people import (
    DayRefused,
    Destination,
    NewPerson,
    OrgUnitId,
    People,
    PersonChange,
    PersonId,
    rebuild_listing,
    rebuild_reach,
)
from app.core.people.models import PersonRow
from app.core.reports import Reports, bring_up_figures, count_kept, rebuild_figures
from app.core.reports.models import FiguresHeadRow, PersonFiguresRow, UnitFiguresRow
from app.core.reports.moments import MONTH
from app.core.training import AssignmentEvent, Basis, Source
from app.core.training.assignments import KeptCount, Work
from app.core.training.assignments.listing import CountKept, nothing_kept, total
from app.core.training.models import (
    AbsenceRow,
    AssignmentEventRow,
    AssignmentRow,
    RequirementCreditRow,
    RequirementRow,
)
from tests.core.reports.conftest import SYSTEM, head_of
from tests.core.reports.recount import read_all
from tests.core.reports.test_dashboard import check
from tests.support.clock import TurnedClock
from tests.support.plant import Plant, build_plant
from tests.support.sites import DATA_KEY, empty_database, open_site
from tests.support.travelling import Traveller

PEOPLE = 24


class Doings:
    """What can happen to a plant; each is drawn by number."""

    def __init__(self, site: Site, plant: Plant, people: int = PEOPLE) -> None:
        self.site = site
        self.plant = plant
        self.count = people
        self.people = People(site)

    def all(self) -> list[Callable[[int, int], None]]:
        return [
            self.completes, self.is_assigned, self.due_day_moves, self.is_cancelled, self.leaves,
            self.moves, self.is_renamed, self.comes, self.learns, self.completed_long_ago,
            self.unit_is_renamed, self.requirement_changes, self.comes_back, self.is_merged,
            self.merge_is_undone, self.file_is_imported, self.import_is_taken_back,
            self.another_course_is_asked_for, self.days_pass, self.clock_is_set_back, self.works_ahead,
            self.is_credited, self.is_waived, self.waiver_ends, self.is_away, self.is_back,
            self.has_grace, self.counts_from_now, self.is_withdrawn,
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
                    due_on=self.today + timedelta(days=days - 30),
                    source=(Source.MANUAL, Source.RENEWAL, Source.CHOSEN)[days % 3],
                )
            )

    def due_day_moves(self, who: int, days: int) -> None:
        with self.site.transaction(SYSTEM, "assignment.move") as unit:
            for row in self._assignments(unit, who):
                row.due_on = self.today - timedelta(days=days)

    def is_cancelled(self, who: int, days: int) -> None:
        with self.site.transaction(SYSTEM, "assignment.cancel") as unit:
            for row in self._assignments(unit, who):
                row.cancelled_reason = "Left the line"
                row.closed_at = self.site.clock.now() - timedelta(days=days)

    def leaves(self, who: int, days: int) -> None:
        self.people.leave(SYSTEM, PersonId(self._person(who)), self.today - timedelta(days=days))

    def moves(self, who: int, days: int) -> None:
        with suppress(DayRefused):  # the clock was set back to before they came
            self.people.move(SYSTEM, PersonId(self._person(who)), self._place(days))

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

    def comes_back(self, who: int, days: int) -> None:
        person = self.people.person(SYSTEM, PersonId(self._person(who)))
        if not person.active:
            self.people.rejoin(SYSTEM, person.id, self._place(days), self.today, "Back")

    def is_merged(self, who: int, days: int) -> None:
        stays, goes = self._shown(who), self._shown(who + 1 + days % 5)
        if stays != goes and not self.people.merging.merged_into(SYSTEM, goes):
            self.people.merging.merge(SYSTEM, stays, goes, "The same badge")

    def merge_is_undone(self, who: int, days: int) -> None:
        for merged in self.people.merging.merged(SYSTEM)[:1]:
            self.people.merging.undo(SYSTEM, merged.id, "They are two")

    def file_is_imported(self, who: int, days: int) -> None:
        """A file moves one, lets another leave, and brings a third."""
        one, two = (self.people.person(SYSTEM, self._shown(who + step)) for step in (0, 1))
        rows = (
            f"{one.number},{one.name},Depot {days % 3},",
            f"{two.number},{two.name},Depot,{self.today - timedelta(days=days % 30)}",
            f"Z{who}-{days},Zoya Khan,Depot,",
        )
        file = "\n".join(("Emp No,Name,Department,Date of exit", *rows)).encode()
        self.people.imports.apply(SYSTEM, self.people.imports.plan(SYSTEM, file), skip_errors=True)

    def import_is_taken_back(self, who: int, days: int) -> None:
        for past in self.people.imports.past(SYSTEM)[:1]:
            plan = self.people.imports.plan_take_back(SYSTEM, past.deed.id)
            self.people.imports.take_back(SYSTEM, plan)

    def another_course_is_asked_for(self, who: int, days: int) -> None:
        """A requirement is met by another course from now on."""
        with self.site.transaction(SYSTEM, "requirement.edit") as unit:
            row = unit.get_one(RequirementRow, self.plant.courses[1].requirement_id)
            row.course_id = None if row.course_id else self.plant.courses[1].id

    def days_pass(self, who: int, days: int) -> None:
        self.clock.turn(timedelta(days=days % 90))

    def clock_is_set_back(self, who: int, days: int) -> None:
        self.clock.set_wall(self.site.clock.now() - timedelta(days=days % 40))

    def works_ahead(self, who: int, days: int) -> None:
        """Somebody completes a course at a PC whose clock is ahead."""
        with self.site.transaction(SYSTEM, "course.complete") as unit:
            self._completion(unit, who, days=-(days % 20), valid=100)

    def is_withdrawn(self, who: int, days: int) -> None:
        """A completion of somebody's counts no more."""
        with self.site.transaction(SYSTEM, "correction.approve") as unit:
            mine = sa.select(CourseCompletionRow.id).where(
                CourseCompletionRow.person_id == self._person(who)
            )
            for one in unit.scalars(mine.limit(1 + days % 2)).all():
                withdraw_completion(unit, SYSTEM, one, "Forged", self.site.clock.now())

    def is_credited(self, who: int, days: int) -> None:
        """Something other than the course meets the requirement."""
        at = self.site.clock.now() - timedelta(days=days % 60)
        with self.site.transaction(SYSTEM, "requirement.credit") as unit:
            unit.add(
                RequirementCreditRow(
                    person_id=self._person(who),
                    requirement_id=self.plant.courses[who % 2].requirement_id,
                    at=at,
                    valid_until=at.date() + timedelta(days=days) if days % 3 else None,
                    basis=Basis.ENTERED,
                    proof_id=new_id(),
                    recorded_at=self.site.clock.now(),
                )
            )

    def is_waived(self, who: int, days: int) -> None:
        with self.site.transaction(SYSTEM, "assignment.waive", reason="Pregnant") as unit:
            for row in self._assignments(unit, who)[-1:]:
                row.waived_until = self.today + timedelta(days=days % 50 - 5)
                unit.add(
                    AssignmentEventRow(
                        assignment_id=row.id,
                        event=AssignmentEvent.WAIVED,
                        at=self.site.clock.now(),
                        until_on=row.waived_until,
                        reason="Pregnant",
                        by_name="Meera",
                    )
                )

    def waiver_ends(self, who: int, days: int) -> None:
        with self.site.transaction(SYSTEM, "assignment.end_waiver") as unit:
            for row in self._assignments(unit, who):
                row.waived_until = None

    def is_away(self, who: int, days: int) -> None:
        with self.site.transaction(SYSTEM, "absence.note") as unit:
            begin = self.today - timedelta(days=days % 30 - 10)
            unit.add(AbsenceRow(person_id=self._person(who), from_on=begin, reason="Ill"))

    def is_back(self, who: int, days: int) -> None:
        with self.site.transaction(SYSTEM, "absence.end") as unit:
            mine = sa.select(AbsenceRow).where(AbsenceRow.person_id == self._person(who))
            for row in unit.scalars(mine):
                row.to_on, row.has_moved_dues = self.today, True
            for assignment in self._assignments(unit, who):
                if assignment.due_on is not None:
                    assignment.due_on += timedelta(days=days % 30)

    def has_grace(self, who: int, days: int) -> None:
        with self.site.transaction(SYSTEM, "assignment.move") as unit:
            for row in self._assignments(unit, who):
                row.late_after = row.due_on and row.due_on + timedelta(days=days % 20)

    def counts_from_now(self, who: int, days: int) -> None:
        with self.site.transaction(SYSTEM, "assignment.move") as unit:
            for row in self._assignments(unit, who)[-1:]:
                row.counts_from = self.site.clock.now() - timedelta(days=days % 40)

    @property
    def clock(self) -> TurnedClock:
        assert isinstance(self.site.clock, TurnedClock)
        return self.site.clock

    @property
    def today(self) -> date:
        return self.site.clock.now().astimezone().date()

    def _place(self, days: int) -> Destination:
        return Destination(org_unit_id=OrgUnitId(self.plant.units[days % len(self.plant.units)]))

    def _shown(self, who: int) -> PersonId:
        with self.site.read() as session:
            return PersonId(shown_for(session, PersonRow, self.plant.people[who % self.count]))

    def _person(self, who: int) -> UUID:
        return self._shown(who)

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
    """A plant, which the examples change further and further."""
    site = open_site(empty_database(tmp_path_factory.mktemp("plant"), DATA_KEY), TurnedClock())
    yield site, build_plant(site, people=PEOPLE, courses=2, units=4)
    site.close()


def check_all(site: Site, reports: Reports, scope: frozenset[UUID]) -> None:
    """Compare what the site and some departments are shown with the recount."""
    open_work = work_shown(site, scope, count_kept)
    counted = read_all(site)
    for shown, within in (
        (reports.overview(SYSTEM), None),
        (reports.overview(head_of(*scope)), scope),
    ):
        check(shown, counted, within)
        for day, learned in shown.active_learners.series:
            assert learned == counted.learners(day, MONTH, within), day
    assert open_work == work_shown(site, scope, count_kept) == work_shown(site, scope, nothing_kept)
    with site.read() as session:
        assert count_kept(session, Work.OPEN, None, counted.today) == KeptCount(
            open_work[0], frozenset()
        )


def work_shown(site: Site, scope: frozenset[UUID], kept: CountKept) -> list[int]:
    """Return how much work the list of assignments says is open, and overdue: of all, and of a scope."""
    today = site.clock.now().astimezone().date()
    with site.read() as session:
        return [
            total(session, PageRequest(filters=((work.value, "yes"),)), within, today, kept)
            for work, within in product(Work, (None, scope))
        ]


def kept(site: Site) -> tuple[list[object], ...]:
    """Return every row that is kept."""
    with site.read() as session:
        return tuple(
            session.execute(sa.select(*model.__table__.columns)).all()
            for model in (PersonFiguresRow, UnitFiguresRow)
        )


STEPS = st.tuples(st.integers(0, 27), st.integers(0, PEOPLE - 1), st.integers(0, 400))


@settings(max_examples=25)
@given(steps=st.lists(STEPS, min_size=1, max_size=6))
def test_what_is_kept_equals_a_recount(
    built: tuple[Site, Plant], steps: list[tuple[int, int, int]]
) -> None:
    site, plant = built
    reports, scope = Reports(site), frozenset(plant.units[:2])
    check_all(site, reports, scope)
    doings = Doings(site, plant).all()

    for which, who, days in steps:
        doings[which](who, days)
        check_all(site, reports, scope)
    with site.transaction(SYSTEM, "derived.rebuild") as unit:
        before = sorted(map(repr, kept(site)[1]))
        rebuild_figures(unit)
    assert sorted(map(repr, kept(site)[1])) == before


@settings(max_examples=12, deadline=None)
@given(data=st.data())
def test_what_comes_from_other_stations_counts_as_what_was_written_here(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("stations")
    template = empty_database(folder)
    template.close()
    here, there = (Traveller(folder / "site.db", folder, number) for number in (1, 2))
    plant = build_plant(there.site, people=12, courses=2, units=3)
    reports, scope = Reports(here.site), frozenset(plant.units[:1])
    take(here, there, 1000)
    check_all(here.site, reports, scope)
    away = Doings(there.site, plant, 12).all()

    for which, who, days in data.draw(st.lists(STEPS, min_size=1, max_size=5)):
        away[which](who, days)
        if data.draw(st.booleans()):
            take(here, there, data.draw(st.integers(1, 3)))
            check_all(here.site, reports, scope)
        if data.draw(st.booleans()):
            Doings(here.site, plant, 12).moves(who, days)
    take(here, there, 1000)
    check_all(here.site, reports, scope)
    here.close()
    there.close()


def take(here: Traveller, there: Traveller, most: int) -> None:
    """Take in what another station wrote; what is derived from it is made anew afterwards."""
    here.take(there, most)
    with here.site.database.write() as connection:
        for log, applied in here.applied.items():
            run = connection.exec_driver_sql
            run("UPDATE journal_log SET applied = ? WHERE id = ?", (applied, log))
    bring_up_figures(here.site)
    with here.site.transaction(SYSTEM, "derived.settle") as unit:
        rebuild_reach(unit)
        rebuild_listing(unit)


def people_read(site: Site, work: Callable[[], object]) -> int:
    """Count of how many people a work has the assignments read."""
    asked: list[int] = []

    def hear(
        _connection: object,
        _cursor: object,
        statement: str,
        parameters: Iterable[object],
        *_: object,
    ) -> None:
        if "FROM assignment" in statement and "ORDER BY assignment.person_id" in statement:
            asked.append(len(tuple(parameters)) - statement.count("!= ?"))

    sa.event.listen(sa.Engine, "before_cursor_execute", hear)
    try:
        work()
    finally:
        sa.event.remove(sa.Engine, "before_cursor_execute", hear)
    return sum(asked)


def test_a_late_renewal_is_counted_although_its_requirement_is_held(tmp_path: Path) -> None:
    site = open_site(empty_database(tmp_path, DATA_KEY), TurnedClock())
    plant = build_plant(site, people=PEOPLE, courses=2, units=4)
    doings, reports, scope = Doings(site, plant), Reports(site), frozenset(plant.units[:2])
    doings.completes(3, 400)
    check_all(site, reports, scope)
    before = work_shown(site, scope, count_kept)

    doings.is_assigned(3, 1)  # by an odd number of days: a renewal, due a month ago

    check_all(site, reports, scope)
    opened, _of_scope, overdue, _of_scope = work_shown(site, scope, count_kept)
    assert (opened, overdue) == (before[0] + 1, before[2] + 1)
    site.close()


def test_a_change_has_one_person_counted_and_a_new_day_nobody(tmp_path: Path) -> None:
    site = open_site(empty_database(tmp_path, DATA_KEY), TurnedClock())
    plant = build_plant(site, people=PEOPLE, courses=2, units=4)
    doings = Doings(site, plant)

    def look() -> None:
        Reports(site).overview(SYSTEM)

    first = people_read(site, look)
    unchanged = people_read(site, look)
    doings.is_renamed(7, 7)
    doings.comes(7, 7)
    doings.moves(7, 7)
    doings.learns(7, 7)
    elsewhere = people_read(site, look)
    doings.days_pass(0, 1)
    next_day = people_read(site, look)
    doings.completes(7, 300)
    changed = people_read(site, look)
    doings.clock_is_set_back(0, 3)
    set_back = people_read(site, look)
    site.close()

    assert (first, unchanged, elsewhere, next_day, changed) == (PEOPLE, 0, 0, 0, 1)
    assert set_back == PEOPLE + 1
    """What was dated on days that have not come again counts as of today."""


def test_what_touches_nobody_is_noted_only_now_and_then(tmp_path: Path) -> None:
    site = open_site(empty_database(tmp_path, DATA_KEY), TurnedClock())
    doings = Doings(site, build_plant(site, people=5, courses=2, units=2), 5)
    reports = Reports(site)
    reports.overview(SYSTEM)

    def noted() -> int:
        with site.read() as session:
            return session.scalar(sa.select(sa.func.sum(FiguresHeadRow.seq))) or 0

    before = noted()
    doings.unit_is_renamed(1, 1)
    reports.overview(SYSTEM)
    assert noted() == before
    doings.completes(1, 1)
    reports.overview(SYSTEM)
    assert noted() > before
    site.close()


def test_work_that_was_broken_off_is_done_again_and_counted_once(tmp_path: Path) -> None:
    site = open_site(empty_database(tmp_path, DATA_KEY), TurnedClock())
    plant = build_plant(site, people=20, courses=2, units=2)
    reports, scope = Reports(site), frozenset(plant.units[:1])
    reports.overview(SYSTEM)
    with site.database.write() as connection:
        connection.execute(sa.delete(FiguresHeadRow))
        half = sa.select(PersonFiguresRow.person_id).limit(10).scalar_subquery()
        assert half is not None

    check_all(site, reports, scope)
    site.close()
