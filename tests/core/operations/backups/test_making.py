"""Backups are made while others write, proved, listed, planned and let go."""

import hashlib
import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from app.core.base.actor import Actor
from app.core.base.errors import Cancelled, NotAllowed
from app.core.base.progress import NoProgress
from app.core.egress import FileTaken
from app.core.egress.models import SavedFileRow
from app.core.keys import WrongPassword
from app.core.operations import (
    BackupDamaged,
    BackupLocked,
    Backups,
    BackupUnderWay,
    NoBackup,
    OpenSite,
    ServerKeepsRecords,
    Soundness,
    notices_of,
    prove_anywhere,
    read_backup,
)
from app.core.operations.backups.models import BackupEventRow
from app.core.operations.backups.types import BackupEvent
from app.core.operations.backups.workshop import work_in
from app.core.people import People
from app.core.people.imports import HrFolder
from app.core.schema.upgrade import HEAD, bring_up_to_date
from app.core.storage.database import SQLITE_HEADER
from app.core.storage.faults import PlaceGone
from tests.support.clock import TurnedClock
from tests.support.plant_pc import ACTOR, PASSWORD, PlantPc, backups, write

NOBODY = Actor(account_id=None, person_id=None, name="Somebody")
FILM = bytes(range(256)) * 9000
"""More than two chunks."""


@pytest.fixture
def pc(tmp_path: Path, clock: TurnedClock) -> PlantPc:
    made = PlantPc(tmp_path / "pc", clock).found()
    made.write("A", "B")
    return made


@pytest.fixture
def opened(pc: PlantPc) -> Iterator[OpenSite]:
    site = pc.open()
    yield site
    site.site.close()


@pytest.fixture
def service(opened: OpenSite) -> Backups:
    return backups(opened)


def events(opened: OpenSite) -> list[BackupEvent]:
    with opened.site.read() as session:
        return list(session.scalars(sa.select(BackupEventRow.event).order_by(BackupEventRow.id)))


def test_a_backup_says_what_it_is_and_holds(pc: PlantPc, clock: TurnedClock) -> None:
    pc.put_asset(FILM)
    path = pc.back_up()
    opened = pc.open()

    backup = read_backup(path)
    proof = backups(opened).verify(ACTOR, path)

    assert (backup.site_name, backup.number, backup.schema) == ("Pune plant", 1, HEAD)
    assert backup.made_at == clock.now()
    assert backup.station == opened.station.fingerprint
    assert proof.ok
    assert (proof.entries, proof.assets, proof.missing_assets) == (backup.entries, 1, 0)
    opened.site.close()


def test_nothing_in_a_place_can_be_read_without_the_key(pc: PlantPc) -> None:
    sha256 = pc.put_asset(b"Asha Kulkarni failed the test" * 1000)
    path = pc.back_up()

    written = [file for file in pc.place.rglob("*") if file.is_file()]
    assert len(written) == 2
    for file in written:
        content = file.read_bytes()
        assert SQLITE_HEADER not in content
        assert b"Asha" not in content
        assert sha256 not in str(file)
    assert b"org_unit" not in path.read_bytes()


def test_the_administrators_password_opens_it_on_any_pc(pc: PlantPc, tmp_path: Path) -> None:
    path = pc.back_up()

    def prove(password: str | None) -> bool:
        elsewhere = tmp_path / "elsewhere"
        return prove_anywhere(path, elsewhere, bring_up_to_date, password, NoProgress()).ok

    with pytest.raises(BackupLocked):
        prove(None)
    with pytest.raises(WrongPassword):
        prove("a guess of somebody")
    assert prove(PASSWORD)
    assert not (tmp_path / "elsewhere").exists()  # looking at it makes no keys


def test_keys_are_in_no_backup(pc: PlantPc) -> None:
    path = pc.back_up()

    content = path.read_bytes()
    for key in pc.keys.glob("*/*"):
        if len(key.read_bytes()) >= 32:
            assert key.read_bytes() not in content


def test_what_is_written_meanwhile_neither_waits_nor_tears_the_copy(
    pc: PlantPc, opened: OpenSite, service: Backups
) -> None:
    class Writing:
        turns = 0

        def step(self, done: int, total: int, note: str = "") -> None:
            self.turns += 1
            write(opened, f"W{self.turns}")

    writing = Writing()
    made = service.make_at(ACTOR, pc.place / "busy.dkbk", progress=writing)

    assert writing.turns > 3
    assert service.verify(ACTOR, made.backup.path).entries == made.backup.entries


