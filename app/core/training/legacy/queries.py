"""Reading batches of old training, their rows and their scans."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.actor import Actor
from app.core.base.errors import NotFound
from app.core.base.figures import number
from app.core.base.words import _
from app.core.people import is_own
from app.core.spreadsheets import DayOrder
from app.core.training.legacy.fields import LegacyField, LegacyMapping
from app.core.training.legacy.models import (
    EvidenceScanRow,
    LegacyBatchRow,
    LegacyRecordRow,
    LegacyVerdictRow,
)
from app.core.training.legacy.types import (
    BatchDetail,
    BatchState,
    BatchSummary,
    OldRecord,
    RowTrouble,
    Scan,
)
from app.core.training.models import RequirementRow
from app.core.training.neighbours import neighbours


def batch_row(session: Session, batch_id: UUID) -> LegacyBatchRow:
    """Return a batch. Raises NotFound."""
    row = session.get(LegacyBatchRow, batch_id)
    if row is None:
        raise NotFound(_("The batch"))
    return row


def summaries(session: Session, actor: Actor) -> tuple[BatchSummary, ...]:
    """Return every batch, the newest first."""
    rows = session.scalars(
        sa.select(LegacyBatchRow).order_by(LegacyBatchRow.at.desc(), LegacyBatchRow.id.desc())
    ).all()
    return tuple(summary(session, actor, row) for row in rows)


def title_of_same_file(session: Session, actor: Actor, file_sha256: str) -> str:
    """Return the title of the newest batch that came from this file and was not taken back, or ""."""
    same = (one for one in summaries(session, actor) if one.file_sha256 == file_sha256)
    return next((one.title for one in same if one.state is not BatchState.TAKEN_BACK), "")


def summary(session: Session, actor: Actor, row: LegacyBatchRow) -> BatchSummary:
    """Return a batch and where it stands. What was signed stands, whatever was taken back elsewhere."""
    verdict = session.scalars(
        sa.select(LegacyVerdictRow)
        .where(LegacyVerdictRow.batch_id == row.id)
        .order_by(LegacyVerdictRow.is_accepted.desc(), LegacyVerdictRow.at)
    ).first()
    state = BatchState.WAITING
    if verdict is not None:
        state = BatchState.SIGNED if verdict.is_accepted else BatchState.TAKEN_BACK
    scans = sa.select(sa.func.count()).where(EvidenceScanRow.batch_id == row.id)
    return BatchSummary(
        id=row.id,
        title=row.title,
        file_name=row.file_name,
        file_sha256=row.file_sha256,
        rows_read=row.rows_read,
        rows_taken=row.rows_taken,
        rows_rejected=row.rows_rejected,
        rows_sha256=row.rows_sha256,
        scans=session.scalar(scans) or 0,
        note=row.note,
        at=row.at,
        by_name=row.by_name,
        is_mine=is_own(session, actor, [row.by]),
        state=state,
        answered_by="" if verdict is None else verdict.by_name,
        answered_at=None if verdict is None else verdict.at,
        credits=0 if verdict is None else verdict.credits,
    )


def detail(session: Session, actor: Actor, batch_id: UUID) -> BatchDetail:
    """Return a batch in full, and what who signs it reads. Raises NotFound."""
    row = batch_row(session, batch_id)
    found = summary(session, actor, row)
    return BatchDetail(
        summary=found,
        rejected=tuple(RowTrouble(sheet, line, "", reason) for sheet, line, reason in row.rejected),
        scans=scans_of(session, EvidenceScanRow.batch_id == batch_id),
        text=text_to_sign(found),
    )


def text_to_sign(batch: BatchSummary) -> str:
    """Return what somebody signs who lets a batch count, in the language in use."""
    lines = (
        _("Training from before this program: {title}").format(title=batch.title),
        _("File {name}, SHA-256 {sha}").format(name=batch.file_name, sha=batch.file_sha256),
        _("Rows read: {read}. Taken: {taken}. Rejected: {rejected}.").format(
            read=number(batch.rows_read),
            taken=number(batch.rows_taken),
            rejected=number(batch.rows_rejected),
        ),
        _("Scans: {count}. SHA-256 of the rows: {sha}").format(
            count=number(batch.scans), sha=batch.rows_sha256
        ),
        _("Brought in by {name}.").format(name=batch.by_name),
        _("I have compared the list with the papers; its rows are to count from now on."),
    )
    return "\n".join(lines)


def rows_of_batch(session: Session, batch_id: UUID) -> Sequence[LegacyRecordRow]:
    """Return the rows of a batch in the order of its list."""
    return session.scalars(
        sa.select(LegacyRecordRow)
        .where(LegacyRecordRow.batch_id == batch_id)
        .order_by(LegacyRecordRow.sheet, LegacyRecordRow.line)
    ).all()


def records(
    session: Session, *conditions: sa.ColumnElement[bool], limit: int | None = None
) -> tuple[OldRecord, ...]:
    """Return old training that meets conditions, in the order of its lists."""
    statement = _of_somebody().where(*conditions).limit(limit)
    return tuple(
        OldRecord(
            id=one.id,
            batch_id=one.batch_id,
            batch=batch,
            sheet=one.sheet,
            line=one.line,
            person_id=one.person_id,
            number=of,
            name=name,
            code=code,
            title=title,
            trained_on=one.trained_on,
            valid_until=one.valid_until,
            score=one.score,
            trainer=one.trainer,
            source=one.source,
            scans=count,
        )
        for one, batch, of, name, code, title, count in session.execute(statement)
    )


def _of_somebody() -> sa.Select[LegacyRecordRow, str, str, str, str, str, int]:
    """Return old training with its batch's title, whose it is, for what, and how many scans."""
    row, listing = LegacyRecordRow, neighbours().listing
    scans = (
        sa.select(sa.func.count())
        .where(EvidenceScanRow.record_id == row.id)
        .correlate(row)
        .scalar_subquery()
    )
    return (
        sa.select(
            row,
            LegacyBatchRow.title,
            listing.number,
            listing.name,
            RequirementRow.code,
            RequirementRow.title,
            scans,
        )
        .join(LegacyBatchRow, LegacyBatchRow.id == row.batch_id)
        .join(RequirementRow, RequirementRow.id == row.requirement_id)
        .join(listing, listing.person_id == row.person_id)
        .order_by(LegacyBatchRow.at, row.sheet, row.line)
    )


