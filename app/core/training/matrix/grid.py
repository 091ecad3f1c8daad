"""Reading the grid of job roles and audiences by requirements and curricula, as it stood on any day."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.errors import NotFound, NotOne
from app.core.base.words import _
from app.core.training.enrolment.matching import At
from app.core.training.matrix.asking import (
    Asking,
    holders,
    in_force,
    is_own,
    is_taken_back,
    owner_of,
    thing_of,
)
from app.core.training.matrix.audiences import lasting_audiences
from app.core.training.matrix.doubts import doubts
from app.core.training.matrix.finding import audiences_of
from app.core.training.matrix.kinds import Need
from app.core.training.matrix.models import CurriculumRow, MatrixChangeRow, MatrixEntryRow
from app.core.training.matrix.types import Cell, PastChange
from app.core.training.models import RequirementRow
from app.core.training.neighbours import neighbours
from app.core.training.requirements.checks import clean_code


@dataclass(frozen=True, slots=True, kw_only=True)
class GridRow:
    """Whom a row asks."""

    id: UUID
    code: str
    title: str
    is_audience: bool
    people: int
    """Who is of it today."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GridColumn:
    """What a column stands for."""

    id: UUID
    code: str
    title: str
    is_curriculum: bool = False
    is_retired: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CellAsks:
    """What a cell asks for, from which day on, and up to, but not on, which."""

    need: Need
    from_on: date
    to_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """The matrix on a day."""

    on: date
    rows: tuple[GridRow, ...]
    columns: tuple[GridColumn, ...]
    asked: dict[Cell, CellAsks]
    """What cells ask for; a cell that is not here asks for nothing."""
    planned: dict[Cell, CellAsks]
    """What cells will ask for: the next change of each that is to come."""
    in_doubt: dict[Cell, frozenset[Need]]
    """What another PC said of a cell for the same day, until somebody says it again."""

    def cell(self, owner_code: str, thing_code: str) -> Cell:
        """Return the cell of two codes. Raises NotFound, NotOne."""
        owner = _one(
            [row.id for row in self.rows if row.code == clean_code(owner_code)],
            _("The job role or audience {code}").format(code=owner_code),
        )
        thing = _one(
            [column.id for column in self.columns if column.code == clean_code(thing_code)],
            _("The requirement or curriculum {code}").format(code=thing_code),
        )
        return Cell(owner_id=owner, thing_id=thing)

    def need(self, cell: Cell) -> Need:
        """Return what a cell asks for."""
        found = self.asked.get(cell)
        return Need.NOTHING if found is None else found.need


@dataclass(frozen=True, slots=True, kw_only=True)
class PastEntry:
    """What a cell asked for, and who said so."""

    asked: CellAsks
    reason: str
    by_name: str
    at: datetime


def grid_on(session: Session, day: date, site_id: UUID | None) -> Grid:
    """Return the whole matrix as it stood, or will stand, on a day."""
    return Grid(
        on=day,
        rows=_rows(session, day, site_id),
        columns=_columns(session, day),
        asked=_asked(session, day, site_id),
        planned=_planned(session, day, site_id),
        in_doubt=_in_doubt(session, site_id),
    )


def history_of(session: Session, cell: Cell) -> tuple[PastEntry, ...]:
    """Return what a cell asked for at any time, the newest first."""
    statement = (
        sa.select(MatrixEntryRow, MatrixChangeRow)
        .join(MatrixChangeRow, MatrixChangeRow.id == MatrixEntryRow.change_id)
        .where(MatrixEntryRow.cell == cell.key, ~is_taken_back(MatrixEntryRow))
        .order_by(MatrixEntryRow.from_on.desc())
    )
    return tuple(
        PastEntry(
            asked=CellAsks(need=row.need, from_on=row.from_on, to_on=row.to_on),
            reason=change.reason,
            by_name=change.by_name,
            at=change.at,
        )
        for row, change in session.execute(statement)
    )


