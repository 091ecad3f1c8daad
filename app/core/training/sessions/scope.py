"""For whom a trainer takes the roll and signs: within the scope of now, or of the day of the session.

Whoever is moved to another department after a class was taught in the old one.
"""

from collections.abc import Collection
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.actor import Actor, Capability
from app.core.people import place_of
from app.core.training.neighbours import neighbours
from app.core.training.sessions.models import ClassSessionRow


def within_scope(
    session: Session, actor: Actor, row: ClassSessionRow, people: Collection[UUID]
) -> frozenset[UUID]:
    """Return for whom of these people the actor may assign, now or on the day of the session.

    Raises NotAllowed for who may for nobody at all.
    """
    scope = actor.scope_of(Capability.ASSIGN)
    if scope is None:
        return frozenset(people)
    listing, placement = neighbours().listing, neighbours().placement
    day = row.starts_at.astimezone().date()
    now = sa.select(listing.person_id).where(
        listing.person_id.in_(people), listing.org_unit_id.in_(scope)
    )
    then = sa.select(placement.person_id).where(
        placement.person_id.in_(people),
        placement.org_unit_id.in_(scope),
        placement.from_on <= day,
        sa.or_(placement.to_on.is_(None), placement.to_on >= day),  # moved on that very day
    )
    return frozenset(session.scalars(now.union(then)))


def require_within(session: Session, actor: Actor, row: ClassSessionRow, person_id: UUID) -> None:
    """Raise NotAllowed unless the actor may assign for somebody, now or on the day of the session."""
    if person_id not in within_scope(session, actor, row, [person_id]):
        actor.require(Capability.ASSIGN, place_of(session, person_id))
