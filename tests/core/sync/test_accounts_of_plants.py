"""Accounts that headquarters give a plant's people: they reach the plant, and hold there and nowhere else."""

from datetime import date, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from app.core.base.actor import Actor, Capability
from app.core.keys import SlotCost
from app.core.people import (
    AccountClosed,
    AccountId,
    Destination,
    LastAdministrator,
    NewPerson,
    OrgUnitId,
    People,
    PersonChange,
    PersonId,
    PlaceOfAnother,
    RoleName,
    SignIn,
    WrongSignIn,
    create_first_administrator,
    rebuild_listing,
    rebuild_reach,
)
from app.core.people.account_models import AccountRow
from app.core.people.delegating import DelegationRefused, DelegationTerms
from tests.core.sync.test_exchange import is_sound
from tests.core.sync.test_sites_in_touch import send
from tests.support.clock import TurnedClock
from tests.support.in_touch import ACTOR, Pc, first_pc, know_each_other

LIGHT = SlotCost(memory=64, passes=1, lanes=1)
PIN, OWN_PIN, PASSWORD = "493820", "271903", "monsoon over the lathe"


def doors(pc: Pc) -> SignIn:
    return SignIn(pc.opened.site, LIGHT)


def settle(*pcs: Pc) -> None:
    """Make lists and the tree of departments anew, as the program does after each file."""
    for pc in pcs:
        with pc.opened.site.transaction(ACTOR, "test.settle") as unit:
            rebuild_reach(unit)
            rebuild_listing(unit)


@pytest.fixture
def shop(headquarters: Pc, plant: Pc, stick: Path) -> OrgUnitId:
    """A department of the plant that headquarters know."""
    unit = People(plant.opened.site).organisation.add_org_unit(ACTOR, "P1", "Press shop")
    headquarters.take(send(plant, headquarters, stick))
    settle(headquarters)
    return unit


def entered(headquarters: Pc, shop: OrgUnitId, number: str = "P-1") -> PersonId:
    new = NewPerson(number=number, name="Asha", place=Destination(org_unit_id=shop))
    return People(headquarters.opened.site).add(ACTOR, new)


@pytest.fixture
def account(headquarters: Pc, shop: OrgUnitId) -> AccountId:
    """Somebody that headquarters entered for the plant, as its trainer, with a first PIN."""
    person = entered(headquarters, shop)
    accounts = doors(headquarters).accounts
    roles = (RoleName.LEARNER, RoleName.TRAINER)
    given = accounts.give_account(ACTOR, person, roles=roles)
    accounts.set_pin(ACTOR, given, PIN)
    return given


def down(headquarters: Pc, plant: Pc, stick: Path) -> None:
    outcome = plant.take(send(headquarters, plant, stick))
    assert (outcome.waiting, outcome.refused, outcome.troubles) == (0, 0, [])
    assert not plant.sync.board(ACTOR).claims  # headquarters may say what they say
    settle(plant)


def up(headquarters: Pc, plant: Pc, stick: Path) -> None:
    outcome = headquarters.take(send(plant, headquarters, stick))
    assert (outcome.waiting, outcome.refused, outcome.troubles) == (0, 0, [])
    settle(headquarters)


def test_an_account_made_at_headquarters_signs_in_at_the_plant(
    headquarters: Pc, plant: Pc, stick: Path, account: AccountId
) -> None:
    down(headquarters, plant, stick)

    signed_in = doors(plant).sign_in("P-1", PIN)

    assert signed_in.needs_change is not None  # the first PIN was given
    admitted = doors(plant).change_secret(signed_in.actor, PIN, OWN_PIN)
    assert admitted.actor.roles == {"learner", "trainer"}
    admitted.actor.require(Capability.VIEW_PEOPLE)  # of the whole plant
    assert doors(plant).sign_in("P-1", OWN_PIN).needs_change is None
    with pytest.raises(WrongSignIn):
        doors(plant).sign_in("P-1", PIN)
    up(headquarters, plant, stick)
    assert not headquarters.sync.board(ACTOR).claims
    assert doors(headquarters).sign_in("P-1", OWN_PIN).needs_change is None
    assert is_sound(headquarters)
    assert is_sound(plant)


