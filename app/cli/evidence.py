"""Evidence that is entered by hand, handed in, confirmed or refused: commands of `assignments`."""

import sys
from datetime import date
from pathlib import Path
from typing import Annotated, Any
from uuid import UUID

import typer

from app.cli.days import day_of
from app.cli.frame import frame_of
from app.cli.signing import undersigned
from app.core.base.words import _
from app.core.spreadsheets import GivenFile
from app.core.training import CheckedBy
from app.core.training.assignments import (
    EnteredEvidence,
    Evidence,
    SameNumber,
    same_numbers_in_words,
)
from app.core.training.legacy import NoScan
from app.core.training.signing import SigningRule

_Code = Annotated[str, typer.Argument(help=_("Code of the requirement."))]
_Reason = Annotated[str, typer.Option(help=_("Why."))]


def evidence(
    context: typer.Context,
    person: Annotated[str, typer.Argument(help=_("Number of the person."))],
    requirement: _Code,
    issuer: Annotated[str, typer.Option(help=_("Who issued it."))],
    obtained: Annotated[str, typer.Option(help=_("Day on which it was obtained."))],
    number: Annotated[str, typer.Option(help=_("Its number."))] = "",
    valid_until: Annotated[str | None, typer.Option(help=_("Last valid day on it."))] = None,
    note: Annotated[str, typer.Option(help=_("Anything else."))] = "",
    scan: Annotated[list[Path] | None, typer.Option(help=_("A scan; several times."))] = None,
) -> None:
    """Enter a certificate of another issuer, or another proof."""
    frame = frame_of(context)
    entered = EnteredEvidence(
        issuer=issuer,
        number=number,
        obtained_on=day_of(obtained) or date.max,
        valid_until=day_of(valid_until),
        note=note,
    )
    training, actor = frame.services.training, frame.actor()
    person_id = frame.services.people.find(actor, person).id
    requirement_id = training.catalogue.coded(actor, requirement).summary.id
    scans = [_scan(path) for path in scan or ()]
    proving = training.assignments.evidence
    same = proving.same_numbers(actor, person_id, requirement_id, entered)
    if same:
        sys.stderr.write(f"{same_numbers_in_words(same)}\n")
    kept = frame.services.papers.enter(actor, person_id, requirement_id, entered, scans)
    waits = any(one.id == kept for one in training.assignments.evidence.waiting(actor))
    frame.tell(
        _("It waits for somebody else to confirm it.") if waits else _("It counts."),
        {"evidence": str(kept), "waits": waits, "same_number": [_same_data(one) for one in same]},
    )


def hand_in(
    context: typer.Context,
    requirement: _Code,
    scan: Annotated[list[Path], typer.Option(help=_("A scan; several times."))],
    issuer: Annotated[str, typer.Option(help=_("Who issued it."))],
    obtained: Annotated[str, typer.Option(help=_("Day on which it was obtained."))],
    number: Annotated[str, typer.Option(help=_("Its number."))] = "",
    valid_until: Annotated[str | None, typer.Option(help=_("Last valid day on it."))] = None,
) -> None:
    """Hand in a certificate of one's own: it waits for somebody to confirm it."""
    frame = frame_of(context)
    entered = EnteredEvidence(
        issuer=issuer,
        number=number,
        obtained_on=day_of(obtained) or date.max,
        valid_until=day_of(valid_until),
    )
    scans = [_scan(path) for path in scan]
    kept = frame.services.papers.hand_in(frame.actor(), requirement, entered, scans)
    frame.tell(
        _("It waits for somebody else to confirm it."), {"evidence": str(kept), "waits": True}
    )


def waiting(context: typer.Context) -> None:
    """List the evidence that waits for somebody to confirm it, and the waivers that were asked for."""
    frame = frame_of(context)
    acts, actor = frame.services.training.assignments, frame.actor()
    found, asked = acts.evidence.waiting(actor), acts.waivers.waiting(actor)
    lines = [f"{one.id}\t{one.number}\t{one.code}\t{one.issuer}" for one in found]
    lines += [f"{_('Waiver')}\t{one.number}\t{one.code}\t{one.reason}" for one in asked]
    frame.tell(
        "\n".join(lines) or _("Nothing waits."),
        {
            "evidence": [
                {
                    **evidence_data(one),
                    "same_number": [_same_data(each) for each in acts.evidence.same_as(actor, one)],
                }
                for one in found
            ],
            "waivers": [
                {
                    "person": one.number,
                    "requirement": one.code,
                    "until": _text(one.until_on),
                    "reason": one.reason,
                    "by": one.by_name,
                }
                for one in asked
            ],
        },
    )


def confirm(
    context: typer.Context,
    evidence_id: Annotated[UUID, typer.Argument(help=_("Id of the evidence."))],
    reason: _Reason = "",
    how: Annotated[
        CheckedBy, typer.Option(help=_("How you made sure of it."))
    ] = CheckedBy.NOT_SAID,
) -> None:
    """Let evidence count that somebody else entered. Where the site asks for it, sign with --as."""
    frame = frame_of(context)
    proving, actor = frame.services.training.assignments.evidence, frame.actor()
    signed = None
    if proving.signing_rule() is not SigningRule.PLAIN:
        signed = undersigned(frame, proving.text(actor, evidence_id, how))
    proving.confirm(actor, evidence_id, reason, how=how, signed=signed)
    frame.tell(_("It counts."), {"evidence": str(evidence_id), "accepted": True})


def refuse(
    context: typer.Context,
    evidence_id: Annotated[UUID, typer.Argument(help=_("Id of the evidence."))],
    reason: _Reason,
) -> None:
    """Say that evidence does not count."""
    frame = frame_of(context)
    frame.services.training.assignments.evidence.refuse(frame.actor(), evidence_id, reason)
    frame.tell(_("It does not count."), {"evidence": str(evidence_id), "accepted": False})


def _scan(path: Path) -> GivenFile:
    try:
        return GivenFile(name=path.name, content=path.read_bytes())
    except OSError as error:
        raise NoScan(path.name) from error


def _same_data(one: SameNumber) -> dict[str, Any]:
    return {
        "person": one.person,
        "requirement": one.title,
        "issuer": one.issuer,
        "number": one.certificate,
        "obtained": one.obtained_on.isoformat(),
    }


def evidence_data(one: Evidence) -> dict[str, Any]:
    return {
        "id": str(one.id),
        "person": one.number,
        "requirement": one.code,
        "issuer": one.issuer,
        "number": one.certificate,
        "obtained": one.obtained_on.isoformat(),
        "valid_until": _text(one.valid_until),
        "by": one.by_name,
        "accepted": one.is_accepted,
        "verdict": one.verdict,
        "how": one.how.value,
        "scans": one.scans,
        "handed_in": one.is_handed_in,
    }


def _text(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
