"""What there is to know of a backup."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple
from uuid import UUID


class BackupEvent(StrEnum):
    """What was done with a backup."""

    MADE = "made"
    VERIFIED = "verified"
    """It was opened and everything in it held."""
    FAILED = "failed"
    """It could not be made, or did not hold."""
    RESTORED = "restored"
    PLANNED = "planned"
    """Where and when backups are made was changed."""
    CLEARED = "cleared"
    """Records that a restore had set aside were deleted."""


class Occasion(StrEnum):
    """Why a backup was made."""

    DAILY = "daily"
    ASKED = "asked"
    UPGRADE = "upgrade"
    """Before a newer program changed the database."""


class Soundness(StrEnum):
    """What is known of a backup's content."""

    UNCHECKED = "unchecked"
    SOUND = "sound"
    BAD = "bad"


class LogEnd(NamedTuple):
    """How far one log goes in a backup."""

    station: bytes
    incarnation: bytes
    scope: str
    branch: int
    last: int
    head: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """A backup as its file tells it, before it is opened."""

    path: Path
    site_id: UUID
    site_name: str
    number: int
    """Rises with each backup in one place, whatever the clock says."""
    made_at: datetime
    occasion: Occasion
    schema: str
    station: bytes
    incarnation: bytes
    logs: tuple[LogEnd, ...]
    """How far each log went; empty in one that was made before an upgrade."""
    entries: int
    """Journal entries in it, of every log."""
    has_assets: bool
    """Whether stored files were put beside it."""
    key_check: bytes
    """What a data key is told by."""
    size: int
    digest: bytes
    """SHA-256 of the whole file as it says of itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupOfBefore:
    """A backup that still holds what went since."""

    path: Path
    made_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A backup that was made."""

    backup: Backup
    damaged_assets: int = 0
    """Stored files that are gone or damaged in the data folder, and so are not in the backup either."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A backup, and what is known of it."""

    backup: Backup
    soundness: Soundness


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """What a trial restore found. It holds when nothing is told."""

    backup: Backup
    entries: int
    seals: int
    assets: int
    """Stored files that were found whole."""
    troubles: tuple[str, ...] = ()
    missing_assets: int = 0
    """Stored files that are not beside the backup, or not whole."""

    @property
    def ok(self) -> bool:
        """Tell whether the records in it are whole; stored files are told apart."""
        return not self.troubles


class LossSource(StrEnum):
    """Where it is known from what a restore would lose."""

    RECORDS = "records"
    """The records that are there now."""
    ANCHOR = "anchor"
    """What this PC has noted of them; they cannot be read."""
    NOTHING = "nothing"
    """There are no records that could be lost."""
    UNKNOWN = "unknown"
    """There are records, and nothing tells how many."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LostDeed:
    """What was done, and in how many entries."""

    action: str
    """As `reports.action_in_words` words it."""
    entries: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LostPerson:
    """Somebody of whom something would be lost."""

    name: str
    number: str
    entries: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LostPeople:
    """Whose records would lose something."""

    named: tuple[LostPerson, ...]
    """Those with the most entries first, as many as fit on a page."""
    total: int
    looked_at: int
    """Entries that were looked through, the newest: of very many not all are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldElsewhere:
    """What others hold too, by their own word."""

    entries: int
    by: tuple[str, ...]
    """Labels of the peers that hold some of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Loss:
    """What would be lost if a backup took the place of what is there."""

    source: LossSource
    entries: int = 0
    since: datetime | None = None
    """When the first entry was made that is not in the backup."""
    until: datetime | None = None
    """When the last was made."""
    deeds: tuple[LostDeed, ...] = ()
    """What was done in them, the most frequent first; empty where nobody can tell."""
    people: LostPeople | None = None
    """Whose records they changed; None where nobody who may know it has asked."""
    elsewhere: HeldElsewhere | None = None
    """What of them comes back of others; None where nobody can tell."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """What a restore has done."""

    backup: Backup
    folder: Path
    set_aside: Path | None
    """Where the records lie that were there before."""
    missing_assets: int = 0
    """Stored files that were nowhere to be found."""
    troubles: tuple[str, ...] = ()
    """What the journal does not prove of what was restored."""
