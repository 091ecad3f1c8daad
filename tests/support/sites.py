"""Real sites on real databases, made quickly."""

import hashlib
import shutil
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

import app.core.schema  # noqa: F401  loads every model
from app.core.base.clock import Clock
from app.core.journal import Site, Station
from app.core.keys import StationKey
from app.core.schema.upgrade import bring_up_to_date
from app.core.storage.database import Database, PostgresServer, SqliteFile
from tests.support.left_open import note_opened

STATION = StationKey(private=bytes(range(32)), incarnation=b"8 random")
DATA_KEY = bytes(range(32, 64))

_templates: dict[bytes | None, Path] = {}


def empty_database(folder: Path, key: bytes | None = None) -> Database:
    """Open a migrated, empty SQLite database; migrations run once a process, then files are copied."""
    template = _templates.get(key)
    if template is None or not template.exists():
        template = folder / "template.db"
        database = Database(SqliteFile(path=template, key=key))
        bring_up_to_date(database)
        database.close()
        kept = Path(folder.parent) / f"template-{hashlib.sha256(key or b'').hexdigest()[:8]}.db"
        template.rename(kept)
        _templates[key] = template = kept
    path = folder / "site.db"
    shutil.copyfile(template, path)
    database = Database(SqliteFile(path=path, key=key))
    note_opened(database)
    return database


def open_site(database: Database, clock: Clock, station: StationKey = STATION) -> Site:
    """Open a site on a migrated database as `station`."""
    note_opened(database)
    return Site(database, Station(station.fingerprint, station.incarnation), clock)


def another_station() -> StationKey:
    """Return the key of some other PC."""
    return StationKey(Ed25519PrivateKey.generate().private_bytes_raw(), b"another8")


__all__ = [
    "DATA_KEY",
    "STATION",
    "PostgresServer",
    "another_station",
    "empty_database",
    "open_site",
]
