"""What `sync` tells: of files written and taken in, of peers and the register."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from app.cli.frame import Frame
from app.cli.sync_customs import stamp_data
from app.core.base.actor import Actor, system_actor
from app.core.base.figures import ago, moment, number
from app.core.base.words import _, plural
from app.core.keys import short_words
from app.core.operations import new_logs_in_words
from app.core.sync import (
    BadgeLoss,
    Board,
    Exported,
    FileState,
    Imported,
    IncomingFile,
    LaidFile,
    PeerState,
    RefusedClaims,
    SentFile,
    Twin,
    claims_in_words,
    claims_of,
    for_others_in_words,
    newer_in_words,
    second_in_words,
    standing_of,
    twins_in_words,
    twins_of,
    unaware_in_words,
    wrong_clock_in_words,
)


def taken_words(frame: Frame, imported: Imported) -> str:
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
    lines += filter(None, [imported.aside_in_words])
    lines += [f"{one.file}: {one.inspection.words}" for one in imported.stated]
    lines += imported.bad_stamps
    lines += imported.unanswered_in_words
    lines += imported.unaware_in_words
    if imported.for_others:
        lines.append(for_others_in_words(imported.for_others))
    opened = frame.services.open_site
    claims = claims_in_words(claims_of(opened.site, opened.keys))
    return "\n".join([*lines, *imported.troubles, *copies_in_words(frame), *claims])


def peer_line(state: PeerState, now: datetime) -> str:
    """Return how it stands with a peer, in a line."""
    told = [
        state.peer.label,
        short_words(state.peer.words),
        state.peer.key[:16],
        standing_of(state, now).words,
    ]
    if state.may_send:
        told.append(_("lacks {count}").format(count=number(state.lacks)))
        told.append(_("on the way {count}").format(count=number(state.on_the_way)))
    told.append(_heard(state, now))
    if state.is_newer:
        told.append(newer_in_words(state.peer.label))
    if state.one_way:
        words = _("nothing comes back by file: {reason}")
        told.append(words.format(reason=state.one_way.reason))
    more = (wrong_clock_in_words(state), unaware_in_words(state))
    return "  ".join(filter(None, [*told, *more]))


def _heard(state: PeerState, now: datetime) -> str:
    if state.heard_at is None or state.as_of is None:
        return _("never heard of")
    return _("heard {when}, as of {time}").format(
        when=ago(state.heard_at, now), time=moment(state.as_of)
    )


def waiting_lines(board: Board) -> Iterator[str]:
    """Yield the files that came and wait: which, since when, why."""
    for file in board.incoming:
        if file.state is FileState.WAITING:
            told = _("{name} waits since {time}: {why}")
            yield told.format(name=file.name, time=moment(file.came_at), why=file.said)


def copies_in_words(frame: Frame) -> tuple[str, ...]:
    """Return what is known of PCs that are there twice, or went on in new logs: a sentence each."""
    opened = frame.services.open_site
    twins = twins_in_words(twins_of(opened.site, opened.keys))
    unseen = opened.incarnations.unseen(system_actor())
    return tuple(filter(None, (twins, *map(new_logs_in_words, unseen))))


def twins_data(frame: Frame, twins: Sequence[Twin]) -> list[dict[str, object]]:
    """Return the PCs that are there twice, for scripts; `forked_at` is null where a copy began logs of its own."""
    forked: list[dict[str, object]] = [
        {"station": one.station, "forked_at": one.forked_at, "found_at": _iso(one.found_at)}
        for one in twins
    ]
    return forked + [
        {"station": one.station, "forked_at": None, "found_at": _iso(one.at)}
        for one in frame.services.open_site.incarnations.unseen(system_actor())
        if one.is_twin
    ]


def claims_data(claims: Sequence[RefusedClaims]) -> list[dict[str, object]]:
    """Return what was said that is not its station's to say, for scripts."""
    return [
        {
            "station": one.station,
            "site": one.site,
            "table": one.table,
            "row": str(one.row_id),
            "name": one.name,
            "count": one.count,
            "newest": _iso(one.newest),
        }
        for one in claims
    ]


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
    opened = frame.services.open_site
    return {
        "files": imported.files,
        "receipts": imported.receipts,
        "applied": imported.applied,
        "repeated": imported.repeated,
        "waiting": imported.waiting,
        "refused": imported.refused,
        "aside": imported.aside,
        "forks": imported.forks,
        "conflicts": frame.services.sync.conflicts_open(actor),
        "assets": imported.assets,
        "assets_missing": imported.assets_missing,
        "twins": twins_data(frame, twins_of(opened.site, opened.keys)),
        "claims": claims_data(claims_of(opened.site, opened.keys)),
        "for_others": imported.for_others,
        "newer": dict(imported.newer),
        "stamps": [{"file": one.file, **stamp_data(one.inspection)} for one in imported.stated],
        "bad_stamps": imported.bad_stamps,
        "answers": sorted(map(str, imported.answers)),
        "unanswered": imported.unanswered,
        "unaware": imported.unaware,
        "troubles": imported.troubles,
    }


def loss_words(loss: BadgeLoss) -> str:
    """Return where a badge may still open something."""
    return _("Badge of {name}, taken away on {day}: not known yet at {pcs}").format(
        name=loss.name, day=moment(loss.at), pcs=", ".join(loss.unknown_at)
    )


def board_data(frame: Frame, board: Board, now: datetime) -> dict[str, object]:
    """Return how it stands, for scripts."""
    return {
        "peers": [_peer(state, now) for state in board.peers],
        "losses": [
            {"name": loss.name, "at": _iso(loss.at), "unknown_at": list(loss.unknown_at)}
            for loss in board.losses
        ],
        "sent": [_sent(file) for file in board.sent],
        "laid": [_laid(file) for file in board.laid],
        "incoming": [_incoming(file) for file in board.incoming],
        "twins": twins_data(frame, board.twins),
        "claims": claims_data(board.claims),
    }


def _peer(state: PeerState, now: datetime) -> dict[str, object]:
    standing = standing_of(state, now)
    return {
        "label": state.peer.label,
        "words": state.peer.words,
        "key": state.peer.key,
        "site": str(state.peer.site_id),
        "own_site": state.peer.is_own_site,
        "state": standing.state.value,
        "alarm": standing.alarm.value,
        "days_silent": standing.days_silent,
        "may_send": state.may_send,
        "lacks": state.lacks,
        "one_way": state.one_way.reason if state.one_way else None,
        "newer": state.is_newer,
        "on_the_way": state.on_the_way,
        "oldest_on_the_way": _iso(state.oldest_on_the_way),
        "last_sent": _iso(state.last_sent),
        "heard_at": _iso(state.heard_at),
        "said_at": _iso(state.as_of),
        "clock_ahead_days": state.clock_ahead.days,
        "unaware": state.unaware,
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
