"""Reading requirements: their rows, their terms, and what is linked to them."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from functools import cache
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from app.core.approvals import Subject
from app.core.base.errors import NotFound, NotOne
from app.core.base.words import _
from app.core.storage.columns import Id
from app.core.training.kinds import LinkKind
from app.core.training.models import (
    AssignmentRow,
    LegalReferenceRow,
    RequirementLinkRow,
    RequirementRow,
    RequirementTermsRow,
)
from app.core.training.neighbours import neighbours
from app.core.training.requirements.types import LegalReference, Linked, RequirementSummary
from app.core.training.terms import Terms, last_day_nearing, terms_on

TERMS = (
    "from_on", "validity", "valid_count", "valid_until_on", "keeps_anniversary", "window_days",
    "due_rule", "due_days", "due_day", "renewal_due_days", "grace_days", "evidence", "substitutes",
    "prior_days", "signed", "gives_certificate", "template", "trainer_registered",
)  # fmt: skip
"""The columns of terms: fields of `Terms` and of its row alike."""


def requirement_subject(requirement_id: UUID) -> Subject:
    """Return a requirement as the steps know it by which it was retired and brought back."""
    return Subject(kind="requirement", id=requirement_id)


def by_code(session: Session, code: str) -> RequirementRow:
    """Return the requirement with a code. Raises NotFound, NotOne."""
    found = session.scalars(sa.select(RequirementRow).where(RequirementRow.code == code)).all()
    what = _("The requirement {code}").format(code=code)
    if not found:
        raise NotFound(what)
    if len(found) > 1:
        raise NotOne(what)
    return found[0]


def free_code(session: Session, wanted: str) -> str:
    """Return a code that no requirement has: the one that is wished for, or with a number behind it."""
    taken = set(session.scalars(sa.select(RequirementRow.code)))
    numbered = (f"{wanted}{number}" for number in range(2, len(taken) + 3))
    return next(one for one in (wanted, *numbered) if one not in taken)


def awaits_publishing(session: Session, row: RequirementRow) -> bool:
    """Tell whether a requirement is a course of which nothing is published yet."""
    return session.scalar(_awaiting().where(RequirementRow.id == row.id)) is not None


def _awaiting() -> sa.Select[UUID]:
    """Select the requirements that are courses of which nothing is published yet."""
    course = neighbours().course
    return (
        sa.select(RequirementRow.id)
        .join(course, course.id == RequirementRow.course_id)
        .where(course.current_version_id.is_(None))
    )


def by_id(session: Session, requirement_id: UUID) -> RequirementRow:
    """Return a requirement's row. Raises NotFound."""
    row = session.get(RequirementRow, requirement_id)
    if row is None:
        raise NotFound(_("The requirement"))
    return row


def all_terms(
    session: Session, requirement_ids: Iterable[UUID] | None = None
) -> dict[UUID, list[Terms]]:
    """Return the terms of some requirements, or of all, oldest first, by requirement."""
    if requirement_ids is None:
        rows = session.scalars(_terms_rows())
    else:
        rows = session.scalars(_terms_rows_of_some(), {"requirements": list(requirement_ids)})
    found: dict[UUID, list[Terms]] = defaultdict(list)
    for row in rows:
        found[row.requirement_id].append(_terms(row))
    return found


def _terms_rows() -> sa.Select[RequirementTermsRow]:
    return sa.select(RequirementTermsRow).order_by(RequirementTermsRow.from_on)


@cache
def _terms_rows_of_some() -> sa.Select[RequirementTermsRow]:
    """Select those of `requirements`. Put together once: it is asked for every cycle that opens."""
    some = sa.bindparam("requirements", type_=Id(), expanding=True)
    return _terms_rows().where(RequirementTermsRow.requirement_id.in_(some))


def terms_of(session: Session, requirement_id: UUID, day: date) -> Terms:
    """Return the terms of a requirement that are in force on a day.

    A course has the defaults before it says anything; of anything else the first terms count for
    evidence that is older than they are.
    """
    said = all_terms(session, [requirement_id]).get(requirement_id, [])
    if said and by_id(session, requirement_id).course_id is None:
        day = max(day, said[0].from_on)
    return terms_on(day, said)


