"""Tables of public keys: who may write logs here, and what verifies this site's certificates."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.core.storage.columns import Id, Instant
from app.core.storage.tables import Fact, Record, Scope


class SiteRow(Record):
    """This site: what it is called, and what it looks like on paper."""

    __tablename__ = "site"
    table_scope = Scope.IDENTITY

    code: Mapped[str]
    """Starts every certificate number."""
    name: Mapped[str]
    language: Mapped[str] = mapped_column(default="en")
    founded_at: Mapped[datetime] = mapped_column(Instant)


class StationRow(Fact):
    """A PC that writes this site's records.

    A PC that joined says so before it has heard of its site: the site comes with its first sync file.
    """

    __tablename__ = "station"
    table_scope = Scope.IDENTITY

    site_id: Mapped[UUID] = mapped_column(Id)
    public_key: Mapped[bytes] = mapped_column(sa.LargeBinary(32))
    incarnation: Mapped[bytes] = mapped_column(sa.LargeBinary(8))
    label: Mapped[str]
    joined_at: Mapped[datetime] = mapped_column(Instant)


class SiteKeyRow(Fact):
    """The public halves of the site's signing keys, from a moment on."""

    __tablename__ = "site_key"
    table_scope = Scope.IDENTITY

    site_id: Mapped[UUID] = mapped_column(Id, sa.ForeignKey("site.id"))
    token_key: Mapped[bytes] = mapped_column(sa.LargeBinary(32))
    pdf_certificate: Mapped[bytes] = mapped_column(sa.LargeBinary)
    since: Mapped[datetime] = mapped_column(Instant)


class KeyCertificateRow(Fact):
    """A key certificate known here. Its id is the start of the document's hash (certificates.py)."""

    __tablename__ = "key_certificate"
    table_scope = Scope.IDENTITY

    document: Mapped[bytes] = mapped_column(sa.LargeBinary)


class KeyRevocationRow(Fact):
    """A revocation known here. Its id is the start of the document's hash."""

    __tablename__ = "key_revocation"
    table_scope = Scope.IDENTITY

    document: Mapped[bytes] = mapped_column(sa.LargeBinary)
