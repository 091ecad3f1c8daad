"""What a change of the matrix would do: counted in SQL, by cell and in total, from the statements of the live run."""

from collections import defaultdict
from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.storage.columns import Day, Id
from app.core.storage.said import said_rows
from app.core.training.enrolment.running import how_many_here
from app.core.training.held import Pair, held_until_of, newest_evidence
from app.core.training.matrix.asking import Asking, entries, owner_of, thing_of, touched
from app.core.training.matrix.finding import gaining, losing, requirements_of
from app.core.training.matrix.gains import SHOWN, Gain, Place, ShownGain, gain_of
from app.core.training.matrix.models import MatrixEntryRow
from app.core.training.matrix.running import Pairs, grant_of
from app.core.training.matrix.types import Cell, CellImpact, MatrixImpact, Touched, WaitingCells
from app.core.training.models import AssignmentRow, RequirementRow
from app.core.training.neighbours import neighbours
from app.core.training.opening import due_of
from app.core.training.rejoining import joined_last
from app.core.training.requirements.queries import all_terms
from app.core.training.terms import terms_on

LengthOf = Callable[[Session, UUID], int | None]
"""Tells how many seconds of work a requirement is, where that is known."""
Kept = Callable[[Session, Pairs], set[tuple[UUID, UUID]]]


def impact_of(
    session: Session, asking: Asking, now: datetime, length_of: LengthOf, kept: Kept
) -> MatrixImpact:
    """Return what the proposal of `asking` would do on its day."""
    cells = cells_of(session, asking)
    asking = replace(asking, only=requirements_of(session, asking, cells))
    pairs = touched(asking, cells)
    lost = _lost(session, asking, cells, kept)
    gain = gain_of(session, _with_evidence(gaining(asking, cells), asking), pairs)
    seconds, unknown = _work(session, gain.fresh, length_of)
    return MatrixImpact(
        effective_on=asking.at.today,
        here=how_many_here(session, asking.at),
        people=len(gain.people | {person_id for person_id, _requirement in lost}),
        gain=sum(gain.held.values()) + sum(gain.fresh.values()),
        hold=sum(gain.held.values()),
        lose=len(lost),
        seconds=seconds,
        of_unknown_length=unknown,
        cells=_cells(cells, gain, _losers(session, pairs, lost)),
        gaining=_gaining(session, gain.shown, asking, now),
        losing=_losing(session, lost),
    )


def waiting_of(session: Session, asking: Asking, kept: Kept) -> WaitingCells:
    """Return what the matrix as it stands would do if it were carried out."""
    gain = gaining(asking, None).cte()
    people = set(session.scalars(sa.select(gain.c.person_id).distinct()))
    lost = _lost(session, asking, None, kept)
    return WaitingCells(
        people=len(people | {person_id for person_id, _requirement in lost}),
        here=how_many_here(session, asking.at),
        assigned=session.scalar(sa.select(sa.func.count()).select_from(gain)) or 0,
        cancelled=len(lost),
    )


def cells_of(session: Session, asking: Asking) -> tuple[Cell, ...]:
    """Return the cells that a proposal touches: those edited, and those of what it changes otherwise."""
    proposal = asking.proposal
    found = dict.fromkeys(one.cell for one in proposal.edits)
    if proposal.conditions:
        asked = entries(asking).subquery()
        of_audiences = sa.select(asked.c.owner_id, asked.c.thing_id).where(
            asked.c.owner_id.in_(list(proposal.conditions))
        )
        found |= _cells_found(session, of_audiences)
    if proposal.parts:
        row = MatrixEntryRow
        whole = sa.select(owner_of(row), thing_of(row)).where(row.curriculum_id.is_not(None))
        found |= _cells_found(session, whole.distinct())
    return tuple(found)


def _cells_found(session: Session, statement: Any) -> dict[Cell, None]:
    rows = session.execute(statement)
    return {Cell(owner_id=owner_id, thing_id=thing_id): None for owner_id, thing_id in rows}


def _with_evidence(found: Any, asking: Asking) -> sa.Select[Any]:
    """Add whether each already holds what they would get."""
    pair = found.subquery()
    held = newest_evidence(
        held_until_of,
        Pair(
            person_id=pair.c.person_id,
            requirement_id=pair.c.requirement_id,
            course_id=RequirementRow.course_id,
        ),
    )
    is_held = sa.func.coalesce(held >= sa.literal(asking.at.today, Day), sa.false())
    return sa.select(pair, is_held.label("is_held")).join(
        RequirementRow, RequirementRow.id == pair.c.requirement_id
    )


