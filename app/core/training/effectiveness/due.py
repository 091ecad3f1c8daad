"""Whose training is to be looked at, as one statement: by rule, by evidence, without what was looked at.

Of somebody's evidence for a requirement that stands the newest is looked at. Lists of before this program, and
what stands in for something else, are not: nobody here trained them in it.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from app.core.base.clock import start_of
from app.core.learning import completion_stands
from app.core.storage.columns import Day, Id
from app.core.training.effectiveness.models import EffectivenessCheckRow, EffectivenessRuleRow
from app.core.training.effectiveness.types import ChecksDue, DueCheck
from app.core.training.held import credit_stands
from app.core.training.kinds import Basis
from app.core.training.models import AssignmentRow, RequirementCreditRow, RequirementRow
from app.core.training.neighbours import neighbours
from app.core.training.still_waived import lasting_waiver

Scope = frozenset[UUID] | None

_NOT_OF_HERE = (Basis.MIGRATED, Basis.SUBSTITUTE)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Span:
    """From when until when people were trained to whom one rule applies and whose check is due."""

    rule: EffectivenessRuleRow
    course_id: UUID | None
    since: datetime
    before: datetime


def due_checks(
    session: Session, scope: Scope, today: date, most: int | None, person_id: UUID | None = None
) -> ChecksDue:
    """Return the checks that are due today of people who are here, or of one, the longest due first."""
    spans = {span.rule.id: span for span in _spans(session, today)}
    if not spans:
        return ChecksDue(first=(), total=0)
    trained = sa.union_all(*(each for span in spans.values() for each in _trained(span)))
    found = _of_who_is_here(trained.subquery("trained"), scope, today)
    if person_id is not None:
        found = found.where(neighbours().listing.person_id == person_id)
    counted = sa.select(sa.func.count()).select_from(found.order_by(None).subquery())
    rows = session.execute(found.limit(most)).all()
    due = (_due(row, spans[row.rule_id].rule, today) for row in rows)
    return ChecksDue(
        first=tuple(sorted(due, key=lambda one: (one.due_on, one.number, one.code))),
        total=session.scalar(counted) or 0,
    )


def checks_waiting(session: Session, today: date) -> int:
    """Return how many checks are due today at the whole site."""
    return due_checks(session, None, today, 1).total


def rules_by_requirement(session: Session) -> dict[UUID, list[EffectivenessRuleRow]]:
    """Return what every requirement said, the oldest rule first."""
    found: dict[UUID, list[EffectivenessRuleRow]] = defaultdict(list)
    row = EffectivenessRuleRow
    for one in session.scalars(sa.select(row).order_by(row.from_on)):
        found[one.requirement_id].append(one)
    return found


def _spans(session: Session, today: date) -> Iterator[_Span]:
    for requirement_id, rules in rules_by_requirement(session).items():
        course_id = session.get_one(RequirementRow, requirement_id).course_id
        ends: Iterable[date] = [*(one.from_on for one in rules[1:]), date.max]
        for rule, until_on in zip(rules, ends, strict=True):
            long_enough = today - timedelta(days=rule.checked_after - 1)
            ends_on = min(until_on, long_enough)
            if rule.checked_after and rule.from_on < ends_on:
                yield _Span(
                    rule=rule,
                    course_id=course_id,
                    since=start_of(rule.from_on),
                    before=start_of(ends_on),
                )


def _trained(span: _Span) -> Iterator[Any]:  # selects of the same columns
    credit = RequirementCreditRow
    newer = aliased(credit)
    yield _columns(span, credit).where(
        credit.requirement_id == span.rule.requirement_id,
        credit.basis.not_in(_NOT_OF_HERE),
        credit_stands(credit),
        ~sa.exists().where(
            newer.person_id == credit.person_id,
            newer.requirement_id == credit.requirement_id,
            newer.at > credit.at,
            credit_stands(newer),
        ),
    )
    if span.course_id is not None:
        completion = neighbours().completion
        later = aliased(completion)
        yield _columns(span, completion).where(
            completion.course_id == span.course_id,
            completion_stands(completion),
            ~sa.exists().where(
                later.person_id == completion.person_id,
                later.course_id == completion.course_id,
                later.at > completion.at,
                completion_stands(later),
            ),
        )


def _columns(span: _Span, evidence: Any) -> Any:  # a completion or a credit
    return sa.select(
        evidence.person_id.label("person_id"),
        evidence.id.label("proof_id"),
        evidence.at.label("at"),
        sa.literal(span.rule.id, Id).label("rule_id"),
        sa.literal(span.rule.requirement_id, Id).label("requirement_id"),
    ).where(evidence.at >= span.since, evidence.at < span.before)


def _of_who_is_here(trained: Any, scope: Scope, today: date) -> Any:
    listing, check = neighbours().listing, EffectivenessCheckRow
    has_left = sa.and_(listing.left_on.is_not(None), listing.left_on <= sa.literal(today, Day))
    within = [] if scope is None else [listing.org_unit_id.in_(scope)]
    return (
        sa.select(
            trained,
            listing.number,
            listing.name,
            listing.org_unit,
            RequirementRow.code,
            RequirementRow.title,
            _let_off_until(trained).label("waived_until"),
        )
        .join(listing, listing.person_id == trained.c.person_id)
        .join(RequirementRow, RequirementRow.id == trained.c.requirement_id)
        .where(~has_left, ~sa.exists().where(check.proof_id == trained.c.proof_id), *within)
        .order_by(trained.c.at, listing.number)
    )


def _let_off_until(trained: Any) -> Any:  # a scalar
    newest = aliased(AssignmentRow)
    return (
        sa.select(lasting_waiver(newest))
        .where(
            newest.person_id == trained.c.person_id,
            newest.requirement_id == trained.c.requirement_id,
        )
        .order_by(newest.cycle.desc())
        .limit(1)
        .correlate(trained)
        .scalar_subquery()
    )


def _due(row: Any, rule: EffectivenessRuleRow, today: date) -> DueCheck:  # of _of_who_is_here
    until = row.waived_until
    return DueCheck(
        person_id=row.person_id,
        number=row.number,
        name=row.name,
        org_unit=row.org_unit,
        requirement_id=row.requirement_id,
        code=row.code,
        title=row.title,
        proof_id=row.proof_id,
        trained_at=row.at,
        after_days=rule.checked_after,
        questions=tuple(rule.questions),
        waived_until=until if until is not None and until >= today else None,
    )
