"""The table of photos."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.core.storage.columns import Id, Instant
from app.core.storage.tables import PERSONAL, Fact, Personal, Scope


class PersonPhotoRow(Fact):
    """Somebody got a photo, or has none any more. Of several the last one is shown."""

    __tablename__ = "person_photo"
    table_scope = Scope.IDENTITY

    person_id: Mapped[UUID] = mapped_column(Id, sa.ForeignKey("person.id"), index=True)
    photo: Mapped[bytes] = mapped_column(
        sa.LargeBinary, info={PERSONAL: Personal("person_id", b"")}
    )
    """JPEG, as `squaring.squared` makes it; empty where it was taken away."""
    at: Mapped[datetime] = mapped_column(Instant)
    """Later than that of any photo of theirs that whoever wrote it knew of, whatever the clock said."""
