"""Reading where people stand with practicals: one record whole, and the lists of who waits."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.people import printed_person, still_here
from app.core.training.held import held_until
from app.core.training.in_force import is_open, is_waived
from app.core.training.kinds import RequirementType
from app.core.training.models import AssignmentRow, RequirementRow
from app.core.training.neighbours import neighbours
from app.core.training.practicals.deriving import RunFacts, Stands, stand_of
from app.core.training.practicals.form_service import published
from app.core.training.practicals.forms import FormContent
from app.core.training.practicals.models import PracticalRunRow
from app.core.training.practicals.qualifying import Qualification
from app.core.training.practicals.register_queries import qualified_on
from app.core.training.practicals.run_queries import facts_of, request_of, runs_of
from app.core.training.practicals.types import PracticalRecord, PublishedForm, WaitingPractical
from app.core.training.requirements.queries import by_id

_Pair = tuple[UUID, UUID]


@dataclass(frozen=True, slots=True, kw_only=True)
class Current:
    """The run of a pair that something is recorded in now: the newest, or the one to come after it."""

    row: PracticalRunRow | None
    """None where it is not opened yet."""
    facts: RunFacts
    stands: Stands
    earlier: tuple[RunFacts, ...] = ()


def current_of(
    form: PublishedForm | None,
    rows: Collection[PracticalRunRow],
    known: dict[UUID, RunFacts],
    *,
    renews: bool,
) -> Current:
    """Return the run that counts; a run that is over is followed by another one where it `renews`."""
    content = form.content if form is not None else FormContent(title="")
    ordered = sorted(rows, key=lambda row: row.number, reverse=True)
    newest = ordered[0] if ordered else None
    if newest is not None:
        facts = known[newest.id]
        stands = stand_of(content, facts)
        if not (stands.is_over and renews):
            earlier = tuple(known[row.id] for row in ordered[1:])
            return Current(row=newest, facts=facts, stands=stands, earlier=earlier)
    facts = RunFacts(number=1 if newest is None else newest.number + 1)
    return Current(
        row=None,
        facts=facts,
        stands=stand_of(content, facts),
        earlier=tuple(known[row.id] for row in ordered),
    )


def record_of(
    session: Session,
    person_id: UUID,
    requirement_id: UUID,
    today: date,
    qualification: Qualification | None,
) -> PracticalRecord:
    """Return all that is known of a pair. Raises NotFound."""
    person, requirement = printed_person(session, person_id), by_id(session, requirement_id)
    rows = runs_of(session, person_id, requirement_id)
    form = published(session, requirement_id)
    assigned = _open_assignment(session, person_id, requirement_id, today)
    current = current_of(form, rows, facts_of(session, rows), renews=assigned is not None)
    listing = neighbours().listing
    org_unit = session.scalar(sa.select(listing.org_unit).where(listing.person_id == person_id))
    names = (
        printed_person(session, one).name for one in qualified_on(session, requirement_id, today)
    )
    return PracticalRecord(
        person_id=person_id,
        number=person.number,
        name=person.name,
        name_local=person.name_local,
        org_unit=org_unit or "",
        requirement_id=requirement_id,
        code=requirement.code,
        title=requirement.title,
        form=form,
        run=current.facts.number,
        facts=current.facts,
        stands=current.stands,
        earlier=current.earlier,
        request=request_of(session, person_id, requirement_id, current.facts),
        due_on=None if assigned is None else assigned.due_on,
        held_until=held_until(session, person_id, requirement),
        assessors=tuple(sorted(names)),
        qualification=qualification,
    )


def waiting(
    session: Session,
    today: date,
    *,
    requirement_ids: Collection[UUID] | None = None,
    person_id: UUID | None = None,
    scope: frozenset[UUID] | None = None,
    but: UUID | None = None,
) -> tuple[WaitingPractical, ...]:
    """Return the pairs that are assigned or under way: of some practicals, or of one person.

    `scope` leaves people of some org units, `but` leaves out one.
    """
    found = _pairs(session, today, requirement_ids, person_id, scope, but)
    runs = _runs(session, requirement_ids, person_id)
    people = [pair for pair in runs if pair not in found]
    found.update(_unassigned(session, today, people, scope, but))
    wanted = [row for pair in found for row in runs.get(pair, [])]
    known = facts_of(session, wanted)
    forms = {one: published(session, one) for _person, one in found}
    made = (
        _waiting(session, pair, row, forms[pair[1]], runs.get(pair, []), known)
        for pair, row in found.items()
    )
    return tuple(sorted((one for one in made if one is not None), key=_urgency))


def _waiting(
    session: Session,
    pair: _Pair,
    row: Any,  # a row of `_pairs`
    form: PublishedForm | None,
    runs: list[PracticalRunRow],
    known: dict[UUID, RunFacts],
) -> WaitingPractical | None:
    is_assigned = row.assigned_at is not None
    current = current_of(form, runs, known, renews=is_assigned)
    if current.stands.is_over:
        return None
    request = request_of(session, *pair, current.facts)
    return WaitingPractical(
        person_id=pair[0],
        requirement_id=pair[1],
        number=row.number,
        name=row.name,
        org_unit=row.org_unit or "",
        code=row.code,
        title=row.title,
        has_form=form is not None,
        run=current.facts.number,
        stands=current.stands,
        since=_last(current, row.assigned_at, None if request is None else request.at),
        due_on=row.due_on,
        late_after=row.late_after,
        request=request,
    )


def _last(current: Current, assigned_at: datetime | None, asked_at: datetime | None) -> datetime:
    facts = current.facts
    times: list[datetime] = [one.at for one in facts.rounds]
    times += [one.at for one in facts.results]
    if not times and assigned_at is not None:
        times = [assigned_at]
    if not times and current.row is not None:
        times = [current.row.opened_at]
    return max([*times, *([asked_at] if asked_at is not None else [])])


def _urgency(one: WaitingPractical) -> tuple[bool, date, date, str]:
    wanted = one.request.wanted_on if one.request is not None else None
    return (
        one.request is None,
        wanted or date.max,
        one.due_on or date.max,
        one.name.casefold(),
    )


def _columns() -> list[Any]:
    listing = neighbours().listing
    return [
        listing.person_id,
        RequirementRow.id.label("requirement_id"),
        listing.number,
        listing.name,
        listing.org_unit,
        RequirementRow.code,
        RequirementRow.title,
    ]


def _pairs(
    session: Session,
    today: date,
    requirement_ids: Collection[UUID] | None,
    person_id: UUID | None,
    scope: frozenset[UUID] | None,
    but: UUID | None,
) -> dict[_Pair, Any]:
    listing = neighbours().listing
    statement = (
        sa.select(
            *_columns(),
            AssignmentRow.assigned_at,
            AssignmentRow.due_on,
            AssignmentRow.late_after,
        )
        .select_from(AssignmentRow)
        .join(listing, listing.person_id == AssignmentRow.person_id)
        .join(RequirementRow, RequirementRow.id == AssignmentRow.requirement_id)
        .where(
            RequirementRow.type == RequirementType.PRACTICAL,
            still_here(listing.left_on, today),
            *is_open(),
            ~is_waived(today),
            *_narrowed(requirement_ids, person_id, scope, but),
        )
    )
    rows = session.execute(statement)
    return {(row.person_id, row.requirement_id): row for row in rows}


def _narrowed(
    requirement_ids: Collection[UUID] | None,
    person_id: UUID | None,
    scope: frozenset[UUID] | None,
    but: UUID | None,
) -> Iterable[sa.ColumnElement[bool]]:
    listing = neighbours().listing
    if requirement_ids is not None:
        yield RequirementRow.id.in_(tuple(requirement_ids))
    if person_id is not None:
        yield listing.person_id == person_id
    if scope is not None:
        yield listing.org_unit_id.in_(scope)
    if but is not None:
        yield listing.person_id != but


def _unassigned(
    session: Session,
    today: date,
    pairs: Collection[_Pair],
    scope: frozenset[UUID] | None,
    but: UUID | None,
) -> dict[_Pair, Any]:
    """Return the rows of pairs that are under way though nothing is assigned."""
    if not pairs:
        return {}
    listing = neighbours().listing
    nothing = (
        sa.null().label("assigned_at"),
        sa.null().label("due_on"),
        sa.null().label("late_after"),
    )
    statement = (
        sa.select(*_columns(), *nothing)
        .select_from(listing)
        .join(RequirementRow, RequirementRow.id.in_({one for _person, one in pairs}))
        .where(
            listing.person_id.in_({person for person, _one in pairs}),
            still_here(listing.left_on, today),
            *_narrowed(None, None, scope, but),
        )
    )
    wanted = set(pairs)
    return {
        key: row
        for row in session.execute(statement)
        if (key := (row.person_id, row.requirement_id)) in wanted
    }


def _runs(
    session: Session, requirement_ids: Collection[UUID] | None, person_id: UUID | None
) -> dict[_Pair, list[PracticalRunRow]]:
    statement = sa.select(PracticalRunRow)
    if requirement_ids is not None:
        statement = statement.where(PracticalRunRow.requirement_id.in_(tuple(requirement_ids)))
    if person_id is not None:
        statement = statement.where(PracticalRunRow.person_id == person_id)
    found: dict[_Pair, list[PracticalRunRow]] = {}
    for row in session.scalars(statement):
        found.setdefault((row.person_id, row.requirement_id), []).append(row)
    return found


def _open_assignment(
    session: Session, person_id: UUID, requirement_id: UUID, today: date
) -> AssignmentRow | None:
    return session.scalars(
        sa.select(AssignmentRow).where(
            AssignmentRow.person_id == person_id,
            AssignmentRow.requirement_id == requirement_id,
            *is_open(),
            ~is_waived(today),
        )
    ).first()