def scans_of(session: Session, *conditions: sa.ColumnElement[bool]) -> tuple[Scan, ...]:
    """Return scans that meet conditions, in the order in which they came."""
    listing = neighbours().listing
    statement = (
        sa.select(EvidenceScanRow, listing.number)
        .outerjoin(LegacyRecordRow, LegacyRecordRow.id == EvidenceScanRow.record_id)
        .outerjoin(listing, listing.person_id == LegacyRecordRow.person_id)
        .where(*conditions)
        .order_by(EvidenceScanRow.at, EvidenceScanRow.id)
    )
    return tuple(
        Scan(
            id=row.id,
            record_id=row.record_id,
            sha256=row.sha256,
            name=row.name,
            media_type=row.media_type,
            size=row.size,
            at=row.at,
            by_name=row.by_name,
            number=of or "",
        )
        for row, of in session.execute(statement)
    )


def kept_mappings(session: Session) -> list[LegacyMapping]:
    """Return how lists were read before, the newest first."""
    rows = session.scalars(
        sa.select(LegacyBatchRow.mapping).order_by(LegacyBatchRow.at.desc()).limit(50)
    )
    return [mapping_of(content) for content in rows]


def plain(mapping: LegacyMapping) -> dict[str, Any]:
    """Return a mapping as it is kept."""
    return {
        "columns": [[heading, one.value if one else ""] for heading, one in mapping.columns],
        "order": mapping.order.value if mapping.order else "",
        "headings": list(mapping.headings),
    }


def mapping_of(content: dict[str, Any]) -> LegacyMapping:
    """Return a mapping as it was kept; a field that only a newer program knows is left out."""
    fields = {one.value: one for one in LegacyField}
    return LegacyMapping(
        columns=tuple(
            (heading, fields.get(one))
            for heading, one in content["columns"]
            if not one or one in fields
        ),
        order=DayOrder(content["order"]) if content["order"] else None,
        headings=tuple(content["headings"]),
    )


def signed_keys(session: Session, but: UUID) -> frozenset[tuple[UUID, UUID, date]]:
    """Return person, requirement and day of what signed batches have met already, but for one batch."""
    row = LegacyRecordRow
    is_signed = sa.exists().where(
        LegacyVerdictRow.batch_id == row.batch_id, LegacyVerdictRow.is_accepted.is_(True)
    )
    found = session.execute(
        sa.select(row.person_id, row.requirement_id, row.trained_on).where(
            row.batch_id != but, is_signed
        )
    )
    return frozenset((one[0], one[1], one[2]) for one in found)
