"""Full, failing and lying disks; the backup before an upgrade; two programs at once."""

import errno
import io
import os
import random
import resource
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import pytest
from typing_extensions import Buffer, override

from app.core.base.errors import UserFacingError
from app.core.operations import (
    Backups,
    BackupUnderWay,
    NoRoomForBackup,
    Occasion,
    OpenSite,
    Soundness,
    read_backup,
)
from app.core.operations.backups import Maker, Place, PlaceUntrue
from app.core.storage.faults import DiskFull, PlaceGone
from tests.support.clock import TurnedClock
from tests.support.plant_pc import ACTOR, PlantPc, backups, write
from tests.support.schemas import take_back_to

ROUNDS = 100


class FaultyFile(io.FileIO):
    """A file on a stick that fails after so many bytes, or keeps another byte than it was given."""

    def __init__(self, path: Path, *, left: int, error: int | None) -> None:
        super().__init__(path, "wb")
        self._left = left
        self._error = error

    @override
    def write(self, given: Buffer, /) -> int:
        block = bytes(given)
        if len(block) <= self._left:
            self._left -= len(block)
            return super().write(block)
        if self._error is not None:
            super().write(block[: self._left])
            raise OSError(self._error, os.strerror(self._error), self.name)
        wrong = bytearray(block)
        wrong[self._left] ^= 1
        self._left = 1 << 60
        return super().write(bytes(wrong))


class Stick(Place):
    """A stick with little room, or with a fault."""

    def __init__(
        self,
        folder: Path,
        *,
        room: int | None = None,
        left: int = 1 << 60,
        error: int | None = None,
    ) -> None:
        super().__init__(folder)
        self._room = room
        self._left = left
        self._error = error

    @override
    def room(self) -> int:
        if self._room is None:
            return super().room()
        return self._room - sum(file.stat().st_size for file in self.folder.glob("*.dkbk"))

    @override
    def created(self, path: Path) -> BinaryIO:
        return FaultyFile(path, left=self._left, error=self._error)


@pytest.fixture
def pc(tmp_path: Path, clock: TurnedClock) -> PlantPc:
    made = PlantPc(tmp_path / "pc", clock).found()
    made.write("A", "B")
    made.put_asset(b"film" * 300_000)
    return made


def make(opened: OpenSite, place: Place, path: Path | None = None) -> Path:
    maker = Maker(backups(opened)._records, place, opened.site.clock.now())
    return maker.make(Occasion.ASKED, path=path, with_assets=True).backup.path


def test_a_failing_stick_leaves_no_half_backup_and_the_one_before_whole(pc: PlantPc) -> None:
    before = pc.back_up("before.dkbk")
    kept = before.read_bytes()
    opened = pc.open()
    chance = random.Random(14)
    for turn in range(ROUNDS):
        write(opened, f"U{turn}")
        error = chance.choice([errno.ENOSPC, errno.EIO, errno.EROFS, errno.ENODEV])
        stick = Stick(pc.place, left=chance.randrange(len(kept)), error=error)
        with pytest.raises(UserFacingError):
            make(opened, stick, pc.place / "before.dkbk")
        assert before.read_bytes() == kept
        assert [file.name for file in pc.place.glob("*.dkbk*")] == ["before.dkbk"]
    make(opened, Place(pc.place), before)
    assert backups(opened).verify(ACTOR, before).ok
    opened.site.close()


@pytest.mark.parametrize(
    ("error", "told"),
    [(errno.ENOSPC, DiskFull), (errno.EIO, PlaceGone), (errno.ENODEV, PlaceGone)],
)
def test_what_fails_is_told(pc: PlantPc, error: int, told: type[UserFacingError]) -> None:
    opened = pc.open()
    with pytest.raises(told):
        make(opened, Stick(pc.place, left=5000, error=error))
    opened.site.close()


@pytest.mark.parametrize("at", [3, 500, 100_000, 700_000])
def test_a_lying_stick_is_found_out(pc: PlantPc, at: int) -> None:
    opened = pc.open()
    with pytest.raises(PlaceUntrue):
        make(opened, Stick(pc.place, left=at))
    opened.site.close()
    assert list(pc.place.glob("*.dkbk*")) == []


def test_a_full_stick_is_told_before_anything_is_written(pc: PlantPc) -> None:
    opened = pc.open()
    with pytest.raises(NoRoomForBackup, match="are needed"):
        make(opened, Stick(pc.place, room=1_000_000))
    opened.site.close()
    assert list(pc.place.rglob("*.dkbk*")) == []


