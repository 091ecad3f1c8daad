"""How every org unit stands today, in one pass over the index of assignments.

Grouping pairs by unit and standing would sort them all. Instead each pair is one number, in which
what it counts for has a place of its own; people's numbers are summed as the index gives them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.people import called
from app.core.people.models import OrgUnitRow, PersonListingRow
from app.core.reports.columns import WHOLE
from app.core.reports.history import Standings
from app.core.reports.pairs import Scope, is_here, is_late, within
from app.core.reports.stretches import Stretch
from app.core.storage.columns import Day
from app.core.training import in_force, is_waived, newest_evidence
from app.core.training.models import AssignmentRow, RequirementRow
from app.core.training.rules import EXPIRING

_PLACE = 1 << 20
"""More than one person is ever asked for."""
_HELD, _EXPIRING, _OVERDUE = 1, _PLACE, _PLACE * _PLACE


@dataclass(frozen=True, slots=True, kw_only=True)
class DepartmentBar:
    """How an org unit's own people stand; units below it have bars of their own."""

    org_unit_id: UUID | None
    name: str
    required: int
    held: int
    expiring: int
    overdue: int

    @property
    def compliance(self) -> int:
        """Return the share held in tenths of a percent, rounded down."""
        return self.held * WHOLE // self.required


def standings_of_units(
    session: Session, scope: Scope, today: date, stretch: Stretch
) -> dict[UUID | None, Standings]:
    """Return how the people of a stretch stand, by the org unit they belong to."""
    person = _by_person(today, stretch)
    packed = person.c.packed
    statement = (
        sa.select(
            PersonListingRow.org_unit_id,
            sa.func.sum(person.c.required),
            sa.func.sum(packed % _PLACE),
            sa.func.sum(packed // _EXPIRING % _PLACE),
            sa.func.sum(packed // _OVERDUE),
        )
        .join(person, person.c.person_id == PersonListingRow.person_id)
        .where(is_here(today), *within(scope), *stretch.holds(PersonListingRow.person_id))
        .group_by(PersonListingRow.org_unit_id)
    )
    return {
        key: Standings(
            required=int(required), held=int(held), expiring=int(expiring), overdue=int(overdue)
        )
        for key, required, held, expiring, overdue in session.execute(statement)
    }


def sum_of_units(
    parts: Iterable[dict[UUID | None, Standings]],
) -> dict[UUID | None, Standings]:
    """Return how all people stand, by org unit, from how some of them do."""
    whole: dict[UUID | None, Standings] = {}
    for part in parts:
        for key, stands in part.items():
            whole[key] = whole.get(key, Standings()) + stands
    return whole


def department_bars(
    session: Session, units: dict[UUID | None, Standings]
) -> tuple[DepartmentBar, ...]:
    """Return every org unit of whose people something is required, the best first."""
    names: dict[UUID | None, str] = {
        row.id: row.name
        for row in session.execute(sa.select(OrgUnitRow.id, called(OrgUnitRow).label("name")))
    }
    names[None] = ""
    bars = [
        DepartmentBar(
            org_unit_id=key,
            name=names[key],
            required=stands.required,
            held=stands.held,
            expiring=stands.expiring,
            overdue=stands.overdue,
        )
        for key, stands in units.items()
    ]
    return tuple(sorted(bars, key=lambda bar: (-bar.compliance, bar.name)))


def _by_person(today: date, stretch: Stretch) -> sa.Subquery:
    now, soon = sa.literal(today, Day), sa.literal(today + EXPIRING, Day)
    held = newest_evidence(
        lambda met: sa.case(
            (met.valid_until < now, _number(0)),
            (met.valid_until <= soon, _number(_HELD + _EXPIRING)),
            else_=_number(_HELD),
        )
    )
    late = sa.case((is_late(today), _number(_OVERDUE)), else_=_number(0))
    counted = sa.func.coalesce(held, late)
    return (
        sa.select(
            AssignmentRow.person_id,
            sa.func.count().label("required"),
            sa.cast(sa.func.sum(counted), sa.BigInteger).label("packed"),
        )
        .join(RequirementRow, RequirementRow.id == AssignmentRow.requirement_id)
        .where(*in_force(), ~is_waived(today), *stretch.holds(AssignmentRow.person_id))
        .group_by(AssignmentRow.person_id)
        .subquery()
    )


def _number(value: int) -> sa.ColumnElement[int]:
    return sa.literal(value, sa.BigInteger)
