"""Whose key signs: made with one's own password, opened by nobody else, ended by a reset."""

from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
import sqlalchemy as sa

from app.core.base.actor import Actor
from app.core.base.clock import local_day
from app.core.journal import Journal
from app.core.people import (
    AccountId,
    CredentialKind,
    HasPassword,
    LoginTaken,
    NewPerson,
    People,
    PersonId,
    PinSignsNothing,
    RoleName,
    WrongSecret,
)
from app.core.signatures import (
    KeyEnd,
    MayNotCheck,
    NoSigningKey,
    NotChecked,
    NotMadeSureOf,
    Proof,
    SignatureState,
    SigningKeys,
)
from app.core.signatures.models import SigningKeyRow, SigningKeyWrapRow
from tests.core.signatures.records import approve, require
from tests.support.clock import TurnedClock
from tests.support.in_touch import ACTOR, Pc
from tests.support.signers import LIGHT, LOGIN, PASSWORD, Door, door_of, second_administrator

NEXT = "quiet brass kettle"


def hire(door: Door, number: str, *, password: str = "", pin: str = "") -> AccountId:
    """Let somebody be at the plant, with a secret that an administrator gave."""
    person = People(door.pc.opened.site).add(ACTOR, NewPerson(number=number, name=f"N {number}"))
    account = door.sign_in.accounts.give_account(ACTOR, person, roles=(RoleName.ADMINISTRATOR,))
    if password:
        door.sign_in.accounts.set_password(ACTOR, account, password)
    if pin:
        door.sign_in.accounts.set_pin(ACTOR, account, pin, must_change=False)
    return account


def own_password(door: Door, number: str, given: str, own: str) -> Actor:
    """Let somebody choose their own at the first sign-in."""
    actor = door.sign_in.sign_in(number, given).actor
    return door.sign_in.change_secret(actor, given, own).actor


def keys(pc: Pc) -> int:
    with pc.opened.site.read() as session:
        return session.scalar(sa.select(sa.func.count()).select_from(SigningKeyRow)) or 0


def test_who_founds_a_site_can_sign_at_once(door: Door, meera: Actor) -> None:
    key = require(door.pc)

    signature = approve(door, meera, key)

    assert door.signatures.signature(ACTOR, signature).state is SignatureState.VALID
    assert door.signatures.now(meera).trouble == ""


def test_p11_22_the_private_half_lies_in_no_file_and_opens_by_its_password_alone(
    door: Door, meera: Actor
) -> None:
    """T-ESIG: whoever has the records, the data key and the station's key still cannot sign."""
    site, known = door.pc.opened.site, door.pc.opened.keys
    with site.read() as session:
        wrap = session.scalars(sa.select(SigningKeyWrapRow)).one()
    own = SigningKeys(site, known, LIGHT)

    opened = own.opened_by(wrap.credential_id, PASSWORD)

    assert opened is not None
    assert own.opened_by(wrap.credential_id, "another password") is None
    assert opened.private not in wrap.sealed
    for file in door.pc.folder.path.parent.rglob("*"):
        assert file.is_dir() or opened.private not in file.read_bytes()


def test_a_new_password_by_its_owner_keeps_the_key(door: Door, meera: Actor) -> None:
    before = approve(door, meera, require(door.pc))

    door.sign_in.change_secret(meera, PASSWORD, NEXT)

    after = approve(door, meera, require(door.pc, "GAS"), Proof(password=NEXT))
    found = [door.signatures.signature(ACTOR, one) for one in (before, after)]
    assert {one.state for one in found} == {SignatureState.VALID}
    assert found[0].public_key == found[1].public_key
    with pytest.raises(WrongSecret):
        door.signatures.pen(meera, Proof(password=PASSWORD))


def test_p11_22_p11_23_a_reset_ends_the_key_and_the_given_password_signs_nothing(
    door: Door, meera: Actor
) -> None:
    """P11-22, P11-23: the given password signs nothing; the next own one gets a key that is checked."""
    account = hire(door, "E-2", password="given by meera")
    ravi = own_password(door, "E-2", "given by meera", "ravi chose this one")
    door.signatures.check_signer(meera, account, "Company badge")
    door.accept(ravi, "E-2", "ravi chose this one")
    before = approve(door, ravi, require(door.pc), Proof(password="ravi chose this one"))

    door.sign_in.accounts.set_password(meera, account, "meera gave this")

    (reset,) = Journal(door.pc.opened.site, door.pc.opened.station).entries(ACTOR, limit=1)
    assert (reset.action, reset.actor) == ("account.set-password", meera.account_id)
    line = door.signatures.signer(meera, account)
    assert line.key_ended is KeyEnd.RESET
    assert door.signatures.signature(ACTOR, before).state is SignatureState.VALID
    signed_in = door.sign_in.sign_in("E-2", "meera gave this")
    assert signed_in.needs_change is CredentialKind.PASSWORD
    with pytest.raises(NoSigningKey):
        door.signatures.pen(signed_in.actor, Proof(name="E-2", password="meera gave this"))
    again = door.sign_in.change_secret(signed_in.actor, "meera gave this", "ravi again chose").actor
    with pytest.raises(NotChecked):
        door.signatures.pen(again, Proof(name="E-2", password="ravi again chose"))
    assert door.signatures.signer(meera, account).key != line.key


