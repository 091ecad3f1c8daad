"""Reading reviews of documents: which were made, which are due, and who sees to them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.storage.columns import Day
from app.core.training.controlled.models import (
    ControlledDocumentRow,
    DocumentKeeperRow,
    DocumentReviewRow,
    DocumentRevisionRow,
)
from app.core.training.controlled.review_rules import next_offered
from app.core.training.controlled.review_types import Keeper, Review, ReviewToSee
from app.core.training.controlled.states import Known, known_of
from app.core.training.neighbours import neighbours

_FEW = 50
"""Documents up to which each is asked about by itself."""


def review_of(row: DocumentReviewRow, known: Known, names: Mapping[UUID, str]) -> Review:
    """Return a review as it is shown; `names` are those of accounts."""
    return Review(
        id=row.id,
        revision_id=row.revision_id,
        label=known.label(row.revision_id),
        outcome=row.outcome,
        remark=row.remark,
        due_on=row.due_on,
        next_due=row.next_due,
        at=row.at,
        by=row.by,
        by_name="" if row.by is None else names.get(row.by, ""),
    )


def offered(known: Known, today: date) -> date | None:
    """Return the day that is offered for the next review: the span of before, from today on."""
    row = known.in_force(today)
    if row is None:
        return None
    last = known.last_stay(row.id)
    if last is not None:
        return next_offered(today, last.at.astimezone().date(), last.next_due)
    return next_offered(today, row.effective_from, row.review_due)


def keepers(
    session: Session, document_ids: Collection[UUID] | None = None
) -> dict[UUID, tuple[Keeper, ...]]:
    """Return who sees to the reviews of documents, or of all, at each site that named somebody."""
    person, row = neighbours().person, DocumentKeeperRow
    said = (
        sa.select(row, person.number, person.name)
        .outerjoin(person, person.id == row.person_id)
        .order_by(row.at, row.id)
    )
    if document_ids is not None:
        said = said.where(row.document_id.in_(document_ids))
    last = {(one.document_id, one.site_id): (one, *who) for one, *who in session.execute(said)}
    found: dict[UUID, list[Keeper]] = defaultdict(list)
    for one, number, name in last.values():
        if one.person_id is not None:
            keeper = Keeper(
                id=one.id,
                document_id=one.document_id,
                site_id=one.site_id,
                person_id=one.person_id,
                number=number,
                name=name,
            )
            found[one.document_id].append(keeper)
    return {key: tuple(sorted(some, key=lambda one: one.name)) for key, some in found.items()}


def reviews_to_see(session: Session, until: date, today: date) -> tuple[ReviewToSee, ...]:
    """Return the reviews that are due until a day and that somebody sees to; once for each of them."""
    named = keepers(session)
    if not named:
        return ()
    known = _known_due(session, until, today, named)
    return tuple(
        ReviewToSee(
            keeper=keeper, number=one.document.number, title=one.document.title, due_on=due_on
        )
        for key, (one, due_on) in known.items()
        for keeper in named[key]
    )


def reviews_overdue(session: Session, today: date) -> tuple[str, ...]:
    """Return the numbers of the documents whose review was due before a day, by number."""
    found = _known_due(session, today, today, None)
    return tuple(sorted(one.document.number for one, due_on in found.values() if due_on < today))


def _known_due(
    session: Session, until: date, today: date, among: Iterable[UUID] | None
) -> dict[UUID, tuple[Known, date]]:
    """Return the documents, or some of them, whose review is due until a day, with that day."""
    ids = set(_may_be_due(session, until))
    if among is not None:
        ids &= set(among)
    found = {}
    for key, one in _known(session, today, ids).items():
        row = one.in_force(today)
        due_on = None if row is None else one.review_due(row)
        if due_on is not None and due_on <= until:
            found[key] = (one, due_on)
    return found


def _known(session: Session, today: date, ids: set[UUID]) -> dict[UUID, Known]:
    """Return some documents with their revisions; many are faster found among all."""
    if not ids:
        return {}
    every = known_of(session, today, ids if len(ids) <= _FEW else None)
    return {key: one for key, one in every.items() if key in ids}


def _may_be_due(session: Session, until: date) -> Iterable[UUID]:
    """Return the documents of which any revision or review names such a day."""
    day, document = sa.literal(until, Day), ControlledDocumentRow
    return session.scalars(
        sa.select(document.id).where(
            sa.or_(
                document.id.in_(
                    sa.select(DocumentRevisionRow.document_id).where(
                        DocumentRevisionRow.review_due <= day
                    )
                ),
                document.id.in_(
                    sa.select(DocumentReviewRow.document_id).where(
                        DocumentReviewRow.next_due <= day
                    )
                ),
            )
        )
    ).all()
