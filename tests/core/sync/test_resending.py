"""A peer gets again what it is thought to hold: all of it, or since a day or an entry."""

import re
from datetime import timedelta
from pathlib import Path

import pytest

from app.core.sync.resending import NoSuchEntry
from tests.core.sync.test_exchange import add, units
from tests.support.clock import TurnedClock
from tests.support.in_touch import ACTOR, Pc


def left(one: Pc, two: Pc) -> int:
    """Return how many entries the next file for a PC would carry."""
    return one.sync.plan(ACTOR, one.sync.peer(ACTOR, two.key)).entries


def test_what_was_lost_after_its_receipt_goes_again(one: Pc, two: Pc, stick: Path) -> None:
    add(one, "PKG", "MIX")
    lost = one.send(stick, two)
    one.hears_that(two, has=lost)
    lost.unlink()
    only_what_was_noted_since = left(one, two)
    peer = one.sync.peer(ACTOR, two.key)

    entries = one.sync.resending.since(ACTOR, peer, None)

    assert entries == left(one, two)
    assert entries > only_what_was_noted_since
    assert two.take(one.send(stick, two)).waiting == 0
    assert units(two) == {"PKG", "MIX"}


def test_who_waits_names_the_entry_from_which_it_is_to_go_again(
    one: Pc, two: Pc, stick: Path
) -> None:
    add(one, "PKG")
    lost = one.send(stick, two)
    one.hears_that(two, has=lost)
    lost.unlink()
    add(one, "MIX")
    taken = two.take(one.send(stick, two))
    (told,) = taken.troubles
    (missing,) = re.findall(r"\((\S+)\)", told)

    one.sync.resending.from_entry(ACTOR, one.sync.peer(ACTOR, two.key), missing)
    two.take(one.send(stick, two))

    assert units(two) == {"PKG", "MIX"}


def test_since_a_day_or_an_entry_goes_no_more_than_that_and_twice_does_no_harm(
    one: Pc, two: Pc, stick: Path, clock: TurnedClock
) -> None:
    add(one, "EARLY")
    clock.turn(timedelta(days=3))
    add(one, "LATE")
    two.take(one.send(stick, two))
    one.take(two.send(stick, one))
    peer, today = one.sync.peer(ACTOR, two.key), clock.now().astimezone().date()

    since_today = one.sync.resending.since(ACTOR, peer, today)
    since_long = one.sync.resending.since(ACTOR, peer, today - timedelta(days=9))
    two.take(one.send(stick, two))
    one.take(two.send(stick, one))
    before = left(one, two)
    last = one.sync.resending.from_entry(ACTOR, peer, f"identity/{one.key[:8]}/2")

    assert before < since_today < since_long
    assert before < last < since_long
    taken = two.take(one.send(stick, two))
    assert (taken.troubles, taken.forks, taken.clashes) == ([], 0, 0)
    assert units(two) == {"EARLY", "LATE"}
    for wrong in ("identity", "identity/zz/2", f"identity/{one.key[:8]}/9999", "a/b/c"):
        with pytest.raises(NoSuchEntry):
            one.sync.resending.from_entry(ACTOR, peer, wrong)
