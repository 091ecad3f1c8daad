"""What there is to know of versions of the program."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from app.core.operations.backups import Backup, Loss


class ProgramEvent(StrEnum):
    """What became of a version."""

    RELEASED = "released"
    """Headquarters made an upgrade file of it."""
    INSTALLED = "installed"
    """It lies beside the old one, and is in force from the next start on."""
    IN_USE = "in-use"
    """It has opened the records for the first time."""
    LEFT = "left"
    """The version before it is in force again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseFacts:
    """An upgrade file as it says of itself, its signature being in order."""

    path: Path
    version: str
    schema: str
    upgrades_from: str
    """The oldest version that it takes the place of."""
    platform: str
    released_by: str
    """Who released it at headquarters."""
    site: str
    """Headquarters, as this site knows them."""
    reason: str
    released_at: datetime
    changes: tuple[str, ...]
    files: int
    size: int
    """Bytes that it takes on the disk."""
    digest: bytes
    """SHA-256 of the signed list: it names what is in it to the last byte."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """A release that would be installed here."""

    facts: ReleaseFacts
    running: str
    """The version in force now."""
    changes_records: bool
    """Whether it brings the records to another form, which the version of now cannot read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Packed:
    """An upgrade file that was made."""

    path: Path
    version: str
    platform: str
    files: int
    size: int
    """Bytes of the program."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """What a version found when it tried itself."""

    version: str
    troubles: tuple[str, ...]
    entries: int
    """Journal entries that it has proved."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Installed:
    """A version that is in force from the next start on."""

    version: str
    former: str
    backup: Path | None
    """None: the records lie on a server, which has backups of its own."""
    entries: int
    """Journal entries of the backup that the new version has proved, in the form that it gives them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WayBack:
    """What going back to the version before would mean."""

    version: str
    backup: Backup | None
    """The backup whose records come back with it; None where it reads those of now."""
    loss: Loss | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgramStanding:
    """Which program this PC runs, and what can be done about it."""

    version: str
    is_installed: bool
    """False: it was started from its sources, and is brought up to date otherwise."""
    since: datetime | None
    """When it first opened the records, where that is on record."""
    waiting: str
    """The version that is in force from the next start on; "" without one."""
    before: str
    """The version that one can go back to; "" without one."""
    trouble: str
    """Why this PC went back from a newer version by itself, in words; "" where it did not."""
