"""Reading what is asked, held back and erased, and what stands in the way."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.journal import code_of, rows_aside, shown_for
from app.core.people.account_models import AccountRow
from app.core.people.erasing.models import (
    ErasureRequestRow,
    ErasureWithdrawnRow,
    LegalHoldLiftedRow,
    LegalHoldRow,
    PersonErasureRow,
    RetentionRuleRow,
)
from app.core.people.erasing.types import (
    ErasedPerson,
    ErasureRequest,
    Hindrance,
    HindranceKind,
    Hold,
    NamedAs,
)
from app.core.people.models import PersonListingRow, PersonRow
from app.core.people.types import PersonId

RETENTION_YEARS = 3
"""After somebody left, where no rule says otherwise (features.md, DP-06)."""


def is_erased(session: Session, person_id: UUID) -> bool:
    """Tell whether somebody is erased."""
    erased = sa.select(PersonErasureRow.id).where(PersonErasureRow.person_id == person_id)
    return session.scalar(erased) is not None


def everybody_erased(session: Session) -> frozenset[UUID]:
    """Return who is erased."""
    return frozenset(session.scalars(sa.select(PersonErasureRow.person_id)))


def still_listed(session: Session) -> list[UUID]:
    """Return who is erased, and stands in the list of people under another name than their record."""
    stale = (
        sa.select(PersonListingRow.person_id)
        .join(PersonRow, PersonRow.id == PersonListingRow.person_id)
        .join(PersonErasureRow, PersonErasureRow.person_id == PersonRow.id)
        .where(
            sa.or_(
                PersonListingRow.name != PersonRow.name,
                PersonListingRow.number != PersonRow.number,
            )
        )
    )
    return sorted(set(session.scalars(stale)))


def retention_years(session: Session, site_id: UUID | None) -> int:
    """Return for how many years after somebody left a site keeps what is personal of them."""
    rule = sa.select(RetentionRuleRow.years).where(RetentionRuleRow.site_id == site_id)
    return session.scalar(rule) or RETENTION_YEARS


def years_kept(session: Session, person: PersonRow, here: "Here") -> int:
    """Return for how many years after they left somebody's own site keeps what is personal."""
    return retention_years(session, person.home_site_id or here.site_id)


def all_of(session: Session, person_id: UUID) -> list[UUID]:
    """Return a person with everybody who was found to be them."""
    return [person_id, *(one.id for one in rows_aside(session, PersonRow, [person_id]))]


def named(session: Session, person: PersonRow) -> NamedAs:
    """Return by what somebody is found in a text."""
    asides = [one.values for one in rows_aside(session, PersonRow, [person.id])]
    own = (person.number, person.name, person.name_local)
    others = (one[name] for one in asides for name in ("number", "name", "name_local"))
    accounts = sa.select(AccountRow.id).where(AccountRow.person_id == person.id)
    return NamedAs(
        accounts=frozenset(session.scalars(accounts)),
        words=frozenset(str(word) for word in (*own, *others) if word),
    )


@dataclass(frozen=True, slots=True)
class Here:
    """Where and when it is asked."""

    today: date
    site_id: UUID | None
    """Whose rule holds for people who are of no other site."""


def hindrances(session: Session, person: PersonRow, here: Here) -> tuple[Hindrance, ...]:
    """Return what stands in the way of erasing somebody."""
    return (*_of_time(session, person, here), *_of_holds(session, person.id))


def _of_time(session: Session, person: PersonRow, here: Here) -> Iterator[Hindrance]:
    if person.left_on is None or person.left_on > here.today:
        yield Hindrance(kind=HindranceKind.HERE)
        return
    until = years_after(person.left_on, years_kept(session, person, here))
    if here.today < until:
        yield Hindrance(kind=HindranceKind.RETENTION, until=until)


def _of_holds(session: Session, person_id: UUID) -> Iterator[Hindrance]:
    for row in _standing_holds(session, all_of(session, person_id)):
        yield Hindrance(kind=HindranceKind.HOLD, hold_id=row.id, reason=row.reason)


def years_after(start: date, years: int) -> date:
    """Return the same calendar day so many years later; 29 February becomes the 28th."""
    try:
        return start.replace(year=start.year + years)
    except ValueError:
        return start.replace(year=start.year + years, day=28)


def request(session: Session, here: Here, request_id: UUID) -> ErasureRequest | None:
    """Return one request that stands."""
    return next(_requests(session, here, ErasureRequestRow.id == request_id), None)


def request_for(session: Session, here: Here, person_id: UUID) -> ErasureRequest | None:
    """Return the oldest request that stands for somebody, whoever was found to be them."""
    everybody = ErasureRequestRow.person_id.in_(all_of(session, person_id))
    return next(_requests(session, here, everybody), None)


def requests(session: Session, here: Here) -> Iterator[ErasureRequest]:
    """Yield what is asked for and neither confirmed nor withdrawn, the oldest first."""
    return _requests(session, here, sa.true())


def _requests(
    session: Session, here: Here, wanted: sa.ColumnElement[bool]
) -> Iterator[ErasureRequest]:
    over = sa.select(ErasureWithdrawnRow.request_id)
    erased = sa.select(PersonErasureRow.person_id)
    asked = sa.select(ErasureRequestRow).where(
        ErasureRequestRow.id.not_in(over), ErasureRequestRow.person_id.not_in(erased), wanted
    )
    for row in session.scalars(asked.order_by(ErasureRequestRow.at, ErasureRequestRow.id)):
        person = session.get(PersonRow, shown_for(session, PersonRow, row.person_id))
        if person is not None and not is_erased(session, person.id):
            yield ErasureRequest(
                id=row.id,
                person_id=PersonId(person.id),
                number=person.number,
                name=person.name,
                reason=row.reason,
                at=row.at,
                by=row.by,
                by_name=row.by_name,
                hindrances=hindrances(session, person, here),
            )


def holds(session: Session) -> Iterator[Hold]:
    """Yield the holds that stand, the oldest first."""
    for row in _standing_holds(session, None):
        person = session.get(PersonRow, shown_for(session, PersonRow, row.person_id))
        yield Hold(
            id=row.id,
            person_id=PersonId(row.person_id),
            number=person.number if person is not None else "",
            name=person.name if person is not None else "",
            reason=row.reason,
            at=row.at,
            by_name=row.by_name,
        )


def erased_people_listed(session: Session) -> Iterator[ErasedPerson]:
    """Yield who is erased, the last first."""
    ordered = sa.select(PersonErasureRow).order_by(
        PersonErasureRow.at.desc(), PersonErasureRow.id.desc()
    )
    for row in session.scalars(ordered):
        request = session.get(ErasureRequestRow, row.request_id) if row.request_id else None
        code = code_of(row.person_id.bytes)
        yield ErasedPerson(
            person_id=PersonId(row.person_id),
            number=f"P-{code}",
            name=f"Person {code}",
            at=row.at,
            reason=request.reason if request is not None else "",
            asked_by=request.by_name if request is not None else "",
            confirmed_by=row.by_name,
        )


def _standing_holds(session: Session, people: list[UUID] | None) -> Iterator[LegalHoldRow]:
    lifted = sa.select(LegalHoldLiftedRow.hold_id)
    standing = sa.select(LegalHoldRow).where(LegalHoldRow.id.not_in(lifted))
    if people is not None:
        standing = standing.where(LegalHoldRow.person_id.in_(people))
    yield from session.scalars(standing.order_by(LegalHoldRow.at, LegalHoldRow.id))
