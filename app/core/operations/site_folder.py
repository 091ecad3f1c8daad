"""The data folder: what lies in it, founding a site there, joining one, opening it again.

    daksha.json    which site this is, and where its database is
    site.db        the records (SQLCipher), unless they are in PostgreSQL
    keyslots.json  the database's key, wrapped
    joined.paper   what the answer file said of the site, until a sync file brings its records
    assets/        stored files by SHA-256
    logs/          what the program did, for support
    in-use.lock    held while a program has the site open
    disk.reserve   room that is given up when the disk is full (storage.reserve)
    rekey/         while the data key is changed (key_change)
    restored-…/    site.db, keyslots.json, joined.paper, rekey/ of a backup that was restored
    founding       while a founding is under way

Private keys lie in the key folder, elsewhere (keys.folder).
"""

import errno
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path

from app.core.base.actor import Actor, Capability, system_actor
from app.core.base.clock import Clock
from app.core.base.progress import Progress
from app.core.keys import (
    DataKeyFile,
    Introduction,
    Invitation,
    KeyFolder,
    NewLogsReason,
    NewPassword,
    SiteRegister,
    finish_rotation,
)
from app.core.operations import key_change
from app.core.operations.folder_errors import (
    NoSite,
    NotPermitted,
    RecordsMissing,
    require_own_disk,
)
from app.core.operations.founding import Founding, Join
from app.core.operations.in_use import take
from app.core.operations.incarnations import station_to_write_as
from app.core.operations.kept_register import told_beside
from app.core.operations.marker import Marker
from app.core.operations.moving import Moved, OnServerAlready, copy_records
from app.core.operations.new_site import Furnish, NewSite
from app.core.operations.open_site import OpenSite
from app.core.operations.opening import Prepare, called, open_database, opened_site, site_of
from app.core.storage.database import Database, Location, PostgresServer, SqliteFile
from app.core.storage.faults import DiskFull, DiskSilent, FolderReadOnly, told_plainly
from app.core.storage.reserve import Reserve

KeyOf = Callable[[DataKeyFile], bytes]
"""Gets at the data key: by the slots, or past them."""

_LEAST_DATABASE = 4096
"""Bytes of a SQLite database's first page; SQLite would take a shorter file for an empty one."""


