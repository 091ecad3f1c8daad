"""What a rule may ask for, as people's records say it: each value once, however often it is spelt otherwise."""

from dataclasses import dataclass, replace
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.people import spelt_once
from app.core.training.enrolment.matching import At, is_of_here
from app.core.training.neighbours import neighbours


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferedValues:
    """Values that are there, by attribute."""

    locations: tuple[str, ...] = ()
    shifts: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()
    committees: tuple[str, ...] = ()


def offered_values(session: Session, at: At) -> OfferedValues:
    """Return what is written of people who are here, and which committees there are."""
    person, committee = neighbours().person, neighbours().committee
    return OfferedValues(
        locations=_written(session, at, person.location),
        shifts=_written(session, at, person.shift),
        agencies=_written(session, at, person.agency),
        committees=tuple(
            session.scalars(sa.select(committee.title).distinct().order_by(committee.title))
        ),
    )


def _written(session: Session, at: At, column: Any) -> tuple[str, ...]:
    everybody = replace(at, people=None)
    found = sa.select(column).where(column != "", *is_of_here(everybody)).distinct()
    return spelt_once(session.scalars(found))
