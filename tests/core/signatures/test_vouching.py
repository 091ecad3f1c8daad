"""One human with several accounts makes sure of nobody: what is signed so is shown as that (P11-22, P11-23)."""

import pytest

from app.core.base.actor import Actor
from app.core.base.paging import PageRequest
from app.core.people import AccountId, NewPerson, People, RoleName
from app.core.signatures import (
    MayNotCheck,
    NothingToCheck,
    NotMadeSureOf,
    Proof,
    SignatureState,
    signature_block_of,
)
from tests.core.signatures.records import approve, require
from tests.support.in_touch import ACTOR
from tests.support.signers import SECOND, SECOND_PASSWORD, Door, second_administrator

OWN = "{} chose this one"


def invite(
    door: Door, by: Actor, number: str, role: RoleName = RoleName.ADMINISTRATOR
) -> AccountId:
    """Let an administrator enter somebody with an account, and give its password."""
    person = People(door.pc.opened.site).add(by, NewPerson(number=number, name=f"N {number}"))
    account = door.sign_in.accounts.give_account(by, person, roles=(role,))
    door.sign_in.accounts.set_password(by, account, "given by another")
    return account


def take(door: Door, number: str, given: str = "given by another") -> Actor:
    """Choose "one's own" password in the name of an account, whoever types."""
    own = OWN.format(number.lower())
    return door.sign_in.change_secret(door.sign_in.sign_in(number, given).actor, given, own).actor


def state_of_signing(door: Door, actor: Actor, number: str, password: str = "") -> SignatureState:
    """Let somebody sign; return what is said of the signature everywhere."""
    proof = Proof(name=number, password=password or OWN.format(number.lower()))
    door.signatures.accept_statement(actor, proof)
    signature = approve(door, actor, require(door.pc, f"R-{number}"), proof)
    detail = door.signatures.signature(ACTOR, signature)
    request = PageRequest().filtered_by([("record", str(detail.line.record_id))])
    (checked,) = door.signatures.check(ACTOR, request)
    assert checked.state is detail.state
    return detail.state


def test_p11_23_an_only_administrator_who_signs_as_another_is_shown_everywhere(
    door: Door, meera: Actor
) -> None:
    """P11-23: it stays possible to begin a plant with one administrator; nobody takes it for more."""
    account = invite(door, meera, "E-5", RoleName.LEARNER)
    forged = take(door, "E-5")
    door.signatures.check_signer(meera, account, "Company badge")

    assert state_of_signing(door, forged, "E-5") is SignatureState.NOT_CONFIRMED
    line = door.signatures.signer(meera, account)
    assert (line.is_checked, line.was_alone, line.is_confirmed) == (True, True, False)
    last = door.signatures.page(ACTOR, PageRequest().filtered_by([("account", str(account))]))
    detail = door.signatures.signature(ACTOR, last.rows[0].id)
    assert "made sure of by nobody but who had given" in signature_block_of(detail).proof
    with pytest.raises(MayNotCheck):
        door.signatures.check_signer(meera, account, "Company badge again")


def test_p11_23_an_invented_account_is_whose_it_is_and_nobody_else(
    door: Door, meera: Actor
) -> None:
    """P11-23: a reset by an account that Meera invented is a reset by Meera."""
    second_administrator(door.pc.opened.site, door.sign_in, door.signatures, meera)
    meera = door.enter()
    victim = invite(door, meera, "E-5", RoleName.LEARNER)
    take(door, "E-5")
    door.signatures.check_signer(door.enter(SECOND, SECOND_PASSWORD), victim, "Company badge")
    assert door.signatures.signer(meera, victim).is_confirmed

    puppet = invite(door, meera, "E-99")
    acting = take(door, "E-99")
    door.sign_in.accounts.set_password(acting, victim, "reset by a puppet")
    take(door, "E-5", "reset by a puppet")

    for actor, refused in ((door.enter(), MayNotCheck), (acting, NotMadeSureOf)):
        with pytest.raises(refused):
            door.signatures.check_signer(actor, victim, "Company badge")
    with pytest.raises(MayNotCheck):
        door.signatures.check_signer(door.enter(), puppet, "Company badge")
    ravi = door.enter(SECOND, SECOND_PASSWORD)
    door.signatures.check_signer(ravi, victim, "Company badge, seen by Ravi")
    assert door.signatures.signer(meera, victim).is_confirmed


