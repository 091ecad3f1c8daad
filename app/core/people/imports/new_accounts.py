"""Accounts for whoever comes by a file: with a badge, without a secret yet, or closed."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from app.core.base.batches import batches
from app.core.base.ids import new_ids
from app.core.journal import Unit
from app.core.people.account_models import AccountRow, CredentialKind, CredentialRow, RoleGrantRow
from app.core.people.credentials import set_credential
from app.core.people.imports.rows import PersonInFile
from app.core.people.roles import RoleName

MANY = 5000
"""New rows that are inserted together."""


class NewAccounts:
    """The accounts of one import."""

    def __init__(
        self,
        unit: Unit,
        ids: Mapping[str, UUID],
        accounts: Mapping[UUID, UUID],
        now: datetime,
        step: Callable[[int], None],
    ) -> None:
        """Take who has which number, and which account: `step` is told between two batches."""
        self._unit = unit
        self._ids = ids
        self._accounts = dict(accounts)
        self._now = now
        self._step = step

    def give_badges(self, people: Sequence[PersonInFile]) -> None:
        """Give new badges to people, and accounts to those who have none."""
        fresh: list[PersonInFile] = []
        for person in people:
            account_id = self._accounts.get(self._ids[person.number])
            if account_id is None:
                fresh.append(person)
            else:
                badge = person.badge or ""
                set_credential(self._unit, account_id, CredentialKind.BADGE, badge, now=self._now)
        self.give(fresh)
        for batch in batches(fresh, MANY):
            self._unit.insert_many(CredentialRow, map(self._badge, batch))
            self._step(0)

    def give(self, people: Sequence[PersonInFile]) -> None:
        """Give accounts without a secret: what opens them is printed afterwards, one slow hash each."""
        owners = [self._ids[person.number] for person in people]
        self._accounts.update(zip(owners, new_ids(len(owners)), strict=True))
        for batch in batches(people, MANY):
            self._unit.insert_many(AccountRow, map(self._account, batch))
            self._unit.insert_many(RoleGrantRow, map(self._grant, batch))
            self._step(0)

    def close(self, people: Sequence[PersonInFile]) -> None:
        """Close the accounts of people; those that are closed stay closed since when they were."""
        ids = [self._accounts[self._ids[person.number]] for person in people]
        for row in self._unit.scalars(sa.select(AccountRow).where(AccountRow.id.in_(ids))):
            row.disabled_at = row.disabled_at or self._now
        self._unit.flush()

    def _account(self, person: PersonInFile) -> dict[str, Any]:
        person_id = self._ids[person.number]
        return {
            "id": self._accounts[person_id],
            "login": person.number.casefold(),
            "person_id": person_id,
        }

    def _grant(self, person: PersonInFile) -> dict[str, Any]:
        return {
            "account_id": self._accounts[self._ids[person.number]],
            "role": RoleName.LEARNER.value,
            "granted_at": self._now,
        }

    def _badge(self, person: PersonInFile) -> dict[str, Any]:
        return {
            "account_id": self._accounts[self._ids[person.number]],
            "kind": CredentialKind.BADGE,
            "secret": person.badge,
            "set_at": self._now,
        }
