"""The grid of people by requirements as of a day gone by, over a plant with years of records."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.core.base.clock import start_of
from app.core.base.paging import PageRequest
from app.core.journal import Site
from app.core.people.models import PersonRow
from app.core.reports import let_look_back
from app.core.training.matrix.people import PeopleGrid
from tests.core.reports.conftest import SYSTEM, recorded_late
from tests.support.clock import TurnedClock
from tests.support.plant import Plant

ALL = PageRequest(limit=10_000)


@pytest.fixture
def grid(site: Site, plant: Plant) -> PeopleGrid:
    made = PeopleGrid(site)
    made.look_back = let_look_back
    return made


def test_as_of_today_is_as_it_is(grid: PeopleGrid, site: Site) -> None:
    today = site.clock.now().astimezone().date()
    assert grid.page(SYSTEM, ALL, today) == grid.page(SYSTEM, ALL)
    assert grid.columns(SYSTEM, ALL, today) == grid.columns(SYSTEM, ALL)
    assert grid.told_as_of_now() == ()
    assert grid.told_as_of_now(today) == (
        "Names, shifts and the conditions of audiences are those of now.",
    )


def test_who_was_there_is_told_and_where(grid: PeopleGrid, site: Site) -> None:
    for days in (30, 200, 400):
        on = site.clock.now().astimezone().date() - timedelta(days=days)
        with site.read() as session:
            left = {one.id: one.left_on for one in session.scalars(sa.select(PersonRow))}
        here = {one for one, left_on in left.items() if left_on is None or left_on > on}
        assert {line.person_id for line in grid.page(SYSTEM, ALL, on).rows} == here


def test_what_was_recorded_later_is_left_out_where_it_was_not_known(
    grid: PeopleGrid, site: Site, plant: Plant, clock: TurnedClock
) -> None:
    person, requirement = plant.people[0], plant.courses[0].requirement_id
    today = clock.now().astimezone().date()
    recorded_late(site, clock, person, requirement, today + timedelta(days=900))
    on, one = today - timedelta(days=6), ALL.filtered_by([("person", str(person))])
    known = start_of(on + timedelta(days=1))

    (now,) = grid.page(SYSTEM, one, on).rows
    (then,) = grid.page(SYSTEM, one, on, known).rows

    assert now.at(requirement).valid_until == today + timedelta(days=900)
    assert then.at(requirement).valid_until != today + timedelta(days=900)
