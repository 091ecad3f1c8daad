"""Training from before this program: look at a list, bring it in, sign it, take it back."""

from pathlib import Path
from typing import Annotated, Any
from uuid import UUID

import typer

from app.cli.frame import frame_of
from app.cli.signing import undersigned
from app.core.base.errors import NotFound
from app.core.base.words import _, plural
from app.core.spreadsheets import DayOrder, given_file
from app.core.training.legacy import (
    BatchSummary,
    BroughtIn,
    LegacyField,
    LegacyMapping,
    LegacyPlan,
    OldRecord,
    RowTrouble,
    waits_in_words,
)

commands = typer.Typer(name="legacy", help=_("Training from before this program."))

_Batch = Annotated[UUID, typer.Argument(help=_("Id of the batch, as `legacy list` tells it."))]


@commands.command("import")
def import_(
    context: typer.Context,
    path: Annotated[Path, typer.Argument(help=_("The list: CSV, XLSX or XLS."))],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help=_("Only say what it would do."))
    ] = False,
    title: Annotated[str, typer.Option(help=_("What the batch is called; else its file."))] = "",
    note: Annotated[str, typer.Option(help=_("Anything else."))] = "",
    scan: Annotated[
        list[Path] | None, typer.Option(help=_("A scan, or a folder of scans; several times."))
    ] = None,
    column: Annotated[
        list[str] | None,
        typer.Option(help=_("HEADING=FIELD, such as Worker=number; several times.")),
    ] = None,
    days: Annotated[
        DayOrder | None, typer.Option(help=_("What stands first in days of figures."))
    ] = None,
    rejected: Annotated[
        Path | None, typer.Option(help=_("Write the rejected rows into this file."))
    ] = None,
) -> None:
    """Bring a list of old training in as one batch. It counts once somebody else has signed it."""
    frame = frame_of(context)
    legacy, actor = frame.services.legacy, frame.actor()
    given = given_file(path)
    plan = legacy.look(actor, given, _mapping(column, days))
    if days is not None and plan.open_day:
        told = LegacyMapping(columns=plan.mapping.columns, order=days)
        plan = legacy.look(actor, given, told)
    if rejected is not None and plan.troubles:
        frame.save(rejected, legacy.rejected(actor, plan))
    data = _plan_data(plan)
    if not dry_run:
        scans = [given_file(one) for one in _scans(scan)]
        data |= _brought_data(legacy.bring_in(actor, plan, title=title, note=note, scans=scans))
    frame.tell(_plan_text(plan, dry_run=dry_run), {"brought_in": not dry_run, **data})


@commands.command("list")
def list_(context: typer.Context) -> None:
    """List the batches of old training, the newest first."""
    frame = frame_of(context)
    found = frame.services.legacy.batches(frame.actor())
    lines = (
        f"{one.id}\t{one.state.value}\t{one.rows_taken}\t{one.title}\t{one.by_name}"
        for one in found
    )
    words = "\n".join(lines) or _("No old training was brought in yet.")
    frame.tell(words, {"batches": [_batch_data(one) for one in found]})


@commands.command()
def show(context: typer.Context, batch: _Batch) -> None:
    """Show a batch: what is signed, what was rejected, its rows and scans."""
    frame = frame_of(context)
    legacy, actor = frame.services.legacy, frame.actor()
    found = legacy.batch(actor, batch)
    rows = legacy.rows(actor, batch)
    lines = [found.text, *map(waits_in_words, found.waits), *map(_row_line, rows)]
    lines += map(_trouble_line, found.rejected)
    data = {
        **_batch_data(found.summary),
        "text": found.text,
        "waits": [{"first": one.title, "rows": one.rows} for one in found.waits],
        "rejected": [_trouble_data(one) for one in found.rejected],
        "scans": [{"id": str(one.id), "name": one.name, "sha256": one.sha256} for one in found.scans],
        "rows": [
            {
                "line": one.line,
                "sheet": one.sheet,
                "person": one.number,
                "requirement": one.code,
                "trained_on": one.trained_on.isoformat(),
                "valid_until": None if one.valid_until is None else one.valid_until.isoformat(),
                "score": one.score,
                "trainer": one.trainer,
                "source": one.source,
                "scans": one.scans,
            }
            for one in rows
        ],
    }  # fmt: skip
    frame.tell("\n".join(lines), data)


