"""The table of tests of badge readers."""

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.core.storage.tables import DoneBy, Fact, Scope


class ReaderTestRow(DoneBy, Fact):
    """A badge was held to a reader of a PC, and whether it was read as it should."""

    __tablename__ = "reader_test"
    table_scope = Scope.IDENTITY

    station: Mapped[bytes] = mapped_column(sa.LargeBinary(32), index=True)
    pc: Mapped[str]
    reader: Mapped[str]
    """What somebody calls it: where it stands, or the number on it."""
    is_right: Mapped[bool]
    remark: Mapped[str]
