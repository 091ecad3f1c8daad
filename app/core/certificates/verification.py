"""Verifying a certificate offline: with the issuer's trust file alone, or with a register as well.

Pure: needs no site and no database. Only a file that is, byte for byte, what a trusted site signed
is VALID as a document; a code (scanned, pasted, photographed) is judged by its own signature.
"""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from uuid import UUID

from app.core.base.figures import day
from app.core.base.words import _, mark
from app.core.certificates import token
from app.core.certificates.signing import SignatureCheck, SignatureState, check_pdf_signature
from app.core.certificates.types import (
    RegisterEntry,
    Revocation,
    Verification,
    VerificationStatus,
)
from app.core.keys import TrustedSite

LookUp = Callable[[UUID], RegisterEntry | None]
"""What a register knows of the certificate with this id; None when it does not have it."""

_MOST_BYTES = 20_000_000
_MOST_TEXT_BYTES = 8_000
_BROKEN = {
    SignatureState.CHANGED: mark("The file was changed after it was signed."),
    SignatureState.UNREADABLE: mark("The PDF is damaged: it is not what was issued any more."),
}
_PDF, _PDF_WITHIN = b"%PDF-", 1024
"""How a PDF begins, and within how many bytes: readers take it there (PDF 1.7, H.3.4.1)."""


def verify_with(
    trusted_sites: Iterable[TrustedSite],
    untrusted: bytes | str,
    today: date,
    look_up: LookUp | None = None,
) -> Verification:
    """Return what becomes of a certificate: a file's bytes, or the text of a code.

    A file is a PDF, a picture of a certificate, or a text file that holds a code.
    """
    verifier = _Verifier({site.site_id: site for site in trusted_sites}, today, look_up)
    return verifier.code(untrusted) if isinstance(untrusted, str) else verifier.file(untrusted)


class _Verifier:
    def __init__(
        self, trusted: dict[UUID, TrustedSite], today: date, look_up: LookUp | None
    ) -> None:
        self._trusted = trusted
        self._today = today
        self._look_up = look_up

    def code(self, untrusted_token: str) -> Verification:
        """Judge a code by its signature and, where it is known, by the register."""
        try:
            claims, _signed, _signature = token.read(untrusted_token)
        except token.TokenUnreadable as error:
            return _unreadable(error.sentence)
        issuer, entry = self._trusted.get(claims.site_id), self._entry(claims.certificate_id)
        if issuer is None and entry is None:
            return Verification(
                status=VerificationStatus.UNKNOWN_ISSUER, why=_unknown_issuer(), claims=claims
            )
        if not _is_genuine(untrusted_token, issuer, entry):
            return _tampered(
                _("The code was changed, or {site} did not issue it.").format(
                    site=_name(issuer, entry)
                )
            )
        return self._standing(claims, issuer, entry)

    def file(self, untrusted_file: bytes) -> Verification:
        """Judge a file: a document by its signature and its code, else the code that it shows."""
        from app.core.certificates.finding import find_token  # reads pictures: large libraries

        if len(untrusted_file) > _MOST_BYTES:
            return _unreadable(_("The file is too large to be a certificate."))
        found = find_token(untrusted_file)
        code = None if found is None else self.code(found)
        issuer = self._issuer_of(code)
        check = check_pdf_signature(untrusted_file, [issuer.pdf_certificate] if issuer else [])
        if check.state is SignatureState.UNREADABLE and not _calls_itself_pdf(untrusted_file):
            return self._shown_code(untrusted_file)
        if code is None or code.claims is None:
            return _without_code(check, code)
        if check.state in _BROKEN:
            return _tampered(_(_BROKEN[check.state]), code)
        if code.status is VerificationStatus.UNKNOWN_ISSUER:
            return replace(code, signed_at=check.signed_at)
        return self._document(untrusted_file, check, code, issuer)

    def _document(
        self,
        untrusted_file: bytes,
        check: SignatureCheck,
        code: Verification,
        issuer: TrustedSite | None,
    ) -> Verification:
        """Judge a PDF whose code is genuine and whose signature, if it has one, is intact."""
        entry = self._entry(code.claims.certificate_id) if code.claims else None
        frozen = entry.sha256 if entry else None
        if check.state is SignatureState.UNSIGNED:
            return _tampered(
                _("The code is genuine, but this file is not the document that was issued."), code
            )
        if issuer is None and frozen is None:
            return replace(
                code, status=VerificationStatus.UNKNOWN_ISSUER, why=_unknown_issuer(), issuer=""
            )
        if issuer is not None and not check.trusted:
            return _tampered(_("The code is genuine, but somebody else signed the file."), code)
        if untrusted_file.count(token.PREFIX.encode()) > 1:
            return _tampered(_("The file carries more than one code."), code)
        if frozen not in {None, hashlib.sha256(untrusted_file).hexdigest()}:
            return _tampered(_("The file is not the document in the register."), code)
        return replace(code, is_document=True, signed_at=check.signed_at)

    def _shown_code(self, untrusted_file: bytes) -> Verification:
        from app.core.certificates.finding import find_token_in_picture  # as above

        found = find_token_in_picture(untrusted_file)
        if found is None and len(untrusted_file) <= _MOST_TEXT_BYTES:
            found = untrusted_file.decode("ascii", "replace")
        return self.code(found or "")

    def _issuer_of(self, code: Verification | None) -> TrustedSite | None:
        return self._trusted.get(code.claims.site_id) if code and code.claims else None

    def _standing(
        self, claims: token.TokenClaims, issuer: TrustedSite | None, entry: RegisterEntry | None
    ) -> Verification:
        """Say whether a genuine certificate holds today."""
        site = _name(issuer, entry)
        revocation = entry.revocation if entry else None
        until = claims.valid_until
        if revocation is not None:
            status = VerificationStatus.REVOKED
            why = _revoked(site, revocation, "" if entry is None else entry.counts)
        elif until is not None and until < self._today:
            status = VerificationStatus.EXPIRED
            why = _("It is genuine, but was valid until {day}.").format(day=day(until))
        elif entry is not None and entry.counts:
            status = VerificationStatus.DUPLICATE
            why = _(
                "{site} certified the same proof on two PCs: certificate {number} is the one that counts."
            ).format(site=site, number=entry.counts)
        else:
            status = VerificationStatus.VALID
            why = _("{site} issued it, and it holds today.").format(site=site)
        if entry is not None and entry.is_erased:
            why = " ".join((why, _("The holder was erased since: here it has no name any more.")))
        return Verification(
            status=status, why=why, claims=claims, issuer=site, revocation=revocation
        )

    def _entry(self, certificate_id: UUID) -> RegisterEntry | None:
        return None if self._look_up is None else self._look_up(certificate_id)


