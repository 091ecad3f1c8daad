"""Filling: a backup becomes records that are whole, in a folder of their own, before they are in force."""

import os
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import sqlalchemy as sa

from app.core.base.progress import Progress
from app.core.base.words import _
from app.core.content import sync_folder
from app.core.keys import KeyFolder, KeySlots, SlotsAltered
from app.core.operations.backups.asset_copies import AssetCopies
from app.core.operations.backups.checking import Opener, Unpacked, prove, unpack
from app.core.operations.backups.errors import BackupDamaged, NoRoomForBackup
from app.core.operations.backups.place import Place
from app.core.operations.backups.types import Proof
from app.core.operations.marker import Marker
from app.core.operations.opening import Prepare
from app.core.storage.database import Database, SqliteFile
from app.core.storage.faults import told_plainly
from app.core.storage.room import MARGIN, free_at

UNFINISHED = "unfinished"
"""The file in a folder of records that says: they are not whole yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """Restored records that are whole."""

    records: Path
    data_key: bytes = field(repr=False)
    proof: Proof
    missing_assets: int


class Filling:
    """Makes records whole within one data folder; their stored files go where its own lie."""

    def __init__(self, folder: Path, prepare: Prepare) -> None:
        self._folder = folder
        self._prepare = prepare

    def fill(
        self, path: Path, records: Path, keys: KeyFolder, opener: Opener, progress: Progress
    ) -> Filled:
        """Make the folder of the records whole, beside those in force.

        Raises BackupDamaged, NoRoomForBackup, and what `unpack` does; the folder is then the caller's
        to take away.
        """
        unpacked = unpack(path, records, opener, progress)
        proof = prove(unpacked, self._prepare, Place(path.parent), progress)
        if proof.troubles and not proof.entries:  # the database itself, not what its journal proves
            raise BackupDamaged(path)
        missing = self._bring_assets(unpacked, Place(path.parent), progress)
        _let_this_pc_open(unpacked, keys)
        with told_plainly():
            Marker.mark_fresh(records)
            for file in records.iterdir():
                _flush(file)
            (records / UNFINISHED).unlink()
            sync_folder(records)
        return Filled(
            records=records, data_key=unpacked.data_key, proof=proof, missing_assets=missing
        )

    def _bring_assets(self, unpacked: Unpacked, place: Place, progress: Progress) -> int:
        """Put stored files that are not here into the data folder; return how many were not to be had."""
        copies, store = AssetCopies(place, unpacked.data_key), self._folder / "assets"
        missing = 0
        files = [
            (sha256, size)
            for sha256, size in _assets_of(unpacked.file)
            if not _lies_at(_place_in(store, sha256), size)
        ]
        check_room(self._folder, sum(size for sha256, size in files if copies.holds(sha256, size)))
        for done, (sha256, _size) in enumerate(files):
            progress.step(done, len(files), _("Restoring stored files"))
            target = _place_in(store, sha256)
            with told_plainly():
                target.parent.mkdir(parents=True, exist_ok=True)
                part = target.with_name(f"{sha256}.part")
                part.unlink(missing_ok=True)
                if copies.write(sha256, part):
                    part.replace(target)
                else:
                    missing += 1
        return missing


def check_room(folder: Path, needed: int) -> None:
    """Raise NoRoomForBackup where the disk has not so many bytes to spare."""
    with told_plainly():
        free = free_at(folder)
    if free < needed + MARGIN:
        raise NoRoomForBackup(folder, needed + MARGIN, free)


def _let_this_pc_open(unpacked: Unpacked, keys: KeyFolder) -> None:
    """Let this PC open the records by itself, unless somebody is to be asked at each start."""
    slots, key = KeySlots(unpacked.slots), unpacked.data_key
    with suppress(SlotsAltered):  # which is told when they are open
        if not keys.has_station:
            slots.forget_pin(key)  # which opens them together with another PC alone
        if not slots.read().asks and slots.open_with_machine(keys.machine_secret()) is None:
            slots.bind_machine(keys.machine_secret(), key)


def _assets_of(file: SqliteFile) -> list[tuple[str, int]]:
    database = Database(file)
    try:
        with database.read() as session:
            rows = session.execute(sa.text("SELECT sha256, size FROM asset ORDER BY sha256"))
            return [(row.sha256, row.size) for row in rows]
    finally:
        database.close()


def _place_in(store: Path, sha256: str) -> Path:
    return store / sha256[:2] / sha256


def _lies_at(path: Path, size: int) -> bool:
    return path.is_file() and path.stat().st_size == size


def _flush(path: Path) -> None:
    descriptor = os.open(path, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
