"""Founding and opening a site: keys, wrong passwords, folders from elsewhere, newer databases."""

import os
import re
import shutil
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from app.core.base.actor import system_actor
from app.core.base.errors import Cancelled
from app.core.journal import Journal
from app.core.keys import PasswordNeeded, SiteFileDamaged, SlotCost, WrongPassword
from app.core.keys.models import StationRow
from app.core.operations import (
    CodeRefused,
    FolderNotEmpty,
    FolderRemote,
    FolderTaken,
    Founding,
    Health,
    MarkerMissing,
    NoFolder,
    NoSite,
    NotPermitted,
    OpenSite,
    Protection,
    RecordsMissing,
    Restoring,
    SiteFolder,
    backups_of,
    check_backups,
    check_health,
)
from app.core.people.models import OrgUnitRow
from app.core.schema.upgrade import DatabaseTooNew, bring_up_to_date
from app.core.storage import remote
from app.core.storage.database import SQLITE_HEADER, DatabaseNotEncrypted, DatabaseUnreadable
from app.core.storage.faults import DiskFull, FolderReadOnly
from tests.support.clock import TurnedClock
from tests.support.logs import LoggedTrouble
from tests.support.plant_pc import backups

ACTOR = system_actor()
PASSWORD = "correct horse battery"
FOUNDING = Founding(
    name="Pune plant", code="PUN", password=PASSWORD, cost=SlotCost(memory=256, passes=1)
)


@pytest.fixture
def place(tmp_path: Path, clock: TurnedClock) -> SiteFolder:
    return SiteFolder(tmp_path / "data", tmp_path / "keys", clock)


@pytest.fixture
def founded(place: SiteFolder) -> OpenSite:
    opened = place.found(FOUNDING, bring_up_to_date)
    opened.site.close()
    return opened


def test_a_folder_with_files_of_somebody_else_is_no_data_folder(place: SiteFolder) -> None:
    place.path.mkdir()
    (place.path / "logs").mkdir()
    (place.path / "Budget 2026.xlsx").write_bytes(b"theirs")

    with pytest.raises(FolderNotEmpty, match=r"not empty: Budget 2026\.xlsx"):
        place.found(FOUNDING, bring_up_to_date)

    assert sorted(one.name for one in place.path.iterdir()) == ["Budget 2026.xlsx", "logs"]
    (place.path / "Budget 2026.xlsx").unlink()
    place.found(FOUNDING, bring_up_to_date).site.close()


