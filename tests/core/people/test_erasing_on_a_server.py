"""On PostgreSQL: what erasing promises holds there as on SQLite, also for another PC at work on the server."""

from collections.abc import Iterator

import pytest

from app.core.base.ids import new_id
from app.core.journal import Journal, Site
from app.core.people import NewPerson, People, PersonChange, PersonId
from app.core.people.erasing import PersonErased
from tests.core.people.conftest import SYSTEM
from tests.core.people.test_erasing import (
    NAMES,
    erase,
    kamala,
    test_a_decision_that_they_took_stands_without_their_name,
    test_a_plan_says_what_goes_and_changes_nothing,
    test_dp_06_a_hold_stands_until_it_is_lifted,
    test_dp_08_nothing_of_a_name_is_left_and_the_record_stays,
    test_entries_of_before_are_counted_and_blanked_in_the_tables,
    test_the_account_closes_and_opens_by_nothing,
    test_who_is_erased_is_found_under_the_pseudonym_alone,
    test_who_is_erased_is_kept_outside_the_records,
    test_who_is_erased_is_neither_edited_nor_merged_nor_given_an_account,
    test_who_was_merged_into_them_goes_with_them,
)
from tests.support.clock import TurnedClock
from tests.support.postgres import postgres_database, postgres_server
from tests.support.sites import STATION, another_station, open_site
from tests.support.traces import traces

__all__ = [
    "kamala",
    "test_a_decision_that_they_took_stands_without_their_name",
    "test_a_plan_says_what_goes_and_changes_nothing",
    "test_dp_06_a_hold_stands_until_it_is_lifted",
    "test_dp_08_nothing_of_a_name_is_left_and_the_record_stays",
    "test_entries_of_before_are_counted_and_blanked_in_the_tables",
    "test_the_account_closes_and_opens_by_nothing",
    "test_who_is_erased_is_found_under_the_pseudonym_alone",
    "test_who_is_erased_is_kept_outside_the_records",
    "test_who_is_erased_is_neither_edited_nor_merged_nor_given_an_account",
    "test_who_was_merged_into_them_goes_with_them",
]
pytestmark = pytest.mark.postgresql


@pytest.fixture(scope="module")
def server_url() -> Iterator[str]:
    """A PostgreSQL server, one for all these tests."""
    with postgres_server() as url:
        yield url


@pytest.fixture
def site(request: pytest.FixtureRequest, clock: TurnedClock) -> Iterator[Site]:
    """An empty site in a database of its own; the server is started where the home is empty already."""
    with postgres_database(request.getfixturevalue("server_url")) as database:
        made = open_site(database, clock)
        made.site_id = new_id()
        yield made


def test_another_pc_of_the_server_finds_nothing_of_them_either(
    people: People, site: Site, clock: TurnedClock, kamala: PersonId
) -> None:
    station = another_station()
    beside = open_site(site.database, clock, station)
    beside.site_id = site.site_id
    there = People(beside)
    there.edit(SYSTEM, kamala, PersonChange(name="Kamala D.", email="kamala@plant.other"))
    there.add(SYSTEM, NewPerson(number="E-1", name="Ravi"))

    erase(people, kamala)

    assert traces(beside, *NAMES) == []
    with pytest.raises(PersonErased):
        there.edit(SYSTEM, kamala, PersonChange(name="Kamala"))
    assert there.person(SYSTEM, kamala).name == people.person(SYSTEM, kamala).name
    for one, key in ((site, STATION), (beside, station)):
        assert Journal(one, key).verify(SYSTEM).first_bad is None
