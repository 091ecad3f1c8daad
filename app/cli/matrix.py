"""`training matrix`: who is asked for what; seen, tried, changed and printed."""

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any
from uuid import UUID

import typer

from app.cli.days import AsOf, KnownAt, day_of, end_of
from app.cli.frame import Frame, frame_of
from app.cli.matrix_words import (
    gap_data,
    gap_lines,
    grid_data,
    grid_lines,
    impact_data,
    impact_line,
    run_data,
    run_line,
    text,
)
from app.core.base.errors import NotFound
from app.core.base.paging import PageRequest
from app.core.base.words import _, plural
from app.core.training import TrainingRefused
from app.core.training.matrix import (
    CellEdit,
    GridColumn,
    Need,
    PersonLine,
    Proposal,
    StandingMark,
)

commands = typer.Typer(
    name="matrix", help=_("Job roles and audiences by requirements: show, change, print.")
)

_LETTERS = {"M": Need.MANDATORY, "R": Need.RECOMMENDED, "-": Need.NOTHING, "–": Need.NOTHING}
_Row = Annotated[str, typer.Argument(help=_("Code of a job role or an audience."))]
_Column = Annotated[str, typer.Argument(help=_("Code of a requirement or a curriculum."))]
_From = Annotated[str | None, typer.Option("--from", help=_("The day it takes effect; today."))]
_Reason = Annotated[str, typer.Option(help=_("Why; needed unless it is a dry run."))]
_DryRun = Annotated[bool, typer.Option("--dry-run", help=_("Only say what it would do."))]
_Confirm = Annotated[
    int | None, typer.Option(help=_("The number of people, where it reaches many."))
]
_Unit = Annotated[str | None, typer.Option(help=_("Code of a department, with all below it."))]
_Role = Annotated[str | None, typer.Option(help=_("Code of a job role."))]
_Shift = Annotated[str | None, typer.Option(help=_("A shift."))]
_On = Annotated[str | None, typer.Option("--on", help=_("As it stood on a day; today."))]


@commands.callback(invoke_without_command=True)
def whole(context: typer.Context, as_of: AsOf = None) -> None:
    """Show the matrix, where nothing else is asked for."""
    if context.invoked_subcommand is None:
        show(context, as_of)
    elif as_of is not None:
        raise TrainingRefused(
            _("The day stands behind what is asked of the matrix."),
            _("Write it so: matrix people --as-of 2026-03-31."),
        )


@commands.command()
def show(context: typer.Context, on: _On = None) -> None:
    """Show every cell that asks for something: row, column, M or R, from, up to."""
    frame = frame_of(context)
    grid = frame.services.training.matrix.grid(frame.actor(), day_of(on))
    frame.tell(grid_lines(grid), grid_data(grid))


@commands.command("set")
def set_cell(
    context: typer.Context,
    row: _Row,
    column: _Column,
    recommended: Annotated[
        bool, typer.Option("--recommended", help=_("Shown, and assigned to nobody."))
    ] = False,
    begins: _From = None,
    ends: Annotated[str | None, typer.Option("--to", help=_("First day no more."))] = None,
    reason: _Reason = "",
    dry_run: _DryRun = False,
    confirm: _Confirm = None,
) -> None:
    """Let a cell ask for something from a day on."""
    frame = frame_of(context)
    cell = frame.services.training.matrix.grid(frame.actor()).cell(row, column)
    need = Need.RECOMMENDED if recommended else Need.MANDATORY
    edit = CellEdit(cell=cell, need=need, to_on=day_of(ends))
    carry_out(frame, Proposal(edits=(edit,)), begins, reason, dry_run, confirm)


@commands.command()
def clear(
    context: typer.Context,
    row: _Row,
    column: _Column,
    begins: _From = None,
    reason: _Reason = "",
    dry_run: _DryRun = False,
    confirm: _Confirm = None,
) -> None:
    """Let a cell ask for nothing from a day on."""
    frame = frame_of(context)
    cell = frame.services.training.matrix.grid(frame.actor()).cell(row, column)
    edit = CellEdit(cell=cell, need=Need.NOTHING)
    carry_out(frame, Proposal(edits=(edit,)), begins, reason, dry_run, confirm)


