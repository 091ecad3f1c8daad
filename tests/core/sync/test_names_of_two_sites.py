"""Two sites that named their people alike: each site's own win at home, the others come by their code."""

from pathlib import Path

import pytest
import sqlalchemy as sa

from app.core.base.actor import Capability
from app.core.base.errors import NotOne
from app.core.keys import SlotCost
from app.core.people import (
    LoginTaken,
    NameIsDouble,
    NameOfSeveralSites,
    NewPerson,
    People,
    RoleName,
    SeveralAccounts,
    SignIn,
    WrongSignIn,
    administrator_called,
    create_first_administrator,
    person_at_reader,
)
from app.core.people.account_models import AccountRow, SignInEvent, SignInRow
from tests.core.sync.test_accounts_of_plants import PIN, down, settle, up
from tests.support.clock import TurnedClock
from tests.support.in_touch import ACTOR, Pc, first_pc, know_each_other

LIGHT = SlotCost(memory=64, passes=1, lanes=1)
OF_HQ, OF_PLANT = "monsoon over the lathe", "gearbox in the rain"


def doors(pc: Pc) -> SignIn:
    return SignIn(pc.opened.site, LIGHT)


def found_admin(pc: Pc, password: str) -> None:
    """Let a site begin as `site init --admin admin` does, with somebody who has number 7."""
    create_first_administrator(
        pc.opened.site, login="admin", name=f"Admin of {pc.opened.code}", password=password,
        cost=LIGHT,
    )  # fmt: skip


def add_seven(pc: Pc, pin: str) -> None:
    seven = People(pc.opened.site).add(ACTOR, NewPerson(number="7", name=f"7 of {pc.opened.code}"))
    accounts = doors(pc).accounts
    given = accounts.give_account(ACTOR, seven, roles=(RoleName.LEARNER,))
    accounts.set_pin(ACTOR, given, pin, must_change=False)


@pytest.fixture
def alike(headquarters: Pc, plant: Pc, stick: Path) -> Pc:
    """Headquarters that have taken in the first file of a plant with the same names."""
    for pc, password, pin in ((headquarters, OF_HQ, PIN), (plant, OF_PLANT, "271903")):
        found_admin(pc, password)
        add_seven(pc, pin)
    up(headquarters, plant, stick)
    return headquarters


def test_the_first_file_of_a_plant_locks_nobody_out(alike: Pc, plant: Pc) -> None:
    at_hq = doors(alike)

    assert at_hq.with_password("admin", OF_HQ).name == "Admin of HQ"
    at_hq.with_password("Admin", OF_HQ).require(Capability.MANAGE_SITE)
    assert at_hq.sign_in("7", PIN).actor.name == "7 of HQ"
    assert doors(plant).with_password("admin", OF_PLANT).name == "Admin of PUN"
    assert (
        administrator_called(alike.opened.site, "admin")
        == at_hq.with_password("hq/admin", OF_HQ).account_id
    )


def test_no_secret_of_another_site_opens_an_account_of_this_one(alike: Pc) -> None:
    for name, secret in (("admin", OF_PLANT), ("HQ/admin", OF_PLANT), ("7", "271903")):
        with pytest.raises(WrongSignIn):
            doors(alike).sign_in(name, secret)
    with alike.opened.site.read() as session:
        refused = sa.select(AccountRow.login).join(SignInRow, SignInRow.account_id == AccountRow.id)
        refused = refused.where(
            SignInRow.event == SignInEvent.REFUSED,
            AccountRow.home_site_id == alike.opened.site_id,
        )
        assert sorted(session.scalars(refused)) == ["7", "admin", "admin"]


def test_who_is_of_another_site_comes_by_its_code(alike: Pc) -> None:
    visitor = doors(alike).with_password("pun/admin", OF_PLANT)

    assert visitor.name == "Admin of PUN"
    assert visitor.scope_of(Capability.MANAGE_SITE) == frozenset()  # nothing of headquarters
    assert doors(alike).sign_in("PUN/7", "271903").actor.name == "7 of PUN"
    for name in ("PUN/nobody", "NAG/admin", "PUN/", "/admin"):
        with pytest.raises(WrongSignIn):
            doors(alike).sign_in(name, OF_PLANT)