def test_a_password_that_an_administrator_gave_for_good_signs_nothing(door: Door) -> None:
    account = hire(door, "E-2")
    door.sign_in.accounts.set_password(ACTOR, account, "given for good", must_change=False)
    ravi = door.enter("E-2", "given for good")

    assert "choose a password of your own" in door.signatures.now(ravi).trouble
    with pytest.raises(NoSigningKey):
        door.signatures.accept_statement(ravi, Proof(name="E-2", password="given for good"))


def test_p11_19_a_pin_does_not_sign_and_chooses_a_password_once(door: Door, meera: Actor) -> None:
    """P11-19: a badge or a number with the PIN is not enough to sign."""
    account = hire(door, "E-2", pin="739201")
    door.sign_in.accounts.set_badge(meera, account, "04 A1 B2 C3")
    asha = door.enter("E-2", "739201")
    for name in ("E-2", "04 A1 B2 C3"):
        for secret in ("739201", ""):
            with pytest.raises((PinSignsNothing, WrongSecret)):
                door.signatures.accept_statement(asha, Proof(name=name, password=secret))
    with pytest.raises(WrongSecret):
        door.sign_in.choose_password(asha, "111333", NEXT)

    door.sign_in.choose_password(asha, "739201", NEXT)

    with pytest.raises(HasPassword):
        door.sign_in.choose_password(asha, "739201", "yet another one")
    door.signatures.check_signer(meera, account, "Driving licence")
    door.accept(asha, "E-2", NEXT)
    signature = approve(door, asha, require(door.pc), Proof(password=NEXT))
    assert door.signatures.signature(ACTOR, signature).state is SignatureState.VALID
    assert door.sign_in.sign_in("E-2", "739201").needs_change is None


def test_p11_17_nobody_signs_before_somebody_else_has_seen_who_they_are(
    door: Door, meera: Actor
) -> None:
    """P11-17, P11-23: neither the owner nor who gave the password says so, where another could."""
    account = hire(door, "E-2")
    door.sign_in.accounts.set_password(meera, account, "given by meera")
    ravi = own_password(door, "E-2", "given by meera", "ravi chose this one")
    other = hire(door, "E-3", password="given to sunil")
    sunil = own_password(door, "E-3", "given to sunil", "sunil chose this one")
    with pytest.raises(MayNotCheck):
        door.signatures.check_signer(meera, account, "Company badge")
    door.signatures.check_signer(meera, other, "Company badge")
    for somebody, refused in ((meera, MayNotCheck), (ravi, NotMadeSureOf)):
        with pytest.raises(refused):
            door.signatures.check_signer(somebody, account, "Company badge")
    with pytest.raises(NotChecked):
        door.accept(ravi, "E-2", "ravi chose this one")

    door.signatures.check_signer(sunil, account, "Company badge")

    line = door.signatures.signer(meera, account)
    assert (line.is_checked, line.checked_by, line.document) == (True, "N E-3", "Company badge")
    assert not line.was_alone
    door.accept(ravi, "E-2", "ravi chose this one")


def test_where_nobody_else_could_check_the_check_says_so(door: Door, meera: Actor) -> None:
    account = hire(door, "E-2")
    door.sign_in.accounts.set_password(meera, account, "given by meera")
    own_password(door, "E-2", "given by meera", "ravi chose this one")

    door.signatures.check_signer(meera, account, "Company badge")

    assert door.signatures.signer(meera, account).was_alone


def test_two_pcs_that_set_passwords_at_once_leave_one_that_signs_or_none(
    door: Door, meera: Actor, second: Pc, stick: Path, clock: TurnedClock
) -> None:
    """The wrap that counts is that of the credential in force, on both PCs the same."""
    second.take(door.pc.send(stick, second))
    other = door_of(second)
    there = other.enter()
    door.sign_in.change_secret(meera, PASSWORD, NEXT)
    clock.turn(timedelta(minutes=1))
    other.sign_in.change_secret(there, PASSWORD, "third of her passwords")
    second.take(door.pc.send(stick, second))
    door.pc.take(second.send(stick, door.pc))

    for place in (door, other):
        actor = place.enter(LOGIN, "third of her passwords")
        proof = Proof(name=LOGIN, password="third of her passwords")
        place.accept(actor, LOGIN, "third of her passwords")
        assert place.signatures.pen(actor, proof).key.public_key
    assert keys(door.pc) == keys(second) == 1


