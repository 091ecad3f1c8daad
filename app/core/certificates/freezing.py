"""The document of a certificate: drawn and signed once, frozen, and the very same bytes ever after."""

from collections.abc import Collection
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.actor import system_actor
from app.core.base.progress import Progress
from app.core.base.words import worded_in
from app.core.certificates.errors import CannotSignHere, HolderErased
from app.core.certificates.issuing import Issuing
from app.core.certificates.models import CertificateDocumentRow, CertificateRow
from app.core.content import AssetStore, destroyed_files
from app.core.journal import Site
from app.core.keys import SiteAuthority
from app.core.people.erasing import is_erased

_PDF = "application/pdf"


class Freezing:
    """Makes documents, and gives those that were made."""

    def __init__(
        self, site: Site, assets: AssetStore, authority: SiteAuthority, issuing: Issuing
    ) -> None:
        self._site = site
        self._assets = assets
        self._authority = authority
        self._issuing = issuing

    def document(self, certificate: CertificateRow) -> bytes:
        """Return the PDF, made now if there is none yet.

        Raises HolderErased, AssetMissing when its bytes are not what was frozen, CannotSignHere and ClockInDoubt
        when it would have to be made and cannot.
        """
        with self._site.read() as session:
            if is_erased(session, certificate.person_id):
                raise HolderErased(certificate.number)
            sha256 = _frozen(session, certificate.id)
        return self._assets.read(sha256 or self._freeze(certificate, self._made(certificate)))

    def make_missing(self, progress: Progress) -> int:
        """Make the documents this site's certificates lack; return how many."""
        if self._issuing.hindrance() is not None:
            return 0
        has_document = sa.exists().where(CertificateDocumentRow.certificate_id == CertificateRow.id)
        ids = (
            sa.select(CertificateRow.id)
            .where(
                CertificateRow.site_id == self._authority.site_id,
                sa.not_(has_document),
                CertificateRow.token != "",  # of who is erased there is no document
            )
            .order_by(CertificateRow.year, CertificateRow.serial)
        )
        with self._site.read() as session:
            missing = session.scalars(ids).all()
        for done, certificate_id in enumerate(missing):
            with self._site.read() as session:
                row = session.get_one(CertificateRow, certificate_id)
            progress.step(done, len(missing), row.number)
            self._freeze(row, self._made(row))
        progress.step(len(missing), len(missing))
        return len(missing)

    def destroy(self, people: Collection[UUID]) -> int:
        """Destroy the documents of people who are erased; return how many lay here."""
        theirs = (
            sa.select(CertificateDocumentRow.sha256)
            .join(CertificateRow, CertificateRow.id == CertificateDocumentRow.certificate_id)
            .where(CertificateRow.person_id.in_(people))
        )
        with self._site.read() as session:
            hashes = sorted(set(session.scalars(theirs)) - destroyed_files(session, self._assets))
        if not hashes:
            return 0
        with self._site.transaction(system_actor(), "certificate.destroy-documents") as unit:
            return self._assets.destroy(unit, hashes)

    def _freeze(self, certificate: CertificateRow, pdf: bytes) -> str:
        """Keep a document for good unless another was quicker; return the hash of what is kept."""
        with self._site.transaction(system_actor(), "certificate.document") as unit:
            unit.take_turn("document of", certificate.id)
            kept = _frozen(unit, certificate.id)
            if kept is None:
                stored = self._assets.add_bytes(unit, pdf, _PDF, f"{certificate.number}.pdf")
                unit.add(
                    CertificateDocumentRow(
                        certificate_id=certificate.id,
                        sha256=stored.sha256,
                        size=stored.size,
                        made_at=self._site.clock.now(),
                    )
                )
                unit.flush()
                kept = stored.sha256
        return kept

    def _made(self, row: CertificateRow) -> bytes:
        from app.core.certificates.drawing import draw_certificate  # fonts and ReportLab, only
        from app.core.certificates.page import facts_of  # where one is drawn
        from app.core.certificates.signing import sign_pdf
        from app.core.certificates.templates import template
        from app.core.certificates.vouching import signatures_behind

        hindrance = self._issuing.hindrance()
        if hindrance is not None:
            raise hindrance
        if row.site_id != self._authority.site_id:
            raise CannotSignHere(row.site_name)
        with self._site.read() as session:
            facts = facts_of(row, signatures_behind(session, row))
        with worded_in(row.language):
            drawn = draw_certificate(facts, template(row.template))
        key, certificate = self._authority.pdf_signing_material()
        return sign_pdf(
            drawn,
            key=key,
            certificate=certificate,
            at=self._site.clock.now(),
            reason=row.number,
            location=row.site_name,
        )


def _frozen(session: Session, certificate_id: UUID) -> str | None:
    return session.scalar(
        sa.select(CertificateDocumentRow.sha256).where(
            CertificateDocumentRow.certificate_id == certificate_id
        )
    )
