"""Records that are thrown away: what an author's look at a package leaves behind."""

import secrets
import tempfile
from pathlib import Path

import app.core.schema  # noqa: F401  loads every model
from app.core.base.clock import Clock
from app.core.content import AssetStore
from app.core.journal import Site, Station
from app.core.learning import SiteAgents, Statements
from app.core.storage.database import Database, SqliteFile
from app.core.storage.tables import Base

_BYTES = 32


class ScratchRecords:
    """A site of its own in a folder of its own, gone when it is closed."""

    def __init__(self, agents: SiteAgents, clock: Clock) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="daksha-look-")
        place = Path(self._folder.name)
        key = secrets.token_bytes(_BYTES)  # what somebody types into a course is nobody else's
        database = Database(SqliteFile(path=place / "look.db", key=key))
        with database.write() as connection:
            Base.metadata.create_all(connection)
        station = Station(
            fingerprint=secrets.token_bytes(_BYTES), incarnation=secrets.token_bytes(8)
        )
        self.site = Site(database, station, clock)
        self.statements = Statements(self.site, AssetStore(place / "assets", clock), agents)

    def close(self) -> None:
        """Throw it all away."""
        self.site.close()
        self._folder.cleanup()
