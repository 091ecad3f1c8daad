"""Whom to invite: those who have to meet what a session proves, and are not on its list."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.actor import Actor, Capability
from app.core.base.clock import local_day
from app.core.journal import Site
from app.core.storage.columns import Day
from app.core.training.in_force import is_open, is_paused, is_waived
from app.core.training.models import AssignmentRow, RequirementRow
from app.core.training.neighbours import neighbours
from app.core.training.overdue import is_wanting
from app.core.training.sessions.models import ClassSessionRow
from app.core.training.sessions.reading import list_of, proves, session_row, trainers_of

_MOST = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class HasItDue:
    """Somebody with an open assignment of what a session proves."""

    person_id: UUID
    number: str
    name: str
    org_unit: str
    requirement: str
    """The title of what is due first."""
    due_on: date | None
    is_overdue: bool


class Suggesting:
    """Looks through the assignments. Who may: holders of ASSIGN, for people within their scope."""

    def __init__(self, site: Site) -> None:
        self._site = site

    def who_has_it_due(self, actor: Actor, session_id: UUID) -> tuple[HasItDue, ...]:
        """Return who could be invited, by due date, at most 500; whoever is away or let off is not."""
        scope = actor.scope_of(Capability.ASSIGN)
        today = local_day(self._site.clock)
        with self._site.read() as session:
            row = session_row(session, session_id)
            found: dict[UUID, HasItDue] = {}
            for one in _open_of(session, row, scope, today):
                found.setdefault(
                    one.person_id, one
                )  # by due date: what comes first is what is told
            return tuple(found.values())[:_MOST]


def _open_of(
    session: Session, row: ClassSessionRow, scope: frozenset[UUID] | None, today: date
) -> list[HasItDue]:
    listing = neighbours().listing
    wanted = [one.id for one in proves(session, row)]
    known = {one.person_id for one in trainers_of(session, row.id)} | set(list_of(session, row))
    day = row.starts_at.astimezone().date()
    last = sa.func.coalesce(AssignmentRow.late_after, AssignmentRow.due_on)
    statement = (
        sa.select(
            listing.person_id,
            listing.number,
            listing.name,
            listing.org_unit,
            RequirementRow.title,
            AssignmentRow.due_on,
            sa.type_coerce(last, Day).label("last"),
        )
        .select_from(AssignmentRow)
        .join(listing, listing.person_id == AssignmentRow.person_id)
        .join(RequirementRow, RequirementRow.id == AssignmentRow.requirement_id)
        .where(
            AssignmentRow.requirement_id.in_(wanted),
            sa.or_(listing.left_on.is_(None), listing.left_on > day),
            *is_open(),
            ~is_waived(today),
            ~is_paused(today),
            is_wanting(today),
        )
        .order_by(AssignmentRow.due_on.nulls_last(), listing.name, listing.number)
    )
    if scope is not None:
        statement = statement.where(listing.org_unit_id.in_(scope))
    return [
        HasItDue(
            person_id=one.person_id,
            number=one.number,
            name=one.name,
            org_unit=one.org_unit or "",
            requirement=one.title,
            due_on=one.due_on,
            is_overdue=one.last is not None and one.last < today,
        )
        for one in session.execute(statement)
        if one.person_id not in known
    ]
