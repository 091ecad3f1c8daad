"""Rows that this program leaves alone: a newer one wrote what it would break (ADR 75)."""

from collections.abc import Collection
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.errors import UserFacingError
from app.core.base.words import _
from app.core.journal.projection.models import HeldRow
from app.core.storage.prepared import Hand, Prepared

HELD = "row_held"
"""Of what is announced: that rows are held."""

_ANY = Prepared(sa.select(sa.exists(sa.select(HeldRow.row_id))))
_OF_ROW = Prepared(
    sa.select(HeldRow.row_id).where(
        HeldRow.row_id == sa.bindparam("row_id", type_=HeldRow.row_id.type),
        HeldRow.table_name == sa.bindparam("table_name", type_=HeldRow.table_name.type),
    )
)


class MadeByNewer(UserFacingError):
    """A row was to be edited of which a newer program wrote what this one would break."""

    def __init__(self) -> None:
        super().__init__(
            _("This record holds something that was made by a newer version of Daksha."),
            safe=_("Nothing was changed; it can be read here."),
            remedy=_("Update Daksha on this PC, or change it on a PC with the newer version."),
        )


def held_in_words() -> str:
    """Return the sentence that stands above a record which cannot be changed here."""
    return _(
        "This record holds something that was made by a newer version of Daksha: it can be read here, "
        "and changed once Daksha is updated on this PC."
    )


def is_any_held(hand: Hand) -> bool:
    """Tell whether any row is held at all."""
    ((found,),) = _ANY.run_by(hand, {})
    return bool(found)


def refuse_held(hand: Hand, table: str, key: UUID) -> None:
    """Raise MadeByNewer for a row that is held."""
    if _OF_ROW.run_by(hand, {"row_id": key, "table_name": table}):
        raise MadeByNewer


def held_rows(session: Session, row_ids: Collection[UUID]) -> frozenset[UUID]:
    """Return those of some rows, whatever tables they are of, that this program must not edit."""
    return frozenset(session.scalars(sa.select(HeldRow.row_id).where(HeldRow.row_id.in_(row_ids))))
