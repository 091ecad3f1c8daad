"""Whom a change concerns: one statement, which the dry run counts and the live run opens cycles from."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.learning import completion_stands
from app.core.people import further_roles_of, has_role, still_here
from app.core.storage.columns import Instant
from app.core.training.chosen import was_asked
from app.core.training.controlled.kinds import Ask
from app.core.training.controlled.models import AcknowledgementRow, ImpactAssessmentRow
from app.core.training.controlled.types import Reach
from app.core.training.held import is_met, newest_evidence
from app.core.training.in_force import in_force, is_waived
from app.core.training.kinds import Source
from app.core.training.models import AssignmentRow, RequirementRow
from app.core.training.neighbours import neighbours

Scope = frozenset[UUID] | None
AnySelect = sa.Select[*tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Concerned:
    """Somebody who has a requirement that points at what changed."""

    assignment_id: UUID
    person_id: UUID
    requirement_id: UUID
    cycle: int
    is_open: bool
    is_held: bool
    roles: tuple[tuple[UUID | None, str], ...]
    """The job roles they have, by id and title; the main one first, None where there is none."""
    org_unit_id: UUID | None
    org_unit: str


@dataclass(frozen=True, slots=True)
class Replaced:
    """A revision took effect, and others did after it: who was to read it again reads the newest."""

    since: datetime
    """When it took effect."""
    by: tuple[UUID, ...]
    """The revisions after it."""


def concerned(
    session: Session, requirement_ids: Iterable[UUID], scope: Scope, today: date
) -> list[Concerned]:
    """Return everybody who has requirements: who is here, is not let off, and is within the scope."""
    return _concerned(session, _select(requirement_ids, scope, today), today)


def to_ask(
    session: Session,
    requirement_ids: Iterable[UUID],
    reach: Reach,
    scope: Scope,
    today: date,
    subject_id: UUID,
    site_id: UUID | None = None,
    replaced: Replaced | None = None,
) -> list[Concerned]:
    """Return those of whom it is asked again; with `site_id` only the people of that site.

    Nobody for whom it was asked for the same change already, who has read or learned just that, or
    who has begun the course and not ended it: they finish what they began (B11). Of a revision that
    others replaced only who had it before it took effect, and has met it no more since.
    """
    if reach.ask is Ask.NONE:
        return []
    asked_before = sa.exists().where(
        ImpactAssessmentRow.subject_id == subject_id,
        ImpactAssessmentRow.at == AssignmentRow.assigned_at,
        AssignmentRow.source == Source.REVISION,
    )
    statement = _select(requirement_ids, scope, today).where(
        ~asked_before,
        ~_has_it((subject_id, *(replaced.by if replaced else ()))),
        ~_is_under_way(),
        *_had_before(replaced),
        *_chosen(reach, today),
        *_at_home(site_id),
    )
    return _concerned(session, statement, today)


def _concerned(session: Session, statement: AnySelect, today: date) -> list[Concerned]:
    rows = session.execute(statement).all()
    beside = further_roles_of(session, (row.person_id for row in rows), today)
    return [
        Concerned(
            row.id,
            row.person_id,
            row.requirement_id,
            row.cycle,
            row.is_open,
            row.is_held,
            _roles((row.job_role_id, row.job_role), beside.get(row.person_id, {})),
            row.org_unit_id,
            row.org_unit,
        )
        for row in rows
    ]


def _roles(
    main: tuple[UUID | None, str], beside: Mapping[UUID, str]
) -> tuple[tuple[UUID | None, str], ...]:
    others = tuple(one for one in beside.items() if one[0] != main[0])
    return others if others and main[0] is None else (main, *others)


def _select(requirement_ids: Iterable[UUID], scope: Scope, today: date) -> AnySelect:
    listing = neighbours().listing
    statement = (
        sa.select(
            AssignmentRow.id,
            AssignmentRow.person_id,
            AssignmentRow.requirement_id,
            AssignmentRow.cycle,
            AssignmentRow.closed_at.is_(None).label("is_open"),
            is_met().label("is_held"),
            listing.job_role_id,
            listing.job_role,
            listing.org_unit_id,
            listing.org_unit,
        )
        .join(RequirementRow, RequirementRow.id == AssignmentRow.requirement_id)
        .join(listing, listing.person_id == AssignmentRow.person_id)
        .where(
            AssignmentRow.requirement_id.in_(list(requirement_ids)),
            *in_force(),
            was_asked(AssignmentRow),
            ~is_waived(today),
            still_here(listing.left_on, today),
        )
        .order_by(listing.number, AssignmentRow.requirement_id)
    )
    return statement if scope is None else statement.where(listing.org_unit_id.in_(scope))


def _had_before(replaced: Replaced | None) -> list[sa.ColumnElement[bool]]:
    if replaced is None:
        return []
    since = sa.literal(replaced.since, Instant)
    met_at = sa.type_coerce(newest_evidence(lambda met: met.at), Instant)
    return [AssignmentRow.assigned_at < since, sa.func.coalesce(met_at < since, sa.true())]


def _has_it(subject_ids: tuple[UUID, ...]) -> sa.ColumnElement[bool]:
    """Return the condition that somebody has acknowledged one of some revisions, or completed a version."""
    start, completion, read = neighbours().start, neighbours().completion, AcknowledgementRow
    has_read = sa.exists().where(
        read.revision_id.in_(subject_ids),
        read.person_id == AssignmentRow.person_id,
        read.requirement_id == AssignmentRow.requirement_id,
    )
    has_learned = sa.exists().where(
        start.version_id.in_(subject_ids),
        start.person_id == AssignmentRow.person_id,
        completion.start_id == start.id,
        completion_stands(completion),
    )
    return sa.or_(has_read, has_learned)


def _is_under_way() -> sa.ColumnElement[bool]:
    """Return the condition that somebody has begun the requirement's course and not ended it."""
    start, completion = neighbours().start, neighbours().completion
    is_done = sa.exists().where(completion.start_id == start.id)
    return sa.exists().where(
        start.person_id == AssignmentRow.person_id,
        start.course_id == RequirementRow.course_id,
        ~is_done,
    )


def _at_home(site_id: UUID | None) -> list[sa.ColumnElement[bool]]:
    if site_id is None:
        return []
    person = neighbours().person
    is_home = sa.or_(person.home_site_id.is_(None), person.home_site_id == site_id)
    return [sa.exists().where(person.id == AssignmentRow.person_id, is_home)]


def _chosen(reach: Reach, today: date) -> list[sa.ColumnElement[bool]]:
    if reach.ask is Ask.ALL:
        return []
    listing, below = neighbours().listing, neighbours().reach
    within = sa.select(below.below_id).where(below.above_id.in_(reach.org_unit_ids))
    return [
        sa.or_(
            has_role(listing, reach.job_role_ids, today),
            listing.org_unit_id.in_(within),
        )
    ]
