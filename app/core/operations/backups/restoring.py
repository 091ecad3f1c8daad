"""Restoring: a backup's records are put beside those that are there, and take their place in one step.

The step is the marker, daksha.json, which names the folder of the records. Whatever happens before it
leaves the old records in force; after it, the new ones; both are whole, and the old ones stay.
"""

import os
import shutil
from datetime import date
from pathlib import Path
from uuid import UUID

from app.core.base.actor import system_actor
from app.core.base.clock import Clock, local_day
from app.core.base.progress import NoProgress, Progress
from app.core.content import sync_folder
from app.core.egress import LineOfBefore, bring_over, note_gap
from app.core.keys import SLOT_FILE, KeyFolder, join_shares
from app.core.operations import key_change
from app.core.operations.backups.checking import Opener
from app.core.operations.backups.filling import UNFINISHED, Filled, Filling, check_room
from app.core.operations.backups.format import key_check, read_backup
from app.core.operations.backups.models import BackupEventRow
from app.core.operations.backups.records_there import RecordsThere
from app.core.operations.backups.set_aside import BY_HAND, RESTORED, note_set_aside
from app.core.operations.backups.types import Backup, BackupEvent, Loss, Restored
from app.core.operations.folder_errors import require_own_disk
from app.core.operations.in_use import take
from app.core.operations.kept_register import KEPT_REGISTER
from app.core.operations.marker import MARKER, Marker
from app.core.operations.opening import Prepare
from app.core.operations.recovery import (
    Recovery,
    SharesOfOtherRecords,
    check_recovery,
    give_back,
)
from app.core.operations.site_folder import SiteFolder
from app.core.people import administrator_in
from app.core.storage.database import Database, SqliteFile
from app.core.storage.faults import told_plainly
from app.core.sync import lost_lines

_RECORD_FILES = ("site.db", "site.db-wal", "site.db-shm", SLOT_FILE, KEPT_REGISTER)