def test_stored_files_are_copied_once_for_all_backups(pc: PlantPc) -> None:
    pc.put_asset(FILM)
    pc.back_up("one.dkbk")
    (copy,) = (pc.place / "daksha-assets").glob("*/*")
    before = copy.stat().st_mtime_ns
    pc.back_up("two.dkbk")

    assert copy.stat().st_mtime_ns == before
    assert copy.stat().st_size == len(FILM) + 3 * 16


def test_a_stored_file_that_is_damaged_here_is_told_and_not_copied(pc: PlantPc) -> None:
    sha256 = pc.put_asset(FILM)
    (pc.data / "assets" / sha256[:2] / sha256).write_bytes(b"\x00" * len(FILM))
    opened = pc.open()

    made = backups(opened).make_at(ACTOR, pc.place / "one.dkbk")
    proof = backups(opened).verify(ACTOR, made.backup.path)

    assert made.damaged_assets == 1
    assert (proof.ok, proof.missing_assets) == (True, 1)
    assert list((pc.place / "daksha-assets").glob("*/*")) == []
    opened.site.close()


@pytest.mark.parametrize("at", [0, 5000, -1])
def test_a_stored_file_that_was_changed_in_the_place_is_told(pc: PlantPc, at: int) -> None:
    pc.put_asset(FILM)
    path = pc.back_up()
    (copy,) = (pc.place / "daksha-assets").glob("*/*")
    content = bytearray(copy.read_bytes())
    content[at] ^= 1
    copy.write_bytes(content)
    opened = pc.open()

    proof = backups(opened).verify(ACTOR, path)

    assert (proof.ok, proof.assets, proof.missing_assets) == (True, 0, 1)
    opened.site.close()


def test_the_plan_says_where_and_the_list_what_is_there(
    pc: PlantPc, opened: OpenSite, service: Backups
) -> None:
    assert not service.plan(ACTOR).is_chosen
    assert service.plan(ACTOR).place.parent == pc.data
    service.change_plan(ACTOR, pc.place, daily=True)

    made = service.make(ACTOR)

    assert made.backup.path.parent == pc.place
    assert [(each.backup.digest, each.soundness) for each in service.listed(ACTOR)] == [
        (made.backup.digest, Soundness.SOUND)
    ]
    assert events(opened) == [BackupEvent.PLANNED, BackupEvent.MADE, BackupEvent.VERIFIED]


def test_a_file_that_somebody_has_is_not_replaced_by_a_backup_unless_they_say_so(
    pc: PlantPc, service: Backups
) -> None:
    (theirs := pc.place / "other.dkbk").write_bytes(b"precious")

    with pytest.raises(FileTaken):
        service.make_at(ACTOR, theirs)
    assert theirs.read_bytes() == b"precious"

    assert service.make_at(ACTOR, theirs, overwrite=True).backup.path == theirs
    assert theirs.read_bytes() != b"precious"


def test_a_backup_that_leaves_the_data_folder_stands_in_the_register(
    pc: PlantPc, service: Backups, opened: OpenSite
) -> None:
    service.change_plan(ACTOR, None, daily=True)
    service.make(ACTOR)
    service.change_plan(ACTOR, pc.place, daily=True)
    planned = service.make(ACTOR).backup
    named = service.make_at(ACTOR, pc.place / "named.dkbk").backup

    with opened.site.read() as session:
        rows = session.scalars(sa.select(SavedFileRow).order_by(SavedFileRow.saved_at)).all()
        left = {(row.saved_to, row.sha256, row.size, row.records) for row in rows}
    assert len(rows) == 2  # the first stayed in the data folder
    for backup in (planned, named):
        content = backup.path.read_bytes()
        line = (str(backup.path), hashlib.sha256(content).hexdigest(), len(content))
        assert (*line, backup.entries) in left


@pytest.mark.parametrize(
    "content", ["", "{", "[]", "null", '{"place": 3, "daily": true}', '{"place": null}']
)
def test_a_damaged_plan_is_as_good_as_none(pc: PlantPc, service: Backups, content: str) -> None:
    (pc.data / "backups.json").write_text(content)

    assert service.plan(ACTOR).place == pc.data / "backups"
    assert service.plan(ACTOR).daily


