"""Who gave something for whom, as records that name a delegation tell it."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.words import _
from app.core.people.account_models import DelegationRow
from app.core.people.naming_accounts import name_of_account


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenFor:
    """Whose act it was, and for whom."""

    name: str
    giver: str

    @property
    def words(self) -> str:
        """Return it as a sentence without its full stop."""
        return _("Given by {name} for {giver}").format(name=self.name, giver=self.giver)


def given_for(session: Session, delegation_ids: Collection[UUID]) -> dict[UUID, GivenFor]:
    """Return whose act it was, and for whom, of some delegations: a few among many assignments."""
    if not delegation_ids:
        return {}
    found = sa.select(DelegationRow).where(DelegationRow.id.in_(tuple(delegation_ids)))
    return {
        row.id: GivenFor(
            name=name_of_account(session, row.account_id),
            giver=name_of_account(session, row.giver_id),
        )
        for row in session.scalars(found)
    }
