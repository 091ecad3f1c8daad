"""How the records of a data folder become an open site, whether they are new or were there."""

from collections.abc import Callable
from pathlib import Path

from app.core.base.clock import Clock
from app.core.base.computer import this_pc
from app.core.journal import Site, Station
from app.core.keys import (
    DataKeyFile,
    KeyFolder,
    SiteAuthority,
    SiteKeys,
    SiteRegister,
    StationKey,
)
from app.core.operations.incarnations import Incarnations
from app.core.operations.open_site import OpenSite
from app.core.storage.database import Database, Location
from app.core.storage.locks import FileLock
from app.core.storage.reserve import Reserve

Prepare = Callable[[Database], None]
"""Brings a database to the program's schema (schema.upgrade, which stands above this feature)."""


def open_database(folder: Path, location: Location, lock: FileLock) -> Database:
    """Open the records, which hold the lock from now on."""
    database = Database(location)
    database.on_closed.append(lock.release)
    if database.is_sqlite:
        database.reserve = Reserve(folder)
    return database


def site_of(database: Database, station: StationKey, clock: Clock) -> Site:
    """Return the records as a station writes in them."""
    return Site(database, Station(station.fingerprint, station.incarnation), clock)


def called(register: SiteRegister, station: StationKey) -> str:
    """Return what a PC was called when it came to its site, else as the computer is called."""
    return register.station_labels().get(station.fingerprint) or this_pc()


def opened_site(
    folder: Path,
    clock: Clock,
    site: Site,
    register: SiteRegister,
    keys: KeyFolder,
    station: StationKey,
    records: Path,
) -> OpenSite:
    """Put together what belongs to a site whose records are open; `records` is where they lie."""
    identity, recorded = register.identity(), register.trusted()
    authority = SiteAuthority(keys, identity.id, identity.name, recorded)
    site.site_id = identity.id
    place = folder if site.database.is_sqlite else None
    site_keys = SiteKeys(site, register, authority, station, called(register, station))
    incarnations = Incarnations(keys, place, site, register, lambda: site_keys.ring().names)
    incarnations.attend()
    return OpenSite(
        folder=folder,
        site_id=identity.id,
        name=identity.name,
        code=identity.code,
        site=site,
        station=station,
        authority=authority,
        keys=site_keys,
        data_key_file=DataKeyFile(records, keys, clock),
        incarnations=incarnations,
    )