def test_a_place_that_is_not_there_is_not_chosen(pc: PlantPc, service: Backups) -> None:
    (pc.home / "file").write_text("")

    with pytest.raises(PlaceGone):
        service.change_plan(ACTOR, pc.home / "file" / "folder", daily=True)
    assert not service.plan(ACTOR).is_chosen


def test_a_backup_is_made_once_a_day(
    pc: PlantPc, opened: OpenSite, service: Backups, clock: TurnedClock
) -> None:
    assert service.make_if_due() is not None
    assert service.make_if_due() is None
    clock.turn(timedelta(days=1))
    assert service.make_if_due() is not None

    clock.set_wall(
        clock.now() - timedelta(days=400)
    )  # set back: it is still a day without a backup
    assert service.make_if_due() is not None
    assert service.make_if_due() is None
    numbers = [each.backup.number for each in service.listed(ACTOR)]
    assert numbers == [3, 2, 1]

    service.change_plan(ACTOR, None, daily=False)
    clock.turn(timedelta(days=1))
    assert service.make_if_due() is None


def test_a_daily_backup_that_does_not_work_is_on_record_once_a_day(
    pc: PlantPc, opened: OpenSite, service: Backups, clock: TurnedClock
) -> None:
    service.change_plan(ACTOR, pc.place, daily=True)
    pc.place.rmdir()  # the stick is out

    for _turn in range(3):
        assert service.make_if_due() is None
    assert events(opened).count(BackupEvent.FAILED) == 1
    told = service.last_good(ACTOR)
    assert told is not None
    assert told.trouble == f"This can no longer be reached: {pc.place}"

    assert not pc.place.exists()
    pc.place.mkdir()
    clock.turn(timedelta(minutes=1))
    assert service.make_if_due() is not None
    told = service.last_good(ACTOR)
    assert told is not None
    assert told.trouble == ""


def test_a_daily_backup_that_is_stopped_is_made_later(service: Backups, opened: OpenSite) -> None:
    class Stopped:
        def step(self, done: int, total: int, note: str = "") -> None:
            raise Cancelled

    assert service.make_if_due(Stopped()) is None
    assert events(opened) == []
    assert service.make_if_due() is not None


def test_a_damaged_backup_of_long_ago_is_no_trouble_of_today(pc: PlantPc, service: Backups) -> None:
    path = pc.back_up("old.dkbk")
    path.write_bytes(path.read_bytes()[:-1] + b"?")
    with pytest.raises(BackupDamaged):
        service.verify(ACTOR, path)

    told = service.last_good(ACTOR)
    assert told is not None
    assert told.trouble == ""


def test_a_daily_backup_of_records_that_do_not_hold_is_told(
    service: Backups, opened: OpenSite
) -> None:
    with opened.site.database.write() as connection:
        connection.exec_driver_sql("DROP TRIGGER keep_journal_entry_update")
        connection.exec_driver_sql(
            "UPDATE journal_entry SET reason = 'changed' WHERE place = 1 << 40 | 1"
        )

    made = service.make_if_due()

    assert made is not None
    assert [each.soundness for each in service.listed(ACTOR)] == [Soundness.BAD]
    told = service.last_good(ACTOR)
    assert told is not None
    assert (told.at, told.trouble) == (None, "it was made, but does not hold")


def test_an_administrator_is_told_when_the_last_good_backup_is_old(
    service: Backups, clock: TurnedClock
) -> None:
    told = service.last_good(ACTOR)
    assert told is not None
    assert (told.at, told.is_old) == (None, False)  # the site is young
    clock.turn(timedelta(days=8))
    told = service.last_good(ACTOR)
    assert told is not None
    assert (told.at, told.is_old) == (None, True)

    service.make(ACTOR)
    told = service.last_good(ACTOR)
    assert told is not None
    assert (told.at, told.is_old) == (clock.now(), False)
    clock.turn(timedelta(days=7, minutes=1))
    told = service.last_good(ACTOR)
    assert told is not None
    assert told.is_old