def test_records_are_neither_founded_nor_opened_nor_restored_on_a_network_drive(
    place: SiteFolder, clock: TurnedClock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own, share = tmp_path / "own", tmp_path / "share"
    table = tmp_path / "mounts"
    table.write_text(f"/dev/sda1 / ext4 rw 0 0\n//nas/plant {share} cifs rw 0 0\n")
    monkeypatch.setattr(remote, "MOUNTS", table)
    there = SiteFolder(share / "plant", tmp_path / "keys of it", clock)

    with pytest.raises(FolderRemote, match=r"network drive \(cifs\).*exchange through a shared"):
        there.found(FOUNDING, bring_up_to_date)
    assert not share.exists()

    moved = SiteFolder(own, tmp_path / "keys of it", clock)
    opened = moved.found(FOUNDING, bring_up_to_date)
    backup = tmp_path / "b.dkbk"
    backups_of(opened, bring_up_to_date).make_at(ACTOR, backup)
    opened.site.close()
    shutil.copytree(own, there.path)
    held = sorted(one.name for one in there.path.iterdir())
    with pytest.raises(FolderRemote):
        there.open(bring_up_to_date)
    with pytest.raises(FolderRemote):
        Restoring(there.path, tmp_path / "keys of it", clock, bring_up_to_date).restore(backup)
    assert sorted(one.name for one in there.path.iterdir()) == held


def elsewhere(place: SiteFolder, tmp_path: Path, clock: TurnedClock) -> SiteFolder:
    """The same data folder, copied to a PC with keys of its own."""
    shutil.copytree(place.path, tmp_path / "copy")
    return SiteFolder(tmp_path / "copy", tmp_path / "other keys", clock)


def test_a_founded_site_opens_again_without_a_password(
    place: SiteFolder, founded: OpenSite
) -> None:
    opened = place.open(bring_up_to_date)

    assert (opened.name, opened.code, opened.site_id) == ("Pune plant", "PUN", founded.site_id)
    assert Journal(opened.site, opened.station).verify(ACTOR).ok
    opened.site.close()


@pytest.mark.parametrize("code", ["", "pun", "P N", "PUN-", "-PUN", "पुणे", "A" * 13])
def test_a_code_that_no_certificate_could_bear_founds_nothing(place: SiteFolder, code: str) -> None:
    with pytest.raises(CodeRefused):
        place.found(replace(FOUNDING, code=code), bring_up_to_date)
    assert not place.path.exists()


def test_p11_04_the_database_is_not_readable_without_its_key(place: SiteFolder) -> None:
    opened = place.found(FOUNDING, bring_up_to_date)
    with opened.site.transaction(ACTOR, "unit.add") as unit:
        unit.add(OrgUnitRow(code="KAMALA", name="Kamala Venkatesan"))
    opened.site.close()

    assert (place.path / "site.db").read_bytes()[:16] != SQLITE_HEADER
    for file in place.path.rglob("*"):
        assert file.is_dir() or not re.search(
            rb"kamala|venkatesan", file.read_bytes(), re.IGNORECASE
        )


def test_a_second_site_is_not_founded_over_the_first(place: SiteFolder, founded: OpenSite) -> None:
    with pytest.raises(FolderTaken):
        place.found(FOUNDING, bring_up_to_date)


def test_an_empty_folder_says_so(place: SiteFolder) -> None:
    with pytest.raises(NoSite):
        place.open(bring_up_to_date)


def test_a_file_that_is_named_as_the_folder_is_told_as_such(
    tmp_path: Path, clock: TurnedClock
) -> None:
    file = tmp_path / "people.csv"
    file.write_text("Number,Name")
    place = SiteFolder(file, tmp_path / "keys", clock)

    with pytest.raises(NoSite):
        place.open(bring_up_to_date)
    with pytest.raises(NoFolder, match="is a file"):
        place.found(FOUNDING, bring_up_to_date)
    assert file.read_text() == "Number,Name"


def test_an_interrupted_founding_is_begun_anew(place: SiteFolder) -> None:
    class PowerCut(Exception):
        pass

    def fail(_database: object) -> None:
        raise PowerCut

    with pytest.raises(PowerCut):
        place.found(FOUNDING, fail)
    assert not place.has_site

    place.found(FOUNDING, bring_up_to_date).site.close()
    assert place.has_site


def test_a_founding_that_is_stopped_leaves_no_site_and_nothing_of_it(place: SiteFolder) -> None:
    def furnish(opened: OpenSite) -> None:
        opened.assets.mkdir()
        (opened.assets / "film").write_bytes(b"film")
        raise Cancelled

    with pytest.raises(Cancelled):
        place.found(FOUNDING, bring_up_to_date, furnish)
    assert not place.has_site

    opened = place.found(FOUNDING, bring_up_to_date)
    assert not opened.assets.exists()
    with opened.site.read() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(StationRow)) == 1
    opened.site.close()


def test_records_whose_marker_is_lost_are_not_founded_over(
    place: SiteFolder, founded: OpenSite
) -> None:
    marker = place.path / "daksha.json"
    kept = marker.rename(marker.with_suffix(".kept"))

    with pytest.raises(MarkerMissing, match="Nothing was changed"):
        place.found(FOUNDING, bring_up_to_date)

    kept.rename(marker)
    opened = place.open(bring_up_to_date)
    assert opened.site_id == founded.site_id
    opened.site.close()


def test_p11_04_a_copied_folder_needs_the_password_and_becomes_another_station(
    place: SiteFolder, founded: OpenSite, tmp_path: Path, clock: TurnedClock
) -> None:
    copy = elsewhere(place, tmp_path, clock)

    with pytest.raises(PasswordNeeded):
        copy.open(bring_up_to_date)
    with pytest.raises(WrongPassword):
        copy.open(bring_up_to_date, "a guess of somebody")
    opened = copy.open(bring_up_to_date, PASSWORD)

    assert opened.station.fingerprint != founded.station.fingerprint
    assert not opened.authority.can_sign
    with opened.site.read() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(StationRow)) == 2
    assert Journal(opened.site, opened.station).verify(ACTOR).ok
    opened.site.close()
    copy.open(bring_up_to_date).site.close()


def test_a_plain_database_in_an_encrypted_ones_place_is_an_alarm(
    place: SiteFolder, founded: OpenSite
) -> None:
    (founded.folder / "site.db").write_bytes(SQLITE_HEADER + bytes(4096))

    with pytest.raises(DatabaseNotEncrypted):
        place.open(bring_up_to_date)


