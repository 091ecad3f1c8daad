"""A clock that was years ahead once: nothing counts as younger than when it came, and it is told."""

from datetime import timedelta
from pathlib import Path

import pytest

from app.cli.sync_words import peer_line
from app.core.base.figures import moment
from app.core.reports import Reports
from app.core.sync import STALE, Source
from app.ui.sync.standing import peer_facts
from tests.core.sync.test_exchange import add
from tests.support.clock import SOME_MORNING, TurnedClock
from tests.support.in_touch import ACTOR, Pc, another_pc, first_pc, know_each_other

YEARS = timedelta(days=3650)


def sources(pc: Pc) -> tuple[Source, ...]:
    return Reports(pc.opened.site, pc.opened.keys).sources(ACTOR)


def tell(plant: Pc, headquarters: Pc, stick: Path) -> None:
    """Let headquarters take in a file of a plant."""
    peer = plant.sync.peer(ACTOR, str(headquarters.opened.keys.site_id))
    headquarters.take(plant.sync.export(ACTOR, [peer], stick).path)


def write_ahead(pc: Pc, clock: TurnedClock, *codes: str) -> None:
    """Write with a clock that is years ahead, and set it right."""
    right = clock.now()
    clock.set_wall(right + YEARS)
    for code in codes:
        add(pc, code)
    clock.set_wall(right)


@pytest.fixture
def plants_clock() -> TurnedClock:
    return TurnedClock()


@pytest.fixture
def plant(tmp_path: Path, headquarters: Pc, plants_clock: TurnedClock) -> Pc:
    made = first_pc(tmp_path / "plant", plants_clock, code="PUN")
    know_each_other(headquarters, made)
    return made


@pytest.mark.parametrize("later", [(), ("C",)], ids=["ahead to the last", "right again"])
def test_what_came_once_from_a_clock_ahead_grows_old(
    headquarters: Pc,
    plant: Pc,
    plants_clock: TurnedClock,
    clock: TurnedClock,
    stick: Path,
    later: tuple[str, ...],
) -> None:
    write_ahead(plant, plants_clock, "B")
    for code in later:
        add(plant, code)
    tell(plant, headquarters, stick)
    heard_at = clock.now()
    clock.set_wall(SOME_MORNING + timedelta(days=400))

    (source,) = sources(headquarters)
    (peer,) = headquarters.sync.board(ACTOR).peers

    assert source.as_of <= heard_at
    assert clock.now() - source.as_of > STALE
    assert peer.as_of is not None
    assert peer.as_of <= heard_at
    assert abs(peer.clock_ahead - YEARS) < timedelta(days=1)
    for told in (peer_line(peer, clock.now()), peer_facts(peer, clock.now())):
        assert moment(heard_at) in told
        assert "3,650 days ahead" in told


def test_what_another_brought_of_a_clock_ahead_grows_old(
    one: Pc, two: Pc, stick: Path, tmp_path: Path, clock: TurnedClock
) -> None:
    thirds_clock = TurnedClock()
    third = another_pc(one, tmp_path / "three", thirds_clock)
    two.take(one.send(stick, two))
    third.take(one.send(stick, third))
    write_ahead(third, thirds_clock, "T")
    two.take(third.send(stick, two))
    one.take(two.send(stick, one))
    heard_at = clock.now()
    clock.set_wall(SOME_MORNING + timedelta(days=400))

    assert len(sources(one)) == 2
    assert all(source.as_of <= heard_at for source in sources(one))


def test_a_clock_that_is_right_is_not_told_of(
    headquarters: Pc, plant: Pc, clock: TurnedClock, stick: Path
) -> None:
    add(plant, "B")
    tell(plant, headquarters, stick)

    (peer,) = headquarters.sync.board(ACTOR).peers
    assert not peer.clock_ahead
    assert "ahead" not in peer_facts(peer, clock.now())