@commands.command()
def apply(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help=_("CSV with the columns row, column, need: M R -"))],
    begins: _From = None,
    reason: _Reason = "",
    dry_run: _DryRun = False,
    confirm: _Confirm = None,
) -> None:
    """Change many cells at once: all of them or none."""
    frame = frame_of(context)
    edits = _edits_of(frame, file)
    carry_out(frame, Proposal(edits=edits), begins, reason, dry_run, confirm)


@commands.command()
def run(context: typer.Context, confirm: _Confirm = None) -> None:
    """Carry the matrix out as it stands; with the number of people, what was held back, too."""
    frame = frame_of(context)
    done = frame.services.training.matrix.run(frame.actor(), confirmed=confirm)
    frame.tell(run_line(done), run_data(done))


@commands.command()
def changes(context: typer.Context) -> None:
    """List the changes that were applied, the newest first."""
    frame = frame_of(context)
    found = frame.services.training.matrix.changes(frame.actor())
    lines = [f"{one.effective_on.isoformat()}\t{one.by_name}\t{one.reason}" for one in found]
    data = [
        {
            "at": one.at.isoformat(),
            "effective_on": one.effective_on.isoformat(),
            "by": one.by_name,
            "reason": one.reason,
            "people": one.people,
            "cells": one.cells,
        }
        for one in found
    ]
    frame.tell("\n".join(lines) or _("Nothing was changed yet."), {"changes": data})


@commands.command()
def gap(
    context: typer.Context,
    number: Annotated[str, typer.Argument(help=_("Number of a person."))],
    role: Annotated[list[str], typer.Option(help=_("Code of a job role; several are allowed."))],
) -> None:
    """Say what another job role would ask of somebody: new, as before, no more."""
    frame = frame_of(context)
    people, actor = frame.services.people, frame.actor()
    codes = {one.code: one.id for one in people.organisation.job_roles(actor)}
    wanted = [one.upper() for one in role]
    for one in wanted:
        if one not in codes:
            raise NotFound(_("The job role {code}").format(code=one))
    person = people.find(actor, number)
    found = frame.services.training.matrix.gap(actor, person.id, [codes[one] for one in wanted])
    frame.tell(gap_lines(found), gap_data(found))


@commands.command()
def people(
    context: typer.Context,
    unit: _Unit = None,
    role: _Role = None,
    shift: _Shift = None,
    limit: Annotated[int, typer.Option(help=_("At most so many people."))] = 1000,
    as_of: AsOf = None,
    known_at: KnownAt = None,
) -> None:
    """Show where people stand, or stood, one letter for each requirement that concerns them."""
    frame = frame_of(context)
    grid, actor = frame.services.training.matrix.people, frame.actor()
    request = PageRequest(limit=limit).filtered_by(_filters(frame, unit, role, shift))
    then = day_of(as_of), end_of(known_at)
    columns, page = grid.columns(actor, request, *then), grid.page(actor, request, *then)
    told = grid.told_as_of_now(*then)
    lines = ["\t".join(("", "", *(one.code for one in columns)))]
    lines += [
        "\t".join((line.number, line.name, *(line.at(one.id).mark.value for one in columns)))
        for line in page.rows
    ]
    lines += told
    data = {
        "total": page.total,
        "as_of": as_of,
        "known_at": known_at,
        "told_as_of_now": list(told),
        "columns": [{"code": one.code, "title": one.title} for one in columns],
        "people": [_person_data(line, columns) for line in page.rows],
    }
    frame.tell("\n".join(lines), data)


