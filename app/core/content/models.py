"""Tables of stored files."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.core.storage.columns import Instant
from app.core.storage.tables import Fact, Local, Scope


class AssetRow(Fact):
    """A file in the asset store, known by its SHA-256. The bytes lie beside the database."""

    __tablename__ = "asset"
    table_scope = Scope.CATALOGUE

    sha256: Mapped[str] = mapped_column(sa.String(64), unique=True)
    """In hexadecimal."""
    size: Mapped[int] = mapped_column(sa.BigInteger)
    media_type: Mapped[str]
    name: Mapped[str]
    """As it was called where it came from; shown, never used as a path."""
    added_at: Mapped[datetime] = mapped_column(Instant)


class AssetDestroyedRow(Local):
    """A file that is not to lie here, whoever brings it: it named somebody who was erased."""

    __tablename__ = "asset_destroyed"
    __table_args__ = ({"sqlite_with_rowid": False},)

    sha256: Mapped[str] = mapped_column(sa.String(64), primary_key=True)


class ConversionRow(Fact):
    """A stored recording that was converted so that pages can play it. The original stays."""

    __tablename__ = "conversion"
    table_scope = Scope.CATALOGUE

    original: Mapped[str] = mapped_column(sa.String(64), index=True)
    """SHA-256, hexadecimal."""
    converted: Mapped[str] = mapped_column(sa.String(64))
    """SHA-256, hexadecimal."""
    tool: Mapped[str]
    """The program and its version."""
    at: Mapped[datetime] = mapped_column(Instant)
