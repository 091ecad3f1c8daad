"""Reviews of documents among the work that is due: who sees to one stands where the learner does."""

from collections.abc import Collection, Iterable
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.storage.columns import Day, Id
from app.core.storage.said import said_rows
from app.core.training.controlled import ReviewToSee, reviews_to_see
from app.core.training.neighbours import neighbours
from app.core.training.reminders.reading import due_of, who_columns
from app.core.training.reminders.types import Asked, Due

Reviews = Collection[ReviewToSee]
_REVIEW = (
    sa.column("id", Id()),
    sa.column("person_id", Id()),
    sa.column("due_on", Day()),
    sa.column("code", sa.String()),
    sa.column("title", sa.String()),
)


def due_reviews(session: Session, until: date, asked: Asked) -> Reviews:
    """Return the reviews that are due until a day, each for who sees to it."""
    found = reviews_to_see(session, until, asked.day)
    return [one for one in found if asked.of is None or one.keeper.id in asked.of]


def review_rows(reviews: Reviews) -> sa.CTE:
    """Return reviews, at least one, as rows that a statement joins."""
    rows = [
        (one.keeper.id, one.keeper.person_id, one.due_on, one.number, one.title) for one in reviews
    ]
    return said_rows(_REVIEW, rows)


def reviews_of(
    session: Session, reviews: Reviews, wanted: Iterable[UUID], day: date
) -> dict[UUID, Due]:
    """Return those reviews whose ids are wanted, as work of who sees to each."""
    ids = set(wanted)
    some = [one for one in reviews if one.keeper.id in ids]
    if not some:
        return {}
    row, listing = review_rows(some), neighbours().listing
    found = session.execute(
        sa.select(row, sa.null().label("late_after"), *who_columns(row.c.person_id, day))
        .join(listing, listing.person_id == row.c.person_id)
        .join(neighbours().person, neighbours().person.id == row.c.person_id)
    )
    return {one.id: due_of(one, is_review=True) for one in found}
