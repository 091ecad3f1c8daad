"""What somebody holds of a requirement, as SQL: its newest evidence, whatever kind that is.

Evidence is a completion of the requirement's course, or a credit. The newest counts (learning.holding),
and only from `counts_from` of the assignment on. A credit is asked for first: there are few, and where
there is none a pair costs one look into an index more.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from app.core.journal import shown_in_sql
from app.core.learning import newest_completion
from app.core.storage.columns import Day, Moment
from app.core.storage.tables import table_of
from app.core.training.correction_models import CorrectionVerdictRow
from app.core.training.kinds import Basis
from app.core.training.models import AssignmentRow, RequirementCreditRow, RequirementRow
from app.core.training.neighbours import neighbours
from app.core.training.rivals import is_outdone, is_without_effect

FOREVER = date.max
"""Stands for no expiry where SQL needs a day; it sorts after every other."""

Evidence = Any
"""The mapped class of a completion or of a credit: both have `at`, `valid_until`, `person_id`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A person and a requirement, as columns or values."""

    # Any: mapped attributes, expressions or values
    person_id: Any
    requirement_id: Any
    course_id: Any
    counts_from: Any = None


def pair_of(assignment: Any = AssignmentRow, requirement: Any = RequirementRow) -> Pair:
    """Return the pair of an assignment, joined to its requirement."""
    return Pair(
        person_id=assignment.person_id,
        requirement_id=assignment.requirement_id,
        course_id=requirement.course_id,
        counts_from=assignment.counts_from,
    )


def credit_stands(credit: Any) -> sa.ColumnElement[bool]:
    """Return the condition that no correction has put another credit, or none, in the place of one.

    One that stands in for another goes with what it rests on.
    """
    return _stands() if credit is RequirementCreditRow else ~is_put_aside(credit)


def credit_stands_of_many(credit: Any) -> sa.ColumnElement[bool]:
    """Return the same condition for a statement over most credits of a site.

    Which credits corrections name is found once; only those, and what stands in for others, are looked at one by one.
    """
    verdict = table_of(CorrectionVerdictRow).c
    named = (
        sa.select(one).where(one.is_not(None)) for one in (verdict.replaces_id, verdict.credit_id)
    )
    is_unnamed = sa.and_(credit.basis != Basis.SUBSTITUTE, credit.id.not_in(sa.union(*named)))
    return sa.or_(is_unnamed, credit_stands(credit))


@cache
def _stands() -> sa.ColumnElement[bool]:
    """Return the condition of a credit under its own name, made once: most of the work of asking what is held."""
    return ~is_put_aside(RequirementCreditRow)


def is_put_aside(credit: Any, known: Moment | None = None) -> sa.ColumnElement[bool]:
    """Return the condition that a correction put one aside, or won over what gave it; `known`: before then."""
    table = table_of(CorrectionVerdictRow)
    verdict, giving = table.alias(), table.alias()
    before = [] if known is None else [verdict.c.at < known]
    is_replaced = sa.exists().where(
        verdict.c.replaces_id.in_(rests_on(credit)), ~is_without_effect(verdict.c, known), *before
    )
    has_lost = sa.exists().where(
        giving.c.credit_id.in_(rests_on(credit)), is_outdone(giving.c, known)
    )
    return sa.or_(is_replaced.correlate_except(verdict), has_lost.correlate_except(giving))


def rests_on(credit: Any) -> tuple[Any, Any]:
    """Return the credits with which one falls, as columns: itself, and what a substitute stands on.

    That one may stand aside by now for what another PC gave for the same occasion.
    """
    below = shown_in_sql(RequirementCreditRow, credit.proof_id)
    return credit.id, sa.case((credit.basis == Basis.SUBSTITUTE, below))


def held_until_of(met: Evidence) -> sa.ColumnElement[Any]:
    """Return the last valid day of evidence as an expression, FOREVER where it holds for good."""
    return sa.func.coalesce(met.valid_until, sa.literal(FOREVER, Day))


def newest_evidence(
    column: Callable[[Evidence], Any], pair: Pair | None = None
) -> sa.ColumnElement[Any]:
    """Return `column` of the newest evidence of a pair; null where there is none.

    `column` is given the mapped class of either kind; what it returns must not be null.
    """
    pair = pair or pair_of()
    completion, credit = neighbours().completion, RequirementCreditRow
    of_course = newest_completion(column(completion), pair.person_id, pair.course_id)
    later = aliased(completion)
    is_overtaken = sa.exists().where(
        later.person_id == credit.person_id,
        later.course_id == pair.course_id,
        later.at > credit.at,
    )
    by_credit = (
        sa.select(column(credit))
        .where(
            credit.person_id == pair.person_id,
            credit.requirement_id == pair.requirement_id,
            *_counts(credit, pair),
            credit_stands(credit),
            ~is_overtaken.correlate_except(later),
        )
        .order_by(credit.at.desc(), credit.id.desc())
        .limit(1)
    )
    return sa.func.coalesce(
        by_credit.correlate_except(credit).scalar_subquery(),
        of_course.where(*_counts(completion, pair)).correlate_except(completion).scalar_subquery(),
    )


def is_met(pair: Pair | None = None) -> sa.ColumnElement[bool]:
    """Return the condition that there is evidence that counts, valid or not."""
    pair = pair or pair_of()
    completion, credit = neighbours().completion, RequirementCreditRow
    by_course = sa.exists().where(
        completion.person_id == pair.person_id,
        completion.course_id == pair.course_id,
        *_counts(completion, pair),
    )
    by_credit = sa.exists().where(
        credit.person_id == pair.person_id,
        credit.requirement_id == pair.requirement_id,
        *_counts(credit, pair),
        credit_stands(credit),
    )
    return sa.or_(by_course.correlate_except(completion), by_credit.correlate_except(credit))


def held_until(
    session: Session,
    person_id: UUID,
    requirement: RequirementRow,
    but: UUID | None = None,
) -> date | None:
    """Return until when somebody holds a requirement: FOREVER for good; None where never met.

    `but` is a credit that is left out.
    """
    credit = (
        sa.select(RequirementCreditRow.at, held_until_of(RequirementCreditRow))
        .where(
            RequirementCreditRow.person_id == person_id,
            RequirementCreditRow.requirement_id == requirement.id,
            credit_stands(RequirementCreditRow),
            *([] if but is None else [RequirementCreditRow.id != but]),
        )
        .order_by(RequirementCreditRow.at.desc(), RequirementCreditRow.id.desc())
        .limit(1)
    )
    found = [*session.execute(credit)]
    completion = neighbours().completion
    if requirement.course_id is not None:
        newest = newest_completion(completion.at, person_id, requirement.course_id)
        of_course = newest.add_columns(held_until_of(completion))
        found += session.execute(of_course)
    if not found:
        return None
    until = max(found, key=lambda one: one[0])[1]
    return until if isinstance(until, date) else date.fromisoformat(until)


def newest_proof(session: Session, row: AssignmentRow) -> tuple[UUID | None, UUID | None]:
    """Return the ids of the completion and of the credit that met a pair last: one of them is None."""
    completion = neighbours().completion
    course = sa.select(RequirementRow.course_id).where(RequirementRow.id == row.requirement_id)
    of_course = newest_completion(completion.at, row.person_id, course.scalar_subquery())
    completed = session.execute(of_course.add_columns(completion.id)).first()
    credited = session.execute(
        sa.select(RequirementCreditRow.at, RequirementCreditRow.id)
        .where(
            RequirementCreditRow.person_id == row.person_id,
            RequirementCreditRow.requirement_id == row.requirement_id,
            credit_stands(RequirementCreditRow),
        )
        .order_by(RequirementCreditRow.at.desc(), RequirementCreditRow.id.desc())
        .limit(1)
    ).first()
    if credited is not None and (completed is None or credited.at >= completed.at):
        return None, credited.id
    return (None if completed is None else completed.id), None


def _counts(met: Evidence, pair: Pair) -> list[sa.ColumnElement[bool]]:
    """Return the condition that evidence is not older than what counts for the pair."""
    since = pair.counts_from
    return [] if since is None else [sa.or_(since.is_(None), met.at >= since)]