def test_a_reset_on_another_pc_wins_over_a_change_that_did_not_know_of_it(
    door: Door, meera: Actor, second: Pc, stick: Path, clock: TurnedClock
) -> None:
    account = hire(door, "E-2", password="given by meera")
    ravi = own_password(door, "E-2", "given by meera", "ravi chose this one")
    second.take(door.pc.send(stick, second))
    other = door_of(second)
    other.sign_in.accounts.set_password(ACTOR, account, "reset elsewhere")
    clock.turn(timedelta(minutes=1))
    door.sign_in.change_secret(ravi, "ravi chose this one", "ravi chose the next")
    door.pc.take(second.send(stick, door.pc))

    actor = door.enter("E-2", "ravi chose the next")

    with pytest.raises(NoSigningKey):
        door.signatures.accept_statement(actor, Proof(name="E-2", password="ravi chose the next"))


def test_a_key_whose_password_somebody_knows_is_ended(door: Door, meera: Actor) -> None:
    account = AccountId(meera.account_id) if meera.account_id else None
    assert account is not None
    before = approve(door, meera, require(door.pc))

    door.signatures.end_key(meera, account, "I saw somebody watch me type")

    assert door.signatures.signer(meera, account).key_ended is KeyEnd.REVOKED
    assert door.signatures.signature(ACTOR, before).state is SignatureState.VALID
    with pytest.raises(NoSigningKey):
        approve(door, meera, require(door.pc, "GAS"))


def test_p11_16_a_name_that_comes_again_is_another_signer(door: Door, meera: Actor) -> None:
    """Who left keeps login, key and signatures; nobody gets them with the same name."""
    people = People(door.pc.opened.site)
    before, first = _patil(door, meera, "E-2")
    people.leave(meera, first.person_id)  # type: ignore[arg-type]  # it is a person's
    after, second = _patil(door, meera, "E-3")

    lines = [door.signatures.signature(ACTOR, one).line for one in (before, after)]
    assert [one.name for one in lines] == ["R. Patil", "R. Patil"]
    assert [one.number for one in lines] == ["E-2", "E-3"]
    assert [one.account_id for one in lines] == [first.account_id, second.account_id]
    assert first.account_id != second.account_id
    with pytest.raises(LoginTaken):
        door.sign_in.accounts.give_account(
            meera, people.add(meera, NewPerson(number="E-4", name="R. Patil")), login="E-2"
        )


def _patil(door: Door, meera: Actor, number: str) -> tuple[UUID, Actor]:
    """Let an R. Patil come and sign; return the signature and the actor."""
    people = People(door.pc.opened.site)
    person = people.add(meera, NewPerson(number=number, name="R. Patil"))
    account = door.sign_in.accounts.give_account(meera, person)
    door.sign_in.accounts.set_password(meera, account, "given by meera")
    actor = own_password(door, number, "given by meera", "patil chose this")
    door.signatures.check_signer(meera, account, "Company badge")
    door.accept(actor, number, "patil chose this")
    signature = approve(door, actor, require(door.pc, number), Proof(password="patil chose this"))
    return signature, actor


def test_p11_24_nothing_of_the_body_opens_or_signs(door: Door, meera: Actor) -> None:
    """There is no biometric credential that could be given, and none among what signs."""
    assert set(CredentialKind) == {"pin", "password", "badge"}
    detail = door.signatures.signature(ACTOR, approve(door, meera, require(door.pc)))
    assert set(detail.components) <= {"id", "password"}


def test_who_leaves_later_is_still_another_administrator(
    door: Door, meera: Actor, clock: TurnedClock
) -> None:
    """A leaving date ahead opens no way to sign as somebody else."""
    ravi = second_administrator(door.pc.opened.site, door.sign_in, door.signatures, meera)
    assert ravi.person_id is not None
    last = local_day(clock)
    People(door.pc.opened.site).leave(meera, PersonId(ravi.person_id), last + timedelta(days=60))
    account = hire(door, "E-3")
    door.sign_in.accounts.set_password(meera, account, "given by meera")
    own_password(door, "E-3", "given by meera", "meera knows this one")

    with pytest.raises(MayNotCheck):
        door.signatures.check_signer(meera, account, "Company badge")

    door.signatures.check_signer(ravi, account, "Company badge")
    assert not door.signatures.signer(meera, account).was_alone
