"""Questions that screens ask about question banks, answered in SQL."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.assessments.bank_types import BankEntry, BankSummary, EntryState
from app.core.assessments.models import QuestionBankRow, QuestionRow, QuestionVersionRow
from app.core.assessments.stored import question_from_json
from app.core.base.errors import NotFound
from app.core.base.paging import Page, PageRequest
from app.core.base.words import _
from app.core.storage.columns import canonical_json
from app.core.storage.folding import says
from app.core.storage.stretches import Sorts, stretch_of, total_of

_IN_USE = sa.func.count(QuestionRow.id).filter(QuestionRow.withdrawn_at.is_(None))
_WITHDRAWN = sa.func.count(QuestionRow.withdrawn_at)
_CHANGED = sa.func.max(QuestionVersionRow.written_at)
_BANK_SORTS: Sorts = {
    "title": sa.func.lower(QuestionBankRow.title),
    "questions": _IN_USE,
    "changed_at": _CHANGED,
}
_ENTRY_SORTS: Sorts = {
    "position": QuestionRow.position.expression,
    "title": sa.func.lower(QuestionRow.name),
    "type": QuestionVersionRow.type.expression,
    "version": QuestionVersionRow.number.expression,
    "written_at": QuestionVersionRow.written_at.expression,
}


def bank_row(session: Session, bank_id: UUID) -> QuestionBankRow:
    """Return a bank's row. Raises NotFound."""
    row = session.get(QuestionBankRow, bank_id)
    if row is None:
        raise NotFound(_("The question bank"))
    return row


def question_row(session: Session, question_id: UUID) -> QuestionRow:
    """Return a question's row. Raises NotFound."""
    row = session.get(QuestionRow, question_id)
    if row is None:
        raise NotFound(_("The question"))
    return row


def bank_page(session: Session, request: PageRequest) -> Page[BankSummary]:
    """Return one stretch of the banks. Sorts: the keys of the columns."""
    chosen = _banks()
    counted = sa.select(sa.func.count()).select_from(QuestionBankRow)
    matches = list(says(request.text, QuestionBankRow.title, QuestionBankRow.code))
    chosen, counted = chosen.where(*matches), counted.where(*matches)
    rows = session.execute(stretch_of(chosen, request, _BANK_SORTS, QuestionBankRow.id))
    return Page(rows=tuple(_summary(*row) for row in rows), total=session.scalar(counted) or 0)


def bank_summary(session: Session, bank_id: UUID) -> BankSummary:
    """Return one bank. Raises NotFound."""
    found = session.execute(_banks().where(QuestionBankRow.id == bank_id)).one_or_none()
    if found is None:
        raise NotFound(_("The question bank"))
    return _summary(*found)


def entry_page(session: Session, bank_id: UUID, request: PageRequest) -> Page[BankEntry]:
    """Return one stretch of a bank's questions. Filters: `state`, `type`; sorts: the columns' keys.

    The text is looked for in the name and in everything the question says.
    """
    chosen = _entries().where(QuestionRow.bank_id == bank_id)
    if states := request.values("state"):
        wanted = [_STATES[EntryState(one)] for one in states]
        chosen = chosen.where(sa.or_(*wanted))
    if types := request.values("type"):
        chosen = chosen.where(QuestionVersionRow.type.in_(types))
    if request.text:
        chosen = chosen.where(
            QuestionRow.name.icontains(request.text, autoescape=True)
            | sa.type_coerce(QuestionVersionRow.question, sa.Text).icontains(
                canonical_json(request.text)[1:-1], autoescape=True
            )
        )
    rows = session.execute(stretch_of(chosen, request, _ENTRY_SORTS, QuestionRow.position))
    return Page(rows=tuple(entry_of(*row) for row in rows), total=total_of(session, chosen))


def entry(session: Session, question_id: UUID) -> BankEntry:
    """Return one question as it stands. Raises NotFound."""
    found = session.execute(_entries().where(QuestionRow.id == question_id)).one_or_none()
    if found is None:
        raise NotFound(_("The question"))
    return entry_of(*found)


def entries_in_use(session: Session, bank_id: UUID) -> tuple[BankEntry, ...]:
    """Return the questions of a bank that new quizzes ask, in their order."""
    statement = (
        _entries()
        .where(QuestionRow.bank_id == bank_id, QuestionRow.withdrawn_at.is_(None))
        .order_by(QuestionRow.position, QuestionRow.id)
    )
    return tuple(entry_of(*row) for row in session.execute(statement))


def entry_of(row: QuestionRow, version: QuestionVersionRow) -> BankEntry:
    """Return a question with its present version."""
    return BankEntry(
        id=row.id,
        bank_id=row.bank_id,
        version_id=version.id,
        number=version.number,
        position=row.position,
        title=row.name,
        question=question_from_json(version.question),
        written_at=version.written_at,
        is_withdrawn=row.withdrawn_at is not None,
    )


def end_of(session: Session, bank_id: UUID) -> int:
    """Return the position behind the last question of a bank."""
    last = sa.select(sa.func.max(QuestionRow.position)).where(QuestionRow.bank_id == bank_id)
    return (session.scalar(last) or 0) + 1


_STATES = {
    EntryState.IN_USE: QuestionRow.withdrawn_at.is_(None),
    EntryState.WITHDRAWN: QuestionRow.withdrawn_at.is_not(None),
}


def _banks() -> sa.Select[QuestionBankRow, int, int, datetime | None]:
    return (
        sa.select(QuestionBankRow, _IN_USE, _WITHDRAWN, _CHANGED)
        .outerjoin(QuestionRow, QuestionRow.bank_id == QuestionBankRow.id)
        .outerjoin(QuestionVersionRow, QuestionVersionRow.id == QuestionRow.current_version_id)
        .group_by(QuestionBankRow.id)
    )


def _entries() -> sa.Select[QuestionRow, QuestionVersionRow]:
    return sa.select(QuestionRow, QuestionVersionRow).join(
        QuestionVersionRow, QuestionVersionRow.id == QuestionRow.current_version_id
    )


def _summary(
    row: QuestionBankRow, in_use: int, withdrawn: int, changed_at: datetime | None
) -> BankSummary:
    return BankSummary(
        id=row.id,
        code=row.code,
        title=row.title,
        questions=in_use,
        withdrawn=withdrawn,
        changed_at=changed_at,
    )
