"""Who does what in the tests of training: administrators with accounts of their own, and people."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest

from app.core.base.actor import Actor, Capability, Grant, system_actor
from app.core.base.ids import new_id
from app.core.journal import Journal, Site
from app.core.people import Destination, NewPerson, People
from tests.support.clock import TurnedClock
from tests.support.documents import Office, an_office
from tests.support.in_touch import first_pc
from tests.support.sites import STATION
from tests.support.teaching import School, a_school

SYSTEM = system_actor()


def somebody(name: str, *capabilities: Capability) -> Actor:
    """Return an actor with an account and these capabilities, for the whole site.

    Who keeps training gives it, too: every role that has the one has the other.
    """
    gives = [Capability.GIVE_TRAINING] if Capability.ASSIGN in capabilities else []
    grants = frozenset(Grant(capability=one) for one in (*capabilities, *gives))
    return Actor(account_id=new_id(), person_id=None, name=name, grants=grants)


@pytest.fixture
def office(tmp_path: Path, clock: TurnedClock) -> Office:
    """The register of documents on a PC of its own, with who writes and who approves."""
    return an_office(first_pc(tmp_path / "pc", clock), tmp_path / "files")


@pytest.fixture
def sop(office: Office) -> UUID:
    """SOP-123 with revision 4 in force, which Asha wrote."""
    made = office.document()
    office.issue(made, "4")
    return made


@pytest.fixture
def school(site: Site) -> School:
    return a_school(site)


@pytest.fixture
def meera() -> Actor:
    return somebody("Meera Iyer", Capability.ASSIGN)


@pytest.fixture
def ravi() -> Actor:
    return somebody("Ravi Das", Capability.ASSIGN)


@pytest.fixture
def people(site: Site) -> People:
    return People(site)


@pytest.fixture
def add(people: People) -> Callable[..., UUID]:
    """Return a way to add somebody to a department that is made where it is not there."""
    units: dict[str, UUID] = {}
    roles: dict[str, UUID] = {}

    def make(number: str, unit: str = "FIN", role: str = "", joined_on: date | None = None) -> UUID:
        if unit not in units:
            units[unit] = people.organisation.add_org_unit(SYSTEM, unit, f"Department {unit}")
        if role and role not in roles:
            roles[role] = people.organisation.add_job_role(SYSTEM, role, f"Role {role}")
        place = Destination(org_unit_id=units[unit], job_role_id=roles.get(role))  # type: ignore[arg-type]  # ids of a test
        new = NewPerson(number=number, name=f"Person {number}", joined_on=joined_on, place=place)
        return people.add(SYSTEM, new)

    return make


def verified(site: Site) -> bool:
    """Tell whether the journal bears out every row."""
    return Journal(site, STATION).verify(SYSTEM).ok
