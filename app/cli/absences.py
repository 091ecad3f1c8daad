"""`assignments away`, `back`, `absences` and `take-back`: while somebody is away their due dates stand still."""

from datetime import date
from typing import Annotated
from uuid import UUID

import typer

from app.cli.days import day_of
from app.cli.frame import Frame, frame_of
from app.core.base.errors import NotFound
from app.core.base.words import _, plural
from app.core.training.assignments import Absence

_Person = Annotated[str, typer.Argument(help=_("Number of the person."))]
_Reason = Annotated[str, typer.Option(help=_("Why."))]
_From = Annotated[str, typer.Option("--from", help=_("First day."))]


def away(
    context: typer.Context,
    person: _Person,
    reason: _Reason,
    begins: _From,
    ends: Annotated[str | None, typer.Option("--to", help=_("First day back, if known."))] = None,
    sure: Annotated[
        bool, typer.Option("--sure", help=_("The days are right, though they lie far back."))
    ] = False,
) -> None:
    """Note that somebody is away: their due dates stand still."""
    frame = frame_of(context)
    kept, actor = frame.services.training.assignments.absences, frame.actor()
    who, first = _person_id(frame, person), day_of(begins) or date.max
    noted = kept.note(actor, who, first, day_of(ends), reason, is_sure=sure)
    frame.tell(_("Noted."), {"absence": str(noted)})


def back(
    context: typer.Context,
    person: _Person,
    on: Annotated[str | None, typer.Option(help=_("First day back; today."))] = None,
    reason: _Reason = "",
) -> None:
    """Note that somebody is back: their due dates move on by the days away."""
    frame = frame_of(context)
    kept, actor = frame.services.training.assignments.absences, frame.actor()
    found = kept.lasting(actor, _person_id(frame, person))
    moved = kept.end(actor, found.id, day_of(on) or frame.today(), reason)
    words = plural("{count} due date moved on.", "{count} due dates moved on.", moved)
    frame.tell(words, {"moved": moved})


def absences(context: typer.Context, person: _Person) -> None:
    """List somebody's absences, the newest first."""
    frame = frame_of(context)
    kept = frame.services.training.assignments.absences
    found = kept.of_person(frame.actor(), _person_id(frame, person))
    data = [
        {
            "from": one.from_on.isoformat(),
            "to": "" if one.to_on is None else one.to_on.isoformat(),
            "reason": one.reason,
            "taken_back": one.is_taken_back,
        }
        for one in found
    ]
    frame.tell("\n".join(map(_line, found)) or _("None."), {"absences": data})


def take_back(context: typer.Context, person: _Person, begins: _From, reason: _Reason) -> None:
    """Take back an absence that was noted wrongly: due dates go back by its days."""
    frame = frame_of(context)
    kept, actor = frame.services.training.assignments.absences, frame.actor()
    first = day_of(begins)
    found = [
        one
        for one in kept.of_person(actor, _person_id(frame, person))
        if one.from_on == first and not one.is_taken_back
    ]
    if not found:
        raise NotFound(_("An absence"))
    moved = sum(kept.take_back(actor, one.id, reason) for one in found)
    words = plural("{count} due date moved back.", "{count} due dates moved back.", moved)
    frame.tell(words, {"moved": moved})


def _line(one: Absence) -> str:
    if one.is_taken_back:
        return _("{first}: taken back: {reason}").format(first=one.from_on, reason=one.reason)
    last = "" if one.to_on is None else one.to_on.isoformat()
    return f"{one.from_on} – {last}: {one.reason}"


def _person_id(frame: Frame, number: str) -> UUID:
    return frame.services.people.find(frame.actor(), number).id
