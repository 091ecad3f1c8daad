"""`people papers`: the CV, degrees and other papers in somebody's file: listed, put there, taken out, saved."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer

from app.cli.days import day_of
from app.cli.frame import Frame, frame_of
from app.core.base.errors import NotFound
from app.core.base.figures import day, size
from app.core.base.words import _
from app.core.people.papers import NewPaper, PaperKind, PersonPaper

commands = typer.Typer(name="papers", help=_("The CV and other papers in somebody's file."))

_Number = Annotated[str, typer.Argument(help=_("Employee number."))]
_Paper = Annotated[str, typer.Argument(help=_("Id of the paper, or how it begins."))]


@commands.command("list")
def list_papers(context: typer.Context, number: _Number) -> None:
    """List the papers of somebody, those that stand first."""
    frame = frame_of(context)
    _tell(frame, number)


@commands.command()
def put(
    context: typer.Context,
    number: _Number,
    file: Annotated[Path, typer.Argument(help=_("PDF, PNG or JPEG."))],
    kind: Annotated[PaperKind, typer.Option(help=_("What it is."))] = PaperKind.CV,
    title: Annotated[
        str, typer.Option(help=_("Which of its kind; the same title replaces the one before."))
    ] = "",
    on: Annotated[str | None, typer.Option(help=_("Day on the paper, YYYY-MM-DD."))] = None,
) -> None:
    """Keep a file as somebody's paper, in the place of the one of its kind and title."""
    frame = frame_of(context)
    person = frame.services.people.find(frame.actor(), number)
    new = NewPaper(kind=kind, file=file, title=title, dated_on=day_of(on))
    frame.services.people.papers.put(frame.actor(), person.id, new)
    _tell(frame, number)


@commands.command("take-out")
def take_out(
    context: typer.Context,
    number: _Number,
    paper: _Paper,
    reason: Annotated[str, typer.Option(help=_("Why; kept in the records."))],
) -> None:
    """Let a paper stand no more; it stays in the history."""
    frame = frame_of(context)
    found = _named(_found(frame, number), paper)
    frame.services.people.papers.take_out(frame.actor(), found, reason)
    _tell(frame, number)


@commands.command()
def save(
    context: typer.Context,
    number: _Number,
    paper: _Paper,
    out: Annotated[Path, typer.Option(help=_("The file to write."))],
    overwrite: Annotated[bool, typer.Option(help=_("Replace the file if there is one."))] = False,
) -> None:
    """Write a paper to a file, as it was given."""
    frame = frame_of(context)
    found = _named(_found(frame, number), paper)
    document = frame.services.people.papers.handed_out(frame.actor(), found)
    frame.save(out, document, overwrite=overwrite)
    frame.tell(_("Saved as {file}.").format(file=out), {"file": str(out)})


def _found(frame: Frame, number: str) -> tuple[PersonPaper, ...]:
    person = frame.services.people.find(frame.actor(), number)
    return frame.services.people.papers.of(frame.actor(), person.id)


def _named(found: Sequence[PersonPaper], given: str) -> UUID:
    """Return the one paper whose id begins so. Raises NotFound."""
    meant = [one.id for one in found if str(one.id).startswith(given.casefold())]
    if len(meant) != 1:
        raise NotFound(_("Paper {id}").format(id=given))
    return meant[0]


def _tell(frame: Frame, number: str) -> None:
    found = _found(frame, number)
    frame.tell(
        "\n".join(map(_line, found)) or _("No CV or other paper is kept."),
        {"number": number, "papers": [_data(one) for one in found]},
    )


def _line(one: PersonPaper) -> str:
    state = _("stands") if one.stands else _("earlier")
    dated = day(one.dated_on) if one.dated_on else "–"
    return "\t".join((str(one.id), state, one.called, dated, one.file_name, size(one.size)))


def _data(one: PersonPaper) -> dict[str, object]:
    return {
        "id": str(one.id),
        "kind": one.kind.value,
        "title": one.title,
        "file": one.file_name,
        "media_type": one.media_type,
        "bytes": one.size,
        "sha256": one.sha256,
        "dated_on": one.dated_on,
        "at": one.at,
        "by": one.by_name,
        "stands": one.stands,
    }
