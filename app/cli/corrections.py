"""Corrections of records: what can be corrected, making one, agreeing to one."""

from collections.abc import Mapping
from typing import Annotated, Any
from uuid import UUID

import typer

from app.cli.frame import frame_of
from app.cli.signing import undersigned
from app.core.base.words import _
from app.core.training.corrections import Correction, RecordKind, ToCorrect, told_title
from app.core.training.signing import SigningRule

commands = typer.Typer(name="corrections", help=_("What was wrong on record, and what is right."))

_Person = Annotated[str, typer.Argument(help=_("Number of the person."))]
_Correction = Annotated[UUID, typer.Argument(help=_("Id of the correction."))]


def _fields(values: Mapping[str, str]) -> str:
    """Return what stands in a record, by the fields that `make` takes."""
    return ", ".join(f"{field}={value}" for field, value in values.items())


@commands.command()
def records(context: typer.Context, person: _Person) -> None:
    """List what of somebody's record can be corrected, with what stands there now."""
    frame = frame_of(context)
    person_id = frame.services.people.find(frame.actor(), person).id
    found = frame.services.training.corrections.records(frame.actor(), person_id)
    lines = [
        f"{one.kind.value}\t{one.id}\t{told_title(one.title, one.done_on)}\t{_fields(one.values)}"
        for one in found
    ]
    data = [
        {
            "kind": one.kind.value,
            "id": str(one.id),
            "title": one.title,
            "completed": None if one.done_on is None else one.done_on.isoformat(),
            "values": one.values,
        }
        for one in found
    ]
    frame.tell("\n".join(lines) or _("Nothing was found."), {"records": data})


@commands.command("list")
def list_(
    context: typer.Context,
    person: Annotated[str | None, typer.Argument(help=_("Number; else what waits."))] = None,
) -> None:
    """List the corrections of somebody's record, or those that wait for a second person."""
    frame = frame_of(context)
    corrections, actor = frame.services.training.corrections, frame.actor()
    if person is None:
        found = corrections.waiting(actor)
    else:
        found = corrections.of_person(actor, frame.services.people.find(actor, person).id)
    lines = [
        f"{one.id}\t{one.number}\t{one.title}\t{one.field}\t{one.old}\t{one.new}" for one in found
    ]
    frame.tell(
        "\n".join(lines) or _("Nothing was found."), {"corrections": [_data(o) for o in found]}
    )


@commands.command()
def make(
    context: typer.Context,
    kind: Annotated[RecordKind, typer.Argument(help=_("What kind of record."))],
    record_id: Annotated[
        UUID, typer.Argument(help=_("Its id, as `corrections records` tells it."))
    ],
    field: Annotated[str, typer.Argument(help=_("What of it is wrong."))],
    new: Annotated[str, typer.Argument(help=_("What is right; counts takes an empty text."))],
    reason: Annotated[str, typer.Option(help=_("Why; auditors read it."))],
) -> None:
    """Correct a record. Where the site asks for it, sign with --as and DAKSHA_PASSWORD."""
    frame = frame_of(context)
    corrections, actor = frame.services.training.corrections, frame.actor()
    wanted = ToCorrect(kind=kind, record_id=record_id, field=field, new=new, reason=reason)
    signed = None
    if corrections.rule() is not SigningRule.PLAIN:
        signed = undersigned(frame, corrections.text(actor, wanted))
    made = corrections.correct(actor, wanted, signed)
    waits = any(one.id == made for one in corrections.waiting(actor))
    frame.tell(
        _("It waits for somebody else.") if waits else _("The correction stands."),
        {"correction": str(made), "waits": waits},
    )


@commands.command()
def approve(context: typer.Context, correction: _Correction) -> None:
    """Agree to a correction that somebody else made. Where the site asks for it, sign with --as."""
    frame = frame_of(context)
    corrections, actor = frame.services.training.corrections, frame.actor()
    signed = None
    if corrections.rule() is not SigningRule.PLAIN:
        signed = undersigned(frame, corrections.text_to_approve(actor, correction))
    corrections.approve(actor, correction, signed)
    frame.tell(_("The correction stands."), {"correction": str(correction), "accepted": True})


@commands.command()
def refuse(
    context: typer.Context,
    correction: _Correction,
    reason: Annotated[str, typer.Option(help=_("Why; auditors read it."))],
) -> None:
    """Let what stood there stand."""
    frame = frame_of(context)
    frame.services.training.corrections.refuse(frame.actor(), correction, reason)
    frame.tell(_("What stood there stands."), {"correction": str(correction), "accepted": False})


def _data(one: Correction) -> dict[str, Any]:
    return {
        "id": str(one.id),
        "kind": one.kind.value,
        "record": str(one.record_id),
        "person": one.number,
        "title": one.title,
        "field": one.field,
        "old": one.old,
        "new": one.new,
        "reason": one.reason,
        "by": one.by_name,
        "at": one.at.isoformat(),
        "accepted": one.is_accepted,
        "second": one.second,
    }
