"""`signatures`: look at them, prove them, and what signing stands on: key, statement, check, clock."""

from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer

from app.cli.days import day_of
from app.cli.frame import Frame, frame_of
from app.core.base.actor import Capability
from app.core.base.errors import NotFound
from app.core.base.figures import moment
from app.core.base.paging import PageRequest
from app.core.base.words import _, plural
from app.core.people import AccountId
from app.core.signatures import (
    CheckedSignature,
    LetterFacts,
    Proof,
    SignatureDetail,
    SignatureLine,
    SignerLine,
    as_read,
    meaning_in_words,
    nonrepudiation_letter,
    signature_paper,
    state_in_words,
)

commands = typer.Typer(name="signatures", help=_("Electronic signatures: who signed what."))

_ALL = 1_000_000
_Who = Annotated[str, typer.Argument(help=_("Number or login of somebody with an account."))]
_Record = Annotated[UUID | None, typer.Option(help=_("Only under the record with this id."))]
_Person = Annotated[str, typer.Option(help=_("Only of this number or login."))]
_Since = Annotated[str | None, typer.Option(help=_("First day, as 2026-12-31."))]
_Until = Annotated[str | None, typer.Option(help=_("Last day, as 2026-12-31."))]
_Reason = Annotated[str, typer.Option(help=_("Why; kept in the records."))]


@commands.command("list")
def list_signatures(
    context: typer.Context,
    record: _Record = None,
    person: _Person = "",
    since: _Since = None,
    until: _Until = None,
) -> None:
    """List signatures, newest first: under a record, of a person, of some days."""
    frame = frame_of(context)
    request = _request(frame, record, person, since, until).stretch(0, _ALL)
    page = frame.services.signatures.page(frame.actor(), request)
    frame.tell(
        "\n".join(map(_line, page.rows)) or _("Nothing has been signed yet."),
        {"signatures": [_data(line) for line in page.rows]},
    )


@commands.command()
def show(
    context: typer.Context,
    signature: Annotated[UUID, typer.Argument(help=_("Id of a signature."))],
    out: Annotated[Path | None, typer.Option(help=_("Save it as a page, PDF."))] = None,
) -> int:
    """Print one signature with all that proves it; exit 0 only where it holds."""
    frame = frame_of(context)
    detail = frame.services.signatures.signature(frame.actor(), signature)
    if out is not None:
        site = frame.services.open_site
        frame.save(out, signature_paper(detail, site.name, site.site.clock.now()))
    frame.tell(
        f"{_line(detail.line)}\n{state_in_words(detail.state)}\n\n{detail.shown}",
        _detail_data(detail),
    )
    return 0 if detail.state.holds else 2


@commands.command()
def verify(
    context: typer.Context,
    record: _Record = None,
    person: _Person = "",
    since: _Since = None,
    until: _Until = None,
) -> int:
    """Prove signatures one by one; exit 0 only where all hold."""
    frame = frame_of(context)
    request = _request(frame, record, person, since, until)
    found = frame.services.signatures.check(frame.actor(), request, frame.progress())
    bad = [one for one in found if not one.state.holds]
    count = plural("{count} signature checked.", "{count} signatures checked.", len(found))
    frame.tell(
        "\n".join([*(f"{_line(one.line)}  {state_in_words(one.state)}" for one in bad), count]),
        {
            "ok": not bad,
            "checked": len(found),
            "results": [_checked_data(one) for one in found],
        },
    )
    return 2 if bad else 0


@commands.command()
def signers(context: typer.Context) -> None:
    """List who may sign: key, check of who they are, statement."""
    frame = frame_of(context)
    found = frame.services.signatures.signers(frame.actor())
    frame.tell("\n".join(map(_signer_line, found)), {"signers": [_signer_data(o) for o in found]})


