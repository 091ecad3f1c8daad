"""On PostgreSQL: two stations at work at once, and names in every script."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
import sqlalchemy as sa

from app.core.base.actor import Capability
from app.core.base.errors import UserFacingError
from app.core.base.paging import PageRequest
from app.core.journal import Journal, Site
from app.core.people import (
    AccountId,
    BadgeIsName,
    BadgeTaken,
    CodeTaken,
    Destination,
    HasAccount,
    LoginTaken,
    NameTaken,
    NewPerson,
    NumberTaken,
    People,
    PersonChange,
    PersonId,
    RoleName,
    SignIn,
)
from app.core.people.delegating import DelegationTerms
from app.core.people.imports import PlanOutdated
from app.core.people.models import PersonRow
from app.core.people.rules import today
from app.core.people.shifts import (
    NewShift,
    WhoWorks,
    WorkState,
    is_written,
    read_pattern,
    spellings,
    word_of,
)
from tests.core.people.conftest import LIGHT, SYSTEM
from tests.support.clock import TurnedClock
from tests.support.postgres import postgres_database, postgres_server
from tests.support.races import race
from tests.support.sites import STATION, another_station, open_site

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
        yield open_site(database, clock)


@pytest.mark.parametrize("text", ["ÉMILE", "öz", "शर्मा"])
def test_names_are_found_whatever_their_capitals(site: Site, clock: TurnedClock, text: str) -> None:
    door, now = SignIn(site, LIGHT), clock.now()
    door.accounts.give_auditor_account(
        SYSTEM,
        login="emile",
        name="Émile ÖZ शर्मा",
        opens_at=now,
        closes_at=now + timedelta(days=1),
    )

    assert [one.login for one in door.visits.list(SYSTEM, PageRequest(text=text)).rows] == ["emile"]
    assert door.visits.list(SYSTEM, PageRequest(text="nobody")).total == 0


@dataclass(frozen=True)
class Station:
    """The services of one PC, and the two people it gives names to."""

    people: People
    door: SignIn
    asha: PersonId
    ravi: PersonId
    accounts: tuple[AccountId, AccountId]


Deed = Callable[[Station], object]


def add_number(station: Station) -> object:
    return station.people.add(SYSTEM, NewPerson(number="E-7", name="Meena"))


def edit_number(station: Station) -> None:
    station.people.edit(SYSTEM, station.asha, PersonChange(number="E-7"))


def give_login(station: Station) -> object:
    return station.door.accounts.give_auditor_account(
        SYSTEM,
        login="e-7",
        name="An auditor",
        opens_at=datetime(2026, 11, 1, tzinfo=UTC),
        closes_at=datetime(2126, 11, 1, tzinfo=UTC),
    )


def give_account(station: Station) -> object:
    return station.door.accounts.give_account(SYSTEM, station.people.find(SYSTEM, "E-3").id)


def give_ashas_badge(station: Station) -> None:
    station.door.accounts.set_badge(SYSTEM, station.accounts[0], "E-7")


def give_ravis_badge(station: Station) -> None:
    station.door.accounts.set_badge(SYSTEM, station.accounts[1], "e - 7")


def add_unit(station: Station) -> object:
    return station.people.organisation.add_org_unit(SYSTEM, "PRESS", "Press shop")


def add_unit_of_the_name(station: Station) -> object:
    return station.people.organisation.add_org_unit(SYSTEM, "PS", "press shop")


def add_role(station: Station) -> object:
    return station.people.organisation.add_job_role(SYSTEM, "OPR", "Operator")


def add_role_of_the_name(station: Station) -> object:
    return station.people.organisation.add_job_role(SYSTEM, "OP", "operator")


def import_number(station: Station) -> None:
    plan = station.people.imports.plan(SYSTEM, b"Emp No,Name,Department\nE-7,Meena,Press shop\n")
    station.people.imports.apply(SYSTEM, plan)


@pytest.fixture
def stations(site: Site, clock: TurnedClock) -> tuple[Station, Station]:
    """Two PCs of one site, with three people in it of whom two have accounts."""
    people, door = People(site), SignIn(site, LIGHT)
    ids = [
        people.add(SYSTEM, NewPerson(number=number, name=name))
        for number, name in (("E-1", "Asha"), ("E-2", "Ravi"), ("E-3", "Bob"))
    ]
    accounts = [door.accounts.give_account(SYSTEM, one) for one in ids[:2]]
    other = open_site(site.database, clock, another_station())
    here, there = (
        Station(People(one), SignIn(one, LIGHT), ids[0], ids[1], (accounts[0], accounts[1]))
        for one in (site, other)
    )
    return here, there


@pytest.mark.parametrize(
    ("first", "second", "why"),
    [
        (add_number, add_number, NumberTaken),
        (add_number, edit_number, NumberTaken),
        (add_number, give_login, LoginTaken),
        (give_login, add_number, NumberTaken),
        (give_login, give_login, LoginTaken),
        (give_account, give_account, HasAccount),
        (add_number, give_ashas_badge, BadgeIsName),
        (give_ashas_badge, add_number, NumberTaken),
        (give_ashas_badge, give_ravis_badge, BadgeTaken),
        (add_unit, add_unit, CodeTaken),
        (add_unit, add_unit_of_the_name, NameTaken),
        (add_role, add_role, CodeTaken),
        (add_role, add_role_of_the_name, NameTaken),
        (add_number, import_number, PlanOutdated),
        (import_number, add_number, NumberTaken),
        (import_number, add_unit_of_the_name, NameTaken),
    ],
)
def test_the_second_of_two_stations_is_told_what_one_pc_tells(
    site: Site,
    stations: tuple[Station, Station],
    first: Deed,
    second: Deed,
    why: type[UserFacingError],
) -> None:
    here, there = stations

    _given, told = race(site, partial(first, here), partial(second, there))

    with pytest.raises(why) as refused:
        told.result()
    if why is not PlanOutdated:  # of which a later look says what is the matter
        with pytest.raises(why) as alone:
            second(there)
        assert refused.value.sentence == alone.value.sentence
    assert Journal(site, STATION).verify(SYSTEM).first_bad is None


def test_two_people_become_one_whatever_refers_to_them(site: Site, clock: TurnedClock) -> None:
    """A reference that would not wait stops the merge: what was lent rests with its account instead."""
    people, door = People(site), SignIn(site, LIGHT)
    press = people.organisation.add_org_unit(SYSTEM, "PRESS", "Press shop")
    crane = people.organisation.add_job_role(SYSTEM, "CRANE", "Crane operator")
    found = {}
    for number, role in (("E-1", RoleName.LEARNER), ("E-2", RoleName.TRAINER)):
        place = Destination(org_unit_id=press)
        found[number] = people.add(SYSTEM, NewPerson(number=number, name=number, place=place))
        account = door.accounts.give_account(SYSTEM, found[number], roles=(role,))
        door.accounts.set_pin(SYSTEM, account, "8256", must_change=False)
    learner = people.add(SYSTEM, NewPerson(number="E-3", name="E-3"))
    door.accounts.set_pin(
        SYSTEM, door.accounts.give_account(SYSTEM, learner), "8256", must_change=False
    )
    people.further_roles.give(SYSTEM, found["E-2"], crane, reason="Tuesdays")
    terms = DelegationTerms(until_on=today(clock) + timedelta(days=3), reason="leave")
    people.delegations.give(door.sign_in("E-2", "8256").actor, learner, terms)
    assert door.sign_in("E-3", "8256").actor.may(Capability.GIVE_TRAINING)

    people.merging.merge(SYSTEM, found["E-1"], found["E-2"], "the same badge")

    assert not door.sign_in("E-3", "8256").actor.may(Capability.GIVE_TRAINING)
    people.merging.undo(SYSTEM, found["E-2"], "two after all")
    assert door.sign_in("E-3", "8256").actor.may(Capability.GIVE_TRAINING)
    with site.read() as session:
        strict = sa.text(
            "SELECT conname FROM pg_constraint WHERE contype = 'f' AND NOT condeferrable"
        )
        assert session.scalars(strict).all() == []


def test_shifts_are_found_by_what_is_written_of_people(site: Site, clock: TurnedClock) -> None:
    people, monday = People(site), clock.now().astimezone().date()
    for number, shift in (("E-1", "Früh"), ("E-2", "FRÜH"), ("E-3", "")):
        people.add(SYSTEM, NewPerson(number=number, name=number, shift=shift))
    hours = read_pattern("6x06:00-14:00, 1xoff", monday)
    people.shifts.say(SYSTEM, NewShift(name="früh", pattern=hours))
    people.shifts.add_holiday(SYSTEM, monday, "Jayanti")

    found = people.shifts.at(SYSTEM)
    assert [(one.at.shift, one.at.state, one.people) for one in found] == [
        ("früh", WorkState.OFF, 2),
        ("", WorkState.UNKNOWN, 1),
    ]
    with site.read() as session:
        some = spellings(session, site.site_id, WhoWorks(on=monday), monday)
        assert some is not None
        meant = sa.select(PersonRow.number).where(is_written(PersonRow, some))
        assert session.scalars(meant).all() == ["E-3"]
    asked = PageRequest(filters=(("shift", word_of("Früh")),))
    assert people.list_people(SYSTEM, asked).total == 2
