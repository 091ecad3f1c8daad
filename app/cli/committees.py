"""`training committees`: who sits on them, and the notice of them."""

from datetime import date
from pathlib import Path
from typing import Annotated, Any
from uuid import UUID

import typer

from app.cli.days import day_of
from app.cli.frame import frame_of
from app.core.base.words import _
from app.core.training.committees import (
    Committee,
    CommitteeKind,
    CommitteeTerms,
    NewSeat,
    SeatRole,
    strength_in_words,
)

commands = typer.Typer(name="committees", help=_("Committees: members, training, notices."))

_Committee = Annotated[UUID, typer.Argument(help=_("Id of the committee."))]
_Kind = Annotated[CommitteeKind, typer.Option(help=_("What it is for."))]
_Least = Annotated[int, typer.Option(help=_("How many members it has to have; 0: any number."))]
_PerShift = Annotated[int, typer.Option(help=_("How many of them in every shift; 0: any number."))]
_Trained = Annotated[
    bool, typer.Option("--trained", help=_("Only members count who hold what it asks for."))
]


@commands.command("list")
def list_(context: typer.Context) -> None:
    """List the committees with who sits on them today, and what needs a look."""
    frame = frame_of(context)
    today = frame.today()
    found = frame.services.training.committees.all(frame.actor())
    lines = [
        f"{one.id}\t{one.title}\t{', '.join(seat.name for seat in one.sitting(today))}\t"
        f"{', '.join([one.trouble(today) or 'ok', *map(strength_in_words, one.shortages(today))])}"
        for one in found
    ]
    data = {
        "committees": [
            {**_data(one), **_strength(one, today), "trouble": one.trouble(today) or ""}
            for one in found
        ],
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
    kind: _Kind = CommitteeKind.INTERNAL,
    least: _Least = 0,
    per_shift: _PerShift = 0,
    trained: _Trained = False,
) -> None:
    """Add a committee."""
    frame = frame_of(context)
    terms = CommitteeTerms(
        kind=kind, least=least, least_per_shift=per_shift, counts_trained=trained
    )
    added = frame.services.training.committees.add(frame.actor(), title, asks or (), terms)
    frame.tell(_("{title} is there.").format(title=title), {"committee": str(added)})


@commands.command()
def terms(
    context: typer.Context,
    committee: _Committee,
    kind: Annotated[CommitteeKind | None, typer.Option(help=_("What it is for."))] = None,
    least: Annotated[
        int | None, typer.Option(help=_("How many members it has to have; 0: any number."))
    ] = None,
    per_shift: Annotated[
        int | None, typer.Option(help=_("How many of them in every shift; 0: any number."))
    ] = None,
    trained: Annotated[
        bool | None,
        typer.Option(
            "--trained/--untrained", help=_("Whether only members count who hold what it asks for.")
        ),
    ] = None,
    reason: Annotated[str, typer.Option(help=_("Why; auditors read it."))] = "",
) -> None:
    """Say what a committee is for and how many members it has to have; what is not given stays."""
    frame = frame_of(context)
    committees, actor = frame.services.training.committees, frame.actor()
    before = committees.committee(actor, committee).terms
    said = CommitteeTerms(
        kind=kind or before.kind,
        least=before.least if least is None else least,
        least_per_shift=before.least_per_shift if per_shift is None else per_shift,
        counts_trained=before.counts_trained if trained is None else trained,
    )
    committees.set_terms(actor, committee, said, reason)
    frame.tell(_("Kept."), {"committee": str(committee)})


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


def _strength(one: Committee, today: date) -> dict[str, Any]:
    return {
        "kind": one.terms.kind.value,
        "counts_trained": one.terms.counts_trained,
        "strength": [
            {"shift": part.shift, "have": part.have, "need": part.need, "short": part.is_short}
            for part in one.strength(today)
        ],
    }


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
                "shift": seat.shift,
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
