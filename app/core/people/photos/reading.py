"""Reading photos: the last one of each."""

from collections.abc import Collection
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.people.photos.models import PersonPhotoRow

_FEW = 500


def last_photo(session: Session, person_id: UUID) -> PersonPhotoRow | None:
    """Return the row that says which photo somebody has; None where nobody ever gave one."""
    newest = sa.select(PersonPhotoRow).where(PersonPhotoRow.person_id == person_id)
    ordered = newest.order_by(PersonPhotoRow.at.desc(), PersonPhotoRow.id.desc())
    return session.scalars(ordered.limit(1)).first()


def photo_of(session: Session, person_id: UUID | None) -> bytes:
    """Return somebody's photo as JPEG; b"" where there is none."""
    row = None if person_id is None else last_photo(session, person_id)
    return b"" if row is None else bytes(row.photo)


def photos_of(session: Session, people: Collection[UUID]) -> dict[UUID, bytes]:
    """Return the photos of those who have one."""
    wanted, found = sorted(people), dict[UUID, bytes]()
    for start in range(0, len(wanted), _FEW):
        rows = session.execute(
            sa.select(PersonPhotoRow.person_id, PersonPhotoRow.photo)
            .where(PersonPhotoRow.person_id.in_(wanted[start : start + _FEW]))
            .order_by(PersonPhotoRow.at, PersonPhotoRow.id)
        )
        found.update({person_id: bytes(photo) for person_id, photo in rows})
    return {person_id: photo for person_id, photo in found.items() if photo}