class Restoring:
    """Puts backups into one data folder, with nobody's site open in it."""

    def __init__(self, folder: Path, keys_root: Path, clock: Clock, prepare: Prepare) -> None:
        self._folder = folder
        self._keys_root = keys_root
        self._clock = clock
        self._prepare = prepare
        self._filling = Filling(folder, prepare)

    def loss(self, path: Path) -> Loss:
        """Return what would be lost. Raises NoBackup, BackupDamaged, OtherSiteThere, ServerKeepsRecords."""
        return self._there(read_backup(path)).loss()

    def restore(
        self,
        path: Path,
        password: str | None = None,
        progress: Progress | None = None,
        *,
        by_password_alone: bool = False,
    ) -> Restored:
        """Put a backup in the place of what is there, and open it once; what was there is set aside.

        `by_password_alone` is for somebody who has not signed in: that this PC could open the backup by
        itself does not make them an administrator.

        Raises RecordsInUse, NoRoomForBackup, OtherSiteThere, ServerKeepsRecords, what `unpack` does, and
        what the opening does; the records of before are in force then.
        """
        backup = read_backup(path)
        keys = self._there(backup).keys()
        secret = None if by_password_alone else keys.machine_secret()
        opener = Opener(secret=secret, password=password)
        return self._restore(backup, keys, opener, progress or NoProgress())

    def check_kit(self, path: Path, recovery: Recovery) -> None:
        """Look whether two shares open a backup, before anything is done.

        Raises a ShareRefused, TwoPeopleNeeded, WeakSecret, and what `read_backup` does.
        """
        _key_of_kit(read_backup(path), recovery)

    def restore_with_kit(
        self, path: Path, recovery: Recovery, progress: Progress | None = None
    ) -> Restored:
        """Put a backup in the place of what is there with two shares of the recovery kit alone.

        The administrator who is named gets a new password, which signs in and opens the records. Raises
        what `check_kit` and `restore` do, and NotFound for who is no administrator in the backup; the
        records of before are in force then.
        """
        backup = read_backup(path)
        key = _key_of_kit(backup, recovery)
        keys = self._there(backup).keys()
        return self._restore(
            backup,
            keys,
            Opener(data_key=key),
            progress or NoProgress(),
            recovery,
        )

    def _restore(
        self,
        backup: Backup,
        keys: KeyFolder,
        opener: Opener,
        progress: Progress,
        recovery: Recovery | None = None,
    ) -> Restored:
        require_own_disk(self._folder)
        with told_plainly():
            self._folder.mkdir(parents=True, exist_ok=True)
        lines = self._there(backup).lines_of_before()
        before, filled = self._put_in_force(backup, keys, opener, progress, recovery)
        try:
            self._open_once(backup, filled, recovery, lines)
        except BaseException:
            self._take_back(before, filled.records)
            raise
        return Restored(
            backup=backup,
            folder=self._folder,
            set_aside=self._set_aside(before),
            missing_assets=filled.missing_assets,
            troubles=filled.proof.troubles,
        )

    def _put_in_force(
        self,
        backup: Backup,
        keys: KeyFolder,
        opener: Opener,
        progress: Progress,
        recovery: Recovery | None,
    ) -> tuple[Marker | None, Filled]:
        """Make the records whole and let the marker name them; return the marker of before."""
        with told_plainly(), take(self._folder, alone=True):
            before = self._there(backup).marker()
            self._clear(before)
            check_room(self._folder, backup.size)
            records = self._folder / f"{RESTORED}{os.urandom(8).hex()}"
            with told_plainly():
                records.mkdir()
                (records / UNFINISHED).touch()
            try:
                filled = self._filling.fill(backup.path, records, keys, opener, progress)
                if recovery is not None:
                    _check_administrator(filled, recovery, backup.site_id, local_day(self._clock))
            except BaseException:
                shutil.rmtree(records, ignore_errors=True)
                raise
            with told_plainly():
                Marker(site_id=backup.site_id, keys=keys.name, records=records.name).write(
                    self._folder
                )
                sync_folder(self._folder)
        return before, filled

    def _open_once(
        self,
        backup: Backup,
        filled: Filled,
        recovery: Recovery | None,
        lines: tuple[LineOfBefore, ...] | None,
    ) -> None:
        """Open the restored site, as the next start would: it begins new logs; and put it on record.

        What it was restored from was proved by that: the records themselves are older than they know of. The register of what left keeps the lines of before, or says that some may be missing.
        """
        place = SiteFolder(self._folder, self._keys_root, self._clock)
        self._there(backup).keys().take_place_of(backup.station)
        opened = place.open_with_key(self._prepare, filled.data_key)
        site = opened.site
        try:
            if recovery is not None:
                give_back(opened, recovery)
            with site.transaction(system_actor(), "backup.restored") as unit:
                for event in _what_came_of(filled):
                    unit.add(
                        BackupEventRow(
                            station=site.station.fingerprint,
                            event=event,
                            digest=backup.digest,
                            made_at=backup.made_at,
                            place=str(backup.path.parent),
                            at=self._clock.now(),
                        )
                    )
                if lines is None:
                    note_gap(unit, backup.station, backup.made_at, self._clock.now())
                else:
                    bring_over(unit, lost_lines(unit, lines))
        finally:
            site.close()

    def _take_back(self, before: Marker | None, refused: Path) -> None:
        """Let what was there before be in force again; nobody has worked in what goes."""
        with told_plainly():
            if before is None:
                (self._folder / MARKER).unlink(missing_ok=True)
            else:
                before.write(self._folder)
            sync_folder(self._folder)
        shutil.rmtree(refused, ignore_errors=True)

    def _set_aside(self, before: Marker | None) -> Path | None:
        """Put the old records where nobody takes them for the new; return where."""
        if before is not None and before.records:
            former = before.records_in(self._folder)
            with told_plainly():
                note_set_aside(former, self._clock.now())
            return former
        left = [self._folder / n for n in _RECORD_FILES if (self._folder / n).exists()]
        if not left:
            return None
        with told_plainly():
            aside = self._folder / f"{BY_HAND}{os.urandom(4).hex()}"
            aside.mkdir()
            note_set_aside(aside, self._clock.now())
            for file in left:
                file.replace(aside / file.name)
            if key_change.is_ready(self._folder):  # and finished, but not on record: nor is it now
                key_change.put_away(self._folder)
        return aside

    def _clear(self, before: Marker | None) -> None:
        """Take away what a restore that was cut short has left; finish a change of key that was."""
        if before is not None:
            key_change.finish(before.records_in(self._folder))
        for left in self._folder.glob(f"{RESTORED}*/{UNFINISHED}"):
            shutil.rmtree(left.parent, ignore_errors=True)

    def _there(self, backup: Backup) -> RecordsThere:
        return RecordsThere(self._folder, self._keys_root, backup)


def _what_came_of(filled: Filled) -> tuple[BackupEvent, ...]:
    """Return what is on record of the backup that the records were filled from."""
    held = (BackupEvent.VERIFIED,) if filled.proof.ok else ()
    return (*held, BackupEvent.RESTORED)


def _key_of_kit(backup: Backup, recovery: Recovery) -> bytes:
    """Return the data key that two shares give. Raises what `Restoring.check_kit` does."""
    check_recovery(recovery)
    key = join_shares(recovery.shares)
    if key_check(key) != backup.key_check:
        raise SharesOfOtherRecords
    return key


def _check_administrator(filled: Filled, recovery: Recovery, site_id: UUID, day: date) -> None:
    """Raise NotFound where the records know no such administrator, while nothing is in force yet."""
    database = Database(SqliteFile(path=filled.records / "site.db", key=filled.data_key))
    try:
        with database.read() as session:
            administrator_in(session, recovery.login, site_id, day)
    finally:
        database.close()
