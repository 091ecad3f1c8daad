"""What reviews take and give: frozen values."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from app.core.base.words import mark

CRITICAL = (
    ("account.", mark("Accounts, PINs and passwords")),
    ("role.", mark("Roles given and taken")),
    ("correction.", mark("Corrections of records")),
    ("person.erase", mark("Erasures")),
    ("certificate.revoke", mark("Certificates revoked")),
    ("assignment.waive", mark("Training waived")),
    ("attempt.unlock", mark("Further attempts given")),
    ("requirement.", mark("Requirements")),
    ("signature.", mark("Signing keys and clocks")),
    ("signing-terms.", mark("What is signed")),
    ("approval.", mark("Approvals")),
    ("site.", mark("Settings of the site")),
    ("conflict.", mark("Conflicts decided")),
    ("key.", mark("Keys of PCs and sites")),
    ("backup.", mark("Backups and restores")),
    ("sign-in.locked", mark("Accounts that were locked")),
)
"""What a reviewer looks at before all else: the beginning of an action, and marked words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """A kind of entry, and how many of it there are in the days that are reviewed."""

    actions: str
    """An action, or the beginning of several."""
    title: str
    entries: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """A review that was signed."""

    id: UUID
    first_on: date
    last_on: date
    entries: int
    looked_at: tuple[Looked, ...]
    findings: str
    at: datetime
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """A month of the audit trail, and whether it was reviewed."""

    first_on: date
    last_on: date
    review: Review | None
    """The newest that covers all of it."""
    due_on: date | None
    """Until when it is to be reviewed; None where the site asked for no review of it."""
    is_over: bool
    is_overdue: bool
    """Due, and not reviewed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewReview:
    """What somebody has looked at, and found."""

    first_on: date
    last_on: date
    looked_at: tuple[str, ...]
    """Beginnings of actions, of `CRITICAL` or any other."""
    findings: str
