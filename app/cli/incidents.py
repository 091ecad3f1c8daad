"""`incidents`: what went wrong with the program, what was done about it, closed with a signature."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

import typer

from app.cli.days import UnreadableDay
from app.cli.frame import frame_of
from app.cli.signing import undersigned
from app.core.assurance import Incident, NewIncident, Severity
from app.core.base.words import _

commands = typer.Typer(name="incidents", help=_("What went wrong, and how it was closed."))

_Id = Annotated[UUID, typer.Argument(help=_("Id of the incident."))]
_Done = Annotated[str, typer.Option(help=_("What was done."))]


@commands.command("list")
def list_(context: typer.Context) -> None:
    """List the incidents: open ones first."""
    frame = frame_of(context)
    found = frame.services.incidents.incidents(frame.actor())
    lines = [
        f"{one.id}\t{_('Open') if one.is_open else _('Closed')}\t{one.severity.value}\t{one.title}"
        for one in found
    ]
    frame.tell(
        "\n".join(lines) or _("No incident is on record."),
        {"incidents": [_data(one) for one in found]},
    )


@commands.command()
def report(
    context: typer.Context,
    title: Annotated[str, typer.Argument(help=_("What it is called."))],
    what: Annotated[str, typer.Option(help=_("What happened."))],
    severity: Annotated[Severity, typer.Option(help=_("How much it weighs."))] = Severity.MINOR,
    at: Annotated[
        str | None, typer.Option(help=_("When it happened, as 2026-11-23T10:30; now if not given."))
    ] = None,
    entry: Annotated[
        list[str] | None, typer.Option(help=_("An entry of the audit trail that belongs to it."))
    ] = None,
) -> None:
    """Put an incident on record."""
    frame = frame_of(context)
    now = frame.services.open_site.site.clock.now()
    new = NewIncident(
        title=title,
        what=what,
        severity=severity,
        happened_at=_moment(at) if at else now,
        entries=tuple(entry or ()),
    )
    incident_id = frame.services.incidents.report(frame.actor(), new)
    frame.tell(_("The incident is on record."), {"incident": str(incident_id)})


@commands.command()
def note(context: typer.Context, incident: _Id, done: _Done) -> None:
    """Say what was done about an open incident."""
    frame = frame_of(context)
    frame.services.incidents.note(frame.actor(), incident, done)
    frame.tell(_("Kept."), {"incident": str(incident)})


@commands.command()
def close(
    context: typer.Context,
    incident: _Id,
    cause: Annotated[str, typer.Option(help=_("Why it came about."))],
    done: _Done,
) -> None:
    """Close an incident and sign it, with --as and DAKSHA_PASSWORD."""
    frame = frame_of(context)
    incidents, actor = frame.services.incidents, frame.actor()
    signed = undersigned(frame, incidents.shown(actor, incident, cause, done))
    incidents.close(actor, incident, cause, done, signed)
    frame.tell(_("The incident is closed."), {"incident": str(incident), "open": False})


def _moment(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text).astimezone()
    except ValueError:
        raise UnreadableDay(text) from None


def _data(one: Incident) -> dict[str, Any]:
    return {
        "id": str(one.id),
        "title": one.title,
        "what": one.what,
        "severity": one.severity.value,
        "happened_at": one.happened_at.isoformat(),
        "entries": list(one.entries),
        "by": one.by,
        "open": one.is_open,
        "steps": [
            {
                "closes": step.closes,
                "cause": step.cause,
                "done": step.done,
                "by": step.by,
                "at": step.at.isoformat(),
            }
            for step in one.steps
        ],
    }
