"""Restoring: what would be lost is said first, old or new records are whole, new logs begin."""

import hashlib
import shutil
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from app.core.base.errors import UserFacingError
from app.core.keys import KeySlots, NewLogsReason, SiteFileDamaged, WrongPassword
from app.core.operations import (
    BackupDamaged,
    BackupLocked,
    Backups,
    LossSource,
    OtherSiteThere,
    RecordsInUse,
    Restoring,
    SiteFolder,
)
from app.core.operations.in_use import in_use
from app.core.schema.upgrade import HEAD, DatabaseTooNew, bring_up_to_date
from app.core.storage.database import Database, SqliteFile
from tests.support.clock import TurnedClock
from tests.support.plant_pc import ACTOR, PASSWORD, PlantPc, backups

FILM = b"film" * 500_000


@pytest.fixture
def pc(tmp_path: Path, clock: TurnedClock) -> PlantPc:
    """A PC with two departments in a backup, and a third that came after it."""
    made = PlantPc(tmp_path / "pc", clock).found()
    made.write("A", "B")
    made.back_up()
    clock.turn(timedelta(days=3))
    made.write("C")
    return made


def backup(pc: PlantPc) -> Path:
    return pc.place / "one.dkbk"


def told(pc: PlantPc) -> list[NewLogsReason]:
    opened = pc.open()
    reasons = [each.reason for each in opened.incarnations.unseen(ACTOR)]
    opened.site.close()
    return reasons


def test_what_would_be_lost_is_said(pc: PlantPc, clock: TurnedClock) -> None:
    closed = pc.restoring().loss(backup(pc))
    opened = pc.open()
    open_ = backups(opened).loss(ACTOR, backup(pc))
    opened.site.close()

    # that the backup was made, that it left the data folder, and one department
    assert (closed.source, closed.entries) == (LossSource.RECORDS, 3)
    assert closed == replace(open_, people=None, elsewhere=None)
    assert [deed.action for deed in closed.deeds if deed.action == "org-unit.add"]
    assert closed.until == clock.now()
    assert closed.since == clock.now() - timedelta(days=3)


def test_nothing_is_lost_where_nothing_is(pc: PlantPc) -> None:
    assert pc.restoring(pc.home / "empty").loss(backup(pc)).source is LossSource.NOTHING


@pytest.mark.parametrize("damage", ["gone", "garbage", "slots"])
def test_what_would_be_lost_is_said_by_the_anchor_where_records_cannot_be_read(
    pc: PlantPc, clock: TurnedClock, damage: str
) -> None:
    if damage == "gone":
        (pc.data / "site.db").unlink()
    elif damage == "garbage":
        (pc.data / "site.db").write_bytes(b"\x07" * 9000)
    else:
        (pc.data / "keyslots.json").write_bytes(b"{")

    loss = pc.restoring().loss(backup(pc))

    assert (loss.source, loss.entries) == (LossSource.ANCHOR, 3)
    assert loss.until == clock.now()


def test_a_restore_brings_back_the_records_and_begins_new_logs(pc: PlantPc) -> None:
    before = pc.open()
    before.site.close()

    restored = pc.restoring().restore(backup(pc))

    assert pc.codes() == {"A", "B"}
    assert told(pc) == [NewLogsReason.RESTORED]
    after = pc.open()
    after.site.close()
    assert after.station.fingerprint == before.station.fingerprint
    assert after.station.incarnation != before.station.incarnation
    assert (restored.missing_assets, restored.troubles) == (0, ())
    pc.write("D")
    assert pc.codes() == {"A", "B", "D"}


def test_the_records_of_before_are_set_aside_whole(pc: PlantPc) -> None:
    restored = pc.restoring().restore(backup(pc))
    assert restored.set_aside is not None

    slots = KeySlots(restored.set_aside / "keyslots.json")
    file = SqliteFile(path=restored.set_aside / "site.db", key=slots.open_with_password(PASSWORD))
    database = Database(file)
    assert database.faults() == ()
    with database.read() as session:
        found = session.connection().exec_driver_sql("SELECT code FROM org_unit").scalars().all()
    database.close()
    assert set(found) == {"A", "B", "C"}