@pytest.mark.parametrize("damage", [b"\x00" * 4096, b"not a database at all" * 300])
def test_a_damaged_database_is_refused_and_left_alone(
    place: SiteFolder, founded: OpenSite, damage: bytes, capfd: pytest.CaptureFixture[str]
) -> None:
    path = founded.folder / "site.db"
    for tail in ("-wal", "-shm"):
        (founded.folder / f"site.db{tail}").unlink(missing_ok=True)
    path.write_bytes(damage)

    with pytest.raises(DatabaseUnreadable):
        place.open(bring_up_to_date)
    assert path.read_bytes() == damage
    assert capfd.readouterr().err == ""  # the sentence is for the person; SQLCipher has none


def test_a_damaged_page_is_told_by_the_doctor(
    place: SiteFolder, founded: OpenSite, logged_trouble: LoggedTrouble
) -> None:
    opened = place.open(bring_up_to_date)
    with opened.site.read() as session:  # a page that nobody needs in order to open the site
        page = session.scalar(sa.text("SELECT rootpage FROM sqlite_master WHERE name='statement'"))
    opened.site.close()
    with (founded.folder / "site.db").open("r+b") as file:
        file.seek(4096 * (page - 1))
        file.write(b"\xff" * 4096)

    opened = place.open(bring_up_to_date)
    logged_trouble.expect("database file")
    (told,) = [check for check in check_health(opened) if check.key == "database"]
    opened.site.close()
    assert told.health is Health.BAD
    assert told.says.startswith("The file is damaged. Stop working")


@pytest.mark.parametrize("left", [None, b"", b"\x01" * 100])
def test_missing_records_are_not_replaced_by_empty_ones(
    place: SiteFolder, founded: OpenSite, left: bytes | None
) -> None:
    path = founded.folder / "site.db"
    path.unlink()
    if left is not None:
        path.write_bytes(left)

    with pytest.raises(RecordsMissing):
        place.open(bring_up_to_date)
    assert (path.read_bytes() if path.exists() else None) == left


@pytest.mark.parametrize("name", ["daksha.json", "keyslots.json"])
@pytest.mark.parametrize(
    "content", [b"", b"{", b"{}", b"[1]", b"null", b"\xff\xfe", b'{"site": 1}']
)
def test_a_damaged_file_beside_the_records_is_named(
    place: SiteFolder, founded: OpenSite, name: str, content: bytes
) -> None:
    records = (place.path / "site.db").read_bytes()
    (place.path / name).write_bytes(content)

    with pytest.raises(SiteFileDamaged, match=name):
        place.open(bring_up_to_date)
    assert (place.path / "site.db").read_bytes() == records
    assert (place.path / name).read_bytes() == content


@pytest.mark.parametrize("name", ["machine.secret", "station.key", "incarnation"])
def test_a_key_that_was_cut_short_is_as_good_as_lost(
    place: SiteFolder, founded: OpenSite, tmp_path: Path, name: str
) -> None:
    (key,) = (tmp_path / "keys").glob(f"*/{name}")
    key.write_bytes(key.read_bytes()[:5])

    if name == "machine.secret":
        with pytest.raises(PasswordNeeded):
            place.open(bring_up_to_date)
    opened = place.open(bring_up_to_date, PASSWORD)
    verdict = Journal(opened.site, opened.station).verify(ACTOR)
    opened.site.close()
    assert verdict.ok


@pytest.mark.parametrize("name", ["site.key", "site-pdf.key", "site-pdf.pem"])
@pytest.mark.parametrize("content", [b"", bytes(32), b"-----BEGIN"])
def test_keys_that_are_not_the_ones_on_record_sign_nothing(
    place: SiteFolder, founded: OpenSite, tmp_path: Path, name: str, content: bytes
) -> None:
    (key,) = (tmp_path / "keys").glob(f"*/{name}")
    key.write_bytes(content)

    opened = place.open(bring_up_to_date)
    keys = {check.key: check.health for check in check_health(opened)}["keys"]
    opened.site.close()
    assert (opened.authority.can_sign, keys) == (False, Health.WATCH)


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0,
    reason="rights are not taken from root, nor by chmod here",
)
@pytest.mark.parametrize("name", ["daksha.json", "keyslots.json", "site.db"])
def test_a_file_that_may_not_be_opened_is_named(
    place: SiteFolder, founded: OpenSite, name: str
) -> None:
    (place.path / name).chmod(0)

    with pytest.raises(NotPermitted, match=name):
        place.open(bring_up_to_date)


