"""A plant with an altered program says that another plant's keys are its own; headquarters take the paper in (ADR 81)."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from app.core.keys import KeyKind, fingerprint
from app.core.keys.notary import SITE_KEY, Named
from app.core.keys.papers import record
from app.core.sync.relations import Relations
from tests.core.sync.test_exchange import add, is_sound, units
from tests.core.sync.test_sites_in_touch import send
from tests.support.clock import TurnedClock
from tests.support.in_touch import ACTOR, Pc, first_pc, know_each_other

Whose = Callable[[Pc], bytes]


@pytest.fixture
def other(headquarters: Pc, tmp_path: Path, clock: TurnedClock) -> Pc:
    """Another plant, whose PC headquarters know."""
    made = first_pc(tmp_path / "other", clock, code="NAG")
    know_each_other(headquarters, made)
    return made


def pcs_key(pc: Pc) -> bytes:
    return pc.opened.station.public_key


def sites_key(pc: Pc) -> bytes:
    return pc.opened.keys.authority.public_key


def claim(thief: Pc, key: bytes, kind: KeyKind, at: datetime) -> None:
    """Let a site certify a key that nobody asked it for, and put it on record."""
    known = thief.opened.keys
    site = known.notary.keys.signing_key(SITE_KEY)
    assert site is not None
    named = Named(kind=kind, subject=key, label="ours", site_id=known.site_id)
    after, root = site.fingerprint if kind is KeyKind.SITE else b"", known.root_key(known.ring())
    paper = known.notary.certificate(named, site, root, at, succeeds=after)
    with thief.opened.site.transaction(ACTOR, "test.altered") as unit:
        record(unit, [paper])


@pytest.mark.parametrize(("whose", "kind"), [(pcs_key, KeyKind.STATION), (sites_key, KeyKind.SITE)])
@pytest.mark.parametrize("days", [-30, 30])
def test_the_records_of_a_plant_whose_keys_another_claims_are_taken_as_its_own(
    headquarters: Pc,
    plant: Pc,
    other: Pc,
    stick: Path,
    clock: TurnedClock,
    whose: Whose,
    kind: KeyKind,
    days: int,
) -> None:
    add(other, "BEFORE")
    headquarters.take(send(other, headquarters, stick))
    claim(plant, whose(other), kind, clock.now() + timedelta(days=days))
    headquarters.take(send(plant, headquarters, stick))
    add(other, "AFTER")

    taken = headquarters.take(send(other, headquarters, stick))

    assert (taken.troubles, taken.waiting, taken.refused) == ([], 0, 0)
    assert {"BEFORE", "AFTER"} <= units(headquarters)
    station = other.opened.station.fingerprint
    assert Relations.now(headquarters.opened.keys).sites[station] == other.opened.site_id
    assert headquarters.sync.board(ACTOR).claims == ()
    down = other.take(send(headquarters, other, stick))
    assert down.troubles == []
    assert is_sound(headquarters)


def test_each_key_says_whose_it_is_with_the_first_file(
    headquarters: Pc, plant: Pc, stick: Path
) -> None:
    headquarters.take(send(plant, headquarters, stick))

    known = headquarters.opened.keys.ring()
    assert known.says_itself(plant.opened.station.fingerprint)
    assert known.says_itself(fingerprint(sites_key(plant)))
