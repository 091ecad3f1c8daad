"""What becomes of the register when the records of a PC go back: lines are brought over, a gap is told.

The register travels with the journal, so what others have heard of comes back from them. What only this PC
knew is in the records that were there before, where they can still be read; what nobody can read is told of.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.words import _
from app.core.egress.kinds import KINDS, FileKind
from app.core.egress.models import RegisterGapRow, SavedFileRow
from app.core.journal import Unit
from app.core.storage.columns import Id


@dataclass(frozen=True, slots=True, kw_only=True)
class LineOfBefore:
    """A line of the register as it stood in records that are no longer in force."""

    id: UUID
    """That it had there: it may come back under this from another PC."""
    kind: FileKind
    about_id: UUID | None
    title: str
    station: bytes
    account_id: UUID | None
    saved_at: datetime
    records: int | None
    size: int
    sha256: str
    saved_to: str
    is_paper: bool


def saved_lines(session: Session) -> Iterator[LineOfBefore]:
    """Yield what people saved and printed, as a database has it."""
    for row in session.scalars(sa.select(SavedFileRow)):
        yield LineOfBefore(
            id=row.line_id or row.id,
            kind=row.kind,
            about_id=row.about_id,
            title=row.title,
            station=row.station,
            account_id=row.account_id,
            saved_at=row.saved_at,
            records=row.records,
            size=row.size,
            sha256=row.sha256,
            saved_to=row.saved_to,
            is_paper=row.is_paper,
        )


def bring_over(unit: Unit, lines: Iterable[LineOfBefore]) -> int:
    """Put lines into the register that it does not have; return how many.

    Of somebody whom the records do not know, nothing is said but that a paper about them left.
    """
    known_people = frozenset(unit.scalars(sa.select(_PEOPLE.c.id)))
    held = {*unit.scalars(sa.select(SavedFileRow.id)), *unit.scalars(_BROUGHT)}
    brought = 0
    for line in lines:
        if line.id in held:
            continue
        is_strange = line.about_id is not None and line.about_id not in known_people
        unit.add(
            SavedFileRow(
                kind=line.kind,
                about_id=None if is_strange else line.about_id,
                title=_(KINDS[line.kind.value]) if is_strange else line.title,
                station=line.station,
                account_id=line.account_id,
                saved_at=line.saved_at,
                records=line.records,
                size=line.size,
                sha256=line.sha256,
                saved_to="" if is_strange else line.saved_to,
                is_paper=line.is_paper,
                line_id=line.id,
            )
        )
        brought += 1
    return brought


def note_gap(unit: Unit, station: bytes, since: datetime, until: datetime) -> None:
    """Note that files may have left a PC of which nothing stands here."""
    unit.add(RegisterGapRow(station=station, since=min(since, until), until=until))


_PEOPLE = sa.table("person", sa.column("id", Id()))
_BROUGHT = sa.select(SavedFileRow.line_id).where(SavedFileRow.line_id.is_not(None))
