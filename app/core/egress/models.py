"""The table of what left by way of somebody's hands."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.core.egress.kinds import FileKind
from app.core.storage.columns import Id, Instant, Word
from app.core.storage.tables import NAMES, PERSONAL, Fact, Personal, Scope


class SavedFileRow(Fact):
    """A file that somebody saved, or pages that somebody printed. Sync files have a table of their own."""

    __tablename__ = "saved_file"
    table_scope = Scope.IDENTITY

    kind: Mapped[FileKind] = mapped_column(Word(FileKind))
    about_id: Mapped[UUID | None] = mapped_column(Id, info={NAMES: "person"})
    """The one person whom it is about; None for what is about several, or about nobody."""
    title: Mapped[str] = mapped_column(info={PERSONAL: Personal("about_id", "P-{code}")})
    """What it is called on paper: the report, the certificate's number."""
    station: Mapped[bytes] = mapped_column(sa.LargeBinary(32))
    account_id: Mapped[UUID | None] = mapped_column(Id)
    saved_at: Mapped[datetime] = mapped_column(Instant)
    records: Mapped[int | None]
    """How many rows, people or statements it holds; None where that means nothing."""
    size: Mapped[int] = mapped_column(sa.BigInteger)
    sha256: Mapped[str]
    """Empty for what a hash would give away: a few PINs can be found by trying them all."""
    saved_to: Mapped[str] = mapped_column(info={PERSONAL: Personal("about_id", "")})
    """The place, as whoever saved it named it; of printed pages the printer."""
    is_paper: Mapped[bool]
    line_id: Mapped[UUID | None] = mapped_column(Id)
    """Of a line that was brought over from records of before: which it was there. It may come back itself."""


class RegisterGapRow(Fact):
    """The records of a PC went back, and what left it meanwhile is in none that could be read."""

    __tablename__ = "register_gap"
    table_scope = Scope.IDENTITY

    station: Mapped[bytes] = mapped_column(sa.LargeBinary(32))
    since: Mapped[datetime] = mapped_column(Instant)
    """As far as the records go that took the place of the others."""
    until: Mapped[datetime] = mapped_column(Instant)
    """When they took it."""
