"""`training committees`: who sits on them, and the notice of them."""

from pathlib import Path
from typing import Annotated, Any
from uuid import UUID

import typer

from app.cli.days import day_of
from app.cli.frame import frame_of
from app.core.base.words import _
from app.core.training.committees import Committee, NewSeat, SeatRole

commands = typer.Typer(name="committees", help=_("Committees: members, training, notices."))

_Committee = Annotated[UUID, typer.Argument(help=_("Id of the committee."))]


@commands.command("list")
def list_(context: typer.Context) -> None:
    """List the committees with who sits on them today, and what needs a look."""
    frame = frame_of(context)
    today = frame.today()
    found = frame.services.training.committees.all(frame.actor())
    lines = [
        f"{one.id}\t{one.title}\t{', '.join(seat.name for seat in one.sitting(today))}\t"
        f"{one.trouble(today) or 'ok'}"
        for one in found
    ]
    data = {
        "committees": [{**_data(one), "trouble": one.trouble(today)} for one in found],
    }
    frame.tell("\n".join(lines) or _("There is no committee yet."), data)


@commands.command()
def add(
    context: typer.Context,
    title: Annotated[str, typer.Argument(help=_("What it is called."))],
    asks: Annotated[
        list[str] | None,
        typer.Option(help=_("Code of what its presiding officer has to hold.")),
    ] = None,
) -> None:
    """Add a committee."""
    frame = frame_of(context)
    added = frame.services.training.committees.add(frame.actor(), title, asks or ())
    frame.tell(_("{title} is there.").format(title=title), {"committee": str(added)})


@commands.command()
def seat(
    context: typer.Context,
    committee: _Committee,
    role: Annotated[SeatRole, typer.Option(help=_("What they are on it."))],
    number: Annotated[str, typer.Option(help=_("Number of the person."))] = "",
    name: Annotated[str, typer.Option(help=_("Name, for somebody from outside."))] = "",
    contact: Annotated[str, typer.Option(help=_("How they are reached, on the notice."))] = "",
    since: Annotated[
        str | None, typer.Option(help=_("From which day; today if not given."))
    ] = None,
) -> None:
    """Let somebody sit on a committee."""
    frame = frame_of(context)
    today = frame.today()
    new = NewSeat(
        role=role, from_on=day_of(since) or today, number=number, name=name, contact=contact
    )
    frame.services.training.committees.seat(frame.actor(), committee, new)
    frame.tell(_("Kept."), {"committee": str(committee)})


@commands.command()
def end(
    context: typer.Context,
    member: Annotated[UUID, typer.Argument(help=_("Id of the seat."))],
    on: Annotated[
        str | None, typer.Option(help=_("From which day on; today if not given."))
    ] = None,
    reason: Annotated[str, typer.Option(help=_("Why; auditors read it."))] = "",
) -> None:
    """Let somebody no longer sit on a committee."""
    frame = frame_of(context)
    today = frame.today()
    frame.services.training.committees.end_seat(frame.actor(), member, day_of(on) or today, reason)
    frame.tell(_("Kept."), {"seat": str(member)})


@commands.command()
def notice(
    context: typer.Context,
    committee: _Committee,
    out: Annotated[Path, typer.Option(help=_("Where the PDF goes."))],
) -> None:
    """Write the notice to hang up; the one before is superseded."""
    frame = frame_of(context)
    frame.save(out, frame.services.training.committees.notice(frame.actor(), committee))
    frame.tell(_("Written to {file}.").format(file=out), {"file": str(out)})


def _data(one: Committee) -> dict[str, Any]:
    return {
        "id": str(one.id),
        "title": one.title,
        "asks": list(one.asks),
        "seats": [
            {
                "id": str(seat.id),
                "person": seat.number,
                "name": seat.name,
                "role": seat.role.value,
                "contact": seat.contact,
                "from": seat.from_on.isoformat(),
                "to": None if seat.to_on is None else seat.to_on.isoformat(),
                "lacks": list(seat.lacks),
            }
            for seat in one.seats
        ],
        "notices": [
            {"at": printed.at.isoformat(), "by": printed.by, "superseded": printed.is_superseded}
            for printed in one.notices
        ],
    }
