"""`training requests`: what people asked to be trained in, and what was replied."""

from typing import Annotated, Any
from uuid import UUID

import typer

from app.cli.days import day_of
from app.cli.frame import frame_of
from app.core.base.words import _
from app.core.training.requests import TrainingRequest

commands = typer.Typer(name="requests", help=_("What people asked to be trained in."))


@commands.command("list")
def list_(context: typer.Context) -> None:
    """List the requests: what waits for a reply first."""
    frame = frame_of(context)
    found = frame.services.training.requests.all(frame.actor())
    lines = [f"{one.id}\t{one.number}\t{one.title or one.words}\t{_state(one)}" for one in found]
    frame.tell(
        "\n".join(lines) or _("Nobody has asked for training."),
        {"requests": [_data(one) for one in found]},
    )


@commands.command()
def ask(
    context: typer.Context,
    words: Annotated[str, typer.Argument(help=_("What you want to be trained in, and why."))],
    requirement: Annotated[
        str, typer.Option(help=_("Code of a requirement, where it is one."))
    ] = "",
) -> None:
    """Ask for training for yourself, with --as."""
    frame = frame_of(context)
    asked = frame.services.training.requests.ask(frame.actor(), words, requirement)
    frame.tell(_("Your request is on record."), {"request": str(asked)})


@commands.command()
def reply(
    context: typer.Context,
    request: Annotated[UUID, typer.Argument(help=_("Id of the request."))],
    on: Annotated[
        str | None, typer.Option(help=_("The day on which it takes place; else it is refused."))
    ] = None,
    words: Annotated[str, typer.Option(help=_("What is said to whoever asked."))] = "",
) -> None:
    """Reply to a request with a day, or with why it is not possible."""
    frame = frame_of(context)
    frame.services.training.requests.reply(frame.actor(), request, day_of(on), words)
    frame.tell(_("The reply is on record."), {"request": str(request), "granted": on is not None})


@commands.command()
def approve(
    context: typer.Context,
    request: Annotated[UUID, typer.Argument(help=_("Id of the request."))],
    on: Annotated[
        str | None, typer.Option(help=_("The day on which it takes place, where there is one."))
    ] = None,
    words: Annotated[str, typer.Option(help=_("What is said to whoever asked."))] = "",
) -> None:
    """Let whoever asked for a requirement have it: it is assigned as chosen by themselves."""
    frame = frame_of(context)
    requests, actor = frame.services.training.requests, frame.actor()
    taken = requests.approve(actor, request, planned_on=day_of(on), words=words)
    told = {"request": str(request), "granted": True, "assignment": str(taken)}
    frame.tell(_("It is approved and assigned."), told)


def _state(one: TrainingRequest) -> str:
    if one.reply is None:
        return _("Waits for a reply")
    if one.reply.planned_on is not None:
        return one.reply.planned_on.isoformat()
    return _("Approved") if one.reply.is_granted else _("Refused")


def _data(one: TrainingRequest) -> dict[str, Any]:
    reply = one.reply
    return {
        "id": str(one.id),
        "person": one.number,
        "requirement": one.title,
        "words": one.words,
        "at": one.at.isoformat(),
        "reply": None
        if reply is None
        else {
            "granted": reply.is_granted,
            "on": None if reply.planned_on is None else reply.planned_on.isoformat(),
            "words": reply.words,
            "by": reply.by,
            "at": reply.at.isoformat(),
        },
    }
