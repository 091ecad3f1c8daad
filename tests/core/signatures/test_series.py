"""A series: the first signature asks for id and password, the next for the password."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.core.base.actor import Actor
from app.core.people import AccountLocked, WrongSecret, WrongSignIn
from app.core.people.account_models import SignInEvent, SignInRow
from app.core.signatures import (
    IDLE,
    IdNeeded,
    Meaning,
    Proof,
    StatementMissing,
    Undersigned,
)
from app.core.training.models import RequirementRow
from tests.core.signatures.records import approve, require
from tests.support.clock import TurnedClock
from tests.support.in_touch import ACTOR
from tests.support.signers import LOGIN, PASSWORD, Door

ALONE = Proof(password=PASSWORD)
BOTH = Proof(name="E-1", password=PASSWORD)


def test_p11_20_the_first_signature_asks_for_both_and_the_next_for_the_password(
    door: Door, meera: Actor
) -> None:
    """P11-20: no signature goes without at least the private part."""
    door.signatures.end_series()
    assert door.signatures.now(meera).asks_id
    with pytest.raises(IdNeeded):
        door.signatures.pen(meera, ALONE)

    found = [approve(door, meera, require(door.pc, "A"), BOTH)]
    found += [approve(door, meera, require(door.pc, code), ALONE) for code in "BCD"]

    assert not door.signatures.now(meera).asks_id
    components = [door.signatures.signature(ACTOR, one).components for one in found]
    assert components == [("id", "password"), *[("password",)] * 3]
    with pytest.raises(WrongSecret):
        door.signatures.pen(meera, Proof(password="not this at all"))


def test_p11_21_lock_switch_and_idle_minutes_end_the_series(
    door: Door, meera: Actor, clock: TurnedClock
) -> None:
    """P11-21: after each of them the next signature asks for both."""
    assert not door.signatures.now(meera).asks_id
    door.sign_in.verify_again(meera, PASSWORD)  # the PC was locked
    assert door.signatures.now(meera).asks_id

    approve(door, meera, require(door.pc, "A"), BOTH)
    door.enter()  # somebody else sat down, even under the same name
    assert door.signatures.now(meera).asks_id

    approve(door, meera, require(door.pc, "B"), BOTH)
    door.sign_in.sign_out(meera)
    assert door.signatures.now(meera).asks_id

    approve(door, meera, require(door.pc, "C"), BOTH)
    clock.turn(IDLE - timedelta(seconds=1))
    assert not door.signatures.now(meera).asks_id
    clock.turn(timedelta(seconds=1))
    assert door.signatures.now(meera).asks_id


def test_setting_the_clock_back_makes_no_series_longer(
    door: Door, meera: Actor, clock: TurnedClock
) -> None:
    clock.turn(IDLE)
    clock.set_wall(clock.now() - IDLE)

    assert door.signatures.now(meera).asks_id


def test_a_pc_that_slept_asks_for_both(door: Door, meera: Actor, clock: TurnedClock) -> None:
    """The clock that never goes back stands still while a PC sleeps."""
    clock.set_wall(clock.now() + IDLE)

    assert door.signatures.now(meera).asks_id


def test_p11_28_wrong_passwords_count_as_at_sign_in_and_are_on_record(
    door: Door, meera: Actor
) -> None:
    """P11-28: after five wrong ones the right one is not taken either; each is in the trail."""
    for _turn in range(5):
        with pytest.raises(WrongSecret):
            door.signatures.pen(meera, Proof(password="not this at all"))

    with pytest.raises(AccountLocked):
        door.signatures.pen(meera, ALONE)
    wrong = (SignInEvent.REFUSED, SignInEvent.LOCKED)
    refused = sa.select(sa.func.count()).where(SignInRow.event.in_(wrong))
    with door.pc.opened.site.read() as session:
        assert session.scalar(refused) == 5


def test_the_id_of_somebody_else_signs_nothing(door: Door, meera: Actor) -> None:
    door.signatures.end_series()
    for name in ("E-99", "nobody"):
        with pytest.raises(WrongSignIn):
            door.signatures.pen(meera, Proof(name=name, password=PASSWORD))

    assert door.signatures.now(meera).asks_id
    door.signatures.pen(meera, Proof(name=LOGIN, password=PASSWORD))


def test_p11_10_nothing_is_signed_before_the_statement(door: Door) -> None:
    """P11-10: asked once in a life, kept with what was read, and signed itself."""
    meera = door.enter()
    with pytest.raises(StatementMissing):
        door.signatures.pen(meera, BOTH)
    statement = door.signatures.now(meera).statement
    assert "Meera Joshi" in statement

    door.signatures.accept_statement(meera, BOTH)

    assert door.signatures.now(meera).statement == ""
    (line,) = [one for one in door.signatures.signers(ACTOR) if one.name == "Meera Joshi"]
    assert line.accepted_at is not None
    door.signatures.accept_statement(meera, BOTH)
    assert line.signatures == 1


def test_signing_an_act_that_fails_leaves_neither(door: Door, meera: Actor) -> None:
    key = require(door.pc)
    with pytest.raises(RuntimeError, match="stop"):
        _sign_and_stop(door, meera, key)

    assert door.signatures.under(key) == ()


def _sign_and_stop(door: Door, actor: Actor, key: object) -> None:
    pen = door.signatures.pen(actor, ALONE)
    with door.pc.opened.site.transaction(actor, "requirement.approve") as unit:
        row = unit.get_one(RequirementRow, key)
        Undersigned(pen, "x").sign(unit, row, Meaning.APPROVED, "x")
        raise RuntimeError("stop")
