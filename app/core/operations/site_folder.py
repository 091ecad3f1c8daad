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
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path

from app.core.base.actor import Actor, Capability, system_actor
from app.core.base.clock import Clock
from app.core.base.computer import this_pc
from app.core.base.ids import new_id
from app.core.base.progress import Progress
from app.core.journal import Site, Station
from app.core.keys import (
    ANCHOR,
    SLOT_FILE,
    DataKeyFile,
    Introduction,
    Invitation,
    Joining,
    KeyFolder,
    NewLogsReason,
    NewPassword,
    SiteAuthority,
    SiteKeys,
    SiteRegister,
    SlotCost,
    StationKey,
    begin_at,
    clean_pc_name,
    finish_rotation,
)
from app.core.operations import key_change
from app.core.operations.folder_errors import (
    FolderNotEmpty,
    FolderTaken,
    MarkerMissing,
    NoFolder,
    NoSite,
    NotPermitted,
    RecordsMissing,
    require_own_disk,
)
from app.core.operations.founding import Founding, Join
from app.core.operations.in_use import take
from app.core.operations.incarnations import Incarnations, station_to_write_as
from app.core.operations.kept_register import KEPT_REGISTER, keep_register, told_beside
from app.core.operations.marker import MARKER, Marker
from app.core.operations.moving import Moved, OnServerAlready, copy_records
from app.core.operations.open_site import OpenSite
from app.core.storage.database import Database, Location, PostgresServer, SqliteFile
from app.core.storage.faults import DiskFull, DiskSilent, FolderReadOnly, told_plainly
from app.core.storage.locks import FileLock
from app.core.storage.reserve import RESERVE_FILE, Reserve

Prepare = Callable[[Database], None]
"""Brings a database to the program's schema (schema.upgrade, which stands above this feature)."""
Furnish = Callable[[OpenSite], None]
"""Puts into a new site what belongs to its founding; stops it by raising."""
KeyOf = Callable[[DataKeyFile], bytes]
"""Gets at the data key: by the slots, or past them."""

_OF_A_SITE = ("site.db", "site.db-wal", "site.db-shm", SLOT_FILE, KEPT_REGISTER)
_BEFORE_A_SITE = frozenset(
    {
        "logs",
        "views",
        "in-use.lock",
        "window.lock",
        RESERVE_FILE,
        ".DS_Store",
        "desktop.ini",
        "lost+found",
    }
)
"""What the program and the system may have put into a data folder before there is a site."""
_LEAST_DATABASE = 4096
"""Bytes of a SQLite database's first page; SQLite would take a shorter file for an empty one."""


