"""Reading the register of assessors and trainers."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.training.coming_back import leavings
from app.core.training.held import held_until
from app.core.training.kinds import RequirementType
from app.core.training.models import RequirementRow
from app.core.training.neighbours import neighbours
from app.core.training.practicals.kinds import Registered
from app.core.training.practicals.models import (
    AssessorAppointmentRow,
    AssessorEndRow,
    PracticalFormRow,
)
from app.core.training.practicals.qualifying import Qualification, Span, qualification_on
from app.core.training.practicals.types import AppointmentLine, AssessorLine
from app.core.training.requirements.queries import by_id

_Pair = tuple[UUID, UUID]


def qualification_of(
    session: Session, person_id: UUID, requirement_id: UUID, day: date
) -> Qualification:
    """Return whether somebody may assess a practical on a day."""
    rows = _appointments(
        session,
        AssessorAppointmentRow.person_id == person_id,
        AssessorAppointmentRow.requirement_id == requirement_id,
    )
    appointed = rows.get((person_id, requirement_id), [])
    return _qualification(session, person_id, requirement_id, appointed, day)


def qualified_on(session: Session, requirement_id: UUID, day: date) -> tuple[UUID, ...]:
    """Return who may assess a practical, or hold sessions of another requirement, on a day."""
    found = _appointments(session, AssessorAppointmentRow.requirement_id == requirement_id)
    return tuple(
        person_id
        for (person_id, _requirement), appointed in found.items()
        if _qualification(session, person_id, requirement_id, appointed, day).may_sign
    )


def appointed_for(session: Session, person_id: UUID) -> frozenset[UUID]:
    """Return the practicals for which somebody was ever appointed."""
    return frozenset(
        session.scalars(
            sa.select(AssessorAppointmentRow.requirement_id).where(
                AssessorAppointmentRow.person_id == person_id
            )
        )
    )


def lines(
    session: Session, scope: frozenset[UUID] | None, today: date, person_id: UUID | None = None
) -> tuple[AssessorLine, ...]:
    """Return the register of people in some org units, or of one person, by name and title."""
    wanted = () if person_id is None else (AssessorAppointmentRow.person_id == person_id,)
    found = _appointments(session, *wanted)
    listing = neighbours().listing
    people = {
        row.person_id: row
        for row in session.execute(
            sa.select(
                listing.person_id,
                listing.number,
                listing.name,
                listing.org_unit,
                listing.org_unit_id,
            ).where(listing.person_id.in_([person for person, _requirement in found]))
        )
    }
    titles = _titles(session, {requirement for _person, requirement in found})
    made = [
        AssessorLine(
            person_id=person,
            requirement_id=requirement,
            number=people[person].number,
            name=people[person].name,
            org_unit=people[person].org_unit or "",
            code=titles[requirement].code,
            title=titles[requirement].title,
            kind=registered_as(titles[requirement].type),
            qualification=_qualification(session, person, requirement, appointed, today),
            appointments=tuple(appointed),
        )
        for (person, requirement), appointed in found.items()
        if person in people and (scope is None or people[person].org_unit_id in scope)
    ]
    return tuple(sorted(made, key=lambda one: (one.name.casefold(), one.title.casefold())))


def required_of(session: Session, requirement_id: UUID) -> UUID | None:
    """Return what who assesses a practical must hold themselves."""
    return session.scalar(
        sa.select(PracticalFormRow.assessor_holds_id).where(
            PracticalFormRow.requirement_id == requirement_id
        )
    )


def holds_until(session: Session, person_id: UUID, requirement_id: UUID) -> date | None:
    """Return until when somebody holds what assessing asks for; `date.max` where it asks nothing."""
    needed = required_of(session, requirement_id)
    return date.max if needed is None else held_until(session, person_id, by_id(session, needed))


def _qualification(
    session: Session,
    person_id: UUID,
    requirement_id: UUID,
    appointed: Iterable[AppointmentLine],
    day: date,
) -> Qualification:
    left = leavings(session, person_id)
    spans = [
        Span(from_on=one.counts_from, until_on=one.until_on, ended_on=_end_of(one, left))
        for one in appointed
        if one.ever_counts
    ]
    holds = holds_until(session, person_id, requirement_id)
    left_on = session.get_one(neighbours().person, person_id).left_on
    if holds is not None and left_on is not None:
        holds = min(holds, left_on - timedelta(days=1))  # who has left assesses nobody
    return qualification_on(day, spans, holds)


def _end_of(one: AppointmentLine, left: Iterable[date]) -> date | None:
    """Return the first day on which an appointment holds no more: somebody ended it, or they left.

    Who comes back is appointed anew.
    """
    said_on = one.at.astimezone().date()
    gone = next((day for day in left if day >= said_on), None)
    return min((day for day in (one.ended_on, gone) if day is not None), default=None)


def _appointments(
    session: Session, *wanted: sa.ColumnElement[bool]
) -> dict[_Pair, list[AppointmentLine]]:
    """Return appointments by person and practical, newest first, with their ends."""
    rows = session.scalars(
        sa.select(AssessorAppointmentRow)
        .where(*wanted)
        .order_by(AssessorAppointmentRow.at.desc(), AssessorAppointmentRow.id.desc())
    ).all()
    ends: dict[UUID, AssessorEndRow] = {}
    for end in session.scalars(
        sa.select(AssessorEndRow).where(AssessorEndRow.appointment_id.in_([one.id for one in rows]))
    ):
        held = ends.get(end.appointment_id)
        if held is None or (end.end_on, end.id) < (held.end_on, held.id):
            ends[end.appointment_id] = end
    found: dict[_Pair, list[AppointmentLine]] = defaultdict(list)
    for row in rows:
        found[row.person_id, row.requirement_id].append(_line(row, ends.get(row.id)))
    return found


def _line(row: AssessorAppointmentRow, end: AssessorEndRow | None) -> AppointmentLine:
    return AppointmentLine(
        id=row.id,
        from_on=row.from_on,
        until_on=row.until_on,
        reason=row.reason,
        at=row.at,
        by_name=row.by_name,
        ended_on=None if end is None else end.end_on,
        end_reason="" if end is None else end.reason,
        ended_by="" if end is None else end.by_name,
    )


def registered_as(kind: RequirementType) -> Registered:
    """Return what the register says of somebody for a type of requirement."""
    return Registered.ASSESSOR if kind is RequirementType.PRACTICAL else Registered.TRAINER


def _titles(session: Session, ids: Iterable[UUID]) -> dict[UUID, RequirementRow]:
    found = session.scalars(sa.select(RequirementRow).where(RequirementRow.id.in_(tuple(ids))))
    return {row.id: row for row in found}
