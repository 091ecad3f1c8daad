"""The demo plant's training matrix: what it asks is what its people have, and one change is planned."""

from datetime import date, timedelta
from typing import Any

from app.core.base.actor import Actor
from app.core.training.enrolment import All
from app.core.training.matrix import NEED_LETTERS, CellEdit, Grid, Matrix, Proposal

_NEEDS = {letter: need for need, letter in NEED_LETTERS.items()}


def fill_matrix(matrix: Matrix, actor: Actor, said: dict[str, Any], today: date) -> None:
    """Keep the curricula, audiences and cells of the demo's file."""
    ids = {one.code: one.id for one in matrix.grid(actor).columns}
    for one in said["curricula"]:
        matrix.curricula.add(actor, one["code"], one["title"], [ids[code] for code in one["holds"]])
    for one in said["audiences"]:
        matrix.audiences.add(actor, one["code"], one["title"], All())
    grid = matrix.grid(actor)
    matrix.apply(actor, _proposal(grid, said["rows"]), reason=said["reason"])
    planned = said["planned"]
    later = today + timedelta(days=planned["in_days"])
    matrix.apply(actor, _proposal(grid, planned["rows"]), reason=planned["reason"], on=later)


def _proposal(grid: Grid, rows: dict[str, dict[str, str]]) -> Proposal:
    return Proposal(
        edits=tuple(
            CellEdit(cell=grid.cell(row, column), need=_NEEDS[letter])
            for row, asked in rows.items()
            for column, letter in asked.items()
        )
    )
