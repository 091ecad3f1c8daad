"""`journal`: prove it, seal it, read it."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

import typer

from app.cli.days import day_of
from app.cli.frame import frame_of
from app.core.base.clock import start_of
from app.core.base.figures import moment, number
from app.core.base.paging import PageRequest
from app.core.base.words import _
from app.core.journal import EntryDetail
from app.core.reports import FILES_THAT_LEFT

commands = typer.Typer(name="journal", help=_("The record of every change."))


@commands.command()
def verify(context: typer.Context) -> int:
    """Prove that no entry and no record was changed; name the first that was."""
    frame = frame_of(context)
    verdict = frame.services.journal.verify(frame.actor(), frame.progress())
    bad = verdict.first_bad
    text = _("All {count} entries hold; {seals} seals.").format(
        count=number(verdict.entries), seals=number(verdict.seals)
    )
    if bad is not None:
        text = _("{log}, entry {seq}: {what}. Sealed and sound up to entry {sealed}.").format(
            log=bad.log, seq=bad.seq or "–", what=bad.what, sealed=bad.last_good_seal or "–"
        )
    frame.tell(
        text,
        {
            "ok": verdict.ok,
            "entries": verdict.entries,
            "seals": verdict.seals,
            "first_bad": None
            if bad is None
            else {
                "log": bad.log,
                "seq": bad.seq,
                "what": bad.what,
                "last_good_seal": bad.last_good_seal,
            },
        },
    )
    return 0 if verdict.ok else 2


@commands.command()
def seal(context: typer.Context) -> None:
    """Sign how far this PC's logs go; print the words to compare or keep on paper."""
    frame = frame_of(context)
    seals = frame.services.journal.seal(frame.actor())
    lines = [f"{seal.log.scope.value} {seal.seq}: {seal.words}" for seal in seals]
    frame.tell(
        "\n".join(lines) or _("Nothing has happened since the last seal."),
        {
            "seals": [
                {"scope": s.log.scope.value, "seq": s.seq, "root": s.root.hex(), "words": s.words}
                for s in seals
            ]
        },
    )


@commands.command()
def show(
    context: typer.Context,
    record: Annotated[UUID | None, typer.Option(help=_("Id of a record."))] = None,
    person: Annotated[str | None, typer.Option(help=_("Employee number."))] = None,
    since: Annotated[str | None, typer.Option(help=_("First day, as 2026-12-31."))] = None,
) -> None:
    """Print what happened, newest first: to a record, to a person, since a day."""
    frame = frame_of(context)
    actor = frame.actor()
    about = record if person is None else frame.services.people.find(actor, person).id
    first = day_of(since)
    entries = frame.services.journal.entries(
        actor, about=about, since=start_of(first) if first else None
    )
    frame.tell("\n".join(map(_line, entries)), {"entries": [_data(entry) for entry in entries]})


@commands.command()
def files(
    context: typer.Context,
    search: Annotated[str, typer.Option(help=_("Only with these words: who, what, where."))] = "",
    kind: Annotated[str, typer.Option(help=_("Only of this kind, as certificate."))] = "",
    since: Annotated[str | None, typer.Option(help=_("First day, as 2026-12-31."))] = None,
) -> None:
    """List every file that left and every page printed, newest first; `report run` exports them."""
    frame = frame_of(context)
    first = day_of(since)
    pairs = [("kind", kind)] if kind else []
    if first is not None:
        pairs.append(("from", first.isoformat()))
    request = PageRequest().filtered_by(pairs).searching(search)
    table = frame.services.reports.table(frame.actor(), FILES_THAT_LEFT, request)
    frame.tell(
        "\n".join("  ".join(filter(None, row)) for row in table.text_rows)
        or _("No file has left yet."),
        {
            "files": [
                {
                    column.key: value.isoformat() if isinstance(value, datetime) else value
                    for column, value in zip(table.columns, row, strict=True)
                }
                for row in table.rows
            ]
        },
    )


def _line(entry: EntryDetail) -> str:
    changed = ", ".join(
        f"{column.column}: {column.old or '–'} → {column.new or '–'}"
        for change in entry.changes
        for column in change.columns
    )
    return f"{moment(entry.wall)}  {entry.action}  {entry.reason}  {changed}"


def _data(entry: EntryDetail) -> dict[str, object]:
    return {
        "position": entry.position,
        "time": entry.wall.isoformat(),
        "actor": str(entry.actor) if entry.actor else None,
        "action": entry.action,
        "reason": entry.reason,
        "hash": entry.hash,
        "changes": [
            {
                "table": change.table,
                "key": str(change.key),
                "columns": {c.column: [c.old, c.new] for c in change.columns},
            }
            for change in entry.changes
        ],
    }
