"""Who owns which field of people: said at headquarters for all sites, kept to by every service that edits."""

from collections.abc import Callable, Collection, Mapping
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.actor import Actor, Capability
from app.core.journal import Site
from app.core.people.homes import home_in
from app.core.people.models import PersonRow
from app.core.people.ownership.errors import (
    FieldOwned,
    OwnersReasonMissing,
    OwnersSaidElsewhere,
)
from app.core.people.ownership.kinds import FieldOwner, OwnedField
from app.core.people.ownership.models import FieldOwnerRow

Owners = Mapping[OwnedField, FieldOwner]
"""The fields that belong to somebody alone."""
_OPEN_TO_FILE = frozenset({FieldOwner.ANYBODY, FieldOwner.HR_FILE})


class FieldOwners:
    """Keeps the rule. Who may change it: holders of MANAGE_SITE at headquarters, or at a site alone.

    It is about changing what is kept of somebody: whoever enters a person fills in everything.
    """

    def __init__(self, site: Site) -> None:
        self._site = site
        self.headquarters: Callable[[], UUID | None] = lambda: None
        """Tells which site is headquarters; None before any is known (hook: keys say so)."""

    @property
    def is_said_here(self) -> bool:
        """Tell whether this site says who owns what."""
        return self._holder() == self._site.site_id

    def all(self, actor: Actor) -> Owners:
        """Return which fields belong to whom."""
        actor.scope_of(Capability.VIEW_PEOPLE)
        with self._site.read() as session:
            return owners_of_fields(session, self._holder())

    def say(self, actor: Actor, owners: Owners, reason: str) -> None:
        """Let fields belong to whom is said, from now on; fields that are not named stay as they are.

        Raises OwnersSaidElsewhere, OwnersReasonMissing.
        """
        actor.require(Capability.MANAGE_SITE)
        site_id, reason = self._site.site_id, " ".join(reason.split())
        if site_id is None or not self.is_said_here:
            raise OwnersSaidElsewhere
        if not reason:
            raise OwnersReasonMissing
        with self._site.transaction(actor, "field-owner.say", reason=reason) as unit:
            unit.take_turn("field owners")
            rows = {row.field: row for row in _rows(unit, site_id)}
            for field, owner in owners.items():
                row = rows.get(field) or FieldOwnerRow(site_id=site_id, field=field)
                if row.owner is not owner:
                    row.owner, row.reason = owner, reason
                    unit.add(row)

    def closed(self, actor: Actor, person_id: UUID) -> dict[OwnedField, str]:
        """Return the fields of somebody that nobody changes by hand here, each with a sentence why."""
        actor.scope_of(Capability.VIEW_PEOPLE)
        with self._site.read() as session:
            row = session.get(PersonRow, person_id)
            refused = self.refused(session, None if row is None else home_in(session, row))
        whys = {field: FieldOwned(field, owner) for field, owner in refused.items()}
        return {field: f"{why.happened} {why.remedy}" for field, why in whys.items()}

    def require(self, session: Session, home: UUID | None, fields: Collection[OwnedField]) -> None:
        """Raise FieldOwned where one of the fields belongs to others than who works by hand here."""
        if fields:
            require_none(self.refused(session, home), fields)

    def refused(self, session: Session, home: UUID | None) -> Owners:
        """Return the fields that a hand at this site leaves alone, of somebody with a home."""
        if not _is_anything_said(session):
            return {}  # as at most sites: whose word counts need not be looked up
        holder, own = self._holder(), self._site.site_id
        may = {
            FieldOwner.HR_FILE: False,
            FieldOwner.HEADQUARTERS: holder == own,
            FieldOwner.PLANT: home in {None, own},
        }
        owners = owners_of_fields(session, holder)
        return {field: owner for field, owner in owners.items() if not may[owner]}

    def closed_to_file(self, session: Session) -> frozenset[OwnedField]:
        """Return the fields that an HR file does not change."""
        owners = owners_of_fields(session, self._holder())
        return frozenset(field for field, owner in owners.items() if owner not in _OPEN_TO_FILE)

    def _holder(self) -> UUID | None:
        return self.headquarters() or self._site.site_id


def require_none(refused: Owners, fields: Collection[OwnedField]) -> None:
    """Raise FieldOwned where one of the fields is refused."""
    for field in OwnedField:
        if field in fields and field in refused:
            raise FieldOwned(field, refused[field])


def owners_of_fields(session: Session, holder: UUID | None) -> Owners:
    """Return which fields belong to whom, by the word of the site that says so."""
    rows = [] if holder is None else _rows(session, holder)
    return {row.field: row.owner for row in rows if row.owner is not FieldOwner.ANYBODY}


def _is_anything_said(session: Session) -> bool:
    return session.scalars(sa.select(FieldOwnerRow.id).limit(1)).first() is not None


def _rows(session: Session, site_id: UUID) -> list[FieldOwnerRow]:
    rows = sa.select(FieldOwnerRow).where(FieldOwnerRow.site_id == site_id)
    return list(session.scalars(rows.order_by(FieldOwnerRow.field)))