class SiteFolder:
    """One data folder, and the key folder that goes with it on this PC."""

    def __init__(self, folder: Path, keys_root: Path, clock: Clock) -> None:
        self.path = folder
        self._keys_root = keys_root
        self._clock = clock
        self._new_site = NewSite(folder, keys_root, clock)

    @property
    def has_site(self) -> bool:
        """Tell whether a site was founded here, or joined."""
        return Marker.exists(self.path)

    def found(
        self, founding: Founding, prepare: Prepare, furnish: Furnish = lambda _opened: None
    ) -> OpenSite:
        """Found a site here, furnish it, and open it. Raises FolderTaken, MarkerMissing, CodeRefused,
        FolderRemote for records in a file.

        One that was interrupted or stopped leaves a folder without a site.
        """
        return self._new_site.found(founding, prepare, furnish)

    def request(self, pc_name: str = "") -> Introduction:
        """Return the request of this PC, which has no site: its keys wait for the answer.

        `pc_name` is what it will be called; else it is called as the computer. Raises FolderTaken,
        PcNameRefused.
        """
        return self._new_site.request(pc_name)

    def read_invitation(self, untrusted: bytes) -> Invitation:
        """Return which site a file lets this PC join. Raises what `Joining.read` does."""
        return self._new_site.read_invitation(untrusted)

    def join(self, join: Join, prepare: Prepare) -> OpenSite:
        """Join a site that exists: a data folder of its own, which waits for its first sync file.

        Raises FolderTaken, FolderRemote, MarkerMissing and what `Joining.accept` does.
        """
        return self._new_site.join(join, prepare)

    def open(self, prepare: Prepare, password: str | None = None) -> OpenSite:
        """Open the site here.

        Raises NoSite, SiteFileDamaged, NotPermitted, RecordsInUse, FolderRemote, and what
        `DataKeyFile.open` does.
        """
        return self._open_anyhow(prepare, lambda file: file.open(password))

    def open_with_key(self, prepare: Prepare, key: bytes) -> OpenSite:
        """Open the site by its data key, whatever has become of the slots. Raises likewise."""
        return self._open_anyhow(prepare, lambda _file: key)

    def _open_anyhow(self, prepare: Prepare, key_of: KeyOf) -> OpenSite:
        """Open the site, on the room kept in reserve where the disk is full: somebody has to free some."""
        try:
            return self._open(prepare, key_of)
        except (DiskFull, DiskSilent):
            reserve = Reserve(self.path)
            if not reserve.is_called_for or not reserve.give_up():
                raise
            return self._open(prepare, key_of)

    def _open(self, prepare: Prepare, key_of: KeyOf) -> OpenSite:
        with _refusal_told(self.path), ExitStack() as undo:
            if _marker_of(self.path).database is None:
                require_own_disk(self.path)
            key_change.settle(self.path, _marker_of(self.path).records_in(self.path))
            lock = undo.enter_context(take(self.path))
            marker = _marker_of(self.path)  # no backup takes the place of the records meanwhile
            keys = KeyFolder(self._keys_root, marker.keys)
            database = open_database(self.path, self._location(marker, keys, key_of), lock)
            undo.callback(database.close)
            opened = self._open_as_station(marker, keys, database, prepare)
            undo.pop_all()
        return opened

    def _open_as_station(
        self, marker: Marker, keys: KeyFolder, database: Database, prepare: Prepare
    ) -> OpenSite:
        records, is_new_here = marker.records_in(self.path), not keys.has_station
        prepare(database)
        fresh = marker.is_fresh(self.path) and not is_new_here
        wish = NewLogsReason.RESTORED if fresh else None
        place = self.path if database.is_sqlite else None
        station = station_to_write_as(keys, place, database, self._clock, wish)
        site = site_of(database, station, self._clock)
        register = SiteRegister(site, marker.site_id)
        if not register.is_known:
            told = told_beside(records, keys, marker.site_id)
            register = SiteRegister(site, marker.site_id, told)
        if not register.has_station(station):
            register.add_station(system_actor(), station, called(register, station))
        finish_rotation(keys, register.trusted().token_key)
        opened = opened_site(self.path, self._clock, site, register, keys, station, records)
        if key_change.is_ready(records):
            key_change.tell(site)
            key_change.put_away(records)
        marker.settle(self.path)
        return opened

    def change_key(self, prepare: Prepare, new: NewPassword, progress: Progress) -> OpenSite:
        """Give the records another data key, which the password alone opens, and open them.

        This PC opens them by itself if it did before. Raises RecordsInUse, CopyNotSound, and as `open`.
        """
        require_own_disk(self.path)
        key_change.settle(self.path, _marker_of(self.path).records_in(self.path))
        with take(self.path, alone=True), told_plainly():
            marker = _marker_of(self.path)
            keys, records = KeyFolder(self._keys_root, marker.keys), marker.records_in(self.path)
            file = DataKeyFile(records, keys, self._clock)
            old = file.open(new.password)
            wanted = key_change.NewKey(
                password=new,
                machine_secret=None if file.slots.read().asks else file.machine_secret,
                revision=file.latest + 1,
            )
            key_change.KeyChange(records, old, wanted, progress).run()
        return self.open(prepare, new.password)

    def move_to_server(
        self, actor: Actor, url: str, prepare: Prepare, password: str | None, progress: Progress
    ) -> Moved:
        """Move the records to an empty PostgreSQL database; what lay here stays, unused.

        Raises NotAllowed, OnServerAlready, RecordsInUse, and what `copy_records` and opening them do.
        """
        actor.require(Capability.MANAGE_SITE)
        with take(self.path, alone=True), told_plainly(), ExitStack() as undo:
            marker = _marker_of(self.path)
            if marker.database is not None:
                raise OnServerAlready
            keys = KeyFolder(self._keys_root, marker.keys)
            here = self._location(marker, keys, lambda file: file.open(password))
            source = Database(here)
            undo.callback(source.close)
            target = Database(PostgresServer(url=url))
            undo.callback(target.close)
            prepare(source)
            moved = copy_records(source, target, prepare, progress)
            replace(marker, database=url).write(self.path)
        return moved

    def _location(self, marker: Marker, keys: KeyFolder, key_of: KeyOf) -> Location:
        if marker.database is not None:
            return PostgresServer(url=marker.database)
        records = marker.records_in(self.path)
        path = _records_at(records / "site.db")
        return SqliteFile(path=path, key=key_of(DataKeyFile(records, keys, self._clock)))


@contextmanager
def _refusal_told(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as refusal:
        if refusal.errno == errno.EROFS:
            raise FolderReadOnly from refusal
        if not isinstance(refusal, PermissionError):
            raise
        raise NotPermitted(str(refusal.filename or folder)) from refusal


def _marker_of(folder: Path) -> Marker:
    """Return what says which site there is. Raises NoSite, SiteFileDamaged."""
    marker = Marker.read(folder)
    if marker is None:
        raise NoSite(folder)
    return marker


def _records_at(path: Path) -> Path:
    """Return a file of records that are there. Raises RecordsMissing."""
    if not path.exists() or path.stat().st_size < _LEAST_DATABASE:
        raise RecordsMissing(path)
    return path
