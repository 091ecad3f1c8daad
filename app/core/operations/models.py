"""Tables of logs that were begun anew."""

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.core.keys import NewLogsReason
from app.core.storage.columns import Id, Instant, Json, Word
from app.core.storage.tables import Fact, Scope


class IncarnationRow(Fact):
    """A station went on in logs of its own, beside those it had written before."""

    __tablename__ = "incarnation"
    table_scope = Scope.IDENTITY

    station: Mapped[bytes] = mapped_column(sa.LargeBinary(32))
    incarnation: Mapped[bytes] = mapped_column(sa.LargeBinary(8))
    parent: Mapped[bytes] = mapped_column(sa.LargeBinary(8))
    """The incarnation that was written before."""
    heads: Mapped[Any] = mapped_column(Json)
    """How far the parent's logs went, as this PC knows it: {scope: [number, hash in hexadecimal]}."""
    reason: Mapped[NewLogsReason] = mapped_column(Word(NewLogsReason))
    at: Mapped[datetime] = mapped_column(Instant)


class IncarnationSeenRow(Fact):
    """An administrator has read that a station went on in new logs."""

    __tablename__ = "incarnation_seen"
    table_scope = Scope.IDENTITY

    incarnation_id: Mapped[UUID] = mapped_column(Id, sa.ForeignKey("incarnation.id"), index=True)
    at: Mapped[datetime] = mapped_column(Instant)
