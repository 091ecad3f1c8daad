"""A signature never bears a time before the one before it, unless somebody answers for the clock."""

from datetime import datetime, timedelta

import pytest

from app.bootstrap.assembly import assemble
from app.core.base.actor import Actor
from app.core.signatures import ClockIsSound, ClockSetBack, Proof, SignatureState
from tests.core.signatures.records import approve, require
from tests.support.clock import TurnedClock
from tests.support.in_touch import ACTOR
from tests.support.signers import PASSWORD, Door

BOTH = Proof(name="E-1", password=PASSWORD)
HOUR = timedelta(hours=1)


def at(door: Door, signature: object) -> datetime:
    detail = door.signatures.signature(ACTOR, signature)
    assert detail.state is SignatureState.VALID
    return datetime.fromisoformat(detail.line.signed_at)


def test_signatures_of_one_moment_bear_rising_times(door: Door, meera: Actor) -> None:
    times = [at(door, approve(door, meera, require(door.pc, code), BOTH)) for code in "ABC"]

    assert times == sorted(set(times))


def test_is_14_a_clock_that_was_set_back_stops_signing_until_somebody_confirms_it(
    door: Door, meera: Actor, clock: TurnedClock
) -> None:
    """IS-14: and it stops anew when the clock leaps again."""
    first = at(door, approve(door, meera, require(door.pc, "A"), BOTH))
    clock.set_wall(clock.now() - HOUR)
    assert "stands 1 h before" in door.signatures.now(meera).trouble
    with pytest.raises(ClockSetBack) as stopped:
        door.signatures.pen(meera, BOTH)
    assert "Nothing was signed" in stopped.value.sentence

    door.signatures.confirm_clock(meera, "compared with the gate clock")

    signature = approve(door, meera, require(door.pc, "B"), BOTH)
    assert at(door, signature) < first
    assert door.signatures.signature(ACTOR, signature).clock == "confirmed"
    clock.set_wall(clock.now() - HOUR)
    with pytest.raises(ClockSetBack):
        door.signatures.pen(meera, BOTH)


def test_no_seal_bears_a_time_that_the_clock_was_set_back_to(
    door: Door, meera: Actor, clock: TurnedClock
) -> None:
    journal = assemble(door.pc.opened).journal
    journal.seal(ACTOR)
    clock.turn(60 * HOUR)
    require(door.pc, "A")
    clock.set_wall(clock.now() - 30 * HOUR)
    with pytest.raises(ClockSetBack):
        journal.seal(ACTOR)

    assert journal.seal_if_due() == ()  # the rounds of a day go on without it

    door.signatures.confirm_clock(meera, "compared with the gate clock")
    assert journal.seal(ACTOR)


def test_a_leap_forward_and_back_has_to_be_confirmed_anew(
    door: Door, meera: Actor, clock: TurnedClock
) -> None:
    approve(door, meera, require(door.pc, "A"), BOTH)
    clock.set_wall(clock.now() - HOUR)
    door.signatures.confirm_clock(meera, "compared with the gate clock")
    clock.set_wall(clock.now() + 5 * HOUR)
    require(door.pc, "B")
    clock.set_wall(clock.now() - 5 * HOUR)

    with pytest.raises(ClockSetBack):
        door.signatures.pen(meera, BOTH)


def test_a_sound_clock_has_nothing_to_confirm(door: Door, meera: Actor) -> None:
    with pytest.raises(ClockIsSound):
        door.signatures.confirm_clock(meera, "just so")
