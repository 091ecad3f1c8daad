"""Who is on the roll of another session at the same time: nobody is in two rooms at once."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.training.sessions.kinds import SessionState
from app.core.training.sessions.models import AttendanceRow, ClassSessionRow
from app.core.training.sessions.presence import Interval, both, presence
from app.core.training.sessions.reading import (
    Held,
    as_lines,
    events_of,
    held_when,
    lines_of,
    state_in,
)
from app.core.training.sessions.standing import counted_in
from app.core.training.sessions.two_rooms import OtherRoom

_LONGEST = timedelta(days=14)
"""Of a session: what began longer before is over."""
_EARLY = timedelta(days=1)
"""So long before its plan a session begins at most."""


def elsewhere(
    session: Session,
    row: ClassSessionRow,
    there: Mapping[UUID, Collection[Interval]],
    now: datetime,
) -> dict[UUID, tuple[OtherRoom, ...]]:
    """Return of who was there in these intervals in which other sessions they were meanwhile."""
    ends = [end for some in there.values() for _begin, end in some]
    if not ends:
        return {}
    found: dict[UUID, list[OtherRoom]] = defaultdict(list)
    for other in _others(session, row, list(there), max(ends)):
        if state_in(session, other.id) is SessionState.CANCELLED:
            continue
        people = _meanwhile(session, other, there, now)
        counted = counted_in(session, other.id) if people else frozenset()
        for person_id in people:
            found[person_id].append(
                OtherRoom(
                    session_id=other.id,
                    title=other.title,
                    venue=other.venue,
                    counts=person_id in counted,
                )
            )
    return {person_id: tuple(rooms) for person_id, rooms in found.items()}


def _meanwhile(
    session: Session,
    other: ClassSessionRow,
    there: Mapping[UUID, Collection[Interval]],
    now: datetime,
) -> list[UUID]:
    """Return who was in another session in some of these intervals."""
    held: Held = held_when(other, events_of(session, other.id), now)
    return [
        person_id
        for person_id, lines in lines_of(session, other.id).items()
        if both(there.get(person_id, ()), presence(as_lines(lines), held.began, held.ended))
    ]


def _others(
    session: Session, row: ClassSessionRow, people: list[UUID], until: datetime
) -> list[ClassSessionRow]:
    """Return the other sessions of these days on whose rolls some of these people are."""
    line = AttendanceRow
    is_on_roll = sa.exists().where(
        line.session_id == ClassSessionRow.id, line.person_id.in_(people), line.at <= until
    )
    return list(
        session.scalars(
            sa.select(ClassSessionRow)
            .where(
                ClassSessionRow.id != row.id,
                ClassSessionRow.starts_at.between(row.starts_at - _LONGEST, until + _EARLY),
                is_on_roll,
            )
            .order_by(ClassSessionRow.starts_at, ClassSessionRow.id)
        )
    )
