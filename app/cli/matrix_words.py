"""What the commands of the matrix print: lines for people, objects for scripts."""

from datetime import date
from typing import Any

from app.core.base.figures import number
from app.core.base.words import _, plural
from app.core.training.matrix import (
    NEED_LETTERS,
    Cell,
    CellAsks,
    Gap,
    GapItem,
    Grid,
    MatrixImpact,
    RunOfMatrix,
    Touched,
)


def grid_lines(grid: Grid) -> str:
    """Return one line for each cell that asks for something, and for each change that is planned."""
    lines = [f"{_place(grid, cell)}\t{_asked_line(one)}" for cell, one in grid.asked.items()]
    lines += [
        "{place}\t{what}\t{planned}".format(
            place=_place(grid, cell), what=_asked_line(one), planned=_("planned")
        )
        for cell, one in grid.planned.items()
    ]
    return "\n".join(sorted(lines)) or _("The matrix asks for nothing yet.")


def grid_data(grid: Grid) -> dict[str, Any]:
    """Return the matrix for scripts."""
    return {
        "on": grid.on.isoformat(),
        "rows": [
            {
                "code": one.code,
                "title": one.title,
                "kind": "audience" if one.is_audience else "role",
                "people": one.people,
            }
            for one in grid.rows
        ],
        "columns": [
            {
                "code": one.code,
                "title": one.title,
                "kind": "curriculum" if one.is_curriculum else "requirement",
                "retired": one.is_retired,
            }
            for one in grid.columns
        ],
        "cells": [_asked_data(grid, cell, one) for cell, one in grid.asked.items()],
        "planned": [_asked_data(grid, cell, one) for cell, one in grid.planned.items()],
        "in_doubt": [
            {**_codes(grid, cell), "said_elsewhere": sorted(one.value for one in needs)}
            for cell, needs in grid.in_doubt.items()
        ],
    }


def impact_line(impact: MatrixImpact) -> str:
    """Return what a change would do as a sentence."""
    people = plural(
        "It changes something for {count} person.",
        "It changes something for {count} people.",
        impact.people,
    )
    figures = _("{gain} new ({hold} held already), {lose} ended.").format(
        gain=number(impact.gain), hold=number(impact.hold), lose=number(impact.lose)
    )
    return f"{people} {figures}"


def impact_data(impact: MatrixImpact, grid: Grid) -> dict[str, Any]:
    """Return what a change would do for scripts."""
    return {
        "effective_on": impact.effective_on.isoformat(),
        "here": impact.here,
        "people": impact.people,
        "gain": impact.gain,
        "hold": impact.hold,
        "lose": impact.lose,
        "hours": round(impact.seconds / 3600, 2),
        "of_unknown_length": impact.of_unknown_length,
        "reaches_many": impact.reaches_many,
        "cells": [
            {
                **_codes(grid, one.cell),
                "people": one.people,
                "gain": one.gain,
                "hold": one.hold,
                "keep": one.keep,
                "lose": one.lose,
            }
            for one in impact.cells
        ],
        "gaining": [_touched(one) for one in impact.gaining],
        "losing": [_touched(one) for one in impact.losing],
    }


def run_line(done: RunOfMatrix) -> str:
    """Return what was done as a sentence."""
    words = _("{assigned} assigned, {cancelled} ended.").format(
        assigned=number(done.assigned), cancelled=number(done.cancelled)
    )
    if not done.held_back:
        return words
    held = _("Not run, because they reach many: {titles}.").format(titles=", ".join(done.held_back))
    return f"{words} {held}"


def run_data(done: RunOfMatrix) -> dict[str, Any]:
    """Return what was done for scripts."""
    return {
        "assigned": done.assigned,
        "cancelled": done.cancelled,
        "held_back": list(done.held_back),
    }


def gap_lines(gap: Gap) -> str:
    """Return a gap as a heading and a line for each requirement."""
    heads = ((_("new"), gap.gains), (_("stays"), gap.keeps), (_("ends"), gap.loses))
    lines = [f"{gap.name} · {gap.number} → {', '.join(gap.roles)}"]
    for head, items in heads:
        for one in items:
            held = _("held") if one.is_held else ""
            due = "" if one.due_on is None else one.due_on.isoformat()
            lines.append(f"{head}\t{one.code}\t{one.title}\t{held}\t{due}".rstrip())
    return "\n".join(lines)


def gap_data(gap: Gap) -> dict[str, Any]:
    """Return a gap for scripts."""

    def data(one: GapItem) -> dict[str, Any]:
        return {
            "code": one.code,
            "title": one.title,
            "held": one.is_held,
            "due": text(one.due_on),
            "grace_days": one.grace_days,
        }

    return {
        "number": gap.number,
        "name": gap.name,
        "roles": list(gap.roles),
        "gains": [data(one) for one in gap.gains],
        "keeps": [data(one) for one in gap.keeps],
        "loses": [data(one) for one in gap.loses],
    }


def text(day: date | None) -> str | None:
    """Return a day as scripts read it."""
    return None if day is None else day.isoformat()


def _place(grid: Grid, cell: Cell) -> str:
    codes = _codes(grid, cell)
    return f"{codes['row']}\t{codes['column']}"


def _codes(grid: Grid, cell: Cell) -> dict[str, str]:
    rows = {one.id: one.code for one in grid.rows}
    columns = {one.id: one.code for one in grid.columns}
    return {"row": rows.get(cell.owner_id, "?"), "column": columns.get(cell.thing_id, "?")}


def _asked_line(one: CellAsks) -> str:
    until = "" if one.to_on is None else one.to_on.isoformat()
    return f"{NEED_LETTERS[one.need]}\t{one.from_on.isoformat()}\t{until}".rstrip()


def _asked_data(grid: Grid, cell: Cell, one: CellAsks) -> dict[str, Any]:
    return {
        **_codes(grid, cell),
        "need": one.need.value,
        "from": one.from_on.isoformat(),
        "to": text(one.to_on),
    }


def _touched(one: Touched) -> dict[str, Any]:
    return {
        "number": one.number,
        "name": one.name,
        "unit": one.org_unit,
        "role": one.job_role,
        "requirement": one.code,
        "due": text(one.due_on),
        "held": one.is_held,
    }
