"""`sync inspect`: a customs desk for files that travel; it needs no site and no key."""

from pathlib import Path
from typing import Annotated

import typer

from app.cli.frame import frame_of
from app.core.base.clock import SystemClock
from app.core.base.figures import moment, number, size
from app.core.base.words import _
from app.core.sync import (
    Inspected,
    Inspection,
    Scan,
    ScanResult,
    inspect_outside,
    put_stamp,
    scan,
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
) -> int:
    """Look into a sync file: what anybody may read, and for who signs in what was made for this PC.

    Needs no site and no key. If the scanner found something or the stamp is bad, the exit code is 2.
    """
    frame = frame_of(context)
    if frame.login is None:
        seen = inspect_outside(path)
    else:
        seen = frame.services.sync.inspect(frame.actor(), path)
    found = scan(path) if scanned or stamp else None
    stamps = seen.stamps.inspections
    if found is not None and stamp:
        stamps = (*stamps, put_stamp(path, seen.stamped, stamp, found, SystemClock().now()))
    lines = [_seen(seen), *(one.words for one in stamps), seen.stamps.trouble]
    if found is not None:
        lines += [found.words, found.said]
    data = {
        **_inspected(seen),
        "scan": scan_data(found),
        "stamps": [stamp_data(one) for one in stamps],
    }
    frame.tell("\n".join(filter(None, lines)), {**data, "stamp_trouble": seen.stamps.trouble})
    is_bad = found is not None and found.result in {ScanResult.FOUND, ScanResult.FAILED}
    return 2 if is_bad or seen.stamps.trouble else 0


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
    runs = seen.content.segments
    return "\n".join([*lines, *(f"{s.station}  {s.scope}  {s.first}–{s.last}" for s in runs)])


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
            "volumes": content.volumes,
            "papers": content.keys,
            "segments": [
                {
                    "station": one.station,
                    "scope": one.scope,
                    "first": one.first,
                    "last": one.last,
                    "size": one.size,
                }
                for one in content.segments
            ],
        },
    }
