"""A small plant with people in it, real services, and secrets that cost nothing to check."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from app.core.base.actor import Actor, Capability, Grant, system_actor
from app.core.journal import Journal, Site
from app.core.keys import SlotCost
from app.core.people import (
    AccountId,
    Destination,
    JobRoleId,
    NewPerson,
    OrgUnitId,
    People,
    PersonId,
    SignIn,
)
from tests.support.sites import STATION

LIGHT = SlotCost(memory=32, passes=1, lanes=1)
SYSTEM = system_actor()


@pytest.fixture
def people(site: Site) -> Iterator[People]:
    """The service; afterwards the journal still proves every record."""
    yield People(site)
    assert Journal(site, STATION).verify(SYSTEM).first_bad is None


@pytest.fixture
def sign_in(site: Site, people: People) -> SignIn:
    """The door, with light locks."""
    return SignIn(site, LIGHT)


@dataclass(frozen=True)
class Plant:
    """Plant over Press shop (with Line 1) and Paint shop; operators and fitters."""

    plant: OrgUnitId
    press: OrgUnitId
    line: OrgUnitId
    paint: OrgUnitId
    operator: JobRoleId
    fitter: JobRoleId


@pytest.fixture
def plant(people: People) -> Plant:
    """The organisation."""
    organisation = people.organisation
    top = organisation.add_org_unit(SYSTEM, "PLANT", "Baddi plant")
    press = organisation.add_org_unit(SYSTEM, "PRESS", "Press shop", top)
    return Plant(
        plant=top,
        press=press,
        line=organisation.add_org_unit(SYSTEM, "LINE1", "Line 1", press),
        paint=organisation.add_org_unit(SYSTEM, "PAINT", "Paint shop", top),
        operator=organisation.add_job_role(SYSTEM, "OPR", "Operator"),
        fitter=organisation.add_job_role(SYSTEM, "FIT", "Fitter"),
    )


@pytest.fixture
def asha(people: People, plant: Plant) -> PersonId:
    """An operator on Line 1."""
    place = Destination(org_unit_id=plant.line, job_role_id=plant.operator)
    return people.add(
        SYSTEM,
        NewPerson(number="E-1042", name="Asha Kulkarni", name_local="आशा कुलकर्णी", place=place),
    )


@pytest.fixture
def ashas_account(sign_in: SignIn, asha: PersonId) -> AccountId:
    """Asha's account with PIN 7392 and a badge."""
    accounts = sign_in.accounts
    account_id = accounts.give_account(SYSTEM, asha)
    accounts.set_pin(SYSTEM, account_id, "7392", must_change=False)
    accounts.set_badge(SYSTEM, account_id, "00A1 B2C3")
    return account_id


def somebody(*capabilities: Capability, units: frozenset[OrgUnitId] | None = None) -> Actor:
    """Return an actor with some capabilities, for the site or for some units."""
    grants = frozenset(Grant(capability=one, org_units=units) for one in capabilities)
    return Actor(account_id=None, person_id=None, name="Somebody", grants=grants)