def test_no_other_plant_hears_of_it(
    headquarters: Pc, plant: Pc, stick: Path, account: AccountId, tmp_path: Path, clock: TurnedClock
) -> None:
    other = first_pc(tmp_path / "other", clock, code="NAG")
    know_each_other(headquarters, other)
    create_first_administrator(
        other.opened.site, login="boss", name="Boss", password=PASSWORD, cost=LIGHT
    )
    down(headquarters, other, stick)

    with pytest.raises(WrongSignIn):
        doors(other).sign_in("P-1", PIN)


@pytest.mark.parametrize("role", [RoleName.TRAINER, RoleName.ADMINISTRATOR, RoleName.AUTHOR])
def test_a_role_for_a_plants_account_holds_for_that_plant_alone(
    headquarters: Pc, plant: Pc, stick: Path, shop: OrgUnitId, role: RoleName
) -> None:
    """Nobody rises at headquarters because they may much at a plant."""
    office = People(headquarters.opened.site).organisation.add_org_unit(ACTOR, "OFFICE", "Office")
    accounts = doors(headquarters).accounts
    given = accounts.give_account(ACTOR, entered(headquarters, shop), roles=(role,))
    accounts.set_pin(ACTOR, given, PIN, must_change=False)
    down(headquarters, plant, stick)

    at_hq, at_plant = (doors(pc).sign_in("P-1", PIN).actor for pc in (headquarters, plant))

    assert not may(at_hq, Capability.MANAGE_SITE, None)
    for capability in Capability:
        assert not may(at_hq, capability, office) or capability in {
            Capability.LEARN,
            Capability.VIEW_COURSES,
        }
    if role is RoleName.ADMINISTRATOR:
        assert may(at_plant, Capability.MANAGE_SITE, None)
        assert may(at_hq, Capability.VIEW_PEOPLE, shop)  # of the plant, at headquarters too
    if role is RoleName.AUTHOR:
        assert may(at_plant, Capability.AUTHOR_COURSES, None)
        assert not may(at_hq, Capability.AUTHOR_COURSES, None)


def may(actor: Actor, capability: Capability, place: OrgUnitId | None) -> bool:
    scope = actor.scope_of(capability) if actor.may(capability) else frozenset()
    return scope is None or place in scope


def test_a_plants_own_administrator_is_nobody_at_headquarters(
    headquarters: Pc, plant: Pc, stick: Path
) -> None:
    create_first_administrator(
        plant.opened.site, login="plantboss", name="Plant boss", password=PASSWORD, cost=LIGHT
    )
    assert may(doors(plant).with_password("plantboss", PASSWORD), Capability.MANAGE_SITE, None)
    up(headquarters, plant, stick)

    there = doors(headquarters).with_password("plantboss", PASSWORD)

    assert not may(there, Capability.MANAGE_SITE, None)
    assert not may(there, Capability.MANAGE_ACCOUNTS, None)
    assert not may(there, Capability.VIEW_JOURNAL, None)


def test_the_last_administrator_of_headquarters_is_not_spared_by_a_plants(
    headquarters: Pc, plant: Pc, stick: Path
) -> None:
    boss = create_first_administrator(
        headquarters.opened.site, login="boss", name="Boss", password=PASSWORD, cost=LIGHT
    )
    create_first_administrator(
        plant.opened.site, login="plantboss", name="Plant boss", password=PASSWORD, cost=LIGHT
    )
    up(headquarters, plant, stick)

    with pytest.raises(LastAdministrator):
        doors(headquarters).accounts.disable(ACTOR, boss)


def test_what_headquarters_change_in_it_later_reaches_the_plant_too(
    headquarters: Pc, plant: Pc, stick: Path, account: AccountId, shop: OrgUnitId
) -> None:
    down(headquarters, plant, stick)
    accounts = doors(headquarters).accounts
    accounts.revoke_role(ACTOR, account, RoleName.TRAINER)
    accounts.grant_role(ACTOR, account, RoleName.TRAINER, shop)
    accounts.set_badge(ACTOR, account, "BADGE-0042")
    accounts.set_pin(ACTOR, account, OWN_PIN, must_change=False)
    People(headquarters.opened.site).edit(
        ACTOR,
        doors(headquarters).accounts.account(ACTOR, account).person_id,
        PersonChange(number="P-7"),
    )
    down(headquarters, plant, stick)

    actor = doors(plant).sign_in("P-7", OWN_PIN).actor
    assert not may(actor, Capability.VIEW_PEOPLE, None)
    assert may(actor, Capability.VIEW_PEOPLE, shop)
    assert doors(plant).sign_in("BADGE-0042", OWN_PIN).actor.name == "Asha"

    accounts.disable(ACTOR, account, "Left")
    down(headquarters, plant, stick)
    with pytest.raises(Exception, match="closed"):
        doors(plant).sign_in("P-7", OWN_PIN)
    assert is_sound(headquarters)
    assert is_sound(plant)


