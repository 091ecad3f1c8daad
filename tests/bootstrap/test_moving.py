"""The records of a site move to a server whole, or stay where they are."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from app.bootstrap.assembly import found_services, move_services, open_services
from app.bootstrap.benches.small_site import LIGHT
from app.core.base.actor import Actor, NotAllowed, system_actor
from app.core.base.errors import Cancelled
from app.core.base.paging import PageRequest
from app.core.base.progress import NoProgress
from app.core.operations import Founding, OnServerAlready, RecordsInUse, ServerTaken
from app.core.people import NewPerson
from app.core.storage.database import Database, PostgresServer
from tests.support.postgres import postgres_database, postgres_server
from tests.support.progress import Stopper

pytestmark = [pytest.mark.postgresql, pytest.mark.xdist_group("postgresql")]

BOSS = system_actor()
PASSWORD = "correct horse battery"


@pytest.fixture
def url(request: pytest.FixtureRequest) -> Iterator[str]:
    """A database with our tables and no row, as an attempt that was cut short leaves it."""
    with postgres_server() as server, postgres_database(server) as database:
        assert isinstance(database.location, PostgresServer)
        yield database.location.url


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The data folder of a site with a tree of departments and two people."""
    place = tmp_path / "data"
    founding = Founding(name="Pune plant", code="PUN", password=PASSWORD, cost=LIGHT)
    services = found_services(place, founding, "meera", "Meera Iyer")
    organisation = services.people.organisation
    plant = organisation.add_org_unit(BOSS, "PUN", "Plant")
    press = organisation.add_org_unit(BOSS, "PRS", "Press shop", parent_id=plant)
    organisation.add_org_unit(BOSS, "P3", "Press 3", parent_id=press)
    for number in ("E-1", "E-2"):
        services.people.add(BOSS, NewPerson(number=number, name=f"Asha {number}"))
    services.close()
    return place


def test_everything_is_there_and_goes_on(folder: Path, url: str) -> None:
    services, moved = move_services(folder, BOSS, url, None, NoProgress())
    try:
        assert moved.rows > 30
        assert moved.left.exists()
        assert not services.open_site.site.database.is_sqlite
        assert services.journal.verify(BOSS).ok
        meera = services.sign_in.with_password("meera", PASSWORD)
        assert [one.code for one in services.people.organisation.org_units(meera)] == [
            "PUN",
            "PRS",
            "P3",
        ]
        services.people.add(meera, NewPerson(number="E-3", name="Ravi"))
        found = services.people.list_people(meera, PageRequest())
        assert sorted(one.number for one in found.rows) == ["E-1", "E-2", "E-3"]
        assert services.journal.verify(BOSS).ok
    finally:
        services.close()
    with pytest.raises(OnServerAlready):
        move_services(folder, BOSS, url, None, NoProgress())


def test_who_stops_it_finds_the_records_where_they_were_and_may_do_it_again(
    folder: Path, url: str
) -> None:
    before = (folder / "daksha.json").read_bytes()
    with pytest.raises(Cancelled):
        move_services(folder, BOSS, url, None, Stopper(after=60))
    assert (folder / "daksha.json").read_bytes() == before
    services, _moved = move_services(folder, BOSS, url, None, NoProgress())
    try:
        assert services.journal.verify(BOSS).ok
    finally:
        services.close()


def test_a_database_with_something_in_it_is_left_alone(
    folder: Path, tmp_path: Path, url: str
) -> None:
    with closing(Database(PostgresServer(url=url))) as server, server.write() as connection:
        connection.exec_driver_sql("DROP TABLE journal_entry CASCADE")
    with pytest.raises(ServerTaken):
        move_services(folder, BOSS, url, None, NoProgress())
    services = open_services(folder)
    assert services.open_site.site.database.is_sqlite
    with pytest.raises(RecordsInUse):  # somebody works in it
        move_services(folder, BOSS, url, None, NoProgress())
    services.close()
    with pytest.raises(NotAllowed):
        move_services(
            folder, Actor(account_id=None, person_id=None, name="X"), url, None, NoProgress()
        )