def test_a_name_with_a_code_in_it_takes_nobodys_place(alike: Pc, plant: Pc, stick: Path) -> None:
    """A plant that calls somebody `HQ/admin` neither opens HQ's account nor blocks it."""
    forged = doors(plant).logins.called(ACTOR, "7").id
    doors(plant).logins.rename(ACTOR, forged, "HQ/admin")
    up(alike, plant, stick)

    assert doors(alike).with_password("HQ/admin", OF_HQ).name == "Admin of HQ"
    assert doors(alike).sign_in("PUN/HQ/admin", "271903").actor.name == "7 of PUN"


def test_a_name_of_two_other_sites_asks_for_the_code(
    headquarters: Pc, plant: Pc, stick: Path, tmp_path: Path, clock: TurnedClock
) -> None:
    other = first_pc(tmp_path / "other", clock, code="NAG")
    know_each_other(headquarters, other)
    for pc in (plant, other):
        found_admin(pc, OF_PLANT)
    up(headquarters, plant, stick)
    assert doors(headquarters).with_password("admin", OF_PLANT).name == "Admin of PUN"
    up(headquarters, other, stick)

    with pytest.raises(NameOfSeveralSites, match="admin"):
        doors(headquarters).with_password("admin", OF_PLANT)
    assert doors(headquarters).with_password("NAG/admin", OF_PLANT).name == "Admin of NAG"


def test_two_of_the_own_site_stay_refused(alike: Pc) -> None:
    with alike.opened.site.transaction(ACTOR, "test.arrive") as unit:
        unit.add(AccountRow(login="admin", name="Two", home_site_id=alike.opened.site_id))

    for name in ("admin", "HQ/admin"):
        with pytest.raises(NameIsDouble):
            doors(alike).with_password(name, OF_HQ)
    logins = doors(alike).logins
    with alike.opened.site.read() as session:
        two = session.scalars(sa.select(AccountRow).where(AccountRow.name == "Two")).one()
    with pytest.raises(SeveralAccounts, match=str(two.id)):
        logins.called(ACTOR, "admin")
    logins.rename(ACTOR, logins.called(ACTOR, str(two.id)).id, "second")
    assert doors(alike).with_password("admin", OF_HQ).name == "Admin of HQ"


def test_who_signs_is_named_as_at_the_door(alike: Pc) -> None:
    visitor = doors(alike).with_password("PUN/admin", OF_PLANT)

    doors(alike).prove_signer(visitor, OF_PLANT, "PUN/admin")
    with pytest.raises(WrongSignIn):
        doors(alike).prove_signer(visitor, OF_PLANT, "admin")


def test_a_roll_takes_no_number_of_two_sites_without_the_code(alike: Pc) -> None:
    """Nobody proves there that they are meant: the own site's is not taken for a visitor's."""
    with alike.opened.site.read() as session:
        with pytest.raises(NotOne, match="more than one site"):
            person_at_reader(session, "7")
        assert person_at_reader(session, "HQ/7").name == "7 of HQ"
        assert person_at_reader(session, "pun/7").name == "7 of PUN"
    with pytest.raises(NotOne):
        People(alike.opened.site).find(ACTOR, "7")
    assert People(alike.opened.site).find(ACTOR, "PUN/7").name == "7 of PUN"


def test_a_login_is_changed_the_founders_too(alike: Pc, plant: Pc, stick: Path) -> None:
    logins = doors(alike).logins
    account = logins.called(ACTOR, "admin")
    assert account.person_id is None
    with pytest.raises(LoginTaken):
        logins.rename(ACTOR, account.id, "7")

    logins.rename(ACTOR, account.id, "HQ-Admin")

    assert doors(alike).with_password("hq-admin", OF_HQ).account_id == account.id
    assert doors(alike).with_password("admin", OF_PLANT).name == "Admin of PUN"  # the only one now
    with pytest.raises(WrongSignIn):
        doors(alike).with_password("admin", OF_HQ)
    of_plant = logins.called(ACTOR, "PUN/admin")
    logins.rename(ACTOR, of_plant.id, "plant-admin")
    down(alike, plant, stick)
    settle(plant)
    assert doors(plant).with_password("plant-admin", OF_PLANT).name == "Admin of PUN"
