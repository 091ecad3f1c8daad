"""Whose records a restore would cut back, and what of it others give back."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.errors import NotFound
from app.core.journal import (
    Position,
    Vector,
    Whose,
    bodies_beyond,
    entries_beyond,
)
from app.core.operations.backups.types import HeldElsewhere, LostPeople, LostPerson
from app.core.people import found_to_be, printed_person

_LOOKED_AT = 5_000
"""Entries whose people are looked for: more than come in a month between two backups."""
_NAMED = 50


def lost_people(session: Session, held: Sequence[Position]) -> LostPeople:
    """Return whose records the entries beyond some positions changed."""
    whose, same = Whose(session.connection()), found_to_be(session)
    counts = Counter[UUID]()
    looked_at = 0
    for body in bodies_beyond(session.connection(), held, _LOOKED_AT):
        counts.update({same.get(person, person) for person in whose.of(body)})
        looked_at += 1
    return LostPeople(
        named=tuple(_named(session, counts.most_common(_NAMED))),
        total=len(counts),
        looked_at=looked_at,
    )


def what_comes_back(
    connection: sa.Connection,
    held: Sequence[Position],
    elsewhere: Mapping[str, Vector],
    lost: int,
) -> HeldElsewhere:
    """Return what others hold of the `lost` entries that are beyond some positions."""

    def here_alone(others: Iterable[Position]) -> int:
        return entries_beyond(connection, (*held, *others)).entries

    together = [position for vector in elsewhere.values() for position in vector]
    by = tuple(label for label, vector in elsewhere.items() if here_alone(vector) < lost)
    return HeldElsewhere(entries=lost - here_alone(together), by=by)


def _named(session: Session, counts: Iterable[tuple[UUID, int]]) -> Iterator[LostPerson]:
    for person_id, count in counts:
        with suppress(NotFound):  # somebody of whom only facts came so far
            person = printed_person(session, person_id)
            yield LostPerson(name=person.printed_name, number=person.number, entries=count)
