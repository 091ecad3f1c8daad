"""`people role-of`: job roles that somebody has beside theirs."""

from enum import StrEnum
from typing import Annotated

import typer

from app.cli.days import day_of
from app.cli.frame import frame_of
from app.cli.organisation import coded_job_role
from app.core.base.figures import day, last_day
from app.core.base.words import _
from app.core.people import DetailRefused, FurtherRole


class Act(StrEnum):
    """What is done with a job role."""

    ADD = "add"
    END = "end"


def role_of(
    context: typer.Context,
    number: Annotated[str, typer.Argument(help=_("Employee number."))],
    act: Annotated[Act, typer.Argument(help=_("Whether to give it or to end it."))],
    code: Annotated[str, typer.Argument(help=_("Code of the job role."))],
    reason: Annotated[str, typer.Option(help=_("Why; kept in the records."))],
    from_on: Annotated[
        str | None, typer.Option("--from", help=_("First day with it, YYYY-MM-DD; else today."))
    ] = None,
    to_on: Annotated[
        str | None, typer.Option("--to", help=_("First day without it, YYYY-MM-DD."))
    ] = None,
) -> None:
    """Give somebody a further job role beside theirs, or end one: then --to is today unless said."""
    frame = frame_of(context)
    people, actor = frame.services.people, frame.actor()
    person_id = people.find(actor, number).id
    role_id = coded_job_role(frame, code).id
    begins, ends = day_of(from_on), day_of(to_on)
    if act is Act.ADD:
        people.further_roles.give(actor, person_id, role_id, begins, ends, reason)
    elif begins is not None:
        raise DetailRefused(
            _("A job role that ends has no first day."), _("Give the day with --to.")
        )
    else:
        people.further_roles.end(actor, person_id, role_id, ends, reason)
    found = people.person(actor, person_id)
    frame.tell(
        "\n".join(map(further_role_line, found.further_roles)) or _("No further job role."),
        {"number": found.number, "further_roles": further_roles_data(found.further_roles)},
    )


def further_role_line(one: FurtherRole) -> str:
    """Return a further job role as a line: from when to when, and which."""
    until = _("now") if one.to_on is None else day(last_day(one.from_on, one.to_on))
    return f"{day(one.from_on)} – {until}  + {one.job_role}"


def further_roles_data(several: tuple[FurtherRole, ...]) -> list[dict[str, object]]:
    """Return further job roles as scripts read them."""
    return [
        {"job_role": one.job_role, "from_on": one.from_on, "to_on": one.to_on} for one in several
    ]


def add_commands(commands: typer.Typer) -> None:
    """Let `people` have it."""
    commands.command("role-of")(role_of)
