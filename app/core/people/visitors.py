"""Visitors: people who come for a day, known again by name and by who sends them."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.ids import new_id
from app.core.journal import Unit
from app.core.people.alike import name_key
from app.core.people.derived import refresh_listing
from app.core.people.models import PersonKind, PersonRow, search_text
from app.core.people.rules import clean_name, clean_text
from app.core.people.sign_in_names import require_free_number
from app.core.storage.folding import fold

_SIGNS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Without those that are taken for others."""
_LENGTH = 5


@dataclass(frozen=True, slots=True)
class Visitor:
    """A visitor on record."""

    id: UUID
    number: str
    name: str
    company: str
    contact: str


def visitors_meant(
    session: Session, here: UUID | None, name: str, company: str = "", contact: str = ""
) -> tuple[Visitor, ...]:
    """Return the visitors of a site who are called so, whatever the order of their names, by number.

    With a company, only who it sends; with a contact, nobody who has another one. Who has left is not
    among them.
    """
    key = name_key(name)
    if not key:
        return ()
    rows = session.execute(
        sa.select(
            PersonRow.id, PersonRow.number, PersonRow.name, PersonRow.agency, PersonRow.contact
        )
        .where(
            PersonRow.kind == PersonKind.VISITOR,
            PersonRow.left_on.is_(None),
            PersonRow.merged_as_id.is_(None),
            sa.or_(PersonRow.home_site_id == here, PersonRow.home_site_id.is_(None)),
            *(PersonRow.search_text.contains(word, autoescape=True) for word in key),
        )
        .order_by(PersonRow.number)
    )
    return tuple(
        one
        for one in (Visitor(*row) for row in rows)
        if name_key(one.name) == key
        and _agree(company, one.company)
        and (not one.contact or _agree(contact, one.contact))
    )


def note_contact(unit: Unit, person_id: UUID, contact: str) -> None:
    """Keep a contact of a visitor of whom none was known."""
    row = unit.get_one(PersonRow, person_id)
    if contact and not row.contact:
        row.contact = clean_text(contact)


def visitor_added(
    unit: Unit, here: UUID | None, name: str, company: str, contact: str, joined_on: date
) -> UUID:
    """Put a visitor on record in a unit of work that does more; return their id. Raises DetailRefused.

    Their number is drawn, so that two PCs that do not know of each other give two.
    """
    number = _number(joined_on)
    row = PersonRow(
        home_site_id=here,
        number=number,
        name=clean_name(name),
        kind=PersonKind.VISITOR,
        joined_on=joined_on,
        agency=clean_text(company),
        contact=clean_text(contact),
    )
    require_free_number(unit, number)
    row.search_text = search_text(row.number, row.name, "")
    unit.add(row)
    unit.flush()
    refresh_listing(unit, [row.id])
    return row.id


def _number(day: date) -> str:
    drawn, signs = new_id().int & (2**62 - 1), ""
    for _place in range(_LENGTH):
        drawn, sign = divmod(drawn, len(_SIGNS))
        signs += _SIGNS[sign]
    return f"V-{day:%y%m}-{signs}"


def _agree(said: str, known: str) -> bool:
    """Tell whether two texts are one, or nothing was said: folded letters and digits alone count."""
    one, other = ("".join(sign for sign in fold(text) if sign.isalnum()) for text in (said, known))
    return not one or one == other
