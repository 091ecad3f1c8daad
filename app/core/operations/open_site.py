"""A site that is open, as everything that works on the whole of it takes it."""

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from uuid import UUID

from app.core.journal import Site
from app.core.keys import DataKeyFile, SiteAuthority, SiteKeys, StationKey
from app.core.operations.folder_errors import NoDataKey
from app.core.operations.incarnations import Incarnations
from app.core.storage.database import SqliteFile


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
    keys: SiteKeys
    data_key_file: DataKeyFile = field(repr=False)
    incarnations: Incarnations

    @property
    def data_key(self) -> bytes:
        """Return what opens the records. Raises NoDataKey where they are on a server."""
        location = self.site.database.location
        if not isinstance(location, SqliteFile) or location.key is None:
            raise NoDataKey
        return location.key

    @property
    def waits(self) -> bool:
        """Tell whether this PC has joined and still waits for its first sync file."""
        return not self.keys.register.is_known

    def since(self) -> datetime:
        """Return since when this PC is in the site; now, where it does not know yet."""
        joined = self.keys.register.joined_at(self.site.station.fingerprint)
        return joined or self.site.clock.now()

    @property
    def assets(self) -> Path:
        """Return where stored files lie."""
        return self.folder / "assets"
