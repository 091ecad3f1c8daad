"""The table of qualifications."""

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.core.storage.columns import Id, Instant, Json
from app.core.storage.tables import BY, PERSONAL, Fact, Scope


class QualificationRow(Fact):
    """The program was qualified on a PC: every step, and the report that was made of it."""

    __tablename__ = "qualification"
    table_scope = Scope.IDENTITY

    station: Mapped[bytes] = mapped_column(sa.LargeBinary(32))
    pc: Mapped[str]
    version: Mapped[str]
    """Of the program."""
    parts: Mapped[Any] = mapped_column(Json)
    """A list of `QualificationPart` values."""
    steps: Mapped[Any] = mapped_column(Json)
    """A list of {key, part, title, expected, actual, result}."""
    failed: Mapped[int]
    """How many of them failed."""
    is_signed: Mapped[bool]
    sha256: Mapped[str] = mapped_column(sa.String(64))
    """Of the report in the asset store."""
    at: Mapped[datetime] = mapped_column(Instant)
    by: Mapped[UUID | None] = mapped_column(Id)
    by_name: Mapped[str] = mapped_column(info={PERSONAL: BY})
