"""Reading the day passes that stand: of visitors, and of people of other sites."""

from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from app.core.keys import sites_on_record
from app.core.training.neighbours import neighbours
from app.core.training.permits.models import DayPassRow
from app.core.training.permits.types import DayPass


def is_foreign(home: UUID | None, here: UUID | None) -> bool:
    """Tell whether a home is another site than the one here; who has none on record is of here."""
    return None not in (here, home) and home != here


def day_passes(
    session: Session, day: date, here: UUID | None, person_id: UUID | None = None
) -> tuple[DayPass, ...]:
    """Return the passes that stand on a day, by the visitor's name: of each the newest word."""
    person, later = neighbours().person, aliased(DayPassRow)
    escort = aliased(person)
    is_overtaken = sa.exists().where(
        later.person_id == DayPassRow.person_id,
        later.day == DayPassRow.day,
        sa.or_(
            later.at > DayPassRow.at,
            sa.and_(later.at == DayPassRow.at, later.id > DayPassRow.id),
        ),
    )
    sites = sites_on_record()
    statement = (
        sa.select(
            DayPassRow,
            person.number,
            person.name,
            escort.name.label("escort"),
            escort.left_on.label("escort_left_on"),
            person.home_site_id,
            person.agency,
            person.contact,
            sites.c.name.label("site"),
        )
        .join(person, person.id == DayPassRow.person_id)
        .outerjoin(sites, sites.c.id == person.home_site_id)
        .join(escort, escort.id == DayPassRow.escort_id)
        .where(DayPassRow.day == day, ~is_overtaken)
        .order_by(person.name, person.number)
    )
    if person_id is not None:
        statement = statement.where(DayPassRow.person_id == person_id)
    found = session.execute(statement)
    return tuple(_day_pass(one, here) for one in found if one.DayPassRow.escort_id is not None)


def _day_pass(found: sa.Row[Any], here: UUID | None) -> DayPass:
    row = found.DayPassRow
    left_on = found.escort_left_on
    return DayPass(
        person_id=row.person_id,
        number=found.number,
        name=found.name,
        day=row.day,
        escort_id=row.escort_id,
        escort=found.escort,
        purpose=row.purpose,
        by_name=row.by_name,
        from_site=(found.site or "") if is_foreign(found.home_site_id, here) else "",
        company=found.agency,
        contact=found.contact,
        induction=row.induction,
        escort_has_left=left_on is not None and left_on <= row.day,
    )
