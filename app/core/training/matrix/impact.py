"""What a change of the matrix would do: counted in SQL, by cell and in total, from the statements of the live run."""

from collections import defaultdict
from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.storage.columns import Day
from app.core.training.enrolment.running import how_many_here
from app.core.training.held import Pair, held_until_of, newest_evidence
from app.core.training.matrix.asking import Asking, entries, owner_of, thing_of, touched
from app.core.training.matrix.finding import gaining, losing, requirements_of
from app.core.training.matrix.models import MatrixEntryRow
from app.core.training.matrix.running import Pairs, grant_of
from app.core.training.matrix.types import Cell, CellImpact, MatrixImpact, Touched, WaitingCells
from app.core.training.models import AssignmentRow, RequirementRow
from app.core.training.neighbours import neighbours
from app.core.training.opening import due_of
from app.core.training.requirements.queries import all_terms
from app.core.training.terms import terms_on

_SHOWN = 200
"""People that an impact names."""
LengthOf = Callable[[Session, UUID], int | None]
"""Tells how many seconds of work a requirement is, where that is known."""
Kept = Callable[[Session, Pairs], set[tuple[UUID, UUID]]]


def impact_of(
    session: Session, asking: Asking, now: datetime, length_of: LengthOf, kept: Kept
) -> MatrixImpact:
    """Return what the proposal of `asking` would do on its day."""
    cells = cells_of(session, asking)
    asking = replace(asking, only=requirements_of(session, asking, cells))
    gain = _with_evidence(gaining(asking, cells), asking).cte()
    lost = _lost(session, asking, cells, kept)
    pairs = touched(asking, cells)
    held, fresh = _by_requirement(session, gain)
    seconds, unknown = _work(session, fresh, length_of)
    return MatrixImpact(
        effective_on=asking.at.today,
        here=how_many_here(session, asking.at),
        people=_people(session, gain, lost),
        gain=sum(held.values()) + sum(fresh.values()),
        hold=sum(held.values()),
        lose=len(lost),
        seconds=seconds,
        of_unknown_length=unknown,
        cells=_cells(session, cells, pairs, gain, lost),
        gaining=_gaining(session, gain, asking, now),
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


def _by_requirement(session: Session, gain: sa.CTE) -> tuple[dict[UUID, int], dict[UUID, int]]:
    """Return by requirement how many gain what they hold, and how many what they do not."""
    held: dict[UUID, int] = defaultdict(int)
    fresh: dict[UUID, int] = defaultdict(int)
    statement = sa.select(gain.c.requirement_id, gain.c.is_held, sa.func.count()).group_by(
        gain.c.requirement_id, gain.c.is_held
    )
    for requirement_id, is_held, count in session.execute(statement):
        (held if is_held else fresh)[requirement_id] += count
    return held, fresh


def _work(session: Session, fresh: dict[UUID, int], length_of: LengthOf) -> tuple[int, int]:
    seconds, unknown = 0, 0
    for requirement_id, count in fresh.items():
        length = length_of(session, requirement_id)
        if length is None:
            unknown += count
        else:
            seconds += count * length
    return seconds, unknown


def _people(session: Session, gain: sa.CTE, lost: list[tuple[UUID, UUID]]) -> int:
    gaining_people = set(session.scalars(sa.select(gain.c.person_id).distinct()))
    return len(gaining_people | {person_id for person_id, _requirement in lost})


def _cells(
    session: Session,
    cells: Collection[Cell],
    pairs: sa.CTE,
    gain: sa.CTE,
    lost: list[tuple[UUID, UUID]],
) -> tuple[CellImpact, ...]:
    whole = _whole(session, pairs)
    of_pair = sa.and_(
        gain.c.person_id == pairs.c.person_id, gain.c.requirement_id == pairs.c.requirement_id
    )
    by_person = (
        sa.select(
            pairs.c.owner_id,
            pairs.c.thing_id,
            pairs.c.person_id,
            sa.func.min(sa.cast(gain.c.is_held, sa.Integer)).label("holds_all"),
        )
        .join(gain, of_pair)
        .group_by(pairs.c.owner_id, pairs.c.thing_id, pairs.c.person_id)
        .subquery()
    )
    gained = {
        (owner_id, thing_id): (count, held)
        for owner_id, thing_id, count, held in session.execute(
            sa.select(
                by_person.c.owner_id,
                by_person.c.thing_id,
                sa.func.count(),
                sa.func.sum(by_person.c.holds_all),
            ).group_by(by_person.c.owner_id, by_person.c.thing_id)
        )
    }
    losers = _losers(session, pairs, lost)
    found = []
    for cell in cells:
        place = cell.owner_id, cell.thing_id
        count, held = gained.get(place, (0, 0))
        found.append(
            CellImpact(
                cell=cell,
                people=whole.get(place, 0),
                gain=count,
                hold=held,
                lose=losers.get(place, 0),
            )
        )
    return tuple(found)


def _whole(session: Session, pairs: sa.CTE) -> dict[tuple[UUID, UUID], int]:
    """Return by cell how many people it is about, before the change or after it."""
    count = sa.func.count(pairs.c.person_id.distinct())
    statement = sa.select(pairs.c.owner_id, pairs.c.thing_id, count).group_by(
        pairs.c.owner_id, pairs.c.thing_id
    )
    return {(owner, thing): people for owner, thing, people in session.execute(statement)}


def _losers(
    session: Session, pairs: sa.CTE, lost: list[tuple[UUID, UUID]]
) -> dict[tuple[UUID, UUID], int]:
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


def _gaining(session: Session, gain: sa.CTE, asking: Asking, now: datetime) -> tuple[Touched, ...]:
    person, listing = neighbours().person, neighbours().listing
    rows = session.execute(
        sa.select(
            gain.c.person_id,
            listing.number,
            listing.name,
            listing.org_unit,
            listing.job_role,
            gain.c.requirement_id,
            RequirementRow.code,
            RequirementRow.title,
            gain.c.is_held,
            gain.c.label,
            person.joined_on,
        )
        .select_from(gain)
        .join(listing, listing.person_id == gain.c.person_id)
        .join(person, person.id == gain.c.person_id)
        .join(RequirementRow, RequirementRow.id == gain.c.requirement_id)
        .order_by(listing.number, RequirementRow.code)
        .limit(_SHOWN)
    ).all()
    said = all_terms(session, {row.requirement_id for row in rows})

    def due(row: Any) -> Any:
        terms = terms_on(asking.at.today, said.get(row.requirement_id, []))
        return due_of(grant_of(row.requirement_id, row.label, terms, now), row.joined_on).on

    return tuple(_touched(row, due_on=due(row), is_held=bool(row.is_held)) for row in rows)


def _losing(session: Session, lost: list[tuple[UUID, UUID]]) -> tuple[Touched, ...]:
    listing = neighbours().listing
    found: list[Any] = []
    for person_id, requirement_id in lost[:_SHOWN]:
        found += session.execute(
            sa.select(
                listing.person_id,
                listing.number,
                listing.name,
                listing.org_unit,
                listing.job_role,
                RequirementRow.id.label("requirement_id"),
                RequirementRow.code,
                RequirementRow.title,
            )
            .select_from(listing)
            .join(RequirementRow, RequirementRow.id == requirement_id)
            .where(listing.person_id == person_id)
        ).all()
    return tuple(sorted((_touched(row) for row in found), key=lambda one: (one.number, one.code)))


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
