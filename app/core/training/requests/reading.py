"""Reading requests for training, each with the newest reply to it."""

from collections.abc import Iterable
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.training.models import RequirementRow
from app.core.training.neighbours import neighbours
from app.core.training.requests.models import TrainingReplyRow, TrainingRequestRow
from app.core.training.requests.types import TrainingReply, TrainingRequest


def requests_where(
    session: Session, conditions: Iterable[sa.ColumnElement[bool]]
) -> tuple[TrainingRequest, ...]:
    """Return requests that meet conditions, the newest first, with their newest replies."""
    listing = neighbours().listing
    found = session.execute(
        sa.select(TrainingRequestRow, RequirementRow.title, listing.number, listing.name)
        .join(listing, listing.person_id == TrainingRequestRow.person_id)
        .outerjoin(RequirementRow, RequirementRow.id == TrainingRequestRow.requirement_id)
        .where(*conditions)
        .order_by(TrainingRequestRow.at.desc(), TrainingRequestRow.id.desc())
    ).all()
    replies = _replies(session, [row.id for row, *_rest in found])
    return tuple(
        TrainingRequest(
            id=row.id,
            person_id=row.person_id,
            number=number,
            name=name,
            requirement_id=row.requirement_id,
            title=title or "",
            words=row.words,
            at=row.at,
            reply=replies.get(row.id),
        )
        for row, title, number, name in found
    )


def is_waiting() -> sa.ColumnElement[bool]:
    """Return the condition that nobody has replied to a request."""
    return ~sa.exists().where(TrainingReplyRow.request_id == TrainingRequestRow.id)


def waiting_of_pair(session: Session, person_id: UUID, requirement_id: UUID) -> list[UUID]:
    """Return the requests of somebody for a requirement that wait: two, where two PCs took one each."""
    row = TrainingRequestRow
    waiting = sa.select(row.id).where(
        row.person_id == person_id, row.requirement_id == requirement_id, is_waiting()
    )
    return list(session.scalars(waiting.order_by(row.at, row.id)))


def _replies(session: Session, requests: list[UUID]) -> dict[UUID, TrainingReply]:
    rows = session.scalars(
        sa.select(TrainingReplyRow)
        .where(TrainingReplyRow.request_id.in_(requests))
        .order_by(TrainingReplyRow.at, TrainingReplyRow.id)
    )
    return {
        row.request_id: TrainingReply(
            is_granted=row.is_granted,
            planned_on=row.planned_on,
            words=row.words,
            at=row.at,
            by=row.by_name,
        )
        for row in rows
    }
