"""A disk that is full or fails at any write: one clear sentence, nothing by half, and again it goes."""

import errno
import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from app.core.base.errors import UserFacingError
from app.core.storage.room import MARGIN
from tests.support.clock import TurnedClock
from tests.support.failing_disk import FailingDisk, fill, no_file_longer_than, small_disk
from tests.support.in_touch import ACTOR, Pc, opened_again
from tests.support.logs import LoggedTrouble
from tests.support.works import SHORT, Sending, TakingIn, close

FRAME = 4096 + 24
"""What a page takes in SQLite's log."""
EVERY = int(os.environ.get("DAKSHA_EVERY_FRAME", "3"))
"""Of so many frames one is the last that finds room; 1 tries them all."""


class Place:
    """Fresh copies of what a work begins with."""

    def __init__(self, folder: Path, work: Sending | TakingIn) -> None:
        self.work = work
        self._beginning, self._copy = folder / "beginning", folder / "copy"
        self._beginning.mkdir()
        work.prepare(self._beginning)

    def fresh(self) -> Path:
        """Return a copy; the one before is gone."""
        shutil.rmtree(self._copy, ignore_errors=True)
        shutil.copytree(self._beginning, self._copy)
        return self._copy


def came_of(work: Callable[[], object]) -> str:
    """Return what a person was told: "" where all went well. Any other error is a fault."""
    try:
        outcome = work()
    except UserFacingError as refusal:
        return refusal.sentence
    return " ".join(getattr(outcome, "troubles", ()))


def takes_in(pc: Pc, folder: Path) -> str:
    return came_of(lambda: pc.take(folder / "stick"))


def sends(pc: Pc, folder: Path) -> str:
    peers = [peer for peer in pc.sync.peers(ACTOR) if peer.is_own_site]
    return came_of(lambda: pc.sync.export(ACTOR, peers, folder / "stick", courses=None))


WAYS: dict[str, tuple[type[Sending] | type[TakingIn], str, Callable[[Pc, Path], str]]] = {
    "sending": (Sending, "one", sends),
    "taking in": (TakingIn, "two", takes_in),
}


@pytest.fixture(scope="module", params=WAYS)
def way(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Place, str, Callable[[Pc, Path], str]]:
    work, who, does = WAYS[request.param]
    return Place(tmp_path_factory.mktemp("way"), work(SHORT)), who, does


Way = tuple[Place, str, Callable[[Pc, Path], str]]


def on_a_disk(way: Way, disk: FailingDisk) -> str:
    """Do it on a disk; check what is left, and that it goes once the disk is well again."""
    place, who, does = way
    folder = place.fresh()
    pc = opened_again(folder / who, TurnedClock())
    with pytest.MonkeyPatch.context() as patch:
        disk.put_up(patch)
        told = does(pc, folder)
    close(pc)
    place.work.check(folder, 0)
    return told


@pytest.mark.parametrize("is_full", [True, False], ids=["full from then on", "failing once"])
def test_whatever_call_the_disk_refuses_one_sentence_says_so(way: Way, is_full: bool) -> None:
    well = FailingDisk(None, stays=False, code=0)
    assert on_a_disk(way, well) == ""
    assert well.calls > 20

    code = errno.ENOSPC if is_full else errno.EIO
    told = [
        on_a_disk(way, FailingDisk(number, stays=is_full, code=code))
        for number in range(0 if is_full else 1, well.calls, 2)
    ]

    assert sum(map(bool, told)) > len(told) // 3


def test_wherever_the_room_ends_one_sentence_says_so(
    way: Way, logged_trouble: LoggedTrouble
) -> None:
    logged_trouble.expect("the records were closed|the records were opened anew")
    place, who, does = way
    folder = place.fresh()
    pc = opened_again(folder / who, TurnedClock())
    assert does(pc, folder) == ""
    log = (folder / who / "data" / "site.db-wal").stat().st_size
    close(pc)

    told = []
    for room in range(FRAME, log + EVERY * FRAME, EVERY * FRAME):
        folder = place.fresh()
        pc = opened_again(folder / who, TurnedClock())
        with no_file_longer_than(room):
            told.append(does(pc, folder))
        close(pc)
        place.work.check(folder, 0)

    assert all(told[: len(told) // 2])
    assert not told[-1]


def test_what_finds_too_little_room_says_so_before_it_begins(way: Way, tmp_path: Path) -> None:
    place, who, does = way
    with small_disk(tmp_path / "disk", 200 << 20) as disk:
        folder = disk / "copy"
        shutil.copytree(place.fresh(), folder)
        films = fill(disk, but_for=MARGIN)
        pc = opened_again(folder / who, TurnedClock())

        told = does(pc, folder)

        assert re.search(r"has 6\d\.\d MB free; \d+\.\d MB are needed", told)
        films.unlink()
        assert does(pc, folder) == ""
        close(pc)
        place.work.check(folder, 0)
