"""What became of versions of the program, as records."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.core.operations.program.types import ProgramEvent
from app.core.storage.columns import Instant, Word
from app.core.storage.tables import Fact, Scope


class ProgramEventRow(Fact):
    """A version was released, installed on a PC, in use there for the first time, or left again."""

    __tablename__ = "program_event"
    table_scope = Scope.IDENTITY

    station: Mapped[bytes] = mapped_column(sa.LargeBinary(32))
    event: Mapped[ProgramEvent] = mapped_column(Word(ProgramEvent))
    version: Mapped[str]
    former: Mapped[str]
    """The version that was in force before; of one that was left, the one that took its place. May be empty."""
    digest: Mapped[bytes] = mapped_column(sa.LargeBinary(32))
    """SHA-256 of the signed list in the upgrade file; empty where it is not known."""
    what: Mapped[str]
    """Why a version was left, or which site released the one that was installed."""
    is_by_hand: Mapped[bool]
    """Whether somebody decided it, and not the program by itself."""
    at: Mapped[datetime] = mapped_column(Instant)
