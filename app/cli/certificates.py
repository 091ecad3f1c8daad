"""`certificate`: verify one anywhere, look through the register, save one, revoke one."""

import unicodedata
from pathlib import Path
from typing import Annotated, Any

import typer

from app.cli.frame import frame_of
from app.core.base.clock import SystemClock
from app.core.base.errors import UserFacingError
from app.core.base.figures import day, moment
from app.core.base.paging import PageRequest
from app.core.base.refusals import why_refused
from app.core.base.words import _
from app.core.certificates import (
    CertificateSummary,
    Verification,
    VerificationStatus,
    verify_with,
)
from app.core.keys import TrustedSite

commands = typer.Typer(name="certificate", help=_("Issued certificates, and whether they hold."))

_CODE = "DKSHA"
_AT_ONCE = 500


class CannotRead(UserFacingError):
    """A file that was named cannot be read."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(
            _("{path} cannot be read. {why}").format(path=path, why=why),
            remedy=_("Name a certificate's PDF, or give the code that its QR holds."),
        )


@commands.command()
def verify(
    context: typer.Context,
    certificate: Annotated[str, typer.Argument(help=_("A PDF, or the code of its QR."))],
    trust: Annotated[
        Path | None, typer.Option(help=_("Trust file of the issuer; then no site is needed."))
    ] = None,
) -> int:
    """Say whether a certificate is genuine and holds today; exit 0 only then, else 2."""
    frame = frame_of(context)
    untrusted = _certificate(certificate)
    if trust is None:
        outcome = frame.services.certificates.verify(untrusted)
    else:
        site = TrustedSite.from_json(_content(trust).decode("utf-8", "replace"))
        outcome = verify_with([site], untrusted, SystemClock().now().astimezone().date())
    frame.tell(_verdict(outcome), _verification(outcome))
    return 0 if outcome.status is VerificationStatus.VALID else 2


@commands.command(name="list")
def list_(
    context: typer.Context,
    person: Annotated[str | None, typer.Option(help=_("Only this person's, by number."))] = None,
) -> None:
    """Print the register, newest number first."""
    frame = frame_of(context)
    filters = () if person is None else (("person", person),)
    request = PageRequest(filters=filters, limit=_AT_ONCE)
    rows: list[CertificateSummary] = []
    while True:
        page = frame.services.certificates.register(
            frame.actor(), request.stretch(len(rows), _AT_ONCE)
        )
        rows.extend(page.rows)
        if not page.rows or len(rows) >= page.total:
            break
    frame.tell(
        "\n".join(map(_line, rows)) or _("There are no certificates."),
        {"certificates": [_row(row) for row in rows]},
    )


@commands.command()
def save(
    context: typer.Context,
    number: Annotated[str, typer.Argument(help=_("The certificate's number."))],
    out: Annotated[Path, typer.Option(help=_("Where to write the PDF."))],
) -> None:
    """Write a certificate's PDF, the very bytes that were issued."""
    frame = frame_of(context)
    service, actor = frame.services.certificates, frame.actor()
    found = service.numbered(actor, number).summary
    service.save(actor, found.id, out)
    frame.tell(
        _("Certificate {number} of {person} is in {file}.").format(
            number=found.number, person=found.person_name, file=out
        ),
        {"number": found.number, "file": str(out)},
    )


@commands.command()
def revoke(
    context: typer.Context,
    number: Annotated[str, typer.Argument(help=_("The certificate's number."))],
    reason: Annotated[str, typer.Option(help=_("Why it no longer holds."))],
) -> None:
    """Let a certificate hold no longer, for good."""
    frame = frame_of(context)
    frame.services.certificates.revoke(frame.actor(), number, reason)
    frame.tell(
        _("Certificate {number} is revoked.").format(number=number),
        {"number": number, "status": VerificationStatus.REVOKED.value, "reason": reason},
    )


def _certificate(given: str) -> bytes | str:
    """Return the bytes of the file that was named, or the code that was typed."""
    return given if given.strip().upper().startswith(_CODE) else _content(Path(given))


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise CannotRead(path, why_refused(error)) from error
    except ValueError as error:  # a name that no file can have
        raise CannotRead(path, _("It is no name of a file.")) from error


def _verdict(outcome: Verification) -> str:
    lines = [f"{_words(outcome.status)}: {outcome.why}"]
    claims = outcome.claims
    if claims is not None:
        until = day(claims.valid_until) if claims.valid_until else _("No expiry")
        facts = (
            (_("Certificate number"), claims.number),
            (_("Person"), f"{claims.person_name} ({claims.person_number})"),
            (_("Course"), claims.course_title),
            (_("Completed on"), day(claims.completed_on)),
            (_("Valid until"), until),
            (_("Signed"), moment(outcome.signed_at) if outcome.signed_at else ""),
        )
        lines += [f"{label}: {_harmless(value)}" for label, value in facts if value]
    return "\n".join(lines)


def _harmless(untrusted_text: str) -> str:
    """Return text that cannot steer the terminal: an unknown issuer's code says what it likes."""
    return "".join(c if unicodedata.category(c) != "Cc" else "\ufffd" for c in untrusted_text)


def _words(status: VerificationStatus) -> str:
    return {
        VerificationStatus.VALID: _("Valid"),
        VerificationStatus.TAMPERED: _("Tampered with"),
        VerificationStatus.REVOKED: _("Revoked"),
        VerificationStatus.EXPIRED: _("Expired"),
        VerificationStatus.DUPLICATE: _("Issued twice"),
        VerificationStatus.UNKNOWN_ISSUER: _("Unknown issuer"),
        VerificationStatus.UNREADABLE: _("Unreadable"),
    }[status]


def _verification(outcome: Verification) -> dict[str, Any]:
    claims = outcome.claims
    known: dict[str, Any] = {"status": outcome.status.value, "why": outcome.why}
    if claims is not None:
        known |= {
            "number": claims.number,
            "person": claims.person_name,
            "person_number": claims.person_number,
            "course": claims.course_title,
            "completed_on": claims.completed_on.isoformat(),
            "valid_until": claims.valid_until.isoformat() if claims.valid_until else None,
            "site": str(claims.site_id),
            "issuer": outcome.issuer,
            "signed_at": outcome.signed_at.isoformat() if outcome.signed_at else None,
            "document": outcome.is_document,
        }
    return known


def _line(row: CertificateSummary) -> str:
    until = day(row.valid_until) if row.valid_until else _("No expiry")
    parts = [row.number, row.person_number, row.person_name, row.course_title, until]
    parts.append(row.basis.value)
    return "  ".join([*parts, row.state.value])


def _row(row: CertificateSummary) -> dict[str, Any]:
    return {
        "id": str(row.id),
        "number": row.number,
        "person": row.person_name,
        "person_number": row.person_number,
        "basis": row.basis.value,
        "course": row.course_title,
        "version": row.version,
        "score": None if row.score is None else str(row.score),
        "completed_on": row.completed_on.isoformat(),
        "valid_until": row.valid_until.isoformat() if row.valid_until else None,
        "state": row.state.value,
    }