def _revoked(site: str, revocation: Revocation, counts: str) -> str:
    """Say who revoked a certificate and why, and which one `counts` in its place, if one does."""
    why = _("{site} revoked it on {day}: {reason}").format(
        site=site, day=day(revocation.at.astimezone().date()), reason=revocation.reason
    )
    if not counts:
        return why
    return f"{why} " + _("Certificate {number} counts in its place.").format(number=counts)


def _is_genuine(
    untrusted_token: str, issuer: TrustedSite | None, entry: RegisterEntry | None
) -> bool:
    """Tell whether the issuer signed the code and the register, if it has it, has this very one."""
    is_kept = entry is not None and entry.token != ""
    if entry is not None and is_kept and "".join(untrusted_token.split()).upper() != entry.token:
        return False
    if issuer is None:
        return is_kept
    return any(_signed(untrusted_token, key) for key in issuer.token_keys)


def _signed(untrusted_token: str, public_key: bytes) -> bool:
    try:
        token.verify(untrusted_token, public_key)
    except token.TokenTampered:
        return False
    return True


def _without_code(check: SignatureCheck, code: Verification | None) -> Verification:
    """Say what becomes of a PDF in which no whole code is."""
    if check.state is SignatureState.CHANGED:
        return _tampered(_("The file was changed after it was signed."))
    if code is not None:
        return _tampered(_("The PDF is damaged or was changed: its code does not read."))
    if check.state is SignatureState.UNREADABLE:
        return _unreadable(_("The PDF is damaged: nothing in it can be read. Get it once more."))
    return _unreadable(_("There is no Daksha certificate code in this file."))


def _calls_itself_pdf(untrusted_file: bytes) -> bool:
    return _PDF in untrusted_file[:_PDF_WITHIN]


def _name(issuer: TrustedSite | None, entry: RegisterEntry | None) -> str:
    return issuer.name if issuer is not None else entry.issuer if entry is not None else ""


def _unknown_issuer() -> str:
    return _("This PC does not know the site that issued it; ask that site for its trust file.")


def _tampered(why: str, code: Verification | None = None) -> Verification:
    """Return the verdict; what a genuine code says is kept, to compare the page with."""
    return Verification(
        status=VerificationStatus.TAMPERED,
        why=" ".join((why, _("Do not rely on it."))),
        claims=code.claims if code else None,
        issuer=code.issuer if code else "",
    )


def _unreadable(why: str) -> Verification:
    return Verification(status=VerificationStatus.UNREADABLE, why=why)
