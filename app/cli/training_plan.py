"""`training plan`: what is planned for each month of a year, and what came of it."""

from typing import Annotated, Any

import typer

from app.cli.days import day_of
from app.cli.frame import frame_of
from app.cli.signing import undersigned
from app.core.base.words import _
from app.core.training.programme import PLAN_STATES, NewPlanLine, PlanLine

commands = typer.Typer(name="plan", help=_("What is planned for each month of a year."))

_Year = Annotated[int | None, typer.Argument(help=_("Calendar year; this one if none."))]
_Reason = Annotated[str, typer.Option(help=_("Why, where the plan was signed; auditors read it."))]


@commands.command()
def show(context: typer.Context, year: _Year = None) -> None:
    """List a year's plan, what came of each line, and what was held without being planned."""
    frame = frame_of(context)
    today = frame.today()
    found = frame.services.training.year_plans.plan(frame.actor(), year or today.year)
    lines = [
        f"{one.month:%Y-%m}\t{one.code}\t{one.trained} / {one.people}\t"
        f"{_(PLAN_STATES[one.state(today)])}\t{one.note}"
        for one in found.lines
    ]
    signed = found.signed
    frame.tell(
        "\n".join(lines) or _("Nothing is planned."),
        {
            "year": found.year,
            "lines": [{**_data(one), "state": one.state(today).value} for one in found.lines],
            "signed": None
            if signed is None
            else {"by": signed.by, "at": signed.at.isoformat(), "holds": signed.still_holds},
        },
    )


@commands.command()
def put(
    context: typer.Context,
    month: Annotated[str, typer.Argument(help=_("Any day of the month, as 2027-02-01."))],
    requirement: Annotated[str, typer.Argument(help=_("Code of the requirement."))],
    people: Annotated[int, typer.Argument(help=_("How many are to be trained."))],
    note: Annotated[str, typer.Option(help=_("Where, by whom, for whom."))] = "",
    reason: _Reason = "",
) -> None:
    """Plan training for a month, or change what is planned for it."""
    frame = frame_of(context)
    line = NewPlanLine(
        code=requirement.upper(), month=day_of(month) or frame.today(), people=people, note=note
    )
    count = frame.services.training.year_plans.put(frame.actor(), [line], reason)
    frame.tell(_("It is planned."), {"lines": count})


@commands.command()
def propose(
    context: typer.Context,
    year: _Year = None,
    write: Annotated[bool, typer.Option("--write", help=_("Write them into the plan."))] = False,
    reason: _Reason = "",
) -> None:
    """List what due dates and renewals of a year come to in months for which nothing is planned."""
    frame = frame_of(context)
    plans, actor = frame.services.training.year_plans, frame.actor()
    found = plans.proposals(actor, year or frame.today().year)
    if write and found:
        lines = [NewPlanLine(code=one.code, month=one.month, people=one.people) for one in found]
        plans.put(actor, lines, reason)
    told = [f"{one.month:%Y-%m}\t{one.code}\t{one.people}\t{one.title}" for one in found]
    frame.tell(
        "\n".join(told) or _("Nothing is left to plan."),
        {
            "proposed": [
                {"month": f"{one.month:%Y-%m}", "code": one.code, "people": one.people}
                for one in found
            ],
            "written": write,
        },
    )


@commands.command()
def remove(
    context: typer.Context,
    month: Annotated[str, typer.Argument(help=_("Any day of the month, as 2027-02-01."))],
    requirement: Annotated[str, typer.Argument(help=_("Code of the requirement."))],
    reason: Annotated[str, typer.Option(help=_("Why; auditors read it."))] = "",
) -> None:
    """Take a line out of the plan."""
    frame = frame_of(context)
    plans, actor = frame.services.training.year_plans, frame.actor()
    wanted = (day_of(month) or frame.today()).replace(day=1)
    lines = plans.plan(actor, wanted.year).planned
    found = [one.id for one in lines if (one.month, one.code) == (wanted, requirement.upper())]
    for line_id in filter(None, found):
        plans.remove(actor, line_id, reason)
    told = _("It is planned no more.") if found else _("Nothing is planned for it in this month.")
    frame.tell(told, {"removed": bool(found)})


@commands.command()
def sign(context: typer.Context, year: _Year = None) -> None:
    """Sign a year's plan as it stands, with --as and DAKSHA_PASSWORD."""
    frame = frame_of(context)
    plans, actor = frame.services.training.year_plans, frame.actor()
    wanted = year or frame.today().year
    signing = plans.sign(actor, wanted, undersigned(frame, plans.shown(actor, wanted)))
    frame.tell(_("The plan is signed."), {"signing": str(signing)})


def _data(one: PlanLine) -> dict[str, Any]:
    return {
        "month": f"{one.month:%Y-%m}",
        "code": one.code,
        "planned": one.people,
        "trained": one.trained,
        "sessions": one.sessions,
        "note": one.note,
    }