def test_a11_07_a_last_backup_that_one_byte_was_changed_in_is_told_the_day_it_is_found(
    service: Backups, opened: OpenSite, clock: TurnedClock
) -> None:
    files = HrFolder(opened.site, People(opened.site).imports, opened.folder)

    def told() -> list[str]:
        notices = notices_of(ACTOR, opened.site, opened.incarnations, service, files)
        return [one.words for one in notices]

    made = service.make_if_due()
    assert made is not None
    assert told() == []
    content = bytearray(made.backup.path.read_bytes())
    content[-9000] ^= 1
    made.backup.path.write_bytes(content)

    with pytest.raises(BackupDamaged):
        service.verify(ACTOR, made.backup.path)

    assert told() == ["The newest backup of these records is damaged. Make another one now."]
    good = service.last_good(ACTOR)
    assert good is not None
    assert good.at is None
    clock.turn(timedelta(minutes=1))
    service.make(ACTOR)
    assert told() == []


def test_a11_07_the_program_tries_an_older_backup_again_each_day_the_longest_unproved_first(
    service: Backups, opened: OpenSite, clock: TurnedClock
) -> None:
    files = HrFolder(opened.site, People(opened.site).imports, opened.folder)
    made = []
    for _day in range(3):
        one = service.make_if_due()
        assert one is not None
        made.append(one)
        clock.turn(timedelta(days=1))
    assert (
        events(opened).count(BackupEvent.VERIFIED) == 3 + 2
    )  # each when made; the first, the second
    content = bytearray(made[0].backup.path.read_bytes())
    content[-9000] ^= 1
    made[0].backup.path.write_bytes(content)
    assert service.make_if_due() is not None  # of the rest the first was proved longest ago

    known = {one.backup.digest: one.soundness for one in service.listed(ACTOR)}
    assert known[made[2].backup.digest] is Soundness.SOUND
    assert Soundness.BAD in known.values()
    (told,) = notices_of(ACTOR, opened.site, opened.incarnations, service, files)
    assert told.words == "An older backup was found damaged. The page of backups says which."
    clock.turn(timedelta(days=1))
    service.make(ACTOR)
    assert notices_of(ACTOR, opened.site, opened.incarnations, service, files) == ()


def test_backups_are_for_those_who_manage_the_site(pc: PlantPc, service: Backups) -> None:
    path = pc.back_up()
    for forbidden in (
        lambda: service.make(NOBODY),
        lambda: service.make_at(NOBODY, pc.place / "x.dkbk"),
        lambda: service.listed(NOBODY),
        lambda: service.plan(NOBODY),
        lambda: service.change_plan(NOBODY, None, daily=False),
        lambda: service.verify(NOBODY, path),
        lambda: service.loss(NOBODY, path),
        lambda: service.last_good(NOBODY),
        lambda: service.ask_restore(NOBODY, path),
    ):
        with pytest.raises(NotAllowed):
            forbidden()


def test_one_program_at_a_time_makes_one(pc: PlantPc, service: Backups) -> None:
    with work_in(pc.data), pytest.raises(BackupUnderWay):
        service.make(ACTOR)
    service.make(ACTOR)


def test_two_stations_share_a_place(pc: PlantPc, tmp_path: Path, clock: TurnedClock) -> None:
    other = PlantPc(tmp_path / "other", clock)
    shutil.copytree(pc.data, other.data)
    other.open(PASSWORD).site.close()
    other.place = pc.place
    sites = pc.open(), other.open()
    for site in sites:
        backups(site).change_plan(ACTOR, pc.place, daily=True)
        for _turn in range(5):
            backups(site).make(ACTOR)
            clock.turn(timedelta(days=30))

    listed = backups(sites[0]).listed(ACTOR)
    assert len({each.backup.path for each in listed}) == 10
    assert len({each.backup.station for each in listed}) == 2
    for site in sites:
        site.site.close()


@pytest.mark.parametrize("content", [b"", b"not a backup", b"DKBK\r\n\x1a\n", b"PK\x03\x04" * 99])
def test_a_file_that_is_no_backup_is_told_as_such(
    pc: PlantPc, service: Backups, content: bytes
) -> None:
    path = pc.home / "notes.dkbk"
    path.write_bytes(content)

    with pytest.raises(Exception, match=r"notes\.dkbk"):
        service.verify(ACTOR, path)
    assert path.read_bytes() == content


def test_a_missing_file_is_told(pc: PlantPc, service: Backups) -> None:
    with pytest.raises(PlaceGone):
        service.verify(ACTOR, pc.home / "nowhere.dkbk")


def test_records_on_a_server_are_backed_up_there() -> None:
    words = ServerKeepsRecords().sentence

    assert "pg_dump" in words
    assert issubclass(NoBackup, Exception)
