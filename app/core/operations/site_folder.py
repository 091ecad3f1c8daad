"""The data folder: what lies in it, founding a site there, opening it again.

    daksha.json    which site this is, and where its database is
    site.db        the records (SQLCipher), unless they are in PostgreSQL
    keyslots.json  the database's key, wrapped
    assets/        stored files by SHA-256
    logs/          what the program did, for support
    founding       while a founding is under way
    restored-…/    site.db and keyslots.json of a backup that was restored; daksha.json names it
    in-use.lock    held while a program has the site open

Private keys lie in the key folder, elsewhere (keys.folder).
"""

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from app.core.base.actor import system_actor
from app.core.base.clock import Clock
from app.core.base.errors import UserFacingError
from app.core.base.ids import new_id
from app.core.base.words import _
from app.core.journal import Site, Station
from app.core.keys import (
    DEFAULT_COST,
    KeyFolder,
    KeySlots,
    NewLogsReason,
    SiteAuthority,
    SiteRegister,
    SlotCost,
    StationKey,
)
from app.core.operations.incarnations import Incarnations, station_to_write_as
from app.core.operations.marker import MARKER, Marker
from app.core.storage.database import Database, Location, PostgresServer, SqliteFile
from app.core.storage.faults import told_plainly
from app.core.storage.locks import FileLock

Prepare = Callable[[Database], None]
"""Brings a database to the program's schema (schema.upgrade, which stands above this feature)."""
Furnish = Callable[["OpenSite"], None]
"""Puts into a new site what belongs to its founding; stops it by raising."""


class FolderTaken(UserFacingError):
    """There is already a site in the folder."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            _("There is already a site in {folder}.").format(folder=folder),
            safe=_("It was not changed."),
            remedy=_("Choose another folder, or open the site that is there."),
        )


class NoSite(UserFacingError):
    """There is no site in the folder."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            _("There is no site in {folder}.").format(folder=folder),
            safe=_("Nothing was changed."),
            remedy=_("Start Daksha to set one up, or name the right folder."),
        )


class PasswordNeeded(UserFacingError):
    """This PC does not know the site: its folder came from elsewhere."""

    exit_code = 3

    def __init__(self) -> None:
        super().__init__(
            _("These records were brought from another PC."),
            safe=_("They are locked and were not changed."),
            remedy=_("Give the password of the administrator who set the site up."),
        )


class NotPermitted(UserFacingError):
    """The system does not let this program's user open a file of the site."""

    def __init__(self, path: str) -> None:
        super().__init__(
            _("This account may not open {path}.").format(path=path),
            safe=_("Nothing was changed."),
            remedy=_("Ask whoever looks after this PC to give it the right."),
        )


class RecordsMissing(UserFacingError):
    """The folder says that there is a site, but its records are not there."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            _("The records in {path} are missing or cut short.").format(path=path),
            safe=_("Nothing was changed, and no empty records were put in their place."),
            remedy=_("Put the file back where it was, or restore a backup."),
        )


class MarkerMissing(UserFacingError):
    """There are records in the folder, and nothing that says which site they are."""

    def __init__(self, marker: Path) -> None:
        super().__init__(
            _(
                "There are records in {folder}, but {file}, which names their site, is missing."
            ).format(folder=marker.parent, file=marker.name),
            safe=_("Nothing was changed."),
            remedy=_(
                "Put that file back from a copy of the data folder, or choose another folder."
            ),
        )


class BeingRestored(UserFacingError):
    """Another program is putting a backup in the place of the records."""

    def __init__(self) -> None:
        super().__init__(
            _("A backup is being restored into these records."),
            safe=_("Nothing was changed."),
            remedy=_("Wait until it is done, and open them again."),
        )


_LEAST_DATABASE = 4096
"""Bytes of a SQLite database's first page; SQLite would take a shorter file for an empty one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Founding:
    """What is needed to found a site."""

    name: str
    code: str
    password: str
    language: str = "en"
    database_url: str | None = None
    """A PostgreSQL URL; None puts an encrypted file into the data folder."""
    cost: SlotCost = DEFAULT_COST


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenSite:
    """A site that is open, with what belongs to it."""

    folder: Path
    site_id: UUID
    name: str
    code: str
    site: Site
    station: StationKey
    authority: SiteAuthority
    incarnations: Incarnations
    keys: KeyFolder

    @property
    def assets(self) -> Path:
        """Return where stored files lie."""
        return self.folder / "assets"


