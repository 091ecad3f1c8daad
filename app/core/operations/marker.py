"""daksha.json, the marker of a data folder: which site this is, and where its records are.

It is replaced in one step, so whatever it points at is whole: a founding and a restore write it last.
"""

import json
import os
import re
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from app.core.keys import SiteFileDamaged

MARKER = "daksha.json"
_FRESH = "restored"
_RECORDS = re.compile(r"restored-[0-9a-f]{16}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Marker:
    """What the marker says."""

    site_id: UUID
    database: str | None = None
    """URL of the server that has the records; None: they lie in the data folder."""
    records: str = ""
    """The folder within the data folder that has them; "" for the data folder itself."""

    @staticmethod
    def read(folder: Path) -> "Marker | None":
        """Return a folder's marker; None without one. Raises SiteFileDamaged."""
        path = folder / MARKER
        try:
            untrusted: dict[str, str | None] = json.loads(path.read_bytes())
            marker = Marker(
                site_id=UUID(untrusted["site"]),
                database=untrusted["database"],
                records=untrusted.get("records") or "",
            )
        except FileNotFoundError:
            return None
        except (ValueError, LookupError, TypeError, AttributeError) as damage:
            raise SiteFileDamaged(path) from damage
        if marker.records and not _RECORDS.fullmatch(marker.records):
            raise SiteFileDamaged(path)
        return marker

    def write(self, folder: Path) -> None:
        """Put it into a folder, in the place of the one that is there; on disk when this returns."""
        marker = {"site": str(self.site_id), "database": self.database}
        if self.records:
            marker["records"] = self.records
        fresh = (folder / MARKER).with_suffix(".new")
        with fresh.open("w") as file:
            json.dump(marker, file)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(folder / MARKER)

    def records_in(self, folder: Path) -> Path:
        """Return where the records and their key slots lie."""
        return folder / self.records if self.records else folder

    @staticmethod
    def mark_fresh(records: Path) -> None:
        """Say of restored records that they were not opened yet."""
        (records / _FRESH).touch()

    def is_fresh(self, folder: Path) -> bool:
        """Tell whether the records were restored and not opened since."""
        return bool(self.records) and (folder / self.records / _FRESH).exists()

    def settle(self, folder: Path) -> None:
        """Say of restored records that they were opened: the station writes in new logs."""
        if self.records:
            (folder / self.records / _FRESH).unlink(missing_ok=True)
