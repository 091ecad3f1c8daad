"""joined.paper: what the answer file said of the site, beside the records that do not say it yet."""

import os
from pathlib import Path
from uuid import UUID

from app.core.keys import KeyFolder, PaperRefused, SiteFileDamaged, SiteTold, read_kept_register

KEPT_REGISTER = "joined.paper"


def keep_register(records: Path, paper: bytes) -> None:
    """Put the paper beside the records; on disk when this returns."""
    with (records / KEPT_REGISTER).open("wb") as file:
        file.write(paper)
        file.flush()
        os.fsync(file.fileno())


def told_beside(records: Path, keys: KeyFolder, site_id: UUID) -> SiteTold:
    """Return what the paper says, checked anew. Raises SiteFileDamaged."""
    path = records / KEPT_REGISTER
    try:
        told = read_kept_register(path.read_bytes(), keys)
    except (FileNotFoundError, PaperRefused) as damage:
        raise SiteFileDamaged(path) from damage
    if told.site_id != site_id:
        raise SiteFileDamaged(path)
    return told


def paper_beside(records: Path) -> bytes:
    """Return the paper to take it along in a backup; b"" where this PC has not joined."""
    path = records / KEPT_REGISTER
    return path.read_bytes() if path.exists() else b""