class SiteFolder:
    """One data folder, and the key folder that goes with it on this PC."""

    def __init__(self, folder: Path, keys_root: Path, clock: Clock) -> None:
        self.path = folder
        self._keys_root = keys_root
        self._clock = clock

    @property
    def has_site(self) -> bool:
        """Tell whether a site was founded here."""
        return self._marker.exists()

    def found(
        self, founding: Founding, prepare: Prepare, furnish: Furnish = lambda _opened: None
    ) -> OpenSite:
        """Found a site here, furnish it, and open it. Raises FolderTaken, MarkerMissing.

        The marker is written last: a founding that was interrupted or stopped leaves a folder without
        a site, and the next one takes away what it left.
        """
        if self.has_site:
            raise FolderTaken(self.path)
        site_id = new_id()
        keys = KeyFolder(self._keys_root, site_id)
        with told_plainly():
            self._begin()
            location = self._new_location(founding, keys)
        database = Database(location)
        prepare(database)
        station = keys.station()
        site = self._site(database, station)
        authority = SiteAuthority(keys, site_id, founding.name)
        authority.create(self._clock.now())
        register = SiteRegister(site, site_id)
        register.found(
            system_actor(), founding.name, founding.code, founding.language, authority.trusted()
        )
        register.add_station(system_actor(), station, _this_pc())
        opened = self._opened(site, station, authority, keys)
        try:
            furnish(opened)
        except BaseException:
            site.close()
            raise
        with told_plainly():
            Marker(site_id=site_id, database=founding.database_url).write(self.path)
            self._begun.unlink()
        return opened

    def _begin(self) -> None:
        """Make the folder ready for a founding; what one that did not end has left is taken away."""
        records = self.path / "site.db"
        if records.exists() and not self._begun.exists():
            raise MarkerMissing(self._marker)
        if self._begun.exists():
            for name in ("site.db", "site.db-wal", "site.db-shm", "keyslots.json"):
                (self.path / name).unlink(missing_ok=True)
            shutil.rmtree(self.path / "assets", ignore_errors=True)
        self.path.mkdir(parents=True, exist_ok=True)
        self._begun.touch()

    def open(self, prepare: Prepare, password: str | None = None) -> OpenSite:
        """Open the site here.

        Raises NoSite, SiteFileDamaged, NotPermitted, PasswordNeeded, WrongPassword and the database's own.
        """
        try:
            return self._open(prepare, password)
        except PermissionError as refusal:
            raise NotPermitted(str(refusal.filename or self.path)) from refusal

    def _open(self, prepare: Prepare, password: str | None) -> OpenSite:
        marker = Marker.read(self.path)
        if marker is None:
            raise NoSite(self.path)
        site_id = marker.site_id
        keys = KeyFolder(self._keys_root, site_id)
        database = Database(self._location(marker, keys, password))
        is_new_here = not keys.has_station
        prepare(database)
        wish = NewLogsReason.RESTORED if marker.is_fresh(self.path) and not is_new_here else None
        place = self.path if database.is_sqlite else None
        station = station_to_write_as(keys, place, database, self._clock, wish)
        site = self._site(database, station)
        if is_new_here:
            SiteRegister(site, site_id).add_station(system_actor(), station, _this_pc())
        recorded = SiteRegister(site, site_id).trusted()
        authority = SiteAuthority(keys, site_id, recorded.name, recorded)
        opened = self._opened(site, station, authority, keys)
        marker.settle(self.path)
        return opened

    def _site(self, database: Database, station: StationKey) -> Site:
        """Return the site, which no backup takes the place of while it is open. Raises BeingRestored."""
        lock = in_use(self.path, alone=False)
        if not lock.take():
            database.close()
            raise BeingRestored
        site = Site(database, Station(station.fingerprint, station.incarnation), self._clock)
        site.on_closed.append(lock.release)
        return site

    def _opened(
        self, site: Site, station: StationKey, authority: SiteAuthority, keys: KeyFolder
    ) -> OpenSite:
        register = SiteRegister(site, authority.site_id)
        identity = register.identity()
        place = self.path if site.database.is_sqlite else None
        incarnations = Incarnations(keys, place, site, register)
        incarnations.attend()
        return OpenSite(
            folder=self.path,
            site_id=authority.site_id,
            name=identity.name,
            code=identity.code,
            site=site,
            station=station,
            authority=authority,
            incarnations=incarnations,
            keys=keys,
        )

    @property
    def _marker(self) -> Path:
        return self.path / MARKER

    @property
    def _begun(self) -> Path:
        """Return the file that says: a founding is under way, or was cut short."""
        return self.path / "founding"

    def _new_location(self, founding: Founding, keys: KeyFolder) -> Location:
        if founding.database_url is not None:
            return PostgresServer(url=founding.database_url)
        slots = KeySlots(self.path / "keyslots.json")
        key = slots.create(founding.password, keys.machine_secret(), founding.cost)
        return SqliteFile(path=self.path / "site.db", key=key)

    def _location(self, marker: Marker, keys: KeyFolder, password: str | None) -> Location:
        if marker.database is not None:
            return PostgresServer(url=marker.database)
        records = marker.records_in(self.path)
        path = records / "site.db"
        if not path.exists() or path.stat().st_size < _LEAST_DATABASE:
            raise RecordsMissing(path)
        slots, secret = KeySlots(records / "keyslots.json"), keys.machine_secret()
        key = slots.open_with_machine(secret)
        if key is None:
            if password is None:
                raise PasswordNeeded
            key = slots.open_with_password(password)
            slots.bind_machine(secret, key)
        return SqliteFile(path=path, key=key)


def in_use(folder: Path, *, alone: bool) -> FileLock:
    """Return the lock of a data folder: shared by programs that have it open, alone for a restore."""
    return FileLock(folder / "in-use.lock", alone=alone)


def _this_pc() -> str:
    return os.environ.get("COMPUTERNAME") or os.uname().nodename
