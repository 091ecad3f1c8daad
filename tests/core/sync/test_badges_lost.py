"""A badge that somebody lost opens nothing: here at once, elsewhere from the next file on."""

from pathlib import Path

import pytest

from app.core.people import CredentialKind, NewPerson, People, RoleName, SignIn, WrongSignIn
from tests.support.in_touch import ACTOR, Pc
from tests.support.signers import LIGHT

LOST, TEMPORARY, PIN = "04 A1 B2 C3", "04 FF 00 01", "739201"


def test_p11_27_a_lost_badge_opens_nothing_here_at_once_and_elsewhere_with_the_next_file(
    one: Pc, two: Pc, stick: Path
) -> None:
    here, there = (SignIn(pc.opened.site, LIGHT) for pc in (one, two))
    asha = People(one.opened.site).add(ACTOR, NewPerson(number="E-2", name="Asha Kulkarni"))
    account = here.accounts.give_account(ACTOR, asha)
    here.accounts.set_pin(ACTOR, account, PIN, must_change=False)
    here.accounts.set_badge(ACTOR, account, LOST)
    two.take(one.send(stick, two))
    assert there.sign_in(LOST, PIN).actor.person_id == asha

    assert one.sync.board(ACTOR).losses == ()

    here.accounts.take_away(ACTOR, account, CredentialKind.BADGE)
    (loss,) = one.sync.board(ACTOR).losses
    assert (loss.name, len(loss.unknown_at)) == ("Asha Kulkarni", 1)
    with pytest.raises(WrongSignIn):
        here.sign_in(LOST, PIN)
    here.accounts.set_badge(ACTOR, account, TEMPORARY)
    assert here.sign_in(TEMPORARY, PIN).actor.person_id == asha

    two.take(one.send(stick, two))
    assert len(one.sync.board(ACTOR).losses) == 1  # until the other PC says that it knows
    one.take(stick)
    assert one.sync.board(ACTOR).losses == ()
    with pytest.raises(WrongSignIn):
        there.sign_in(LOST, PIN)
    assert there.sign_in(TEMPORARY, PIN).actor.person_id == asha


def test_what_two_pcs_gave_is_taken_away_together(one: Pc, two: Pc, stick: Path) -> None:
    here, there = (SignIn(pc.opened.site, LIGHT) for pc in (one, two))
    asha = People(one.opened.site).add(ACTOR, NewPerson(number="E-2", name="Asha Kulkarni"))
    account = here.accounts.give_account(ACTOR, asha)
    two.take(one.send(stick, two))
    for door, pin, badge in ((here, "5836", "04 A1"), (there, "7392", "04 B2")):
        door.accounts.set_pin(ACTOR, account, pin, must_change=False)
        door.accounts.set_badge(ACTOR, account, badge)
        door.accounts.grant_role(ACTOR, account, RoleName.TRAINER)
    one.take(two.send(stick, one))

    here.accounts.revoke_role(ACTOR, account, RoleName.TRAINER)
    assert [role.role for role in here.accounts.account(ACTOR, account).roles] == ["learner"]
    here.accounts.take_away(ACTOR, account, CredentialKind.BADGE)
    here.accounts.set_pin(ACTOR, account, "9461", must_change=False)
    here.accounts.take_away(ACTOR, account, CredentialKind.PIN)
    assert here.accounts.account(ACTOR, account).proofs == frozenset()
    for name, secret in (("04 A1", "5836"), ("04 B2", "7392"), ("E-2", "7392"), ("E-2", "5836")):
        with pytest.raises(WrongSignIn):
            here.sign_in(name, secret)
