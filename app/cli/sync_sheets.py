"""`sync sheets`, `sync receipt`, `sync one-way`, and paper in `sync export`: what travels as codes on paper."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer

from app.cli.frame import Frame, frame_of
from app.cli.sync_second import confirmed
from app.cli.sync_slips import write_slip
from app.cli.sync_words import exported_data, imported_data, taken_words
from app.core.base.errors import UserFacingError
from app.core.base.words import _, plural
from app.core.egress import FileTaken
from app.core.sync import (
    BUNDLE,
    FileState,
    NoSuchFileThatCame,
    Peer,
    SheetsTaken,
    WaitingSheets,
    missing_in_words,
    read_prologue,
    waiting_in_words,
)

commands = typer.Typer()


class CoursesNotOnPaper(UserFacingError):
    """Somebody asked for films on paper."""

    def __init__(self) -> None:
        super().__init__(
            _("Files of courses do not go on paper: only records do."),
            safe=_("Nothing was written."),
            remedy=_("Leave --courses away, or write a file on a stick."),
        )


class NoSuchWaitingSheets(UserFacingError):
    """Nothing of that name waits for its sheets."""

    def __init__(self, name: str) -> None:
        super().__init__(
            _("Nothing that begins with “{name}” waits for its sheets.").format(name=name),
            safe=_("Nothing was put away."),
            remedy=_("See with `sync sheets` what waits."),
        )


@commands.command()
def sheets(
    context: typer.Context,
    files: Annotated[
        list[Path] | None,
        typer.Argument(help=_("Scans or photos of sheets: PDF, PNG, JPEG; in any order.")),
    ] = None,
    typed: Annotated[
        bool, typer.Option("--typed", help=_("Read what a 2D scanner types from standard input."))
    ] = False,
    put_away: Annotated[
        str, typer.Option(help=_("Let go of what was read of a file, by how its id begins."))
    ] = "",
) -> int:
    """Take in sheets of codes: records or receipts on paper. Without a file: tell what is missing.

    Sheets may come in any order and on several days; what is not whole yet is kept. The exit code is 2
    where something was refused.
    """
    frame = frame_of(context)
    service, actor = frame.services.sync.sheets, frame.actor()
    if put_away:
        service.put_away(actor, _named(service.waiting(actor), put_away))
    if typed:
        return tell_sheets(frame, service.take_typed(actor, sys.stdin.read(), frame.progress()))
    if files:
        return tell_sheets(frame, service.take_files(actor, files, frame.progress()))
    waiting = service.waiting(actor)
    lines = [*map(_waiting_line, waiting)] or [_("Nothing waits for more of its sheets.")]
    frame.tell("\n".join(lines), {"waiting": [*map(_waiting_data, waiting)]})
    return 0


@commands.command()
def receipt(
    context: typer.Context,
    out: Annotated[Path, typer.Option(help=_("Where to write the receipt, as PDF."))],
    file: Annotated[
        str,
        typer.Argument(help=_("The sync file that came, or its id; without: the newest of all.")),
    ] = "",
) -> None:
    """Write this PC's receipt for a sync file as codes on paper, for where no stick goes back."""
    frame = frame_of(context)
    made = frame.services.sync.sheets.receipt(frame.actor(), _that_came(frame, file))
    frame.save(out, made.document)
    frame.tell(
        _("The receipt for file {number} of {sender} is in {file}, {codes}.").format(
            number=made.number,
            sender=made.to,
            file=out,
            codes=plural("{count} code", "{count} codes", len(made.codes)),
        ),
        {"file": str(out), "number": made.number, "to": made.to, "codes": list(made.codes)},
    )