def test_p11_23_accounts_that_vouch_for_one_another_in_a_ring_are_still_one_human(
    door: Door, meera: Actor
) -> None:
    """P11-23: with an honest second administrator, no number of invented ones makes one that counts."""
    second_administrator(door.pc.opened.site, door.sign_in, door.signatures, meera)
    meera = door.enter()
    first = invite(door, meera, "E-98")
    one = take(door, "E-98")
    second = invite(door, one, "E-99")
    other = take(door, "E-99")

    for actor, account in ((door.enter(), second), (one, second), (other, first)):
        with pytest.raises((MayNotCheck, NotMadeSureOf)):
            door.signatures.check_signer(actor, account, "Company badge")


def test_p11_23_a_second_administrator_whose_password_the_first_reset_vouches_for_nobody(
    door: Door, meera: Actor
) -> None:
    """P11-23: locked out, Ravi tells; and what was signed as him, and by whom he "checked", is shown."""
    second_administrator(door.pc.opened.site, door.sign_in, door.signatures, meera)
    meera = door.enter()
    (ravi,) = [one.account_id for one in door.signatures.signers(meera) if one.number == SECOND]
    account = AccountId(ravi)
    door.sign_in.accounts.set_password(meera, account, "reset by meera")
    forged = take(door, SECOND, "reset by meera")
    door.signatures.check_signer(door.enter(), account, "Company badge")
    assert state_of_signing(door, forged, SECOND) is SignatureState.NOT_CONFIRMED

    victim = invite(door, door.enter(), "E-5", RoleName.LEARNER)
    taken = take(door, "E-5")
    door.signatures.check_signer(forged, victim, "Company badge")
    assert state_of_signing(door, taken, "E-5") is SignatureState.NOT_CONFIRMED


def test_a_plant_that_grows_confirms_its_signers(door: Door, meera: Actor) -> None:
    """The first colleague vouches for others, is shown as what he is, and is confirmed by the third."""
    ravi = second_administrator(door.pc.opened.site, door.sign_in, door.signatures, meera)
    assert ravi.account_id is not None
    his = AccountId(ravi.account_id)
    assert not door.signatures.signer(meera, his).is_confirmed
    third = invite(door, door.enter(), "E-3")
    take(door, "E-3")
    door.signatures.check_signer(door.enter(SECOND, SECOND_PASSWORD), third, "Driving licence")
    tara = door.enter("E-3", OWN.format("e-3"))
    assert state_of_signing(door, tara, "E-3") is SignatureState.VALID

    door.signatures.check_signer(tara, his, "Passport")

    line = door.signatures.signer(tara, his)
    assert (line.is_confirmed, line.was_alone, line.checked_by) == (True, False, "N E-3")
    with pytest.raises(NothingToCheck):
        door.signatures.check_signer(tara, his, "Passport")


def test_what_was_signed_before_somebody_was_confirmed_counts_in_full_from_then_on(
    door: Door, meera: Actor
) -> None:
    account = invite(door, meera, "E-5", RoleName.LEARNER)
    asha = take(door, "E-5")
    door.signatures.check_signer(meera, account, "Company badge")
    assert state_of_signing(door, asha, "E-5") is SignatureState.NOT_CONFIRMED
    ravi = second_administrator(door.pc.opened.site, door.sign_in, door.signatures, door.enter())

    door.signatures.check_signer(ravi, account, "Company badge")

    found = door.signatures.check(ACTOR, PageRequest().filtered_by([("account", str(account))]))
    assert {one.state for one in found} == {SignatureState.VALID}