def test_a_restore_of_what_is_there_begins_new_logs_too(pc: PlantPc) -> None:
    pc.restoring().restore(pc.back_up("now.dkbk"))

    assert told(pc) == [NewLogsReason.RESTORED]


def test_a_restore_can_be_done_again(pc: PlantPc) -> None:
    for turn in range(3):
        pc.restoring().restore(backup(pc))
        pc.write(f"X{turn}")
        assert pc.codes() == {"A", "B", f"X{turn}"}
    assert told(pc) == [NewLogsReason.RESTORED] * 1  # of each, the last is on record here


def test_a_new_pc_takes_the_place_of_one_that_is_lost(
    pc: PlantPc, tmp_path: Path, clock: TurnedClock
) -> None:
    pc.put_asset(FILM)
    path = pc.back_up("last.dkbk")
    shutil.rmtree(pc.data)
    shutil.rmtree(pc.keys)
    new = PlantPc(tmp_path / "new", clock)

    with pytest.raises(BackupLocked):
        new.restoring().restore(path)
    with pytest.raises(WrongPassword):
        new.restoring().restore(path, "a guess of somebody")
    assert not SiteFolder(new.data, new.keys, clock).has_site
    restored = new.restoring().restore(path, PASSWORD)

    assert restored.set_aside is None
    assert restored.missing_assets == 0
    assert new.codes() == {"A", "B", "C"}
    (film,) = (file for file in (new.data / "assets").glob("*/*") if file.is_file())
    assert film.read_bytes() == FILM
    opened = new.open()
    assert backups(opened).verify(ACTOR, path).ok
    opened.site.close()


def test_whoever_has_not_signed_in_needs_the_password_on_the_same_pc_too(pc: PlantPc) -> None:
    with pytest.raises(BackupLocked):
        pc.restoring().restore(backup(pc), by_password_alone=True)
    with pytest.raises(WrongPassword):
        pc.restoring().restore(backup(pc), "a guess of somebody", by_password_alone=True)
    assert pc.codes() == {"A", "B", "C"}

    pc.restoring().restore(backup(pc), PASSWORD, by_password_alone=True)
    assert pc.codes() == {"A", "B"}


def test_stored_files_that_are_nowhere_are_counted(pc: PlantPc) -> None:
    pc.put_asset(FILM)
    path = pc.back_up("bare.dkbk", with_assets=False)
    assert pc.restoring().restore(path).missing_assets == 0  # those of before are here
    shutil.rmtree(pc.data / "assets")

    assert pc.restoring().restore(path).missing_assets == 1
    assert pc.codes() == {"A", "B", "C"}


def test_open_records_are_not_replaced(pc: PlantPc) -> None:
    opened = pc.open()
    with pytest.raises(RecordsInUse):
        pc.restoring().restore(backup(pc))
    opened.site.close()

    assert pc.codes() == {"A", "B", "C"}


def test_records_are_not_opened_while_they_are_replaced(pc: PlantPc) -> None:
    with in_use(pc.data, alone=True) as lock:
        assert lock.take()
        with pytest.raises(RecordsInUse):
            pc.open()
    assert pc.codes() == {"A", "B", "C"}


def test_another_site_is_not_replaced(pc: PlantPc, tmp_path: Path, clock: TurnedClock) -> None:
    other = PlantPc(tmp_path / "other", clock).found()

    with pytest.raises(OtherSiteThere):
        other.restoring().restore(backup(pc), PASSWORD)
    with pytest.raises(OtherSiteThere):
        other.restoring().loss(backup(pc))


def test_a_lost_marker_or_damaged_slots_are_no_hindrance(pc: PlantPc) -> None:
    (pc.data / "daksha.json").write_bytes(b"{")
    (pc.data / "keyslots.json").write_bytes(b"")
    with pytest.raises(SiteFileDamaged):
        pc.open()

    pc.restoring().restore(backup(pc))

    assert pc.codes() == {"A", "B"}


