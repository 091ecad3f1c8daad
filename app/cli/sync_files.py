"""`sync export`, `import`, `status`, `folder`: records that travel."""

import time
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from app.cli.frame import Frame, frame_of
from app.cli.sync_courses import (
    NO_COURSES,
    Languages,
    Roles,
    Wanted,
    courses_wanted,
    peers_named,
)
from app.cli.sync_customs import stamp_data
from app.cli.sync_second import confirmed
from app.cli.sync_slips import write_slip
from app.core.base.actor import Actor, system_actor
from app.core.base.figures import moment, number
from app.core.base.words import _, plural
from app.core.sync import (
    BadgeLoss,
    Board,
    Exported,
    FolderUnreachable,
    Imported,
    IncomingFile,
    LaidFile,
    PeerState,
    SentFile,
    for_others_in_words,
    second_in_words,
    stayed_in_words,
    unsigned_in_words,
    went_in_words,
)

commands = typer.Typer()

_POLL_SECONDS = 5


@commands.command()
def export(
    context: typer.Context,
    to: Annotated[
        str, typer.Option(help=_("A site or PC, as `sync status` names it; “pcs”: all PCs here."))
    ],
    out: Annotated[Path, typer.Option(help=_("The file, or the stick's folder."))],
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
        Path | None, typer.Option(help=_("Where to write the courier slip, as PDF."))
    ] = None,
    confirmed_by: Annotated[
        str,
        typer.Option(
            help=_("Login of a second person, who signs what goes; DAKSHA_SECOND_PASSWORD.")
        ),
    ] = "",
) -> None:
    """Write what somebody lacks into a sync file, encrypted for them; safe to remove when it returns."""
    frame = frame_of(context)
    actor, sync = frame.actor(), frame.services.sync
    peers = peers_named(sync, actor, to)
    wanted = courses_wanted(sync, actor, peers, Wanted(courses, language or (), role or ()))
    if confirmed_by:
        order = confirmed(frame, sync.releasing.prepare(actor, peers, wanted), confirmed_by)
        exported = sync.export_order(actor, order, out, frame.progress())
    else:
        exported = sync.export(actor, peers, out, frame.progress(), courses=wanted)
    text = _("{file} is written for {names}, {entries}.").format(
        file=exported.path,
        names=", ".join(exported.recipients),
        entries=plural("{count} entry", "{count} entries", exported.entries),
    )
    stays = [unsigned_in_words(exported.unsigned)] if exported.unsigned else []
    loaded = exported.loaded
    told = [text, *stays, *filter(None, [went_in_words(loaded)]), *stayed_in_words(loaded)]
    if slip is not None:
        told.append(write_slip(frame, exported.bundle_id, slip))
    told.append(_("The stick can be taken out now."))
    frame.tell("\n".join(told), {**_exported(exported), "slip": str(slip) if slip else None})


@commands.command("import")
def take_in(
    context: typer.Context,
    path: Annotated[Path, typer.Argument(help=_("A sync file, or a folder of them."))],
) -> int:
    """Take in what somebody brought; write a receipt beside it. Again does no harm.

    Of a folder all that can be is taken; if a file is refused, the exit code is 2 all the same.
    """
    frame = frame_of(context)
    sync = frame.services.sync
    if frame.services.open_site.waits:  # nobody can sign in before the first file has come
        imported = sync.take_first(path, frame.progress())
        frame.tell(_told(imported), _imported(frame, imported, system_actor()))
    else:
        imported = sync.take(frame.actor(), path, frame.progress())
        frame.tell(_told(imported), _imported(frame, imported, frame.actor()))
    came = imported.files or imported.receipts
    return 2 if imported.troubles or (imported.for_others and not came) else 0


@commands.command()
def status(context: typer.Context) -> None:
    """Say how it stands with every peer: what it lacks, what is on its way, what was heard."""
    frame = frame_of(context)
    board = frame.services.sync.board(frame.actor())
    lines = [*map(_line, board.peers)] or [_("Nobody is paired yet.")]
    lines += map(_loss, board.losses)
    lying = sum(file.gone_at is None for file in board.laid)
    if board.laid:
        told = _("Of what this PC laid in the shared folder, by its own list, {count} lie there.")
        lines.append(told.format(count=plural("{count} file", "{count} files", lying)))
    frame.tell("\n".join(lines), _board(board))


@commands.command()
def folder(
    context: typer.Context,
    place: Annotated[Path, typer.Argument(help=_("The folder that the PCs of the site share."))],
    watch: Annotated[
        bool, typer.Option("--watch", help=_("Go on until stopped, every few seconds."))
    ] = False,
    make: Annotated[bool, typer.Option("--make", help=_("Make the folder first."))] = False,
) -> None:
    """Exchange with the other PCs of the site through a shared folder."""
    frame = frame_of(context)
    if make:
        try:
            place.mkdir(parents=True, exist_ok=True)
        except OSError as refusal:
            raise FolderUnreachable(place, refusal) from refusal
    actor, total, written = frame.actor(), Imported(), 0
    while True:
        done = frame.services.sync.go_round(actor, place)
        total.add(done.imported)
        written += len(done.exported)
        if not watch:
            break
        time.sleep(_POLL_SECONDS)
    frame.tell(_told(total), {**_imported(frame, total, frame.actor()), "written": written})


