"""Whether somebody independent has made sure who a signer is (ADR 85).

Whoever gave an account its secret could have chosen "their own" password in its owner's name, and an
account that somebody invented is that somebody. So a check counts in full only where

- whoever checked could act neither as the owner nor through an account that they hold in hand, however
  many accounts lie between: who gave a giver's account its secret or role counts as the giver, unless the
  giver was a person of their own by then;
- and was a person of their own: somebody independent had made sure of them before.

That begins with who founded the site, and with the first administrator whom the founder made sure of,
alone, as nobody else was there: that one vouches for others, and is shown as what they are. Headquarters
vouch for a plant's people (ADR 74), and what the program does by itself is nobody's.
"""

from collections.abc import Iterator
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.journal import entries_about
from app.core.people import (
    Gift,
    home_of_account,
    roles_given,
    secrets_given,
    shown_accounts,
    was_administrator,
)
from app.core.signatures.keeping import keys_of, stamp_of_version
from app.core.signatures.models import SignerCheckRow, SigningKeyEndRow, SigningKeyRow

_NOW = b"\xff" * 16
"""After every entry."""


class Vouching:
    """Answers for one session, and remembers what it answered. The index of mentions must be up to date."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._sound: dict[tuple[UUID, bytes], bool] = {}
        self._written: dict[UUID, bytes] = {}
        self._colleagues: dict[UUID, UUID | None] = {}

    def is_confirmed(self, key: UUID, before: bytes = _NOW) -> bool:
        """Tell whether somebody independent had made sure whose a key is, before a moment."""
        held = (key, before)
        if held not in self._sound:
            self._sound[held] = any(
                self._counts(one) for one in self._checks_of(key) if self._when(one.id) < before
            )
        return self._sound[held]

    def vouches(self, account_id: UUID, at: bytes = _NOW) -> bool:
        """Tell whether an account was that of a person of their own at a moment, by a key that lived."""
        return any(
            self.is_confirmed(key.id, at) or self._is_first_colleague(key, at)
            for key in keys_of(self._session, account_id)
            if self._lived(key.id, at)
        )

    def is_sure_of(self, account_id: UUID | None, row: UUID) -> bool:
        """Tell whether somebody independent has made sure by now whose an account is that wrote a row.

        As of a signature (ADR 85): by a key that had not ended by then. Of an account that is not here, as
        headquarters' at a plant, nothing is known, and what the program did by itself is nobody's.
        """
        if account_id is None or home_of_account(self._session, account_id) is None:
            return True
        return any(
            self.is_confirmed(key.id) and not self._had_ended(key.id, self._when(row))
            for key in keys_of(self._session, account_id)
        )

    def in_whose_hands(self, account_id: UUID, at: bytes = _NOW) -> frozenset[UUID]:
        """Return who could have acted as an account before a moment, besides its owner."""
        found: set[UUID] = set()
        waiting = [one for one in secrets_given(self._session, account_id) if one.version < at]
        while waiting:
            gift = waiting.pop()
            if gift.giver in found:
                continue
            found.add(gift.giver)
            if not self.vouches(gift.giver, gift.version):
                waiting.extend(self._gifts_before(gift))
        return frozenset(found - {account_id})

    def is_independent(self, checker: UUID, owner: UUID, at: bytes = _NOW) -> bool:
        """Tell whether one account may make sure of the owner of another: it is no part of it."""
        if len(shown_accounts(self._session, (checker, owner))) == 1:
            return False
        homes = [home_of_account(self._session, one) for one in (checker, owner)]
        if None not in homes and homes[0] != homes[1]:
            return True  # of another site nobody but headquarters may speak of it: ADR 74
        return self.vouches(checker, at) and checker not in self.in_whose_hands(owner, at)

    def _counts(self, check: SignerCheckRow) -> bool:
        if check.by is None:
            return True
        if check.was_alone:
            return False
        owner = self._session.get_one(SigningKeyRow, check.key_id).account_id
        return self.is_independent(check.by, owner, self._when(check.id))

    def _is_first_colleague(self, key: SigningKeyRow, at: bytes) -> bool:
        """Tell whether a key is that of the first administrator of whom its site's founder made sure."""
        return any(
            check.by is not None
            and self._when(check.id) < at
            and self._first_colleague_of(check.by) == key.id
            for check in self._checks_of(key.id)
        )

    def _first_colleague_of(self, founder: UUID) -> UUID | None:
        if founder not in self._colleagues:
            self._colleagues[founder] = next(self._alone_by(founder), None)
        return self._colleagues[founder]

    def _alone_by(self, founder: UUID) -> Iterator[UUID]:
        """Yield the keys of administrators of whom a founder made sure alone, the first first."""
        if not self._founded(founder):
            return
        alone = self._session.scalars(
            sa.select(SignerCheckRow).where(
                SignerCheckRow.by == founder, SignerCheckRow.was_alone.is_(True)
            )
        ).all()
        for check in sorted(alone, key=lambda one: self._when(one.id)):
            owner = self._session.get_one(SigningKeyRow, check.key_id).account_id
            if owner != founder and was_administrator(self._session, owner, check.at):
                yield check.key_id

    def _founded(self, account_id: UUID) -> bool:
        keys = {one.id for one in keys_of(self._session, account_id)}
        return any(one.by is None for key in keys for one in self._checks_of(key))

    def _gifts_before(self, gift: Gift) -> Iterator[Gift]:
        for given in (secrets_given, roles_given):
            for one in given(self._session, gift.giver):
                if one.version < gift.version:
                    yield one

    def _checks_of(self, key: UUID) -> list[SignerCheckRow]:
        of_key = sa.select(SignerCheckRow).where(SignerCheckRow.key_id == key)
        return list(self._session.scalars(of_key))

    def _lived(self, key: UUID, at: bytes) -> bool:
        return self._when(key) < at and not self._had_ended(key, at)

    def _had_ended(self, key: UUID, at: bytes) -> bool:
        ends = self._session.scalars(
            sa.select(SigningKeyEndRow.stamp).where(SigningKeyEndRow.key_id == key)
        )
        return any(end <= stamp_of_version(at) for end in ends)

    def _when(self, row: UUID) -> bytes:
        """Return the version of the entry that wrote a row; what no entry wrote is of no time yet."""
        if row not in self._written:
            self._written[row] = min(entries_about(self._session, row), default=_NOW)
        return self._written[row]
