"""`sync export`, `import`, `status`, `folder`: records that travel."""

import time
from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer

from app.cli.frame import Frame, frame_of
from app.cli.sync_courses import (
    NO_COURSES,
    Languages,
    Roles,
    Wanted,
    Whom,
    courses_wanted,
    peers_named,
)
from app.cli.sync_second import confirmed
from app.cli.sync_several import OnePaperEach, export_to_several
from app.cli.sync_sheets import CoursesNotOnPaper, export_on_paper, tell_sheets
from app.cli.sync_slips import write_slip
from app.cli.sync_words import (
    board_data,
    claims_data,
    copies_in_words,
    exported_data,
    imported_data,
    loss_words,
    peer_line,
    taken_words,
    twins_data,
    waiting_lines,
)
from app.core.base.actor import system_actor
from app.core.base.words import _, plural
from app.core.sync import (
    PICTURE_ENDINGS,
    Alarm,
    Board,
    Exported,
    FolderUnreachable,
    Imported,
    Peer,
    aside_in_words,
    claims_in_words,
    readers_of,
    standing_of,
    stayed_in_words,
    went_in_words,
)

commands = typer.Typer()

_POLL_SECONDS = 5


@commands.command()
def export(
    context: typer.Context,
    to: Whom,
    out: Annotated[
        Path,
        typer.Option(
            help=_("The file, or the stick's folder; for several the folder; with --paper the PDF.")
        ),
    ],
    courses: Annotated[
        str,
        typer.Option(
            help=_(
                "Whose files go along: all (but for those on their way), none, or codes or ids of"
                " courses with commas between."
            )
        ),
    ] = NO_COURSES,
    language: Languages = None,
    role: Roles = None,
    slip: Annotated[
        Path | None, typer.Option(help=_("Where to write the courier slip, as PDF; of all in one."))
    ] = None,
    paper: Annotated[
        bool, typer.Option("--paper", help=_("As sheets of codes to print, records alone."))
    ] = False,
    confirmed_by: Annotated[
        str,
        typer.Option(
            help=_("Login of a second person, who signs what goes; DAKSHA_SECOND_PASSWORD.")
        ),
    ] = "",
    overwrite: Annotated[bool, typer.Option(help=_("Replace the file if there is one."))] = False,
) -> int:
    """Write what somebody lacks into a sync file, encrypted for them; safe to remove when it returns.

    For several sites each gets a file of its own, and files of courses that several lack go once, in a
    parcel beside them. If the stick takes not all of it, what was written stands and the exit code is 2.
    A PC that joined by a site file makes itself known with it, before anybody can sign in there.
    """
    frame, out = frame_of(context), out.absolute()  # as the register of what left names it
    actor, sync = frame.carrier(), frame.services.sync
    peers, chosen = peers_named(sync, actor, to), Wanted(courses, language or (), role or ())
    is_for_several = len(readers_of(peers)) > 1
    if paper:
        if chosen != Wanted(NO_COURSES, (), ()):
            raise CoursesNotOnPaper
        if is_for_several:
            raise OnePaperEach
        export_on_paper(frame, peers, out, slip, confirmed_by)
        return 0
    wanted = courses_wanted(sync, actor, peers, chosen)
    if is_for_several:
        return export_to_several(frame, peers, out, wanted, slip, confirmed_by)
    _tell_written(
        frame, _written(frame, peers, out, wanted, confirmed_by, overwrite=overwrite), slip
    )
    return 0


def _written(
    frame: Frame,
    peers: Sequence[Peer],
    out: Path,
    courses: Collection[UUID] | None,
    confirmed_by: str,
    *,
    overwrite: bool,
) -> Exported:
    """Write a file for one reader, once a second person has signed where one is named."""
    actor, sync = frame.carrier(), frame.services.sync
    if not confirmed_by:
        return sync.export(
            actor, peers, out, frame.progress(), courses=courses, overwrite=overwrite
        )
    order = sync.releasing.prepare(actor, peers, courses)
    confirmed(frame, [order], confirmed_by)
    return sync.export_order(actor, order, out, frame.progress(), overwrite=overwrite)


def _tell_written(frame: Frame, exported: Exported, slip: Path | None) -> None:
    """Tell what was written, and write the courier slip where one is asked for."""
    text = _("{file} is written for {names}, {entries}.").format(
        file=exported.path,
        names=", ".join(exported.recipients),
        entries=plural("{count} entry", "{count} entries", exported.entries),
    )
    went = went_in_words(exported.loaded)
    told = [text, *exported.cautions, *([went] if went else []), *stayed_in_words(exported.loaded)]
    if slip is not None:
        told.append(write_slip(frame, exported.bundle_id, slip))
    told.append(_("The stick can be taken out now."))
    frame.tell("\n".join(told), {**exported_data(exported), "slip": str(slip) if slip else None})


