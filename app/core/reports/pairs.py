"""Pairs: what is required of whom today, as SQL that reports build on.

A pair is a person who has not left × a requirement, by its newest cycle, unless that was cancelled, is
waived today, or was chosen by the person themselves: nobody required it. It is met by the newest evidence (training.held), whichever cycle that was in: the
learner's own screens say the same. While somebody is away nothing of theirs is overdue.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from app.core.people import still_here
from app.core.people.models import PersonListingRow
from app.core.reports.standing_words import FOREVER, standing_in_sql, urgency_in_sql
from app.core.storage.columns import Day
from app.core.training import (
    Pair,
    held_until_of,
    in_force,
    is_begun,
    is_paused,
    is_renewal,
    is_waived,
    newest_evidence,
    was_asked,
)
from app.core.training.models import AssignmentRow, RequirementRow
from app.core.training.rules import EXPIRING

Condition = sa.ColumnElement[bool]
Scope = frozenset[UUID] | None
AnySelect = sa.Select[*tuple[Any, ...]]


def within(scope: Scope) -> list[Condition]:
    """Return the condition that people belong to the org units of a scope; none for the site."""
    return [] if scope is None else [PersonListingRow.org_unit_id.in_(scope)]


def is_here(today: date) -> Condition:
    """Return the condition that somebody has not left."""
    return still_here(PersonListingRow.left_on, today)


def late_after(today: date) -> sa.ColumnElement[Any]:
    """Return the last day before an assignment is overdue: FOREVER while somebody is away."""
    last = sa.func.coalesce(AssignmentRow.late_after, AssignmentRow.due_on)
    is_over = AssignmentRow.due_on < sa.literal(today, Day)  # few are: nothing else is looked up
    away = sa.and_(is_over, is_paused(today))
    return sa.type_coerce(sa.case((away, sa.literal(FOREVER, Day)), else_=last), Day)


def pairs(today: date, scope: Scope, conditions: Sequence[Condition], *columns: Any) -> AnySelect:
    """Return a select of the pairs, with what standing is derived from, and `columns` beside."""
    return (
        sa.select(
            AssignmentRow.person_id,
            AssignmentRow.requirement_id,
            RequirementRow.course_id,
            AssignmentRow.due_on,
            late_after(today).label("late_after"),
            sa.type_coerce(newest_evidence(held_until_of), Day).label("held_until"),
            AssignmentRow.closed_at.is_(None).label("is_open"),
            is_renewal().label("is_renewal"),
            *columns,
        )
        .select_from(PersonListingRow)
        .join(AssignmentRow, AssignmentRow.person_id == PersonListingRow.person_id)
        .join(RequirementRow, RequirementRow.id == AssignmentRow.requirement_id)
        .where(
            is_here(today),
            *in_force(),
            was_asked(AssignmentRow),
            ~is_waived(today),
            *within(scope),
            *conditions,
        )
    )


def standing_of(pair: sa.FromClause, today: date) -> sa.Case[str]:
    """Return the standing of a pair selected by `pairs`."""
    pair_of = Pair(
        person_id=pair.c.person_id,
        requirement_id=pair.c.requirement_id,
        course_id=pair.c.course_id,
    )
    return standing_in_sql(
        today=today,
        due_on=pair.c.due_on,
        late_after=pair.c.late_after,
        is_started=is_begun(pair_of),
        held_until=pair.c.held_until,
        is_open=pair.c.is_open,
        is_renewal=pair.c.is_renewal,
    )


def standings(
    today: date, scope: Scope, conditions: Sequence[Condition], *columns: Any
) -> sa.Subquery:
    """Return pairs with `standing`, `valid_until` and `urgency`, as something to select from."""
    pair = pairs(today, scope, conditions, *columns).subquery("pair")
    stood = sa.select(pair, standing_of(pair, today).label("standing")).subquery("stood")
    valid_until = sa.func.nullif(stood.c.held_until, sa.literal(FOREVER, Day))
    return sa.select(
        stood,
        urgency_in_sql(stood.c.standing).label("urgency"),
        sa.type_coerce(valid_until, Day).label("valid_until"),
    ).subquery("standing_of_pair")


def grouped_standings(
    today: date, scope: Scope, conditions: Sequence[Condition], *groups: Any
) -> sa.CTE:
    """Return the `standing` of pairs, `is_held` and `is_expiring`, beside what they are grouped by, worked out once.

    SQLite works a column of a subquery out anew wherever it is named, and counts name it often.
    """
    pair = pairs(today, scope, conditions, *groups).cte("pair").prefix_with("MATERIALIZED")
    kept = [pair.c[group.key] for group in groups]
    until = pair.c.held_until
    is_held = sa.func.coalesce(until >= sa.literal(today, Day), sa.false())
    is_expiring = sa.and_(is_held, until <= sa.literal(today + EXPIRING, Day))
    stood = sa.select(
        *kept,
        standing_of(pair, today).label("standing"),
        is_held.label("is_held"),
        is_expiring.label("is_expiring"),
    )
    return stood.cte("stood").prefix_with("MATERIALIZED")
