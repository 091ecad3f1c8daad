"""`training session sheet | scan`: sign-in sheets, made and taken back."""

from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer

from app.cli.frame import frame_of
from app.core.base.words import _

commands = typer.Typer()

_Session = Annotated[UUID, typer.Argument(help=_("Id of the session, as `list` gives it."))]


@commands.command()
def sheet(
    context: typer.Context,
    session: _Session,
    out: Annotated[Path, typer.Option(help=_("The PDF to write."))],
) -> None:
    """Save the sign-in sheet, with a code on each page by which a scan is known again."""
    frame = frame_of(context)
    name = frame.services.open_site.name
    frame.save(out, frame.services.sessions.papers.sheet(frame.actor(), session, name))
    frame.tell(str(out), {"file": str(out)})


@commands.command()
def scan(
    context: typer.Context,
    session: _Session,
    file: Annotated[Path, typer.Argument(help=_("The scanned sheet: PNG, JPEG or PDF."))],
    tick: Annotated[
        bool, typer.Option("--tick", help=_("Note everybody whose box is clearly marked."))
    ] = False,
    anyway: Annotated[bool, typer.Option("--anyway", help=_("Beyond the seats, too."))] = False,
) -> None:
    """Keep a scanned sheet as evidence, and tell which boxes are marked."""
    frame = frame_of(context)
    papers, actor = frame.services.sessions.papers, frame.actor()
    read = papers.read(actor, session, file)
    papers.keep(actor, session, file, read)
    ticked = papers.tick(actor, session, read, anyway=anyway) if tick else 0
    names = {one.person_id: f"{one.number} {one.name}" for one in read.rows}
    frame.tell(
        "\n".join(f"{one.number}\t{one.name}\t{one.mark.value}" for one in read.rows)
        or _("No box could be read; the scan is kept."),
        {
            "pages": list(read.pages),
            "rows": [
                {"number": one.number, "name": one.name, "mark": one.mark.value}
                for one in read.rows
            ],
            "ticked": ticked,
            "people": len(names),
        },
    )


@commands.command()
def certificates(
    context: typer.Context,
    session: _Session,
    out: Annotated[Path, typer.Option(help=_("The folder to write them into."))],
) -> None:
    """Save the certificates that a class got, for what it proves and what it was shown, one PDF each."""
    frame = frame_of(context)
    services, actor = frame.services, frame.actor()
    found = services.sessions.detail(actor, session)
    given = services.certificates.of_class(actor, found)
    count = services.certificates.save_all(actor, given, out, frame.progress())
    frame.tell(
        "\n".join(f"{one.number}\t{one.person_name}" for one in given)
        or _("This session gave no certificates."),
        {"saved": count, "numbers": [one.number for one in given]},
    )
