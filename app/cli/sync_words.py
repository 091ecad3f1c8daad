"""What `sync` tells: of files written and taken in, of peers and the register."""

from datetime import datetime

from app.cli.frame import Frame
from app.cli.sync_customs import stamp_data
from app.core.base.actor import Actor
from app.core.base.figures import moment, number
from app.core.base.words import _, plural
from app.core.keys import short_words
from app.core.sync import (
    BadgeLoss,
    Board,
    Exported,
    Imported,
    IncomingFile,
    LaidFile,
    PeerState,
    SentFile,
    for_others_in_words,
    newer_in_words,
    second_in_words,
)


def taken_words(imported: Imported) -> str:
    """Return what came of taking files in."""
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
    lines += imported.newer_in_words
    lines += [f"{one.file}: {one.inspection.words}" for one in imported.stated]
    lines += imported.bad_stamps
    if imported.forks:
        lines.append(_("A PC has a twin: its data folder was copied or restored. Both are kept."))
    if imported.for_others:
        lines.append(for_others_in_words(imported.for_others))
    return "\n".join([*lines, *imported.troubles])


def peer_line(state: PeerState) -> str:
    """Return how it stands with a peer, in a line."""
    heard = moment(state.heard_at) if state.heard_at else _("never heard of")
    return "  ".join(
        (
            state.peer.label,
            short_words(state.peer.words),
            state.peer.key[:16],
            _("lacks {count}").format(count=number(state.lacks)),
            _("on the way {count}").format(count=number(state.on_the_way)),
            heard,
            *([newer_in_words(state.peer.label)] if state.is_newer else []),
            *(
                [_("nothing comes back by file: {reason}").format(reason=state.one_way.reason)]
                if state.one_way
                else []
            ),
        )
    )


def exported_data(exported: Exported) -> dict[str, object]:
    """Return what was written, for scripts."""
    return {
        "file": str(exported.path),
        "id": str(exported.bundle_id),
        "number": exported.number,
        "entries": exported.entries,
        "left_over": exported.left_over,
        "unsigned": exported.unsigned,
        "unsealed": exported.unsealed,
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


def imported_data(frame: Frame, imported: Imported, actor: Actor) -> dict[str, object]:
    """Return what came of taking files in, for scripts."""
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
        "newer": dict(imported.newer),
        "stamps": [{"file": one.file, **stamp_data(one.inspection)} for one in imported.stated],
        "bad_stamps": imported.bad_stamps,
        "troubles": imported.troubles,
    }


def loss_words(loss: BadgeLoss) -> str:
    """Return where a badge may still open something."""
    return _("Badge of {name}, taken away on {day}: not known yet at {pcs}").format(
        name=loss.name, day=moment(loss.at), pcs=", ".join(loss.unknown_at)
    )


def board_data(board: Board) -> dict[str, object]:
    """Return how it stands, for scripts."""
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
        "words": state.peer.words,
        "key": state.peer.key,
        "site": str(state.peer.site_id),
        "own_site": state.peer.is_own_site,
        "may_send": state.may_send,
        "lacks": state.lacks,
        "one_way": state.one_way.reason if state.one_way else None,
        "newer": state.is_newer,
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
        "sheets": file.sheets,
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
        "id": str(file.bundle_id) if file.bundle_id else None,
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
