"""The table of tests of badge readers."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.core.storage.columns import Id, Instant
from app.core.storage.tables import BY, PERSONAL, Fact, Scope


class ReaderTestRow(Fact):
    """A badge was held to a reader of a PC, and whether it was read as it should."""

    __tablename__ = "reader_test"
    table_scope = Scope.IDENTITY

    station: Mapped[bytes] = mapped_column(sa.LargeBinary(32), index=True)
    pc: Mapped[str]
    reader: Mapped[str]
    """What somebody calls it: where it stands, or the number on it."""
    is_right: Mapped[bool]
    remark: Mapped[str]
    at: Mapped[datetime] = mapped_column(Instant)
    by: Mapped[UUID | None] = mapped_column(Id)
    by_name: Mapped[str] = mapped_column(info={PERSONAL: BY})
