"""How things stood on a day gone by: by the due dates, links and places of then, not by those of today."""

from datetime import date, timedelta
from uuid import UUID

import pytest
import sqlalchemy as sa

from app.core.base.actor import Actor, Capability
from app.core.base.paging import PageRequest
from app.core.journal import Site
from app.core.people import Destination, People
from app.core.reports import AS_OF, Reports
from app.core.training.assignments import Assignments, State
from app.core.training.kinds import AssignmentEvent
from app.core.training.models import AssignmentEventRow, AssignmentRow
from app.core.training.requirements import RequirementChange
from tests.core.training.conftest import SYSTEM, somebody
from tests.core.training.test_assignments import TODAY, Add, newest, pass_days, required
from tests.support.clock import TurnedClock
from tests.support.teaching import School

BOSS = somebody("Boss", *Capability)


@pytest.fixture
def acts(school: School) -> Assignments:
    return school.training.assignments


def ahead(days: int) -> date:
    return TODAY + timedelta(days=days)


def told(site: Site, key: str, days: int) -> list[tuple[object, ...]]:
    """Return number, department and the day due of a report as of a day."""
    request = PageRequest().filtered_by([(AS_OF, ahead(days).isoformat())])
    table = Reports(site).table(BOSS, key, request)
    keys = [column.key for column in table.columns]
    places = [keys.index(one) for one in ("number", "department", "due_on")]
    return [tuple(row[place] for place in places) for row in table.rows]


def test_due_dates_are_those_of_then(
    site: Site, school: School, meera: Actor, add: Add, acts: Assignments, clock: TurnedClock
) -> None:
    """Due on 7 December with a week of grace; away for thirty days from the 17th: due on 6 January since."""
    asha = add("E-1")
    required(school, meera)
    pass_days(clock, 30)
    acts.absences.note(meera, asha, ahead(8), ahead(20), "Leave")
    first = newest(school, meera, asha)
    assert first.due_on == ahead(26)
    acts.waivers.waive(meera, first.id, until_on=ahead(40), reason="For a while")
    last = newest(school, meera, asha).due_on
    pass_days(clock, 60)

    def stood(days: int) -> tuple[date | None, bool]:
        (one,) = acts.of_person(meera, asha, ahead(days))
        (listed,) = acts.page_then(meera, PageRequest(), ahead(days)).rows
        assert (listed.due_on, listed.is_due_of_now) == (one.due_on, False)
        assert one.late_after == (one.due_on or TODAY) + timedelta(days=7)
        return one.due_on, one.stands.is_overdue

    assert stood(29) == (ahead(14), True)
    assert stood(30) == (last, False)
    assert told(site, "overdue", 29) == [("E-1", "Department FIN", ahead(14))]
    assert told(site, "people-status", 29) == [("E-1", "Department FIN", ahead(14))]
    assert told(site, "people-status", 50) == [("E-1", "Department FIN", last)]


def test_a_due_date_of_which_nothing_tells_what_it_was_is_said_to_be_of_today(
    site: Site, school: School, meera: Actor, add: Add, acts: Assignments, clock: TurnedClock
) -> None:
    asha = add("E-1")
    required(school, meera)
    assert not Reports(site).told_as_of_now(BOSS, as_of(0))
    pass_days(clock, 20)
    _moved_by_an_earlier_program(site, clock)

    (one,) = acts.of_person(meera, asha, ahead(5))
    assert (one.due_on, one.is_due_of_now) == (ahead(24), True)
    (line,) = Reports(site).told_as_of_now(BOSS, as_of(5))
    assert "as they stand today" in line
    assert line in Reports(site).table(BOSS, "people-status", as_of(5)).filters
    assert not Reports(site).told_as_of_now(BOSS, as_of(20))


def test_a_day_to_come_is_told_as_one_that_has_not_come_yet(
    site: Site, school: School, meera: Actor, add: Add
) -> None:
    asha, reports = add("E-1"), Reports(site)
    required(school, meera)

    (line,) = reports.told_as_of_now(BOSS, as_of(200))

    assert "has not come yet" in line
    assert line in reports.table(BOSS, "overdue", as_of(200)).filters
    assert all(line in one.filters for one in reports.dossiers.tables(BOSS, asha, ahead(200)))
    assert line in school.training.matrix.people.told_as_of_now(ahead(200))
    assert not reports.told_as_of_now(BOSS, as_of(0))


def as_of(days: int) -> PageRequest:
    return PageRequest().filtered_by([(AS_OF, ahead(days).isoformat())])


def _moved_by_an_earlier_program(site: Site, clock: TurnedClock) -> None:
    with site.transaction(SYSTEM, "absence.note") as unit:
        row = unit.scalars(sa.select(AssignmentRow)).one()
        row.due_on, row.late_after = ahead(24), ahead(31)
        unit.add(
            AssignmentEventRow(
                assignment_id=row.id,
                event=AssignmentEvent.DUE_MOVED,
                at=clock.now(),
                until_on=ahead(24),
                reason="Away",
                by=None,
                by_name="Meera",
            )
        )


def test_what_comes_first_is_what_came_first_then(
    school: School, meera: Actor, add: Add, acts: Assignments, clock: TurnedClock
) -> None:
    asha = add("E-1")
    basic, crane = required(school, meera, "BASIC"), required(school, meera, "CRANE")

    def link(*first: UUID) -> None:
        school.training.catalogue.change(meera, crane, RequirementChange(prerequisites=first))

    def blocked(days: int) -> bool:
        found = acts.of_person(meera, asha, ahead(days))
        return {one.code: one.stands.state for one in found}["CRANE"] is State.BLOCKED

    for days, first in ((2, (basic,)), (2, ()), (2, (basic,)), (2, ())):
        pass_days(clock, days)
        link(*first)
    assert [blocked(days) for days in range(9)] == [
        False, False, True, True, False, False, True, True, False,
    ]  # fmt: skip


def test_who_left_and_came_back_was_not_here_between_and_was_where_they_were(
    site: Site, school: School, meera: Actor, people: People, add: Add, clock: TurnedClock,
    acts: Assignments,
) -> None:  # fmt: skip
    asha = add("E-1")
    required(school, meera)
    pass_days(clock, 10)
    people.leave(SYSTEM, asha, reason="Contract over")  # type: ignore[arg-type]  # ids of a test
    pass_days(clock, 10)
    unit = people.organisation.add_org_unit(SYSTEM, "HR", "People")
    people.rejoin(SYSTEM, asha, Destination(org_unit_id=unit))  # type: ignore[arg-type]  # as above

    departments = {days: {row[1] for row in told(site, "people-status", days)} for days in (5, 15)}
    assert departments == {5: {"Department FIN"}, 15: set()}
    (then,) = acts.of_person(meera, asha, ahead(5))
    assert then.org_unit == "Department FIN"
