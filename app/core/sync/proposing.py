"""Which of the values that stand side by side is its owner's: proposed under Conflicts, decided by people.

Of concurrent edits none wins by rank (ADR 26): whose field it is says only which value is offered first.
"""

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy.orm import Session

from app.core.journal import Contender, Contest
from app.core.people import home_of
from app.core.people.ownership import FieldOwner, OwnedField, owners_of_fields
from app.core.sync.relations import Relations

_IMPORT = "people.import"
_COLUMNS: Mapping[str, Mapping[str, OwnedField]] = {
    "person": {
        field.value: field
        for field in OwnedField
        if field
        not in {OwnedField.ORG_UNIT, OwnedField.JOB_ROLE, OwnedField.MANAGER, OwnedField.BADGE}
    },
    "placement": {
        "org_unit_id": OwnedField.ORG_UNIT,
        "job_role_id": OwnedField.JOB_ROLE,
        "manager_id": OwnedField.MANAGER,
    },
    "person_job_role": {"to_on": OwnedField.JOB_ROLE},
}
"""By table: which column is which field."""


class Proposing:
    """One look at who owns what."""

    def __init__(self, session: Session, relations: Relations) -> None:
        self._session = session
        self._relations = relations
        self._headquarters = relations.policy.headquarters
        self._owners = owners_of_fields(session, self._headquarters or relations.own_site)

    def owner_of(self, contest: Contest) -> FieldOwner | None:
        """Return whose a column is; None where nobody owns it."""
        field = _COLUMNS.get(contest.table, {}).get(contest.column)
        return None if field is None else self._owners.get(field)

    def proposed(self, contest: Contest) -> bytes | None:
        """Return the version of the owner's value; None where nobody owns it, or wrote none or several."""
        owner = self.owner_of(contest)
        if owner is None:
            return None
        home = home_of(self._session, contest.table, contest.key) or self._relations.own_site
        found = [one.version for one in contest.values if self._wrote(one, owner, home)]
        return found[0] if len(found) == 1 else None

    def _wrote(self, one: Contender, owner: FieldOwner, home: UUID) -> bool:
        if owner is FieldOwner.HR_FILE:
            return one.action == _IMPORT
        site = self._relations.policy.site_of(one.station) if one.station else None
        if owner is FieldOwner.HEADQUARTERS:
            return site == (self._headquarters or self._relations.own_site)
        return site == home and one.action != _IMPORT
