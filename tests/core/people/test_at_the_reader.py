"""Whom a badge or a number means at a roll, and somebody who proves by their PIN that they are here."""

import pytest

from app.core.base.actor import system_actor
from app.core.journal import Site
from app.core.people import (
    MeantBy,
    NewPerson,
    NobodyMeant,
    People,
    PersonId,
    SignIn,
    WrongSignIn,
    person_at_reader,
)
from tests.support.signers import LIGHT

BOSS = system_actor()


@pytest.fixture
def sign_in(site: Site) -> SignIn:
    return SignIn(site, LIGHT)


@pytest.fixture
def asha(site: Site, sign_in: SignIn) -> PersonId:
    person = People(site).add(BOSS, NewPerson(number="E-10", name="Asha"))
    account = sign_in.accounts.give_account(BOSS, person)
    sign_in.accounts.set_pin(BOSS, account, "739201", must_change=False)
    sign_in.accounts.set_badge(BOSS, account, "04A2B3")
    return person


@pytest.mark.parametrize(
    ("typed", "how"),
    [("04A2B3", MeantBy.BADGE), ("e-10", MeantBy.NUMBER), (" E-10 ", MeantBy.NUMBER)],
)
def test_a_badge_and_a_number_mean_one_person(
    site: Site, asha: PersonId, typed: str, how: MeantBy
) -> None:
    with site.read() as session:
        found = person_at_reader(session, typed)
    assert (found.person_id, found.number, found.how) == (asha, "E-10", how)


@pytest.mark.parametrize("typed", ["", " ", "E-1", "04A2B", "asha", "\x00", "E-10\n04A2B3", "०४"])
def test_what_is_nobodys_is_said(site: Site, asha: PersonId, typed: str) -> None:
    with site.read() as session, pytest.raises(NobodyMeant):
        person_at_reader(session, typed)


def test_who_proves_to_be_here_does_not_sign_in(
    site: Site, sign_in: SignIn, asha: PersonId
) -> None:
    turns: list[bool] = []
    sign_in.on_turn.append(lambda: turns.append(True))
    assert sign_in.prove_present("E-10", "739201").person_id == asha
    assert turns == []  # whoever is signed in stays so, and their series of signatures runs on


def test_a_wrong_pin_counts_as_at_sign_in(sign_in: SignIn, asha: PersonId) -> None:
    for _try in range(3):
        with pytest.raises(WrongSignIn):
            sign_in.prove_present("E-10", "111111")
    assert sign_in.prove_present("04A2B3", "739201").person_id == asha
