"""The overview counts what a plain recount counts, and keeps only what still holds."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.base.errors import NotAllowed
from app.core.base.ids import new_id
from app.core.base.paging import PageRequest
from app.core.journal import Site
from app.core.learning.models import CourseCompletionRow, CourseStartRow, LearningSessionRow
from app.core.people import rebuild_listing, rebuild_reach
from app.core.people.models import PersonRow, PlacementRow
from app.core.reports import Overview, Reports
from app.core.reports.kept_figures import standings_on
from app.core.reports.moments import MONTH, WEEK, back_from, month_ends, past_days
from app.core.training.models import AssignmentRow
from tests.core.reports.conftest import SYSTEM, head_of, nobody
from tests.core.reports.recount import Recount, read_all
from tests.support.clock import TurnedClock
from tests.support.plant import Plant, build_plant
from tests.support.sites import DATA_KEY, empty_database, open_site

TODAY = date(2026, 11, 23)
PAGE_OF_ALL = PageRequest(limit=1000)


def check(shown: Overview, counted: Recount, scope: frozenset | None = None) -> None:
    """Compare every figure of an overview with the recount."""
    today = shown.today
    now = counted.count(today, scope)
    assert shown.overdue.value == now.overdue
    assert shown.expiring.value == now.expiring
    assert shown.compliance.value == (now.held * 1000 // now.required if now.required else None)
    for point in shown.trend:
        then = counted.count(point.day, scope)
        assert (point.required, point.held) == (then.required, then.held), point.day
    assert [day for day, _value in shown.overdue.series] == list(back_from(today, WEEK))
    for (day, late), (_day, soon) in zip(shown.overdue.series, shown.expiring.series, strict=True):
        then = counted.count(day, scope)
        assert (late, soon) == (then.overdue, then.expiring), day
    assert sum(bar.required for bar in shown.departments) == now.required
    assert sum(bar.held for bar in shown.departments) == now.held


@settings(max_examples=12)
@given(
    seed=st.integers(0, 2**16),
    people=st.integers(0, 30),
    courses=st.integers(1, 5),
    units=st.integers(1, 4),
)
def test_the_overview_equals_a_recount(seed: int, people: int, courses: int, units: int) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "site"
        path.mkdir()
        site = open_site(empty_database(path, DATA_KEY), TurnedClock())
        build_plant(site, people=people, courses=courses, units=units, seed=seed)
        shown, counted = Reports(site).overview(SYSTEM), read_all(site)
        site.close()

    check(shown, counted)
    for day, value in shown.active_learners.series:
        assert value == counted.learners(day, MONTH), day


@settings(max_examples=10)
@given(data=st.data())
def test_history_holds_with_cycles_renewals_and_cancelling(data: st.DataObject) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "site"
        path.mkdir()
        site = open_site(empty_database(path, DATA_KEY), TurnedClock())
        plant = build_plant(site, people=8, courses=3, units=2, seed=data.draw(st.integers(0, 99)))
        add_cycles(site, plant, data)
        counted = read_all(site)
        days = past_days(TODAY)
        shown = Reports(site).overview(SYSTEM)
        with site.read() as session:
            found = standings_on(session, None, days)
        site.close()

    for day in days:
        expected = counted.count(day)
        assert replace(found[day], learners=0) == expected, day
    check(shown, counted)


def add_cycles(site: Site, plant: Plant, data: st.DataObject) -> None:
    """Give some people second cycles, further completions and cancelled assignments."""
    ago = st.integers(0, 400).map(lambda days: site.clock.now() - timedelta(days=days))
    with site.transaction(SYSTEM, "plant.more") as unit:
        for person_id in plant.people:
            course = data.draw(st.sampled_from(plant.courses))
            cancelled = data.draw(st.none() | ago)
            unit.add(
                AssignmentRow(
                    person_id=person_id,
                    requirement_id=course.requirement_id,
                    cycle=2,
                    assigned_at=data.draw(ago),
                    origin="Again",
                    due_on=data.draw(st.none() | ago.map(lambda at: at.date())),
                    closed_at=cancelled,
                    cancelled_reason="" if cancelled is None else "Gone",
                )
            )
            if data.draw(st.booleans()):
                start, at = new_id(), data.draw(ago)
                both = {"person_id": person_id, "course_id": course.id}
                unit.add(
                    CourseStartRow(id=start, **both, version_id=course.version_id, cycle=2, at=at)
                )
                unit.flush()
                until = at.date() + timedelta(days=data.draw(st.integers(0, 200)))
                unit.add(CourseCompletionRow(start_id=start, **both, at=at, valid_until=until))


def test_figures_are_kept_and_counted_anew_when_something_changes(
    site: Site, plant: Plant, reports: Reports, clock: TurnedClock
) -> None:
    before = reports.overview(SYSTEM)
    assert reports.overview(SYSTEM) == before
    with site.read() as session:
        late = session.scalars(
            sa.select(AssignmentRow).where(
                AssignmentRow.closed_at.is_(None), AssignmentRow.due_on < TODAY
            )
        ).first()
    assert late is not None

    clock.turn(timedelta(minutes=5))
    with site.transaction(SYSTEM, "assignment.cancel", reason="Left the line") as unit:
        row = unit.get_one(AssignmentRow, late.id)
        row.closed_at, row.cancelled_reason = clock.now(), "Left the line"
    check(reports.overview(SYSTEM), read_all(site))

    with site.transaction(SYSTEM, "person.leave") as unit:
        unit.get_one(PersonRow, plant.people[0]).left_on = TODAY - timedelta(days=100)
        unit.flush()
        rebuild_reach(unit)
        rebuild_listing(unit)
    check(reports.overview(SYSTEM), read_all(site))

    with site.transaction(SYSTEM, "lesson.pause") as unit:
        start = unit.scalars(sa.select(CourseStartRow)).first()
        assert start is not None
        unit.add(
            LearningSessionRow(
                start_id=start.id,
                lesson_id=plant.courses[0].document_id,
                began_at=clock.now(),
                ended_at=clock.now(),
                active_seconds=60,
                trace={},
            )
        )
    counted = read_all(site)
    assert reports.overview(SYSTEM).active_learners.value == counted.learners(TODAY, MONTH)


def test_another_day_is_another_count(site: Site, reports: Reports, clock: TurnedClock) -> None:
    reports.overview(SYSTEM)
    clock.turn(timedelta(days=9))

    shown = reports.overview(SYSTEM)

    assert shown.today == TODAY + timedelta(days=9)
    check(shown, read_all(site))


def test_a_head_of_department_sees_that_department(
    site: Site, plant: Plant, reports: Reports
) -> None:
    scope = frozenset(plant.units[:2])

    shown = reports.overview(head_of(*scope))

    check(shown, read_all(site), scope)
    assert {bar.org_unit_id for bar in shown.departments} == scope
    assert {row.department for row in shown.needs_attention} <= {"Press shop", "Paint shop"}
    assert shown.system is None


def test_without_the_capability_there_is_no_overview(reports: Reports) -> None:
    with pytest.raises(NotAllowed):
        reports.overview(nobody())


def test_attention_goes_to_the_longest_overdue(site: Site, reports: Reports) -> None:
    rows = reports.overview(SYSTEM).needs_attention

    assert [row.due_on for row in rows] == sorted(row.due_on for row in rows)
    assert all(row.days == (row.due_on - TODAY).days for row in rows)
    everything = reports.page(SYSTEM, "overdue", PAGE_OF_ALL)
    worst = min(row[5] for row in everything.rows)
    assert rows[0].due_on == worst


def test_an_empty_site_has_an_overview(site: Site) -> None:
    shown = Reports(site).overview(SYSTEM)

    assert shown.compliance.value is None
    assert shown.compliance.change is None
    assert (shown.overdue.value, shown.active_learners.value) == (0, 0)
    assert shown.departments == ()
    assert shown.system is not None
    assert shown.system.entries == 0


def test_the_days_looked_back_at() -> None:
    assert month_ends(date(2026, 3, 31))[-3:] == (
        date(2026, 1, 31),
        date(2026, 2, 28),
        date(2026, 3, 31),
    )
    assert len(month_ends(TODAY)) == len(back_from(TODAY, WEEK)) == 12
    assert TODAY - MONTH in past_days(TODAY)
    assert TODAY not in past_days(TODAY)


def test_people_without_a_place_are_counted_for_the_site(site: Site, plant: Plant) -> None:
    with site.transaction(SYSTEM, "person.unplace") as unit:
        for row in unit.scalars(sa.select(PlacementRow)):
            row.to_on = TODAY
        unit.flush()
        rebuild_reach(unit)
        rebuild_listing(unit)

    shown = Reports(site).overview(SYSTEM)

    assert [bar.org_unit_id for bar in shown.departments] == [None]
    check(shown, read_all(site))
