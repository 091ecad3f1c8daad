"""Asking whom the plan of an approved revision says: with its approval, or on its first day in force.

Where no PC ran on that day it is done on the next one, also if another revision has taken its place
by then: that one is what is read, and who was to be retrained by either is.

Every PC of a site may do it: the fact that it was done is one at a site (ADR 16), and so is each cycle.
"""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.actor import Actor
from app.core.journal import Unit
from app.core.people import account_names
from app.core.training.controlled.asking import open_cycles
from app.core.training.controlled.counting import impact_now, people_in
from app.core.training.controlled.kinds import AskFrom, ImpactSubject, RevisionState
from app.core.training.controlled.models import DocumentRevisionRow, ImpactAssessmentRow
from app.core.training.controlled.reach import to_ask
from app.core.training.controlled.subjects import Changed, changed
from app.core.training.controlled.types import Impact, PlannedImpact

_TOOK_EFFECT = {RevisionState.EFFECTIVE, RevisionState.SUPERSEDED}
_BEGUN = {
    AskFrom.APPROVED: {RevisionState.APPROVED, *_TOOK_EFFECT},
    AskFrom.EFFECTIVE: _TOOK_EFFECT,
}


def carry_out_due(unit: Unit, actor: Actor, site_id: UUID | None, now: datetime) -> int:
    """Ask for every revision whose time has come, in their order; return of how many people (hook of the new day)."""
    row = DocumentRevisionRow
    planned = unit.scalars(
        sa.select(row.id)
        .where(row.impact.is_not(None), ~_is_done(site_id))
        .order_by(row.effective_from, row.at, row.id)
    )
    return sum(carry_out(unit, actor, one, site_id, now) for one in planned.all())


def carry_out(
    unit: Unit, actor: Actor, revision_id: UUID, site_id: UUID | None, now: datetime
) -> int:
    """Ask whom the plan of a revision says, if that is to be now; return of how many people."""
    today = now.astimezone().date()
    what = changed(unit, ImpactSubject.REVISION, revision_id, today)
    plan = what.planned
    if plan is None or not plan.holds_at(site_id) or not what.requirements:
        return 0
    if what.state not in _BEGUN[plan.begins] or _was_done(unit, revision_id, site_id):
        return 0
    ids = [one.id for one in what.requirements]
    for one in ids:
        unit.take_turn("assignments of", one)
    impact = impact_now(unit, ImpactSubject.REVISION, revision_id, None, today)
    people = to_ask(unit, ids, plan.reach, None, today, revision_id, site_id, what.replaced)
    by = _approver(unit, what)
    unit.add(_fact(impact, plan, site_id, by, people_in(people), now))
    unit.flush()
    is_ahead = plan.due_on is not None and plan.due_on >= today
    open_cycles(unit, actor, what, plan.due_on if is_ahead else None, people, now)
    return people_in(people)


def _was_done(session: Session, revision_id: UUID, site_id: UUID | None) -> bool:
    row = DocumentRevisionRow
    done = sa.select(row.id).where(row.id == revision_id, _is_done(site_id))
    return session.scalar(done) is not None


def _is_done(site_id: UUID | None) -> sa.ColumnElement[bool]:
    fact = ImpactAssessmentRow
    is_own = fact.site_id.is_(None) if site_id is None else fact.site_id == site_id
    return sa.exists().where(fact.planned_for == DocumentRevisionRow.id, is_own)


def _approver(session: Session, what: Changed) -> tuple[UUID | None, str]:
    """Return the account that approved a revision and its name; nobody where it is not of here."""
    names = {one.id: one.name for one in account_names(session)}
    by = what.approved_by
    return (by, names[by]) if by in names and by is not None else (None, "")


def _fact(
    impact: Impact,
    plan: PlannedImpact,
    site_id: UUID | None,
    by: tuple[UUID | None, str],
    asked: int,
    now: datetime,
) -> ImpactAssessmentRow:
    return ImpactAssessmentRow(
        subject=impact.subject,
        subject_id=impact.subject_id,
        called=impact.called,
        ask=plan.ask,
        requirements=sorted(str(one.id) for one in impact.requirements),
        job_roles=sorted(str(one.id) for one in plan.job_roles),
        org_units=sorted(str(one.id) for one in plan.org_units),
        due_on=plan.due_on,
        reason=plan.reason,
        people=impact.people,
        held=impact.held,
        asked=asked,
        at=now,
        by=by[0],
        by_name=by[1],
        site_id=site_id,
        planned_for=impact.subject_id,
    )