def _lost(
    session: Session, asking: Asking, cells: Collection[Cell] | None, kept: Kept
) -> list[tuple[UUID, UUID]]:
    """Return the pairs that would lose what is open, but for those that a rule asks for."""
    rows = losing(asking, cells).with_only_columns(
        AssignmentRow.person_id, AssignmentRow.requirement_id
    )
    pairs = [(one, other) for one, other in session.execute(rows)]
    stay = kept(session, pairs) if pairs else set()
    return [one for one in pairs if one not in stay]


def _work(session: Session, fresh: dict[UUID, int], length_of: LengthOf) -> tuple[int, int]:
    seconds, unknown = 0, 0
    for requirement_id, count in fresh.items():
        length = length_of(session, requirement_id)
        if length is None:
            unknown += count
        else:
            seconds += count * length
    return seconds, unknown


def _cells(cells: Collection[Cell], gain: Gain, losers: dict[Place, int]) -> tuple[CellImpact, ...]:
    found = []
    for cell in cells:
        place = cell.owner_id, cell.thing_id
        count, held = gain.cells.get(place, (0, 0))
        found.append(
            CellImpact(
                cell=cell,
                people=gain.whole.get(place, 0),
                gain=count,
                hold=held,
                lose=losers.get(place, 0),
            )
        )
    return tuple(found)


def _losers(session: Session, pairs: sa.CTE, lost: list[tuple[UUID, UUID]]) -> dict[Place, int]:
    """Return by cell how many people of it lose something, and gain nothing of it."""
    if not lost:
        return {}
    ids = {requirement_id for _person, requirement_id in lost}
    found: dict[tuple[UUID, UUID], set[UUID]] = defaultdict(set)
    are_lost = set(lost)
    rows = session.execute(sa.select(pairs).where(pairs.c.requirement_id.in_(ids)))
    for owner_id, thing_id, person_id, requirement_id in rows:
        if (person_id, requirement_id) in are_lost:
            found[owner_id, thing_id].add(person_id)
    return {cell: len(people) for cell, people in found.items()}


def _gaining(
    session: Session, shown: Collection[ShownGain], asking: Asking, now: datetime
) -> tuple[Touched, ...]:
    rows = _named(session, [(one.person_id, one.requirement_id) for one in shown])
    said = all_terms(session, {one.requirement_id for one in shown})

    def touched_of(one: ShownGain) -> Touched:
        terms = terms_on(asking.at.today, said.get(one.requirement_id, []))
        row = rows[one.person_id, one.requirement_id]
        joined_on = joined_last(session, terms, [one.person_id]).get(one.person_id, row.joined_on)
        due = due_of(grant_of(one.requirement_id, one.label, terms, now), joined_on)
        return _touched(row, due_on=due.on, is_held=one.is_held)

    return tuple(map(touched_of, shown))


def _losing(session: Session, lost: list[tuple[UUID, UUID]]) -> tuple[Touched, ...]:
    found = _named(session, lost[:SHOWN]).values()
    return tuple(sorted(map(_touched, found), key=lambda one: (one.number, one.code)))


def _named(session: Session, pairs: Collection[tuple[UUID, UUID]]) -> dict[tuple[UUID, UUID], Any]:
    """Return who and what some pairs are."""
    if not pairs:
        return {}
    person, listing = neighbours().person, neighbours().listing
    pair = said_rows((sa.column("person_id", Id()), sa.column("requirement_id", Id())), list(pairs))
    rows = session.execute(
        sa.select(
            listing.person_id,
            listing.number,
            listing.name,
            listing.org_unit,
            listing.job_role,
            RequirementRow.id.label("requirement_id"),
            RequirementRow.code,
            RequirementRow.title,
            person.joined_on,
        )
        .select_from(pair)
        .join(listing, listing.person_id == pair.c.person_id)
        .join(person, person.id == pair.c.person_id)
        .join(RequirementRow, RequirementRow.id == pair.c.requirement_id)
    )
    return {(row.person_id, row.requirement_id): row for row in rows}


def _touched(row: Any, **more: Any) -> Touched:
    return Touched(
        person_id=row.person_id,
        number=row.number,
        name=row.name,
        org_unit=row.org_unit,
        job_role=row.job_role,
        requirement_id=row.requirement_id,
        code=row.code,
        title=row.title,
        **more,
    )