@commands.command()
def accept(
    context: typer.Context,
    agree: Annotated[bool, typer.Option("--agree", help=_("Sign the statement."))] = False,
) -> None:
    """Print the statement about one's own signature; with --agree, sign it."""
    frame = frame_of(context)
    signatures, actor = frame.services.signatures, frame.actor()
    text = signatures.now(actor).statement
    if agree and text:
        proof = Proof(name=frame.login, password=frame.password())
        signatures.accept_statement(actor, proof)
    signed = agree or not text
    words = _("It is signed.") if signed else _("Not signed: give --agree to sign it.")
    frame.tell(
        "\n\n".join(part for part in (text, words) if part), {"signed": signed, "text": text}
    )


@commands.command()
def letter(
    context: typer.Context,
    company: Annotated[str, typer.Option(help=_("Who writes."))],
    signatory: Annotated[str, typer.Option(help=_("Who signs the letter by hand."))],
    out: Annotated[Path, typer.Option(help=_("Save it as a page, PDF."))],
    role: Annotated[str, typer.Option(help=_("What they are."))] = "",
    address: Annotated[str, typer.Option(help=_("Address of the company."))] = "",
) -> None:
    """Save the letter to the agency that electronic signatures bind as those by hand."""
    frame = frame_of(context)
    frame.actor().require(Capability.MANAGE_SITE)
    site = frame.services.open_site
    facts = LetterFacts(
        company=company, site=site.name, address=address, signatory=signatory, role=role
    )
    frame.save(out, nonrepudiation_letter(facts, site.site.clock.now()))
    frame.tell(_("Saved as {file}.").format(file=out), {"file": str(out)})


@commands.command("letter-sent")
def letter_sent(
    context: typer.Context,
    company: Annotated[str, typer.Option(help=_("Who wrote."))],
    signatory: Annotated[str, typer.Option(help=_("Who signed the letter by hand."))],
    how: Annotated[
        str, typer.Option(help=_("By post or courier, with the number that proves it."))
    ],
    on: Annotated[str | None, typer.Option(help=_("The day; today if none is given."))] = None,
) -> None:
    """Note that the letter to the agency was sent."""
    frame = frame_of(context)
    today = frame.today()
    letters = frame.services.signatures.letters
    letters.note(frame.actor(), company, signatory, day_of(on) or today, how)
    found = letters.all(frame.actor())
    frame.tell(
        "\n".join(f"{one.sent_on}\t{one.company}\t{one.signatory}\t{one.how}" for one in found),
        {
            "letters": [
                {
                    "company": one.company,
                    "signatory": one.signatory,
                    "sent_on": one.sent_on.isoformat(),
                    "how": one.how,
                    "by": one.by,
                }
                for one in found
            ]
        },
    )


@commands.command()
def statement(
    context: typer.Context,
    out: Annotated[Path, typer.Option(help=_("Save it as a page, PDF."))],
) -> None:
    """Save the statement that one has signed, with its signature, as a page."""
    frame = frame_of(context)
    detail = frame.services.signatures.own_statement(frame.actor())
    site = frame.services.open_site
    frame.save(out, signature_paper(detail, site.name, site.site.clock.now()))
    frame.tell(_("Saved as {file}.").format(file=out), _detail_data(detail))


@commands.command()
def check_signer(
    context: typer.Context,
    who: _Who,
    document: Annotated[
        str, typer.Option(help=_("Kind of paper that was shown; never its number."))
    ],
) -> None:
    """Say that one has seen who somebody is: their key signs from then on."""
    frame = frame_of(context)
    line = _signer(frame, who)
    account = AccountId(line.account_id)
    frame.services.signatures.check_signer(frame.actor(), account, document)
    frame.tell(_("{name} can sign.").format(name=line.name), {"account": str(account)})


@commands.command()
def end_key(
    context: typer.Context,
    who: _Who,
    reason: _Reason,
    known_since: Annotated[
        str | None,
        typer.Option(
            help=_("Day from which another may have known it; what was signed since is doubted.")
        ),
    ] = None,
) -> None:
    """End somebody's signing key because another may know the password; what it signed stays valid."""
    frame = frame_of(context)
    line = _signer(frame, who)
    account = AccountId(line.account_id)
    frame.services.signatures.end_key(frame.actor(), account, reason, day_of(known_since))
    words = _("The signing key of {name} is ended.").format(name=line.name)
    frame.tell(words, {"account": str(account)})


