"""Tables of training from before this program: batches of old lists, their rows, scans of the papers."""

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column
from typing_extensions import override

from app.core.storage.columns import Day, Id, Json
from app.core.storage.tables import DoneBy, Fact, Record, Scope


class LegacyBatchRow(DoneBy, Fact):
    """A list of old training as it was brought in: what is signed, its hash covers the rows."""

    __tablename__ = "legacy_batch"
    table_scope = Scope.RECORDS

    title: Mapped[str]
    file_name: Mapped[str]
    file_sha256: Mapped[str] = mapped_column(index=True)
    """Hexadecimal; the file itself is not kept."""
    encoding: Mapped[str]
    mapping: Mapped[dict[str, Any]] = mapped_column(Json)
    """How its columns were read: the next list with these headings is read alike."""
    rows_read: Mapped[int]
    rows_taken: Mapped[int]
    rows_rejected: Mapped[int]
    rejected: Mapped[list[list[Any]]] = mapped_column(Json)
    """Sheet, line and reason of each row that was not taken; never what stood in it."""
    rows_sha256: Mapped[str]
    """Of the canonical text of all rows that were taken (`hashing`)."""
    note: Mapped[str]

    @override
    def stands_for(self, session: Session) -> Iterator[Fact | Record]:
        """Yield the rows that were taken: what was signed says how many, and their hash alone."""
        yield from session.scalars(
            sa.select(LegacyRecordRow).where(LegacyRecordRow.batch_id == self.id)
        )


class LegacyRecordRow(Fact):
    """Training that somebody had before, as the old list says it. It counts once its batch is signed."""

    __tablename__ = "legacy_record"
    __table_args__ = (
        sa.Index("ix_legacy_record_person_id_requirement_id", "person_id", "requirement_id"),
    )
    table_scope = Scope.RECORDS

    batch_id: Mapped[UUID] = mapped_column(Id, sa.ForeignKey("legacy_batch.id"), index=True)
    sheet: Mapped[str]
    """"" where the file has but one."""
    line: Mapped[int]
    """Of the sheet, counted from 1."""
    person_id: Mapped[UUID] = mapped_column(Id, sa.ForeignKey("person.id"))
    requirement_id: Mapped[UUID] = mapped_column(Id, sa.ForeignKey("requirement.id"))
    trained_on: Mapped[date] = mapped_column(Day)
    valid_until: Mapped[date | None] = mapped_column(Day)
    """As the list says it; the requirement's terms may say less."""
    score: Mapped[str]
    """As the list says it: 82, 82%, A, passed."""
    trainer: Mapped[str]
    source: Mapped[str]
    """Where the paper is: file, page, register."""


class LegacyVerdictRow(DoneBy, Fact):
    """A batch was signed, and counts; or it was taken back before that."""

    __tablename__ = "legacy_verdict"
    table_scope = Scope.RECORDS

    batch_id: Mapped[UUID] = mapped_column(Id, sa.ForeignKey("legacy_batch.id"), index=True)
    is_accepted: Mapped[bool]
    credits: Mapped[int]
    """How many rows met a requirement by it."""
    reason: Mapped[str]


class EvidenceScanRow(DoneBy, Fact):
    """A picture or PDF of the paper: of a row, of a whole batch, or of evidence entered by hand."""

    __tablename__ = "evidence_scan"
    table_scope = Scope.RECORDS

    batch_id: Mapped[UUID | None] = mapped_column(Id, sa.ForeignKey("legacy_batch.id"), index=True)
    record_id: Mapped[UUID | None] = mapped_column(
        Id, sa.ForeignKey("legacy_record.id"), index=True
    )
    evidence_id: Mapped[UUID | None] = mapped_column(Id, sa.ForeignKey("evidence.id"), index=True)
    sha256: Mapped[str]
    """Of the stored file, hexadecimal."""
    name: Mapped[str]
    media_type: Mapped[str]
    size: Mapped[int]
