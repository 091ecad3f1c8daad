"""daksha.json: says that there is a site in a data folder, which, and where its parts are."""

import json
import os
import re
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

from app.core.keys import SiteFileDamaged
from app.core.operations.folder_errors import NoSite


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """What a marker says."""

    site_id: UUID
    database: str | None = field(default=None, repr=False)
    """The URL of the server that the records are on; None: they are in this folder."""
    keys: str
    """Name of the key folder on this PC."""


class Marker:
    """The marker of one data folder. Written last, so that what is half made is no site."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "daksha.json"

    @property
    def exists(self) -> bool:
        """Tell whether there is a site."""
        return self.path.exists()

    def read(self) -> Marked:
        """Return what it says. Raises NoSite, SiteFileDamaged."""
        try:
            fields: dict[str, str | None] = json.loads(self.path.read_bytes())
            site_id, name = UUID(fields["site"]), fields.get("keys")
            return Marked(
                site_id=site_id,
                database=fields["database"],
                keys=_key_folder(name or site_id.hex),
            )
        except FileNotFoundError:
            raise NoSite(self.path.parent) from None
        except (ValueError, LookupError, TypeError, AttributeError) as damage:
            raise SiteFileDamaged(self.path) from damage

    def write(self, marked: Marked) -> None:
        """Say that there is a site from now on."""
        fields = {"site": str(marked.site_id), "database": marked.database, "keys": marked.keys}
        fresh = self.path.with_suffix(".new")
        with fresh.open("w") as file:
            json.dump(fields, file)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(self.path)


def _key_folder(name: str) -> str:
    """Return the name of a folder of keys; ValueError for one that leads elsewhere."""
    if not re.fullmatch(r"[0-9a-f]{32}(-[0-9a-f]{16})?", name):
        raise ValueError(name)
    return name
