"""A requirement that wants a document read no more: retired, brought back, or pointed at another (ADR 44).

What people are asked to read changes by it as by a new revision, so it is signed over what follows, by
somebody who did not write what they read until then. Where nothing of the document was ever approved,
nobody was asked to read anything, and nothing is signed.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.approvals import Step, keep_decision
from app.core.base.actor import Actor
from app.core.base.reasons import explained
from app.core.journal import Unit
from app.core.signatures import NotSigned, Undersigned
from app.core.training.controlled import queries
from app.core.training.controlled.access import managed
from app.core.training.controlled.counting import people_in
from app.core.training.controlled.ending import require_another, stands
from app.core.training.controlled.models import ControlledDocumentRow, DocumentRequirementRow
from app.core.training.controlled.pointing import check_pointing
from app.core.training.controlled.reach import concerned
from app.core.training.controlled.states import pointing_subject
from app.core.training.controlled.words import (
    Wanting,
    called,
    pointing_text,
    requirement_end_text,
    requirement_return_text,
)
from app.core.training.requirements.queries import by_id


@dataclass(frozen=True, slots=True)
class Left:
    """A requirement that wants a document read which people could read."""

    requirement_id: UUID
    document: ControlledDocumentRow
    label: str
    """Of the revision that stands."""


def retirement_words(
    session: Session, actor: Actor, requirement_id: UUID, on: date, reason: str, today: date
) -> str:
    """Return what is signed when a requirement is retired; "" for one that wants no document read.

    Raises NotAllowed, OwnRevision, ReasonMissing.
    """
    left = _wanted_by(session, actor, requirement_id, today)
    if left is None:
        return ""
    return requirement_end_text(_wanting(session, left, today), on=on, reason=explained(reason))


def return_words(
    session: Session, actor: Actor, requirement_id: UUID, reason: str, today: date
) -> str:
    """Return what is signed when a requirement is brought back; "" for one that wants no document read.

    Raises as `retirement_words` does.
    """
    left = _wanted_by(session, actor, requirement_id, today)
    if left is None:
        return ""
    return requirement_return_text(_wanting(session, left, today), explained(reason))


def pointing_words(
    session: Session,
    actor: Actor,
    document_id: UUID,
    wanted: Collection[UUID],
    reason: str,
    today: date,
) -> str:
    """Return what is signed when just some requirements are to want a document read; "" where none is left.

    Raises as `retirement_words` and `check_pointing` do.
    """
    check_pointing(actor, session, document_id, wanted)
    left = list(_leaving(session, actor, document_id, wanted, today))
    if not left:
        return ""
    then = queries.document_row(session, document_id)
    known = queries.known(session, document_id, today)
    revision = stands(known, today)
    name = called(then.number, "" if revision is None else revision.label)
    moves = [
        (_wanting(session, one, today), name if one.requirement_id in wanted else "")
        for one in left
    ]
    return pointing_text(moves, explained(reason))


def sign_leaving(
    unit: Unit,
    actor: Actor,
    document_id: UUID,
    wanted: Collection[UUID],
    reason: str,
    signed: Undersigned | None,
    now: datetime,
) -> None:
    """Keep with a signature that requirements want other documents read from now on.

    Raises NotSigned, OwnRevision, ReadOtherwise, ReasonMissing, and what signing does.
    """
    today = now.astimezone().date()
    words = pointing_words(unit, actor, document_id, wanted, reason, today)
    if not words:
        return
    if signed is None:
        raise NotSigned
    left = {one.document.id for one in _leaving(unit, actor, document_id, wanted, today)}
    for one in sorted(left):
        subject = pointing_subject(one)
        keep_decision(
            unit, actor, subject, Step.RETIRED, signed, words=words, reason=reason, now=now
        )


def _leaving(
    session: Session, actor: Actor, document_id: UUID, wanted: Collection[UUID], today: date
) -> Iterator[Left]:
    """Yield what would want another document read than now, or none, in the order of its codes."""
    row = DocumentRequirementRow
    rows = session.scalars(
        sa.select(row).where(
            sa.or_(
                sa.and_(row.document_id == document_id, row.requirement_id.not_in(wanted)),
                sa.and_(row.document_id != document_id, row.requirement_id.in_(wanted)),
            )
        )
    ).all()
    for one in sorted(rows, key=lambda each: by_id(session, each.requirement_id).code):
        left = None if one.document_id is None else _left(session, actor, one, today)
        if left is not None:
            yield left


def _wanted_by(session: Session, actor: Actor, requirement_id: UUID, today: date) -> Left | None:
    row = session.scalar(
        sa.select(DocumentRequirementRow).where(
            DocumentRequirementRow.requirement_id == requirement_id,
            DocumentRequirementRow.document_id.is_not(None),
        )
    )
    return None if row is None else _left(session, actor, row, today)


def _left(session: Session, actor: Actor, row: DocumentRequirementRow, today: date) -> Left | None:
    """Return what wants a document read; None where nothing of it was ever approved. Raises OwnRevision."""
    if row.document_id is None:
        return None
    document = managed(actor, session, row.document_id)
    known = queries.known(session, document.id, today)
    revision = stands(known, today)
    if revision is None:
        return None
    require_another(session, actor, known, revision)
    return Left(row.requirement_id, document, revision.label)


def _wanting(session: Session, left: Left, today: date) -> Wanting:
    row = by_id(session, left.requirement_id)
    people = concerned(session, [row.id], None, today)
    return Wanting(
        code=row.code,
        title=row.title,
        document=called(left.document.number, left.label),
        document_title=left.document.title,
        people=people_in(people),
        held=people_in(one for one in people if one.is_held),
    )
