"""Writing a change into the records: dated entries, one after another, never two at once for a cell."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.errors import NotFound
from app.core.base.figures import day as day_in_words
from app.core.base.words import _
from app.core.journal import Unit
from app.core.storage.columns import Day
from app.core.training.enrolment.conditions import from_json, to_json
from app.core.training.errors import TrainingRefused
from app.core.training.matrix.asking import is_taken_back
from app.core.training.matrix.audiences import audience_row
from app.core.training.matrix.curricula import (
    check_parts,
    curriculum_row,
    last_planned,
    say_parts,
)
from app.core.training.matrix.doubts import doubts
from app.core.training.matrix.kinds import Need
from app.core.training.matrix.models import (
    AudienceRow,
    CurriculumRow,
    MatrixEntryRow,
)
from app.core.training.matrix.types import Cell, CellEdit, Proposal
from app.core.training.models import RequirementRow
from app.core.training.neighbours import neighbours

MOST_EDITS = 2_000
"""In one change: the statement that says whom it reaches names each."""


def check(session: Session, proposal: Proposal, on: date, today: date) -> None:
    """Raise TrainingRefused, Loop or NotFound for what cannot be changed so. Nothing is written."""
    if proposal.is_empty:
        raise TrainingRefused(
            _("Nothing is to be changed."), _("Mark something in the grid first.")
        )
    if on < today:
        raise TrainingRefused(
            _("The matrix cannot be changed in the past: what was asked for then stays as it was."),
            _("Let the change take effect today or later."),
        )
    if proposal.conditions and on != today:
        raise TrainingRefused(
            _("Whom an audience means can be changed from today on alone."),
            _("Let the change take effect today."),
        )
    if len(proposal.edits) > MOST_EDITS:
        raise TrainingRefused(
            _("A change has at most {most} cells.").format(most=MOST_EDITS),
            _("Make several changes, or use a curriculum."),
        )
    if len({one.cell for one in proposal.edits}) != len(proposal.edits):
        raise TrainingRefused(
            _("A cell is to be changed in two ways at once."), _("Say it once for each cell.")
        )
    _check_edits(session, proposal.edits, on)
    for curriculum_id, parts in proposal.parts.items():
        curriculum_row(session, curriculum_id)
        check_parts(session, curriculum_id, parts)
    for audience_id, condition in proposal.conditions.items():
        audience_row(session, audience_id)
        from_json(to_json(condition))


def write(unit: Unit, proposal: Proposal, on: date, change_id: UUID, site_id: UUID | None) -> None:
    """Write a proposal that was checked, in force from a day on."""
    said = _said(unit, [one.cell for one in proposal.edits], on)
    in_doubt = doubts(unit, [one.id for known in said.values() for one in known.entries])
    places = _Places.of(unit, proposal.edits)
    for edit in proposal.edits:
        known = said[edit.cell.key]
        for one in known.entries:
            if one.id in in_doubt:
                one.is_settled = True
        columns = {**places.columns_of(edit.cell), "site_id": site_id}
        _write_edit(unit, edit, known, on, change_id, columns)
    unit.flush()
    for curriculum_id, parts in proposal.parts.items():
        say_parts(unit, curriculum_id, parts, on)
    for audience_id, condition in proposal.conditions.items():
        row = audience_row(unit, audience_id)
        row.condition = to_json(from_json(to_json(condition)))
    unit.flush()


def first_day(session: Session, proposal: Proposal, today: date) -> date:
    """Return the first day on which a change may take effect: after, or in the place of, what is planned."""
    row = MatrixEntryRow
    cells = session.scalar(
        sa.select(sa.func.max(row.from_on, type_=Day())).where(
            row.cell.in_([one.cell.key for one in proposal.edits]), ~is_taken_back(row)
        )
    )
    planned = (cells, last_planned(session, list(proposal.parts)))
    return max((today, *(one for one in planned if one is not None)))


def _check_edits(session: Session, edits: Collection[CellEdit], on: date) -> None:
    places, planned = _Places.of(session, edits), _planned(session, edits, on)
    for edit in edits:
        places.columns_of(edit.cell)
        if edit.to_on is not None and edit.to_on <= on:
            raise TrainingRefused(
                _("It would end before it begins."), _("Give a day after the first one.")
            )
        day = planned.get(edit.cell.key)
        if day is not None:
            raise TrainingRefused(
                _("For {cell} another change is planned for {day}: two would overlap.").format(
                    cell=cell_in_words(session, edit.cell), day=day_in_words(day)
                ),
                _("Choose that day or a later one."),
            )


def _planned(session: Session, edits: Collection[CellEdit], on: date) -> dict[str, date]:
    """Return by cell the first change of it that is planned after a day."""
    row = MatrixEntryRow
    later = (
        sa.select(row.cell, sa.func.min(row.from_on))
        .where(row.cell.in_([one.cell.key for one in edits]), row.from_on > on, ~is_taken_back(row))
        .group_by(row.cell)
    )
    return dict(session.execute(later).all())


def cell_in_words(session: Session, cell: Cell) -> str:
    """Return a cell as people call it."""
    role = session.get(neighbours().job_role, cell.owner_id)
    owner = role or session.get(AudienceRow, cell.owner_id)
    thing = session.get(RequirementRow, cell.thing_id) or session.get(CurriculumRow, cell.thing_id)
    titles = [one.title for one in (owner, thing) if one is not None]
    return " × ".join(titles)


@dataclass(frozen=True, slots=True)
class _Said:
    """What is written of a cell for a day: the entry of that very day, and the one before it."""

    same: MatrixEntryRow | None = None
    before: MatrixEntryRow | None = None

    @property
    def entries(self) -> tuple[MatrixEntryRow, ...]:
        """Return the one that says what the cell asks for on the day, where there is one."""
        newest = self.same or self.before
        return () if newest is None else (newest,)

    def lasting(self, on: date) -> MatrixEntryRow | None:
        """Return what asks for something up to the day, and would go on but for the entry of the day."""
        one, same = self.before, self.same
        if one is None or one.need is Need.NOTHING:
            return None
        goes_on = one.to_on is None or one.to_on > on
        return one if goes_on or (same is not None and one.to_on == on) else None


def _said(unit: Unit, cells: Collection[Cell], on: date) -> dict[str, _Said]:
    """Return by cell what is written of it for a day."""
    row = MatrixEntryRow
    found = {one.key: _Said() for one in cells}
    statement = (
        sa.select(row)
        .where(row.cell.in_(list(found)), row.from_on <= on)
        .where(sa.or_(row.from_on == on, ~is_taken_back(row)))
        .order_by(row.from_on)
    )
    for one in unit.scalars(statement):
        known = found[one.cell]
        is_same = one.from_on == on
        found[one.cell] = replace(known, same=one) if is_same else replace(known, before=one)
    return found


def _write_edit(
    unit: Unit,
    edit: CellEdit,
    said: _Said,
    on: date,
    change_id: UUID,
    columns: Mapping[str, UUID | None],
) -> None:
    before, same = said.lasting(on), said.same
    if same is None and _says_already(before, edit):
        return
    if same is not None and _says_already(before, edit, but_for=on):
        _take_back(same, before, on, change_id)
        return
    for one in (before, said.before):
        if one is not None and (one.to_on is None or one.to_on > on):
            one.to_on = on
    if same is None:
        row = MatrixEntryRow(
            cell=edit.cell.key,
            need=edit.need,
            from_on=on,
            to_on=edit.to_on,
            change_id=change_id,
            **columns,
        )
        unit.add(row)
    elif (same.need, same.to_on) != (edit.need, edit.to_on):
        same.need, same.to_on, same.change_id = edit.need, edit.to_on, change_id


def _take_back(
    same: MatrixEntryRow, before: MatrixEntryRow | None, on: date, change_id: UUID
) -> None:
    """Let the entry of a day never have been, and what was asked before it go on."""
    if before is not None and before.to_on == on:
        before.to_on = None
    if (same.need, same.to_on) != (Need.NOTHING, on):
        same.need, same.to_on, same.change_id = Need.NOTHING, on, change_id


def _says_already(
    before: MatrixEntryRow | None, edit: CellEdit, but_for: date | None = None
) -> bool:
    """Tell whether a cell asks for just that already; `but_for`: where nothing were said of that day."""
    if before is None or edit.need is Need.NOTHING:
        return before is None and edit.need is Need.NOTHING
    until = None if before.to_on == but_for else before.to_on
    return (before.need, until) == (edit.need, edit.to_on)


@dataclass(frozen=True, slots=True)
class _Places:
    """What the rows and columns of some cells are, as far as they are there."""

    roles: set[UUID]
    audiences: set[UUID]
    requirements: set[UUID]
    curricula: set[UUID]

    @classmethod
    def of(cls, session: Session, edits: Collection[CellEdit]) -> "_Places":
        owners = {one.cell.owner_id for one in edits}
        columns = {one.cell.thing_id for one in edits}
        return cls(
            _there(session, neighbours().job_role, owners),
            _there(session, AudienceRow, owners),
            _there(session, RequirementRow, columns),
            _there(session, CurriculumRow, columns),
        )

    def columns_of(self, cell: Cell) -> dict[str, UUID | None]:
        """Return which of an entry's columns a cell fills. Raises NotFound."""
        owner, thing = cell.owner_id, cell.thing_id
        if owner not in self.roles | self.audiences:
            raise NotFound(_("The job role or audience"))
        if thing not in self.requirements | self.curricula:
            raise NotFound(_("The requirement or curriculum"))
        is_role, is_requirement = owner in self.roles, thing in self.requirements
        return {
            "job_role_id": owner if is_role else None,
            "audience_id": None if is_role else owner,
            "requirement_id": thing if is_requirement else None,
            "curriculum_id": None if is_requirement else thing,
        }


def _there(session: Session, model: Any, ids: Collection[UUID]) -> set[UUID]:  # a mapped class
    return set(session.scalars(sa.select(model.id).where(model.id.in_(list(ids)))))