def test_the_doctor_tells_what_became_of_the_slot_file(
    place: SiteFolder, founded: OpenSite
) -> None:
    opened = place.open(bring_up_to_date)
    protection, path = Protection(opened), place.path / "keyslots.json"
    earlier = path.read_bytes()
    protection.ask_at_start(ACTOR, asks=True)
    protection.set_pin(ACTOR, "593028", SlotCost(memory=64, passes=1))

    def told() -> dict[str, Health]:
        return {check.key: check.health for check in check_health(opened)}

    assert (told()["start"], told()["ways"]) == (Health.GOOD, Health.GOOD)
    path.write_bytes(earlier)
    assert (told()["start"], told()["ways"]) == (Health.WATCH, Health.BAD)
    path.write_bytes(earlier.replace(b'"password"', b'"pin"'))
    assert told()["ways"] is Health.BAD
    path.write_bytes(earlier[:50])
    assert told()["ways"] is Health.BAD
    opened.site.close()


def test_lost_key_slots_are_named(place: SiteFolder, founded: OpenSite) -> None:
    (place.path / "keyslots.json").unlink()

    with pytest.raises(SiteFileDamaged, match="keyslots"):
        place.open(bring_up_to_date, PASSWORD)


def test_records_of_a_newer_program_are_not_opened(place: SiteFolder, founded: OpenSite) -> None:
    opened = place.open(bring_up_to_date)
    with opened.site.database.write() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    opened.site.close()

    with pytest.raises(DatabaseTooNew):
        place.open(bring_up_to_date)


def test_a_full_disk_keeps_what_was_there(place: SiteFolder, founded: OpenSite) -> None:
    opened = place.open(bring_up_to_date)
    with opened.site.database.write() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")

    def fill() -> None:
        with opened.site.transaction(ACTOR, "fill") as unit:
            unit.insert_many(
                OrgUnitRow, [{"code": f"U{n}", "name": "x" * 500} for n in range(2000)]
            )

    with pytest.raises(DiskFull):
        fill()
    assert Journal(opened.site, opened.station).verify(ACTOR).ok
    with opened.site.read() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(OrgUnitRow)) == 0
    opened.site.close()


def test_a_read_only_database_is_told_as_such(place: SiteFolder, founded: OpenSite) -> None:
    opened = place.open(bring_up_to_date)
    with opened.site.database.write() as connection:
        connection.exec_driver_sql("PRAGMA query_only=ON")

    def add() -> None:
        with opened.site.transaction(ACTOR, "add") as unit:
            unit.add(OrgUnitRow(code="U", name="Unit"))

    with pytest.raises(FolderReadOnly):
        add()
    opened.site.close()


def test_two_programs_on_one_folder_write_in_turn(place: SiteFolder, founded: OpenSite) -> None:
    one, other = place.open(bring_up_to_date), place.open(bring_up_to_date)

    for turn in range(5):
        for number, opened in enumerate((one, other)):
            with opened.site.transaction(ACTOR, "add") as unit:
                unit.add(OrgUnitRow(code=f"U{turn}{number}", name="Unit"))

    assert Journal(one.site, one.station).verify(ACTOR).ok
    one.site.close()
    other.site.close()


def test_health_tells_when_keys_and_the_last_good_backup_are_old(
    place: SiteFolder, founded: OpenSite, clock: TurnedClock
) -> None:
    opened = place.open(bring_up_to_date)
    opened.keys.establish()

    def told() -> list[tuple[Health, str, str]]:
        backup = check_backups(opened, backups(opened).last_good(ACTOR))
        checks = {check.key: check for check in (*check_health(opened), *backup)}
        asked = [checks["key-ages"], checks["backup"]]
        return [(check.health, check.says, check.command) for check in asked]

    ages, backup = told()
    assert ages == (Health.GOOD, "The oldest that signs here is 0 days old.", "")
    assert backup == (Health.WATCH, "None has been made and proved yet.", "backup create")
    clock.turn(timedelta(days=8))
    assert told()[1] == (Health.WATCH, "None has been made and proved yet.", "backup create")
    backups(opened).make(ACTOR)
    clock.turn(timedelta(days=3))
    assert told()[1] == (Health.GOOD, "The last one that is known to hold is 3 days old.", "")
    clock.turn(timedelta(days=400))
    ages, backup = told()
    assert (ages[0], ages[2]) == (Health.WATCH, "sync rotate")
    assert (backup[0], backup[2]) == (Health.WATCH, "backup create")
    opened.site.close()


def test_health_is_good_on_a_fresh_site_and_bad_when_the_clock_went_back(
    place: SiteFolder, founded: OpenSite, clock: TurnedClock
) -> None:
    opened = place.open(bring_up_to_date)
    # nobody has decided yet how the PC opens the records, nor printed a recovery kit
    to_see_to = {check.key for check in check_health(opened) if check.health is not Health.GOOD}
    assert to_see_to == {"start", "kit"}

    clock.set_wall(clock.now().replace(year=2020))

    bad = [check.key for check in check_health(opened) if check.health is Health.BAD]
    assert bad == ["clock"]
    opened.site.close()