@commands.command()
def sign(
    context: typer.Context,
    batch: _Batch,
    reason: Annotated[str, typer.Option(help=_("Anything that auditors should read."))] = "",
) -> None:
    """Sign a batch that somebody else brought in, with --as and DAKSHA_PASSWORD: then it counts."""
    frame = frame_of(context)
    legacy, actor = frame.services.legacy, frame.actor()
    text = legacy.batch(actor, batch).text
    count = legacy.sign(actor, batch, undersigned(frame, text), reason)
    words = plural(
        "{count} requirement is met by it.", "{count} requirements are met by it.", count
    )
    waits = legacy.batch(frame.actor(), batch).waits
    data = {
        "batch": str(batch),
        "signed": True,
        "met": count,
        "waits": [{"first": one.title, "rows": one.rows} for one in waits],
    }
    frame.tell("\n".join((words, *map(waits_in_words, waits))), data)


@commands.command("take-back")
def take_back(
    context: typer.Context,
    batch: _Batch,
    reason: Annotated[str, typer.Option(help=_("Why; auditors read it."))],
) -> None:
    """Let a batch that nobody signed count for nothing."""
    frame = frame_of(context)
    frame.services.legacy.take_back(frame.actor(), batch, reason)
    frame.tell(_("The batch counts for nothing."), {"batch": str(batch), "taken_back": True})


def _mapping(columns: list[str] | None, days: DayOrder | None) -> LegacyMapping | None:
    if not columns:
        return None
    pairs = []
    for said in columns:
        heading, _equals, field = said.rpartition("=")
        if field not in {one.value for one in LegacyField}:
            raise NotFound(_("The field {field}").format(field=field))
        pairs.append((" ".join(heading.casefold().split()), LegacyField(field)))
    return LegacyMapping(columns=tuple(pairs), order=days)


def _scans(given: list[Path] | None) -> list[Path]:
    found: list[Path] = []
    for one in given or ():
        found += sorted(each for each in one.iterdir() if each.is_file()) if one.is_dir() else [one]
    return found


def _plan_text(plan: LegacyPlan, *, dry_run: bool) -> str:
    words = _("{read} rows read, {taken} can be taken, {rejected} rejected.")
    if not dry_run:
        words = _("{read} rows read, {taken} taken, {rejected} rejected.")
    head = words.format(read=plan.rows_read, taken=len(plan.rows), rejected=len(plan.troubles))
    if plan.open_day:
        head += " " + _("{day} can be read in two ways: say --days.").format(day=plan.open_day)
    return "\n".join([head, *map(_trouble_line, plan.troubles)])


def _row_line(one: OldRecord) -> str:
    place = f"{one.sheet}:{one.line}" if one.sheet else str(one.line)
    until = "" if one.valid_until is None else one.valid_until.isoformat()
    said = (
        one.number,
        one.name,
        one.code,
        one.trained_on.isoformat(),
        until,
        one.score,
        one.trainer,
    )
    return "\t".join((place, *(part or "–" for part in said)))


def _trouble_line(one: RowTrouble) -> str:
    place = f"{one.sheet}:{one.line}" if one.sheet else str(one.line)
    return f"{place}\t{one.number}\t{one.reason}"


def _brought_data(brought: BroughtIn) -> dict[str, object]:
    return {
        "batch": str(brought.batch_id),
        "scans_matched": brought.matched,
        "scans_of_batch": list(brought.of_batch),
    }


def _plan_data(plan: LegacyPlan) -> dict[str, Any]:
    return {
        "read": plan.rows_read,
        "taken": len(plan.rows),
        "rejected": len(plan.troubles),
        "errors": [_trouble_data(one) for one in plan.troubles],
        "open_day": plan.open_day,
        "brought_in_before": plan.before,
        "unread_sheets": list(plan.unread_sheets),
        "columns": {one.heading: one.field.value if one.field else "" for one in plan.columns},
    }


def _trouble_data(one: RowTrouble) -> dict[str, Any]:
    return {"sheet": one.sheet, "line": one.line, "person": one.number, "reason": one.reason}


def _batch_data(one: BatchSummary) -> dict[str, Any]:
    return {
        "id": str(one.id),
        "title": one.title,
        "file": one.file_name,
        "sha256": one.file_sha256,
        "read": one.rows_read,
        "taken": one.rows_taken,
        "rejected": one.rows_rejected,
        "rows_sha256": one.rows_sha256,
        "scans": one.scans,
        "state": one.state.value,
        "by": one.by_name,
        "answered_by": one.answered_by,
        "met": one.credits,
    }
