"""Second persons who sign nothing: an account that one human invented makes no two of one (P11-23, ADR 88)."""

from dataclasses import replace
from datetime import date

import pytest

from app.core.base.actor import Actor, system_actor
from app.core.base.ids import new_id
from app.core.journal import index_mentions
from app.core.people import NewPerson, People, PersonId
from app.core.people.erasing import NobodyMadeSure, SecondPersonNeeded
from app.core.signatures import is_a_person_of_their_own, seconds_named
from tests.core.signatures.records import require
from tests.core.signatures.test_vouching import invite, take
from tests.support.in_touch import ACTOR
from tests.support.signers import SECOND, SECOND_PASSWORD, Door, second_administrator


@pytest.fixture
def people(door: Door) -> People:
    made = People(door.pc.opened.site)
    made.erasures.is_own_person = is_a_person_of_their_own
    return made


@pytest.fixture
def ravi(door: Door, meera: Actor) -> Actor:
    """The second administrator, of whom the founder made sure alone: nobody else was there."""
    return second_administrator(door.pc.opened.site, door.sign_in, door.signatures, meera)


@pytest.fixture
def gone(people: People) -> PersonId:
    """Somebody who left long ago."""
    new = NewPerson(number="K-1", name="Kamala Devi", joined_on=date(2010, 1, 1))
    made = people.add(ACTOR, new)
    people.leave(ACTOR, made, date(2015, 3, 1))
    return made


def named(door: Door, actor: Actor) -> str:
    """Return how whoever wrote a row is named as a second person."""
    site = door.pc.opened.site
    row = require(door.pc, f"R-{new_id()}")
    index_mentions(site)
    with site.read() as session:
        return seconds_named(session)(actor.account_id, actor.name, row)


def test_p11_23_nobody_is_erased_by_one_human_with_two_accounts(
    door: Door, meera: Actor, ravi: Actor, people: People, gone: PersonId
) -> None:
    puppet_account = invite(door, meera, "E-9")
    puppet = take(door, "E-9")
    asked = people.erasures.request(meera, gone, "She asked for it")
    with pytest.raises(SecondPersonNeeded):
        people.erasures.confirm(meera, asked)
    with pytest.raises(NobodyMadeSure, match="N E-9"):
        people.erasures.confirm(puppet, asked)
    people.erasures.withdraw(meera, asked, "Asked by the other account")
    asked = people.erasures.request(puppet, gone, "She asked for it")
    with pytest.raises(NobodyMadeSure, match="N E-9"):
        people.erasures.confirm(meera, asked)

    door.signatures.check_signer(door.enter(SECOND, SECOND_PASSWORD), puppet_account, "Badge")
    people.erasures.confirm(meera, asked)
    assert [one.confirmed_by for one in people.erasures.desk(meera).erased] == ["Meera Joshi"]


def test_two_administrators_of_a_small_site_erase_together(
    meera: Actor, ravi: Actor, people: People, gone: PersonId
) -> None:
    people.erasures.confirm(ravi, people.erasures.request(meera, gone, "She asked for it"))
    assert [one.confirmed_by for one in people.erasures.desk(meera).erased] == ["Ravi Iyer"]


def test_p11_23_a_second_person_is_named_with_that_nobody_made_sure_of_them(
    door: Door, meera: Actor, ravi: Actor
) -> None:
    account = invite(door, meera, "E-9")
    puppet = take(door, "E-9")
    assert (named(door, meera), named(door, puppet)) == ("Meera Joshi", "N E-9 (not confirmed)")
    assert named(door, ravi) == "Ravi Iyer (not confirmed)"

    door.signatures.check_signer(door.enter(SECOND, SECOND_PASSWORD), account, "Badge")
    assert named(door, puppet) == "N E-9"


def test_of_who_has_no_account_here_nothing_is_said(door: Door) -> None:
    for actor in (system_actor(), replace(ACTOR, account_id=new_id(), name="Headquarters")):
        assert named(door, actor) == actor.name
