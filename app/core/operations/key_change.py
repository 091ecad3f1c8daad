"""Another data key for the records: on a copy that is checked, and swapped in when it is right.

    rekey/site.db        the copy, encrypted anew
    rekey/keyslots.json  the new key's slots
    rekey/ready          both are whole: from here the change is finished, whatever stops it

Before `ready` nothing of the site was touched, and the next opening takes the folder away. After it,
the next opening finishes the change. Every step is one rename, and may be done twice.
"""

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import sqlalchemy as sa

from app.core.base.actor import system_actor
from app.core.base.errors import UserFacingError
from app.core.base.progress import Progress
from app.core.base.words import _
from app.core.journal import Site
from app.core.keys import SLOT_FILE, KeySlots, NewPassword
from app.core.operations.in_use import take
from app.core.people import note_confirmed
from app.core.storage.database import Database, DatabaseUnreadable, SqliteFile, change_key
from app.core.storage.room import require_room

_RECORDS = "site.db"


class CopyNotSound(UserFacingError):
    """The copy under the new key is not what the records are."""

    def __init__(self) -> None:
        super().__init__(
            _("The copy of the records under the new key is not sound."),
            safe=_("The records were not touched and their key is the one it was."),
            remedy=_("Look at the disk of this PC and try again; the doctor tells how it is."),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class NewKey:
    """A data key that is to take the place of the one there is."""

    password: NewPassword
    machine_secret: bytes | None = field(repr=False)
    """None where somebody is asked at each start."""
    revision: int
    """Of the new slot file; later than that of the file before."""
    key: bytes = field(default_factory=lambda: os.urandom(32), repr=False)


class KeyChange:
    """One change of key of records, which no other program has open; `folder` is where they lie."""

    def __init__(self, folder: Path, old: bytes, new: NewKey, progress: Progress) -> None:
        self._folder = folder
        self._room = workshop(folder)
        self._old = SqliteFile(path=folder / _RECORDS, key=old)
        self._copy = SqliteFile(path=self._room / _RECORDS, key=old)
        self._new = new
        self._progress = progress
        self.steps: tuple[Callable[[], None], ...] = (
            self._begin,
            self._copy_records,
            self._change_key,
            self._check,
            self._write_slots,
            self._say_ready,
            lambda: put_records(folder),
            lambda: put_slots(folder),
        )

    def run(self) -> None:
        """Do it all. What fails before the copy is ready leaves everything as it was."""
        try:
            for step in self.steps:
                step()
        except BaseException:
            if not is_ready(self._folder):
                shutil.rmtree(self._room, ignore_errors=True)
            raise

    def _begin(self) -> None:
        shutil.rmtree(self._room, ignore_errors=True)
        require_room(self._folder, 2 * self._old.path.stat().st_size)  # the copy, and its log
        self._room.mkdir()

    def _copy_records(self) -> None:
        records = Database(self._old)
        try:
            records.copy_to(self._copy.path, self._progress)
        finally:
            records.close()

    def _change_key(self) -> None:
        change_key(self._copy, self._new.key)

    def _check(self) -> None:
        """Compare the copy with the records, and leave no log of either behind."""
        try:
            changed = Database(SqliteFile(path=self._copy.path, key=self._new.key))
        except DatabaseUnreadable as damage:
            raise CopyNotSound from damage
        try:
            records = Database(self._old)
            try:
                is_sound = not changed.faults() and _extent(changed) == _extent(records)
            finally:
                records.close()
        finally:
            changed.close()
        if not is_sound or _has_log(self._old.path) or _has_log(self._copy.path):
            raise CopyNotSound
        _to_disk(self._copy.path)

    def _write_slots(self) -> None:
        new = self._new
        slots = KeySlots(self._room / SLOT_FILE)
        slots.begin(new.key, new.password, new.machine_secret, new.revision)

    def _say_ready(self) -> None:
        _to_disk(self._room)
        fresh = self._room / "ready.new"
        fresh.touch()
        _to_disk(fresh)
        fresh.replace(self._room / "ready")
        _to_disk(self._room)


def workshop(folder: Path) -> Path:
    """Return where a change of key is made."""
    return folder / "rekey"


def is_ready(folder: Path) -> bool:
    """Tell whether a change of key has to be finished."""
    return (workshop(folder) / "ready").exists()


def settle(site: Path, folder: Path) -> None:
    """Finish a change of key that was cut short, or take away what had not become one.

    `site` is the data folder, whose records lie in `folder`. Raises RecordsInUse while another
    program is about it.
    """
    if not workshop(folder).exists():
        return
    with take(site, alone=True):
        finish(folder)


def finish(folder: Path) -> None:
    """Do likewise, for who holds the data folder alone."""
    if is_ready(folder):
        put_records(folder)
        put_slots(folder)
    elif workshop(folder).exists():  # who was about it may have ended meanwhile
        put_away(folder)


def put_records(folder: Path) -> None:
    """Let the copy take the place of the records. Does nothing where it has."""
    copy = workshop(folder) / _RECORDS
    if copy.exists():
        for log in ("-wal", "-shm"):  # empty, or `_check` had not let it come to this
            (folder / f"{_RECORDS}{log}").unlink(missing_ok=True)
        copy.replace(folder / _RECORDS)
        _to_disk(folder)


def put_slots(folder: Path) -> None:
    """Let the new slots take the place of the old ones, which held the old key. Likewise."""
    slots = workshop(folder) / SLOT_FILE
    if slots.exists():
        slots.replace(folder / SLOT_FILE)
        _to_disk(folder)


def tell(site: Site) -> None:
    """Put on record that the records have another key now; told twice rather than not at all."""
    with site.transaction(system_actor(), "data-key.change") as unit:
        note_confirmed(unit, system_actor(), "data key", site.clock.now())


def put_away(folder: Path) -> None:
    """Take the workshop away, the word that it is ready last."""
    room = workshop(folder)
    for path in sorted(room.iterdir(), key=lambda path: path.name == "ready"):
        path.unlink()
    room.rmdir()


def _extent(database: Database) -> tuple[object, ...]:
    """Return what a copy has to have as the records have it."""
    with database.read() as session:
        asked = (
            "SELECT count(*), max(place), (SELECT count(*) FROM sqlite_master) FROM journal_entry"
        )
        return tuple(session.execute(sa.text(asked)).one())


def _has_log(records: Path) -> bool:
    log = records.with_name(f"{records.name}-wal")
    return log.exists() and log.stat().st_size > 0


def _to_disk(path: Path) -> None:
    """Have a file, or the names in a folder, on disk; Windows writes names down by itself."""
    if path.is_dir() and os.name == "nt":
        return
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