def _person_data(line: PersonLine, columns: Sequence[GridColumn]) -> dict[str, object]:
    cells = {one.code: line.at(one.id) for one in columns}
    return {
        "number": line.number,
        "name": line.name,
        "unit": line.org_unit,
        "role": line.job_role,
        "cells": {
            code: {
                "mark": point.mark.name.lower(),
                "letter": point.mark.value,
                "due": text(point.due_on),
                "valid_until": text(point.valid_until),
            }
            for code, point in cells.items()
            if point.mark is not StandingMark.NOT_ASKED
        },
    }


@commands.command("print")
def print_out(
    context: typer.Context,
    out: Annotated[Path, typer.Option(help=_("The PDF to write."))],
    of_people: Annotated[
        bool, typer.Option("--people", help=_("Where everybody stands, instead of what is asked."))
    ] = False,
    on: _On = None,
    known_at: KnownAt = None,
    unit: _Unit = None,
    role: _Role = None,
    shift: _Shift = None,
    overwrite: Annotated[bool, typer.Option(help=_("Replace the file if there is one."))] = False,
) -> None:
    """Write the matrix as a PDF, A3 across; the register of files that left notes it."""
    frame = frame_of(context)
    matrix, actor = frame.services.training.matrix, frame.actor()
    if of_people:
        request = PageRequest().filtered_by(_filters(frame, unit, role, shift))
        said = tuple(one for one in (unit, role, shift) if one)
        document = matrix.people.paper(actor, request, said, day_of(on), end_of(known_at))
    else:
        document = matrix.paper(actor, day_of(on))
    frame.save(out, document, overwrite=overwrite)
    rows = document.leaving.records or 0
    frame.tell(
        plural("{count} row is in the file.", "{count} rows are in the file.", rows),
        {"file": str(out), "rows": rows},
    )


def carry_out(
    frame: Frame,
    proposal: Proposal,
    begins: str | None,
    reason: str,
    dry_run: bool,
    confirm: int | None,
) -> None:
    """Try a change or apply it, and tell what it does."""
    matrix, actor, on = frame.services.training.matrix, frame.actor(), day_of(begins)
    if dry_run:
        impact = matrix.try_out(actor, proposal, on)
        frame.tell(impact_line(impact), impact_data(impact, matrix.grid(actor, on)))
        return
    done = matrix.apply(actor, proposal, reason=reason, on=on, confirmed=confirm)
    frame.tell(run_line(done), run_data(done))


def _edits_of(frame: Frame, file: Path) -> tuple[CellEdit, ...]:
    """Return the edits of a CSV file. Raises TrainingRefused, which names the line."""
    grid = frame.services.training.matrix.grid(frame.actor())
    try:
        lines = list(csv.DictReader(file.read_text("utf-8-sig").splitlines()))
    except (OSError, UnicodeDecodeError) as refusal:
        raise TrainingRefused(
            _("The file {name} cannot be read.").format(name=file.name), _("Give a CSV file.")
        ) from refusal
    edits = []
    for place, line in enumerate(lines, start=2):
        need = _LETTERS.get((line.get("need") or "").strip().upper())
        if need is None or not line.get("row") or not line.get("column"):
            raise TrainingRefused(
                _("Line {number} is no change.").format(number=place),
                _("Give row, column, and M, R or - as need."),
            )
        edits.append(CellEdit(cell=grid.cell(line["row"], line["column"]), need=need))
    return tuple(edits)


def _filters(
    frame: Frame, unit: str | None, role: str | None, shift: str | None
) -> list[tuple[str, str]]:
    organisation, actor = frame.services.people.organisation, frame.actor()
    found: list[tuple[str, str]] = [("shift", shift)] if shift else []
    known: tuple[tuple[str, str | None, Any], ...] = (
        ("org_unit", unit, organisation.org_units),
        ("role", role, organisation.job_roles),
    )
    for key, code, listed in known:
        if code:
            found.append((key, str(_id_of(code, {one.code: one.id for one in listed(actor)}))))
    return found


def _id_of(code: str, ids: dict[str, UUID]) -> UUID:
    if code.upper() not in ids:
        raise NotFound(code)
    return ids[code.upper()]
