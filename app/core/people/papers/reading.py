"""Reading somebody's papers: which stand, and which were before them."""

import hashlib
from collections.abc import Sequence
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.documents import media_type_of
from app.core.people.naming_accounts import account_names
from app.core.people.papers.kinds import PaperKind
from app.core.people.papers.models import PersonPaperRow
from app.core.people.papers.types import PersonPaper
from app.core.storage.folding import fold

_ORDER = list(PaperKind)


def paper_rows(session: Session, person_id: UUID) -> Sequence[PersonPaperRow]:
    """Return all that was ever put to somebody's file or taken out, the earliest first."""
    mine = sa.select(PersonPaperRow).where(PersonPaperRow.person_id == person_id)
    return session.scalars(mine.order_by(PersonPaperRow.at, PersonPaperRow.id)).all()


def standing_rows(rows: Sequence[PersonPaperRow]) -> list[PersonPaperRow]:
    """Return the papers that stand: the last file of each kind and title, by kind and title."""
    last = {place_of_row(row): row for row in rows}
    standing = [row for row in last.values() if row.content]
    return sorted(standing, key=lambda row: (_ORDER.index(row.kind), fold(row.title)))


def place_of_row(row: PersonPaperRow) -> tuple[PaperKind, str]:
    """Return what a paper takes the place of another by."""
    return row.kind, fold(row.title)


def papers_of(session: Session, person_id: UUID) -> tuple[PersonPaper, ...]:
    """Return somebody's papers: those that stand, by kind, then what was before them, newest first."""
    rows = paper_rows(session, person_id)
    if not rows:
        return ()
    standing = standing_rows(rows)
    is_standing = {row.id for row in standing}
    before = [row for row in reversed(rows) if row.id not in is_standing and row.content]
    names = {one.id: one.name for one in account_names(session)}
    return tuple(
        _value(row, names.get(row.by, "") if row.by else "", stands=row.id in is_standing)
        for row in (*standing, *before)
    )


def _value(row: PersonPaperRow, by_name: str, *, stands: bool) -> PersonPaper:
    content = bytes(row.content)
    return PersonPaper(
        id=row.id,
        kind=row.kind,
        title=row.title,
        file_name=row.file_name,
        media_type=media_type_of(content),
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest() if content else "",
        dated_on=row.dated_on,
        at=row.at,
        by_name=by_name,
        stands=stands,
    )
