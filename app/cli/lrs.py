"""`lrs`: the statement store for other systems: served on a port, exported to a file."""

import signal
import threading
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from app.cli.frame import frame_of
from app.core.base.errors import UserFacingError
from app.core.base.figures import number
from app.core.base.words import _
from app.core.learning import parse_timestamp
from app.core.links import THIS_PC

commands = typer.Typer(name="lrs", help=_("Statements (xAPI) of and for other systems."))


class TimeRefused(UserFacingError):
    """A time was given that is none."""

    def __init__(self, text: str) -> None:
        super().__init__(
            _("“{text}” is not an ISO 8601 time.").format(text=text),
            safe=_("Nothing was written."),
            remedy=_("Write it like 2026-11-28T15:30:00+05:30."),
        )


_LOOK_UP_SECONDS = 0.5
"""How long Ctrl-C may go unheard: waiting without end cannot be interrupted on Windows."""


@commands.command()
def serve(
    context: typer.Context,
    port: Annotated[int, typer.Option(help=_("The port; 0 takes a free one."))],
    key: Annotated[
        str, typer.Option(envvar="DAKSHA_LRS_KEY", help=_("What a system signs in as."))
    ],
    secret: Annotated[
        str, typer.Option(envvar="DAKSHA_LRS_SECRET", help=_("What it proves that with."))
    ],
    host: Annotated[
        str, typer.Option(help=_("Whose requests: this PC's own, or with 0.0.0.0 everybody's."))
    ] = THIS_PC,
) -> None:
    """Serve the statement store until Ctrl-C, with the rights of who is signed in."""
    frame = frame_of(context)
    actor, endpoint = frame.actor(), frame.services.endpoint
    endpoint.open_for_system(actor, key, secret)
    url = endpoint.start(host, port)
    frame.tell(_("Listening at {url}. Ctrl-C ends it.").format(url=url), {"endpoint": url})
    _wait_to_be_ended()
    endpoint.stop()


@commands.command()
def export(
    context: typer.Context,
    out: Annotated[Path, typer.Option(help=_("The file to write: one statement a line."))],
    since: Annotated[
        str | None, typer.Option(help=_("Only what is later than this ISO 8601 time."))
    ] = None,
    person: Annotated[str | None, typer.Option(help=_("Only this employee number."))] = None,
    overwrite: Annotated[bool, typer.Option(help=_("Replace the file if there is one."))] = False,
) -> None:
    """Write statements, and what people did in the site's own lessons, for another system."""
    frame = frame_of(context)
    written = frame.services.reports.statements.write(
        frame.actor(),
        out,
        since=None if since is None else _moment(since),
        person=person,
        overwrite=overwrite,
        progress=frame.progress(),
    )
    frame.tell(
        _("{received} statements received and {own} of the site's own are in {file}.").format(
            received=number(written.received), own=number(written.own), file=out
        ),
        {
            "file": str(out),
            "received": written.received,
            "own": written.own,
            "through": written.through.isoformat(),
        },
    )


def _moment(untrusted: str) -> datetime:
    found = parse_timestamp(untrusted)
    if found is None:
        raise TimeRefused(untrusted)
    return found


def _wait_to_be_ended() -> None:
    """Return at Ctrl-C, and when a service manager ends the program."""
    ended = threading.Event()
    before = {
        one: signal.signal(one, lambda _signal, _frame: ended.set())
        for one in (signal.SIGINT, signal.SIGTERM)
    }
    while not ended.wait(_LOOK_UP_SECONDS):
        pass
    for one, handler in before.items():
        signal.signal(one, handler)
