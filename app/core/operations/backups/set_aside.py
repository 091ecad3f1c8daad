"""Records that a restore has set aside: what lies there, when it may go, and taking it away.

A restore deletes nothing, so each leaves a whole copy of the records of before in the data folder.
"""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import sqlalchemy as sa

from app.core.base.actor import Actor, Capability
from app.core.base.clock import from_microseconds, to_microseconds
from app.core.base.errors import NotFound, UserFacingError
from app.core.base.figures import size as size_in_words
from app.core.base.reasons import explained
from app.core.base.words import _
from app.core.journal import LogName, Position, entries_beyond, hash_at, stored_logs
from app.core.keys import SLOT_FILE, KeySlots, SiteFileDamaged
from app.core.operations.backups.models import BackupEventRow
from app.core.operations.backups.record import BackupRecord
from app.core.operations.backups.types import BackupEvent
from app.core.operations.open_site import OpenSite
from app.core.storage.database import Database, SqliteFile
from app.core.storage.faults import told_plainly

BY_HAND = "before-restore-"
"""Records that lay in the data folder itself."""
RESTORED = "restored-"
"""Records that had come from a backup themselves."""
KEPT_DAYS = 30
LOW_DISK = 2_000_000_000
"""Free bytes below which what may go is proposed early."""
_NOTE = "set-aside"
"""A file in the folder: when it was set aside, in microseconds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAside:
    """One folder of records that are not in force."""

    folder: Path
    at: datetime
    """When it was set aside."""
    size: int
    only_here: int | None
    """Journal entries in it that are not in the records of now; None: it cannot be read."""
    may_go: bool
    """Whether the program proposes to take it away."""

    @property
    def name(self) -> str:
        """Return the folder's name, which it is called by."""
        return self.folder.name


def note_set_aside(folder: Path, now: datetime) -> None:
    """Let a folder say since when it is not in force."""
    (folder / _NOTE).write_text(str(to_microseconds(now)))


def folders_set_aside(opened: OpenSite) -> tuple[Path, ...]:
    """Return the folders of records that are not in force, the oldest first. Quick."""
    in_force = opened.data_key_file.slots.path.parent
    if not opened.site.database.is_sqlite:
        return ()
    found = [
        path
        for path in opened.folder.iterdir()
        if path.name.startswith((BY_HAND, RESTORED))
        and path != in_force
        and path.is_dir()
        and not path.is_symlink()
    ]
    return tuple(sorted(found, key=lambda path: (_set_aside_at(path), path.name)))


def size_set_aside(opened: OpenSite) -> int:
    """Return how many bytes they take together."""
    return sum(_size(folder) for folder in folders_set_aside(opened))


def proposed_to_go(opened: OpenSite) -> tuple[Path, ...]:
    """Return those that may go by their age or for want of room. Quick: none of them is opened."""
    return tuple(
        folder
        for folder in folders_set_aside(opened)
        if _is_old_or_in_the_way(opened, folder) and _held_since(opened, _set_aside_at(folder))
    )


class SetAsides:
    """What an administrator sees of them, and clears. Everything raises what the disk does."""

    def __init__(self, opened: OpenSite) -> None:
        self._opened = opened

    def listed(self, actor: Actor) -> tuple[SetAside, ...]:
        """Return them, the oldest first; each is opened to count what is nowhere else."""
        actor.require(Capability.MANAGE_SITE)
        with told_plainly():
            return tuple(self._seen(folder) for folder in folders_set_aside(self._opened))

    def clear(self, actor: Actor, name: str, reason: str) -> SetAside:
        """Take one away for good. Raises NotFound, ReasonMissing.

        It is on record first: what cannot be deleted then is still listed, and cleared once more.
        """
        actor.require(Capability.MANAGE_SITE)
        why = explained(reason, _("Say in a few words why nobody needs them any more."))
        found = [one for one in self.listed(actor) if one.name == name]
        if not found:
            raise NotFound(name)
        (gone,) = found
        site = self._opened.site
        with site.transaction(actor, f"backup.{BackupEvent.CLEARED.value}", reason=why) as unit:
            unit.add(
                BackupEventRow(
                    station=site.station.fingerprint,
                    event=BackupEvent.CLEARED,
                    digest=b"",
                    made_at=gone.at,
                    place=str(gone.folder),
                    what=f"{size_in_words(gone.size)}; {_counted(gone.only_here)}",
                    at=site.clock.now(),
                )
            )
        with told_plainly():
            shutil.rmtree(gone.folder)
        return gone

    def _seen(self, folder: Path) -> SetAside:
        at = _set_aside_at(folder)
        only_here = self._only_here(folder)
        old = _is_old_or_in_the_way(self._opened, folder)
        return SetAside(
            folder=folder,
            at=at,
            size=_size(folder),
            only_here=only_here,
            may_go=(old or only_here == 0) and _held_since(self._opened, at),
        )

    def _only_here(self, folder: Path) -> int | None:
        """Return how many entries are in no other records of this PC; None where they do not open."""
        path, key = folder / "site.db", self._key_of(folder)
        if key is None or not path.exists():
            return None
        with self._opened.site.read() as session:
            held = list(_ends(session.connection()))
        try:
            database = Database(SqliteFile(path=path, key=key))
            try:
                with database.read() as session:
                    return entries_beyond(session.connection(), held).entries
            finally:
                database.close()
        except (UserFacingError, sa.exc.DBAPIError, OSError):
            return None

    def _key_of(self, folder: Path) -> bytes | None:
        """Return what opens them: by this PC's own slot, else the key of the records of now."""
        secret = self._opened.data_key_file.machine_secret
        try:
            own = KeySlots(folder / SLOT_FILE).open_with_machine(secret)
        except SiteFileDamaged:
            own = None
        return own or self._opened.data_key


def _ends(connection: sa.Connection) -> Iterator[Position]:
    for log in stored_logs(connection):
        name = LogName(log.name.station, log.name.incarnation, log.name.scope)
        yield Position(log=name, seq=log.last, head=hash_at(connection, log, log.last) or b"")


def _set_aside_at(folder: Path) -> datetime:
    """Return when a folder was set aside; where nothing says so, when its records were last written."""
    try:
        return from_microseconds(int((folder / _NOTE).read_text()))
    except (OSError, ValueError, OverflowError):
        written = folder / "site.db"
        told = written if written.exists() else folder
        return from_microseconds(told.stat().st_mtime_ns // 1000)


def _size(folder: Path) -> int:
    return sum(file.lstat().st_size for file in folder.rglob("*") if not file.is_dir())


def _is_old_or_in_the_way(opened: OpenSite, folder: Path) -> bool:
    age = opened.site.clock.now() - _set_aside_at(folder)
    return age > timedelta(days=KEPT_DAYS) or shutil.disk_usage(opened.folder).free < LOW_DISK


def _held_since(opened: OpenSite, moment: datetime) -> bool:
    """Tell whether a backup of the records of after has held."""
    return BackupRecord(opened.site).held_since(moment)


def _counted(only_here: int | None) -> str:
    return "?" if only_here is None else str(only_here)
