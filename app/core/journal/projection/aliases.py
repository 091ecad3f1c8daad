"""What is shown for a row that a screen, or another program, still knows by its own id."""

from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.journal.projection.models import AsideRow
from app.core.storage.tables import Base, table_of


def shown_for(session: Session, model: type[Base], key: UUID) -> UUID:
    """Return the id of the row that is shown for one: its own, unless it stands aside (ADR 16)."""
    found = session.scalar(
        sa.select(AsideRow.shown_id).where(
            AsideRow.table_name == table_of(model).name, AsideRow.row_id == key
        )
    )
    return found or key