def changes_of(session: Session, limit: int) -> tuple[PastChange, ...]:
    """Return the changes that were applied, the newest first."""
    change = MatrixChangeRow
    cells = (
        sa.select(sa.func.count())
        .where(MatrixEntryRow.change_id == change.id)
        .correlate(change)
        .scalar_subquery()
    )
    rows = session.execute(
        sa.select(change, cells).order_by(change.at.desc(), change.id.desc()).limit(limit)
    )
    return tuple(
        PastChange(
            id=row.id,
            at=row.at,
            effective_on=row.effective_on,
            reason=row.reason,
            by_name=row.by_name,
            people=row.people,
            cells=count,
        )
        for row, count in rows
    )


def _one(found: list[UUID], what: str) -> UUID:
    if len(found) > 1:
        raise NotOne(what)
    if not found:
        raise NotFound(what)
    return found[0]


def _rows(session: Session, day: date, site_id: UUID | None) -> tuple[GridRow, ...]:
    role = neighbours().job_role
    audiences = audiences_of(session, site_id, day, unused=True)
    holder = holders(Asking(at=At(today=day, site_id=site_id), audiences=audiences)).subquery()
    counting = sa.select(holder.c.owner_id, sa.func.count()).group_by(holder.c.owner_id)
    counts: dict[UUID, int] = dict(session.execute(counting).all())
    roles = session.execute(
        sa.select(role.id, role.code, role.title)
        .where(
            sa.or_(role.site_id.is_(None), role.site_id == site_id),
            sa.or_(role.closed_on.is_(None), role.closed_on > day),
        )
        .order_by(role.title, role.code)
    )
    found = [_row(one, counts, is_audience=False) for one in roles]
    found += [
        _row(one, counts, is_audience=True) for one in lasting_audiences(session, site_id, day)
    ]
    return tuple(found)


def _row(row: Any, counts: dict[UUID, int], *, is_audience: bool) -> GridRow:
    return GridRow(
        id=row.id,
        code=row.code,
        title=row.title,
        is_audience=is_audience,
        people=counts.get(row.id, 0),
    )


def _columns(session: Session, day: date) -> tuple[GridColumn, ...]:
    found = []
    for model, is_curriculum in ((CurriculumRow, True), (RequirementRow, False)):
        # Any: two mapped classes with the same columns
        one: Any = model
        rows = session.execute(
            sa.select(one.id, one.code, one.title, one.retired_on).order_by(one.code, one.id)
        )
        found += [
            GridColumn(
                id=row.id,
                code=row.code,
                title=row.title,
                is_curriculum=is_curriculum,
                is_retired=row.retired_on is not None and row.retired_on <= day,
            )
            for row in rows
        ]
    return tuple(found)


def _asked(session: Session, day: date, site_id: UUID | None) -> dict[Cell, CellAsks]:
    row = MatrixEntryRow
    statement = sa.select(owner_of(row), thing_of(row), row.need, row.from_on, row.to_on).where(
        *in_force(day), *is_own(site_id)
    )
    return _by_cell(session, statement)


def _planned(session: Session, day: date, site_id: UUID | None) -> dict[Cell, CellAsks]:
    row = MatrixEntryRow
    statement = (
        sa.select(owner_of(row), thing_of(row), row.need, row.from_on, row.to_on)
        .where(row.from_on > day, ~is_taken_back(row), *is_own(site_id))
        .order_by(row.from_on.desc())
    )
    return _by_cell(session, statement)


def _in_doubt(session: Session, site_id: UUID | None) -> dict[Cell, frozenset[Need]]:
    others = doubts(session)
    row = MatrixEntryRow
    statement = sa.select(row.id, owner_of(row), thing_of(row)).where(
        row.id.in_(list(others)), *is_own(site_id)
    )
    return {
        Cell(owner_id=owner_id, thing_id=thing_id): others[key]
        for key, owner_id, thing_id in session.execute(statement)
    }


def _by_cell(session: Session, statement: Any) -> dict[Cell, CellAsks]:
    return {
        Cell(owner_id=owner_id, thing_id=thing_id): CellAsks(need=need, from_on=first, to_on=last)
        for owner_id, thing_id, need, first, last in session.execute(statement)
    }
