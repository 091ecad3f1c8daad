"""daksha.json, the marker of a data folder: which site this is, and where its records and keys are.

It is replaced in one step, so whatever it points at is whole: a founding, a joining and a restore write
it last, so that what is half made is no site.
"""

import json
import os
import re
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

from app.core.keys import SiteFileDamaged

MARKER = "daksha.json"
_FRESH = "restored"
_RECORDS = re.compile(r"(restored-[0-9a-f]{16})?")
_KEYS = re.compile(r"[0-9a-f]{32}(-[0-9a-f]{16})?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Marker:
    """What the marker says."""

    site_id: UUID
    database: str | None = field(default=None, repr=False)
    """URL of the server that has the records; None: they lie in the data folder."""
    keys: str
    """Name of the key folder on this PC."""
    records: str = ""
    """The folder within the data folder that has them; "" for the data folder itself."""

    @staticmethod
    def exists(folder: Path) -> bool:
        """Tell whether there is a site in a folder."""
        return (folder / MARKER).exists()

    @staticmethod
    def read(folder: Path) -> "Marker | None":
        """Return a folder's marker; None without one. Raises SiteFileDamaged."""
        path = folder / MARKER
        try:
            untrusted: dict[str, str | None] = json.loads(path.read_bytes())
            site_id = UUID(untrusted["site"])
            return Marker(
                site_id=site_id,
                database=untrusted["database"],
                keys=_named(_KEYS, untrusted.get("keys") or site_id.hex),
                records=_named(_RECORDS, untrusted.get("records") or ""),
            )
        except (FileNotFoundError, NotADirectoryError):
            return None
        except (ValueError, LookupError, TypeError, AttributeError) as damage:
            raise SiteFileDamaged(path) from damage

    def write(self, folder: Path) -> None:
        """Put it into a folder, in the place of the one that is there; on disk when this returns."""
        fields = {"site": str(self.site_id), "database": self.database, "keys": self.keys}
        if self.records:
            fields["records"] = self.records
        fresh = (folder / MARKER).with_suffix(".new")
        with fresh.open("w") as file:
            json.dump(fields, file)
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


def _named(kind: re.Pattern[str], name: str) -> str:
    """Return the name of a folder; ValueError for one that leads elsewhere."""
    if not kind.fullmatch(name):
        raise ValueError(name)
    return name
