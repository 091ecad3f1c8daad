"""`people units`, `people unit`, `people roles`, `people job-role`: the organisation."""

from collections.abc import Sequence
from typing import Annotated, Any

import typer

from app.cli.frame import Frame, frame_of
from app.core.base.errors import NotFound, NotOne, UserFacingError
from app.core.base.figures import number
from app.core.base.words import _
from app.core.people import JobRole, JobRoleId, OrgUnit, OrgUnitId

lists = typer.Typer()
unit_commands = typer.Typer(name="unit", help=_("Org units: add, rename, move."))
role_commands = typer.Typer(name="job-role", help=_("Job roles: add, rename."))
GROUPS = (lists, unit_commands, role_commands)

_Code = Annotated[str, typer.Argument(help=_("Its code."))]
_Name = Annotated[str, typer.Argument(help=_("Its name."))]


class NoPlaceGiven(UserFacingError):
    """A unit is to be moved, but not said whither, or to two places."""

    def __init__(self) -> None:
        super().__init__(
            _("Where the org unit is to go is not clear."),
            safe=_("Nothing was changed."),
            remedy=_("Give either --below CODE or --top."),
        )


@lists.command()
def units(context: typer.Context) -> None:
    """List the org units, each under its parent: code, name, people, people with all below."""
    frame = frame_of(context)
    found = frame.services.people.organisation.org_units(frame.actor())
    frame.tell(
        "\n".join(map(_unit_line, found)) or _("There are no org units yet."),
        {"units": [_unit_data(one) for one in found]},
    )


@lists.command()
def roles(context: typer.Context) -> None:
    """List the job roles by name: code, name, people."""
    frame = frame_of(context)
    found = frame.services.people.organisation.job_roles(frame.actor())
    frame.tell(
        "\n".join(map(_role_line, found)) or _("There are no job roles yet."),
        {"roles": [_role_data(one) for one in found]},
    )


@unit_commands.command("add")
def add_unit(
    context: typer.Context,
    code: _Code,
    name: _Name,
    below: Annotated[
        str | None, typer.Option(help=_("Code of the org unit it is part of; else at the top."))
    ] = None,
) -> None:
    """Add an org unit."""
    frame = frame_of(context)
    parent = None if below is None else coded_org_unit(frame, below).id
    organisation = frame.services.people.organisation
    _tell_unit(frame, organisation.add_org_unit(frame.actor(), code, name, parent))


@unit_commands.command("rename")
def rename_unit(context: typer.Context, code: _Code, name: _Name) -> None:
    """Call an org unit otherwise. Its code stays."""
    frame = frame_of(context)
    unit_id = coded_org_unit(frame, code).id
    frame.services.people.organisation.rename_org_unit(frame.actor(), unit_id, name)
    _tell_unit(frame, unit_id)


@unit_commands.command("move")
def move_unit(
    context: typer.Context,
    code: _Code,
    below: Annotated[
        str | None, typer.Option(help=_("Code of the org unit that it comes under."))
    ] = None,
    top: Annotated[bool, typer.Option("--top", help=_("Put it at the top."))] = False,
) -> None:
    """Move an org unit, with all below it."""
    if (below is None) is not top:
        raise NoPlaceGiven
    frame = frame_of(context)
    unit_id = coded_org_unit(frame, code).id
    parent = None if below is None else coded_org_unit(frame, below).id
    frame.services.people.organisation.move_org_unit(frame.actor(), unit_id, parent)
    _tell_unit(frame, unit_id)


@role_commands.command("add")
def add_role(context: typer.Context, code: _Code, name: _Name) -> None:
    """Add a job role."""
    frame = frame_of(context)
    organisation = frame.services.people.organisation
    _tell_role(frame, organisation.add_job_role(frame.actor(), code, name))


@role_commands.command("rename")
def rename_role(context: typer.Context, code: _Code, name: _Name) -> None:
    """Call a job role otherwise. Its code stays."""
    frame = frame_of(context)
    role_id = coded_job_role(frame, code).id
    frame.services.people.organisation.rename_job_role(frame.actor(), role_id, name)
    _tell_role(frame, role_id)


@role_commands.command()
def describe(
    context: typer.Context,
    code: _Code,
    reason: Annotated[str, typer.Option(help=_("Why; kept in the records."))],
    document: Annotated[
        str | None, typer.Option(help=_("Number of the document that describes it."))
    ] = None,
    nothing: Annotated[
        bool, typer.Option("--nothing", help=_("No document describes it any more."))
    ] = False,
) -> None:
    """Let a document describe a job role: its revision in force is the job description."""
    if (document is None) is not nothing:
        raise typer.BadParameter(_("Give --document or --nothing."))
    frame = frame_of(context)
    actor, documents = frame.actor(), frame.services.documents
    role = coded_job_role(frame, code)
    found = None if document is None else documents.numbered(actor, document).summary.id
    documents.descriptions.describe(actor, role.id, found, reason)
    one = documents.descriptions.all(actor).get(role.id)
    frame.tell(
        f"{_role_line(role)}\t{one.number if one else '–'}",
        {**_role_data(role), "described_by": None if one is None else one.number},
    )


def coded_org_unit(frame: Frame, code: str) -> OrgUnit:
    """Return the org unit with a code. Raises NotFound, NotOne."""
    units = frame.services.people.organisation.org_units(frame.actor())
    what = _("Org unit {code}").format(code=code)
    return units[_place([unit.code for unit in units], code, what)]


def coded_job_role(frame: Frame, code: str) -> JobRole:
    """Return the job role with a code. Raises NotFound, NotOne."""
    roles = frame.services.people.organisation.job_roles(frame.actor())
    return roles[
        _place([role.code for role in roles], code, _("Job role {code}").format(code=code))
    ]


def _place(codes: Sequence[str], code: str, what: str) -> int:
    """Return where a code stands: whole, or without its site where one site alone has it."""
    wanted = _as_kept(code)
    whole = [place for place, one in enumerate(codes) if one == wanted]
    found = whole or [n for n, one in enumerate(codes) if one.partition("/")[2] == wanted]
    if not found:
        raise NotFound(what)
    if len(found) > 1:
        raise NotOne(what)
    return found[0]


def _as_kept(code: str) -> str:
    return " ".join(code.upper().split())


def _tell_unit(frame: Frame, unit_id: OrgUnitId) -> None:
    units = frame.services.people.organisation.org_units(frame.actor())
    unit = next(one for one in units if one.id == unit_id)
    frame.tell(_unit_line(unit), _unit_data(unit))


def _tell_role(frame: Frame, role_id: JobRoleId) -> None:
    roles = frame.services.people.organisation.job_roles(frame.actor())
    role = next(one for one in roles if one.id == role_id)
    frame.tell(_role_line(role), _role_data(role))


def _unit_line(unit: OrgUnit) -> str:
    name = "  " * unit.depth + unit.called
    return "\t".join((unit.code, name, number(unit.people), number(unit.people_within)))


def _role_line(role: JobRole) -> str:
    return "\t".join((role.code, role.title, number(role.people)))


def _unit_data(unit: OrgUnit) -> dict[str, Any]:
    return {
        "id": str(unit.id),
        "code": unit.code,
        "name": unit.name,
        "part_of": unit.parent_id,
        "depth": unit.depth,
        "people": unit.people,
        "people_within": unit.people_within,
    }


def _role_data(role: JobRole) -> dict[str, Any]:
    return {
        "id": str(role.id),
        "code": role.code,
        "name": role.title,
        "people": role.people,
    }
