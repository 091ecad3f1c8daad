"""What other features need to know of people: how they are named on paper, and queries for their ids."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.errors import NotFound
from app.core.base.words import _
from app.core.journal import Unit, rows_aside, shown_for
from app.core.people.alike import name_key
from app.core.people.models import PersonListingRow, PersonRow, Reads
from app.core.people.other_names import former_numbers
from app.core.people.whom import only_one, people_meant
from app.core.storage.prepared import Prepared


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedPerson:
    """How somebody is named on paper."""

    id: UUID
    number: str
    name: str
    """In Latin letters."""
    name_local: str
    """In the person's own script; "" where it is not known."""
    language: str

    @property
    def printed_name(self) -> str:
        """Return the name in the person's own script where that is known, else in Latin letters."""
        return self.name_local or self.name


def printed_person(session: Session, person_id: UUID) -> PrintedPerson:
    """Return how a person is named now. Raises NotFound."""
    row = session.get(PersonRow, person_id)
    if row is None:
        raise NotFound(_("The person"))
    return PrintedPerson(
        id=row.id,
        number=row.number,
        name=row.name,
        name_local=row.name_local,
        language=row.language,
    )


def reads_along(session: Session, person_id: UUID) -> bool:
    """Tell whether somebody needs another to read along."""
    found = sa.select(PersonRow.reads).where(PersonRow.id == person_id)
    return session.scalar(found) == Reads.ALONG


def known_people(unit: Unit, person_ids: Iterable[UUID]) -> frozenset[UUID]:
    """Return those of `person_ids` who are people of this site, whether they left or not."""
    return frozenset(one for one in person_ids if unit.run(_IS_KNOWN, {"person": one}))


_IS_KNOWN = Prepared(sa.select(PersonRow.id).where(PersonRow.id == sa.bindparam("person")))


def take_learners_turn(unit: Unit, person_id: UUID) -> None:
    """Let no other station record what somebody learns before this unit ends.

    A person may have left a course open on another PC.
    """
    unit.take_turn("learning of", person_id)


def who_is(session: Session, person_id: UUID) -> UUID:
    """Return whose records somebody's are: another's where the two were found to be one."""
    return shown_for(session, PersonRow, person_id)


def found_to_be(session: Session) -> dict[UUID, UUID]:
    """Return who stands under another, by their own id: the two were found to be one."""
    return {one.id: one.shown_id for one in rows_aside(session, PersonRow)}


def place_of(session: Session, person_id: UUID) -> UUID | None:
    """Return the org unit somebody belongs to, or did when they left; None for nowhere."""
    return session.scalar(
        sa.select(PersonListingRow.org_unit_id).where(PersonListingRow.person_id == person_id)
    )


def people_within(scope: frozenset[UUID]) -> sa.Select[UUID]:
    """Return a query for the ids of who belongs to these org units, or did when they left."""
    return sa.select(PersonListingRow.person_id).where(PersonListingRow.org_unit_id.in_(scope))


def people_called(word: str) -> sa.Select[UUID]:
    """Return a query for the ids of who has a case-folded `word` in the number or a name."""
    return sa.select(PersonRow.id).where(PersonRow.search_text.contains(word, autoescape=True))


def person_numbered(session: Session, number: str) -> UUID:
    """Return the person with a number, or a site's code and one. Raises NotFound; NotOne where two have it."""
    found = people_meant(session, number)
    what = _("The person {number}").format(number=number.strip().upper())
    if not found:
        raise NotFound(what)
    return only_one(session, found, what)


def people_numbered(number: str) -> sa.Select[UUID]:
    """Return a query for the ids of who has this number: mostly one (`person_numbered`)."""
    return sa.select(PersonRow.id).where(PersonRow.number == number.strip().upper())


def names_to_compare(session: Session) -> dict[UUID, frozenset[tuple[str, ...]]]:
    """Return how everybody who was ever here is called, in either language, as `name_key` gives it.

    Who was found to be somebody else counts among the names of that one.
    """
    found: dict[UUID, frozenset[tuple[str, ...]]] = {}
    rows = session.execute(sa.select(PersonRow.id, PersonRow.name, PersonRow.name_local))
    for person_id, name, name_local in rows:
        found[person_id] = frozenset(filter(None, (name_key(name), name_key(name_local))))
    for one in rows_aside(session, PersonRow):
        names = {name_key(str(one.values[key])) for key in ("name", "name_local")}
        found[one.shown_id] = found.get(one.shown_id, frozenset()) | names - {()}
    return found


def people_by_numbers(session: Session) -> dict[str, UUID | None]:
    """Return everybody who was ever here by number (in capitals); None where two people have it.

    For whole files; who was found to be somebody else is led to by the number of before, too.
    """
    found: dict[str, UUID | None] = {}
    own = session.execute(sa.select(PersonRow.number, PersonRow.id)).all()
    for number, person_id in (*((row[0], row[1]) for row in own), *former_numbers(session)):
        known = found.get(number, person_id)
        found[number] = person_id if known == person_id else None
    return found
