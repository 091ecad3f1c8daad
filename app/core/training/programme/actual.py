"""What happened in each month of a year: who came to hold what, and how many sessions were signed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.clock import start_of
from app.core.learning import completion_stands
from app.core.training.held import credit_stands_of_many
from app.core.training.kinds import Basis
from app.core.training.models import RequirementCreditRow, RequirementRow
from app.core.training.neighbours import neighbours
from app.core.training.programme.types import months_of

Scope = frozenset[UUID] | None
_Key = tuple[UUID, date]

_NOT_TRAINED = (Basis.MIGRATED, Basis.SUBSTITUTE)
"""What lists of before brought in, and what follows from something else, trained nobody."""


@dataclass(frozen=True, slots=True)
class MonthsTrained:
    """Counts by requirement and first day of the month."""

    people: Mapping[_Key, int] = field(default_factory=dict)
    sessions: Mapping[_Key, int] = field(default_factory=dict)


def trained_by_month(session: Session, year: int, scope: Scope) -> MonthsTrained:
    """Return what happened in a calendar year, here. Raises ValueError for a year that is none."""
    months = months_of(year)
    return MonthsTrained(
        people=_counted(session, _people(months, scope), months),
        sessions=_counted(session, _sessions(months), months),
    )


def _people(months: Sequence[date], scope: Scope) -> Any:  # a select of three columns
    credit, completion = RequirementCreditRow, neighbours().completion
    by_credit = sa.select(
        credit.person_id.label("person_id"),
        credit.requirement_id.label("requirement_id"),
        _month(credit.at, months).label("month"),
    ).where(
        *_within(credit.at, months),
        credit.basis.not_in(_NOT_TRAINED),
        credit_stands_of_many(credit),
    )
    by_course = (
        sa.select(completion.person_id, RequirementRow.id, _month(completion.at, months))
        .join(RequirementRow, RequirementRow.course_id == completion.course_id)
        .where(*_within(completion.at, months), completion_stands(completion))
    )
    held = sa.union_all(by_credit, by_course).subquery("held")
    counted = sa.select(
        held.c.requirement_id, held.c.month, sa.func.count(sa.distinct(held.c.person_id))
    )
    if scope is not None:
        listing = neighbours().listing
        counted = counted.join(listing, listing.person_id == held.c.person_id)
        counted = counted.where(listing.org_unit_id.in_(scope))
    return counted.group_by(held.c.requirement_id, held.c.month)


def _sessions(months: Sequence[date]) -> Any:  # a select of three columns
    proves, signing = neighbours().session_requirement, neighbours().session_signing
    month = _month(signing.ended_at, months)
    return (
        sa.select(proves.requirement_id, month, sa.func.count(sa.distinct(signing.session_id)))
        .select_from(signing)
        .join(proves, proves.session_id == signing.session_id)
        .where(*_within(signing.ended_at, months), proves.ended_at.is_(None))
        .group_by(proves.requirement_id, month)
    )


def _counted(session: Session, counts: Any, months: Sequence[date]) -> dict[_Key, int]:
    return {(key, months[month]): count for key, month, count in session.execute(counts)}


def _month(at: Any, months: Sequence[date]) -> sa.ColumnElement[int]:
    """Return the place of the month in which an instant lies, here."""
    ends = enumerate(months[1:])
    return sa.case(*((at < start_of(end), place) for place, end in ends), else_=len(months) - 1)


def _within(at: Any, months: Sequence[date]) -> tuple[sa.ColumnElement[bool], ...]:
    return at >= start_of(months[0]), at < start_of(months[-1])
