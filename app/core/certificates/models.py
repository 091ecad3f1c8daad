"""Tables of issued certificates."""

from datetime import date, datetime
from fractions import Fraction
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.core.certificates.kinds import CertificateBasis
from app.core.storage.columns import Day, Id, Instant, Share, Word
from app.core.storage.tables import PERSONAL, Fact, Personal, Scope


class Printed:
    """What stands on a certificate, as it was when the course was completed or the requirement met.

    It rests on the completion of a course or on the credit of a requirement: on one of them.
    """

    site_id: Mapped[UUID] = mapped_column(Id)
    """Where it was completed, and who issues it."""
    completion_id: Mapped[UUID | None] = mapped_column(
        Id, sa.ForeignKey("course_completion.id"), unique=True
    )
    credit_id: Mapped[UUID | None] = mapped_column(Id, sa.ForeignKey("requirement_credit.id"))
    turn: Mapped[int | None] = mapped_column(default=0)
    """How often its credit was certified before: what was revoked while a correction put the credit
    aside stays revoked, and where the credit counts again the next one is issued."""
    basis: Mapped[CertificateBasis] = mapped_column(
        Word(CertificateBasis), default=CertificateBasis.COURSE
    )
    person_id: Mapped[UUID] = mapped_column(Id, sa.ForeignKey("person.id"), index=True)
    course_id: Mapped[UUID | None] = mapped_column(Id, sa.ForeignKey("course.id"), index=True)
    """Of a completion."""
    template: Mapped[str]
    language: Mapped[str]
    printed_name: Mapped[str] = mapped_column(
        info={PERSONAL: Personal("person_id", "Person {code}")}
    )
    """In the person's own script where that is known."""
    printed_number: Mapped[str] = mapped_column(info={PERSONAL: Personal("person_id", "P-{code}")})
    printed_title: Mapped[str]
    """Of the course, in the person's language where it has one, or of the requirement."""
    version: Mapped[int | None]
    """Of the course."""
    score: Mapped[Fraction | None] = mapped_column(Share)
    completed_on: Mapped[date] = mapped_column(Day)
    valid_until: Mapped[date | None] = mapped_column(Day)
    """Last valid day, the whole of it; None: for good."""

    def printed(self) -> dict[str, Any]:
        """Return these columns by name, for a row that takes them over."""
        return {name: getattr(self, name) for name in Printed.__annotations__}


class CertificateDueRow(Printed, Fact):
    """A certificate that could not be issued when the course was completed, and is due since.

    Travels with the records: a PC that may sign issues it.
    """

    __tablename__ = "certificate_due"
    __table_args__ = (sa.UniqueConstraint("credit_id", "turn"),)
    table_scope = Scope.RECORDS

    since: Mapped[datetime] = mapped_column(Instant)


class CertificateRow(Printed, Fact):
    """A certificate, issued in the transaction of the completion or credit wherever it can be."""

    __tablename__ = "certificate"
    __table_args__ = (
        sa.UniqueConstraint("credit_id", "turn"),
        sa.Index("ix_certificate_year_serial_site_id", "year", "serial", "site_id"),
        sa.Index("ix_certificate_valid_until", "valid_until"),
    )
    table_scope = Scope.RECORDS

    site_name: Mapped[str]
    number: Mapped[str] = mapped_column(index=True)
    year: Mapped[int]
    """Of the completion, on the calendar of the PC."""
    serial: Mapped[int]
    """From 1 in each year of a site, without gaps, on the PC that issues."""
    token: Mapped[str] = mapped_column(info={PERSONAL: Personal("person_id", "")})
    """What the QR code carries: the claims and the site's signature."""
    search_text: Mapped[str] = mapped_column(
        info={
            PERSONAL: Personal(
                "person_id", "{number} P-{code} Person {code} {printed_title}", folded=True
            )
        }
    )
    """What is printed, case-folded: what the register's search looks in."""
    issued_at: Mapped[datetime] = mapped_column(Instant)


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
