"""Whom a badge or a number means that somebody shows: without proof, so nobody is let in by it."""

from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.people.account_models import AccountRow, CredentialKind, CredentialRow
from app.core.people.credentials import badge_owners
from app.core.people.secrets import badge_hash
from app.core.people.whom import people_meant
from app.core.spreadsheets import clean


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """Who is meant: nobody, one person, or two who share a number."""

    people: frozenset[UUID]
    by_badge: frozenset[UUID] = frozenset()
    """Who of them is meant by their own badge, which shows that it is here; a number shows nothing."""
    was_taken_back: bool = False
    """Whether it is a badge that was taken away: it means nobody any more."""


def people_shown(session: Session, untrusted: str) -> Shown:
    """Return whom a badge's code or an employee number means."""
    if not clean(untrusted):
        return Shown(people=frozenset())
    secret = badge_hash(untrusted)
    owners = badge_owners(session, secret)
    held = sa.select(AccountRow.person_id).where(
        AccountRow.id.in_(owners), AccountRow.person_id.is_not(None)
    )
    by_badge = {one for one in session.scalars(held) if one is not None} if owners else set()
    people = frozenset({*people_meant(session, untrusted), *by_badge})
    if people:
        return Shown(people=people, by_badge=frozenset(by_badge))
    former = sa.select(CredentialRow.id).where(
        CredentialRow.secret == secret, CredentialRow.kind == CredentialKind.BADGE
    )
    return Shown(people=people, was_taken_back=session.scalars(former).first() is not None)
