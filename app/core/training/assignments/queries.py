"""Reading assignments: the list with states worked out in SQL, and one with its whole story."""

from collections.abc import Collection
from datetime import date
from functools import lru_cache
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.errors import NotFound
from app.core.base.paging import Page, PageRequest
from app.core.base.words import _
from app.core.people import given_for
from app.core.storage.columns import Day
from app.core.training.assignments.evidence import evidence_of
from app.core.training.assignments.listing import (
    CountKept,
    Scope,
    count,
    listed,
    order,
    total,
)
from app.core.training.assignments.states import (
    Known,
    stands,
    state_in_sql,
)
from app.core.training.assignments.types import (
    AssignmentDetail,
    AssignmentSummary,
    PastAct,
    Why,
)
from app.core.training.begun import is_begun, waits_for_second
from app.core.training.held import FOREVER, held_until_of, newest_evidence
from app.core.training.hindrances import is_blocked, is_stuck, missing_first
from app.core.training.in_force import has_later_cycle, in_force, is_paused
from app.core.training.models import (
    AssignmentEventRow,
    AssignmentRow,
    EnrolmentRuleRow,
    EvidenceRow,
    EvidenceVerdictRow,
    RequirementCreditRow,
    RequirementRow,
)
from app.core.training.neighbours import neighbours
from app.core.training.overdue import is_renewal
from app.core.training.requirements.queries import laws_of

AnySelect = sa.Select[*tuple[Any, ...]]
_SORTS = ("number", "name", "org_unit", "code", "title", "due_on", "assigned_at", "state")


def page(
    session: Session, request: PageRequest, scope: Scope, today: date, count_kept: CountKept
) -> Page[AssignmentSummary]:
    """Return one stretch of the list; see `Assignments.page`.

    States are worked out for the rows of the stretch alone, unless the list is narrowed or sorted by them.
    """
    if request.values("state") or request.sort == "state":
        return _page_by_state(session, request, scope, today)
    rows = _rows(session, request, listed(request, scope, today), today)
    return Page(rows=rows, total=total(session, request, scope, today, count_kept))


def page_where(
    session: Session,
    request: PageRequest,
    scope: Scope,
    today: date,
    *conditions: sa.ColumnElement[bool],
) -> Page[AssignmentSummary]:
    """Return one stretch of the assignments for which conditions hold, in an order that no state decides."""
    selected = listed(request, scope, today).where(*conditions)
    rows = _rows(session, request, selected, today)
    return Page(rows=rows, total=count(session, selected))


def _rows(
    session: Session, request: PageRequest, selected: sa.Select[UUID], today: date
) -> tuple[AssignmentSummary, ...]:
    cut = selected.order_by(*order(request)).limit(request.limit).offset(request.offset)
    ids = [row.id for row in session.execute(cut)]
    found = session.execute(_of_ids(today), {"ids": ids})
    shown = {row.id: _summary(row, today) for row in found}
    return tuple(shown[one] for one in ids)


def _page_by_state(
    session: Session, request: PageRequest, scope: Scope, today: date
) -> Page[AssignmentSummary]:
    ids = listed(request, scope, today).subquery("listed")
    known = _selected(today).where(AssignmentRow.id.in_(sa.select(ids.c.id))).subquery("known")
    stood = sa.select(known, state_in_sql(known.c, today).label("state")).subquery("stood")
    found = sa.select(stood)
    if states := request.values("state"):
        found = found.where(stood.c.state.in_(states))
    total = count(session, found)
    sort = stood.c[request.sort if request.sort in _SORTS else "due_on"]
    first = sort.desc() if request.descending else sort.asc()
    rows = session.execute(
        found.order_by(first.nulls_last(), stood.c.number, stood.c.code, stood.c.cycle)
        .limit(request.limit)
        .offset(request.offset)
    )
    return Page(rows=tuple(_summary(row, today) for row in rows), total=total)


def of_person(session: Session, person_id: UUID, today: date) -> tuple[AssignmentSummary, ...]:
    """Return every cycle that a person ever had, the newest first."""
    rows = session.execute(_of_person(today), {"person": person_id})
    return tuple(_summary(row, today) for row in rows)


def standing_of(
    session: Session, person_ids: Collection[UUID], today: date
) -> tuple[AssignmentSummary, ...]:
    """Return the assignments of some people that are in force, as they stand."""
    rows = session.execute(_of_people(today), {"people": list(person_ids)})
    return tuple(_summary(row, today) for row in rows)


def one(session: Session, assignment_id: UUID, today: date) -> AssignmentSummary:
    """Return an assignment as it stands. Raises NotFound."""
    row = session.execute(_of_ids(today), {"ids": [assignment_id]}).first()
    if row is None:
        raise NotFound(_("The assignment"))
    return _summary(row, today)


def detail(session: Session, assignment_id: UUID, today: date) -> AssignmentDetail:
    """Return an assignment with its whole story. Raises NotFound."""
    summary = one(session, assignment_id, today)
    acts = session.scalars(
        sa.select(AssignmentEventRow)
        .where(AssignmentEventRow.assignment_id == assignment_id)
        .order_by(AssignmentEventRow.at, AssignmentEventRow.id)
    )
    return AssignmentDetail(
        summary=summary,
        why=_why(session, summary, today),
        acts=tuple(
            PastAct(
                id=row.id,
                event=row.event,
                at=row.at,
                until_on=row.until_on,
                reason=row.reason,
                by_name=row.by_name,
            )
            for row in acts
        ),
        evidence=evidence_of(session, summary.person_id, summary.requirement_id),
    )


