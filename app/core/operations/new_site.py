"""A data folder gets its site: one is founded there, or this PC joins one that exists."""

import os
import shutil
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

from app.core.base.actor import system_actor
from app.core.base.clock import Clock
from app.core.base.computer import this_pc
from app.core.base.ids import new_id
from app.core.journal import Site
from app.core.keys import (
    ANCHOR,
    SLOT_FILE,
    DataKeyFile,
    Introduction,
    Invitation,
    Joining,
    KeyFolder,
    NewPassword,
    SiteAuthority,
    SiteRegister,
    SlotCost,
    StationKey,
    begin_at,
    clean_pc_name,
)
from app.core.operations.folder_errors import (
    FolderNotEmpty,
    FolderTaken,
    MarkerMissing,
    NoFolder,
    require_own_disk,
)
from app.core.operations.founding import Founding, Join
from app.core.operations.in_use import take
from app.core.operations.kept_register import KEPT_REGISTER, keep_register
from app.core.operations.marker import MARKER, Marker
from app.core.operations.open_site import OpenSite
from app.core.operations.opening import Prepare, open_database, opened_site, site_of
from app.core.storage.database import Location, PostgresServer, SqliteFile
from app.core.storage.faults import told_plainly
from app.core.storage.reserve import RESERVE_FILE

Furnish = Callable[[OpenSite], None]
"""Puts into a new site what belongs to its founding; stops it by raising."""

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


class NewSite:
    """The beginning of a site in one data folder that has none."""

    def __init__(self, folder: Path, keys_root: Path, clock: Clock) -> None:
        self._folder = folder
        self._keys_root = keys_root
        self._clock = clock

    def found(self, founding: Founding, prepare: Prepare, furnish: Furnish) -> OpenSite:
        """Do what `SiteFolder.found` says.

        The marker is written last: a founding that was interrupted or stopped leaves a folder without
        a site, and the next one takes away what it left.
        """
        self._require_none()
        founding.check()
        if founding.database_url is None:
            require_own_disk(self._folder)
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
            opened = opened_site(
                self._folder, self._clock, site, register, keys, station, self._folder
            )
            opened.keys.establish()
            furnish(opened)
            self._finish(Marker(site_id=site_id, database=founding.database_url, keys=keys.name))
            undo.pop_all()
        return opened

    def request(self, pc_name: str) -> Introduction:
        """Do what `SiteFolder.request` says."""
        self._require_none()
        with told_plainly():
            return self._joining(pc_name).request()

    def read_invitation(self, untrusted: bytes) -> Invitation:
        """Do what `SiteFolder.read_invitation` says."""
        return self._joining().read(untrusted)

    def join(self, join: Join, prepare: Prepare) -> OpenSite:
        """Do what `SiteFolder.join` says. The marker is written last, as in a founding."""
        self._require_none()
        require_own_disk(self._folder)
        began = self._begun.exists()
        with told_plainly():
            ticket = self._joining(join.pc_name).accept(
                join.paper, passphrase=join.passphrase, typed_words=join.words, began=began
            )
            self._begin()
            keys, _station = begin_at(ticket)
            keep_register(self._folder, ticket.register)
        location = self._new_file(keys, join.password, join.cost)
        with ExitStack() as undo:
            site, station = self._begun_at(location, keys, prepare)
            undo.callback(site.close)
            register = SiteRegister(site, ticket.told.site_id, ticket.told)
            register.add_station(system_actor(), station, ticket.pc, ticket.papers)
            opened = opened_site(
                self._folder, self._clock, site, register, keys, station, self._folder
            )
            self._finish(Marker(site_id=ticket.told.site_id, keys=keys.name))
            undo.pop_all()
        return opened

    def _require_none(self) -> None:
        if Marker.exists(self._folder):
            raise FolderTaken(self._folder)

    def _joining(self, pc_name: str = "") -> Joining:
        pc = clean_pc_name(pc_name) if pc_name else this_pc()
        return Joining(self._folder, self._keys_root, self._clock, pc)

    def _begin(self) -> None:
        """Make the folder ready for a founding; what one that did not end has left is taken away."""
        records = self._folder / "site.db"
        if records.exists() and not self._begun.exists():
            raise MarkerMissing(self._folder / MARKER)
        if self._begun.exists():
            for name in _OF_A_SITE:
                (self._folder / name).unlink(missing_ok=True)
            shutil.rmtree(self._folder / "assets", ignore_errors=True)
        elif self._folder.is_dir():
            for one in sorted(self._folder.iterdir()):
                if one.name not in _BEFORE_A_SITE:
                    raise FolderNotEmpty(self._folder, one.name)
        if self._folder.exists() and not self._folder.is_dir():
            raise NoFolder(self._folder)
        self._folder.mkdir(parents=True, exist_ok=True)
        self._begun.touch()

    def _begun_at(
        self, location: Location, keys: KeyFolder, prepare: Prepare
    ) -> tuple[Site, StationKey]:
        """Open records that were made now, as this PC's station: there are no logs to go on in."""
        with ExitStack() as undo:
            database = open_database(self._folder, location, undo.enter_context(take(self._folder)))
            undo.callback(database.close)
            prepare(database)
            station = keys.station()
            site = site_of(database, station, self._clock)
            undo.pop_all()
        return site, station

    def _new_location(self, founding: Founding, keys: KeyFolder) -> Location:
        if founding.database_url is not None:
            return PostgresServer(url=founding.database_url)
        return self._new_file(keys, founding.password, founding.cost)

    def _new_file(self, keys: KeyFolder, password: str, cost: SlotCost) -> SqliteFile:
        file, key = DataKeyFile(self._folder, keys, self._clock), os.urandom(32)
        file.slots.begin(
            key, NewPassword(label="", password=password, cost=cost), file.machine_secret
        )
        file.note()
        return SqliteFile(path=self._folder / "site.db", key=key)

    def _finish(self, marker: Marker) -> None:
        """Say that there is a site here; before this there is none."""
        with told_plainly():
            marker.write(self._folder)
            self._begun.unlink()

    @property
    def _begun(self) -> Path:
        """Return the file that says: a founding is under way, or was cut short."""
        return self._folder / "founding"
