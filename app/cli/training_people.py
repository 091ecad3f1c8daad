"""`training session due | quiz | decide`: whom to invite, who passed the quiz, who was in two rooms."""

from typing import Annotated
from uuid import UUID

import typer

from app.cli.frame import frame_of
from app.core.base.words import _
from app.core.people.shifts import known_hours, shift_at_time, tally_in_words
from app.core.training.sessions import HasItDue, InQuizQueue

commands = typer.Typer()

_Session = Annotated[UUID, typer.Argument(help=_("Id of the session, as `list` gives it."))]


@commands.command()
def due(
    context: typer.Context,
    session: _Session,
    shift: Annotated[str | None, typer.Option(help=_("Only those in this shift."))] = None,
    at_work: Annotated[
        bool,
        typer.Option("--at-work", help=_("Not those who are known not to be at work then.")),
    ] = False,
) -> None:
    """List who has to meet what a session proves, and is not on its list."""
    frame = frame_of(context)
    suggesting = frame.services.sessions.suggesting
    found = suggesting.suggest(frame.actor(), session, shift=shift, at_work=at_work)
    hours = known_hours(found.all_hours)
    lines = [*map(_due_line, found.people), *([tally_in_words(hours)] if hours else [])]
    frame.tell(
        "\n".join(lines) or _("Nobody else has it due."),
        {
            "due": [_due(one) for one in found.people],
            "by_shift": [
                {"shift": one.at.shift, "state": one.at.state.value, "people": one.people}
                for one in found.by_shift
            ],
        },
    )


@commands.command()
def decide(
    context: typer.Context,
    session: _Session,
    person: Annotated[str, typer.Argument(help=_("Number of the person."))],
    counts: Annotated[bool, typer.Option("--counts/--not", help=_("Whether it counts here, too."))],
    reason: Annotated[str, typer.Option(help=_("Why; kept in the records."))],
) -> None:
    """Say whether a session counts for somebody who was in another room at the same time; then sign."""
    frame = frame_of(context)
    sessions, actor = frame.services.sessions, frame.actor()
    person_id = frame.services.people.find(actor, person).id
    sessions.rooms.decide(actor, session, person_id, counts=counts, reason=reason)
    told = _("It counts once you sign.") if counts else _("It does not count.")
    frame.tell(told, {"counts": counts})


def _due_line(one: HasItDue) -> str:
    hours = shift_at_time(one.hours)
    return "\t".join((one.number, one.name, one.org_unit, str(one.due_on or "–"), hours))


def _due(one: HasItDue) -> dict[str, object]:
    return {
        "number": one.number,
        "name": one.name,
        "due_on": one.due_on and str(one.due_on),
        "shift": one.hours.shift,
        "hours": one.hours.state.value,
    }


@commands.command()
def quiz(context: typer.Context, session: _Session) -> None:
    """List who has passed the quiz after a class, and who waits for it."""
    frame = frame_of(context)
    found = frame.services.sessions.quizzes.queue(frame.actor(), session)
    frame.tell(
        "\n".join(f"{one.number}\t{one.name}\t{one.turn.value}\t{len(one.tries)}" for one in found)
        or _("Nobody has a quiz to take after this session."),
        {"quiz": [_in_queue(one) for one in found]},
    )


def _in_queue(one: InQuizQueue) -> dict[str, object]:
    return {
        "number": one.number,
        "name": one.name,
        "turn": one.turn.value,
        "score_hundredths": one.score_hundredths,
        "attempts": [str(tried.attempt_id) for tried in one.tries],
    }
