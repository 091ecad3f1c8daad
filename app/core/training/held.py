"""What somebody holds of a requirement, as SQL: the evidence that lasts longest, whatever kind that is.

Evidence is a completion of the requirement's course, or a credit. Of what stands the one that lasts longest
counts, of those that end on one day the newest: a second proof never shortens what is held. It counts only
from `counts_from` of the assignment on. A credit is asked for first: there are few, and where there is none
a pair costs one look into an index more.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from app.core.learning import completion_stands, newest_completion
from app.core.storage.columns import Day
from app.core.storage.tables import table_of
from app.core.training.correction_models import CorrectionVerdictRow
from app.core.training.kinds import Basis
from app.core.training.models import AssignmentRow, RequirementCreditRow, RequirementRow
from app.core.training.neighbours import neighbours
from app.core.training.put_aside import FOREVER, held_until_of, is_put_aside

__all__ = [
    "FOREVER",
    "Pair",
    "Proof",
    "credit_stands",
    "credit_stands_of_many",
    "held_until",
    "held_until_of",
    "is_met",
    "newest_evidence",
    "newest_proof",
    "pair_of",
    "proof_of",
    "proofs_before",
]

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


def newest_evidence(
    column: Callable[[Evidence], Any], pair: Pair | None = None
) -> sa.ColumnElement[Any]:
    """Return `column` of the evidence of a pair that counts; null where there is none.

    `column` is given the mapped class of either kind; what it returns must not be null.
    """
    pair = pair or pair_of()
    completion, credit = neighbours().completion, RequirementCreditRow
    of_course = newest_completion(column(completion), pair.person_id, pair.course_id)
    other = aliased(completion)
    until, others_until = held_until_of(credit), held_until_of(other)
    is_outlasted = sa.exists().where(
        other.person_id == credit.person_id,
        other.course_id == pair.course_id,
        completion_stands(other),
        *_counts(other, pair),
        sa.or_(others_until > until, sa.and_(others_until == until, other.at > credit.at)),
    )
    by_credit = (
        sa.select(column(credit))
        .where(
            credit.person_id == pair.person_id,
            credit.requirement_id == pair.requirement_id,
            *_counts(credit, pair),
            credit_stands(credit),
            ~is_outlasted.correlate_except(other),
        )
        .order_by(until.desc(), credit.at.desc(), credit.id.desc())
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
        completion_stands(completion),
        *_counts(completion, pair),
    )
    by_credit = sa.exists().where(
        credit.person_id == pair.person_id,
        credit.requirement_id == pair.requirement_id,
        *_counts(credit, pair),
        credit_stands(credit),
    )
    return sa.or_(by_course.correlate_except(completion), by_credit.correlate_except(credit))


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """A piece of evidence: when it was met, and the last day on which it holds (FOREVER: for good)."""

    at: datetime
    until: date
    completion_id: UUID | None = None
    credit_id: UUID | None = None
    """One of the two."""
    occasion_id: UUID
    """What it was met by, once (`RequirementCreditRow.occasion_id`)."""


def held_until(
    session: Session,
    person_id: UUID,
    requirement: RequirementRow,
    but: UUID | None = None,
    until: datetime | None = None,
) -> date | None:
    """Return until when somebody holds a requirement: FOREVER for good; None where never met.

    `but` is a credit that is left out; `until`: only what was met before then.
    """
    proof = proof_of(session, person_id, requirement, but, until)
    return None if proof is None else proof.until


def proof_of(
    session: Session,
    person_id: UUID,
    requirement: RequirementRow,
    but: UUID | None = None,
    until: datetime | None = None,
    since: datetime | None = None,
) -> Proof | None:
    """Return the evidence that counts of somebody's for a requirement; see `held_until`.

    `since`: only what was met from then on (`AssignmentRow.counts_from`).
    """
    row = RequirementCreditRow
    credited = session.execute(
        sa.select(row.at, _day(row), row.id, row.occasion_id, row.proof_id)
        .where(
            row.person_id == person_id,
            row.requirement_id == requirement.id,
            credit_stands(row),
            *([] if but is None else [row.id != but]),
            *_between(row, since, until),
        )
        .order_by(held_until_of(row).desc(), row.at.desc(), row.id.desc())
        .limit(1)
    ).first()
    found = []
    if credited is not None:
        at, last, credit_id, occasion_id, proof_id = credited
        occasion_id = occasion_id or proof_id
        found.append(Proof(at=at, until=last, credit_id=credit_id, occasion_id=occasion_id))
    if requirement.course_id is not None:
        met = neighbours().completion
        of_course = newest_completion(met.at, person_id, requirement.course_id)
        counted = of_course.where(*_between(met, since, until))
        for at, last, done in session.execute(counted.add_columns(_day(met), met.id)):
            found.append(Proof(at=at, until=last, completion_id=done, occasion_id=done))
    return max(found, key=lambda one: (one.until, one.at), default=None)  # of equal ones the credit


def proofs_before(
    session: Session, person_id: UUID, requirement: RequirementRow, until: datetime
) -> list[tuple[date, date]]:
    """Return on which days somebody met a requirement before `until`, each with its last valid day; not what is for good."""
    row, met = RequirementCreditRow, neighbours().completion
    found = list(
        session.execute(
            sa.select(row.at, row.valid_until)
            .where(row.person_id == person_id, row.requirement_id == requirement.id, row.at < until)
            .where(credit_stands(row), row.valid_until.is_not(None))
        )
    )
    if requirement.course_id is not None:
        completed = sa.select(met.at, met.valid_until).where(
            met.person_id == person_id,
            met.course_id == requirement.course_id,
            met.at < until,
            completion_stands(met),
            met.valid_until.is_not(None),
        )
        found += session.execute(completed)
    return [(at.astimezone().date(), last) for at, last in found if last is not None]


def newest_proof(session: Session, row: AssignmentRow) -> tuple[UUID | None, UUID | None]:
    """Return the ids of the completion and of the credit by which a pair is held: one of them is None."""
    requirement = session.get_one(RequirementRow, row.requirement_id)
    proof = proof_of(session, row.person_id, requirement, since=row.counts_from)
    return (None, None) if proof is None else (proof.completion_id, proof.credit_id)


def _between(
    met: Evidence, since: datetime | None, until: datetime | None
) -> list[sa.ColumnElement[bool]]:
    return [
        *([] if since is None else [met.at >= since]),
        *([] if until is None else [met.at < until]),
    ]


def _day(met: Evidence) -> sa.ColumnElement[date]:
    return sa.type_coerce(held_until_of(met), Day)


def may_be_held() -> sa.ColumnElement[bool]:
    """Return the condition that there is evidence of a pair, whatever it is worth: asked before `newest_evidence`.

    Of most pairs there is none, and that is a small question.
    """
    pair = pair_of()
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
    )
    return sa.or_(by_course, by_credit)


def _counts(met: Evidence, pair: Pair) -> list[sa.ColumnElement[bool]]:
    """Return the condition that evidence is not older than what counts for the pair."""
    since = pair.counts_from
    return [] if since is None else [sa.or_(since.is_(None), met.at >= since)]
