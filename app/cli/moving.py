"""`people move`: let somebody belong elsewhere, do another job or have another supervisor."""

from dataclasses import replace
from typing import Annotated

import typer

from app.cli.days import day_of
from app.cli.frame import Frame, frame_of
from app.cli.organisation import coded_job_role, coded_org_unit
from app.core.base.words import _
from app.core.people import Destination, DetailRefused, Placement

Manager = Annotated[str | None, typer.Option(help=_("Number of their supervisor."))]


def add_commands(commands: typer.Typer) -> None:
    """Add `move`."""
    commands.command()(move)


def move(
    context: typer.Context,
    number: Annotated[str, typer.Argument(help=_("Employee number."))],
    unit: Annotated[str | None, typer.Option(help=_("Code of the org unit."))] = None,
    role: Annotated[str | None, typer.Option(help=_("Code of the job role."))] = None,
    manager: Manager = None,
    no_role: Annotated[bool, typer.Option("--no-role", help=_("Without a job role."))] = False,
    no_manager: Annotated[
        bool, typer.Option("--no-manager", help=_("Without a supervisor."))
    ] = False,
    on: Annotated[str | None, typer.Option(help=_("First day there, YYYY-MM-DD; today."))] = None,
    reason: Annotated[str, typer.Option(help=_("Why; kept in the records."))] = "",
) -> None:
    """Let somebody belong elsewhere from a day on; what is not given stays."""
    frame = frame_of(context)
    people, actor = frame.services.people, frame.actor()
    person = people.find(actor, number)
    place = place_of(frame, unit, role, manager, person.placement)
    if place is not None:
        place = replace(
            place,
            job_role_id=None if no_role else place.job_role_id,
            manager_id=None if no_manager else place.manager_id,
        )
    if place is None or (unit is role is manager is None and not (no_role or no_manager)):
        raise DetailRefused(_("Nothing is said that would change."))
    people.move(actor, person.id, place, day_of(on), reason)
    now = people.person(actor, person.id).placement
    told = (person.number, person.name, *(() if now is None else (now.org_unit, now.job_role)))
    frame.tell(
        "\t".join(filter(None, told)),
        {
            "number": person.number,
            "org_unit": "" if now is None else now.org_unit,
            "job_role": "" if now is None else now.job_role,
            "manager": "" if now is None else now.manager,
        },
    )


def place_of(
    frame: Frame,
    unit: str | None,
    role: str | None,
    manager: str | None = None,
    before: Placement | None = None,
) -> Destination | None:
    """Return where codes and a supervisor's number lead to, what is not given as before.

    Raises NotFound, DetailRefused for a job role or a supervisor without an org unit.
    """
    if unit is None and before is None:
        if role is not None or manager is not None:
            raise DetailRefused(_("A job role or a supervisor needs an org unit."))
        return None
    people, actor = frame.services.people, frame.actor()
    unit_id = (
        before.org_unit_id if unit is None and before else coded_org_unit(frame, unit or "").id
    )
    was_role, was_manager = (
        (None, None) if before is None else (before.job_role_id, before.manager_id)
    )
    return Destination(
        org_unit_id=unit_id,
        job_role_id=was_role if role is None else coded_job_role(frame, role).id,
        manager_id=was_manager if manager is None else people.find(actor, manager).id,
    )
