"""What bringing in old training takes and gives: frozen values."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from app.core.base.words import mark
from app.core.training.legacy.fields import LegacyField, LegacyMapping


@dataclass(frozen=True, slots=True)
class LegacyColumn:
    """A column of the list: what is taken from it, and what somebody sees who decides that."""

    heading: str
    normal: str
    field: LegacyField | None
    samples: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OldTraining:
    """A row that can be taken."""

    sheet: str
    line: int
    person_id: UUID
    number: str
    named: str
    """As the list calls them; "" where it does not."""
    requirement_id: UUID
    code: str
    title: str
    trained_on: date
    valid_until: date | None
    score: str
    trainer: str
    source: str
    scan: str
    """Name of the file that shows the paper; "" where the list names none."""


@dataclass(frozen=True, slots=True)
class RowTrouble:
    """A row that cannot be taken, and why."""

    sheet: str
    line: int
    number: str
    reason: str
    cells: tuple[str, ...] = field(default=(), repr=False)
    """As they stood in the list: to be mended there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LegacyPlan:
    """What bringing a list in would do. Every row that was read is in `rows` or in `troubles`."""

    file_name: str
    file_sha256: str
    encoding: str
    mapping: LegacyMapping
    columns: tuple[LegacyColumn, ...]
    headings: tuple[str, ...]
    """Of the first sheet that is a list, as they stand there."""
    rows: tuple[OldTraining, ...]
    troubles: tuple[RowTrouble, ...]
    open_day: str
    """A day that can be read in two ways, of which nobody said which is meant; "" for none."""
    unread_sheets: tuple[str, ...]
    before: str
    """Title of the batch in which this very file was brought in already; "" for none."""

    @property
    def rows_read(self) -> int:
        """Return how many rows the list has below its headings."""
        return len(self.rows) + len(self.troubles)


class BatchState(StrEnum):
    """Where a batch stands."""

    WAITING = "waiting"
    """It was brought in, and counts for nothing until somebody else signs it."""
    SIGNED = "signed"
    TAKEN_BACK = "taken_back"


BATCH_STATES = {
    BatchState.WAITING: mark("Waits for a signature"),
    BatchState.SIGNED: mark("Signed"),
    BatchState.TAKEN_BACK: mark("Taken back"),
}
"""Marked words for each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchSummary:
    """A batch of old training."""

    id: UUID
    title: str
    file_name: str
    file_sha256: str
    rows_read: int
    rows_taken: int
    rows_rejected: int
    rows_sha256: str
    scans: int
    note: str
    at: datetime
    by_name: str
    is_mine: bool
    """Whether the actor brought it in, and so does not sign it."""
    state: BatchState
    answered_by: str
    """Who signed it or took it back; "" while it waits."""
    answered_at: datetime | None
    credits: int
    """How many requirements were met by it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OldRecord:
    """Old training as it is on record."""

    id: UUID
    batch_id: UUID
    batch: str
    sheet: str
    line: int
    person_id: UUID
    number: str
    name: str
    code: str
    title: str
    trained_on: date
    valid_until: date | None
    score: str
    trainer: str
    source: str
    scans: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Scan:
    """A picture or PDF of a paper."""

    id: UUID
    record_id: UUID | None
    """The row it belongs to; None: the whole batch, or evidence entered by hand."""
    sha256: str
    name: str
    media_type: str
    size: int
    at: datetime
    by_name: str
    number: str = ""
    """Of the person whose row it shows; "" where it is of the batch."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitsFor:
    """Rows of a batch that count only when something else is held."""

    title: str
    """Of what comes first."""
    rows: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchDetail:
    """A batch with what was rejected, and its scans."""

    summary: BatchSummary
    rejected: tuple[RowTrouble, ...]
    scans: tuple[Scan, ...]
    text: str
    """What somebody signs who signs it."""
    waits: tuple[WaitsFor, ...] = ()
    """What has to be held first before some of its rows count, and is not."""


@dataclass(frozen=True, slots=True)
class BroughtIn:
    """What came of bringing a list in."""

    batch_id: UUID
    rows: int
    matched: int
    """Scans that were found to belong to a row."""
    of_batch: tuple[str, ...]
    """Names of scans that belong to no row by their name, and are kept with the batch."""