class SiteFolder:
    """One data folder, and the key folder that goes with it on this PC."""

    def __init__(self, folder: Path, keys_root: Path, clock: Clock) -> None:
        self.path = folder
        self._keys_root = keys_root
        self._clock = clock

    @property
    def has_site(self) -> bool:
        """Tell whether a site was founded here, or joined."""
        return Marker.exists(self.path)

    def found(
        self, founding: Founding, prepare: Prepare, furnish: Furnish = lambda _opened: None
    ) -> OpenSite:
        """Found a site here, furnish it, and open it. Raises FolderTaken, MarkerMissing, CodeRefused,
        FolderRemote for records in a file.

        The marker is written last: a founding that was interrupted or stopped leaves a folder without
        a site, and the next one takes away what it left.
        """
        if self.has_site:
            raise FolderTaken(self.path)
        founding.check()
        if founding.database_url is None:
            require_own_disk(self.path)
        site_id = new_id()
        keys = KeyFolder(self._keys_root, site_id)
        with told_plainly():
            self._begin()
            location = self._new_location(founding, keys)
        with ExitStack() as undo:
            site, station = self._begun_at(location, keys, prepare)
            undo.callback(site.close)
            authority = SiteAuthority(keys, site_id, founding.name)
            authority.create(self._clock.now())
            keys.write_private(ANCHOR, authority.public_key)
            register = SiteRegister(site, site_id)
            register.found(
                system_actor(), founding.name, founding.code, founding.language, authority.trusted()
            )
            pc = clean_pc_name(founding.pc_name) if founding.pc_name else this_pc()
            register.add_station(system_actor(), station, pc)
            opened = self._opened(site, register, keys, station, self.path)
            opened.keys.establish()
            furnish(opened)
            self._finish(Marker(site_id=site_id, database=founding.database_url, keys=keys.name))
            undo.pop_all()
        return opened

    def request(self, pc_name: str = "") -> Introduction:
        """Return the request of this PC, which has no site: its keys wait for the answer.

        `pc_name` is what it will be called; else it is called as the computer. Raises FolderTaken,
        PcNameRefused.
        """
        if self.has_site:
            raise FolderTaken(self.path)
        with told_plainly():
            return self._joining(pc_name).request()

    def read_invitation(self, untrusted: bytes) -> Invitation:
        """Return which site a file lets this PC join. Raises what `Joining.read` does."""
        return self._joining().read(untrusted)

    def join(self, join: Join, prepare: Prepare) -> OpenSite:
        """Join a site that exists: a data folder of its own, which waits for its first sync file.

        The marker is written last, as in a founding. Raises FolderTaken, FolderRemote, MarkerMissing
        and what `Joining.accept` does.
        """
        if self.has_site:
            raise FolderTaken(self.path)
        require_own_disk(self.path)
        began = self._begun.exists()
        with told_plainly():
            ticket = self._joining(join.pc_name).accept(
                join.paper, passphrase=join.passphrase, typed_words=join.words, began=began
            )
            self._begin()
            keys, _station = begin_at(ticket)
            keep_register(self.path, ticket.register)
        location = self._new_file(keys, join.password, join.cost)
        with ExitStack() as undo:
            site, station = self._begun_at(location, keys, prepare)
            undo.callback(site.close)
            register = SiteRegister(site, ticket.told.site_id, ticket.told)
            register.add_station(system_actor(), station, ticket.pc, ticket.papers)
            opened = self._opened(site, register, keys, station, self.path)
            self._finish(Marker(site_id=ticket.told.site_id, keys=keys.name))
            undo.pop_all()
        return opened

    def _joining(self, pc_name: str = "") -> Joining:
        pc = clean_pc_name(pc_name) if pc_name else this_pc()
        return Joining(self.path, self._keys_root, self._clock, pc)

    def _finish(self, marker: Marker) -> None:
        """Say that there is a site here; before this there is none."""
        with told_plainly():
            marker.write(self.path)
            self._begun.unlink()

    def _begin(self) -> None:
        """Make the folder ready for a founding; what one that did not end has left is taken away."""
        records = self.path / "site.db"
        if records.exists() and not self._begun.exists():
            raise MarkerMissing(self.path / MARKER)
        if self._begun.exists():
            for name in _OF_A_SITE:
                (self.path / name).unlink(missing_ok=True)
            shutil.rmtree(self.path / "assets", ignore_errors=True)
        elif self.path.is_dir():
            for one in sorted(self.path.iterdir()):
                if one.name not in _BEFORE_A_SITE:
                    raise FolderNotEmpty(self.path, one.name)
        if self.path.exists() and not self.path.is_dir():
            raise NoFolder(self.path)
        self.path.mkdir(parents=True, exist_ok=True)
        self._begun.touch()

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
            database = self._open_database(self._location(marker, keys, key_of), lock)
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
        site = _site_of(database, station, self._clock)
        register = SiteRegister(site, marker.site_id)
        if not register.is_known:
            told = told_beside(records, keys, marker.site_id)
            register = SiteRegister(site, marker.site_id, told)
        if not register.has_station(station):
            register.add_station(system_actor(), station, _called(register, station))
        finish_rotation(keys, register.trusted().token_key)
        opened = self._opened(site, register, keys, station, records)
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

    def _begun_at(
        self, location: Location, keys: KeyFolder, prepare: Prepare
    ) -> tuple[Site, StationKey]:
        """Open records that were made now, as this PC's station: there are no logs to go on in."""
        with ExitStack() as undo:
            database = self._open_database(location, undo.enter_context(take(self.path)))
            undo.callback(database.close)
            prepare(database)
            station = keys.station()
            site = _site_of(database, station, self._clock)
            undo.pop_all()
        return site, station

    def _opened(
        self,
        site: Site,
        register: SiteRegister,
        keys: KeyFolder,
        station: StationKey,
        records: Path,
    ) -> OpenSite:
        identity, recorded = register.identity(), register.trusted()
        authority = SiteAuthority(keys, identity.id, identity.name, recorded)
        site.site_id = identity.id
        place = self.path if site.database.is_sqlite else None
        site_keys = SiteKeys(site, register, authority, station, _called(register, station))
        incarnations = Incarnations(keys, place, site, register, lambda: site_keys.ring().names)
        incarnations.attend()
        return OpenSite(
            folder=self.path,
            site_id=identity.id,
            name=identity.name,
            code=identity.code,
            site=site,
            station=station,
            authority=authority,
            keys=site_keys,
            data_key_file=DataKeyFile(records, keys, self._clock),
            incarnations=incarnations,
        )

    @property
    def _begun(self) -> Path:
        """Return the file that says: a founding is under way, or was cut short."""
        return self.path / "founding"

    def _new_location(self, founding: Founding, keys: KeyFolder) -> Location:
        if founding.database_url is not None:
            return PostgresServer(url=founding.database_url)
        return self._new_file(keys, founding.password, founding.cost)

    def _location(self, marker: Marker, keys: KeyFolder, key_of: KeyOf) -> Location:
        if marker.database is not None:
            return PostgresServer(url=marker.database)
        records = marker.records_in(self.path)
        path = _records_at(records / "site.db")
        return SqliteFile(path=path, key=key_of(DataKeyFile(records, keys, self._clock)))

    def _open_database(self, location: Location, lock: FileLock) -> Database:
        """Open the records, which hold the lock from now on."""
        database = Database(location)
        database.on_closed.append(lock.release)
        if database.is_sqlite:
            database.reserve = Reserve(self.path)
        return database

    def _new_file(self, keys: KeyFolder, password: str, cost: SlotCost) -> SqliteFile:
        file, key = DataKeyFile(self.path, keys, self._clock), os.urandom(32)
        file.slots.begin(
            key, NewPassword(label="", password=password, cost=cost), file.machine_secret
        )
        file.note()
        return SqliteFile(path=self.path / "site.db", key=key)


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


def _site_of(database: Database, station: StationKey, clock: Clock) -> Site:
    return Site(database, Station(station.fingerprint, station.incarnation), clock)


def _called(register: SiteRegister, station: StationKey) -> str:
    """Return what a PC was called when it came to its site, else as the computer is called."""
    return register.station_labels().get(station.fingerprint) or this_pc()
