"""Imports that were applied, as the journal has them."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.journal import Deed, DeedId, deed_named, deeds_done
from app.core.people.account_models import AccountRow
from app.core.people.imports.runs import ImportRun, runs_named
from app.core.people.models import PersonRow

IMPORT, TAKE_BACK = "people.import", "people.take-back"
_MOST_TAKEN_BACK = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class PastImport:
    """An import that was applied. `deed` names its entry, `by` who did it."""

    deed: Deed
    by: str
    is_taken_back: bool
    run: ImportRun | None = None
    """Which files and how many people; None for imports of an earlier program."""


def past_imports(session: Session, limit: int) -> tuple[PastImport, ...]:
    """Return the newest imports, newest first."""
    return _worded(session, deeds_done(session, (IMPORT,), limit))


def past_import(session: Session, deed_id: DeedId) -> PastImport:
    """Return one import. Raises NotFound."""
    return _worded(session, (deed_named(session, deed_id),))[0]


def _worded(session: Session, found: Iterable[Deed]) -> tuple[PastImport, ...]:
    undone = {
        word
        for one in deeds_done(session, (TAKE_BACK,), _MOST_TAKEN_BACK)
        for word in one.reason.split()
    }
    deeds = tuple(found)
    runs = runs_named(session, [word for one in deeds for word in one.reason.split()])
    return tuple(
        PastImport(
            deed=one,
            by=_name_of(session, one.actor),
            is_taken_back=one.position in undone,
            run=next((runs[word] for word in one.reason.split() if word in runs), None),
        )
        for one in deeds
    )


def _name_of(session: Session, account_id: UUID | None) -> str:
    if account_id is None:
        return ""
    statement = (
        sa.select(AccountRow.login, AccountRow.name, PersonRow.name)
        .outerjoin(PersonRow, PersonRow.id == AccountRow.person_id)
        .where(AccountRow.id == account_id)
    )
    row = session.execute(statement).first()
    return "" if row is None else row[2] or row[1] or row[0]
