"""Passwords grow old and do not come again, as a site says."""

from datetime import timedelta

import pytest

from app.core.base.actor import Capability
from app.core.base.errors import NotAllowed
from app.core.base.reasons import ReasonMissing
from app.core.people import (
    AccountId,
    ChangeNeeded,
    CredentialKind,
    DetailRefused,
    PasswordRule,
    SignIn,
    WeakSecret,
)
from tests.core.people.conftest import SYSTEM, somebody
from tests.support.clock import TurnedClock

FIRST = "tall mango trees"
LATER = ("seven copper kettles", "a river in spate", "lanterns on the ghat")


@pytest.fixture
def account(sign_in: SignIn, ashas_account: AccountId) -> AccountId:
    sign_in.accounts.set_password(SYSTEM, ashas_account, FIRST, must_change=False)
    return ashas_account


def test_p11_26_a_password_that_is_old_enough_must_be_changed_at_sign_in(
    sign_in: SignIn, account: AccountId, clock: TurnedClock
) -> None:
    sign_in.password_rules.say(SYSTEM, PasswordRule(days=90), "SOP IT-003")

    clock.turn(timedelta(days=90) - timedelta(seconds=1))
    assert sign_in.sign_in("E-1042", FIRST).needs_change is None
    clock.turn(timedelta(seconds=2))
    late = sign_in.sign_in("E-1042", FIRST)

    assert (late.needs_change, late.is_old) == (CredentialKind.PASSWORD, True)
    assert not late.actor.grants
    with pytest.raises(ChangeNeeded):
        sign_in.with_password("E-1042", FIRST)
    changed = sign_in.change_secret(late.actor, FIRST, LATER[0])
    assert changed.actor.may(Capability.LEARN)
    assert sign_in.sign_in("E-1042", LATER[0]).needs_change is None


def test_without_a_rule_passwords_and_with_one_pins_do_not_grow_old(
    sign_in: SignIn, account: AccountId, clock: TurnedClock
) -> None:
    clock.turn(timedelta(days=4000))
    assert sign_in.sign_in("E-1042", FIRST).needs_change is None
    sign_in.password_rules.say(SYSTEM, PasswordRule(days=90), "SOP IT-003")

    assert sign_in.sign_in("E-1042", "7392").needs_change is None


def test_p11_25_the_last_passwords_do_not_come_again(
    sign_in: SignIn, account: AccountId, clock: TurnedClock
) -> None:
    sign_in.password_rules.say(SYSTEM, PasswordRule(remembered=3), "SOP IT-003")
    actor, now = sign_in.sign_in("E-1042", FIRST).actor, FIRST
    for new in LATER[:2]:
        clock.turn(timedelta(days=1))
        actor, now = sign_in.change_secret(actor, now, new).actor, new

    for before in (FIRST, FIRST.upper().lower(), *LATER[:2]):
        with pytest.raises(WeakSecret):
            sign_in.change_secret(actor, now, before)
    clock.turn(timedelta(days=1))
    sign_in.change_secret(actor, now, LATER[2])

    assert sign_in.change_secret(actor, LATER[2], FIRST).needs_change is None


def test_a_rule_changes_with_a_reason_by_who_manages_the_site(sign_in: SignIn) -> None:
    rules = sign_in.password_rules
    with pytest.raises(ReasonMissing):
        rules.say(SYSTEM, PasswordRule(days=90), "  ")
    with pytest.raises(DetailRefused):
        rules.say(SYSTEM, PasswordRule(remembered=0), "why not")
    with pytest.raises(NotAllowed):
        rules.say(somebody(Capability.MANAGE_PEOPLE), PasswordRule(days=90), "why not")

    assert rules.now() == PasswordRule()
    rules.say(SYSTEM, PasswordRule(days=30, remembered=5), "SOP IT-003")
    rules.say(SYSTEM, PasswordRule(days=60, remembered=5), "SOP IT-003, rev. 2")
    assert rules.now() == PasswordRule(days=60, remembered=5)
