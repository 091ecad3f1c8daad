"""`people move`: let somebody belong elsewhere, do another job or have another supervisor."""

from dataclasses import replace
from typing import Annotated

import typer

from app.cli.days import day_of
from app.cli.frame import Frame, frame_of
from app.cli.organisation import coded_job_role, coded_org_unit
from app.core.base.words import _
from app.core.people import Destination, DetailRefused, PersonDetail, Placement

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
    says_nothing = unit is role is manager is None and not (no_role or no_manager)
    if place is None or says_nothing:
        raise DetailRefused(_("Nothing is said that would change."))
    if no_role:
        place = replace(place, job_role_id=None)
    if no_manager:
        place = replace(place, manager_id=None)
    people.move(actor, person.id, place, day_of(on), reason)
    _tell_place(frame, people.person(actor, person.id))


def _tell_place(frame: Frame, person: PersonDetail) -> None:
    now = person.placement
    org_unit, job_role, manager = (
        ("", "", "") if now is None else (now.org_unit, now.job_role, now.manager)
    )
    told = (person.number, person.name, org_unit, job_role)
    frame.tell(
        "\t".join(filter(None, told)),
        {
            "number": person.number,
            "org_unit": org_unit,
            "job_role": job_role,
            "manager": manager,
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
    place = _place_in(frame, unit, before)
    if place is None:
        if role is not None or manager is not None:
            raise DetailRefused(_("A job role or a supervisor needs an org unit."))
        return None
    if role is not None:
        place = replace(place, job_role_id=coded_job_role(frame, role).id)
    if manager is not None:
        person = frame.services.people.find(frame.actor(), manager)
        place = replace(place, manager_id=person.id)
    return place


def _place_in(frame: Frame, unit: str | None, before: Placement | None) -> Destination | None:
    """Return the place of before, in an org unit where one is given."""
    unit_id = None if unit is None else coded_org_unit(frame, unit).id
    if before is not None:
        return Destination(
            org_unit_id=unit_id or before.org_unit_id,
            job_role_id=before.job_role_id,
            manager_id=before.manager_id,
        )
    return None if unit_id is None else Destination(org_unit_id=unit_id)
