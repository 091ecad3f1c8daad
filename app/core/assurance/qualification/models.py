"""The table of qualifications."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.core.storage.columns import Json
from app.core.storage.tables import DoneBy, Fact, Scope


class QualificationRow(DoneBy, Fact):
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