@commands.command()
def confirm_clock(context: typer.Context, reason: _Reason) -> None:
    """Say that this PC's clock is right although it stands behind what was written."""
    frame = frame_of(context)
    frame.services.signatures.confirm_clock(frame.actor(), reason)
    frame.tell(_("Confirmed."), {"confirmed": True})


@commands.command()
def password(context: typer.Context) -> None:
    """Choose another password of one's own: the signing key lies under it from then on."""
    frame = frame_of(context)
    actor, old = frame.actor(), frame.password()
    frame.services.sign_in.change_secret(actor, old, frame.new_password())

    frame.tell(_("Your password is set, and your key lies under it."), {"changed": True})


def _request(
    frame: Frame, record: UUID | None, person: str, since: str | None, until: str | None
) -> PageRequest:
    pairs = [("record", str(record))] if record is not None else []
    if person:
        pairs.append(("account", str(_signer(frame, person).account_id)))
    for key, word in (("from", since), ("to", until)):
        told = day_of(word)
        if told is not None:
            pairs.append((key, told.isoformat()))
    return PageRequest().filtered_by(pairs)


def _signer(frame: Frame, who: str) -> SignerLine:
    """Return whom a number or login means. Raises NotFound."""
    wanted = who.strip().casefold()
    for line in frame.services.signatures.signers(frame.actor()):
        if wanted in {line.number.casefold(), line.login}:
            return line
    raise NotFound(who)


def _line(line: SignatureLine) -> str:
    who = f"{line.name} ({line.number})" if line.number else line.name
    words = (as_read(line), who, meaning_in_words(line.meaning), line.reason)
    return "  ".join([str(line.id), *(one for one in words if one)])


def _data(line: SignatureLine) -> dict[str, object]:
    return {
        "id": str(line.id),
        "name": line.name,
        "number": line.number,
        "account": str(line.account_id),
        "meaning": line.meaning,
        "reason": line.reason,
        "signed_at": line.signed_at,
        "record": {"kind": line.record_kind, "id": str(line.record_id)},
        "station": line.station.hex(),
    }


def _detail_data(detail: SignatureDetail) -> dict[str, object]:
    return {
        **_data(detail.line),
        "status": detail.state.value,
        "changed": list(detail.changed),
        "components": list(detail.components),
        "clock": detail.clock,
        "certified_by": detail.certified_by,
        "payload": detail.payload,
        "record_as_signed": detail.record,
        "shown": detail.shown,
        "public_key": detail.public_key.hex(),
        "signature": detail.signature.hex(),
        "key_certificate": detail.paper.hex(),
    }


def _checked_data(one: CheckedSignature) -> dict[str, object]:
    return {**_data(one.line), "status": one.state.value, "changed": list(one.changed)}


def _signer_line(line: SignerLine) -> str:
    has_key = line.key_made_at is not None and line.key_ended is None
    words = [
        line.number,
        line.name,
        _("has a key") if has_key else _("no key"),
        _check_in_words(line),
        _("statement signed {when}").format(when=moment(line.accepted_at))
        if line.accepted_at
        else _("statement not signed"),
    ]
    return "\t".join(words)


def _check_in_words(line: SignerLine) -> str:
    if not line.is_checked:
        return _("not checked")
    return _("checked") if line.is_confirmed else _("checked, not confirmed")


def _signer_data(line: SignerLine) -> dict[str, object]:
    return {
        "account": str(line.account_id),
        "login": line.login,
        "name": line.name,
        "number": line.number,
        "key": line.key.hex(),
        "key_made_at": line.key_made_at,
        "key_ended": line.key_ended.value if line.key_ended else None,
        "checked": line.is_checked,
        "checked_by": line.checked_by,
        "document": line.document,
        "alone": line.was_alone,
        "confirmed": line.is_confirmed,
        "accepted_at": line.accepted_at,
        "signatures": line.signatures,
    }
