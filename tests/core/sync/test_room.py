"""Many PCs, one folder: nothing is laid there twice, little lies there, and who was away catches up."""

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import pytest

from app.core.sync.duties import place_in_ring
from tests.core.sync.test_exchange import add, units
from tests.support.clock import TurnedClock
from tests.support.in_touch import ACTOR, Pc, another_pc, first_pc


@pytest.fixture(scope="module")
def clock() -> TurnedClock:
    return TurnedClock()


@pytest.fixture(scope="module")
def pcs(tmp_path_factory: pytest.TempPathFactory, clock: TurnedClock) -> list[Pc]:
    """Three PCs for the whole module: it takes long to make one."""
    place = tmp_path_factory.mktemp("room")
    first = first_pc(place / "one", clock)
    return [first, *(another_pc(first, place / name, clock) for name in ("two", "three"))]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shared = tmp_path / "shared"
    shared.mkdir()
    return shared


@pytest.fixture
def room(pcs: list[Pc], folder: Path, clock: TurnedClock) -> list[Pc]:
    """The PCs at rest, with a folder of the test's own."""
    clock.turn(timedelta(hours=1))
    turn(pcs, folder, times=4)
    assert lying(folder) == []
    return pcs


def came(pc: Pc, *, since: set[str]) -> set[str]:
    return units(pc) - since


def turn(pcs: Sequence[Pc], folder: Path, times: int = 1) -> None:
    for _turn in range(times):
        for pc in pcs:
            pc.sync.go_round(ACTOR, folder)


def lying(folder: Path) -> list[Path]:
    """Return the files that lie there, but for the tallies."""
    files = (file for file in folder.rglob("*.dks*") if file.is_file())
    return sorted(file for file in files if file.name != "tally.dkst")


def part(folder: Path, pc: Pc) -> Path:
    return folder / pc.key[:16]


def test_nobody_lays_what_somebody_laid_before(room: list[Pc], folder: Path) -> None:
    before = units(room[0])
    add(room[0], "NEWS")
    room[0].sync.go_round(ACTOR, folder)

    assert room[1].sync.go_round(ACTOR, folder).exported == ()
    assert len(lying(folder)) == 1
    turn(room, folder)
    assert all(came(pc, since=before) == {"NEWS"} for pc in room)


def test_a_pc_has_one_tally_and_nobody_is_given_receipts(room: list[Pc], folder: Path) -> None:
    for number in range(3):
        add(room[number], f"TALLIED-{number}")
        turn(room, folder)
        assert not list(folder.rglob("*.dksr"))
    turn(room, folder, times=3)

    assert len(list(folder.rglob("*.dkst"))) == len(room)
    assert lying(folder) == []


def test_a_program_that_keeps_no_tally_is_given_a_receipt(room: list[Pc], folder: Path) -> None:
    add(room[1], "ANSWERED")
    room[1].sync.go_round(ACTOR, folder)
    (part(folder, room[1]) / "tally.dkst").unlink()

    room[0].sync.go_round(ACTOR, folder)

    assert len(list(part(folder, room[1]).glob("*.dksr"))) == 1
    assert room[1].sync.go_round(ACTOR, folder).imported.receipts == 1


def test_one_that_was_away_for_a_month_catches_up_and_little_lay_there_meanwhile(
    room: list[Pc], folder: Path, clock: TurnedClock
) -> None:
    before = units(room[0])
    there, away = room[:2], room[2]
    for number in range(30):
        clock.turn(timedelta(days=1))
        add(there[number % 2], f"DAY-{number}")
        turn(there, folder, times=2)
        assert len(lying(folder)) <= 4  # of each the oldest that it lacks, and what is under way
    assert units(away) < units(there[0])

    turn([away, *there], folder)
    for_it = list(folder.glob("*/for-*/*.dksb"))
    turn([away], folder)

    assert len(for_it) == 1
    assert units(away) == units(there[0])
    assert came(away, since=before) == {f"DAY-{number}" for number in range(30)}
    turn(room, folder, times=2)
    assert lying(folder) == []


def test_who_looks_in_now_and_then_gets_on_with_each_look(
    room: list[Pc], folder: Path, clock: TurnedClock
) -> None:
    always, visitors = room[0], room[1:]
    for hour in range(6):
        add(always, f"HOUR-{hour}")
        for _quarter in range(4):
            clock.turn(timedelta(minutes=15))
            turn([always], folder)
        turn(visitors, folder)

    assert all(units(pc) >= {"HOUR-0", "HOUR-1", "HOUR-2"} for pc in visitors)
    assert len(lying(folder)) <= 4


def test_what_came_by_stick_is_given_on_by_who_has_it(
    room: list[Pc], folder: Path, stick: Path
) -> None:
    before = units(room[0])
    add(room[2], "BY-STICK")
    room[0].take(room[2].send(stick, room[0]))

    turn(room[:2], folder, times=2)

    assert came(room[1], since=before) == {"BY-STICK"}


def test_a_tally_that_is_damaged_is_as_good_as_none_until_the_next(
    room: list[Pc], folder: Path, clock: TurnedClock
) -> None:
    tally = part(folder, room[1]) / "tally.dkst"
    tally.write_bytes(b"not a tally any more")
    add(room[0], "PAST-DAMAGE")
    clock.turn(timedelta(minutes=1))

    turn(room, folder, times=3)

    assert all("PAST-DAMAGE" in units(pc) for pc in room)
    assert len(tally.read_bytes()) > 100


def test_the_first_of_the_ring_after_a_reader_comes_first() -> None:
    one, two, three, four = (bytes([number]) for number in (1, 2, 3, 4))
    others = [one, two, four]
    assert place_in_ring(three, others, after=two) == 0
    assert place_in_ring(three, others, after=three) == 3
    assert place_in_ring(three, others, after=four) == 2
