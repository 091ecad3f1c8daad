"""People's signing keys: made with their own password, locked under it, ended when it is reset.

A wrap names the credential whose password opens it, so that two PCs on which passwords were set at
once agree: whichever credential is in force, its own wrap goes with it, or there is none.
"""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.journal import Site, Unit
from app.core.keys import KnownKeys, SigningKey, SlotCost
from app.core.people import SIGN_IN_COST, ChosenPassword, Keep, normal_secret
from app.core.signatures.models import (
    KeyEnd,
    SignerCheckRow,
    SigningKeyEndRow,
    SigningKeyRow,
    SigningKeyWrapRow,
)
from app.core.signatures.person_key import certify_person, key_id
from app.core.signatures.wrapping import Wrap, unwrapped, wrapped


class SigningKeys:
    """Keeps signing keys; a keeper of own passwords (people.own_passwords)."""

    def __init__(self, site: Site, keys: KnownKeys, cost: SlotCost = SIGN_IN_COST) -> None:
        self._site = site
        self._keys = keys
        self._cost = cost

    def prepared(self, chosen: ChosenPassword) -> Keep:
        """Lock the owner's key under the password just chosen, or a new one where that is shut."""
        held = self._opened(chosen)
        key = held or SigningKey.make()
        wrap = wrapped(key, normal_secret(chosen.new), self._cost)

        def keep(unit: Unit, account_id: UUID, credential_id: UUID) -> None:
            if held is None:
                self._end_all(unit, account_id, KeyEnd.REPLACED, account_id)
                self._add(unit, key, account_id, chosen)
            elif is_ended(unit, key_id(key.public_key)):
                return  # reset meanwhile: the next password makes a new one
            unit.add(
                SigningKeyWrapRow(
                    key_id=key_id(key.public_key),
                    credential_id=credential_id,
                    salt=wrap.salt,
                    memory=wrap.cost.memory,
                    passes=wrap.cost.passes,
                    lanes=wrap.cost.lanes,
                    sealed=wrap.sealed,
                )
            )

        return keep

    def reset(self, unit: Unit, account_id: UUID, by: UUID | None) -> None:
        """End the keys of an account whose password somebody else replaced or took away."""
        self._end_all(unit, account_id, KeyEnd.RESET, by)

    def end(
        self,
        unit: Unit,
        account_id: UUID,
        by: UUID | None,
        reason: str,
        doubted_from: date | None = None,
    ) -> int:
        """End the keys of an account because somebody else may know the password; return how many.

        With a day from which that may be so, those that were ended before are ended once more: what
        they signed since then is doubted, too.
        """
        return self._end_all(unit, account_id, KeyEnd.REVOKED, by, reason, doubted_from)

    def opened_by(self, credential_id: UUID, password: str) -> SigningKey | None:
        """Return the key that lies under a credential's password and signs; None where none does."""
        with self._site.read() as session:
            locked = _locked_under(session, credential_id)
        typed = normal_secret(password)
        return next((key for one in locked if (key := _unlocked(one, typed))), None)

    def _opened(self, chosen: ChosenPassword) -> SigningKey | None:
        if chosen.former_id is None:
            return None
        return self.opened_by(chosen.former_id, chosen.former)

    def _add(self, unit: Unit, key: SigningKey, account_id: UUID, chosen: ChosenPassword) -> None:
        now = self._site.clock.now()
        paper = certify_person(
            key.public_key, account_id, chosen.name, self._keys.site_id, now, self._keys.station
        )
        made = key_id(key.public_key)
        unit.add(
            SigningKeyRow(
                id=made,
                account_id=account_id,
                public_key=key.public_key,
                paper=paper,
                made_at=now,
            )
        )
        unit.flush()
        if chosen.account_id is None:
            unit.add(_founders_check(made, chosen.name, now))

    def _end_all(
        self,
        unit: Unit,
        account_id: UUID,
        why: KeyEnd,
        by: UUID | None,
        reason: str = "",
        doubted_from: date | None = None,
    ) -> int:
        ending = [
            one
            for one in keys_of(unit, account_id)
            if doubted_from is not None or not is_ended(unit, one.id)
        ]
        unit.add_all(
            SigningKeyEndRow(
                key_id=one.id,
                why=why,
                reason=reason,
                by=by,
                at=self._site.clock.now(),
                stamp=stamp_of(unit),
                doubted_from=doubted_from,
            )
            for one in ending
        )
        return len(ending)


def stamp_of(unit: Unit) -> int:
    """Return the hybrid logical clock of the entry that a unit becomes."""
    return stamp_of_version(unit.version)


def stamp_of_version(version: bytes) -> int:
    """Return the hybrid logical clock that the version of an entry begins with."""
    return int.from_bytes(version[:8], "big")


def keys_of(session: Session, account_id: UUID) -> Sequence[SigningKeyRow]:
    """Return the signing keys that an account has or had, oldest first."""
    return session.scalars(
        sa.select(SigningKeyRow)
        .where(SigningKeyRow.account_id == account_id)
        .order_by(SigningKeyRow.made_at, SigningKeyRow.id)
    ).all()


def is_ended(session: Session, key: UUID) -> bool:
    """Tell whether a key signs no more."""
    ends = sa.select(SigningKeyEndRow.id).where(SigningKeyEndRow.key_id == key)
    return session.scalars(ends.limit(1)).first() is not None


def live_key(session: Session, account_id: UUID, credential_id: UUID | None) -> UUID | None:
    """Return the key that lies under a credential and signs; None where none does."""
    if credential_id is None:
        return None
    own = {one.id for one in keys_of(session, account_id)}
    found = _locked_under(session, credential_id)
    return next((one.key_id for one, _public in found if one.key_id in own), None)


def _locked_under(session: Session, credential_id: UUID) -> list[tuple[SigningKeyWrapRow, bytes]]:
    rows = session.execute(
        sa.select(SigningKeyWrapRow, SigningKeyRow.public_key)
        .join(SigningKeyRow, SigningKeyRow.id == SigningKeyWrapRow.key_id)
        .where(SigningKeyWrapRow.credential_id == credential_id)
    ).all()
    return [(row, public) for row, public in rows if not is_ended(session, row.key_id)]


def _unlocked(locked: tuple[SigningKeyWrapRow, bytes], password: str) -> SigningKey | None:
    row, public_key = locked
    cost = SlotCost(memory=row.memory, passes=row.passes, lanes=row.lanes)
    return unwrapped(Wrap(salt=row.salt, cost=cost, sealed=row.sealed), password, public_key)


def _founders_check(key: UUID, name: str, now: datetime) -> SignerCheckRow:
    """Return the check of who founds a site: nobody is there before them."""
    return SignerCheckRow(key_id=key, document="", by=None, by_name=name, was_alone=True, at=now)