def newer(pc: PlantPc) -> Path:
    opened = pc.open()
    with opened.site.database.write() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    path = pc.place / "newer.dkbk"
    backups(opened).make_at(ACTOR, path)
    with opened.site.database.write() as connection:
        connection.exec_driver_sql(f"UPDATE alembic_version SET version_num = '{HEAD}'")
    opened.site.close()
    return path


def test_a_backup_of_a_newer_program_is_neither_proved_nor_restored(pc: PlantPc) -> None:
    path = newer(pc)
    opened = pc.open()
    with pytest.raises(DatabaseTooNew):
        backups(opened).verify(ACTOR, path)
    opened.site.close()

    with pytest.raises(DatabaseTooNew):
        pc.restoring().restore(path)
    assert pc.codes() == {"A", "B", "C"}
    assert not list(pc.data.glob("restored-*"))


def test_what_a_restore_that_was_cut_short_has_left_is_taken_away(pc: PlantPc) -> None:
    left = pc.data / "restored-0123456789abcdef"
    left.mkdir()
    (left / "unfinished").touch()
    (left / "site.db").write_bytes(b"half")

    pc.restoring().restore(backup(pc))

    assert not left.exists()
    assert pc.codes() == {"A", "B"}


def test_a_restored_site_that_does_not_open_is_taken_back(pc: PlantPc) -> None:
    class Stop(Exception):
        pass

    turns = []

    def prepare(database: Database) -> None:
        turns.append(database)
        if len(turns) > 1:  # the trial went well; the opening in earnest does not
            raise Stop
        bring_up_to_date(database)

    with pytest.raises(Stop):
        Restoring(pc.data, pc.keys, pc.clock, prepare).restore(backup(pc))

    assert pc.codes() == {"A", "B", "C"}


def test_every_flipped_byte_is_found(pc: PlantPc) -> None:
    path = backup(pc)
    whole = path.read_bytes()
    header = 12 + int.from_bytes(whole[8:12], "big")
    places = [*range(0, header, 7), *range(header, len(whole), 4096), *range(-64, 0, 3)]
    opened = pc.open()
    service = backups(opened)

    missed = []
    for at in places:
        changed = bytearray(whole)
        changed[at] ^= 0x10
        path.write_bytes(changed)
        if not is_refused(service, path):
            missed.append(at)
    opened.site.close()

    assert len(places) > 150
    assert missed == []


def is_refused(service: Backups, path: Path) -> bool:
    try:
        service.verify(ACTOR, path)
    except UserFacingError:
        return True
    return False


def test_every_length_it_was_cut_to_is_found(pc: PlantPc) -> None:
    path = backup(pc)
    whole = path.read_bytes()
    lengths = [*range(0, 600, 11), *range(600, len(whole), 9973), len(whole) - 1]
    opened = pc.open()
    service = backups(opened)

    missed = []
    for length in lengths:
        path.write_bytes(whole[:length])
        if not is_refused(service, path):
            missed.append(length)
    path.write_bytes(whole + b"x")
    assert is_refused(service, path)
    opened.site.close()
    assert missed == []


def forged(whole: bytes, at: int) -> bytes:
    """Change a byte, and the hash that anybody can make, but not the seal that needs the data key."""
    changed = bytearray(whole[:-32])
    changed[at] ^= 0x10
    return bytes(changed) + hashlib.sha256(changed).digest()


def test_a_forger_without_the_data_key_is_found(pc: PlantPc) -> None:
    path = backup(pc)
    whole = path.read_bytes()
    header = 12 + int.from_bytes(whole[8:12], "big")
    opened = pc.open()
    service = backups(opened)

    for at in (*range(12, header, 29), *range(header, len(whole) - 32, 40_000)):
        path.write_bytes(forged(whole, at))
        assert is_refused(service, path), at
    opened.site.close()
    path.write_bytes(forged(whole, len(whole) - 40))
    with pytest.raises(BackupDamaged):
        pc.restoring().restore(path)
    assert pc.codes() == {"A", "B", "C"}
