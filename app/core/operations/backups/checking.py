"""A trial restore: a backup is opened as it would be after a loss, and everything in it is proved."""

from dataclasses import dataclass, field
from pathlib import Path

import sqlalchemy as sa

from app.core.base.progress import NoProgress, Progress
from app.core.base.words import _
from app.core.journal import Verdict, verify_journal
from app.core.keys import SLOT_FILE, KeySlots, SiteFileDamaged
from app.core.operations.backups.asset_copies import AssetCopies
from app.core.operations.backups.errors import BackupDamaged, BackupLocked
from app.core.operations.backups.format import (
    check_whole,
    key_check,
    read_backup,
    read_register_in,
    read_slots,
    write_database,
)
from app.core.operations.backups.place import Place
from app.core.operations.backups.types import Backup, Proof
from app.core.operations.kept_register import KEPT_REGISTER
from app.core.operations.opening import Prepare
from app.core.storage.database import Database, SqliteFile
from app.core.storage.faults import told_plainly


@dataclass(frozen=True, slots=True, kw_only=True)
class Opener:
    """What opens a backup: the key of records that are open, this PC's secret for the site, the password."""

    data_key: bytes | None = field(default=None, repr=False)
    secret: bytes | None = field(default=None, repr=False)
    password: str | None = field(default=None, repr=False)

    def key_of(self, slots: Path, backup: Backup) -> bytes:
        """Return the data key. Raises BackupLocked, WrongPassword, BackupDamaged."""
        if self.data_key is not None and key_check(self.data_key) == backup.key_check:
            return self.data_key
        wrapped = KeySlots(slots)
        try:
            key = wrapped.open_with_machine(self.secret) if self.secret else None
            if key is not None:
                return key
            if self.password is None:
                raise BackupLocked(backup.path)
            return wrapped.open_with_password(self.password)
        except SiteFileDamaged as damage:
            raise BackupDamaged(backup.path) from damage


@dataclass(frozen=True, slots=True, kw_only=True)
class Unpacked:
    """A backup's records in a folder of their own."""

    backup: Backup
    slots: Path
    file: SqliteFile

    @property
    def data_key(self) -> bytes:
        """Return the key that they are encrypted with."""
        return self.file.key or b""


def unpack(path: Path, folder: Path, opener: Opener, progress: Progress) -> Unpacked:
    """Put a backup's records into a folder, on disk when this returns.

    Raises NoBackup, BackupTooNew, BackupDamaged, BackupLocked, WrongPassword and what the disk does.
    """
    backup = read_backup(path)
    check_whole(path, progress)
    slots = folder / SLOT_FILE
    with told_plainly():
        slots.write_bytes(read_slots(path))
    key = opener.key_of(slots, backup)
    file = SqliteFile(path=folder / "site.db", key=key)
    write_database(path, file.path, key, progress)
    register = read_register_in(path)
    if register:
        with told_plainly():
            (folder / KEPT_REGISTER).write_bytes(register)
    return Unpacked(backup=backup, slots=slots, file=file)


def prove_backup(
    path: Path, opener: Opener, prepare: Prepare, workshop: Path, progress: Progress | None = None
) -> Proof:
    """Restore a backup on trial and prove what is in it. Raises what `unpack` and `prepare` do."""
    step = progress or NoProgress()
    return prove(unpack(path, workshop, opener, step), prepare, Place(path.parent), step)


def prove(unpacked: Unpacked, prepare: Prepare, place: Place, progress: Progress) -> Proof:
    """Prove unpacked records, and the stored files beside their backup."""
    backup = unpacked.backup
    database = Database(unpacked.file)
    try:
        progress.step(0, 0, _("Checking the database file"))
        faults = database.faults()
        if faults:
            words = _("the database file is damaged: {fault}").format(fault=faults[0])
            return Proof(backup=backup, entries=0, seals=0, assets=0, troubles=(words,))
        prepare(database)
        with database.read() as session:
            verdict = verify_journal(session.connection(), progress)
            rows = session.execute(sa.text("SELECT sha256, size FROM asset")).all()
    finally:
        database.close()
    copies = AssetCopies(place, unpacked.data_key)
    whole = 0
    for done, row in enumerate(rows if backup.has_assets else ()):
        progress.step(done, len(rows), _("Checking stored files"))
        whole += copies.holds(row.sha256, row.size) and copies.is_whole(row.sha256)
    return Proof(
        backup=backup,
        entries=verdict.entries,
        seals=verdict.seals,
        assets=whole,
        missing_assets=len(rows) - whole if backup.has_assets else 0,
        troubles=_told(verdict),
    )


def _told(verdict: Verdict) -> tuple[str, ...]:
    bad = verdict.first_bad
    if bad is None:
        return ()
    return (_("{log}, entry {seq}: {what}").format(log=bad.log, seq=bad.seq or "–", what=bad.what),)
