"""A number, a login or a badge that two PCs gave to two people names neither of them."""

from datetime import date

import pytest

from app.core.base.errors import NotOne
from app.core.base.ids import new_id
from app.core.base.paging import PageRequest
from app.core.journal import Site
from app.core.people import (
    AccountId,
    CredentialKind,
    NameIsDouble,
    People,
    PersonChange,
    PersonId,
    SignIn,
    rebuild_listing,
    rebuild_reach,
)
from app.core.people.account_models import AccountRow, CredentialRow
from app.core.people.models import PersonRow
from app.core.people.secrets import badge_hash
from tests.core.people.conftest import SYSTEM
from tests.support.clock import TurnedClock

pytestmark = pytest.mark.usefixtures("ashas_account")


@pytest.fixture
def other(site: Site, asha: PersonId, ashas_account: AccountId) -> PersonId:
    """Somebody whom another PC gave Asha's number, with an account of their own."""
    key = new_id()
    with site.transaction(SYSTEM, "test.arrive") as unit:
        unit.add(
            PersonRow(
                id=key,
                number="E-1042",
                name="Ravi",
                search_text="e-1042 ravi",
                joined_on=date(2026, 1, 1),
            )
        )
        unit.flush()
        unit.add(AccountRow(login="ravi", person_id=key))
        unit.flush()
        rebuild_reach(unit)
        rebuild_listing(unit)
    return PersonId(key)


@pytest.mark.usefixtures("other")
def test_nobody_signs_in_with_the_number_of_two(sign_in: SignIn) -> None:
    with pytest.raises(NameIsDouble, match="e-1042"):
        sign_in.sign_in("e-1042", "7392")


def test_nobody_signs_in_with_the_number_of_two_of_whom_one_has_an_account(
    sign_in: SignIn, site: Site
) -> None:
    with site.transaction(SYSTEM, "test.arrive") as unit:
        unit.add(PersonRow(number="E-1042", name="Ravi"))

    with pytest.raises(NameIsDouble):
        sign_in.sign_in("E-1042", "7392")


def test_nobody_signs_in_with_the_login_of_two(sign_in: SignIn, site: Site) -> None:
    with site.transaction(SYSTEM, "test.arrive") as unit:
        unit.add_all([AccountRow(login="auditor", name=name) for name in ("One", "Two")])

    with pytest.raises(NameIsDouble):
        sign_in.sign_in("Auditor", "whatever it is")


def test_nobody_signs_in_with_the_badge_of_two(
    sign_in: SignIn, site: Site, clock: TurnedClock, ashas_account: AccountId
) -> None:
    with site.transaction(SYSTEM, "test.arrive") as unit:
        stranger = AccountRow(login="stranger", name="Stranger")
        unit.add(stranger)
        unit.flush()
        for account_id in (ashas_account, stranger.id):
            unit.add(
                CredentialRow(
                    account_id=account_id,
                    kind=CredentialKind.BADGE,
                    secret=badge_hash("00FFAA11"),
                    set_at=clock.now(),
                )
            )

    with pytest.raises(NameIsDouble):
        sign_in.sign_in("00FFAA11", "7392")


def test_the_list_shows_both(people: People, asha: PersonId, other: PersonId) -> None:
    listed = people.list_people(SYSTEM, PageRequest(text="E-1042"))

    assert {row.id for row in listed.rows} == {asha, other}
    assert listed.total == 2


@pytest.mark.usefixtures("other")
def test_a_number_of_two_finds_neither(people: People) -> None:
    with pytest.raises(NotOne, match="E-1042"):
        people.find(SYSTEM, "E-1042")


@pytest.mark.usefixtures("other")
def test_a_row_of_a_file_with_the_number_of_two_is_refused(people: People) -> None:
    file = "number,name,manager\nE-1042,Somebody,\nE-7,Meera,\n"
    plan = people.imports.plan(SYSTEM, file.encode())

    assert [(error.line, error.number) for error in plan.errors] == [(2, "E-1042")]
    assert "More than one person" in plan.errors[0].reason
    assert [person.number for person in plan.new] == ["E-7"]


def test_a_number_of_its_own_ends_it(people: People, sign_in: SignIn, other: PersonId) -> None:
    people.edit(SYSTEM, other, PersonChange(number="E-1043"))

    assert people.find(SYSTEM, "E-1042").name != "Ravi"
    assert people.find(SYSTEM, "E-1043").name == "Ravi"
    assert sign_in.sign_in("E-1042", "7392").actor.name != "Ravi"