def summaries(session: Session, today: date) -> list[RequirementSummary]:
    """Return every requirement by title."""
    terms = all_terms(session)
    is_open = sa.select(AssignmentRow.requirement_id, sa.func.count()).where(
        AssignmentRow.closed_at.is_(None)
    )
    found = session.execute(is_open.group_by(AssignmentRow.requirement_id))
    counts: dict[UUID, int] = {requirement_id: count for requirement_id, count in found}  # noqa: C416  rows, not tuples
    rows = session.scalars(
        sa.select(RequirementRow).order_by(RequirementRow.title, RequirementRow.code)
    )
    awaiting = set(session.scalars(_awaiting()))
    return [
        summary(row, terms.get(row.id, []), counts.get(row.id, 0), today, awaits=row.id in awaiting)
        for row in rows
    ]


def open_assignments(session: Session, requirement_id: UUID) -> int:
    """Return how many assignments of a requirement nothing has closed."""
    is_open = AssignmentRow.requirement_id == requirement_id, AssignmentRow.closed_at.is_(None)
    return session.scalar(sa.select(sa.func.count()).where(*is_open)) or 0


def summary(
    row: RequirementRow,
    terms: Iterable[Terms],
    open_assignments: int,
    today: date,
    *,
    awaits: bool = False,
) -> RequirementSummary:
    """Return a row as the list shows it."""
    known = list(terms)
    return RequirementSummary(
        id=row.id,
        code=row.code,
        title=row.title,
        type=row.type,
        course_id=row.course_id,
        course_months=row.valid_months,
        retired_on=row.retired_on,
        awaits_publishing=awaits,
        terms=terms_on(today, known),
        open_assignments=open_assignments,
        last_day=None if _is_retired(row, today) else last_day_nearing(known, today),
    )


def lacking_last_day(session: Session, today: date) -> list[str]:
    """Return the titles of what is asked for and nobody can hold soon, or any more, for want of a last day."""
    near = {
        requirement_id
        for requirement_id, said in all_terms(session).items()
        if last_day_nearing(said, today) is not None
    }
    rows = session.scalars(sa.select(RequirementRow).where(RequirementRow.id.in_(near)))
    return sorted(row.title for row in rows if not _is_retired(row, today))


def _is_retired(row: RequirementRow, today: date) -> bool:
    return row.retired_on is not None and row.retired_on <= today


def links_of(session: Session, requirement_id: UUID) -> tuple[Linked, ...]:
    """Return what comes before a requirement and what stands in for it, by kind and code."""
    other = aliased(RequirementRow)
    statement = (
        sa.select(RequirementLinkRow.id, RequirementLinkRow.kind, other.id, other.code, other.title)
        .join(other, other.id == RequirementLinkRow.other_id)
        .where(
            RequirementLinkRow.requirement_id == requirement_id,
            RequirementLinkRow.ended_on.is_(None),
        )
        .order_by(RequirementLinkRow.kind, other.code)
    )
    return tuple(
        Linked(id=link_id, kind=kind, other_id=other_id, code=code, title=title)
        for link_id, kind, other_id, code, title in session.execute(statement)
    )


def edges(session: Session, kind: LinkKind) -> dict[UUID, frozenset[UUID]]:
    """Return which requirements lead to which by links of a kind that stand."""
    statement = sa.select(RequirementLinkRow.requirement_id, RequirementLinkRow.other_id).where(
        RequirementLinkRow.kind == kind, RequirementLinkRow.ended_on.is_(None)
    )
    found: dict[UUID, set[UUID]] = defaultdict(set)
    for requirement_id, other_id in session.execute(statement):
        found[requirement_id].add(other_id)
    return {one: frozenset(others) for one, others in found.items()}


def laws_of(session: Session, requirement_id: UUID) -> tuple[LegalReference, ...]:
    """Return the laws that a requirement rests on, those of before first."""
    statement = (
        sa.select(LegalReferenceRow)
        .where(
            LegalReferenceRow.requirement_id == requirement_id,
            LegalReferenceRow.removed.is_(False),
        )
        .order_by(LegalReferenceRow.from_on, LegalReferenceRow.act, LegalReferenceRow.clause)
    )
    return tuple(
        LegalReference(
            act=row.act, clause=row.clause, from_on=row.from_on, to_on=row.to_on, id=row.id
        )
        for row in session.scalars(statement)
    )


def _terms(row: RequirementTermsRow) -> Terms:
    return Terms(**{name: getattr(row, name) for name in TERMS})
