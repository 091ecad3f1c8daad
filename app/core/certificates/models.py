"""Tables of issued certificates."""

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.core.storage.columns import Day, Id, Instant
from app.core.storage.tables import Fact, Scope


class CertificateRow(Fact):
    """A certificate, issued in the transaction that records the completion."""

    __tablename__ = "certificate"
    __table_args__ = (sa.UniqueConstraint("year", "serial"),)
    table_scope = Scope.RECORDS

    number: Mapped[str] = mapped_column(unique=True)
    year: Mapped[int]
    serial: Mapped[int]
    """From 1 in each year, without gaps."""
    completion_id: Mapped[UUID] = mapped_column(
        Id, sa.ForeignKey("course_completion.id"), unique=True
    )
    person_id: Mapped[UUID] = mapped_column(Id, sa.ForeignKey("person.id"), index=True)
    course_id: Mapped[UUID] = mapped_column(Id, sa.ForeignKey("course.id"), index=True)
    template: Mapped[str]
    token: Mapped[str]
    """What the QR code carries: the claims and the site's signature."""
    printed_name: Mapped[str]
    printed_title: Mapped[str]
    issued_at: Mapped[datetime] = mapped_column(Instant)
    valid_until: Mapped[date | None] = mapped_column(Day, index=True)


class CertificateDocumentRow(Fact):
    """The PDF of a certificate, frozen: its bytes lie in the asset store under their hash."""

    __tablename__ = "certificate_document"
    table_scope = Scope.RECORDS

    certificate_id: Mapped[UUID] = mapped_column(Id, sa.ForeignKey("certificate.id"), unique=True)
    sha256: Mapped[str] = mapped_column(sa.String(64))
    size: Mapped[int]
    made_at: Mapped[datetime] = mapped_column(Instant)


class RevocationRow(Fact):
    """A certificate no longer holds. There is no way back (records-and-sync, Tables)."""

    __tablename__ = "certificate_revocation"
    table_scope = Scope.RECORDS

    certificate_id: Mapped[UUID] = mapped_column(Id, sa.ForeignKey("certificate.id"), unique=True)
    reason: Mapped[str]
    at: Mapped[datetime] = mapped_column(Instant)
    by: Mapped[UUID | None] = mapped_column(Id)
