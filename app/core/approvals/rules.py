"""What a site asks for before a kind of thing is used: whether it is approved, and by how many people.

An administrator alone lets it ask for more: that is the row. That it asks for less is proposed, and approved by
somebody else; what stands then follows from the row and from the proposals that count on a day (ADR 82).
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.approvals.in_sql import state_in_sql, steps_of
from app.core.approvals.models import ApprovalEasingRow, ApprovalRuleRow
from app.core.approvals.states import Subject, SubjectState, standing_of
from app.core.approvals.steps import retire
from app.core.base.actor import Actor
from app.core.base.words import _
from app.core.journal import Unit

EASING = "approval_easing"
"""Kind of subject: the id is that of the proposal."""
_GIVEN = (SubjectState.APPROVED, SubjectState.EFFECTIVE)
_OPEN = (SubjectState.IN_REVIEW, SubjectState.APPROVED)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a site asks for of a kind of thing, on a day."""

    is_asked: bool
    approvers: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Eased:
    """What holds of a site and kind because somebody else approved that it asks for less."""

    site_id: UUID
    kind: str
    asked: Asked


def asked_in_words(asked: Asked) -> str:
    """Return what a site asks for of a kind, as a sentence."""
    if not asked.is_asked:
        return _("Published without approval: this site does not ask for it.")
    if asked.approvers > 1:
        return _("Two others review and sign before it is used.")
    return _("Somebody else reviews and signs before it is used.")


def asked_of(session: Session, site_id: UUID | None, kind: str, today: date) -> Asked:
    """Return what a site asks for of a kind on a day; where nobody said anything, nothing."""
    row = _row(session, site_id, kind)
    if row is None:
        return Asked(is_asked=False, approvers=1)
    eased = session.scalars(_easings(today, [SubjectState.EFFECTIVE], site_id, kind)).all()
    return Asked(
        is_asked=row.is_asked and all(one.is_asked for one in eased),
        approvers=min([row.approvers, *(one.approvers for one in eased)]),
    )


def is_asked(session: Session, site_id: UUID | None, kind: str, today: date) -> bool:
    """Tell whether a site asks for an approval of a kind of thing on a day."""
    return asked_of(session, site_id, kind, today).is_asked


def approvers_asked(session: Session, site_id: UUID | None, kind: str, today: date) -> int:
    """Return how many people approve a thing of a kind that is submitted at a site: one, or as it says."""
    return asked_of(session, site_id, kind, today).approvers


def easings_in_force(session: Session, today: date) -> Iterator[Eased]:
    """Yield what holds on a day because sites ask for less, in an order that is the same on every PC."""
    for one in session.scalars(_easings(today, [SubjectState.EFFECTIVE])):
        asked = Asked(is_asked=one.is_asked, approvers=one.approvers)
        yield Eased(site_id=one.site_id, kind=one.subject_kind, asked=asked)


def waiting_easing(
    session: Session, site_id: UUID | None, kind: str, today: date
) -> Subject | None:
    """Return the proposal to ask for less of a kind that waits for somebody else, or for its day."""
    found = session.scalars(_easings(today, _OPEN, site_id, kind)).first()
    return None if found is None else Subject(EASING, found.id)


def eased_on(
    session: Session, site_id: UUID | None, kind: str, today: date
) -> tuple[tuple[Subject, date, str], ...]:
    """Return the proposals of a site and kind that count or will: each with its first day and its reason, by day."""
    found = []
    for one in session.scalars(_easings(today, _GIVEN, site_id, kind)):
        subject = Subject(EASING, one.id)
        standing = standing_of(steps_of(session, subject), today)
        found.append((subject, standing.effective_on or date.max, one.reason))
    return tuple(sorted(found, key=lambda each: (each[1], each[0].id)))


def ask_more(
    unit: Unit, actor: Actor, site_id: UUID, kind: str, asked: Asked, reason: str, now: datetime
) -> None:
    """Let a site ask for so much of a kind from now on; proposals by which it asks for less are over."""
    row = _row(unit, site_id, kind)
    if row is None:
        row = ApprovalRuleRow(site_id=site_id, subject_kind=kind, is_asked=False, approvers=1)
        unit.add(row)
    row.is_asked = row.is_asked or asked.is_asked
    row.approvers = max(row.approvers, asked.approvers)
    today = now.astimezone().date()
    for one in unit.scalars(_easings(today, _GIVEN, site_id, kind)).all():
        if one.approvers < asked.approvers or (asked.is_asked and not one.is_asked):
            retire(unit, actor, Subject(EASING, one.id), reason=reason, now=now)
    unit.flush()


def _easings(
    today: date,
    states: Collection[SubjectState],
    site_id: UUID | None = None,
    kind: str | None = None,
) -> sa.Select[ApprovalEasingRow]:
    """Return a query for proposals in some states; of all sites and kinds where none is named."""
    row = ApprovalEasingRow
    stands = state_in_sql(EASING, row.id, today).in_([one.value for one in states])
    of_kind = [] if kind is None else [row.site_id == site_id, row.subject_kind == kind]
    return sa.select(row).where(stands, *of_kind).order_by(row.at, row.id)


def _row(session: Session, site_id: UUID | None, kind: str) -> ApprovalRuleRow | None:
    return session.scalar(
        sa.select(ApprovalRuleRow).where(
            ApprovalRuleRow.site_id == site_id, ApprovalRuleRow.subject_kind == kind
        )
    )
