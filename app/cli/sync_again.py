"""`sync again`: a peer gets once more what it is thought to hold."""

from typing import Annotated

import typer

from app.cli.days import day_of
from app.cli.frame import frame_of
from app.core.base.errors import UserFacingError
from app.core.base.words import _
from app.core.sync import again_in_words

commands = typer.Typer()


class TwoBeginnings(UserFacingError):
    """A day and an entry were both given."""

    def __init__(self) -> None:
        super().__init__(
            _("Give a day or an entry, not both."),
            safe=_("Nothing was changed."),
            remedy=_("Leave out --since or --from-entry."),
        )


@commands.command()
def again(
    context: typer.Context,
    peer: Annotated[str, typer.Argument(help=_("A site or PC, as `sync status` names it."))],
    since: Annotated[
        str | None, typer.Option(help=_("All that was written since this day, as 2026-12-31."))
    ] = None,
    from_entry: Annotated[
        str,
        typer.Option(
            help=_("One log, from this entry on, as the other PC names it: records/1a2b3c4d/17.")
        ),
    ] = "",
) -> None:
    """Let the next file carry again what a peer is thought to hold: all, or since a day or an entry.

    For when its files were lost after it gave a receipt. What it has already does no harm there.
    """
    frame = frame_of(context)
    actor, sync = frame.actor(), frame.services.sync
    if since and from_entry:
        raise TwoBeginnings
    named = sync.peer(actor, peer)
    if from_entry:
        entries = sync.resending.from_entry(actor, named, from_entry)
    else:
        entries = sync.resending.since(actor, named, day_of(since))
    frame.tell(again_in_words(named.label, entries), {"peer": named.key, "entries": entries})
