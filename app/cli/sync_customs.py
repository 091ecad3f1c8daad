"""`sync inspect`: a customs desk for files that travel; it needs no site and no key."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated

import typer

from app.cli.frame import Frame, frame_of
from app.core.base.clock import SystemClock
from app.core.base.figures import moment, number, size
from app.core.base.words import _
from app.core.reports import table_in_words
from app.core.sync import (
    Content,
    Inspected,
    Inspection,
    Scan,
    ScanResult,
    changes_in_words,
    files_in_words,
    inspect_outside,
    newer_inside_in_words,
    put_stamp,
    require_scanned,
    scan,
    scope_in_words,
    seals_in_words,
)

commands = typer.Typer()


@commands.command()
def inspect(
    context: typer.Context,
    path: Annotated[Path, typer.Argument(help=_("A sync file."))],
    scanned: Annotated[
        bool, typer.Option("--scan", help=_("Run this PC's virus scanner over it; DAKSHA_SCANNER."))
    ] = False,
    stamp: Annotated[
        str, typer.Option(help=_("Your name: scan it, and put a stamp beside the file."))
    ] = "",
    unscanned: Annotated[
        bool,
        typer.Option(
            "--unscanned",
            help=_(
                "Where there is no scanner: go on, and let the stamp say that nobody scanned it."
            ),
        ),
    ] = False,
) -> int:
    """Look into a sync file: what anybody may read, and for who signs in what was made for this PC.

    Needs no site and no key. If the scanner found something, there is none, or the stamp is bad, the
    exit code is 2.
    """
    frame = frame_of(context)
    if frame.login is None:
        seen = inspect_outside(path)
    else:
        seen = frame.services.sync.inspect(frame.actor(), path)
    found = scan(path) if scanned or stamp else None
    stamps = seen.stamps.inspections
    if found is not None and stamp:
        require_scanned(found, unscanned=unscanned)
        stamps = (*stamps, _stamp(frame, path, seen, stamp, found))
    _tell(frame, seen, stamps, found)
    return 2 if seen.stamps.trouble or not _may_pass(found, unscanned=unscanned) else 0


def _tell(frame: Frame, seen: Inspected, stamps: Sequence[Inspection], found: Scan | None) -> None:
    lines = [_seen(seen), *(one.words for one in stamps), seen.stamps.trouble]
    if found is not None:
        lines += [found.words, found.said]
    data = {
        **_inspected(seen),
        "scan": scan_data(found),
        "stamps": [stamp_data(one) for one in stamps],
    }
    frame.tell("\n".join(filter(None, lines)), {**data, "stamp_trouble": seen.stamps.trouble})


def _may_pass(found: Scan | None, *, unscanned: bool) -> bool:
    """Tell whether nothing speaks against the file, as far as a scanner was asked."""
    if found is None or found.result is ScanResult.CLEAN:
        return True
    return unscanned and found.result is ScanResult.UNSCANNED


def _stamp(frame: Frame, path: Path, seen: Inspected, by: str, found: Scan) -> Inspection:
    """Put a stamp beside a file; who is signed in has it noted that it left."""
    if frame.login is None:
        return put_stamp(path, seen.stamped, by, found, SystemClock().now())
    return frame.services.sync.stamp(frame.actor(), path, seen.stamped, by, found)


def scan_data(found: Scan | None) -> dict[str, object] | None:
    """Return what came of scanning, for scripts."""
    if found is None:
        return None
    return {
        "result": found.result.value,
        "scanner": found.scanner,
        "exit_code": found.exit_code,
        "said": found.said,
    }


def stamp_data(one: Inspection) -> dict[str, object]:
    """Return what a stamp says, for scripts."""
    return {"by": one.by, "at": one.at.isoformat(), "scan": scan_data(one.scan)}


def _seen(seen: Inspected) -> str:
    lines = [
        _("From {sender} for {readers}, {size}.").format(
            sender=seen.sender, readers=", ".join(seen.recipients), size=size(seen.size)
        ),
        seen.sender_words,
    ]
    if seen.bundle_part:
        return "\n".join(
            [*lines, _("Files of courses, part {part}.").format(part=seen.bundle_part)]
        )
    if seen.content is None:
        why = seen.refusal or _("Sign in with --as LOGIN to see what lies in it.")
        return "\n".join([*lines, why])
    lines.append(
        _("File {number} of {time}, {count} entries:").format(
            number=seen.content.number,
            time=moment(seen.content.made_at),
            count=number(seen.content.entries),
        )
    )
    return "\n".join([*lines, *_inside(seen.content)])


def _inside(content: Content) -> Iterator[str]:
    """Yield whose entries there are, what they tell of, and what lies beside them."""
    for log in content.logs:
        yield f"{log.station}  {scope_in_words(log.scope)}  {log.first}–{log.last}"
    for one in content.tables:
        if one.is_known:
            yield f"  {table_in_words(one.table)}: {changes_in_words(one)}"
    if content.is_newer:
        yield newer_inside_in_words()
    yield seals_in_words(content)
    if content.volumes:
        yield files_in_words(content)


def _inspected(seen: Inspected) -> dict[str, object]:
    content = seen.content
    return {
        "id": str(seen.bundle_id),
        "part": seen.bundle_part,
        "sender": seen.sender,
        "sender_words": seen.sender_words,
        "recipients": list(seen.recipients),
        "size": seen.size,
        "sha256": seen.sha256,
        "refusal": seen.refusal,
        "content": None
        if content is None
        else {
            "number": content.number,
            "made_at": content.made_at.isoformat(),
            "entries": content.entries,
            "seals": content.seals,
            "volumes": content.volumes,
            "files": content.files,
            "files_size": content.files_size,
            "newer": content.is_newer,
            "papers": content.keys,
            "logs": [
                {
                    "station": one.station,
                    "scope": one.scope,
                    "first": one.first,
                    "last": one.last,
                    "size": one.size,
                }
                for one in content.logs
            ],
            "tables": [
                {
                    "table": one.table,
                    "called": table_in_words(one.table) if one.is_known else None,
                    "new": one.rows,
                    "changed": one.edits,
                    "known": one.is_known,
                }
                for one in content.tables
            ],
        },
    }
