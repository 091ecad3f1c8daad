"""`sync aside | leave-aside`: what revoked PCs wrote after their last accepted entry, and the decision."""

from typing import Annotated

import typer

from app.cli.frame import frame_of
from app.cli.signing import undersigned
from app.core.base.figures import moment
from app.core.base.words import _
from app.core.reports import WordedAside
from app.core.sync import Aside, aside_in_words, leaving_in_words

commands = typer.Typer()

Key = Annotated[str, typer.Argument(help=_("The PC: its name, or how its key begins."))]


@commands.command()
def aside(
    context: typer.Context,
    key: Annotated[
        str, typer.Argument(help=_("A PC, to read what it wrote: its name, or how its key begins."))
    ] = "",
    first: Annotated[
        int, typer.Option("--from", min=1, help=_("From which of its entries; a hundred a time."))
    ] = 1,
) -> int:
    """List what revoked PCs wrote after their last accepted entry: it counts nowhere and is kept.

    If something of it waits for a decision, the exit code is 2.
    """
    frame = frame_of(context)
    actor, services = frame.actor(), frame.services
    if not key:
        found = services.sync.aside.all(actor)
        lines = [_line(one) for one in found] or [_("Nothing lies aside.")]
        frame.tell("\n".join(lines), {"aside": [_data(one) for one in found]})
        return 2 if any(one.decided is None for one in found) else 0
    lying = services.sync.aside.of(actor, key)
    entries = services.sync.aside.entries(actor, lying, first - 1)
    worded = services.reports.travel.aside(actor, entries)
    told = [_line(lying), *(line for one in worded for line in _entry(one))]
    frame.tell("\n".join(told), {**_data(lying), "written": [_written(one) for one in worded]})
    return 0


@commands.command("leave-aside")
def leave_aside(
    context: typer.Context,
    key: Key,
    reason: Annotated[str, typer.Option(help=_("Why; kept in the records."))],
) -> None:
    """Decide that what lies aside of a PC stays there; sign with --as and DAKSHA_PASSWORD."""
    frame = frame_of(context)
    actor, sync = frame.actor(), frame.services.sync
    lying = sync.aside.of(actor, key)
    signed = undersigned(frame, leaving_in_words(lying))
    decision = sync.aside.leave(actor, lying, reason, signed)
    frame.tell(_("Decided: it stays aside."), {"decision": str(decision), "entries": lying.entries})


def _line(one: Aside) -> str:
    decided = (
        _("stays aside, decided by {name}, {time}: {reason}").format(
            name=one.decided.by_name, time=moment(one.decided.at), reason=one.decided.reason
        )
        if one.decided
        else _("waits for a decision")
    )
    return f"{one.key[:16]}  {aside_in_words(one)} {decided}"


def _entry(one: WordedAside) -> list[str]:
    head = "  ".join(filter(None, (moment(one.at), one.title, one.author, one.entry.reason)))
    return [f"{head}  ({one.about})", *(f"    {line}" for line in one.said)]


def _data(one: Aside) -> dict[str, object]:
    return {
        "key": one.key,
        "label": one.label,
        "entries": one.entries,
        "others": one.others,
        "since": one.since.isoformat(),
        "until": one.until.isoformat(),
        "came_at": one.came_at.isoformat(),
        "decided": one.decided is not None,
    }


def _written(one: WordedAside) -> dict[str, object]:
    return {
        "at": one.at.isoformat(),
        "scope": one.entry.scope,
        "seq": one.entry.seq,
        "action": one.entry.action,
        "reason": one.entry.reason,
        "author": one.author,
        "said": list(one.said),
    }
