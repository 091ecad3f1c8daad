"""Certificates as people use them: issued on completion, kept, shown, saved, revoked, verified."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy.orm import Session

from app.core.base.actor import Actor, Capability, system_actor
from app.core.base.errors import NotAllowed, UserFacingError
from app.core.base.paging import Page, PageRequest
from app.core.base.progress import Progress
from app.core.certificates import register
from app.core.certificates.errors import AlreadyRevoked, HolderErased, ReasonNeeded
from app.core.certificates.fallen import fallen_proofs, revoke_fallen, standing_again
from app.core.certificates.freezing import Freezing
from app.core.certificates.issuing import Issuing
from app.core.certificates.models import CertificateRow, RevocationRow
from app.core.certificates.several import papers_together
from app.core.certificates.types import (
    CertificateDetail,
    CertificateState,
    CertificateSummary,
    ClassTaught,
    RegisterEntry,
    Verification,
)
from app.core.certificates.verification import verify_with
from app.core.content import AssetStore
from app.core.egress import Document, Egress, FileKind, Leaving
from app.core.journal import Site, Unit
from app.core.keys import SiteAuthority, TrustedSite
from app.core.learning import CompletedCourse
from app.core.people.erasing import is_erased
from app.core.training import Credited
from app.core.training.sessions import SessionDetail

if TYPE_CHECKING:
    from app.core.certificates.page import CertificateFacts

_TELL_OF_FALLEN = frozenset(
    {"correction_verdict", "completion_withdrawal", "certificate", "certificate_revocation"}
)
"""Tables of which new rows may leave a certificate without its proof, or a credit without its certificate."""


class Certificates:
    """The certificates of a site. `site_code` starts every number."""

    def __init__(
        self, site: Site, assets: AssetStore, authority: SiteAuthority, site_code: str
    ) -> None:
        self._site = site
        self._authority = authority
        self._egress = Egress(site)
        self._issuing = Issuing(site, authority, site_code)
        self._freezing = Freezing(site, assets, authority, self._issuing)

    def issue(self, unit: Unit, completed: CompletedCourse) -> None:
        """Issue the certificate that a completion gives (hook of learning).

        Where this PC cannot sign, or its clock is in doubt, the certificate is left to
        `issue_missing`.
        """
        self._issuing.issue(unit, completed)

    def issue_for_credit(self, unit: Unit, credited: Credited) -> None:
        """Issue the certificate that meeting a requirement gives (hook of training).

        Where this PC cannot sign it is left to `issue_missing`, as that of a completion is.
        """
        self._issuing.issue_for_credit(unit, credited)

    def proof_fell(self, unit: Unit, proof_id: UUID, reason: str) -> None:
        """Revoke the certificate of a credit or completion that a correction put aside (hook of training)."""
        revoke_fallen(unit, proof_id, self._site.clock.now(), reason)

    def take_over(self, touched: Mapping[str, Collection[UUID]]) -> None:
        """Revoke what was issued for what is corrected since; issue anew where that was decided otherwise."""
        if _TELL_OF_FALLEN.isdisjoint(touched):
            return
        with self._site.read() as session:
            fallen = fallen_proofs(session)
        if fallen:
            with self._site.transaction(system_actor(), "certificate.revoke-corrected") as unit:
                for proof_id, reason in fallen.items():
                    revoke_fallen(unit, proof_id, self._site.clock.now(), reason)
        with self._site.read() as session:
            is_any_again = bool(standing_again(session))
        if is_any_again:
            with self._site.transaction(system_actor(), "certificate.issue-again") as unit:
                for before in standing_again(unit):
                    self._issuing.issue_again(unit, before)

    def hindrance(self) -> UserFacingError | None:
        """Return what keeps certificates from being issued here at this moment, or None."""
        return self._issuing.hindrance()

    def waiting(self) -> int:
        """Return how many certificates are due and not yet issued."""
        return self._issuing.waiting()

    def issue_missing(self, progress: Progress) -> int:
        """Issue what is due; return how many. Changes nothing while there is a hindrance."""
        return self._issuing.issue_missing(progress)

    def make_missing_documents(self, progress: Progress) -> int:
        """Draw, sign and freeze the documents that lack; return how many. None under a hindrance."""
        return self._freezing.make_missing(progress)

    def destroy_documents(self, people: Collection[UUID]) -> int:
        """Destroy the documents of people who are erased; return how many lay here (hook of people)."""
        return self._freezing.destroy(people)

    def my_certificates(self, actor: Actor) -> tuple[CertificateSummary, ...]:
        """Return the actor's own certificates, newest first."""
        actor.require_anywhere(Capability.LEARN)
        if actor.person_id is None:
            return ()
        with self._site.read() as session:
            return register.certificates_of(session, actor.person_id, self._today())

    def register(self, actor: Actor, request: PageRequest) -> Page[CertificateSummary]:
        """Return one stretch of the register (register.page_of_certificates has its filters)."""
        scope = actor.scope_of(Capability.VIEW_RECORDS)
        with self._site.read() as session:
            return register.page_of_certificates(session, request, scope, self._today())

    def issued_since(self, actor: Actor, since: datetime) -> list[tuple[UUID, UUID]]:
        """Return certificate and person of what this site issued since an instant, the oldest first.

        For who sees all records; what is revoked is left out.
        """
        actor.require(Capability.VIEW_RECORDS)
        with self._site.read() as session:
            return register.issued_since(session, self._authority.site_id, since)

    def detail(self, actor: Actor, certificate_id: UUID) -> CertificateDetail:
        """Return everything about a certificate: one's own, or one whose records one may view."""
        with self._site.read() as session:
            row = register.by_id(session, certificate_id)
            _require_view(session, actor, row)
            return register.detail(session, row, self._today())

    def numbered(self, actor: Actor, number: str) -> CertificateDetail:
        """Return everything about the certificate with this number, as `detail` does."""
        with self._site.read() as session:
            row = register.by_number(session, self._authority.site_id, number)
            _require_view(session, actor, row)
            return register.detail(session, row, self._today())

    def document(self, actor: Actor, certificate_id: UUID) -> bytes:
        """Return a certificate's PDF: made once, the very same bytes ever after.

        Raises AssetMissing when the bytes are not what was frozen; CannotSignHere or ClockInDoubt
        when it is still to be made and cannot be. Takes up to 3 s the first time.
        """
        with self._site.read() as session:
            row = register.by_id(session, certificate_id)
            _require_view(session, actor, row)
        return self._freezing.document(row)

    def save(
        self, actor: Actor, certificate_id: UUID, path: Path, *, replace: bool = False
    ) -> None:
        """Write a certificate's PDF to a file, whole or not at all.

        Raises FileTaken unless it may be replaced, CannotSave, and what `document` raises.
        """
        self._egress.save(actor, path, self.paper(actor, certificate_id), overwrite=replace)

    def of_class(self, actor: Actor, found: SessionDetail) -> tuple[CertificateSummary, ...]:
        """Return what a class got for a session that was signed, by number; what is revoked is left out."""
        scope = actor.scope_of(Capability.VIEW_RECORDS)
        taught = ClassTaught(
            proofs=found.signings,
            course_id=found.course_id,
            people=tuple(one.person_id for one in found.signed),
            days=found.signed_on,
        )
        with self._site.read() as session:
            given = register.certificates_of_class(session, taught, scope, self._today())
        return tuple(one for one in given if one.state is not CertificateState.REVOKED)

    def save_all(
        self,
        actor: Actor,
        certificates: Collection[CertificateSummary],
        folder: Path,
        progress: Progress,
    ) -> int:
        """Write certificates into a folder, each under its number; return how many.

        Beside them lie all their pages in one file, to print, their cards for the wallet and stickers
        for helmets and badges. A file of the same name there is written over: it says the same. Raises as `save`.
        """
        for done, one in enumerate(certificates):
            progress.step(done, len(certificates), one.person_name)
            self.save(actor, one.id, folder / f"{one.number}.pdf", replace=True)
        progress.step(len(certificates), len(certificates))
        if certificates:
            pages = (self.document(actor, one.id) for one in certificates)
            facts = self._facts(actor, certificates)
            site, now = self._authority.name, self._site.clock.now()
            for name, made in papers_together(certificates, pages, facts, site=site, made_at=now):
                self._egress.save(actor, folder / name, made, overwrite=True)
        return len(certificates)

    def _facts(
        self, actor: Actor, certificates: Collection[CertificateSummary]
    ) -> "list[CertificateFacts]":
        from app.core.certificates.page import facts_of  # fonts and ReportLab, as in freezing

        with self._site.read() as session:
            rows = [register.by_id(session, one.id) for one in certificates]
            for row in rows:
                _require_view(session, actor, row)
                if is_erased(session, row.person_id):
                    raise HolderErased(row.number)
            return [facts_of(row) for row in rows]

    def paper(self, actor: Actor, certificate_id: UUID) -> Document:
        """Return a certificate's PDF as it leaves: with its number, for the register."""
        content = self.document(actor, certificate_id)
        with self._site.read() as session:
            row = register.by_id(session, certificate_id)
        leaving = Leaving(
            kind=FileKind.CERTIFICATE, title=row.number, records=1, about=row.person_id
        )
        return Document(content=content, leaving=leaving)

    def revoke(self, actor: Actor, number: str, reason: str) -> None:
        """Let a certificate hold no longer, for good.

        Raises NotFound, ReasonNeeded, AlreadyRevoked, NotAllowed.
        """
        scope = actor.scope_of(Capability.REVOKE_CERTIFICATES)
        reason = " ".join(reason.split())
        if not reason:
            raise ReasonNeeded
        with self._site.transaction(actor, "certificate.revoke", reason=reason) as unit:
            row = register.by_number(unit, self._authority.site_id, number)
            if not register.is_within(unit, row, scope):
                raise NotAllowed(Capability.REVOKE_CERTIFICATES.named)
            if register.revocation_of(unit, row.id) is not None:
                raise AlreadyRevoked(row.number)
            unit.add(
                RevocationRow(
                    certificate_id=row.id,
                    reason=reason,
                    at=self._site.clock.now(),
                    by=actor.account_id,
                )
            )

    def verify(self, untrusted: bytes | str, trust: TrustedSite | None = None) -> Verification:
        """Verify a certificate of this site, or of the site whose trust file is given as well.

        Anybody may ask; the answer repeats what the certificate itself says.
        """
        given = [] if trust is None else [trust]
        own = self._authority.known
        return verify_with(
            [*given, *([own] if own else [])], untrusted, self._latest_today(), self._entry
        )

    def _entry(self, certificate_id: UUID) -> RegisterEntry | None:
        with self._site.read() as session:
            return register.entry_of(session, certificate_id)

    def _today(self) -> date:
        return self._site.clock.now().astimezone().date()

    def _latest_today(self) -> date:
        """Return today, even where somebody has set the clock back so that nothing is expired."""
        return (self._site.clock.now() + self._site.clock_backstep()).astimezone().date()


def _require_view(session: Session, actor: Actor, row: CertificateRow) -> None:
    if actor.person_id == row.person_id and actor.may(Capability.LEARN):
        return
    if not register.is_within(session, row, actor.scope_of(Capability.VIEW_RECORDS)):
        raise NotAllowed(Capability.VIEW_RECORDS.named)
