"""Reading who may be one person, who was merged, and what was decided."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.errors import NotFound
from app.core.base.words import _
from app.core.journal import count_references, rows_aside
from app.core.people.account_models import AccountRow, CredentialKind, CredentialRow
from app.core.people.merging.likeness import Traits
from app.core.people.merging.types import MergedPerson, Side
from app.core.people.models import PersonDecisionRow, PersonListingRow, PersonRow, Verdict
from app.core.people.types import PersonId

Pair = frozenset[UUID]


def traits_of_all(session: Session) -> Iterator[Traits]:
    """Yield what is compared of everybody."""
    logins, badges = _logins(session), _badges(session)
    statement = sa.select(
        PersonRow.id,
        PersonRow.number,
        PersonRow.name,
        PersonRow.name_local,
        PersonRow.email,
        PersonRow.joined_on,
    )
    for row in session.execute(statement):
        yield Traits(
            id=row.id,
            number=row.number,
            name=row.name,
            name_local=row.name_local,
            email=row.email,
            joined_on=row.joined_on,
            login=logins.get(row.id, ""),
            badges=badges.get(row.id, frozenset()),
        )


def decided_apart(session: Session) -> frozenset[Pair]:
    """Return the pairs of people of whom somebody said last that they are two."""
    said: dict[Pair, Verdict] = {}
    ordered = sa.select(PersonDecisionRow).order_by(PersonDecisionRow.at, PersonDecisionRow.id)
    for row in session.scalars(ordered):
        said[frozenset((row.stays_id, row.other_id))] = row.verdict
    return frozenset(pair for pair, verdict in said.items() if verdict is not Verdict.SAME)


def side_of(session: Session, person_id: UUID) -> Side:
    """Return one of two who are laid side by side. Raises NotFound."""
    person = session.get(PersonRow, person_id)
    listed = session.scalar(
        sa.select(PersonListingRow).where(PersonListingRow.person_id == person_id)
    )
    if person is None or listed is None:
        raise NotFound(_("The person"))
    login = session.scalar(sa.select(AccountRow.login).where(AccountRow.person_id == person_id))
    return Side(
        id=PersonId(person.id),
        number=person.number,
        name=person.name,
        name_local=person.name_local,
        email=person.email,
        joined_on=person.joined_on,
        left_on=person.left_on,
        org_unit=listed.org_unit,
        job_role=listed.job_role,
        login=login or "",
        records=count_references(session, PersonRow, person_id),
    )


def merged_into(session: Session, shown: Collection[UUID] | None = None) -> Iterator[MergedPerson]:
    """Yield who was merged into some people, or into anybody, with the decision that did it."""
    for one in rows_aside(session, PersonRow, shown):
        decision = _last_decision(session, one.id)
        yield MergedPerson(
            id=PersonId(one.id),
            number=str(one.values["number"]),
            name=str(one.values["name"]),
            stays_id=PersonId(one.shown_id),
            reason=decision.reason if decision else "",
            at=decision.at if decision else None,
            by=decision.by if decision else None,
            by_name=decision.by_name if decision else "",
        )


def who_stays(one: Side, other: Side, today: date) -> tuple[Side, Side]:
    """Return two with whom to keep first: who is here, then who has more records, then who came first."""

    def rank(side: Side) -> tuple[bool, int, UUID]:
        has_left = side.left_on is not None and side.left_on <= today
        return has_left, -side.records, side.id

    first, second = sorted((one, other), key=rank)
    return first, second


def _last_decision(session: Session, merged_id: UUID) -> PersonDecisionRow | None:
    mine = sa.select(PersonDecisionRow).where(
        PersonDecisionRow.other_id == merged_id, PersonDecisionRow.verdict == Verdict.SAME
    )
    return session.scalars(
        mine.order_by(PersonDecisionRow.at.desc(), PersonDecisionRow.id.desc()).limit(1)
    ).one_or_none()


def _logins(session: Session) -> dict[UUID, str]:
    rows = session.execute(sa.select(AccountRow.person_id, AccountRow.login))
    return {person: login for person, login in rows if person is not None}


def _badges(session: Session) -> dict[UUID, frozenset[str]]:
    found: dict[UUID, set[str]] = defaultdict(set)
    given = (
        sa.select(AccountRow.person_id, CredentialRow.secret)
        .join(AccountRow, AccountRow.id == CredentialRow.account_id)
        .where(CredentialRow.kind == CredentialKind.BADGE, CredentialRow.revoked_at.is_(None))
    )
    for person, secret in session.execute(given):
        if person is not None:
            found[person].add(secret)
    return {person: frozenset(secrets) for person, secrets in found.items()}
