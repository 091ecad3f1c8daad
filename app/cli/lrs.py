"""`lrs`: the statement store for other systems: served on a port, exported to a file."""

import signal
import threading
from typing import Annotated

import typer

from app.cli.frame import frame_of
from app.core.base.words import _
from app.core.links import THIS_PC

commands = typer.Typer(name="lrs", help=_("Statements (xAPI) of and for other systems."))

_LOOK_UP_SECONDS = 0.5
"""How long Ctrl-C may go unheard: waiting without end cannot be interrupted on Windows."""


@commands.command()
def serve(
    context: typer.Context,
    port: Annotated[int, typer.Option(help=_("The port; 0 takes a free one."))],
    key: Annotated[str, typer.Option(help=_("What a system signs in as."))],
    secret: Annotated[str, typer.Option(help=_("What it proves that with."))],
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


def _wait_to_be_ended() -> None:
    """Return at Ctrl-C, and when a service manager ends the program."""
    ended = threading.Event()
    before = {
        number: signal.signal(number, lambda _number, _frame: ended.set())
        for number in (signal.SIGINT, signal.SIGTERM)
    }
    while not ended.wait(_LOOK_UP_SECONDS):
        pass
    for number, handler in before.items():
        signal.signal(number, handler)
