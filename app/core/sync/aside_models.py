"""Tables of what revoked PCs wrote after their last accepted entry."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.core.storage.columns import Id, Instant
from app.core.storage.tables import DoneBy, Fact, Local, Scope


class AsideEntryRow(Local):
    """An entry that came and counts nowhere: its PC was revoked before it. It is kept, and given to nobody."""

    __tablename__ = "entry_aside"

    hash: Mapped[bytes] = mapped_column(sa.LargeBinary(32), primary_key=True)
    """Of the entry in its chain: what comes twice is here once, and two ways of a log are two."""
    station: Mapped[bytes] = mapped_column(sa.LargeBinary(32), index=True)
    incarnation: Mapped[bytes] = mapped_column(sa.LargeBinary(8))
    scope: Mapped[str]
    seq: Mapped[int] = mapped_column(sa.BigInteger)
    stamp: Mapped[int] = mapped_column(sa.BigInteger)
    wall: Mapped[datetime] = mapped_column(Instant)
    """By the clock of that PC, as are the columns that follow its own words."""
    offset_minutes: Mapped[int]
    actor: Mapped[UUID | None] = mapped_column(Id)
    action: Mapped[str]
    reason: Mapped[str]
    body: Mapped[bytes] = mapped_column(sa.LargeBinary)
    came_at: Mapped[datetime] = mapped_column(Instant)
    brought_by: Mapped[bytes] = mapped_column(sa.LargeBinary(32))
    """Whose file it lay in: the PC itself, or one that had not heard."""


class AsideDecisionRow(DoneBy, Fact):
    """Somebody looked at what a revoked PC wrote after its last accepted entry, and signed that it stays aside."""

    __tablename__ = "aside_decision"
    table_scope = Scope.IDENTITY

    station: Mapped[bytes] = mapped_column(sa.LargeBinary(32), index=True)
    entries: Mapped[int]
    """So many lay aside on the PC where it was decided."""
    digest: Mapped[bytes] = mapped_column(sa.LargeBinary(32))
    """SHA-256 over the hashes of these entries, in their order: which they were."""
    reason: Mapped[str]
