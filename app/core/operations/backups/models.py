"""What was done with backups, as records."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.core.operations.backups.types import BackupEvent
from app.core.storage.columns import Instant, Word
from app.core.storage.tables import Fact, Scope


class BackupEventRow(Fact):
    """Something that was done with a backup: made, verified, restored, or it did not work."""

    __tablename__ = "backup_event"
    table_scope = Scope.IDENTITY

    station: Mapped[bytes] = mapped_column(sa.LargeBinary(32))
    event: Mapped[BackupEvent] = mapped_column(Word(BackupEvent))
    digest: Mapped[bytes] = mapped_column(sa.LargeBinary(32))
    """SHA-256 of the backup's file, which tells it from every other; empty when there is none."""
    made_at: Mapped[datetime] = mapped_column(Instant)
    """When the backup was made."""
    place: Mapped[str]
    """The folder it lies in."""
    what: Mapped[str] = mapped_column(default="")
    """What did not work, in the words that were told."""
    at: Mapped[datetime] = mapped_column(Instant)