def _why(session: Session, summary: AssignmentSummary, today: date) -> Why:
    rule = (
        sa.select(EnrolmentRuleRow.title)
        .join(AssignmentRow, AssignmentRow.rule_id == EnrolmentRuleRow.id)
        .where(AssignmentRow.id == summary.id)
    )
    assigned_on = summary.assigned_at.astimezone().date()
    return Why(
        origin=summary.origin,
        source=summary.source,
        rule=session.scalar(rule) or "",
        given=_given(session, summary.id),
        assigned_at=summary.assigned_at,
        cycle=summary.cycle,
        laws=tuple(
            ", ".join(part for part in (law.act, law.clause) if part)
            for law in laws_of(session, summary.requirement_id)
            if law.is_in_force(assigned_on)
        ),
        prerequisites=missing_first(session, summary.person_id, summary.requirement_id, today),
    )


def _given(session: Session, assignment_id: UUID) -> str:
    by = sa.select(AssignmentRow.delegation_id).where(AssignmentRow.id == assignment_id)
    delegation_id = session.scalar(by)
    known = given_for(session, () if delegation_id is None else (delegation_id,))
    return "".join(one.words for one in known.values())


@lru_cache(maxsize=2)
def _of_ids(today: date) -> AnySelect:
    """Select assignments by `ids`. It is kept: putting it together takes ten times what it takes to run."""
    return _selected(today).where(AssignmentRow.id.in_(sa.bindparam("ids", expanding=True)))


@lru_cache(maxsize=2)
def _of_person(today: date) -> AnySelect:
    """Select the assignments of a `person`, the newest first; kept, too."""
    return (
        _selected(today)
        .where(AssignmentRow.person_id == sa.bindparam("person"))
        .order_by(AssignmentRow.assigned_at.desc(), RequirementRow.code)
    )


@lru_cache(maxsize=2)
def _of_people(today: date) -> AnySelect:
    """Select the assignments of `people` that are in force; kept, too."""
    return _selected(today).where(
        AssignmentRow.person_id.in_(sa.bindparam("people", expanding=True)), *in_force()
    )


def _selected(today: date) -> AnySelect:
    near = neighbours()
    return (
        sa.select(
            AssignmentRow.id,
            AssignmentRow.person_id,
            near.listing.number,
            near.listing.name,
            near.listing.org_unit,
            AssignmentRow.requirement_id,
            RequirementRow.code,
            RequirementRow.title,
            RequirementRow.type,
            AssignmentRow.cycle,
            AssignmentRow.assigned_at,
            AssignmentRow.origin,
            AssignmentRow.source,
            AssignmentRow.due_on,
            AssignmentRow.late_after,
            AssignmentRow.waived_until,
            AssignmentRow.closed_at,
            AssignmentRow.outcome,
            AssignmentRow.closed_at.is_not(None).label("is_closed"),
            (AssignmentRow.cancelled_reason != "").label("is_cancelled"),
            has_later_cycle().label("has_later_cycle"),
            is_paused(today).label("is_away"),
            sa.type_coerce(newest_evidence(held_until_of), Day).label("held_until"),
            sa.or_(_is_pending(), waits_for_second()).label("is_pending"),
            sa.or_(is_blocked(today), is_stuck()).label("is_blocked"),
            is_stuck().label("is_stuck"),
            is_begun().label("is_started"),
            is_renewal().label("is_renewal"),
        )
        .select_from(AssignmentRow)
        .join(RequirementRow, RequirementRow.id == AssignmentRow.requirement_id)
        .join(near.listing, near.listing.person_id == AssignmentRow.person_id)
    )


def _is_pending() -> sa.ColumnElement[bool]:
    answered = sa.exists().where(EvidenceVerdictRow.evidence_id == EvidenceRow.id)
    credited = sa.exists().where(
        RequirementCreditRow.person_id == EvidenceRow.person_id,
        RequirementCreditRow.requirement_id == EvidenceRow.requirement_id,
        RequirementCreditRow.proof_id == EvidenceRow.id,
    )
    return sa.exists().where(
        EvidenceRow.person_id == AssignmentRow.person_id,
        EvidenceRow.requirement_id == AssignmentRow.requirement_id,
        ~answered,
        ~credited,
    )


def _summary(row: Any, today: date) -> AssignmentSummary:
    known = Known(
        is_closed=row.is_closed,
        outcome=row.outcome,
        is_cancelled=row.is_cancelled,
        has_later_cycle=row.has_later_cycle,
        due_on=row.due_on,
        late_after=row.late_after,
        waived_until=row.waived_until,
        is_away=row.is_away,
        held_until=row.held_until,
        is_pending=row.is_pending,
        is_blocked=row.is_blocked,
        is_started=row.is_started,
        is_renewal=row.is_renewal,
    )
    until = row.held_until
    return AssignmentSummary(
        id=row.id,
        person_id=row.person_id,
        number=row.number,
        name=row.name,
        org_unit=row.org_unit,
        requirement_id=row.requirement_id,
        code=row.code,
        title=row.title,
        type=row.type,
        cycle=row.cycle,
        assigned_at=row.assigned_at,
        origin=row.origin,
        source=row.source,
        due_on=row.due_on,
        late_after=row.late_after,
        waived_until=row.waived_until,
        closed_at=row.closed_at,
        valid_until=None if until == FOREVER else until,
        is_held=until is not None and until >= today,
        is_stuck=row.is_stuck,
        stands=stands(known, today),
    )