def test_a_department_of_headquarters_is_no_place_for_a_plants_role(
    headquarters: Pc, account: AccountId
) -> None:
    office = People(headquarters.opened.site).organisation.add_org_unit(ACTOR, "OFFICE", "Office")
    with pytest.raises(PlaceOfAnother):
        doors(headquarters).accounts.grant_role(ACTOR, account, RoleName.TRAINER, office)


def test_pin_slips_for_people_of_two_sites_go_each_to_their_own(
    headquarters: Pc, plant: Pc, stick: Path, shop: OrgUnitId
) -> None:
    of_plant = entered(headquarters, shop)
    people = People(headquarters.opened.site)
    office = people.organisation.add_org_unit(ACTOR, "OFFICE", "Office")
    of_hq = people.add(
        ACTOR, NewPerson(number="H-1", name="Hari", place=Destination(org_unit_id=office))
    )
    settle(headquarters)

    slips = doors(headquarters).pin_slips.renew(ACTOR, [of_plant, of_hq], "HQ")

    assert (slips.count, slips.skipped) == (2, ())
    down(headquarters, plant, stick)
    with plant.opened.site.read() as session:
        assert {row.login for row in session.scalars(sa.select(AccountRow))} == {"p-1"}


def test_who_may_not_manage_accounts_at_headquarters_gives_a_plant_none(
    headquarters: Pc, shop: OrgUnitId
) -> None:
    person = entered(headquarters, shop)
    nobody = Actor(account_id=None, person_id=None, name="A learner")
    with pytest.raises(Exception, match="allowed"):
        doors(headquarters).accounts.give_account(nobody, person)


def test_what_a_plants_trainer_lends_at_headquarters_reaches_the_plant_and_no_further(
    headquarters: Pc, plant: Pc, stick: Path, shop: OrgUnitId
) -> None:
    people, accounts = People(headquarters.opened.site), doors(headquarters).accounts
    office = people.organisation.add_org_unit(ACTOR, "OFFICE", "Office")
    for number, place, role in (
        ("P-1", shop, RoleName.TRAINER),
        ("P-2", shop, RoleName.LEARNER),
        ("H-1", office, RoleName.TRAINER),
    ):
        person = entered(headquarters, place, number)
        given = accounts.give_account(ACTOR, person, roles=(role,))
        accounts.set_pin(ACTOR, given, PIN, must_change=False)
    taker = people.find(ACTOR, "P-2").id
    terms = DelegationTerms(until_on=date(2026, 12, 4), reason="leave")

    with pytest.raises(DelegationRefused, match="another site"):
        people.delegations.give(doors(headquarters).sign_in("H-1", PIN).actor, taker, terms)
    people.delegations.give(doors(headquarters).sign_in("P-1", PIN).actor, taker, terms)
    down(headquarters, plant, stick)

    at_hq, at_plant = (doors(pc).sign_in("P-2", PIN).actor for pc in (headquarters, plant))
    assert at_hq.scope_of(Capability.GIVE_TRAINING) == {shop}
    assert at_plant.scope_of(Capability.GIVE_TRAINING) is None
    assert is_sound(headquarters)
    assert is_sound(plant)


def test_a_visit_that_headquarters_end_is_over_at_the_plant(
    headquarters: Pc, plant: Pc, stick: Path, clock: TurnedClock
) -> None:
    here, there = doors(headquarters), doors(plant)
    now = clock.now()
    visit = there.accounts.give_auditor_account(
        ACTOR, login="verma", name="N. Verma", opens_at=now, closes_at=now + timedelta(days=9)
    )
    there.accounts.set_password(ACTOR, visit, PASSWORD, must_change=False)
    headquarters.take(send(plant, headquarters, stick))

    here.visits.end(ACTOR, visit)
    plant.take(send(headquarters, plant, stick))

    with pytest.raises(AccountClosed):
        there.sign_in("verma", PASSWORD)
