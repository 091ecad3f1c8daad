"""`training catalogue`: what whoever signs in with --as may take, ask for and give back."""

from typing import Annotated, Any

import typer

from app.cli.frame import Frame, frame_of
from app.core.base.errors import NotFound
from app.core.base.paging import has_words
from app.core.base.words import _
from app.core.training.offers import CatalogueEntry, EntryState

commands = typer.Typer(name="catalogue", help=_("What you may take of yourself, with --as."))

_Code = Annotated[str, typer.Argument(help=_("Code of the requirement."))]


@commands.command("list")
def list_(
    context: typer.Context,
    text: Annotated[str, typer.Option(help=_("Only what has these words."))] = "",
    state: Annotated[
        list[EntryState] | None, typer.Option(help=_("Only what stands so with you."))
    ] = None,
) -> None:
    """List what is offered to you, by title: code, how it stands with you, title."""
    frame = frame_of(context)
    found = [
        one
        for one in frame.services.training.choosing.entries(frame.actor())
        if has_words(one.search, text) and (not state or one.state in state)
    ]
    lines = [f"{one.code}\t{one.state.value}\t{one.title}" for one in found]
    frame.tell(
        "\n".join(lines) or _("Nothing is offered to you."),
        {"catalogue": [_data(one) for one in found]},
    )


@commands.command()
def take(context: typer.Context, code: _Code) -> None:
    """Take what is open to take: it is yours at once."""
    frame = frame_of(context)
    taken = frame.services.training.choosing.take(frame.actor(), _entry(frame, code).requirement_id)
    frame.tell(_("It is yours."), {"assignment": str(taken)})


@commands.command()
def ask(
    context: typer.Context,
    code: _Code,
    words: Annotated[str, typer.Option(help=_("Why you want it."))] = "",
) -> None:
    """Ask for what somebody has to approve."""
    frame = frame_of(context)
    wanted = _entry(frame, code).requirement_id
    asked = frame.services.training.choosing.ask(frame.actor(), wanted, words)
    frame.tell(_("Your request is on record."), {"request": str(asked)})


@commands.command()
def drop(context: typer.Context, code: _Code) -> None:
    """Give back what you chose and have not begun."""
    frame = frame_of(context)
    entry = _entry(frame, code)
    frame.services.training.choosing.drop(frame.actor(), entry.requirement_id)
    frame.tell(_("It is given back."), {"requirement": entry.code})


def _entry(frame: Frame, code: str) -> CatalogueEntry:
    """Return the entry with a code. Raises NotFound."""
    wanted = code.strip().upper()
    for one in frame.services.training.choosing.entries(frame.actor()):
        if one.code == wanted:
            return one
    raise NotFound(_("This entry of the catalogue"))


def _data(one: CatalogueEntry) -> dict[str, Any]:
    return {
        "code": one.code,
        "type": one.type.value,
        "title": one.title,
        "topic": one.topic,
        "languages": list(one.languages),
        "seconds": one.seconds,
        "state": one.state.value,
        "may_drop": one.may_drop,
        "valid_until": None if one.valid_until is None else one.valid_until.isoformat(),
        "declined": one.declined or None,
    }
