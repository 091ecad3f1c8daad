"""How much work is open, and how much of it overdue, from the figures that are kept."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.reports.kept_figures import changed_since
from app.core.reports.models import EVERY_UNIT, PersonFiguresRow, UnitFiguresRow
from app.core.reports.pairs import Scope
from app.core.reports.steps import LATE, OPEN, Steps
from app.core.training.assignments import KeptCount, Work

_MOST_PEOPLE = 500
_MOST_BYTES = 500_000
"""Beyond so many people, or bytes of entries, it is quicker to count all than only what has changed."""
_MEASURES = {Work.OPEN: (OPEN, UnitFiguresRow.open), Work.OVERDUE: (LATE, UnitFiguresRow.late)}


def count_kept(session: Session, work: Work, scope: Scope, today: date) -> KeptCount | None:
    """Return how much work is kept of whose figures nothing has changed; see `training.assignments`.

    Nothing is written, so whoever looks waits for nobody: what has changed is for `bring_up`.
    """
    touched = changed_since(session, today, _MOST_BYTES)
    changed = set() if touched is None else touched.everybody()
    if touched is None or len(changed) > _MOST_PEOPLE:
        return None
    measure, column = _MEASURES[work]
    row = UnitFiguresRow
    within = row.org_unit_id == EVERY_UNIT if scope is None else row.org_unit_id.in_(scope)
    of_all = session.scalar(sa.select(sa.func.sum(column)).where(within, row.day <= today)) or 0
    of_changed = _kept_of(session, changed, measure, scope, today) if changed else 0
    return KeptCount(int(of_all) - of_changed, frozenset(changed))


def _kept_of(
    session: Session, people: Collection[UUID], measure: int, scope: Scope, today: date
) -> int:
    """Return what of a measure some people add to the sums, as they stand there."""
    row = PersonFiguresRow
    within = [] if scope is None else [row.org_unit_id.in_(scope)]
    steps = Steps()
    for packed in session.scalars(sa.select(row.stands).where(row.person_id.in_(people), *within)):
        steps.add_packed(packed, 1)
    return sum(by for day, by in steps.changes[measure].items() if day <= today.toordinal())