@commands.command("one-way")
def one_way(
    context: typer.Context,
    peer: Annotated[str, typer.Argument(help=_("A site or PC, as `sync status` names it."))],
    reason: Annotated[str, typer.Option(help=_("Why: a data diode, no media back, or its end."))],
    ended: Annotated[
        bool, typer.Option("--ended", help=_("Files come back from there again."))
    ] = False,
) -> None:
    """Say that nothing comes back by file from a peer: its receipts come on paper."""
    frame = frame_of(context)
    sync, actor = frame.services.sync, frame.actor()
    found = sync.peer(actor, peer)
    sync.one_way.say(actor, found, reason, is_one_way=not ended)
    words = (
        _("Files come back from {name} again.")
        if ended
        else _("Nothing comes back from {name} by file: it prints its receipts.")
    )
    told = {"peer": found.key, "label": found.label, "one_way": not ended}
    frame.tell(words.format(name=found.label), told)


def export_on_paper(
    frame: Frame, peers: Sequence[Peer], out: Path, slip: Path | None, confirmed_by: str
) -> None:
    """Write records for peers as sheets of codes, once a second person signed if one is named."""
    for path in filter(None, (out, slip)):
        if path.exists():
            raise FileTaken(path)  # before it is noted that they left
    sync, actor = frame.services.sync, frame.actor()
    order = sync.releasing.prepare(actor, peers) if confirmed_by else None
    if order is not None:
        confirmed(frame, [order], confirmed_by)
    made = sync.sheets.export(actor, peers, frame.progress(), order)
    frame.save(out, made.document)
    exported = made.exported
    text = _("{file} holds {sheets} for {names}, {entries}. Print all of them.").format(
        file=out,
        sheets=plural("{count} sheet", "{count} sheets", made.sheets),
        names=", ".join(exported.recipients),
        entries=plural("{count} entry", "{count} entries", exported.entries),
    )
    told = [text, *exported.cautions]
    if slip is not None:
        told.append(write_slip(frame, exported.bundle_id, slip))
    data = {**exported_data(exported), "file": str(out), "sheets": made.sheets}
    frame.tell("\n".join(told), {**data, "slip": str(slip) if slip else None})


def tell_sheets(frame: Frame, taken: SheetsTaken) -> int:
    """Tell what came of reading sheets; return the exit code."""
    lines = [plural("{count} code was read.", "{count} codes were read.", taken.codes)]
    if taken.whole:
        lines.append(taken_words(frame, taken.imported))
    if taken.imported.receipts:
        lines.append(_("A receipt came: what it names has arrived."))
    lines += map(_waiting_line, taken.waiting)
    data = {
        **imported_data(frame, taken.imported, frame.actor()),
        "codes": taken.codes,
        "whole": taken.whole,
        "waiting_sheets": [*map(_waiting_data, taken.waiting)],
    }
    frame.tell("\n".join(lines), data)
    return 2 if taken.imported.troubles else 0


def _that_came(frame: Frame, name: str) -> UUID:
    path = Path(name)
    if name and path.is_file():
        with path.open("rb") as file:
            return UUID(bytes=read_prologue(file, BUNDLE).bundle_id)
    if not name:
        for came in frame.services.sync.board(frame.actor()).incoming:
            if came.bundle_id is not None and came.state is FileState.TAKEN:
                return came.bundle_id
        raise NoSuchFileThatCame
    try:
        return UUID(name)
    except ValueError as error:
        raise NoSuchFileThatCame from error


def _named(waiting: Sequence[WaitingSheets], name: str) -> WaitingSheets:
    found = [one for one in waiting if one.of.name.startswith(name.replace("-", ""))]
    if len(found) != 1:
        raise NoSuchWaitingSheets(name)
    return found[0]


def _waiting_line(waiting: WaitingSheets) -> str:
    return f"{waiting.of.bundle_id}  {waiting_in_words(waiting)} {missing_in_words(waiting)}"


def _waiting_data(waiting: WaitingSheets) -> dict[str, object]:
    return {
        "id": str(waiting.of.bundle_id),
        "kind": waiting.of.kind.name.lower(),
        "codes": waiting.count,
        "missing": list(waiting.missing),
        "missing_sheets": list(waiting.missing_sheets),
        "began_at": waiting.began_at.isoformat(),
    }