@commands.command("import")
def take_in(
    context: typer.Context,
    path: Annotated[
        Path, typer.Argument(help=_("A sync file, a folder of them, or a scan of sheets."))
    ],
) -> int:
    """Take in what somebody brought; write a receipt beside it. Again does no harm.

    Of a folder all that can be is taken; if a file is refused, the exit code is 2 all the same.
    """
    frame = frame_of(context)
    sync = frame.services.sync
    if path.suffix.lower() in PICTURE_ENDINGS:
        return tell_sheets(frame, sync.sheets.take_files(frame.actor(), [path], frame.progress()))
    if frame.services.open_site.waits:  # nobody can sign in before the first file has come
        imported = sync.take_first(path, frame.progress())
        frame.tell(taken_words(frame, imported), imported_data(frame, imported, system_actor()))
    else:
        imported = sync.take(frame.actor(), path, frame.progress())
        frame.tell(taken_words(frame, imported), imported_data(frame, imported, frame.actor()))
    came = imported.files or imported.receipts
    return 2 if imported.troubles or (imported.for_others and not came) else 0


@commands.command()
def status(context: typer.Context) -> int:
    """Say how it stands with every peer: what it lacks, what is on its way, what was heard.

    If a file or a word of somebody has been awaited for more than 30 days, a PC is there twice, or another
    site said who may sign in here, the exit code is 2.
    """
    frame = frame_of(context)
    board, now = frame.services.sync.board(frame.actor()), frame.services.open_site.site.clock.now()
    frame.tell("\n".join(_stands(frame, board, now)), board_data(frame, board, now))
    is_late = any(standing_of(one, now).alarm is Alarm.ALARM for one in board.peers)
    return 2 if is_late or board.claims or twins_data(frame, board.twins) else 0


def _stands(frame: Frame, board: Board, now: datetime) -> Iterator[str]:
    """Yield how it stands with every peer, and with what does not belong here or waits."""
    yield from (peer_line(one, now) for one in board.peers)
    if not board.peers:
        yield _("Nobody is paired yet.")
    yield from copies_in_words(frame)
    yield from claims_in_words(board.claims)
    yield from map(loss_words, board.losses)
    lying = frame.services.sync.aside.all(frame.actor())
    yield from (aside_in_words(one) for one in lying if one.decided is None)
    yield from waiting_lines(board)
    if board.laid:
        there = sum(file.gone_at is None for file in board.laid)
        told = _("Of what this PC laid in the shared folder, by its own list, {count} lie there.")
        yield told.format(count=plural("{count} file", "{count} files", there))


@commands.command()
def twins(
    context: typer.Context,
    seen: Annotated[
        bool, typer.Option("--seen", help=_("Say that you know, and have seen to it."))
    ] = False,
) -> None:
    """List the PCs that are there twice or went on in new logs; with --seen put the alarm away.

    It comes again for what is found later.
    """
    frame = frame_of(context)
    actor, opened = frame.actor(), frame.services.open_site
    found = frame.services.sync.board(actor).twins
    lines, data = copies_in_words(frame), twins_data(frame, found)
    if seen:
        frame.services.sync.note_twins_seen(actor)
        for one in opened.incarnations.unseen(actor):
            opened.incarnations.mark_seen(actor, one.id)
    frame.tell("\n".join(lines or [_("None is known.")]), {"twins": data, "seen": seen})


@commands.command()
def claims(
    context: typer.Context,
    seen: Annotated[
        bool, typer.Option("--seen", help=_("Say that you know, and have seen to it."))
    ] = False,
) -> None:
    """List what PCs wrote that only another site may say: who may sign in there; with --seen put the alarm away.

    None of it counts. It comes again for what is found later.
    """
    frame = frame_of(context)
    actor, sync = frame.actor(), frame.services.sync
    found = sync.board(actor).claims
    if seen:
        sync.note_claims_seen(actor)
    lines = claims_in_words(found, len(found)) or (_("None is known."),)
    frame.tell("\n".join(lines), {"claims": claims_data(found), "seen": seen})


@commands.command()
def folder(
    context: typer.Context,
    place: Annotated[Path, typer.Argument(help=_("The folder that the PCs of the site share."))],
    watch: Annotated[
        bool, typer.Option("--watch", help=_("Go on until stopped, every few seconds."))
    ] = False,
    make: Annotated[bool, typer.Option("--make", help=_("Make the folder first."))] = False,
) -> None:
    """Exchange with the other PCs of the site through a shared folder.

    A PC that waits for its first file needs nobody who signs in.
    """
    frame = frame_of(context)
    if make:
        try:
            place.mkdir(parents=True, exist_ok=True)
        except OSError as refusal:
            raise FolderUnreachable(place, refusal) from refusal
    actor, total, written = frame.carrier(), Imported(), 0
    while True:
        done = frame.services.sync.go_round(actor, place)
        total.add(done.imported)
        written += len(done.exported)
        if not watch:
            break
        time.sleep(_POLL_SECONDS)
    useless = [one for one in done.useless if one not in total.troubles]
    frame.tell(
        "\n".join([taken_words(frame, total), *useless]),
        {
            **imported_data(frame, total, actor),
            "written": written,
            "useless": list(done.useless),
        },
    )
