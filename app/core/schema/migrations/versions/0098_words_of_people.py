"""The list of people keeps location, shift and agency as words, so that rules mean them however they are spelt."""

import sqlalchemy as sa
from alembic import op

from app.core.storage.folding import AsWord

revision = "0098"
down_revision = "0097"

_LISTING = "person_listing"
_NAMES = ("location", "shift", "agency")


def upgrade() -> None:
    """Bring the schema from the revision before to this one."""
    for name in _NAMES:
        word = sa.Column(f"{name}_word", sa.String(), nullable=False, server_default="")
        op.add_column(_LISTING, word)
    op.execute(_filled())


def _filled() -> sa.Update:
    """Return what takes over what is written of everybody; the list holds it from now on."""
    person = sa.table("person", sa.column("id"), *map(sa.column, _NAMES))
    listing = sa.table(
        _LISTING, sa.column("person_id"), *(sa.column(f"{one}_word") for one in _NAMES)
    )
    is_same = person.c.id == listing.c.person_id
    return (
        sa.update(listing)
        .values(
            {
                f"{one}_word": sa.select(AsWord(person.c[one])).where(is_same).scalar_subquery()
                for one in _NAMES
            }
        )
        .where(sa.exists().where(is_same))
    )
