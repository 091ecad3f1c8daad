"""How every org unit stands today, the best first."""

from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.people import called
from app.core.people.models import OrgUnitRow
from app.core.reports.columns import WHOLE
from app.core.reports.kept_figures import Standings


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
        if stands.required
    ]
    return tuple(sorted(bars, key=lambda bar: (-bar.compliance, bar.name)))
