"""Giving credits to many at once: few statements for ten thousands."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from app.core.base.actor import Actor
from app.core.base.ids import new_id
from app.core.journal import Unit
from app.core.training.crediting import Met, close_by, credit_values, earliest, give_credit, meets
from app.core.training.kinds import LinkKind
from app.core.training.models import (
    AssignmentRow,
    RequirementCreditRow,
    RequirementLinkRow,
    RequirementRow,
)
from app.core.training.requirements.queries import all_terms, by_id
from app.core.training.terms import Terms, holds_until, terms_on


def give_credits(unit: Unit, actor: Actor, mets: Iterable[Met], now: datetime) -> int:
    """Let many hold what they met, as `give_credit` does for one; return how many credits were given.

    Set by set: few statements for ten thousands. What is no longer valid today leaves open work open.
    Where a requirement keeps anniversaries or stands in for another, one follows from the other, and
    they are given one by one.
    """
    in_order = sorted(mets, key=lambda one: one.at)
    wanted = {one.requirement_id for one in in_order}
    terms = all_terms(unit, wanted)
    linked = set(
        unit.scalars(
            sa.select(RequirementLinkRow.other_id).where(
                RequirementLinkRow.other_id.in_(wanted),
                RequirementLinkRow.kind == LinkKind.SUBSTITUTE,
                RequirementLinkRow.ended_on.is_(None),
            )
        )
    )
    linked |= {one for one in wanted if any(each.keeps_anniversary for each in terms[one])}
    rows = {one: by_id(unit, one) for one in wanted}
    made = [
        {"id": new_id(), **credit_values(met, plain_end(met, rows[met.requirement_id], terms), now)}
        for met in in_order
        if met.requirement_id not in linked
    ]
    unit.insert_many(RequirementCreditRow, made)
    _close_met(unit, actor, made, now)
    for met in in_order:
        if met.requirement_id in linked:
            give_credit(unit, actor, met, now)
    return len(in_order)


def plain_end(met: Met, row: RequirementRow, terms: Mapping[UUID, list[Terms]]) -> date | None:
    """Return the last valid day of evidence that no other evidence has a say in."""
    day = met.at.astimezone().date()
    said = terms.get(row.id, [])
    # of anything but a course the first terms count for what is older than they are (`terms_of`)
    begins = max(day, said[0].from_on) if said and row.course_id is None else day
    until = holds_until(terms_on(begins, said), day, course_months=row.valid_months)
    return earliest(until, met.no_longer_than)


def _close_met(unit: Unit, actor: Actor, given: Sequence[Mapping[str, Any]], now: datetime) -> None:
    """Close what is open of pairs that were met, by the first credit that counts and is valid."""
    today = now.astimezone().date()
    valid: dict[tuple[UUID, UUID], list[Mapping[str, Any]]] = defaultdict(list)
    for one in given:
        if one["valid_until"] is None or one["valid_until"] >= today:
            valid[one["person_id"], one["requirement_id"]].append(one)
    wanted = {requirement_id for _person, requirement_id in valid}
    is_open = sa.select(AssignmentRow).where(
        AssignmentRow.requirement_id.in_(wanted), AssignmentRow.closed_at.is_(None)
    )
    for row in unit.scalars(is_open).all():
        counting = (
            one
            for one in valid.get((row.person_id, row.requirement_id), ())
            if meets(unit, row, one["at"], one["valid_until"])
        )
        first = next(counting, None)
        if first is not None:
            close_by(unit, actor, row, first["id"], first["basis"], now)
    unit.flush()