def _told(imported: Imported) -> str:
    lines = [
        _("{applied} entries are new, {repeated} were here, {waiting} wait.").format(
            applied=number(imported.applied),
            repeated=number(imported.repeated),
            waiting=number(imported.waiting),
        )
    ]
    if imported.assets:
        lines.append(
            plural(
                "{count} file of courses came.", "{count} files of courses came.", imported.assets
            )
        )
    if imported.assets_missing:
        lines.append(
            plural(
                "{count} file of courses has not come yet.",
                "{count} files of courses have not come yet.",
                imported.assets_missing,
            )
        )
    lines += [f"{one.file}: {one.inspection.words}" for one in imported.stated]
    lines += imported.bad_stamps
    if imported.forks:
        lines.append(_("A PC has a twin: its data folder was copied or restored. Both are kept."))
    if imported.for_others:
        lines.append(for_others_in_words(imported.for_others))
    return "\n".join([*lines, *imported.troubles])


def _line(state: PeerState) -> str:
    heard = moment(state.heard_at) if state.heard_at else _("never heard of")
    return "  ".join(
        (
            state.peer.label,
            state.peer.key[:16],
            _("lacks {count}").format(count=number(state.lacks)),
            _("on the way {count}").format(count=number(state.on_the_way)),
            heard,
        )
    )


def _exported(exported: Exported) -> dict[str, object]:
    return {
        "file": str(exported.path),
        "id": str(exported.bundle_id),
        "number": exported.number,
        "entries": exported.entries,
        "left_over": exported.left_over,
        "unsigned": exported.unsigned,
        "size": exported.size,
        "sha256": exported.sha256,
        "recipients": list(exported.recipients),
        "volumes": [str(path) for path in exported.loaded.volumes],
        "files": exported.loaded.files,
        "files_size": exported.loaded.size,
        "files_left": exported.loaded.files_left,
        "files_left_size": exported.loaded.size_left,
        "files_damaged": list(exported.loaded.damaged),
        "trouble": exported.loaded.trouble,
    }


def _imported(frame: Frame, imported: Imported, actor: Actor) -> dict[str, object]:
    return {
        "files": imported.files,
        "receipts": imported.receipts,
        "applied": imported.applied,
        "repeated": imported.repeated,
        "waiting": imported.waiting,
        "refused": imported.refused,
        "forks": imported.forks,
        "conflicts": frame.services.sync.conflicts_open(actor),
        "assets": imported.assets,
        "assets_missing": imported.assets_missing,
        "for_others": imported.for_others,
        "stamps": [{"file": one.file, **stamp_data(one.inspection)} for one in imported.stated],
        "bad_stamps": imported.bad_stamps,
        "troubles": imported.troubles,
    }


def _loss(loss: BadgeLoss) -> str:
    return _("Badge of {name}, taken away on {day}: not known yet at {pcs}").format(
        name=loss.name, day=moment(loss.at), pcs=", ".join(loss.unknown_at)
    )


def _board(board: Board) -> dict[str, object]:
    return {
        "peers": [_peer(state) for state in board.peers],
        "losses": [
            {"name": loss.name, "at": _iso(loss.at), "unknown_at": list(loss.unknown_at)}
            for loss in board.losses
        ],
        "sent": [_sent(file) for file in board.sent],
        "laid": [_laid(file) for file in board.laid],
        "incoming": [_incoming(file) for file in board.incoming],
        "twins": [
            {"station": twin.station, "forked_at": twin.forked_at, "found_at": _iso(twin.found_at)}
            for twin in board.twins
        ],
    }


def _peer(state: PeerState) -> dict[str, object]:
    return {
        "label": state.peer.label,
        "key": state.peer.key,
        "site": str(state.peer.site_id),
        "own_site": state.peer.is_own_site,
        "may_send": state.may_send,
        "lacks": state.lacks,
        "on_the_way": state.on_the_way,
        "oldest_on_the_way": _iso(state.oldest_on_the_way),
        "last_sent": _iso(state.last_sent),
        "heard_at": _iso(state.heard_at),
        "said_at": _iso(state.said_at),
    }


def _sent(file: SentFile) -> dict[str, object]:
    return {
        "id": str(file.id),
        "number": file.number,
        "station": file.station,
        "recipients": list(file.recipients),
        "made_at": _iso(file.made_at),
        "kind": file.kind,
        "entries": file.entries,
        "size": file.size,
        "sha256": file.sha256,
        "written_to": file.written_to,
        "confirmed_by": second_in_words(file.confirmed) if file.confirmed else None,
        "acknowledged": file.is_acknowledged,
    }


def _laid(file: LaidFile) -> dict[str, object]:
    return {
        "recipients": list(file.readers),
        "laid_at": _iso(file.laid_at),
        "gone_at": _iso(file.gone_at),
        "files": file.files,
        "entries": file.entries,
        "size": file.size,
        "sha256": file.sha256,
        "laid_in": file.laid_in,
    }


def _incoming(file: IncomingFile) -> dict[str, object]:
    return {
        "name": file.name,
        "sender": file.sender,
        "number": file.number,
        "state": file.state.value,
        "said": file.said,
        "applied": file.applied,
        "repeated": file.repeated,
        "came_at": _iso(file.came_at),
    }


def _iso(instant: datetime | None) -> str | None:
    return instant.isoformat() if instant else None