def test_old_backups_make_room_for_a_new_one_but_never_the_last_good_one(pc: PlantPc) -> None:
    opened = pc.open()
    service = backups(opened)
    first = make(opened, Place(pc.place))
    service.verify(ACTOR, first)
    for _turn in range(3):
        make(opened, Place(pc.place))
    size = first.stat().st_size
    sound = frozenset({read_backup(first).digest})
    stick = Stick(pc.place, room=64_000_000 + size * 4 + size // 2)

    maker = Maker(service._records, stick, opened.site.clock.now())
    made = maker.make(Occasion.DAILY, with_assets=True, sound=sound)

    numbers = {read_backup(file).number for file in pc.place.glob("*.dkbk")}
    assert first.exists()
    assert made.backup.number == 5
    assert numbers == {1, 3, 4, 5}
    opened.site.close()


def test_a_backup_under_a_given_name_lets_none_go(pc: PlantPc) -> None:
    opened = pc.open()
    for _turn in range(6):
        make(opened, Place(pc.place))
    size = next(pc.place.glob("*.dkbk")).stat().st_size

    with pytest.raises(NoRoomForBackup):
        make(opened, Stick(pc.place, room=64_000_000 + size * 6), pc.place / "given.dkbk")
    assert len(list(pc.place.glob("*.dkbk"))) == 6
    opened.site.close()


def test_old_ones_go_by_the_rules_after_the_new_one_is_good(pc: PlantPc) -> None:
    opened = pc.open()
    service = backups(opened)
    service.change_plan(ACTOR, pc.place, daily=True)
    for _turn in range(6):
        service.make(ACTOR)

    listed = service.listed(ACTOR)
    assert [each.backup.number for each in listed] == [6, 5, 4]
    assert {each.soundness for each in listed} == {Soundness.SOUND}
    opened.site.close()


SCHEMA_BEFORE = "0098"


def step_back(pc: PlantPc) -> None:
    """Make the database what the program before had: without what its last migration adds."""
    opened = pc.open()
    with opened.site.database.write() as connection:
        take_back_to(connection, SCHEMA_BEFORE)
    opened.site.close()


def test_a_newer_program_makes_a_backup_before_it_changes_the_database(pc: PlantPc) -> None:
    step_back(pc)

    opened = pc.open()

    (listed,) = backups(opened).listed(ACTOR)
    assert (listed.backup.schema, listed.backup.occasion) == (SCHEMA_BEFORE, Occasion.UPGRADE)
    assert listed.soundness is Soundness.UNCHECKED  # the records were not open yet
    backups(opened).make_if_due()
    known = {one.backup.digest: one.soundness for one in backups(opened).listed(ACTOR)}
    assert known[listed.backup.digest] is Soundness.SOUND
    opened.site.close()
    pc.restoring().restore(listed.backup.path)
    assert pc.codes() == {"A", "B"}


def test_an_upgrade_does_not_wait_for_a_stick(pc: PlantPc) -> None:
    opened = pc.open()
    backups(opened).change_plan(ACTOR, pc.place, daily=True)
    opened.site.close()
    pc.place.rmdir()
    step_back(pc)

    assert pc.codes() == {"A", "B"}
    assert len(list((pc.data / "backups").glob("*.dkbk"))) == 1


def test_no_upgrade_without_a_backup(pc: PlantPc) -> None:
    step_back(pc)
    (pc.data / "backups").write_text("in the way")

    with pytest.raises(OSError, match="exists"):
        pc.open()
    (pc.data / "backups").unlink()
    assert pc.codes() == {"A", "B"}


def test_two_programs_back_up_one_after_the_other_or_not_at_all(pc: PlantPc) -> None:
    sites = [pc.open(), pc.open()]
    services = [backups(site) for site in sites]
    services[0].change_plan(ACTOR, pc.place, daily=True)
    refused: list[BackupUnderWay] = []
    made: list[Path] = []

    def work(service: Backups) -> None:
        for _turn in range(5):
            try:
                made.append(service.make(ACTOR).backup.path)
            except BackupUnderWay as busy:
                refused.append(busy)

    threads = [threading.Thread(target=work, args=(service,)) for service in services]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(made) + len(refused) == 10
    assert made
    for listed in services[0].listed(ACTOR):
        assert services[0].verify(ACTOR, listed.backup.path).ok
    for site in sites:
        site.site.close()


@contextmanager
def files_no_longer_than(size: int) -> Iterator[None]:
    """Let the system refuse longer files, as a disk without room does."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_restore_for_which_there_is_no_room_changes_nothing(pc: PlantPc) -> None:
    path = pc.back_up()
    pc.write("C")
    size = path.stat().st_size
    chance = random.Random(15)
    for _turn in range(40):
        room = chance.randrange(100, size - 20_000)
        with files_no_longer_than(room), pytest.raises(UserFacingError):
            pc.restoring().restore(path)
        assert list(pc.data.glob("restored-*")) == []
    assert pc.codes() == {"A", "B", "C"}

    pc.restoring().restore(path)
    assert pc.codes() == {"A", "B"}


def test_a_backup_for_which_there_is_no_room_here_changes_nothing(pc: PlantPc) -> None:
    opened = pc.open()
    write(opened, "C")
    for size in (1000, 50_000, 300_000, 600_000):
        with files_no_longer_than(size), pytest.raises(UserFacingError):
            make(opened, Place(pc.place))
        assert not (pc.data / "backup-in-work").exists()
    make(opened, Place(pc.place))
    opened.site.close()
    assert pc.codes() == {"A", "B", "C"}
