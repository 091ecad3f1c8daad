"""`people delegate`: let somebody else give training for oneself, for a while."""

from typing import Annotated

import typer

from app.cli.days import day_of
from app.cli.frame import Frame, frame_of
from app.cli.organisation import coded_org_unit
from app.core.base.errors import NotFound
from app.core.base.figures import day
from app.core.base.words import _
from app.core.people.delegating import (
    DELEGATION_STATES,
    Delegation,
    DelegationId,
    DelegationRefused,
    DelegationTerms,
)

commands = typer.Typer(
    name="delegate", help=_("Who gives training for somebody else, where and until when.")
)

_Number = Annotated[str, typer.Argument(help=_("Employee number of who gives training."))]
_Reason = Annotated[str, typer.Option(help=_("Why; kept in the records."))]
_Unit = Annotated[
    str | None, typer.Option("--unit", help=_("Code of an org unit; units below count in."))
]


@commands.command()
def give(
    context: typer.Context,
    number: _Number,
    until: Annotated[str, typer.Option(help=_("The last day, YYYY-MM-DD."))],
    reason: _Reason,
    from_on: Annotated[
        str | None, typer.Option("--from", help=_("The first day, YYYY-MM-DD; else today."))
    ] = None,
    unit: _Unit = None,
) -> None:
    """Let somebody give training for you, and nothing else, wherever you may or in one org unit."""
    frame = frame_of(context)
    people, actor = frame.services.people, frame.actor()
    last = day_of(until)
    if last is None:
        raise DelegationRefused(_("The last day is missing."), _("Give it with --until."))
    given = people.delegations.give(
        actor,
        people.find(actor, number).id,
        DelegationTerms(
            org_unit_id=None if unit is None else coded_org_unit(frame, unit).id,
            from_on=day_of(from_on),
            until_on=last,
            reason=reason,
        ),
    )
    _tell(frame, given)


@commands.command()
def end(
    context: typer.Context,
    number: _Number,
    reason: _Reason,
    giver: Annotated[
        str | None, typer.Option(help=_("Number or login of whom they give it for; else you."))
    ] = None,
    unit: _Unit = None,
) -> None:
    """Let somebody give training for you, or for another, no longer: from now on."""
    frame = frame_of(context)
    delegations, actor = frame.services.people.delegations, frame.actor()
    meant = [
        one
        for one in delegations.listed(actor)
        if one.number == number.strip().upper()
        and (one.is_mine if giver is None else one.giver_number.upper() == giver.strip().upper())
        and (unit is None or one.org_unit_code == unit.strip().upper())
    ]
    if not meant:
        raise NotFound(_("Giving training for somebody else by {number}").format(number=number))
    if len(meant) > 1:
        raise DelegationRefused(
            _("There are several of them."), _("Say which, by --giver and --unit.")
        )
    delegations.end(actor, meant[0].id, reason)
    _tell(frame, meant[0].id)


@commands.command("list")
def list_them(
    context: typer.Context,
    past: Annotated[
        bool, typer.Option("--past", help=_("Those that are over or ended, too."))
    ] = False,
) -> None:
    """List who gives training for you, whom you give it for, and what you oversee."""
    frame = frame_of(context)
    found = frame.services.people.delegations.listed(frame.actor(), with_past=past)
    frame.tell(
        "\n".join(map(_line, found)) or _("Nobody gives training for somebody else."),
        {"delegations": [_data(one) for one in found]},
    )


def _tell(frame: Frame, delegation_id: DelegationId) -> None:
    listed = frame.services.people.delegations.listed(frame.actor(), with_past=True)
    one = next(one for one in listed if one.id == delegation_id)
    frame.tell(_line(one), _data(one))


def _line(one: Delegation) -> str:
    who = _("{name} ({number}) for {giver}").format(
        name=one.name, number=one.number, giver=one.giver
    )
    days = f"{day(one.from_on)} – {day(one.until_on)}"
    place = one.org_unit or _("everywhere")
    return f"{who}  {place}  {days}  {_(DELEGATION_STATES[one.state])}"


def _data(one: Delegation) -> dict[str, object]:
    return {
        "id": str(one.id),
        "number": one.number,
        "name": one.name,
        "for": one.giver,
        "for_number": one.giver_number,
        "unit": one.org_unit_code or None,
        "from": one.from_on.isoformat(),
        "until": one.until_on.isoformat(),
        "ended": None if one.ended_at is None else one.ended_at.isoformat(),
        "state": one.state.value,
    }
