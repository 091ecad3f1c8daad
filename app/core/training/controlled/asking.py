"""Asking again whom a change concerns, and what was decided of each change."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.actor import Actor
from app.core.base.errors import NotFound
from app.core.journal import Unit
from app.core.storage.tables import model_of
from app.core.training.again import Again, AskedBefore, ask_again
from app.core.training.controlled.kinds import Ask, ImpactSubject, RevisionState
from app.core.training.controlled.models import ImpactAssessmentRow
from app.core.training.controlled.reach import Concerned
from app.core.training.controlled.subjects import Changed, changed
from app.core.training.controlled.types import Reach
from app.core.training.kinds import Source
from app.core.training.requirements.queries import terms_of
from app.core.training.terms import Due, Terms, first_due, with_grace


def open_cycles(
    unit: Unit,
    actor: Actor,
    what: Changed,
    due_on: date | None,
    people: Iterable[Concerned],
    at: datetime,
) -> None:
    """Open the next cycle of each pair; only evidence from `at` on counts for it."""
    today = at.astimezone().date()
    again = Again(
        because=what.because,
        at=at,
        source=Source.REVISION,
        dues={
            one.id: _due(terms_of(unit, one.id, today), due_on, today) for one in what.requirements
        },
    )
    ask_again(unit, actor, map(_asked_before, people), again)


def newest_decisions(session: Session, site_id: UUID | None) -> list[ImpactAssessmentRow]:
    """Return of each change that anybody was asked for what was decided last.

    What was planned with a revision and carried out at another site is about its people alone.
    """
    row = ImpactAssessmentRow
    rows = session.scalars(
        sa.select(row)
        .where(sa.or_(row.site_id.is_(None), row.site_id == site_id))
        .order_by(row.at, row.id)
    )
    newest = {row.subject_id: row for row in rows}
    return [row for row in newest.values() if row.ask is not Ask.NONE]


def found_again(session: Session, fact: ImpactAssessmentRow, today: date) -> Changed | None:
    """Return what a decision was about, if that is in force; None where it is not, or is not here."""
    try:
        what = changed(session, fact.subject, fact.subject_id, today)
    except NotFound:
        return None
    if fact.subject is ImpactSubject.REVISION:
        return what if what.state is RevisionState.EFFECTIVE else None
    # a mapped class of the feature below, for a statement only, as in `neighbours`
    course: Any = model_of("course")
    is_current = sa.select(course.id).where(course.current_version_id == fact.subject_id)
    return what if session.scalar(is_current) is not None else None


def reach_of(fact: ImpactAssessmentRow) -> Reach:
    """Return of whom a decision asks."""
    return Reach(
        ask=fact.ask,
        job_role_ids=frozenset(map(UUID, fact.job_roles)),
        org_unit_ids=frozenset(map(UUID, fact.org_units)),
    )


def _due(terms: Terms, due_on: date | None, today: date) -> Due:
    if due_on is not None:
        return with_grace(terms, due_on)
    return first_due(terms, assigned_on=today, joined_on=None)


def _asked_before(one: Concerned) -> AskedBefore:
    return AskedBefore(
        person_id=one.person_id,
        requirement_id=one.requirement_id,
        cycle=one.cycle,
        open_id=one.assignment_id if one.is_open else None,
    )
