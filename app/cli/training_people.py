"""`training session due | quiz`: whom to invite to a session, and who has passed its quiz."""

from typing import Annotated
from uuid import UUID

import typer

from app.cli.frame import frame_of
from app.core.base.words import _
from app.core.training.sessions import InQuizQueue

commands = typer.Typer()

_Session = Annotated[UUID, typer.Argument(help=_("Id of the session, as `list` gives it."))]


@commands.command()
def due(context: typer.Context, session: _Session) -> None:
    """List who has to meet what a session proves, and is not on its list."""
    frame = frame_of(context)
    found = frame.services.sessions.suggesting.who_has_it_due(frame.actor(), session)
    frame.tell(
        "\n".join(f"{one.number}\t{one.name}\t{one.org_unit}\t{one.due_on or '–'}" for one in found)
        or _("Nobody else has it due."),
        {
            "due": [
                {"number": one.number, "name": one.name, "due_on": one.due_on and str(one.due_on)}
                for one in found
            ]
        },
    )


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
